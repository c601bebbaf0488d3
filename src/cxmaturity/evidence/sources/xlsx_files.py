"""Workbooks: read by the reader of answers, which withstands hostile ones, and copied into DuckDB."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cxmaturity.errors import Problem, UserError
from cxmaturity.evidence.engines.duckdb import DuckDbEngine
from cxmaturity.evidence.sources.model import DataFile, Part, Place, Placed, placed
from cxmaturity.evidence.sources.naming import positions_of
from cxmaturity.evidence.sources.written import BATCH, Cells, WrittenTable
from cxmaturity.responses.grid import Grid, read_grid

if TYPE_CHECKING:
    from cxmaturity.api import CodedColumn


def read_xlsx_files(
    engine: DuckDbEngine, files: Sequence[DataFile], name: str, titles: Sequence[str]
) -> Placed:
    """One table of the columns that ``titles`` name, in all workbooks. Raises :class:`UserError`."""
    table = WrittenTable(engine, name, titles)
    parts: list[Part] = []
    problems: list[Problem] = []
    for file in files:
        try:
            grid = read_grid(file.response)
            parts.append(_copied(table, grid, file))
        except UserError as error:
            problems += error.problems
    if problems:
        raise UserError(problems)
    return placed(table.relation(), parts)


def _copied(table: WrittenTable, grid: Grid, file: DataFile) -> Part:
    """The rows of a workbook in the table."""
    wanted = positions_of(table.titles, grid.headings, file.name, line=1, where="the sheet's first row")
    table.put_rows(_batches([grid.columns[number] for number in wanted], grid.rows))
    lines = [grid.line(row) for row in range(grid.rows)]
    columns = dict(zip(table.titles, wanted, strict=True))

    def places(rows: Sequence[int], title: str) -> list[Place]:
        return [(file.name, lines[row - 1], columns[title] + 1) for row in rows]

    return Part(table.keep(), places, grid.left_out, len(grid.left_out))


def _batches(columns: Sequence[CodedColumn], rows: int) -> Iterator[Sequence[Cells]]:
    for start in range(0, rows, BATCH):
        yield [_cells(column, start) for column in columns]


def _cells(column: CodedColumn, start: int) -> list[Any]:
    values = column.values
    return [values[code] for code in column.codes[start : start + BATCH].tolist()]
