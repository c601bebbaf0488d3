"""Cronbach's alpha and McDonald's omega from covariance matrices, published ones among them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.scoring.consistency import cronbach_alpha, mcdonald_omega

GRAHAM = np.array(
    [
        [4.98, 4.60, 4.45, 3.84, 23.85],
        [4.60, 5.59, 4.42, 3.81, 23.68],
        [4.45, 4.42, 6.30, 3.66, 22.92],
        [3.84, 3.81, 3.66, 6.44, 19.87],
        [23.85, 23.68, 22.92, 19.87, 127.65],
    ]
)
"""J. M. Graham, *Congeneric and (Essentially) Tau-Equivalent Estimates of Score Reliability*, Educational
and Psychological Measurement 66, 2006, table 2: the fifth item counts five times as much as the others."""

STATSBASE = np.array([[10, 6, 6, 6], [6, 11, 6, 6], [6, 6, 12, 6], [6, 6, 6, 13]], dtype=np.float64)
"""The example of ``cronbachalpha`` in the documentation of StatsBase.jl: four tau-equivalent items."""


def test_a_published_alpha() -> None:
    # variances 46, whole 46 + 12 × 6 = 118; 4 ÷ 3 × (1 − 46 ÷ 118) = 0.8136
    assert cronbach_alpha(STATSBASE) == pytest.approx(0.8136, abs=5e-5)


def test_a_published_omega_far_from_alpha() -> None:
    """Graham 2006 gives .97 for the congeneric model."""
    # variances 150.96, whole 381.16; 5 ÷ 4 × (1 − 150.96 ÷ 381.16) = 0.7549
    assert cronbach_alpha(GRAHAM) == pytest.approx(0.7549, abs=5e-5)
    assert mcdonald_omega(GRAHAM) == pytest.approx(0.97, abs=0.005)


def test_equal_correlations_give_the_spearman_brown_figure_for_both() -> None:
    """The example of ``ci.reliability`` in K. Kelley's R package MBESS: ten items that correlate by .3."""
    # 10 × 0.3 ÷ (1 + 9 × 0.3) = 0.81081
    covariance = np.full((10, 10), 0.3) + 0.7 * np.eye(10)
    assert cronbach_alpha(covariance) == pytest.approx(0.81081, abs=1e-5)
    assert mcdonald_omega(covariance) == pytest.approx(0.81081, abs=1e-5)


def test_three_items_fit_perfectly() -> None:
    # three covariances, three loadings: λ1² = 0.48 × 0.40 ÷ 0.30 = 0.64, so λ = 0.8, 0.6, 0.5
    # Σ λ = 1.9, Σ ψ = 0.36 + 0.64 + 0.75 = 1.75; 3.61 ÷ (3.61 + 1.75) = 0.67351
    covariance = np.array([[1, 0.48, 0.40], [0.48, 1, 0.30], [0.40, 0.30, 1]])
    assert mcdonald_omega(covariance) == pytest.approx(0.67351, abs=1e-5)


@given(
    st.lists(st.tuples(st.floats(0.4, 0.9), st.floats(0.5, 2)), min_size=3, max_size=12),
)
def test_a_one_factor_population_gets_its_own_omega_and_alpha_is_at_most_that(
    items: list[tuple[float, float]],
) -> None:
    shares, deviations = (np.array(column) for column in zip(*items, strict=True))
    loadings, errors = shares * deviations, (1 - shares**2) * deviations**2
    covariance = np.outer(loadings, loadings) + np.diag(errors)
    true = loadings.sum() ** 2 / covariance.sum()
    alpha = cronbach_alpha(covariance)
    assert mcdonald_omega(covariance) == pytest.approx(true, abs=1e-4)
    assert alpha is not None
    assert alpha <= true + 1e-9


@given(st.floats(0.01, 100))
def test_the_unit_of_answers_does_not_matter(factor: float) -> None:
    omega = mcdonald_omega(GRAHAM)
    assert mcdonald_omega(GRAHAM * factor) == pytest.approx(omega, abs=1e-6)
    assert cronbach_alpha(GRAHAM * factor) == pytest.approx(cronbach_alpha(GRAHAM))


def test_alpha_is_negative_where_items_contradict_each_other() -> None:
    # 2 × (1 − 2 ÷ (2 − 2 × 0.5)) = −2
    assert cronbach_alpha(np.array([[1.0, -0.5], [-0.5, 1.0]])) == pytest.approx(-2.0)


@pytest.mark.parametrize(
    "covariance", [np.zeros((0, 0)), np.ones((1, 1)), np.zeros((3, 3)), [[1, -1], [-1, 1]]]
)
def test_no_alpha(covariance: object) -> None:
    assert cronbach_alpha(np.array(covariance, dtype=np.float64)) is None


@pytest.mark.parametrize(
    ("why", "covariance"),
    [
        ("two items", [[1, 0.5], [0.5, 1]]),
        ("an item that does not vary", [[1, 0.5, 0], [0.5, 1, 0], [0, 0, 0]]),
        ("an item said twice", [[1, 1, 0.5], [1, 1, 0.5], [0.5, 0.5, 1]]),
        ("not positive definite", [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]),
        # λ1² = 0.7 × 0.7 ÷ 0.3 = 1.63 > 1: more common variance than there is
        ("a Heywood case", [[1, 0.7, 0.7], [0.7, 1, 0.3], [0.7, 0.3, 1]]),
    ],
)
def test_no_omega(why: str, covariance: list[list[float]]) -> None:
    assert mcdonald_omega(np.array(covariance, dtype=np.float64)) is None, why
