"""Looks at tables of customer data: what columns hold, gaps, doubles, ranges. No text is repeated.

Only the values of columns that tell groups apart are listed: few of them, each in several rows, and none that
looks like somebody's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from cxmaturity.api import Column, ColumnKind
from cxmaturity.evidence.engines.model import EngineError
from cxmaturity.evidence.looks import Look, count, kinds_of
from cxmaturity.evidence.model import ColumnSource, TableSource
from cxmaturity.evidence.profiles import ColumnProfile, TableProfile
from cxmaturity.evidence.shielding import may_be_personal
from cxmaturity.evidence.sources.model import Placed
from cxmaturity.evidence.synonyms import is_personal, likeness
from cxmaturity.evidence.typed import typed

if TYPE_CHECKING:
    from ibis.expr.types import Table

MOST_VALUES = 12
"""A column of more values holds more than groups."""
FEWEST_ROWS = 5
"""A value of fewer rows is not said."""


def profile_of(
    name: str, placed: Placed, source: TableSource, *, keys: Sequence[str] = (), as_of: str | None = None
) -> TableProfile:
    """Look at every column of a table. Raises :class:`EngineError`.

    ``keys`` are the titles of columns of keys; dates after ``as_of`` are counted.
    """
    relation = placed.relation
    (counted,) = relation.engine.rows(relation.table().aggregate(rows=relation.table().count()))
    rows = count(counted["rows"])
    looks = [
        Look(
            title,
            number,
            kinds_of(placed, title),
            as_of,
            rows,
            is_key=title in keys or likeness(title, "customer") > 0,
        )
        for number, title in enumerate(relation.columns)
    ]
    columns: list[ColumnProfile] = []
    if looks:
        table = _typed(placed, looks)
        figures = {figure: made for look in looks for figure, made in look.figures(table)}
        (row,) = relation.engine.rows(table.aggregate(**figures))
        columns = [_with_values(placed, look, look.found(row)) for look in looks]
    return TableProfile(
        name,
        source.shown,
        relation.engine.name,
        rows,
        placed.dropped,
        _beyond_the_first(placed, list(relation.columns), rows),
        {key: _beyond_the_first(placed, [key], None) for key in keys if key in relation.columns},
        tuple(columns),
    )


def _typed(placed: Placed, looks: Sequence[Look]) -> Table:
    """Every column as a text, and as each kind that its cells may be of."""
    names: dict[str, ColumnSource] = {}
    columns = []
    kind: ColumnKind
    for look in looks:
        for kind in ("text", *look.kinds):
            names[look.name(kind)] = ColumnSource(look.title)
            columns.append(Column(look.name(kind), kind, empty_allowed=True))
    return typed(placed.relation, TableSource((), Path(), names), columns)


def _with_values(placed: Placed, look: Look, column: ColumnProfile) -> ColumnProfile:
    """A column with its values, if it tells groups apart and none of them gives anybody away."""
    few = 0 < column.distinct <= MOST_VALUES and column.kind in {"text", "flag", "number"}
    if not few or look.is_key or is_personal(column.title):
        return column
    table = _typed(placed, [replace(look, kinds=())])
    text = table[look.name("text")]
    counts = table.filter(text.notnull()).group_by(value=text).aggregate(rows=lambda rows: rows.count())
    found = [(str(row["value"]), count(row["rows"])) for row in placed.relation.engine.rows(counts)]
    if any(count < FEWEST_ROWS or may_be_personal(value) for value, count in found):
        return column
    if column.kind == "number":
        found.sort(key=_in_order)
    return replace(column, values=tuple(found))


def _in_order(pair: tuple[str, int]) -> float:
    """A number's place among others, as it was written."""
    try:
        return float(pair[0].replace(",", "."))
    except ValueError:  # one of the cells that are none
        return inf


def _beyond_the_first(placed: Placed, titles: Sequence[str], rows: int | None) -> int | None:
    """How many rows are like an earlier one in some columns; those in which all are empty count as none."""
    table = placed.relation.table()
    if not titles:
        return None
    raw = table.select(**{f"c{n}": table[placed.relation.columns[t].name] for n, t in enumerate(titles)})
    if rows is None:
        raw = raw.filter(raw.c0.notnull())
    distinct = raw.distinct()
    try:
        if rows is None:
            (all_,) = placed.relation.engine.rows(raw.aggregate(n=raw.count()))
            rows = count(all_["n"])
        (found,) = placed.relation.engine.rows(distinct.aggregate(n=distinct.count()))
    except EngineError:  # such as a type that cannot be compared
        return None
    return rows - count(found["n"])
