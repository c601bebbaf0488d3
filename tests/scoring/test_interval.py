"""95 % intervals by linearisation."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from cxmaturity.api import Interval
from cxmaturity.scoring.interval import (
    Moments,
    Spread,
    difference_interval,
    finite_population,
    interval_95,
    moments_of,
    shares_of_questions,
    summed,
    variance,
)
from cxmaturity.scoring.student import t_quantile
from cxmaturity.scoring.sums import sums_of

NAN = float("nan")


STEPS = np.array([0, 0.25, 0.5, 0.75, 1, NAN], dtype=np.float32)
"""What the codes 0 to 5 are worth; 5 is not scored."""


def of_codes(*columns: list[int]) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(np.array(codes, dtype=np.uint8), STEPS) for codes in columns]


def moments(questions: list[tuple[np.ndarray, np.ndarray]]) -> Moments:
    return moments_of(sums_of(questions, ())[0])


def mean_interval(codes: np.ndarray) -> Interval:
    """The interval of the mean of one question."""
    found = moments([(codes, STEPS)])
    spread = variance(np.array([1.0]), found)
    return interval_95(1 + 4 * float(found.means[0]), spread, len(codes) - 1)


def test_one_question_is_the_textbook_t_interval() -> None:
    # fractions 0, 0.5, 1: mean 0.5 → score 3.0; s = 0.5, in scores 2.0
    # t(0.975, 2) = 4.3027 (Student's table); half width = 4.3027 × 2.0 ÷ √3 = 4.968, clipped to the scale
    codes = np.array([0, 2, 4], dtype=np.uint8)
    found = moments([(codes, STEPS)])
    assert found.cross == pytest.approx(np.array([[0.5]]))  # (−½)² + 0 + (½)²
    assert variance(np.array([1.0]), found) == pytest.approx(4 / 3)  # (2 ÷ √3)²
    assert mean_interval(codes) == (1.0, 5.0)


def test_five_raters() -> None:
    # fractions 0.5, 0.5, 0.75, 0.75, 0.5: mean 0.6 → 3.4; deviations −.1 −.1 .15 .15 −.1
    # s² = (3 × 0.01 + 2 × 0.0225) ÷ 4 = 0.01875; in scores × 16 = 0.3; s ÷ √5 = √(0.3 ÷ 5) = 0.24495
    # t(0.975, 4) = 2.7764; half width = 0.68008
    interval = mean_interval(np.array([2, 2, 3, 3, 2], dtype=np.uint8))
    assert interval == pytest.approx((3.4 - 0.68008, 3.4 + 0.68008), abs=1e-4)


def test_a_question_a_rater_skipped_moves_nothing() -> None:
    # question 0: fractions 1 and 0, deviations ±½; question 1: only the second rater answered, deviation 0
    found = moments(of_codes([4, 0], [5, 4]))
    assert found.counts.tolist() == [2, 1]
    assert found.means.tolist() == [0.5, 1.0]
    assert found.cross.tolist() == [[0.5, 0], [0, 0]]
    # shares ½ and ½: a = ½ × 4 ÷ 2 = 1 for question 0; 2 ÷ (2 − 1) × 1 × 0.5 × 1 = 1
    assert variance(np.array([0.5, 0.5]), found) == pytest.approx(1.0)


def test_questions_that_go_together_widen_the_interval_of_their_mean() -> None:
    # the same answers 0, ½, 1 to both questions: the score is that of one of them, with its variance 4/3
    found = moments(of_codes([0, 2, 4], [0, 2, 4]))
    assert variance(np.array([0.5, 0.5]), found) == pytest.approx(4 / 3)
    # and the opposite answers to the second: everybody's mean is ½, so that nothing varies
    found = moments(of_codes([0, 2, 4], [4, 2, 0]))
    assert variance(np.array([0.5, 0.5]), found) == pytest.approx(0.0)


def test_many_raters_are_added_up_block_by_block() -> None:
    codes = np.random.default_rng(7).integers(0, 6, (3, 40_000)).astype(np.uint8)
    found = moments([(column, STEPS) for column in codes])
    fractions = STEPS[codes].astype(np.float64)
    deviations = np.nan_to_num(fractions - np.nanmean(fractions, axis=1)[:, np.newaxis])
    assert found.cross == pytest.approx(deviations @ deviations.T)


def test_shares_multiply_on_the_way_up() -> None:
    shares = shares_of_questions({"d.p": 0.25, "d.q": 0.75}, {"d.p": {"d.p.a": 0.5, "d.p.b": 0.5}})
    assert shares == {"d.p.a": 0.125, "d.p.b": 0.125}


@pytest.mark.parametrize(("degrees", "quantile"), [(1, 12.706), (4, 2.776), (30, 2.042)])
def test_students_table(degrees: int, quantile: float) -> None:
    assert t_quantile(degrees) == pytest.approx(quantile, abs=5e-4)


def test_coverage_of_the_truth() -> None:
    """Of many seeded samples from a known mean, about 95 % of the intervals hold it."""
    random = np.random.default_rng(20261123)
    chances = np.array([0.1, 0.2, 0.3, 0.25, 0.15])
    truth = 1 + 4 * float(STEPS[:5] @ chances)
    held = 0
    for _ in range(1000):
        sample = random.choice(5, p=chances, size=25).astype(np.uint8)
        low, high = mean_interval(sample)
        held += low <= truth <= high
    assert 930 <= held <= 970


# ------------------------------------------------------------------- whole populations and differences


@pytest.mark.parametrize(
    ("n", "population", "factor"),
    [
        # Cochran 1977, section 2.6: of 10 % the variance shrinks by a tenth
        (10, 100, 0.9**0.5),
        (75, 100, 0.5),
        (0, 100, 1.0),
        (100, 100, 0.0),
        (120, 100, 0.0),  # more answers than people invited: a miscount, not a negative variance
    ],
)
def test_the_more_of_the_people_answered_the_less_is_left_to_chance(
    n: int, population: int, factor: float
) -> None:
    assert finite_population(n, population) == pytest.approx(factor)


def test_a_textbook_difference() -> None:
    """Moore & McCabe, *Introduction to the Practice of Statistics*, reading scores: df = 37.9, (1.23, 18.68).

    21 pupils with mean 51.48 and s = 11.01, 23 with mean 41.52 and s = 17.15; here divided by 10.
    """
    # 11.01² ÷ 21 = 5.772, 17.15² ÷ 23 = 12.788; √18.560 = 4.308; t(0.975, 37.9) = 2.0246; 9.96 ± 8.722
    first, second = Spread(1.101**2 / 21, 20), Spread(1.715**2 / 23, 22)
    assert summed([first, second]).degrees == pytest.approx(37.9, abs=0.05)
    interval = difference_interval(5.148 - 4.152, first, second)
    assert interval == pytest.approx((0.123, 1.868), abs=0.001)


@given(
    st.lists(st.integers(1, 5), min_size=3, max_size=30), st.lists(st.integers(1, 5), min_size=3, max_size=30)
)
def test_a_difference_as_scipy_has_it(first: list[int], second: list[int]) -> None:
    assume(len(set(first)) > 1)
    assume(len(set(second)) > 1)
    one, two = np.array(first, dtype=float), np.array(second, dtype=float)
    spreads = [Spread(each.var(ddof=1) / each.size, each.size - 1) for each in (one, two)]
    found = difference_interval(one.mean() - two.mean(), *spreads)
    expected = ttest_ind(one, two, equal_var=False).confidence_interval(0.95)
    assert found == pytest.approx((max(-4, expected.low), min(4, expected.high)))


def test_a_difference_stays_between_minus_4_and_4_and_not_on_the_scale() -> None:
    half, huge = Spread(0.5, 2), Spread(100.0, 2)
    assert difference_interval(-3.8, half, half) == pytest.approx((-4.0, -3.8 + 2.7764), abs=1e-4)
    assert difference_interval(0.0, huge, huge) == (-4.0, 4.0)


def test_groups_of_one_mind_each_differ_for_sure() -> None:
    assert difference_interval(1.0, Spread(0.0, 3), Spread(0.0, 4)) == (1.0, 1.0)


def test_tiny_variances_keep_their_degrees() -> None:
    assert summed([Spread(1e-200, 9), Spread(1e-200, 9)]).degrees == pytest.approx(18.0)
    assert summed([Spread(0.0, 9), Spread(0.1, 19)]).degrees == pytest.approx(19.0)
