"""r_wg: 1 − observed variance ÷ variance of answers drawn at random."""

import numpy as np
import pytest

from cxmaturity.scoring.agreement import mean_agreement, r_wg

FIVE = (0.0, 0.25, 0.5, 0.75, 1.0)
NAN = float("nan")


def column(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_worked_example() -> None:
    # five even steps: chance variance (5² − 1) ÷ 12 = 2 steps² = 2 × 0.25² = 0.125
    # answers 0.5, 0.5, 0.75, 0.75: mean 0.625, s² = 4 × 0.125² ÷ 3 = 0.0208333
    # r_wg = 1 − 0.0208333 ÷ 0.125 = 0.8333
    assert r_wg(column(0.5, 0.5, 0.75, 0.75), FIVE) == pytest.approx(0.83333, abs=1e-5)


def test_all_alike_is_1_and_split_in_two_is_0() -> None:
    assert r_wg(column(0.5, 0.5, 0.5), FIVE) == 1.0
    assert r_wg(column(0.0, 0.0, 1.0, 1.0), FIVE) == 0.0  # 1 − 0.3333 ÷ 0.125 < 0


def test_missing_answers_do_not_count() -> None:
    assert r_wg(column(0.5, NAN, 0.5), FIVE) == 1.0


@pytest.mark.parametrize(("values", "possible"), [((0.5,), FIVE), ((0.5, 0.5), ()), ((1.0, 1.0), (1.0, 1.0))])
def test_no_agreement_without_two_raters_and_two_answers(
    values: tuple[float, ...], possible: tuple[float, ...]
) -> None:
    assert r_wg(column(*values), possible) is None


def test_mean_of_those_that_exist() -> None:
    assert mean_agreement([0.5, None, 1.0]) == 0.75
    assert mean_agreement([None]) is None
