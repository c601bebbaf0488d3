"""ICC(1) and ICC(2): published tables with equal and unequal groups."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.scoring.icc import icc

SHROUT_FLEISS = ((9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7))
"""P. E. Shrout & J. L. Fleiss, Psychological Bulletin 86, 1979, table 2: six targets, four judges."""

RABBITS = (
    (380, 376, 360, 368, 372, 366, 374, 382),
    (350, 356, 358, 376, 338, 342, 366, 350, 344, 364),
    (354, 360, 362, 352, 366, 372, 362, 344, 342, 358, 351, 348, 348),
    (376, 344, 342, 372, 374, 360),
)
"""R. R. Sokal & F. J. Rohlf, *Biometry*, 2nd ed. 1981, box 9.1: width of the scutum of ticks, by host."""


def of(groups: Sequence[Sequence[float]]) -> tuple[float, float] | None:
    arrays = [np.array(group, dtype=np.float64) for group in groups]
    return icc(
        np.array([array.size for array in arrays]),
        np.array([array.mean() if array.size else np.nan for array in arrays]),
        np.array([((array - array.mean()) ** 2).sum() if array.size else np.nan for array in arrays]),
    )


def test_shrout_and_fleiss() -> None:
    """Their table 4: ICC(1,1) = .17 and ICC(1,4) = .44; here with the four decimals that follow from it."""
    # MSB = 11.2417, MSW = 6.2639: (11.2417 − 6.2639) ÷ (11.2417 + 3 × 6.2639); 4.9778 ÷ 11.2417
    assert of(SHROUT_FLEISS) == pytest.approx((0.1657, 0.4428), abs=5e-5)


def test_sokal_and_rohlf_with_unequal_groups() -> None:
    """Box 9.1: MSB 602.6, MSW 114.5, n₀ 9.009; 32.12 % of the variance lies between hosts."""
    # 54.18 ÷ (54.18 + 114.48) = 0.3212; ICC(2) = 1 − 1 ÷ F with their F = 5.26
    assert of(RABBITS) == pytest.approx((0.3212, 1 - 1 / 5.263), abs=5e-5)


def test_groups_of_nobody_fall_out() -> None:
    assert of([*SHROUT_FLEISS, ()]) == of(SHROUT_FLEISS)


def test_groups_that_differ_less_than_by_chance() -> None:
    assert of([(1, 5), (1, 5), (5, 1)]) == (0.0, 0.0)


def test_groups_of_one_mind_each() -> None:
    assert of([(1, 1), (4, 4, 4)]) == (1.0, 1.0)


@pytest.mark.parametrize("groups", [[], [(1, 2, 3)], [(1,), (2,), (3,)], [(0.1, 0.1, 0.1), (0.1,)]])
def test_nothing_without_two_groups_that_could_differ(groups: list[tuple[float, ...]]) -> None:
    assert of(groups) is None


@given(
    st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=2, max_size=8),
    st.floats(0.1, 4),
    st.floats(-3, 3),
)
def test_equal_groups_obey_spearman_and_brown_in_any_unit(
    groups: list[list[int]], factor: float, shift: float
) -> None:
    found = of([[factor * value + shift for value in group] for group in groups])
    if found is None:
        assert len({value for group in groups for value in group}) == 1
    else:
        one, mean = found
        assert 0 <= one <= mean <= 1
        assert mean == pytest.approx(3 * one / (1 + 2 * one))
        assert found == pytest.approx(of(groups))
