"""Repeat rate and purchase frequency, worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import pytest
from cxmaturity_retention.buying import purchase_frequency
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import MetricResult, Scope
from cxmaturity.testing import measured

END = "2026-10-31"

Row = dict[str, str]


def bought(customer: str, *days: str, **more: str) -> list[Row]:
    return [{"customer": customer, "at": day, **more} for day in days]


def result(metric: str, rows: Sequence[Row]) -> MetricResult:
    return measured(metric, {"purchases": rows}, as_of=END)


def test_customers_who_bought_again_over_customers_who_bought() -> None:
    rows = [
        *bought("ana", "2025-11-01", "2026-10-31"),  # the first and the last day: again
        *bought("ben", "2026-03-01", "2026-03-01"),  # twice on one day: not again
        *bought("cleo", "2025-10-31", "2026-03-01"),  # the first of these is before the period
        *bought("dan", "2026-03-01", "2026-11-01"),  # the second of these is after it
        *bought("eve", "2025-10-31", "2026-11-01"),  # none in the period
        *bought("fay", "2026-01-01", "2026-02-01", "2026-03-01"),
    ]
    found = result("repeat-rate", rows)
    # ana and fay, of ana, ben, cleo, dan and fay
    assert (found.value, found.n, found.parts) == (pytest.approx(2 / 5), 5, {"count": 2})
    # Wilson, z² = 3.8415: (0.4 + 0.38415 ∓ 1.96 √(0.048 + 0.0384146)) ÷ 1.76829
    # = (0.78415 ∓ 0.57616) ÷ 1.76829
    assert found.interval == pytest.approx((0.1176, 0.7693), abs=1e-4)


def test_purchases_over_customers_who_bought() -> None:
    rows = [
        *bought("ana", "2025-11-01", "2026-10-31"),
        *bought("ben", "2026-03-01", "2026-03-01", "2026-05-01", "2026-06-01"),
        *bought("cleo", "2025-10-31", "2026-03-01", "2026-11-01"),
        *bought("eve", "2025-10-31"),
    ]
    found = result("purchase-frequency", rows)
    # 2, 4 and 1 purchases in the period
    assert (found.value, found.n, found.parts) == (pytest.approx(7 / 3), 3, {"customers": 3, "purchases": 7})
    # variance (4 + 16 + 1 − 3 × (7 ÷ 3)²) ÷ 2 = 7 ÷ 3; t with 2 degrees of freedom 4.302653
    half = 4.302653 * sqrt(7 / 3 / 3)
    # nobody who bought did so less than once
    assert found.interval == pytest.approx((1.0, 7 / 3 + half), abs=1e-5)


def test_one_customer_has_a_frequency_and_no_interval() -> None:
    found = result("purchase-frequency", bought("ana", "2026-01-01", "2026-02-01"))
    assert (found.value, found.n, found.interval) == (2.0, 1, None)


@pytest.mark.parametrize("metric", ["repeat-rate", "purchase-frequency"])
@pytest.mark.parametrize("rows", [[], bought("ana", "2025-10-31", "2026-11-01")])
def test_without_purchases_in_the_period_there_is_nothing(metric: str, rows: list[Row]) -> None:
    found = result(metric, rows)
    assert (found.value, found.n) == (None, 0)
    assert found.reason is not None
    assert found.reason.key == "reason.no-records"


def test_segments_and_the_years_before() -> None:
    rows = [row for n in range(5) for row in bought(f"a{n}", "2025-03-01", "2026-03-01", segment="shop")]
    rows += [row for n in range(6) for row in bought(f"b{n}", "2026-03-01", "2026-04-01", segment="web")]
    found = result("repeat-rate", rows)
    assert found.value == pytest.approx(6 / 11)
    assert {s.name: (s.value, s.n) for s in found.segments} == {"shop": (0.0, 5), "web": (1.0, 6)}
    # nobody repeated within the year before; the log begins within it, so that it has no point of its own
    assert [(point.end, point.n) for point in found.trend] == []
    found = result("purchase-frequency", rows)
    assert {s.name: (s.value, s.n) for s in found.segments} == {"shop": (1.0, 5), "web": (2.0, 6)}


@given(st.lists(st.integers(1, 30), min_size=2, max_size=50))
def test_the_mean_lies_in_its_interval_and_sums_add_up(counts: list[int]) -> None:
    rows = [{"customers": 1, "purchases": n, "squares": n * n} for n in counts]
    whole = {name: sum(row[name] for row in rows) for name in ("customers", "purchases", "squares")}
    found = purchase_frequency(rows, Scope())
    assert found == purchase_frequency([whole], Scope())
    assert found.value == pytest.approx(sum(counts) / len(counts))
    assert found.interval is not None
    assert 1 <= found.interval[0] <= found.value <= found.interval[1]
