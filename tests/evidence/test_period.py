"""The twelve months up to the day of the assessment."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.evidence.period import last_twelve_months, latest


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
    assert last_twelve_months(as_of) == (start, as_of)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_it_lasts_a_year(day: date) -> None:
    start, end = last_twelve_months(day.isoformat())
    assert (date.fromisoformat(end) - date.fromisoformat(start)).days in {365, 366}


def test_the_latest_of_no_dates_is_none() -> None:
    assert latest([]) is None
    assert latest(["2025-12-31", "2026-01-01", "2024-02-29"]) == "2026-01-01"
