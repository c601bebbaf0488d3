"""The command line: one module per command, imported only when it is called."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cxmaturity import __version__
from cxmaturity.errors import UserError

if TYPE_CHECKING:
    from cxmaturity.cli.commands import Command
    from cxmaturity.plugins import Selection

DONE, INCOMPLETE, WRONG_INPUT, BUG, INTERRUPTED = 0, 1, 2, 70, 130

_NOT_OURS = frozenset(
    {errno.ENAMETOOLONG, errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EROFS, errno.ELOOP, errno.EIO}
)
"""What the system says of a path that the user gave, or of a disk that is full."""


class ReportedError(Exception):
    """A failure that is not the user's, and that has been named on stderr: the exit code is 1."""


@dataclass(frozen=True)
class Options:
    """What was said before the command: which plugins to look at, and whether to show tracebacks."""

    third_party: bool = True
    plugins_dirs: tuple[Path, ...] = ()
    traceback: bool = False

    @property
    def selection(self) -> Selection:
        """Which plugins to look at, for :func:`cxmaturity.load`."""
        from cxmaturity.plugins import Selection

        return Selection(self.third_party, self.plugins_dirs)


class LazyGroup(click.Group):
    """Lists its commands, ours and those of plugins, without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order in which one meets them."""
        return list(self._found(ctx))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported."""
        found = self._found(ctx).get(cmd_name)
        return None if found is None else found.load()

    def _found(self, ctx: click.Context) -> Mapping[str, Command]:
        from cxmaturity.cli.commands import find_commands

        return find_commands(third_party=not ctx.params.get("no_third_party", False))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader of our output that has gone, as `head` does, is no failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # as Python's documentation advises: else it would complain when it flushes stdout on exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return DONE

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in ``--help``, those of plugins by themselves."""
        found = self._found(ctx).values()
        for title, ours in (("Commands", True), ("Commands of plugins", False)):
            rows = [(each.name, each.what) for each in found if each.first_party is ours]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option("--no-third-party", is_flag=True, help="Use no plugins but those that come with cxmaturity.")
@click.option(
    "--plugins-dir",
    "plugins_dirs",
    metavar="DIR",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Use the plugin files in this folder too. May be given several times.",
)
@click.option("--traceback", is_flag=True, help="Show the traceback of a plugin that failed.")
@click.version_option(__version__, prog_name="cxmaturity")
@click.pass_context
def cli(ctx: click.Context, *, no_third_party: bool, plugins_dirs: tuple[Path, ...], traceback: bool) -> None:
    """How customer-centric is an organisation, and what should it do next?

    Start with `cxmaturity demo`, or with `cxmaturity init DIR`.
    """
    ctx.obj = Options(not no_third_party, plugins_dirs, traceback)


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
    except ReportedError:
        return INCOMPLETE
    return int(code or DONE)


def main() -> None:
    """The console script: like :func:`run`, with 70 for a bug of ours, after its traceback."""
    # numpy's: sums come out alike however many cores there are, and matrices as small as ours faster
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
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
