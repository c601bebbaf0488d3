"""The days that metrics look at: the twelve months up to ``as_of``, their quarters, and the years before."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from cxmaturity.api import Period

_MONTHS = 12
_QUARTER = 3


def latest(dates: Iterable[str]) -> str | None:
    """The latest of ISO dates, or ``None``."""
    return max(dates, default=None)


def last_twelve_months(as_of: str) -> Period:
    """The twelve months that end on ``as_of``.

    The day before the first is when customers "at the start of the period" are counted (S0's churn
    of the last 12 months). A 29 February leads to a 28th.
    """
    return Period(_months_before(as_of, _MONTHS), as_of)


def period_of(stated: tuple[str, str] | None, day: str | None) -> Period:
    """What a table says of itself, else the twelve months up to a day; every day if neither is known."""
    if stated:
        return Period(*stated)
    return last_twelve_months(day) if day else Period()


def quarters_of(period: Period) -> tuple[Period, ...]:
    """The quarters of a period of whole months, counted back from its end, the oldest first."""
    ends = [period.end]
    while (start := _months_before(period.end, _QUARTER * len(ends))) > period.start:
        ends.append(start)
    bounds = [period.start, *reversed(ends)]
    return tuple(map(Period, bounds, bounds[1:]))


def years_before(period: Period, years: int) -> tuple[Period, ...]:
    """The periods of the same length that end one, two … years earlier, the oldest first."""
    return tuple(
        Period(*(_months_before(day, _MONTHS * number) for day in (period.start, period.end)))
        for number in range(years, 0, -1)
    )


def _months_before(day: str, months: int) -> str:
    """The same day some months earlier, or the last of that month where it is shorter."""
    at = date.fromisoformat(day)
    year, month = divmod(at.year * _MONTHS + at.month - 1 - months, _MONTHS)
    return date(year, month + 1, min(at.day, monthrange(year, month + 1)[1])).isoformat()
