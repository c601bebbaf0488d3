"""Customer effort: the mean answer, turned so that more is easier, worked by hand."""

from __future__ import annotations

from collections import Counter

import pytest
from cxmaturity_feedback_loops.ces import effort_score
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import MetricResult, Scope
from cxmaturity.testing import measured


def ces(*scores: float, **options: float | str) -> MetricResult:
    return measured("ces", {"ces": [{"score": score} for score in scores]}, options=options)


def test_the_mean_where_the_high_end_is_easy() -> None:
    # 7, 6, 6, 1: 20 ÷ 4 = 5; squares 4 + 1 + 1 + 16 = 22, s² = 22 ÷ 3, s ÷ √n = √(7.3333 ÷ 4) = 1.35401
    # t with 3 degrees of freedom is 3.18245: 5 ∓ 4.30907, and no further than the scale
    found = ces(7, 6, 6, 1, highest=7, easy="high")
    assert (found.value, found.n) == (5.0, 4)
    assert found.interval == pytest.approx((1.0, 7.0))
    assert found.parts == {"answered": 5.0, "lowest": 1.0, "highest": 7.0}
    (series,) = found.series
    assert [point.n for point in series.points] == [1, 0, 0, 0, 0, 2, 1]


def test_the_interval_is_students() -> None:
    # 4, 5, 6, 4, 5, 6: mean 5, s² = 4 ÷ 5, s ÷ √n = √(0.8 ÷ 6) = 0.365148; t with 5 is 2.570582: ∓ 0.938643
    found = ces(4, 5, 6, 4, 5, 6, highest=7, easy="high")
    assert found.interval == pytest.approx((4.061357, 5.938643), abs=1e-6)


def test_where_the_low_end_is_easy_the_scale_is_turned_and_the_answers_are_not() -> None:
    # 1, 2, 2, 5 of 5: mean 2.5, turned 1 + 5 − 2.5 = 3.5
    found = ces(1, 2, 2, 5, highest=5, easy="low")
    assert (found.value, found.parts["answered"]) == (3.5, 2.5)
    assert [point.n for point in found.series[0].points] == [1, 2, 0, 0, 1]
    # from 0: 0 + 10 − 2.5
    assert ces(1, 2, 2, 5, lowest=0, highest=10, easy="low").value == 7.5


@pytest.mark.parametrize(
    ("options", "missing"), [({}, "highest"), ({"highest": 7.0}, "easy"), ({"easy": "low"}, "highest")]
)
def test_scale_and_direction_have_to_be_stated(options: dict[str, float | str], missing: str) -> None:
    found = ces(1, 2, **options)
    assert found.value is None
    assert found.reason is not None
    assert (found.reason.key, found.reason.values["option"]) == ("reason.no-option", missing)


def test_customers_who_answer_alike_have_no_interval() -> None:
    assert ces(5, highest=7, easy="high").interval is None
    assert ces(5, 5, 5, highest=7, easy="high").interval is None


def test_answers_beyond_the_scale_show_that_it_is_another_one() -> None:
    found = ces(1, 6, highest=5, easy="low")
    assert found.value is None
    assert found.reason is not None
    assert found.reason.key == "feedback-loops.off-scale"


def test_without_answers_there_is_no_score() -> None:
    found = ces(highest=7, easy="high")
    assert found.reason is not None
    assert (found.value, found.reason.key) == (None, "feedback-loops.no-answers")


@pytest.mark.parametrize(
    ("at", "n"), [("2025-10-31", 0), ("2025-11-01", 1), ("2026-10-31", 1), ("2026-11-01", 0)]
)
def test_the_edges_of_the_period(at: str, n: int) -> None:
    options: dict[str, float | str] = {"highest": 7, "easy": "high"}
    rows = [{"score": 5, "at": at}]
    assert measured("ces", {"ces": rows}, as_of="2026-10-31", options=options).n == n


def test_segments_and_quarters() -> None:
    rows = [{"score": 7, "at": "2026-01-31", "segment": "homes"}] * 5
    rows += [{"score": 2, "at": "2026-02-01", "segment": "firms"}] * 5
    options: dict[str, float | str] = {"highest": 7, "easy": "high"}
    found = measured("ces", {"ces": rows}, as_of="2026-10-31", options=options)
    assert found.value == 4.5
    assert {each.name: each.value for each in found.segments} == {"homes": 7.0, "firms": 2.0}
    assert {each.end: each.value for each in found.trend} == {"2026-01-31": 7.0, "2026-04-30": 2.0}


@given(st.lists(st.integers(1, 7), min_size=1, max_size=60))
def test_the_score_lies_in_its_interval_on_the_scale_and_turning_mirrors(scores: list[int]) -> None:
    rows = [{"score": score, "n": n} for score, n in Counter(scores).items()]
    as_is, turned = (
        effort_score(rows, Scope(options={"lowest": 1.0, "highest": 7.0, "easy": easy}))
        for easy in ("high", "low")
    )
    assert as_is.value is not None
    assert turned.value == pytest.approx(8 - as_is.value)
    if as_is.interval is not None and turned.interval is not None:
        assert 1 <= as_is.interval[0] <= as_is.value <= as_is.interval[1] <= 7
        assert turned.interval == pytest.approx((8 - as_is.interval[1], 8 - as_is.interval[0]))
