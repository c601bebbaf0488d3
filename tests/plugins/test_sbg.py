"""Shifted-beta-geometric retention, held against the figures that were published with it."""

from math import log

import numpy as np
import pytest
from cxmaturity_retention.sbg import Sbg, fit_sbg, project, retention
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

# Fader & Hardie 2007, table 1, of 1,000 customers: the seven years that are fitted, and five to foretell
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173]
HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394]

parameters = st.floats(0.05, 50)
fits = st.builds(lambda alpha, beta: Sbg(alpha, beta, 0, converged=True), parameters, parameters)


@st.composite
def cohort(draw: st.DrawFn) -> list[int]:
    survivors = [draw(st.integers(0, 500))]
    for _ in range(draw(st.integers(1, 6))):
        survivors.append(draw(st.integers(0, survivors[-1])))
    return survivors


def survival(fit: Sbg, periods: int) -> NDArray[np.float64]:
    """The share of a cohort that is there after 0, 1, … periods."""
    return np.concatenate([[1.0], project(fit, 1.0, 0, periods)])


def fitted(*cohorts: list[int]) -> Sbg:
    found = fit_sbg(cohorts)
    assert isinstance(found, Sbg)
    return found


@pytest.mark.parametrize(
    ("survivors", "alpha", "beta", "likelihood"),
    [(HIGH_END, 0.668, 3.806, -1611.2), (REGULAR, 0.704, 1.182, -1680.3)],
)
def test_the_published_figures(survivors: list[int], alpha: float, beta: float, likelihood: float) -> None:
    fit = fitted(survivors[:8])
    assert (round(fit.alpha, 3), round(fit.beta, 3)) == (alpha, beta)
    assert round(fit.log_likelihood, 1) == likelihood
    assert fit.converged
    # five years further the projection is within two points of what came, as in the paper's figure
    assert survival(fit, 12) * 1000 == pytest.approx(np.array(survivors), abs=20)


def test_survival_by_hand() -> None:
    # alpha 1, beta 2: r_1 = 2/3, r_2 = 3/4, r_3 = 4/5; S = 1, 2/3, 1/2, 2/5
    fit = Sbg(1, 2, 0, converged=True)
    assert retention(fit, 3) == pytest.approx([2 / 3, 3 / 4, 4 / 5])
    assert survival(fit, 3) == pytest.approx([1, 2 / 3, 1 / 2, 2 / 5])
    # of 90 who stayed one period, 3/4 stay for the second and 3/4 × 4/5 = 3/5 for the third
    assert project(fit, 90, 1, 2) == pytest.approx([67.5, 54])


def test_two_periods_are_met_exactly_and_cohorts_of_both_ages_pool() -> None:
    # first period 85 of 150 stay (of 100: 60, of 50: 25), second 45 of 60: r_1 = 17/30, r_2 = 3/4
    # beta ÷ (alpha + beta) = 17/30 and (beta + 1) ÷ (alpha + beta + 1) = 3/4:
    # with s = alpha + beta, 17/30 s + 1 = 3/4 s + 3/4, so s = (1/4) ÷ (3/4 − 17/30) = 15/11
    # beta = 17/30 × 15/11 = 17/22, alpha = 15/11 − 17/22 = 13/22
    fit = fitted([100, 60, 45], [50, 25])
    assert (fit.alpha, fit.beta) == pytest.approx((13 / 22, 17 / 22), rel=1e-4)
    # the likelihood of the four shares themselves
    expected = 85 * log(17 / 30) + 65 * log(13 / 30) + 45 * log(3 / 4) + 15 * log(1 / 4)
    assert fit.log_likelihood == pytest.approx(expected)


@pytest.mark.parametrize(
    ("cohorts", "reason"),
    [
        ([], "nobody-observed"),
        ([[], [100], [0, 0]], "nobody-observed"),
        ([[100, 100, 100]], "nobody-lost"),
        ([[100, 0, 0], [50, 0]], "everybody-lost"),
        ([[100, 50]], "too-few-periods"),
        ([[100, 50], [80, 30]], "too-few-periods"),
        ([[100, 50, 50, 50]], "lost-only-at-first"),
        ([[100, 90, 81]], "not-rising"),  # 90 % each time: all alike
        ([[100, 90, 60]], "not-rising"),
    ],
)
def test_what_cannot_be_fitted_says_why(cohorts: list[list[int]], reason: str) -> None:
    assert fit_sbg(cohorts) == reason


@pytest.mark.parametrize("survivors", [[100, 50, 60], [100, -1], [float("nan"), 3], [float("inf"), 3]])
def test_what_no_cohort_can_be_is_refused(survivors: list[float]) -> None:
    with pytest.raises(ValueError, match="never rise"):
        fit_sbg([survivors])


@given(fits, st.integers(1, 40))
def test_survival_falls_and_retention_rises(fit: Sbg, periods: int) -> None:
    assert (np.diff(survival(fit, periods)) < 0).all()
    assert (np.diff(retention(fit, periods)) > 0).all()
    assert ((retention(fit, periods) > 0) & (retention(fit, periods) < 1)).all()


@given(st.lists(cohort(), min_size=1, max_size=5))
def test_any_cohorts_give_a_maximum_or_a_reason_in_any_order_and_size(cohorts: list[list[int]]) -> None:
    fit = fit_sbg(cohorts)
    doubled = fit_sbg([[2 * count for count in each] for each in reversed(cohorts)])
    if not isinstance(fit, Sbg) or not isinstance(doubled, Sbg):
        assert fit == doubled
        return
    assume(fit.converged and doubled.converged)
    assert doubled.log_likelihood == pytest.approx(2 * fit.log_likelihood)
    assert survival(doubled, 10) == pytest.approx(survival(fit, 10), abs=1e-3)
