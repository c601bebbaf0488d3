"""Checks by test customers, worked by hand."""

from __future__ import annotations

import pytest
from cxmaturity_feedback_loops.mystery_shopping import checks_passed
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import MetricResult, Scope
from cxmaturity.testing import measured

Row = dict[str, object]


def score(*rows: Row) -> MetricResult:
    return measured("mystery-shopping-score", {"checks": rows}, as_of="2026-10-31")


def visit(name: str, passed: int, failed: int) -> list[Row]:
    return [{"passed": number < passed, "visit": name} for number in range(passed + failed)]


def test_checks_passed_over_checks() -> None:
    found = score({"passed": "yes"}, {"passed": "yes"}, {"passed": "no"}, {"passed": "yes"}, {"passed": "no"})
    # three of five; Wilson: (0.6 + 0.38415 ∓ 1.96 √(0.048 + 0.038415)) ÷ 1.7683
    assert (found.value, found.n, found.parts) == (0.6, 5, {"count": 3})
    assert found.interval == pytest.approx((0.2307, 0.8824), abs=1e-4)


def test_the_checks_of_a_visit_resemble_each_other() -> None:
    found = score(*visit("a", 10, 0), *visit("b", 8, 2), *visit("c", 9, 1), *visit("d", 5, 5))
    # 32 of 40: 0.8; passed − 0.8 × 10 is 2, 0, 1, −3: squares 14; √(14 × 4 ÷ 3) ÷ 40 = 0.108012
    # Student's t with 3 degrees of freedom is 3.182446: 0.8 ∓ 0.343744, and no more than 1
    assert (found.value, found.n, found.parts) == (0.8, 40, {"count": 32, "visits": 4})
    assert found.interval == pytest.approx((0.456256, 1.0), abs=1e-6)


def test_visits_that_say_nothing_of_how_they_differ() -> None:
    assert score(*visit("a", 9, 1)).interval is None  # one visit says nothing of others
    # all passed: like 3 visits of 3, from 3 ÷ (3 + 3.8415)
    assert score(*visit("a", 9, 0), *visit("b", 5, 0), *visit("c", 5, 0)).interval == pytest.approx(
        (0.4385, 1), abs=1e-4
    )
    assert score(*visit("a", 0, 9), *visit("b", 0, 5)).interval == pytest.approx((0, 0.6576), abs=1e-4)
    # half of each: like 8 checks that each stand for themselves
    alike = score(*visit("a", 2, 2), *visit("b", 2, 2)).interval
    assert alike == score(*({"passed": number < 4} for number in range(8))).interval


@pytest.mark.parametrize(
    ("at", "n"), [("2025-10-31", 0), ("2025-11-01", 1), ("2026-10-31", 1), ("2026-11-01", 0)]
)
def test_the_edges_of_the_period(at: str, n: int) -> None:
    assert score({"passed": True, "at": at}).n == n


def test_without_checks_there_is_no_score() -> None:
    found = score()
    assert found.reason is not None
    assert (found.value, found.n, found.reason.key) == (None, 0, "reason.no-records")


def test_segments_and_quarters() -> None:
    rows: list[Row] = [{"passed": True, "at": "2026-01-31", "segment": "north", "visit": "a"}] * 5
    rows += [{"passed": False, "at": "2026-02-01", "segment": "south", "visit": "b"}] * 5
    found = score(*rows)
    assert (found.value, found.parts["visits"]) == (0.5, 2)
    assert {each.name: each.value for each in found.segments} == {"north": 1.0, "south": 0.0}
    assert {each.end: each.value for each in found.trend} == {"2026-01-31": 1.0, "2026-04-30": 0.0}


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20)), min_size=2, max_size=20))
def test_the_score_lies_in_its_interval(visits: list[tuple[int, int]]) -> None:
    pairs = [(min(passed, n), n) for passed, n in visits]
    row = {
        "n": sum(n for _, n in pairs),
        "count": sum(passed for passed, _ in pairs),
        "visits": len(pairs),
        "n_n": sum(n * n for _, n in pairs),
        "n_count": sum(n * passed for passed, n in pairs),
        "count_count": sum(passed * passed for passed, _ in pairs),
    }
    found = checks_passed([row], Scope())
    assert found.value is not None
    assert found.interval is not None
    assert 0 <= found.interval[0] <= found.value <= found.interval[1] <= 1
