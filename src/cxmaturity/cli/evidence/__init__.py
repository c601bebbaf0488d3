"""``cxmaturity evidence``: a group whose commands are imported when they are called."""

from __future__ import annotations

from importlib import import_module

import click

_COMMANDS = {
    "map": ("mapping", "Propose how a file of customer data is to be read."),
    "profile": ("profile", "What the customer data is like: rows, columns, gaps, duplicates, ranges."),
    "sql": ("sql", "Write the metrics' queries, for others to run where the data lies."),
}
"""Each with its module, and what it does: to be listed without being imported."""


class _LazyEvidence(click.Group):
    """Lists its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order in which one meets them."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, _ = _COMMANDS[cmd_name]
        command: click.Command = import_module(f"cxmaturity.cli.evidence.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in ``--help``."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, what) for name, (_, what) in _COMMANDS.items()])


@click.group("evidence", cls=_LazyEvidence)
def command() -> None:
    """Customer data: how it is read, how good it is, and queries for others to run."""
