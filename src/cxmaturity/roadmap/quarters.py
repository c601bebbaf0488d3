"""Quarters counted from a month."""

from __future__ import annotations

from datetime import date, timedelta


def quarter_bounds(first_month: str, count: int) -> list[tuple[str, str]]:
    """First and last day (ISO) of ``count`` quarters that start with a month such as ``2027-01``."""
    return [quarter_span(first_month, number) for number in range(count)]


def quarter_span(first_month: str, number: int) -> tuple[str, str]:
    """First and last day (ISO) of one quarter, counted from that of a month; negative before it."""
    start, following = (_first_day(first_month, 3 * each) for each in (number, number + 1))
    return start.isoformat(), (following - timedelta(days=1)).isoformat()


def last_day(month: str) -> str:
    """The last day (ISO) of a month such as ``2027-12``."""
    return (_first_day(month, 1) - timedelta(days=1)).isoformat()


def quarter_of(month: str, first_month: str) -> int:
    """The quarter in which a month lies, counted from 0; negative before the first."""
    (year, number), (first_year, first_number) = (
        (int(part) for part in each.split("-")) for each in (month, first_month)
    )
    return ((year - first_year) * 12 + number - first_number) // 3


def begun_quarter(month: str, first_month: str, quarters: int) -> int:
    """The quarter from which on a plan counts what is under way since a month and takes so many quarters.

    That is the quarter in which it began; but what is late still takes the plan's first.
    """
    return max(quarter_of(month, first_month), 1 - quarters)


def _first_day(month: str, later: int) -> date:
    year, number = (int(part) for part in month.split("-"))
    months = year * 12 + number - 1 + later
    return date(months // 12, months % 12 + 1, 1)
