"""The scale: score = 1 + 4 × fraction, levels with inclusive minima and no gaps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.scoring.scale import level_of, score_of, shown, shown_upper

MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)


def test_score_of_a_fraction() -> None:
    assert score_of(0.0) == 1.0
    assert score_of(0.25) == 2.0  # 1 + 4 × 0.25
    assert score_of(1.0) == 5.0


@pytest.mark.parametrize(
    ("score", "level"),
    [
        (1.0, 1),
        (1.799, 1),
        (1.8, 2),
        (2.599, 2),
        (2.6, 3),
        (3.399, 3),
        (3.4, 4),
        (4.199, 4),
        (4.2, 5),
        (5.0, 5),
    ],
)
def test_a_level_is_reached_at_its_inclusive_minimum(score: float, level: int) -> None:
    assert level_of(score, MINIMA) == level


@pytest.mark.parametrize("hundredths", range(100, 501))
def test_a_second_decimal_is_rounded_down_too(hundredths: int) -> None:
    assert shown(hundredths / 100, 2) == hundredths / 100  # 1.13 × 100 is 112.99999999999999
    assert shown(hundredths / 100 + 0.009, 2) == hundredths / 100


def test_a_minimum_reached_on_paper_is_reached_in_float32_too() -> None:
    # 1 + 4 × 0.7 = 3.8, but float32(0.7) is 0.699999988…: 3.79999995 without care
    score = score_of(float(np.float32(0.7)))
    assert score < 3.8
    assert level_of(score, (1.0, 2.0, 3.0, 3.8, 4.5)) == 4


@given(st.floats(1, 5))
def test_every_score_has_exactly_one_level(score: float) -> None:
    """Peers' defect: bands with gaps ("4 – 9", "10 – 12": where is 9.5?)."""
    level = level_of(score, MINIMA)
    assert 1 <= level <= 5
    assert round(score, 6) >= MINIMA[level - 1]
    assert level == 5 or round(score, 6) < MINIMA[level]


@pytest.mark.parametrize(
    ("score", "printed"), [(3.39, 3.3), (3.4, 3.4), (3.4499, 3.4), (5.0, 5.0), (1.0, 1.0)]
)
def test_a_score_is_shown_rounded_down(score: float, printed: float) -> None:
    assert shown(score) == printed


@given(st.floats(1, 5))
def test_a_score_never_seems_to_reach_a_level_that_it_does_not(score: float) -> None:
    assert level_of(shown(score), MINIMA) == level_of(score, MINIMA)


@given(st.floats(1, 5), st.floats(1, 5))
def test_a_higher_score_never_has_a_lower_level(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert level_of(low, MINIMA) <= level_of(high, MINIMA)


@pytest.mark.parametrize(("score", "upper"), [(3.01, 3.1), (3.0, 3.0), (3.1 + 1e-9, 3.1), (4.91, 5.0)])
def test_the_upper_end_of_an_interval_is_rounded_up(score: float, upper: float) -> None:
    # 3.01 up to one decimal is 3.1; what floats add to 3.1 is no reason to go to 3.2
    assert shown_upper(score) == upper
