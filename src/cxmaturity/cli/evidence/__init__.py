"""``cxmaturity evidence``: a group whose commands are imported when they are called."""

from __future__ import annotations

import click

from cxmaturity.cli.lazy import LazyGroup

_COMMANDS = {
    "map": ("mapping", "Propose how a file of customer data is to be read."),
    "profile": ("profile", "What the customer data is like: rows, columns, gaps, duplicates, ranges."),
    "sql": ("sql", "Write the metrics' queries, for others to run where the data lies."),
}


@click.group("evidence", cls=LazyGroup, package=__name__, listed=_COMMANDS)
def command() -> None:
    """Customer data: how it is read, how good it is, and queries for others to run."""
