"""Reads text files of cells between commas, semicolons or tabs: strictly, and one row at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TextIO

from cxmaturity.api import ResponseFile
from cxmaturity.errors import UserError
from cxmaturity.responses.grid import Grid, GridBuilder
from cxmaturity.responses.limits import MAX_CELL, MAX_LINE, MAX_RECORD
from cxmaturity.responses.opening import encoding_of, not_text, open_file

_SEPARATORS = ",;\t"
_AS_CSV = "save it as CSV in UTF-8"
_STRAY_QUOTE = "a quote stands in the middle of a cell", "put the cell in quotes, and double each quote in it"
_MISTAKES = {
    "unexpected end of data": "a quote that opens in this row is never closed",
    "field larger": f"a cell has more than {MAX_CELL:,} characters: perhaps a quote is never closed",
}


def read_csv(file: ResponseFile, header_rows: int) -> Grid:
    """The table in a text file: UTF-8, or UTF-16 that says so; ``header_rows`` of headings on top.

    The separator is the one that the first row has most of outside quotes. Raises :class:`UserError` where
    the file is no such text.
    """
    with open_file(file) as opened:
        encoding = encoding_of(opened.read(3))
        opened.seek(0)
        text = io.TextIOWrapper(opened, encoding=encoding, newline="")
        try:
            return _Table(file, text).grid(header_rows)
        except UnicodeDecodeError:
            raise not_text(file, encoding, _AS_CSV) from None


class _Table:
    """The rows of a text file."""

    def __init__(self, file: ResponseFile, text: TextIO) -> None:
        self._file = file
        self._text = text
        self._line = 0
        self._length = 0
        csv.field_size_limit(MAX_CELL)

    def grid(self, header_rows: int) -> Grid:
        """All rows as a grid."""
        start = self._first_row()
        separator = _separator(start, self._file)
        self._line = self._length = 0
        reader = csv.reader(self._lines(start), delimiter=separator, strict=True)
        headings = [self._heading_row(reader) for _ in range(header_rows)]
        builder = GridBuilder(self._file, [row for row, _ in headings], [line for _, line in headings])
        self._read_rows(reader, builder)
        return builder.grid(decimal_comma=separator != ",")

    def _heading_row(self, reader: Iterator[list[str]]) -> tuple[list[str], int]:
        """The next row of headings, and its line."""
        line = self._line + 1
        try:
            return self._next(reader, line) or [], line
        except csv.Error:
            raise self._wrong(line, *_STRAY_QUOTE) from None

    def _read_rows(self, reader: Iterator[list[str]], builder: GridBuilder) -> None:
        while True:
            line = self._line + 1
            try:
                row = self._next(reader, line)
            except csv.Error:
                builder.leave_out(line, 1, *_STRAY_QUOTE)
                continue
            if row is None:
                return
            builder.add(row, line)

    def _next(self, reader: Iterator[list[str]], line: int) -> list[str] | None:
        """The next row, ``None`` at the end. Raises :class:`csv.Error` where only that row is wrong."""
        self._length = 0
        try:
            return next(reader, None)
        except csv.Error as error:
            for said, what in _MISTAKES.items():
                if said in str(error):
                    raise self._wrong(line, what, "close the quote, or shorten the cell") from None
            raise

    def _first_row(self) -> list[str]:
        """The lines of the first row, which has as many quotes as it needs."""
        lines: list[str] = []
        quotes = 0
        for line in self._lines([]):
            lines.append(line)
            quotes += line.count('"')
            if quotes % 2 == 0:
                break
        return lines

    def _lines(self, start: list[str]) -> Iterator[str]:
        """The lines of ``start``, and then those of the file."""
        for line in start:
            self._line += 1
            yield line
        while line := self._text.readline(MAX_LINE + 1):
            self._line += 1
            self._length += len(line)
            if len(line) > MAX_LINE:
                what = f"the line is longer than {MAX_LINE:,} characters"
                raise self._wrong(self._line, what, "export the file again")
            if "\0" in line:
                raise self._wrong(self._line, "the line holds a NUL byte", _AS_CSV)
            if self._length > MAX_RECORD:
                what = f"a row has more than {MAX_RECORD:,} characters"
                raise self._wrong(self._line, what, "look for a quote that is never closed")
            yield line

    def _wrong(self, line: int, what: str, fix: str) -> UserError:
        return UserError.about(self._file.name, what, fix, line=line, column=1)


def _separator(lines: list[str], file: ResponseFile) -> str:
    """What separates cells: the one that a row has most of outside quotes, the comma where none has more."""
    if file.path.suffix.lower() == ".tsv":
        return "\t"
    outside = "".join("".join(lines).split('"')[::2])
    return max(_SEPARATORS, key=outside.count)
