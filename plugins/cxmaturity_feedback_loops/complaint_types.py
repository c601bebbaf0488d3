"""Complaints by type: the types that occur, the most frequent first."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cxmaturity.api import Cell, Point, Rows, Series

_MOST = 12
"""More types than this are no classification, and no chart."""


def by_type(rows: Rows, n: str, value: Callable[[Mapping[str, Cell]], float]) -> tuple[Series, ...]:
    """The value of each of the most frequent types; complaints without a type are in none.

    ``n`` is the column that says on how many complaints a row rests; types without any have no value.
    """
    typed = [row for row in rows if row.get("type") is not None and row[n]]
    typed.sort(key=lambda row: (-float(row[n] or 0), str(row["type"])))
    points = tuple(Point(str(row["type"]), value(row), round(float(row[n] or 0))) for row in typed[:_MOST])
    return (Series("types", "categories", points),) if points else ()
