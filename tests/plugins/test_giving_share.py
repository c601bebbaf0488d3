"""Giving as a share of revenue, worked by hand."""

from __future__ import annotations

import pytest
from cxmaturity_social_responsibility.giving import giving_share
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import MetricResult, Rows, Scope
from cxmaturity.testing import measured

AS_OF = "2026-10-31"
Row = dict[str, object]


def giving(*rows: Row) -> MetricResult:
    return measured("giving-share", {"giving": list(rows)}, as_of=AS_OF)


def month(at: str, amount: float | None, revenue: float | None) -> Row:
    return {"at": at, "amount": amount, "revenue": revenue}


def test_what_was_given_over_revenue() -> None:
    # gifts and revenue in rows of their own or together: (300 + 200) ÷ (40,000 + 60,000)
    metric = giving(
        month("2026-01-31", 300, 40_000), month("2026-02-28", None, 60_000), month("2026-03-05", 200, None)
    )
    assert (metric.value, metric.n, metric.interval) == (0.005, 3, None)
    assert metric.parts == {"amount": 500, "revenue": 100_000}


@pytest.mark.parametrize(
    ("at", "amount"), [("2025-10-31", 10), ("2025-11-01", 15), ("2026-10-31", 15), ("2026-11-01", 10)]
)
def test_the_edges_of_the_period(at: str, amount: float) -> None:
    assert giving(month("2026-01-31", 10, 100), month(at, 5, 0)).parts["amount"] == amount


def test_without_dates_all_rows_count() -> None:
    metric = measured(
        "giving-share", {"giving": [{"amount": 1, "revenue": 100}, {"amount": 3, "revenue": 100}]}
    )
    assert metric.value == 0.02


def test_credit_notes_lower_revenue_and_gifts_are_not_negative() -> None:
    metric = giving(month("2026-01-31", 1, 150), month("2026-02-28", 0, -50), month("2026-03-31", -1, 100))
    assert (metric.value, metric.quality[0].dropped) == (0.01, 1)


def test_quarters_have_figures_of_their_own() -> None:
    rows = [month("2026-10-01", 2, 100)] * 5 + [month("2025-12-01", 1, 100)] * 5
    assert [each.value for each in giving(*rows).trend] == [0.01, 0.02]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "reason.no-records"),
        ([month("2030-01-01", 1, 1)], "reason.no-records"),
        ([month("2026-01-31", 1, None)], "social-responsibility.reason.no-revenue"),
        ([month("2026-01-31", 1, -5)], "social-responsibility.reason.no-revenue"),
    ],
)
def test_without_revenue_there_is_a_reason(rows: list[Row], reason: str) -> None:
    metric = giving(*rows)
    assert metric.value is None
    assert metric.reason is not None
    assert metric.reason.key == reason


amounts = st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**9)), min_size=1, max_size=20)


@given(amounts)
def test_the_share_lies_between_those_of_its_rows(found: list[tuple[int, int]]) -> None:
    rows: Rows = [{"n": 1, "amount": amount, "revenue": revenue} for amount, revenue in found]
    shares = [amount / revenue for amount, revenue in found]
    value = giving_share(rows, Scope()).value
    assert value is not None
    assert min(shares) - 1e-12 <= value <= max(shares) + 1e-12
