"""Closing the loop: detractors contacted, and how soon, worked by hand."""

from __future__ import annotations

import pytest

from cxmaturity.api import MetricResult
from cxmaturity.testing import measured

AS_OF = "2026-10-31"
Row = dict[str, object]


def answer(score: float, at: str | None, contacted: str | None, **more: str) -> Row:
    return {"score": score, "contacted": contacted, **({} if at is None else {"at": at}), **more}


def rate(*rows: Row) -> MetricResult:
    return measured("loop-closure-rate", {"nps": rows}, as_of=AS_OF)


def time(*rows: Row) -> MetricResult:
    return measured("loop-closure-time", {"nps": rows}, as_of=AS_OF)


SEVEN = (
    answer(0, "2026-01-10", "2026-01-10"),  # 0 days
    answer(3, "2026-01-10", "2026-01-12"),  # 2 days
    answer(6, "2026-01-30", "2026-02-03"),  # 4 days
    answer(6, "2026-05-01", None),  # waits
    answer(5, "2026-10-30", "2026-11-02"),  # contacted only after the period: waits
    answer(7, "2026-05-01", "2026-05-02"),  # no detractor
    answer(1, "2025-10-31", "2025-11-01"),  # answered the day before the period
)


def test_detractors_contacted_over_detractors() -> None:
    found = rate(*SEVEN)
    # of five detractors of the period three were contacted by its end
    assert (found.value, found.n, found.parts) == (0.6, 5, {"count": 3})
    # Wilson: (0.6 + 0.38415 ∓ 1.96 √(0.048 + 0.038415)) ÷ 1.7683
    assert found.interval == pytest.approx((0.2307, 0.8824), abs=1e-4)


def test_the_median_of_the_days_until_contact() -> None:
    found = time(*SEVEN)
    # 0, 2 and 4 days: median 2; 90 % of the way from the first to the third is 0.8 between 2 and 4
    assert (found.value, found.n, found.interval) == (2.0, 3, None)
    assert found.parts == {"ninetieth": pytest.approx(3.6), "open": 2, "open_share": 0.4}


def test_a_contact_before_the_answer_is_not_about_it() -> None:
    rows = answer(2, "2026-05-02", "2026-05-01"), answer(2, "2026-05-02", "2026-05-03")
    assert (rate(*rows).value, rate(*rows).n) == (0.5, 2)
    found = time(*rows)
    assert (found.value, found.n) == (1.0, 1)
    assert found.parts == {"ninetieth": 1.0, "open": 0, "open_share": 0.0, "reversed": 1}


@pytest.mark.parametrize(
    ("contacted", "count"), [("2026-10-31", 1), ("2026-11-01", 0), ("2026-10-30", 0), (None, 0)]
)
def test_the_edges_of_a_contact(contacted: str | None, count: int) -> None:
    # answered on the last day but one … of which a contact the day before is not about it
    assert rate(answer(2, "2026-10-31", contacted)).parts == {"count": count}


def test_answers_without_a_date_can_be_closed_but_not_timed() -> None:
    rows = answer(2, None, "2026-05-01"), answer(2, None, None)
    assert rate(*rows).value == 0.5
    found = time(*rows)
    assert found.reason is not None
    assert (found.value, found.reason.key) == (None, "reason.unmapped")


def test_without_detractors_there_is_no_rate() -> None:
    for rows in ((), (answer(9, "2026-05-01", None),)):
        found = rate(*rows)
        assert found.reason is not None
        assert (found.value, found.n, found.reason.key) == (None, 0, "feedback-loops.no-detractors")
        found = time(*rows)
        assert found.reason is not None
        assert (found.value, found.reason.key) == (None, "reason.no-records")


def test_while_all_are_waiting_there_is_no_time() -> None:
    found = time(answer(2, "2026-05-01", None))
    assert found.reason is not None
    assert (found.value, found.n, found.reason.key) == (None, 0, "feedback-loops.none-ended")
    assert found.parts == {"open": 1, "open_share": 1.0}


def test_segments_and_quarters() -> None:
    rows = [answer(2, "2026-01-31", "2026-02-02", segment="homes")] * 5
    rows += [answer(2, "2026-02-01", "2026-02-07", segment="firms")] * 5
    rows += [answer(2, "2026-02-01", None, segment="firms")] * 5
    found = rate(*rows)
    assert {each.name: (each.value, each.n) for each in found.segments} == {
        "homes": (1.0, 5),
        "firms": (0.5, 10),
    }
    assert {each.end: each.value for each in found.trend} == {"2026-01-31": 1.0, "2026-04-30": 0.5}
    found = time(*rows)
    assert found.value == 4.0  # five of 2 days, five of 6
    assert {each.name: (each.value, each.n) for each in found.segments} == {
        "homes": (2.0, 5),
        "firms": (6.0, 5),
    }
    assert {each.end: each.value for each in found.trend} == {"2026-01-31": 2.0, "2026-04-30": 6.0}
