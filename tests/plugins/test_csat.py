"""Customer satisfaction: the two best boxes of the scale, worked by hand."""

from __future__ import annotations

import pytest

from cxmaturity.api import MetricResult
from cxmaturity.testing import measured


def csat(*scores: float, at: str | None = None, **options: float) -> MetricResult:
    rows = [{"score": score} if at is None else {"score": score, "at": at} for score in scores]
    return measured("csat", {"csat": rows}, as_of="2026-10-31", options=options)


def test_the_share_of_the_two_best_boxes() -> None:
    # of 5, 5, 4, 3, 1 three are 4 or 5: 3 ÷ 5
    found = csat(5, 5, 4, 3, 1)
    assert (found.value, found.n, found.parts) == (0.6, 5, {"satisfied": 3})
    # Wilson, z² = 3.8415: (0.6 + 0.38415 ∓ 1.96 √(0.048 + 0.038415)) ÷ 1.7683 = (0.98415 ∓ 0.57616) ÷ 1.7683
    assert found.interval == pytest.approx((0.2307, 0.8824), abs=1e-4)
    (series,) = found.series
    assert [(point.label, point.n) for point in series.points] == [
        ("1", 1),
        ("2", 0),
        ("3", 1),
        ("4", 1),
        ("5", 2),
    ]


@pytest.mark.parametrize(
    ("highest", "scores", "satisfied"),
    [(5, (3, 4, 5), 2), (7, (5, 6, 7), 2), (10, (8, 9, 10), 2), (5, (3.5, 4.5, 5), 2), (3, (1, 2, 3), 2)],
)
def test_the_best_boxes_of_other_scales(highest: float, scores: tuple[float, ...], satisfied: int) -> None:
    assert csat(*scores, highest=highest).parts == {"satisfied": satisfied}


def test_half_points_have_no_distribution() -> None:
    assert csat(4.5, 5).series == ()


def test_answers_beyond_the_scale_show_that_it_is_another_one() -> None:
    found = csat(7, 6, 5, 4)  # on a scale to 7 only two of these four are among the best
    assert (found.value, found.n) == (None, 0)
    assert found.reason is not None
    assert (found.reason.key, found.reason.values["n"]) == ("feedback-loops.off-scale", 2)
    assert csat(7, 6, 5, 4, highest=7).value == 0.5
    zero = csat(0, 5)  # often written where nobody answered
    assert zero.reason is not None
    assert csat(0, 5, lowest=0).value == 0.5


@pytest.mark.parametrize(
    ("at", "n"), [("2025-10-31", 0), ("2025-11-01", 1), ("2026-10-31", 1), ("2026-11-01", 0)]
)
def test_the_edges_of_the_period(at: str, n: int) -> None:
    assert csat(5, at=at).n == n


def test_without_answers_there_is_no_share() -> None:
    found = csat()
    assert (found.value, found.n) == (None, 0)
    assert found.reason is not None
    assert found.reason.key == "feedback-loops.no-answers"


def test_segments_and_quarters() -> None:
    rows = [{"score": 5, "at": "2026-01-31", "segment": "homes"}] * 5
    rows += [{"score": 1, "at": "2026-02-01", "segment": "firms"}] * 5
    found = measured("csat", {"csat": rows}, as_of="2026-10-31")
    assert {each.name: each.value for each in found.segments} == {"homes": 1.0, "firms": 0.0}
    assert {each.end: each.value for each in found.trend} == {"2026-01-31": 1.0, "2026-04-30": 0.0}
