"""Variances without agreement: LeBreton & Senter 2008, table 2, and the response proportions behind it."""

import numpy as np
import pytest

from cxmaturity.scoring.null_distributions import Null, null_variance

SKEWED: tuple[Null, ...] = ("slight-skew", "moderate-skew", "heavy-skew", "triangular", "normal")


@pytest.mark.parametrize(
    ("null", "proportions"),
    [
        ("uniform", (0.20, 0.20, 0.20, 0.20, 0.20)),
        ("slight-skew", (0.05, 0.15, 0.20, 0.35, 0.25)),
        ("moderate-skew", (0.00, 0.10, 0.15, 0.40, 0.35)),
        ("heavy-skew", (0.00, 0.00, 0.10, 0.40, 0.50)),
        ("triangular", (0.11, 0.22, 0.34, 0.22, 0.11)),
        ("normal", (0.07, 0.24, 0.38, 0.24, 0.07)),
    ],
)
def test_five_options_vary_as_the_published_proportions_do(
    null: Null, proportions: tuple[float, ...]
) -> None:
    """LeBreton & Senter 2008, table 2: the proportions who are taken to choose each of five options."""
    share, steps = np.array(proportions), np.arange(1.0, 6.0)
    variance = share @ steps**2 - (share @ steps) ** 2
    found = null_variance(np.linspace(0, 1, 5), null)
    assert found is not None
    assert found * 16 == pytest.approx(variance, abs=0.005)  # 4² steps² in a squared fraction


@pytest.mark.parametrize(
    ("options", "printed"),
    [(5, 2.00), (6, 2.92), (7, 4.00), (8, 5.25), (9, 6.67), (10, 8.25), (11, 10.00)],
)
def test_uniform_is_the_same_tables_first_column(options: int, printed: float) -> None:
    found = null_variance(np.linspace(0, 1, options))
    assert found is not None
    assert found * (options - 1) ** 2 == pytest.approx(printed, abs=0.005)


@pytest.mark.parametrize("options", range(5, 12))
def test_each_further_skew_leaves_less_room(options: int) -> None:
    fractions = np.linspace(0, 1, options)
    variances = [null_variance(fractions, null) for null in ("uniform", *SKEWED[:3])]
    known = [variance for variance in variances if variance is not None]
    assert len(set(known)) == 4
    assert known == sorted(known, reverse=True)


def test_a_reversed_scale_and_a_part_of_the_range_scale_along() -> None:
    # seven options over half the range: step 1 ÷ 12; 2.90 steps² ÷ 144 = 0.0201389
    assert null_variance(np.linspace(0.5, 0, 7), "slight-skew") == pytest.approx(0.0201389, abs=1e-7)


@pytest.mark.parametrize("null", SKEWED)
@pytest.mark.parametrize("fractions", [(0.0, 1.0), (0.0, 0.5, 1.0), (0.0, 0.1, 0.5, 0.75, 1.0)])
def test_other_nulls_need_a_tabulated_even_scale(null: Null, fractions: tuple[float, ...]) -> None:
    assert null_variance(np.array(fractions), null) is None


def test_uniform_takes_any_answers_that_differ() -> None:
    # 0, 0.5, 1: mean 0.5; (0.25 + 0 + 0.25) ÷ 3
    assert null_variance(np.array([0.0, 0.5, 1.0])) == pytest.approx(1 / 6)
    assert null_variance(np.array([0.5, 0.5])) is None
    assert null_variance(np.array([])) is None
