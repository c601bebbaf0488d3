"""What a percentage point of churn is worth: the arithmetic by hand, its limits, and when nothing is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import Message, MetricResult
from cxmaturity.result import Assessment
from cxmaturity.texts import load_texts
from cxmaturity.worth import ChurnWorth, churn_worth

PERIOD = ("2025-10-31", "2026-10-31")


def churn(customers: int = 1200, **more: Any) -> MetricResult:
    return replace(
        MetricResult(
            id="churn-rate",
            dimension="retention",
            practice="retention.loyalty-and-value",
            unit="fraction",
            higher_is_better=False,
            source="S0",
            value=0.25,
            n=customers,
            parts={"start": customers, "lost": customers // 4},
            period=PERIOD,
        ),
        **more,
    )


def lifetime(
    value: float | None = 50.0,
    interval: tuple[float, float] | None = (40.0, 65.0),
    first_year: float = 20.0,
    margin: float = 0.3,
    **more: Any,
) -> MetricResult:
    return replace(
        MetricResult(
            id="customer-lifetime-value",
            dimension="retention",
            practice="retention.loyalty-and-value",
            unit="money",
            higher_is_better=True,
            source="Gupta and Lehmann 2003",
            value=value,
            n=2000,
            interval=interval,
            parts={"first_year_value": first_year, "margin_share": margin},
        ),
        **more,
    )


def of(*metrics: MetricResult) -> ChurnWorth | Message:
    return churn_worth(cast("Assessment", SimpleNamespace(metrics=metrics)))


def worth_of(*metrics: MetricResult) -> ChurnWorth:
    found = of(*metrics)
    assert isinstance(found, ChurnWorth)
    return found


def reason_of(*metrics: MetricResult) -> Message:
    found = of(*metrics)
    assert isinstance(found, Message)
    return found


def test_customers_times_one_percent_times_what_each_is_worth() -> None:
    found = worth_of(churn(), lifetime())
    # 1,200 customers × 1 % = 12 kept. Each is worth 50, so 600 together; at the upper end 65, so 780.
    # At the low end they stay for one more year, 20 each, less as much as the lower end is below the value:
    # 20 × 40 ÷ 50 = 16, so 12 × 16 = 192.
    assert (found.customers, found.point, found.kept) == (1200, 0.01, pytest.approx(12))
    assert (found.each_low, found.each, found.each_high) == (pytest.approx(16), 50.0, 65.0)
    assert (found.low, found.value, found.high) == (
        pytest.approx(192),
        pytest.approx(600),
        pytest.approx(780),
    )
    assert (found.basis, found.period) == ("margin", PERIOD)


def test_a_margin_of_everything_is_revenue_and_says_so() -> None:
    found = worth_of(churn(), lifetime(margin=1.0))
    assert found.basis == "revenue"
    assert [caveat.key for caveat in found.caveats] == [
        "report.worth.caveat.average",
        "report.worth.caveat.revenue",
    ]
    assert worth_of(churn(), lifetime()).caveats[1] == Message("report.worth.caveat.margin", {"margin": 0.3})


NO_TABLE = Message("reason.no-data", {"table": "customers"})
NO_MARGIN = Message("reason.no-option", {"option": "margin", "metric": "customer-lifetime-value"})


@pytest.mark.parametrize(
    ("metrics", "reason"),
    [
        ([], Message("report.worth.reason.neither")),
        (
            [churn(value=None, reason=NO_TABLE), lifetime(None, None, reason=NO_MARGIN)],
            Message("report.worth.reason.neither"),
        ),
        ([lifetime()], Message("report.worth.reason.churn-rate.unknown")),
        (
            [churn(value=None, reason=NO_TABLE), lifetime()],
            Message("report.worth.reason.churn-rate.why", {"why": NO_TABLE}),
        ),
        ([churn()], Message("report.worth.reason.customer-lifetime-value.unknown")),
        (
            [churn(), lifetime(None, None, reason=NO_MARGIN)],
            Message("report.worth.reason.customer-lifetime-value.why", {"why": NO_MARGIN}),
        ),
        ([churn(), lifetime(interval=None)], Message("report.worth.reason.no-range")),
        ([churn(), lifetime(parts={})], Message("report.worth.reason.no-range")),
        ([churn(99), lifetime()], Message("report.worth.reason.few-customers", {"n": 99})),
        ([churn(), lifetime(0.0, (0.0, 9.0))], Message("report.worth.reason.nothing")),
    ],
)
def test_what_is_missing_is_named_and_no_number_given(metrics: list[MetricResult], reason: Message) -> None:
    assert reason_of(*metrics) == reason


def test_a_hundred_customers_are_enough_as_one_point_is_one_of_them() -> None:
    assert worth_of(churn(100), lifetime()).kept == pytest.approx(1)


def test_every_reason_and_caveat_has_words() -> None:
    texts = load_texts("en")
    for metrics in (
        [],
        [lifetime()],
        [churn()],
        [churn(), lifetime(interval=None)],
        [churn(99), lifetime()],
        [churn(), lifetime(0.0, (0.0, 9.0))],
        [churn(), lifetime(None, None, reason=NO_MARGIN)],
        [churn(value=None, reason=NO_TABLE), lifetime()],
    ):
        said = texts.message(reason_of(*metrics))
        assert said[0].islower()
        assert not said.endswith(".")
    for margin in (0.3, 1.0):
        caveats = worth_of(churn(), lifetime(margin=margin)).caveats
        assert all(texts.message(caveat).endswith(".") for caveat in caveats)


money = st.floats(0.01, 1e6)
share = st.floats(0, 1)


@st.composite
def lifetimes(draw: Callable[..., Any]) -> MetricResult:
    value = draw(money)
    return lifetime(
        value,
        (value * draw(share), value * (1 + draw(share))),
        first_year=value * draw(share),
        margin=draw(st.floats(0.01, 1)),
    )


@given(st.integers(100, 10**7), lifetimes())
def test_the_range_holds_the_value_and_nothing_is_below_nothing(customers: int, worth: MetricResult) -> None:
    found = worth_of(churn(customers), worth)
    assert 0 <= found.low <= found.value <= found.high


@given(st.integers(100, 10**6), st.integers(2, 10), lifetimes())
def test_so_many_times_the_customers_are_worth_so_many_times_as_much(
    customers: int, times: int, worth: MetricResult
) -> None:
    one, many = worth_of(churn(customers), worth), worth_of(churn(times * customers), worth)
    for name in ("low", "value", "high"):
        assert getattr(many, name) == pytest.approx(times * getattr(one, name))


@given(st.integers(100, 10**6), lifetimes(), st.floats(1, 10))
def test_in_another_currency_it_is_the_same(customers: int, worth: MetricResult, rate: float) -> None:
    low, high = worth.interval or (0.0, 0.0)
    other = lifetime(
        rate * (worth.value or 0.0), (rate * low, rate * high), rate * worth.parts["first_year_value"]
    )
    here, there = worth_of(churn(customers), worth), worth_of(churn(customers), other)
    for name in ("low", "value", "high"):
        assert getattr(there, name) == pytest.approx(rate * getattr(here, name))


@given(st.integers(100, 10**6), st.integers(0, 1000), lifetimes(), share)
def test_more_customers_and_worthier_ones_never_make_a_point_worth_less(
    customers: int, more: int, worth: MetricResult, raised: float
) -> None:
    low, high = worth.interval or (0.0, 0.0)
    better = replace(worth, interval=(low, high * (1 + raised)), value=worth.value)
    before, after = worth_of(churn(customers), worth), worth_of(churn(customers + more), better)
    assert before.low <= after.low
    assert before.value <= after.value
    assert before.high <= after.high


def test_what_the_churn_rate_is_does_not_enter() -> None:
    assert worth_of(churn(value=0.02), lifetime()) == worth_of(churn(value=0.4), lifetime())
