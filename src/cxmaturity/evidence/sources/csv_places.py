"""Where the rows of a CSV file stand: DuckDB counts rows, people lines, and a cell may hold several."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Callable, Mapping, Sequence

from cxmaturity.evidence.sources.csv_header import Header
from cxmaturity.evidence.sources.model import DataFile, Place, row_place
from cxmaturity.evidence.sources.texts import as_text, unpacked

FARTHEST = 2_000_000
"""The last row whose line is looked for: further down, it would take longer than all the rest."""

Cells = Callable[[Sequence[int]], Mapping[int, Sequence[str | None]]]


class CsvPlaces:
    """The places of a file's rows; the file is read again only when somebody asks, as far as needed."""

    def __init__(self, file: DataFile, header: Header, wanted: Mapping[str, int], cells: Cells) -> None:
        """``wanted`` says where columns stand, ``cells`` what DuckDB made of some rows."""
        self._file = file
        self._header = header
        self._wanted = wanted
        self._cells = cells
        self._lines = array("I")
        self._alike = True

    def __call__(self, rows: Sequence[int], title: str) -> Sequence[Place]:
        """Where the cells of some rows stand under a title."""
        near = [row for row in rows if row <= FARTHEST]
        if near and near[-1] > len(self._lines) and self._alike:
            self._read(near)
        known = len(self._lines) if self._alike else 0
        column = self._wanted[title] + 1
        return [
            (self._file.name, self._lines[row - 1], column)
            if row <= known
            else row_place(self._file.name, row)
            for row in rows
        ]

    def _read(self, rows: Sequence[int]) -> None:
        """Count lines up to the last of some rows, and see whether DuckDB has the same in them."""
        lines = array("I")
        theirs = self._cells(rows)
        with unpacked(self._file) as stream, as_text(stream) as text:
            reader = self._header.rows(iter(text))
            next(reader, None)
            while len(lines) < rows[-1]:
                line = reader.line_num + 1
                try:
                    cells = next(reader, None)
                except csv.Error:  # a row that was left out
                    continue
                if cells is None:
                    break
                if len(cells) != len(self._header.titles) or not any(cell.strip(" ") for cell in cells):
                    continue
                lines.append(line)
                if len(lines) in theirs and not self._same(cells, theirs[len(lines)]):
                    self._alike = False
                    return
        self._lines = lines
        self._alike = len(lines) == rows[-1]

    def _same(self, ours: Sequence[str], theirs: Sequence[str | None]) -> bool:
        wanted = self._wanted.values()
        return all(ours[at].strip() == (cell or "").strip() for at, cell in zip(wanted, theirs, strict=True))
