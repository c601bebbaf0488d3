"""Reads what others computed: the result of a query, as a small CSV file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from cxmaturity.api import Cell, Rows
from cxmaturity.errors import Problem, UserError
from cxmaturity.evidence.engines.model import cell_of, in_order
from cxmaturity.evidence.exporting import PERIOD_END

if TYPE_CHECKING:
    from ibis.expr.schema import Schema

MAX_BYTES = 16_000_000
"""A query brings records down to a few rows: a file that is larger holds the records."""
MAX_ROWS = 100_000
MAX_PROBLEMS = 20
"""How many cells are named at most: with more of them it is the file that is wrong."""
NO_NUMBERS = frozenset({"", "NULL", "null", r"\N"})
"""What databases write of a number that there is not."""
_FLAGS = {"true": 1, "t": 1, "false": 0, "f": 0}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}([T ].*)?")
_SEPARATORS = ",;\t"


def results_of(path: Path, shown: str, schema: Schema, *, end: str = "") -> Rows:
    """The rows that others computed, typed as the query's expression types its columns.

    ``shown`` is what messages call the file; ``end`` the last day of the query's period, which the file has
    to name if it names one. Raises :class:`UserError` with each mistake at its place. No cell is repeated.
    """
    return _Reader(shown, _kinds(schema), end).rows(_text(path, shown))


def _text(path: Path, shown: str) -> str:
    try:
        with path.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError.about(shown, f"cannot be read ({error.strerror})", "correct the name") from None
    if len(content) > MAX_BYTES:
        what = f"has more than {MAX_BYTES // 1_000_000} MB, more than any query's result"
        raise UserError.about(shown, what, "save what the query gives, not the records")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError.about(shown, "is not text in UTF-8", "save it as CSV in UTF-8") from None


def _kinds(schema: Schema) -> dict[str, str]:
    """What each column holds: whole numbers, numbers, days, or texts."""
    return {name: _kind(kind) for name, kind in schema.items() if name != PERIOD_END}


def _kind(kind: object) -> str:
    from ibis.expr import datatypes as dt  # lazy: Ibis

    match kind:
        case dt.Boolean() | dt.Integer():
            return "whole"
        case dt.Numeric():
            return "number"
        case dt.Date() | dt.Timestamp():
            return "day"
        case _:
            return "text"


class _Reader:
    """The rows of one file."""

    def __init__(self, shown: str, kinds: Mapping[str, str], end: str) -> None:
        self._shown = shown
        self._kinds = kinds
        self._end = end
        self._problems: list[Problem] = []

    def rows(self, text: str) -> Rows:
        """All rows, in the order in which an engine gives them."""
        first = text.partition("\n")[0]
        separator = max(_SEPARATORS, key=first.count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        try:
            header = [title.strip() for title in next(reader, [])]
            places = self._places(header)
            found = list(self._body(reader, places, len(header)))
        except csv.Error:
            self._wrong(reader.line_num, 1, "the row is no CSV", "save the file as CSV again")
            found = []
        if self._problems:
            raise UserError(self._problems)
        return in_order(found)

    def _places(self, header: Sequence[str]) -> dict[str, int]:
        """Where each column stands. Databases may have changed capitals."""
        titles = [title.lower() for title in header]
        for name in self._kinds:
            if titles.count(name) != 1:
                what = f"there is no column '{name}'" if name not in titles else f"'{name}' is there twice"
                self._wrong(1, 1, what, f"the first row has to name {', '.join(self._kinds)}")
        for number, title in enumerate(titles, 1):
            if title not in self._kinds and title != PERIOD_END:
                self._wrong(
                    1, number, f"the query has no column of the name in place {number}", "take it out"
                )
        if self._problems:
            raise UserError(self._problems)
        return {title: number for number, title in enumerate(titles)}

    def _body(
        self, reader: Iterable[list[str]], places: Mapping[str, int], width: int
    ) -> Iterator[dict[str, Cell]]:
        line = 2
        for count, row in enumerate(reader, 1):
            if count > MAX_ROWS:
                self._wrong(
                    line, 1, f"there are more than {MAX_ROWS:,} rows", "map a segment of fewer values"
                )
                return
            if len(self._problems) >= MAX_PROBLEMS:
                return
            if len(row) == width:
                yield {name: self._cell(row[places[name]], name, line, places) for name in self._kinds}
                self._check_period(row, line, places)
            elif row:
                self._wrong(line, 1, f"the row has {len(row)} cells, not {width}", "save the result again")
            line = getattr(reader, "line_num", line) + 1

    def _cell(self, text: str, name: str, line: int, places: Mapping[str, int]) -> Cell:
        kind, text = self._kinds[name], text.strip()
        if kind == "text":
            return text or None
        if text in NO_NUMBERS:
            return None
        value = _day(text) if kind == "day" else _number(text, whole=kind == "whole")
        if value is None:
            what = {"day": "not a date like 2026-01-31", "whole": "not a whole number"}.get(
                kind, "not a number"
            )
            self._wrong(line, places[name] + 1, f"column '{name}': {what}", "save the result again")
        return value

    def _check_period(self, row: Sequence[str], line: int, places: Mapping[str, int]) -> None:
        place = places.get(PERIOD_END)
        if place is not None and self._end and row[place].strip() != self._end:
            what = f"the result is of another period than the one that ends on {self._end}"
            self._wrong(
                line, place + 1, what, "write the queries with `cxmaturity evidence sql` and run them again"
            )

    def _wrong(self, line: int, column: int, what: str, fix: str) -> None:
        self._problems.append(Problem(self._shown, line, column, what, fix))


def _number(text: str, *, whole: bool) -> Cell:
    """A number as databases write it; a whole one may be written with a point, or as true or false."""
    if whole and text.lower() in _FLAGS:
        return _FLAGS[text.lower()]
    try:
        value = float(text)
    except ValueError:
        return None
    if not isfinite(value) or "_" in text:
        return None
    if whole:
        return int(value) if value.is_integer() else None
    return cell_of(value)


def _day(text: str) -> Cell:
    return text if _DAY.fullmatch(text) else None
