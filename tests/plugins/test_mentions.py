"""Mentions in social media: answered, and how soon, worked by hand."""

from __future__ import annotations

import pytest

from cxmaturity.api import MetricResult
from cxmaturity.testing import measured

Row = dict[str, object]


def mention(at: str, answered: str | None, **more: str) -> Row:
    return {"at": at, "answered": answered, **more}


def answered(*rows: Row) -> MetricResult:
    return measured("mentions-answered", {"mentions": rows}, as_of="2026-10-31")


def time(*rows: Row) -> MetricResult:
    return measured("mention-answer-time", {"mentions": rows}, as_of="2026-10-31")


SIX = (
    mention("2026-03-01 09:00", "2026-03-01 09:30"),  # half an hour
    mention("2026-03-01 23:00", "2026-03-02 01:00"),  # two hours, over midnight
    mention("2026-03-01", "2026-03-02"),  # a day, where only days are known
    mention("2026-03-01 09:00", None),
    mention("2026-10-31 23:30", "2026-11-01 00:00"),  # answered when the period is over
    mention("2025-10-31 23:59:59", "2025-11-01 08:00"),  # made before it
)


def test_mentions_answered_over_mentions() -> None:
    found = answered(*SIX)
    # three of five; Wilson: (0.6 + 0.38415 ∓ 1.96 √(0.048 + 0.038415)) ÷ 1.7683
    assert (found.value, found.n, found.parts) == (0.6, 5, {"count": 3})
    assert found.interval == pytest.approx((0.2307, 0.8824), abs=1e-4)


def test_the_median_of_the_hours_until_the_answer() -> None:
    found = time(*SIX)
    # 0.5, 2 and 24 hours; 90 % of the way from the first to the third: 2 + 0.8 × 22
    assert (found.value, found.n, found.interval) == (2.0, 3, None)
    assert found.parts == {"ninetieth": pytest.approx(19.6), "open": 2, "open_share": 0.4}


@pytest.mark.parametrize(
    ("at", "n"),
    [
        ("2025-10-31 23:59", 0),
        ("2025-11-01 00:00", 1),
        ("2026-10-31 23:59", 1),
        ("2026-11-01 00:00", 0),
    ],
)
def test_the_edges_of_the_period(at: str, n: int) -> None:
    assert answered(mention(at, None)).n == n


def test_an_answer_before_its_mention_has_no_time() -> None:
    found = time(
        mention("2026-03-01 10:00", "2026-03-01 09:00"), mention("2026-03-01 10:00", "2026-03-01 11:00")
    )
    assert (found.value, found.n) == (1.0, 1)
    assert found.parts["reversed"] == 1


def test_without_mentions_there_is_nothing() -> None:
    for found in (answered(), time()):
        assert found.reason is not None
        assert (found.value, found.n, found.reason.key) == (None, 0, "reason.no-records")


def test_segments_and_quarters() -> None:
    rows = [mention("2026-01-31 10:00", "2026-01-31 11:00", segment="homes")] * 5
    rows += [mention("2026-02-01 10:00", "2026-02-01 14:00", segment="firms")] * 5
    rows += [mention("2026-02-01 10:00", None, segment="firms")] * 5
    found = answered(*rows)
    assert {each.name: each.value for each in found.segments} == {"homes": 1.0, "firms": 0.5}
    assert {each.end: each.value for each in found.trend} == {"2026-01-31": 1.0, "2026-04-30": 0.5}
    found = time(*rows)
    assert {each.name: each.value for each in found.segments} == {"homes": 1.0, "firms": 4.0}
    assert {each.end: each.value for each in found.trend} == {"2026-01-31": 1.0, "2026-04-30": 4.0}
