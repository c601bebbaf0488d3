"""Quarters start in any month and end on its last day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.roadmap.quarters import begun_quarter, last_day, quarter_bounds


def test_quarters_follow_each_other_over_the_year() -> None:
    assert quarter_bounds("2027-11", 3) == [
        ("2027-11-01", "2028-01-31"),
        ("2028-02-01", "2028-04-30"),
        ("2028-05-01", "2028-07-31"),
    ]


@pytest.mark.parametrize(
    ("month", "day"),
    [
        ("2027-12", "2027-12-31"),
        ("2028-02", "2028-02-29"),
        ("2100-02", "2100-02-28"),
        ("2027-04", "2027-04-30"),
    ],
)
def test_the_last_day_of_a_month(month: str, day: str) -> None:
    assert last_day(month) == day


@pytest.mark.parametrize(
    ("month", "quarters", "first"),
    [
        ("2027-02", 1, 0),  # in the plan's first quarter
        ("2027-08", 2, 2),
        ("2026-11", 2, -1),  # in the quarter before it, so that one of two is left
        ("2026-01", 1, 0),  # late: it still takes the first quarter
        ("2026-01", 3, -2),
    ],
)
def test_what_is_under_way_counts_from_the_quarter_in_which_it_began(
    month: str, quarters: int, first: int
) -> None:
    assert begun_quarter(month, "2027-01", quarters) == first


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 40))
def test_no_day_is_lost_between_quarters(start: date, count: int) -> None:
    bounds = quarter_bounds(f"{start:%Y-%m}", count)
    assert len(bounds) == count
    assert bounds[0][0] == start.replace(day=1).isoformat()
    for (_, end), (following, _) in pairwise(bounds):
        assert date.fromisoformat(following) - date.fromisoformat(end) == timedelta(days=1)
