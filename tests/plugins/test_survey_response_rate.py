"""The survey response rate, from dates and from marks, worked by hand."""

from __future__ import annotations

import pytest

from cxmaturity.api import MetricResult
from cxmaturity.testing import measured

Row = dict[str, object]


def rate(*rows: Row) -> MetricResult:
    return measured("survey-response-rate", {"invitations": rows}, as_of="2026-10-31")


def dated(sent: str, answered: str | None) -> Row:
    return {"sent": sent, "answered": answered}


def test_answered_over_sent() -> None:
    found = rate(
        dated("2026-03-01", "2026-03-01"),
        dated("2026-03-01", None),
        dated("2026-10-30", "2026-11-03"),  # answered only after the period
        dated("2026-10-30", "2026-10-31"),
        dated("2025-10-31", "2025-11-01"),  # sent the day before the period
    )
    # two of four; Wilson, z² = 3.8415: (0.5 + 0.48018 ∓ 1.96 √(0.0625 + 0.060023)) ÷ 1.96036
    assert (found.value, found.n, found.parts) == (0.5, 4, {"count": 2})
    assert found.interval == pytest.approx((0.1500, 0.8500), abs=1e-4)


@pytest.mark.parametrize(
    ("sent", "n"), [("2025-10-31", 0), ("2025-11-01", 1), ("2026-10-31", 1), ("2026-11-01", 0)]
)
def test_the_edges_of_the_period(sent: str, n: int) -> None:
    assert rate(dated(sent, None)).n == n


def test_a_mark_says_as_much_as_a_date() -> None:
    rows = [{"sent": "2026-03-01", "has_answered": mark} for mark in (True, False, "yes", "no")]
    found = rate(*rows)
    assert (found.value, found.n) == (0.5, 4)


def test_one_of_both_is_needed() -> None:
    found = rate({"sent": "2026-03-01"})
    assert found.reason is not None
    assert (found.value, found.reason.key) == (None, "reason.unmapped")


def test_without_invitations_there_is_no_rate() -> None:
    found = rate()
    assert found.reason is not None
    assert (found.value, found.n, found.reason.key) == (None, 0, "reason.no-records")


def test_segments_and_quarters() -> None:
    rows: list[Row] = [{"sent": "2026-01-31", "has_answered": True, "segment": "homes"}] * 5
    rows += [{"sent": "2026-02-01", "has_answered": False, "segment": "firms"}] * 5
    found = rate(*rows)
    assert {each.name: each.value for each in found.segments} == {"homes": 1.0, "firms": 0.0}
    assert {each.end: each.value for each in found.trend} == {"2026-01-31": 1.0, "2026-04-30": 0.0}
