"""The Net Promoter Score and its interval, worked by hand."""

from __future__ import annotations

from math import sqrt

import pytest
from cxmaturity_feedback_loops.nps import net_promoter_score
from hypothesis import given
from hypothesis import strategies as st

YEAR = ("2025-10-31", "2026-10-31")


def answers(*scores: float, at: str | None = None) -> list[dict[str, float | str | None]]:
    return [{"score": score, "at": at} for score in scores]


def test_promoters_minus_detractors_in_points() -> None:
    # 4 promoters (10, 10, 9, 9), 3 passives (8, 7, 7), 3 detractors (6, 3, 0): 100 × (4 − 3) ÷ 10
    measured = net_promoter_score(answers(10, 10, 9, 9, 8, 7, 7, 6, 3, 0), YEAR)
    assert measured.value == pytest.approx(10.0)
    assert (measured.n, measured.parts) == (10, {"promoters": 0.4, "passives": 0.3, "detractors": 0.3})


@pytest.mark.parametrize(
    ("score", "group"),
    [
        (0, "detractors"),
        (6, "detractors"),
        (7, "passives"),
        (8, "passives"),
        (9, "promoters"),
        (10, "promoters"),
    ],
)
def test_the_edges_of_the_groups(score: int, group: str) -> None:
    parts = net_promoter_score(answers(score), YEAR).parts
    assert {name: share for name, share in parts.items() if share} == {group: 1.0}


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
    assert net_promoter_score(answers(9, at=at), YEAR).n == counts


def test_the_interval_is_the_adjusted_wald() -> None:
    # 4 promoters, 3 detractors of 10; ¾ added to each, n + 3: p = 4.75 ÷ 13, d = 3.75 ÷ 13
    # p − d = 0.076923; variance (0.653846 − 0.005917) ÷ 13 = 0.049841, root 0.223251; × 1.959964 = 0.437563
    measured = net_promoter_score(answers(10, 10, 9, 9, 8, 7, 7, 6, 3, 0), YEAR)
    assert measured.interval == pytest.approx((-36.0640, 51.4486), abs=1e-3)


def test_the_interval_from_all_customers_alike_is_not_a_point_and_stays_on_the_scale() -> None:
    # 3 promoters of 3: p = 3.75 ÷ 6, d = 0.75 ÷ 6; 0.5 ∓ 1.959964 × √((0.75 − 0.25) ÷ 6) = 0.5 ∓ 0.565793
    measured = net_promoter_score(answers(10, 10, 10), YEAR)
    assert measured.value == 100.0
    assert measured.interval == pytest.approx((-6.5793, 100.0), abs=1e-3)
    worst = net_promoter_score(answers(0, 0, 0), YEAR)
    assert worst.interval == pytest.approx((-100.0, 6.5793), abs=1e-3)


def test_a_large_sample_agrees_with_the_plain_formula() -> None:
    # 500 promoters, 300 passives, 200 detractors: 30 points, plain Wald ∓ 196 √((0.7 − 0.09) ÷ 1000)
    measured = net_promoter_score(answers(*[10] * 500, *[7] * 300, *[2] * 200), YEAR)
    half = 195.9964 * sqrt((0.7 - 0.09) / 1000)
    assert measured.interval == pytest.approx((30 - half, 30 + half), abs=0.2)


def test_without_answers_there_is_no_score() -> None:
    measured = net_promoter_score(answers(9, at="2020-01-01"), YEAR)
    assert (measured.value, measured.n, measured.interval) == (None, 0, None)
    assert measured.reason is not None
    assert measured.reason.key == "feedback-loops.no-answers"


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60))
def test_the_score_and_its_interval_stay_on_the_scale_and_mirror(scores: list[int]) -> None:
    measured = net_promoter_score(answers(*scores), YEAR)
    assert measured.value is not None
    assert measured.interval is not None
    assert -100 <= measured.interval[0] <= measured.interval[1] <= 100
    assert -100 <= measured.value <= 100
    assert sum(measured.parts.values()) == pytest.approx(1.0)
    swapped = [10 if score <= 6 else 0 if score >= 9 else 7 for score in scores]
    mirrored = net_promoter_score(answers(*swapped), YEAR)
    assert mirrored.value == pytest.approx(-measured.value)
