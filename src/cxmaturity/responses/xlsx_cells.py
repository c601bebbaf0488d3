"""The cells of a workbook's sheet, as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from string import digits

from cxmaturity.responses.limits import MAX_COLUMNS, MAX_WORKBOOK_CELLS
from cxmaturity.responses.xml_parts import Handler, Parts

_COLUMN = re.compile(r"[A-Z]{1,3}")
_DATE_FORMATS = frozenset(map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))))
"""Built-in formats of dates and times, ECMA-376 part 1, 18.8.30, with those of Asian languages."""
_NO_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
"""What a format shows as it stands, colours and conditions."""
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
_FROM_1900, _FROM_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - spreadsheets have no zones
_LEAP = 60  # the day 29 February 1900, which spreadsheets count though there was none
_LAST_DAY = 2_950_000
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that is not read: what is wrong with it, and what to do."""

    what: str
    fix: str


FORMULA = Fault("the cell holds a formula, which is not evaluated", "write what it stands for")
ERROR = Fault("the cell holds an error", "correct or empty it")

Row = Mapping[int, str | Fault]
"""The cells of a row that are not empty, by column from 1."""


@dataclass(frozen=True, slots=True)
class Values:
    """What cells refer to: texts by number, the styles of dates, and from when days count."""

    texts: Sequence[str]
    dates: frozenset[str]
    from_1904: bool

    def text(self, kind: str, style: str, written: str) -> str | Fault:
        """A cell's text."""
        match kind:
            case "s":
                return self.texts[int(written)]
            case "b":
                return "true" if written.strip() in {"1", "true"} else "false"
            case "e":
                return ERROR
            case "n":
                return self._number(style, float(written))
            case _:
                return written

    def _number(self, style: str, number: float) -> str:
        if style in self.dates and 0 <= number < _LAST_DAY:
            return self._date(number)
        return str(int(number)) if number.is_integer() else repr(number)

    def _date(self, days: float) -> str:
        """A day, with its time if it has one; a time alone if it is of no day."""
        seconds = timedelta(seconds=round(days * _DAY))
        if seconds.days == 0 and not self.from_1904:
            return str((_FROM_1900 + seconds).time())
        moment = (_FROM_1904 if self.from_1904 else _FROM_1900) + seconds
        if days < _LEAP and not self.from_1904:
            moment += timedelta(days=1)
        return moment.date().isoformat() if seconds.seconds == 0 else moment.isoformat(" ")


def is_date(number: str, code: str) -> bool:
    """Whether a number format shows dates or times: a built-in one, or by the letters of its code."""
    return number in _DATE_FORMATS or bool(_DATE_LETTERS.search(_NO_FORMAT.sub("", code)))


class SheetHandler(Handler):
    """Gives ``found`` each row that is not empty, with its number from 1."""

    def __init__(self, parts: Parts, values: Values, found: Callable[[int, Row], None]) -> None:
        self._parts = parts
        self._values = values
        self._found = found
        self._row: dict[int, str | Fault] = {}
        self._number = self._column = self._cells = 0
        self._kind, self._style = "n", ""
        self._formula = self._reading = self._phonetic = False
        self._pieces: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A row, a cell, or what is in one."""
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._number = int(attributes.get("r", self._number + 1))
            self._column = 0
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._phonetic = True
        self._reading = name == "v" or (name == "t" and not self._phonetic)

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._cells += 1
        if self._cells > MAX_WORKBOOK_CELLS:
            raise self._parts.too_large()
        self._column = _column(attributes["r"].rstrip(digits)) if "r" in attributes else self._column + 1
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._formula = self._phonetic = False

    def end(self, name: str) -> None:
        """What a cell says is complete, or a row."""
        self._reading = False
        if name == "c":
            self._end_cell()
        elif name == "rPh":
            self._phonetic = False
        elif name == "row" and self._row:
            row, self._row = self._row, {}
            self._found(self._number, row)

    def _end_cell(self) -> None:
        written = "".join(self._pieces)
        self._pieces.clear()
        if self._formula:
            self._row[self._column] = FORMULA
        elif written.strip():
            said = self._values.text(self._kind, self._style, written)
            if isinstance(said, Fault) or said.strip():
                self._row[self._column] = said

    def text(self, text: str) -> None:
        """Some of what a cell says."""
        if self._reading:
            self._pieces.append(text)


@lru_cache(MAX_COLUMNS)  # each row has the same
def _column(letters: str) -> int:
    """The number of a column from its letters, such as AB. Raises :class:`ValueError` for what is none."""
    if not _COLUMN.fullmatch(letters):
        raise ValueError("no column of a sheet")
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
