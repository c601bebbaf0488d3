"""The first row of a CSV file: its titles, what separates its cells, and how its lines end."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from cxmaturity.errors import UserError
from cxmaturity.evidence.sources.model import DataFile
from cxmaturity.evidence.sources.texts import MAX_ROW, as_text, check_encoding, not_utf_8, unpacked
from cxmaturity.responses.limits import MAX_COLUMNS, MAX_LINE

if TYPE_CHECKING:
    from _csv import Reader

_SEPARATORS = ",;\t"
_AS_CSV = "save it as CSV in UTF-8"


@dataclass(frozen=True, slots=True)
class Header:
    """The titles of a file, without the blanks around them."""

    titles: tuple[str, ...]
    separator: str
    line_end: bytes

    def rows(self, lines: Iterator[str]) -> Reader:
        """The rows in some lines, split as DuckDB does."""
        return reader(lines, self.separator)


def reader(lines: Iterator[str], separator: str) -> Reader:
    """Python's reader, set to split as DuckDB does; after an error it goes on with the next row."""
    csv.field_size_limit(MAX_ROW)
    return csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=True)


def read_header(file: DataFile) -> Header:
    """The header of a file. Raises :class:`UserError` where it can have none."""
    check_encoding(file)
    with unpacked(file) as stream, as_text(stream, strict=True) as text:
        try:
            lines = _first_row(text, file)
        except UnicodeDecodeError:
            raise not_utf_8(file) from None
    separator = _separator(lines, file)
    try:
        titles = [title.strip() for title in next(reader(iter(lines), separator), [])]
    except csv.Error:
        what = "the first row has a quote that is never closed, or stands in the middle of a title"
        raise UserError.about(file.name, what, _AS_CSV, line=1, column=1) from None
    if len(titles) > MAX_COLUMNS:
        what = f"has more than {MAX_COLUMNS:,} columns"
        raise UserError.about(file.name, what, "leave out those that no metric reads", line=1, column=1)
    end = b"\r" if lines and lines[-1].endswith("\r") else b"\n"
    return Header(tuple(titles), separator, end)


def _first_row(text: TextIO, file: DataFile) -> list[str]:
    """The lines of the first row, which has as many quotes as it needs."""
    lines: list[str] = []
    length = quotes = 0
    while line := text.readline(MAX_LINE + 1):
        lines.append(line)
        length += len(line)
        quotes += line.count('"')
        if length > MAX_LINE:
            what = f"the first row is longer than {MAX_LINE:,} characters"
            fix = "name the columns in the first row, and close its quotes"
            raise UserError.about(file.name, what, fix, line=1, column=1)
        if quotes % 2 == 0:
            break
    return lines


def _separator(lines: list[str], file: DataFile) -> str:
    """What separates cells: what the row has most of outside quotes, the comma where none has more."""
    if ".tsv" in file.path.suffixes[-2:]:
        return "\t"
    outside = "".join("".join(lines).split('"')[::2])
    return max(_SEPARATORS, key=outside.count)
