"""What a kind of source gives: a table in an engine, and where its rows stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cxmaturity.api import ResponseFile
from cxmaturity.errors import Problem
from cxmaturity.evidence.engines.model import Relation

LISTED = 100
"""How many rows of a file are named at most: there may be millions."""

Place = tuple[str, int, int]
"""A file as messages call it, a line and a column, from 1. Where lines cannot be told, both are 0, and the
row stands behind the file's name."""

Places = Callable[[Sequence[int], str], Sequence[Place]]
"""Where cells stand: those of some rows (numbers from 1, rising) under a title."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of customer data: where it lies, what messages call it, its kind, and how it is compressed."""

    path: Path
    name: str
    kind: str = ""
    packing: str = ""

    @property
    def response(self) -> ResponseFile:
        """It as the readers of answers know files."""
        return ResponseFile(self.path, self.name)


def by_row(name: str) -> Places:
    """Places of rows that have no line: of a database, or so far down that nobody counts lines."""
    return lambda rows, _: [row_place(name, row) for row in rows]


def row_place(name: str, row: int) -> Place:
    """The place of a row without a line."""
    return f"{name}, row {row:,}", 0, 0


_NOWHERE = by_row("")


@dataclass(frozen=True)
class Placed:
    """A table in an engine.

    ``dropped`` counts rows that were none, such as those with too few cells, and ``left_out`` names some of
    them.
    """

    relation: Relation
    left_out: Sequence[Problem] = ()
    dropped: int = 0
    places: Places = _NOWHERE


@dataclass(frozen=True)
class Part:
    """The rows of one file in a table of several: how many, and where each stands, counted in the file."""

    rows: int
    places: Places
    left_out: Sequence[Problem] = ()
    dropped: int = 0


def placed(relation: Relation, parts: Sequence[Part]) -> Placed:
    """A table of files one below the other."""
    ends = [0]
    for part in parts:
        ends.append(ends[-1] + part.rows)

    def places(rows: Sequence[int], title: str) -> list[Place]:
        found: list[Place] = []
        while len(found) < len(rows):
            row = rows[len(found)]
            number = bisect_left(ends, row) - 1
            inside = rows[len(found) : bisect_right(rows, ends[number + 1])]
            found += parts[number].places([each - ends[number] for each in inside], title)
        return found

    left_out = [problem for part in parts for problem in part.left_out]
    return Placed(relation, left_out, sum(part.dropped for part in parts), places)
