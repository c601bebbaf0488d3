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
    assert (found.n, found.interval) == (4, None)
    assert found.parts == {
        "purchase_value": pytest.approx(30.0),
        "purchases_per_year": pytest.approx(1.200822, abs=1e-6),
        "kept_share": pytest.approx(0.5),
        "repeat_share": pytest.approx(0.5),  # ana and cleo of four
        "days_between": pytest.approx((1 + 730) / 2),
    }


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
        (bought("ana", ("2024-10-31", 10)), "retention.nobody-before"),
    ],
)
def test_without_earlier_customers_there_is_no_retention_to_go_by(rows: list[Row], reason: str) -> None:
    found = value(rows)
    assert (found.value, found.reason and found.reason.key) == (None, reason)


def test_where_nobody_comes_back_a_customer_is_worth_nothing_more() -> None:
    found = value(bought("ana", ("2025-10-31", 10)))
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
            "earlier": customers,
            "kept": kept,
        }
        scope = Scope(options={"margin": margin, "discount": discount})
        return lifetime_value([row], scope).value or 0.0

    kept = round(share * customers)
    yearly = revenue / customers * margin
    assert 0 <= worth(kept) <= worth(customers) + 1e-9
    assert worth(customers) == pytest.approx(yearly / discount)  # a perpetuity
