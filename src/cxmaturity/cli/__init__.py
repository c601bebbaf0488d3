"""The command line: one module per command, imported only when it is called."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from cxmaturity import __version__
from cxmaturity.errors import UserError

DONE, INCOMPLETE, WRONG_INPUT, BUG, INTERRUPTED = 0, 1, 2, 70, 130

_NOT_OURS = frozenset(
    {errno.ENAMETOOLONG, errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EROFS, errno.ELOOP, errno.EIO}
)
"""What the system says of a path that the user gave, or of a disk that is full."""

COMMANDS = {
    "init": "Start a new workspace.",
    "questionnaires": "List the questionnaires, show one, or print the file format's JSON Schema.",
    "check": "Everything wrong with a workspace, a questionnaire or a catalogue, each with its place.",
    "assess": "Score a workspace's answers and weigh them against its customer data.",
    "report": "Write the report of a workspace as PDF.",
    "plugins": "List the plugins that were found, and what became of each.",
    "demo": "A complete assessment of the made-up example company, to a PDF.",
}


@dataclass(frozen=True)
class Options:
    """What was said before the command."""

    third_party: bool = True
    traceback: bool = False


class LazyGroup(click.Group):
    """Lists its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order in which one meets them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"cxmaturity.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader of our output that has gone, as `head` does, is no failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # as Python's documentation advises: else it would complain when it flushes stdout on exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return DONE

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in ``--help``."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option("--no-third-party", is_flag=True, help="Use no plugins but those that come with cxmaturity.")
@click.option("--traceback", is_flag=True, help="Show the traceback of a plugin that failed.")
@click.version_option(__version__, prog_name="cxmaturity")
@click.pass_context
def cli(ctx: click.Context, *, no_third_party: bool, traceback: bool) -> None:
    """How customer-centric is an organisation, and what should it do next?

    Start with `cxmaturity demo`, or with `cxmaturity init DIR`.
    """
    ctx.obj = Options(third_party=not no_third_party, traceback=traceback)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and give its exit code; a bug of ours is raised as it is."""
    try:
        code = cli.main(
            args=None if arguments is None else list(arguments), prog_name="cxmaturity", standalone_mode=False
        )
    except UserError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        return WRONG_INPUT
    except OSError as error:
        if error.errno not in _NOT_OURS:
            raise
        click.echo(f"{error.filename or ''}: {error.strerror}; name another file or folder", err=True)
        return WRONG_INPUT
    except click.ClickException as error:
        error.show()
        return WRONG_INPUT
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    return int(code or DONE)


def main() -> None:
    """The console script: like :func:`run`, with 70 for a bug of ours, after its traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old code page lacks some of our characters
    try:
        code = run()
    except Exception:  # noqa: BLE001 - the one place where a bug becomes an exit code
        import traceback

        traceback.print_exc()
        click.echo("This is a bug in cxmaturity, not a mistake of yours.", err=True)
        code = BUG
    sys.exit(code)
