"""What is known of a table of customer data once it has been looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cxmaturity.api import Cell

Kind = Literal["text", "number", "date", "time", "flag", "nothing"]


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """What a column holds. ``odd`` cells are filled, but not with what the others hold.

    ``low`` and ``high`` are the ends of numbers and dates (ISO), ``shortest`` and ``longest`` the lengths of
    texts, ``future`` counts dates after the workspace's day; ``approximate`` says so of ``distinct``.
    """

    title: str
    kind: Kind
    empty: int
    odd: int
    distinct: int
    approximate: bool = False
    low: Cell = None
    high: Cell = None
    shortest: int | None = None
    longest: int | None = None
    future: int | None = None
    values: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class TableProfile:
    """What a table is like. ``dropped`` rows were none; ``doubles`` are like an earlier one in every cell.

    ``repeated`` counts for each column of keys the rows whose key another row has as well. Either is ``None``
    where the engine cannot say.
    """

    name: str
    source: str
    engine: str
    rows: int
    dropped: int
    doubles: int | None
    repeated: Mapping[str, int | None]
    columns: tuple[ColumnProfile, ...]
