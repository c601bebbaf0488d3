"""Dates and times as survey tools write them, in the order of a country: only differences are of interest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cxmaturity.responses.mapping.texts import one_line

if TYPE_CHECKING:
    from cxmaturity.responses.mapping.format import Dates

# 2026/11/03 9:15:02 AM EET · 03.11.2026 09:15 · 11/3/26 9:15:02 · 2026-11-03T09:15:02.1Z
_TIME = re.compile(
    r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})[ T,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?"
    r"\s*([ap]\.?\s?m\.?)?\s*([A-Z]{1,5}|[A-Z]{3}[+-]\d+(?::?\d\d)?|[+-]\d\d:?\d\d|Z)?",
    re.IGNORECASE,
)
_LAST_MONTH, _NOON, _CENTURY = 12, 12, 2000
_DIGITS_OF_A_YEAR = 4


def order_of(texts: Iterable[str]) -> tuple[Dates, bool] | None:
    """In which order dates are written, and whether that is certain; ``None`` if these are no dates."""
    found = [match for match in (_TIME.fullmatch(one_line(text)) for text in texts) if match]
    if not found:
        return None
    if all(len(match[1]) == _DIGITS_OF_A_YEAR for match in found):
        return "year-first", True
    if any(int(match[1]) > _LAST_MONTH for match in found):
        return "day-first", True
    if any(int(match[2]) > _LAST_MONTH for match in found):
        return "month-first", True
    return ("day-first" if "." in found[0][0].split()[0] else "month-first"), False


def seconds_of(text: str, order: Dates) -> float | None:
    """A time as seconds since the year 1, without its time zone; ``None`` if it is no such time."""
    match = _TIME.fullmatch(one_line(text))
    if match is None:
        return None
    first, second, third = (int(match[number]) for number in (1, 2, 3))
    year, month, day = {
        "year-first": (first, second, third),
        "day-first": (third, second, first),
        "month-first": (third, first, second),
    }[order]
    try:
        at = datetime(  # noqa: DTZ001 - the zone is that of the other time of the same row
            year if year >= 100 else _CENTURY + year,  # noqa: PLR2004 - two digits of a year
            month,
            day,
            _hour(int(match[4]), match[7]),
            int(match[5]),
            int(match[6] or 0),
        )
    except ValueError:
        return None
    return (at - datetime.min) / timedelta(seconds=1)  # noqa: DTZ901 - as above


def _hour(hour: int, half: str | None) -> int:
    """The hour of 24 from one of 12."""
    if not half:
        return hour
    return hour % _NOON + (_NOON if half[0] in "pP" else 0)
