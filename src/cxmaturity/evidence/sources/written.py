"""Tables whose cells are texts: copied into DuckDB file by file, with every row numbered as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from cxmaturity.evidence.engines.duckdb import DuckDbEngine, quoted
from cxmaturity.evidence.engines.model import ROW, RawColumn, Relation

if TYPE_CHECKING:
    from ibis.expr.datatypes import DataType

BATCH = 50_000
Cells = Sequence[str | None]


class WrittenTable:
    """A table of texts that grows: what is put into :attr:`stage` is kept by :meth:`keep`.

    Where it is ``filtered``, a column ``fine`` beside the others says which rows count.
    """

    def __init__(
        self, engine: DuckDbEngine, name: str, titles: Sequence[str], *, filtered: bool = False
    ) -> None:
        self.engine = engine
        self.titles = tuple(titles)
        self.columns = [f"c{number}" for number in range(len(titles))]
        self._filtered = filtered
        self.stage = quoted(f"{name} stage")
        self._name = name
        self._cells = quoted(f"{name} cells")
        self.rows = 0
        self._begun = False

    def put(self, select: str) -> None:
        """Stage what a query gives: a text for each title, in their order."""
        columns = ", ".join([*self.columns, *(["fine"] if self._filtered else [])])
        self.engine.execute(f"CREATE OR REPLACE TABLE {self.stage} ({columns}) AS {select}")

    def put_rows(self, batches: Iterable[Sequence[Cells]]) -> None:
        """Stage rows by columns, in batches of a column for each title."""
        declared = ", ".join(f"{column} VARCHAR" for column in self.columns)
        self.engine.execute(f"CREATE OR REPLACE TABLE {self.stage} ({declared})")
        values = ", ".join("unnest(?::VARCHAR[])" for _ in self.columns)
        for batch in batches:
            self.engine.execute(f"INSERT INTO {self.stage} SELECT {values}", list(map(list, batch)))

    def ask(self, *expressions: str) -> tuple[object, ...]:
        """What some aggregates come to over the staged rows."""
        _, (row,) = self.engine.fetch(f"SELECT {', '.join(expressions)} FROM {self.stage}", 1)  # noqa: S608
        return row

    def numbers(self, condition: str, limit: int) -> list[int]:
        """The first staged rows that something is true of, from 1."""
        sql = f"SELECT rowid + 1 FROM {self.stage} WHERE {condition} ORDER BY 1 LIMIT {limit}"  # noqa: S608
        return [number for (number,) in self.engine.fetch(sql, limit)[1]]

    def keep(self) -> int:
        """Add what is staged to the table, and say how many rows that are."""
        rows = int(str(self.ask("count(*)")[0]))
        if self._begun:
            self.engine.execute(f"INSERT INTO {self._cells} FROM {self.stage}")
            self.engine.execute(f"DROP TABLE {self.stage}")
        else:  # most tables are one file, which need not be copied again
            self.engine.execute(f"ALTER TABLE {self.stage} RENAME TO {self._cells}")
            self._begun = True
        self.rows += rows
        return rows

    def cells_from(self, before: int) -> Callable[[Sequence[int]], dict[int, Cells]]:
        """What gives the cells of some rows, which are counted from 1 after ``before`` rows of the table."""

        def cells(rows: Sequence[int]) -> dict[int, Cells]:
            numbers = ", ".join(str(before + row - 1) for row in rows)
            selected = ", ".join(self.columns)
            sql = f"SELECT rowid + 1, {selected} FROM {self._cells} WHERE rowid IN ({numbers})"  # noqa: S608
            _, found = self.engine.fetch(sql, len(rows))
            return {int(number) - before: each for number, *each in found}

        return cells

    def relation(self, decimal_comma: Iterable[str] = ()) -> Relation:
        """The table as metrics see it; in the columns named, 2,5 is two and a half."""
        commas = set(decimal_comma)
        self.engine.execute(
            f"CREATE VIEW {quoted(self._name)} AS "  # noqa: S608 - of our own
            f"SELECT rowid + 1 AS {ROW}, {', '.join(self.columns)} FROM {self._cells}"
            f"{' WHERE fine' if self._filtered else ''}"
        )
        columns = {
            title: RawColumn(column, string(), decimal_comma=title in commas)
            for title, column in zip(self.titles, self.columns, strict=True)
        }
        return Relation(self.engine, self._name, columns, written=True)


def string() -> DataType:
    """The type of a text."""
    import ibis.expr.datatypes as dt  # lazy: Ibis

    return dt.string
