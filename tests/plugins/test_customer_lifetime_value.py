"""Customer lifetime value by the simple formula, worked by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from cxmaturity_retention.clv import lifetime_value
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import MetricResult, Scope
from cxmaturity.testing import measured

END = "2026-10-31"
MARGIN = {"margin": 0.3}

Row = dict[str, str | float]


def bought(customer: str, *purchases: tuple[str, float], **more: str) -> list[Row]:
    return [{"customer": customer, "at": day, "amount": amount, **more} for day, amount in purchases]


def value(rows: Sequence[Row], options: Mapping[str, float] = MARGIN) -> MetricResult:
    return measured("customer-lifetime-value", {"purchases": rows}, as_of=END, options=options)


FOUR = [
    # in the twelve months before the period (1 November 2024 to 31 October 2025) and in it
    *bought("ana", ("2025-10-31", 10), ("2025-11-01", 30)),
    # before it only
    *bought("ben", ("2024-11-01", 20)),
    # too early to count as before it, and in it
    *bought("cleo", ("2024-10-31", 40), ("2026-10-31", 20)),
    # in it only, and what comes after it does not count
    *bought("dan", ("2026-10-30", 60), ("2026-11-01", 999)),
]


def test_worth_times_often_times_margin_times_the_margin_multiple() -> None:
    found = value(FOUR)
    # 6 purchases of 180 in all: 30 each. Days from the first purchase to 31 October 2026: 365 of ana, 729 of
    # ben, 730 of cleo, 1 of dan: 1,825 ÷ 365.25 = 4.99658 years, 1.200822 purchases a year. Before the period
    # ana and ben bought, ana again: r = 0.5; 30 × 1.200822 × 0.3 × 0.5 ÷ (1 + 0.1 − 0.5) = 9.006164
    assert found.value == pytest.approx(9.006164, abs=1e-6)
    assert found.n == 4
    assert found.parts == {
        "purchase_value": pytest.approx(30.0),
        "purchases_per_year": pytest.approx(1.200822, abs=1e-6),
        "margin_share": 0.3,
        "discount_share": 0.1,
        "kept_share": pytest.approx(0.5),
        "first_year_value": pytest.approx(4.912453, abs=1e-6),  # 30 × 1.200822 × 0.3 × 0.5 ÷ 1.1
        "repeat_share": pytest.approx(0.5),  # ana and cleo of four
        "days_between": pytest.approx((1 + 730) / 2),
    }


def test_the_interval_joins_that_of_the_revenue_with_that_of_r() -> None:
    found = value(FOUR)
    # Paid: ana 40, ben 20, cleo 60, dan 60, in all 180 over 1,825 days: 0.0986301 a day. What each paid less
    # 0.0986301 × days: 4, −51.9014, −12 and 59.9014; their squares are 6,441.93. Student's t for 3 degrees is
    # 3.182446: 3.182446 × √(4 ÷ 3 × 6,441.93) ÷ 1,825 = 0.161613 a day, so from 0 to 0.260243, which is
    # 95.0537 a year. Wilson's interval of 1 in 2 is 0.0945312 to 0.9054687:
    # 95.0537 × 0.3 × 0.9054687 ÷ (1.1 − 0.9054687) = 132.7316
    assert found.interval == (0.0, pytest.approx(132.7316, abs=1e-3))


def test_a_single_customer_has_no_interval() -> None:
    assert value(bought("ana", ("2025-10-31", 10), ("2025-11-01", 30))).interval is None


def test_customers_who_all_pay_alike_leave_only_r_open() -> None:
    found = value([row for n in range(8) for row in bought(f"c{n}", ("2025-10-31", 10), ("2026-10-31", 10))])
    # 20 each in 365 days, all again: Wilson's interval of 8 in 8 begins at 8 ÷ (8 + 1.96²) = 0.6756
    low, high = found.interval or (0.0, 0.0)
    assert high == pytest.approx(found.value)
    assert low == pytest.approx(20 * 365.25 / 365 * 0.3 * 0.6756 / (1.1 - 0.6756), rel=1e-3)


def test_the_discount_is_a_choice() -> None:
    # r ÷ (1 + d − r) is 0.5 ÷ 0.6 with the usual 0.1, and 0.5 ÷ 0.7 with 0.2
    usual, other = value(FOUR), value(FOUR, {"margin": 0.3, "discount": 0.2})
    assert (other.value or 0) / (usual.value or 1) == pytest.approx(0.6 / 0.7)


def test_without_a_margin_it_is_not_computed() -> None:
    found = value(FOUR, {})
    assert found.value is None
    assert found.reason is not None
    assert (found.reason.key, found.reason.values["option"]) == ("reason.no-option", "margin")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "reason.no-records"),
        (bought("ana", ("2026-11-01", 10)), "reason.no-records"),
        (bought("ana", ("2025-11-01", 10)), "retention.nobody-before"),
        (bought("ana", ("2024-10-31", 10), ("2026-11-01", 10)), "retention.nobody-before"),
    ],
)
def test_without_earlier_customers_there_is_no_retention_to_go_by(rows: list[Row], reason: str) -> None:
    found = value(rows)
    assert (found.value, found.reason and found.reason.key) == (None, reason)


def test_where_nobody_comes_back_a_customer_is_worth_nothing_more() -> None:
    found = value(bought("ana", ("2025-10-31", 10), ("2026-11-01", 10)))
    assert (found.value, found.parts["kept_share"]) == (0.0, 0.0)
    assert "days_between" not in found.parts


def test_a_purchase_below_nothing_is_left_out() -> None:
    found = value([*FOUR, *bought("ana", ("2026-01-01", -30))])
    assert found.value == pytest.approx(9.006164, abs=1e-6)
    assert found.quality[0].reasons == (("amount", "range", 1),)


def test_segments_have_values_of_their_own() -> None:
    rows = [
        row
        for n in range(5)
        for row in bought(f"a{n}", ("2025-10-31", 10), ("2026-10-31", 10), segment="shop")
    ]
    rows += [row for n in range(5) for row in bought(f"b{n}", ("2025-10-31", 10), segment="web")]
    found = {segment.name: segment.value for segment in value(rows).segments}
    # the shop: 10 × 2 ÷ (365 ÷ 365.25) × 0.3 × 1 ÷ 0.1; nobody came back to the web
    assert found == {"shop": pytest.approx(20 * 365.25 / 365 * 3), "web": 0.0}


@given(st.integers(1, 1000), st.floats(1, 1e6), st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1))
def test_more_retention_is_worth_more_and_no_more_than_for_ever(
    customers: int, revenue: float, share: float, margin: float, discount: float
) -> None:
    def worth(kept: int) -> float:
        row = {
            "customers": customers,
            "purchases": 3 * customers,
            "revenue": revenue,
            "repeaters": 0,
            "active_days": 0,
            "observed_days": 365.25 * customers,
            "paid_squares": revenue**2 / customers,
            "days_squares": 365.25**2 * customers,
            "paid_days_products": 365.25 * revenue,
            "earlier": customers,
            "kept": kept,
        }
        scope = Scope(options={"margin": margin, "discount": discount})
        return lifetime_value([row], scope).value or 0.0

    kept = round(share * customers)
    yearly = revenue / customers * margin
    assert 0 <= worth(kept) <= worth(customers) + 1e-9
    assert worth(customers) == pytest.approx(yearly / discount)  # a perpetuity


@given(
    st.lists(st.tuples(st.integers(1, 1500), st.floats(0, 1e4)), min_size=2, max_size=12),
    st.floats(0, 1),
    st.floats(0.01, 1),
)
def test_the_interval_holds_the_value_and_what_the_first_year_brings_is_in_it(
    customers: list[tuple[int, float]], share: float, discount: float
) -> None:
    n = len(customers)
    row = {
        "customers": n,
        "purchases": n,
        "revenue": sum(paid for _, paid in customers),
        "repeaters": 0,
        "active_days": 0,
        "observed_days": sum(days for days, _ in customers),
        "paid_squares": sum(paid**2 for _, paid in customers),
        "days_squares": sum(days**2 for days, _ in customers),
        "paid_days_products": sum(days * paid for days, paid in customers),
        "earlier": n,
        "kept": round(share * n),
    }
    found = lifetime_value([row], Scope(options={"margin": 0.3, "discount": discount}))
    assert found.value is not None
    assert found.interval is not None
    assert 0 <= found.interval[0] <= found.value * (1 + 1e-9)
    assert found.value <= found.interval[1] * (1 + 1e-9)
    assert 0 <= found.parts["first_year_value"] <= found.value * (1 + 1e-9)
