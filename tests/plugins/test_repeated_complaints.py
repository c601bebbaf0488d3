"""Customers who complained again, worked by hand."""

from __future__ import annotations

import pytest

from cxmaturity.api import MetricResult
from cxmaturity.testing import measured

Row = dict[str, object]


def again(*rows: Row) -> MetricResult:
    return measured("repeated-complaints", {"complaints": rows}, as_of="2026-10-31")


def complaint(customer: str | None, opened: str = "2026-03-01", **more: str) -> Row:
    return {"customer": customer, "opened": opened, **more}


def test_customers_with_several_complaints_over_customers_with_any() -> None:
    found = again(
        *(complaint("ana") for _ in range(3)),
        complaint("bob"),
        complaint("bob", "2025-10-31"),  # before the period
        complaint("eva"),
        complaint("eva", "2026-10-31 23:59"),
        complaint("kim"),
        complaint(None),  # by nobody known: left out
    )
    # ana and eva of four; Wilson: (0.5 + 0.48018 ∓ 0.68606) ÷ 1.96036
    assert (found.value, found.n, found.parts) == (0.5, 4, {"count": 2})
    assert found.interval == pytest.approx((0.1500, 0.8500), abs=1e-4)
    assert found.quality[0].dropped == 1


@pytest.mark.parametrize(
    ("opened", "n"), [("2025-10-31", 0), ("2025-11-01", 1), ("2026-10-31", 1), ("2026-11-01", 0)]
)
def test_the_edges_of_the_period(opened: str, n: int) -> None:
    assert again(complaint("ana", opened)).n == n


def test_without_complaints_there_is_no_share() -> None:
    found = again()
    assert found.reason is not None
    assert (found.value, found.n, found.reason.key) == (None, 0, "reason.no-records")


def test_a_customer_in_two_segments_repeats_in_the_whole_only() -> None:
    rows = [complaint(f"c{i}", segment="homes") for i in range(5)]
    rows += [complaint(f"c{i}", segment="firms") for i in range(5)]
    found = again(*rows)
    assert (found.value, found.n) == (1.0, 5)
    assert {each.name: (each.value, each.n) for each in found.segments} == {
        "homes": (0.0, 5),
        "firms": (0.0, 5),
    }


def test_earlier_years_stand_beside_the_last_as_far_as_the_table_reaches() -> None:
    rows = [complaint(f"c{i}", "2025-03-01") for i in range(6)] + [complaint("c0", "2025-04-01")]
    rows += [complaint(f"c{i}") for i in range(5)] + [complaint("x", "2024-10-31")]
    found = again(*rows)
    assert [(each.end, each.value) for each in found.trend] == [
        ("2025-10-31", pytest.approx(1 / 6)),
        ("2026-10-31", 0.0),
    ]
