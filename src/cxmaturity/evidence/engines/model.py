"""What every engine does: it says what a table's columns are, and computes expressions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

from cxmaturity.api import Cell
from cxmaturity.evidence.engines.compiling import compiled

if TYPE_CHECKING:
    from ibis.expr.datatypes import DataType
    from ibis.expr.types import Table

MAX_RESULT = 1_000_000
"""The most rows of a result: expressions bring records down, and what they leave has to fit into memory."""
_DIGITS = 12  # what parallel sums agree on from run to run, whatever order they come in


class EngineError(Exception):
    """An engine could not compute something: what is wrong, without any of the data, and what to do."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix


@dataclass(frozen=True, slots=True)
class RawColumn:
    """A column as it lies in an engine: its name there, its type, and whether it has decimal commas."""

    name: str
    type: DataType
    decimal_comma: bool = False


@dataclass(frozen=True)
class Relation:
    """A table as it lies in an engine: its name there and its columns by the titles that its owner gave them.

    ``written`` says that its cells are texts as somebody wrote them, with a column :data:`ROW` that counts
    the rows. ``schema`` and ``catalog`` are where a database holds the table, if not where it looks first.
    """

    engine: Engine
    name: str
    columns: Mapping[str, RawColumn]
    written: bool = False
    schema: str | None = None
    catalog: str | None = None

    def table(self) -> Table:
        """It as an expression."""
        import ibis  # lazy: a fifth of a second
        import ibis.expr.datatypes as dt

        schema = {column.name: column.type for column in self.columns.values()}
        if self.written:
            schema[ROW] = dt.int64
        return ibis.table(schema, name=self.name, catalog=self.catalog, database=self.schema)


ROW = "row_number"
"""The column that counts the rows of a table as written, from 1."""


class Engine(ABC):
    """A place where expressions are computed."""

    dialect: str = ""
    """As the compiler calls it."""
    name: str = ""
    """As people call it."""

    @abstractmethod
    def fetch(self, sql: str, limit: int) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and at most ``limit`` rows that a query gives. Raises :class:`EngineError`."""

    @abstractmethod
    def close(self) -> None:
        """Give back what it holds."""

    def kept(self, expression: Table, name: str) -> Table:
        """An expression that many others are made of, computed once under a name where that saves work."""
        del name  # a database keeps its own tables
        return expression

    def rows(self, expression: Table) -> list[dict[str, Cell]]:
        """What an expression comes to, in an order of its values.

        Raises :class:`EngineError` where that fails or gives too many rows, and
        :class:`~cxmaturity.evidence.engines.compiling.CannotExpressError`.
        """
        names, found = self.fetch(compiled(expression, self.dialect), MAX_RESULT + 1)
        if len(found) > MAX_RESULT:
            raise EngineError(
                f"it gives more than {MAX_RESULT:,} rows",
                "map a segment of fewer values, or choose rows with `where`",
            )
        return in_order(dict(zip(names, map(cell_of, row), strict=True)) for row in found)


def in_order(rows: Iterable[dict[str, Cell]]) -> list[dict[str, Cell]]:
    """Rows in an order of their values, whatever order they came in."""
    return sorted(rows, key=lambda row: [(value is not None, str(value)) for value in row.values()])


def cell_of(value: Any) -> Cell:
    """A value of a database as a cell."""
    match value:
        case None | str() | int():  # a bool is an int
            return value
        case float() | Decimal():
            number = float(value)
            return float(f"{number:.{_DIGITS}g}") if isfinite(number) else None
        case datetime() | date():
            return value.isoformat()
        case _:
            return str(value)
