"""The Net Promoter Score and its interval, worked by hand."""

from __future__ import annotations

from collections import Counter
from math import sqrt

import pytest
from cxmaturity_feedback_loops.nps import net_promoter_score
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import Measure, MetricResult, Scope
from cxmaturity.testing import measured

AS_OF = "2026-10-31"


def answers(*scores: float, **more: str) -> list[dict[str, object]]:
    return [{"score": score, **more} for score in scores]


def nps(rows: list[dict[str, object]]) -> MetricResult:
    return measured("nps", {"nps": rows}, as_of=AS_OF)


def test_promoters_minus_detractors_in_points() -> None:
    # 4 promoters (10, 10, 9, 9), 3 passives (8, 7, 7), 3 detractors (6, 3, 0): 100 × (4 − 3) ÷ 10
    found = nps(answers(10, 10, 9, 9, 8, 7, 7, 6, 3, 0))
    assert found.value == pytest.approx(10.0)
    assert (found.n, found.parts) == (10, {"promoters": 0.4, "passives": 0.3, "detractors": 0.3})
    (series,) = found.series
    assert (series.id, series.kind) == ("answers", "distribution")
    assert [point.n for point in series.points] == [1, 0, 0, 1, 0, 0, 1, 2, 1, 2, 2]
    assert [point.label for point in series.points] == [str(score) for score in range(11)]
    assert series.points[7].value == 0.2


@pytest.mark.parametrize(
    ("score", "group"),
    [
        (0, "detractors"),
        (6, "detractors"),
        (7, "passives"),
        (8, "passives"),
        (9, "promoters"),
        (10, "promoters"),
        (6.5, "passives"),  # some scales have halves
        (8.5, "passives"),
        (9.5, "promoters"),
    ],
)
def test_the_edges_of_the_groups(score: float, group: str) -> None:
    found = nps(answers(score))
    assert {name: share for name, share in found.parts.items() if share} == {group: 1.0}
    assert bool(found.series) == (score == int(score))  # a distribution of whole scores only


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (None, True),  # without a date it counts always
        ("2025-10-31", False),  # the day before the first
        ("2025-11-01", True),
        ("2026-10-31", True),
        ("2026-11-01", False),
    ],
)
def test_the_edges_of_the_period(at: str | None, counts: bool) -> None:  # noqa: FBT001 - a table's column
    assert nps(answers(9) if at is None else answers(9, at=at)).n == counts


def test_the_interval_is_the_adjusted_wald() -> None:
    # 4 promoters, 3 detractors of 10; ¾ added to each, n + 3: p = 4.75 ÷ 13, d = 3.75 ÷ 13
    # p − d = 0.076923; variance (0.653846 − 0.005917) ÷ 13 = 0.049841, root 0.223251; × 1.959964 = 0.437563
    assert nps(answers(10, 10, 9, 9, 8, 7, 7, 6, 3, 0)).interval == pytest.approx(
        (-36.0640, 51.4486), abs=1e-3
    )


def test_the_interval_from_all_customers_alike_is_not_a_point_and_stays_on_the_scale() -> None:
    # 3 promoters of 3: p = 3.75 ÷ 6, d = 0.75 ÷ 6; 0.5 ∓ 1.959964 × √((0.75 − 0.25) ÷ 6) = 0.5 ∓ 0.565793
    best = nps(answers(10, 10, 10))
    assert best.value == 100.0
    assert best.interval == pytest.approx((-6.5793, 100.0), abs=1e-3)
    assert nps(answers(0, 0, 0)).interval == pytest.approx((-100.0, 6.5793), abs=1e-3)


def test_a_large_sample_agrees_with_the_plain_formula() -> None:
    # 500 promoters, 300 passives, 200 detractors: 30 points, plain Wald ∓ 196 √((0.7 − 0.09) ÷ 1000)
    half = 195.9964 * sqrt((0.7 - 0.09) / 1000)
    found = nps(answers(*[10] * 500, *[7] * 300, *[2] * 200))
    assert found.interval == pytest.approx((30 - half, 30 + half), abs=0.2)


@pytest.mark.parametrize("rows", [[], answers(9, at="2030-01-01")])
def test_without_answers_there_is_no_score(rows: list[dict[str, object]]) -> None:
    found = nps(rows)
    assert (found.value, found.n, found.interval, found.series) == (None, 0, None, ())
    assert found.reason is not None
    assert found.reason.key == "feedback-loops.no-answers"


def test_segments_and_quarters_have_a_score_of_their_own() -> None:
    # the quarters end on 31 January, 30 April, 31 July and 31 October
    rows = [
        *answers(*[10] * 5, at="2026-01-31", segment="homes"),
        *answers(*[0] * 5, at="2026-10-31", segment="firms"),
    ]
    found = nps(rows)
    assert (found.value, found.n) == (0.0, 10)
    assert {each.name: (each.value, each.n) for each in found.segments} == {
        "homes": (100.0, 5),
        "firms": (-100.0, 5),
    }
    assert {each.end: each.value for each in found.trend} == {"2026-01-31": 100.0, "2026-10-31": -100.0}


def counted(scores: list[int]) -> Measure:
    return net_promoter_score([{"score": score, "n": n} for score, n in Counter(scores).items()], Scope())


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60))
def test_the_score_and_its_interval_stay_on_the_scale_and_mirror(scores: list[int]) -> None:
    found = counted(scores)
    assert found.value is not None
    assert found.interval is not None
    assert -100 <= found.interval[0] <= found.interval[1] <= 100
    assert -100 <= found.value <= 100
    assert sum(found.parts.values()) == pytest.approx(1.0)
    mirrored = counted([10 if score <= 6 else 0 if score >= 9 else 7 for score in scores])
    assert mirrored.value == pytest.approx(-found.value)
