"""How commands print for people: one console, one look of tables."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

_WIDTH_OF_A_FILE = 120


def console(at_most: int = _WIDTH_OF_A_FILE) -> Console:
    """A console on stdout that prints text as it is; wide enough for tables where nobody watches.

    ``at_most`` holds where nobody watches, and on a terminal that is wider.
    """
    width = None if sys.stdout.isatty() else at_most
    out = Console(highlight=False, markup=False, emoji=False, width=width)
    out.width = min(out.width, at_most)
    return out


def print_table(
    titles: Sequence[str], rows: Iterable[Sequence[str]], *, unbroken: Collection[int] = (0,)
) -> None:
    """Print a table; the columns of ids that one may want to copy, by default the first, are never broken."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for number, title in enumerate(titles):
        table.add_column(title, overflow="fold", no_wrap=number in unbroken)
    for row in rows:
        table.add_row(*row)
    console().print(table)
