"""Agreement from counts of answers, held to worked examples and published figures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.scoring.agreement import (
    answer_variance,
    average_deviation,
    mean_known,
    r_wg,
    r_wg_j,
)
from cxmaturity.scoring.null_distributions import Null, null_variance

FIVE = np.array([0.0, 0.25, 0.5, 0.75, 1.0])


def counts(*raters: int) -> np.ndarray:
    return np.array(raters, dtype=np.int64)


answers = st.lists(st.integers(0, 40), min_size=5, max_size=5).map(lambda each: counts(*each))


def test_worked_example() -> None:
    # five even steps: chance variance (5² − 1) ÷ 12 = 2 steps² = 2 × 0.25² = 0.125
    # answers 0.5, 0.5, 0.75, 0.75: mean 0.625, s² = 4 × 0.125² ÷ 3 = 0.0208333
    # r_wg = 1 − 0.0208333 ÷ 0.125 = 0.8333
    assert r_wg(counts(0, 0, 2, 2, 0), FIVE) == pytest.approx(0.83333, abs=1e-5)
    # slight skew: 1.34 steps² × 0.25² = 0.08375; 1 − 0.0208333 ÷ 0.08375 = 0.75124
    assert r_wg(counts(0, 0, 2, 2, 0), FIVE, "slight-skew") == pytest.approx(0.75124, abs=1e-5)


@pytest.mark.parametrize(
    ("given_", "published"),
    [
        (counts(14, 11, 18, 8, 8), 0.11046172),
        (counts(14, 9, 15, 4, 3), 0.26363636),
        (counts(18, 20, 24, 13, 8), 0.21818983),
        (counts(4, 6, 9, 5, 2), 0.31923077),
        (counts(1, 8, 3, 3, 1), 0.41875000),
    ],
)
def test_published_groups(given_: np.ndarray, published: float) -> None:
    """Groups 1, 2, 3, 4 and 6 on the item RELIG of P. D. Bliese, *Multilevel Modeling in R*, section rwg."""
    assert r_wg(given_, FIVE) == pytest.approx(published, abs=5e-9)


def test_all_alike_is_1_and_split_in_two_is_0() -> None:
    assert r_wg(counts(0, 0, 3, 0, 0), FIVE) == 1.0
    assert r_wg(counts(2, 0, 0, 0, 2), FIVE) == 0.0  # 1 − 0.3333 ÷ 0.125 < 0


@pytest.mark.parametrize(
    ("given_", "possible"), [(counts(0, 0, 1, 0, 0), FIVE), (counts(), FIVE[:0]), (counts(1, 1), np.ones(2))]
)
def test_no_agreement_without_two_raters_and_two_answers(given_: np.ndarray, possible: np.ndarray) -> None:
    assert r_wg(given_, possible) is None


@given(answers)
def test_a_narrower_yardstick_finds_less_agreement(given_: np.ndarray) -> None:
    nulls: tuple[Null, ...] = ("uniform", "slight-skew", "moderate-skew", "heavy-skew")
    found = [r_wg(given_, FIVE, null) for null in nulls]
    if given_.sum() < 2:
        assert found == [None] * 4
    else:
        known = [each for each in found if each is not None]
        assert len(known) == 4
        assert known == sorted(known, reverse=True)
        assert all(0 <= each <= 1 for each in known)


@given(answers)
def test_the_variance_is_that_of_the_raters_one_by_one(given_: np.ndarray) -> None:
    raters = np.repeat(FIVE, given_)
    expected = raters.var(ddof=1) if raters.size > 1 else None
    assert answer_variance(given_, FIVE) == (None if expected is None else pytest.approx(expected, abs=1e-12))


def test_of_several_items() -> None:
    # s² ÷ σ² = 0.5: one item 0.5; ten items 10 × 0.5 ÷ (10 × 0.5 + 0.5) = 0.90909
    assert r_wg_j(1.0, 2.0, 1) == 0.5
    assert r_wg_j(1.0, 2.0, 10) == pytest.approx(0.90909, abs=1e-5)


@given(st.floats(0.01, 1.99), st.integers(1, 30))
def test_several_items_are_one_item_stepped_up_by_spearman_and_brown(observed: float, items: int) -> None:
    """So James, Demaree & Wolf 1984 derive r_wg(J): J × r ÷ (1 + (J − 1) × r)."""
    one = 1 - observed / 2
    assert r_wg_j(observed, 2.0, items) == pytest.approx(items * one / (1 + (items - 1) * one))


def test_several_items_beyond_chance_are_0_and_without_a_chance_nothing() -> None:
    assert r_wg_j(2.5, 2.0, 5) == 0.0
    assert r_wg_j(0.0, 2.0, 5) == 1.0
    assert r_wg_j(0.0, 0.0, 5) is None
    assert r_wg_j(0.5, 2.0, 0) is None


def test_average_deviation_in_score_points() -> None:
    # scores 1, 2, 2, 3, 5: mean 2.6; |deviations| 1.6, 0.6, 0.6, 0.4, 2.4 = 5.6; ÷ 5 = 1.12
    assert average_deviation(counts(1, 2, 1, 0, 1), FIVE) == pytest.approx(1.12)
    assert average_deviation(counts(0, 4, 0, 0, 0), FIVE) == 0.0
    assert average_deviation(counts(3, 0, 0, 0, 3), FIVE) == 2.0
    assert average_deviation(counts(1, 0, 0, 0, 0), FIVE) is None


def test_a_uniform_spread_is_no_agreement_by_either_measure() -> None:
    spread = counts(20, 20, 20, 20, 20)
    deviation = average_deviation(spread, FIVE)
    assert deviation is not None
    assert deviation == pytest.approx(1.2)  # (2 + 1 + 0 + 1 + 2) ÷ 5
    assert deviation > 5 / 6  # Burke & Dunlap 2002: c ÷ 6 steps of c options; of five, a step is a point
    assert r_wg(spread, FIVE) == 0.0


def test_a_million_raters_cost_no_more_than_ten() -> None:
    few, many = counts(1, 2, 4, 2, 1), counts(1, 2, 4, 2, 1) * 100_000
    # only n − 1 differs: s² × 9 ÷ 10 in the limit
    ten, million = answer_variance(few, FIVE), answer_variance(many, FIVE)
    assert ten is not None
    assert million == pytest.approx(ten * 0.9, rel=1e-5)
    assert null_variance(FIVE) == 0.125


def test_mean_of_those_that_exist() -> None:
    assert mean_known([0.5, None, 1.0]) == 0.75
    assert mean_known([None]) is None
