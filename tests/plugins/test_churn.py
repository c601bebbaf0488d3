"""The churn rate and its interval, worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pytest
from cxmaturity_retention.churn import churn_rate
from hypothesis import given
from hypothesis import strategies as st

YEAR = ("2025-10-31", "2026-10-31")


NAMES = (f"c{number}" for number in count())


def customer(since: str, until: str | None = None, name: str | None = None) -> dict[str, str | None]:
    return {"customer": name or next(NAMES), "since": since, "until": until}


def test_who_left_and_came_back_counts_once_and_is_not_lost() -> None:
    rows = [
        customer("2024-01-01", "2026-02-01", "ana"),
        customer("2026-05-01", None, "ana"),
        customer("2024-01-01", "2026-02-01"),
    ]
    # two people at the start, one of them still or again there at the end
    assert churn_rate(rows, YEAR).parts == {"start": 2, "lost": 1}


def test_customers_lost_over_customers_at_the_start() -> None:
    rows = [
        customer("2024-01-01"),  # there all the time
        customer("2024-01-01", "2026-03-01"),  # lost
        customer("2024-01-01", "2025-01-01"),  # gone before: not counted
        customer("2026-01-01"),  # came later: not counted
        customer("2026-01-01", "2026-06-01"),  # came and went: not counted
        customer("2020-01-01", "2026-12-31"),  # leaves later: still there
        customer("2020-01-01"),
        customer("2020-01-01"),
    ]
    measured = churn_rate(rows, YEAR)
    assert measured.value == pytest.approx(1 / 5)  # 1 of the 5 there at the start
    assert (measured.n, measured.parts) == (5, {"start": 5, "lost": 1})


@pytest.mark.parametrize(
    ("since", "until", "start", "lost"),
    [
        ("2025-10-31", None, 1, 0),  # joined on the day before the first: there at the start
        ("2025-11-01", None, 0, 0),  # joined on the first day: not yet
        ("2020-01-01", "2025-10-31", 0, 0),  # left on the day before the first: gone
        ("2020-01-01", "2025-11-01", 1, 1),  # left on the first day
        ("2020-01-01", "2026-10-31", 1, 1),  # left on the last day
        ("2020-01-01", "2026-11-01", 1, 0),  # left the day after
    ],
)
def test_the_edges_of_the_period(since: str, until: str | None, start: int, lost: int) -> None:
    anchor = customer("2020-01-01")  # somebody who stays, so that there is a rate
    assert churn_rate([anchor, customer(since, until)], YEAR).parts == {"start": 1 + start, "lost": lost}


@pytest.mark.parametrize(
    ("lost", "n", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (score, not corrected)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # 2 of 10, z² = 3.8415: (0.2 + 0.19207 ∓ 1.96 √(0.016 + 0.0096036)) ÷ 1.38415
        # = (0.39207 ∓ 0.31362) ÷ 1.38415
        (2, 10, 0.0567, 0.5098),
        (7, 7, 0.6457, 1.0),  # all of n: from n ÷ (n + z²) = 7 ÷ 10.8415
    ],
)
def test_the_interval_is_wilsons(lost: int, n: int, low: float, high: float) -> None:
    rows = [customer("2020-01-01", "2026-01-01") for _ in range(lost)] + [
        customer("2020-01-01") for _ in range(n - lost)
    ]
    measured = churn_rate(rows, YEAR)
    assert measured.interval == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("rows", [[], [customer("2026-01-01")], [customer("2019-01-01", "2020-01-01")]])
def test_without_customers_at_the_start_there_is_no_rate(rows: list[dict[str, str | None]]) -> None:
    measured = churn_rate(rows, YEAR)
    assert (measured.value, measured.n, measured.interval) == (None, 0, None)
    assert measured.reason is not None
    assert measured.reason.key == "retention.no-customers"


days = st.dates(date(2023, 1, 1), date(2027, 12, 31))
customers = st.builds(
    lambda since, stays: customer(
        since.isoformat(), None if stays is None else (since + timedelta(stays)).isoformat()
    ),
    days,
    st.none() | st.integers(0, 1500),
)


@given(st.lists(customers, min_size=1, max_size=40))
def test_the_rate_lies_in_its_interval_and_both_within_0_to_1(rows: list[dict[str, str | None]]) -> None:
    measured = churn_rate(rows, YEAR)
    if measured.value is None:
        return
    assert measured.interval is not None
    low, high = measured.interval
    assert -1e-12 <= low <= measured.value + 1e-12
    assert measured.value - 1e-12 <= high <= 1 + 1e-12
    assert measured == churn_rate(rows[::-1], YEAR)
