"""How good a table's data is: rows, what is wrong with cells, the days that it speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cxmaturity.api import Cell, Column, Period
from cxmaturity.evidence.sources.model import Placed
from cxmaturity.evidence.typed import REASONS, fine, wrong

if TYPE_CHECKING:
    from ibis.expr.types import Table

DAYS = ("date", "time")
"""The kinds of columns that hold days."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What one look at a typed table found, by column of the metrics.

    ``faults`` counts cells by column and what is wrong; ``first`` and ``last`` are ISO dates by column,
    ``reached`` are the last up to the workspace's day.
    ``blank`` are the columns of a database in which some cells are nothing but blanks, or NaN: they say
    nothing.
    """

    rows: int
    faults: Mapping[tuple[str, int], int]
    first: Mapping[str, str]
    last: Mapping[str, str]
    blank: frozenset[str] = frozenset()
    reached: Mapping[str, str] = field(default_factory=dict)

    def spoilt(self, columns: Sequence[str]) -> bool:
        """Whether anything is wrong with some cell of these columns."""
        return any(self.faults.get((name, code)) for name in columns for code in REASONS)

    def reasons(self, columns: Sequence[str]) -> tuple[tuple[str, str, int], ...]:
        """How many cells of these columns are wrong, and how."""
        return tuple(
            (name, REASONS[code], count)
            for (name, code), count in self.faults.items()
            if count and name in columns
        )


def quality_of(placed: Placed, table: Table, columns: Sequence[Column], as_of: str | None = None) -> Quality:
    """Look once at a typed table; ``columns`` are those that it has, ``as_of`` is the workspace's day."""
    figures, by_then = {"rows": table.count()}, Period("", as_of or "")
    for column in columns:
        for code in REASONS:
            figures[f"{column.name}__{code}"] = table.count(where=table[wrong(column.name)] == code)
        if column.kind in DAYS:
            known = table[column.name].notnull() & (table[wrong(column.name)] == 0)
            figures[f"{column.name}__first"] = table[column.name].min(where=known)
            figures[f"{column.name}__last"] = table[column.name].max(where=known)
            reached = known & by_then.by_end(table[column.name])
            figures[f"{column.name}__reached"] = table[column.name].max(where=reached)
    blank = {} if placed.relation.written else blank_cells(table, [column.name for column in columns])
    figures |= {f"{name}__blank": table.count(where=each) for name, each in blank.items()}
    (row,) = placed.relation.engine.rows(table.aggregate(**figures))
    faults = {(c.name, code): _count(row[f"{c.name}__{code}"]) for c in columns for code in REASONS}
    days = [column.name for column in columns if column.kind in DAYS]
    first, last, reached = (
        {name: str(row[f"{name}__{which}"])[:10] for name in days if row[f"{name}__{which}"]}
        for which in ("first", "last", "reached")
    )
    said_nothing = frozenset(name for name in blank if row[f"{name}__blank"])
    return Quality(_count(row["rows"]), faults, first, last, said_nothing, reached)


def blank_cells(table: Table, names: Sequence[str]) -> dict[str, Any]:
    """Whether cells of a database are written and yet say nothing, by column; of most columns none can be."""
    blank = {}
    for name in names:
        kind = table[name].type()
        if kind.is_string():
            blank[name] = table[name].strip() == ""
        elif kind.is_floating():
            blank[name] = table[name].isnan()
    return blank


def _count(value: Cell) -> int:
    return int(value or 0)


def dropped_rows(placed: Placed, table: Table, columns: Sequence[str], quality: Quality) -> int:
    """How many rows something is wrong with, in some of these columns."""
    if not quality.spoilt(columns):
        return 0
    (row,) = placed.relation.engine.rows(table.aggregate(dropped=table.count(where=~fine(table, columns))))
    return _count(row["dropped"])
