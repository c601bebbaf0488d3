"""The period that metrics look at: the twelve months up to ``as_of``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

NO_PERIOD = ("", "9999-12-31")
"""Everything: for data without any date."""


def latest(dates: Iterable[str]) -> str | None:
    """The latest of ISO dates, or ``None``."""
    return max(dates, default=None)


def last_twelve_months(as_of: str) -> tuple[str, str]:
    """The day before the first, and the last day, of the twelve months that end on ``as_of``.

    The day before the first is when customers "at the start of the period" are counted (S0's churn
    of the last 12 months). A 29 February leads to a 28th.
    """
    end = date.fromisoformat(as_of)
    try:
        start = end.replace(year=end.year - 1)
    except ValueError:
        start = end.replace(year=end.year - 1, day=28)
    return start.isoformat(), as_of
