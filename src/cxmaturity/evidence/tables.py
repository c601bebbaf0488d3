"""Reads an evidence table from CSV: the columns a metric needs, every bad cell named by row and column."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import chain
from math import isfinite
from pathlib import Path
from types import MappingProxyType

from cxmaturity.api import Cell, Column
from cxmaturity.errors import Problem, UserError

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST_CELL = 100_000
_YEARS = ("1900", "2199")


@dataclass(frozen=True, slots=True)
class Table:
    """An evidence table: the rows read, and what was wrong with those left out.

    ``rows`` are keyed by the metric's column names; a column that is not mapped is ``None`` in all.
    """

    name: str
    rows: tuple[Mapping[str, Cell], ...]
    left_out: tuple[Problem, ...]
    date_columns: tuple[str, ...]

    @property
    def dates(self) -> Iterator[str]:
        """All dates in the table, ISO."""
        for row in self.rows:
            yield from (str(row[name]) for name in self.date_columns if row[name] is not None)


def read_csv_table(
    name: str, path: Path, shown: str, mapping: Mapping[str, str], columns: Sequence[Column]
) -> Table:
    """Read a CSV file (UTF-8; comma, semicolon or tab; a header row) as a table.

    ``mapping`` leads from the metric's column names to those in the file's header; ``shown`` is the
    file's name in messages. A row with a bad cell is left out and named. Raises :class:`UserError`
    where the file as a whole cannot be read: not there, not text, a column missing.
    """
    try:
        if path.exists() and not path.is_file():
            raise UserError.about(shown, "is not a file", "name a readable CSV file")
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(name, file, shown, mapping, columns)
    except FileNotFoundError:
        raise UserError.about(shown, "the file does not exist", f"correct evidence.{name}.source") from None
    except UnicodeDecodeError:
        what = f"is not UTF-8 text (byte {_bad_byte(path)})"
        raise UserError.about(shown, what, "save it as CSV in UTF-8") from None
    except csv.Error as error:
        raise UserError.about(shown, f"is not a CSV file ({error})", "save it as CSV in UTF-8") from None
    except OSError as error:
        raise UserError.about(
            shown, f"cannot be read ({error.strerror})", "name a readable CSV file"
        ) from None


def _bad_byte(path: Path) -> int:
    """Where a file that is not UTF-8 stops being it, in bytes from its start."""
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _text_lines(file: Iterator[str]) -> Iterator[str]:
    """The lines of a file, none of which may hold a NUL."""
    for line in file:
        if "\0" in line:
            raise csv.Error("it holds a NUL byte")
        yield line


def _read(
    name: str, file: Iterator[str], shown: str, mapping: Mapping[str, str], columns: Sequence[Column]
) -> Table:
    csv.field_size_limit(_LONGEST_CELL)
    lines = _text_lines(file)
    first = next(lines, "")
    outside_quotes = re.sub(r'"[^"]*("|$)', "", first)
    reader = csv.reader(chain([first], lines), delimiter=max(",;\t", key=outside_quotes.count))
    header = [title.strip() for title in next(reader, [])]
    where = _columns_in(header, shown, mapping, columns)
    absent: dict[str, Cell] = {column.name: None for column in columns if column.name not in mapping}
    rows: list[Mapping[str, Cell]] = []
    problems: list[Problem] = []
    for cells in reader:
        if not any(cells):
            continue
        row, problem = _read_row(cells, where, shown, reader.line_num)
        if problem is None:
            rows.append(MappingProxyType({**row, **absent}))
        else:
            problems.append(problem)
    dates = tuple(column.name for column in columns if column.kind == "date")
    return Table(name, tuple(rows), tuple(problems), dates)


def _columns_in(
    header: Sequence[str], shown: str, mapping: Mapping[str, str], columns: Sequence[Column]
) -> list[tuple[Column, int]]:
    """Each mapped column and its position in the file."""
    problems = []
    where = []
    for column in columns:
        title = mapping.get(column.name)
        if title is None:
            continue
        if header.count(title) == 1:
            where.append((column, header.index(title)))
            continue
        what = f"there is no column '{title}'" if title not in header else f"two columns are called '{title}'"
        # the first row is not repeated in full: without a header it would be somebody's record
        close = get_close_matches(title, header, n=1)
        fix = f"did you mean '{close[0]}'?" if close else "name the column as the file's first row does"
        problems.append(Problem(shown, 1, 1, what, fix))
    if problems:
        raise UserError(problems)
    return where


def _read_row(
    cells: Sequence[str], where: Sequence[tuple[Column, int]], shown: str, line: int
) -> tuple[dict[str, Cell], Problem | None]:
    row: dict[str, Cell] = {}
    for column, position in where:
        if position >= len(cells):
            return row, Problem(shown, line, position + 1, "the row is too short", "add the missing cells")
        try:
            row[column.name] = _cell(cells[position].strip(), column)
        except ValueError as error:
            return row, Problem(
                shown, line, position + 1, f"column '{column.name}': {error}", "correct the cell"
            )
    return row, None


def _cell(text: str, column: Column) -> Cell:
    """A cell's value. Its text is never repeated in a message: it may be a customer's."""
    if not text:
        if column.empty_allowed:
            return None
        raise ValueError("the cell is empty")
    match column.kind:
        case "text":
            return text
        case "date":
            return _date(text)
        case _:
            return _number(text, column)


def _date(text: str) -> str:
    day = text[:10]
    if not _ISO_DATE.fullmatch(day) or text[10:11] not in {"", "T", " "}:
        raise ValueError("not a date like 2026-01-31")
    if not _YEARS[0] <= day[:4] <= _YEARS[1]:
        raise ValueError(f"not a day between {_YEARS[0]} and {_YEARS[1]}")
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        raise ValueError("no such day in the calendar") from None


def _number(text: str, column: Column) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError("not a number") from None
    low, high = column.minimum, column.maximum
    if not isfinite(value) or (low is not None and value < low) or (high is not None and value > high):
        raise ValueError(f"not between {low:g} and {high:g}" if None not in (low, high) else "out of range")
    return value
