"""The twelve months up to the day of the assessment, their quarters, and the years before."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import Period
from cxmaturity.evidence.period import last_twelve_months, latest, quarters_of, years_before

days = st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat)


@pytest.mark.parametrize(
    ("as_of", "start"),
    [
        ("2026-10-31", "2025-10-31"),
        ("2024-02-29", "2023-02-28"),  # from 1 March 2023 to 29 February 2024
        ("2025-02-28", "2024-02-28"),  # from 29 February 2024 to 28 February 2025
        ("2025-03-01", "2024-03-01"),
        ("2026-01-01", "2025-01-01"),
    ],
)
def test_the_period_begins_the_day_after_the_same_day_a_year_before(as_of: str, start: str) -> None:
    assert last_twelve_months(as_of) == Period(start, as_of)


@given(days)
def test_it_lasts_a_year(day: str) -> None:
    period = last_twelve_months(day)
    assert (date.fromisoformat(period.end) - date.fromisoformat(period.start)).days in {365, 366}


def test_its_quarters_are_counted_back_from_its_end() -> None:
    assert quarters_of(last_twelve_months("2026-10-31")) == (
        Period("2025-10-31", "2026-01-31"),
        Period("2026-01-31", "2026-04-30"),
        Period("2026-04-30", "2026-07-31"),
        Period("2026-07-31", "2026-10-31"),
    )


@given(days)
def test_quarters_follow_each_other_and_fill_the_year(day: str) -> None:
    period = last_twelve_months(day)
    quarters = quarters_of(period)
    assert len(quarters) == 4
    assert (quarters[0].start, quarters[-1].end) == (period.start, period.end)
    assert [each.end for each in quarters[:-1]] == [each.start for each in quarters[1:]]


def test_a_stated_period_of_a_month_is_its_only_quarter() -> None:
    assert quarters_of(Period("2025-12-31", "2026-01-31")) == (Period("2025-12-31", "2026-01-31"),)


def test_the_years_before_are_as_long_and_the_oldest_comes_first() -> None:
    assert years_before(last_twelve_months("2026-10-31"), 2) == (
        Period("2023-10-31", "2024-10-31"),
        Period("2024-10-31", "2025-10-31"),
    )


def test_the_latest_of_no_dates_is_none() -> None:
    assert latest([]) is None
    assert latest(["2025-12-31", "2026-01-01", "2024-02-29"]) == "2026-01-01"
