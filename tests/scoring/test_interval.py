"""95 % intervals by linearisation."""

import numpy as np
import pytest

from cxmaturity.scoring.interval import influence, interval_95, shares_of_questions
from cxmaturity.scoring.student import t_quantile

NAN = float("nan")


def test_one_question_is_the_textbook_t_interval() -> None:
    # fractions 0, 0.5, 1: mean 0.5 → score 3.0; s = 0.5, in scores 2.0
    # t(0.975, 2) = 4.3027 (Student's table); half width = 4.3027 × 2.0 ÷ √3 = 4.968, clipped to the scale
    fractions = np.array([[0.0], [0.5], [1.0]], dtype=np.float32)
    moves = influence(fractions, np.array([1.0]))
    assert moves == pytest.approx([-2 / 3, 0, 2 / 3])  # 4 × (x − 0.5) ÷ 3
    assert interval_95(3.0, moves, 3) == (1.0, 5.0)


def test_five_raters() -> None:
    # fractions 0.5, 0.5, 0.75, 0.75, 0.5: mean 0.6 → 3.4; deviations −.1 −.1 .15 .15 −.1
    # s² = (3 × 0.01 + 2 × 0.0225) ÷ 4 = 0.01875; in scores × 16 = 0.3; s ÷ √5 = √(0.3 ÷ 5) = 0.24495
    # t(0.975, 4) = 2.7764; half width = 0.68008
    fractions = np.array([[0.5], [0.5], [0.75], [0.75], [0.5]], dtype=np.float32)
    interval = interval_95(3.4, influence(fractions, np.array([1.0])), 5)
    assert interval == pytest.approx((3.4 - 0.68008, 3.4 + 0.68008), abs=1e-4)


def test_a_question_a_rater_skipped_moves_nothing() -> None:
    fractions = np.array([[1.0, NAN], [0.0, 1.0]], dtype=np.float32)
    # question 0: deviations ±0.5 over n = 2, share ½, × 4 → ±0.5; question 1 has one rater: deviation 0
    assert influence(fractions, np.array([0.5, 0.5])) == pytest.approx([0.5, -0.5])


def test_one_rater_has_no_interval() -> None:
    assert interval_95(3.0, np.array([0.0]), 1) is None


def test_shares_multiply_on_the_way_up() -> None:
    shares = shares_of_questions({"d.p": 0.25, "d.q": 0.75}, {"d.p": {"d.p.a": 0.5, "d.p.b": 0.5}})
    assert shares == {"d.p.a": 0.125, "d.p.b": 0.125}


@pytest.mark.parametrize(("degrees", "quantile"), [(1, 12.706), (4, 2.776), (30, 2.042)])
def test_students_table(degrees: int, quantile: float) -> None:
    assert t_quantile(degrees) == pytest.approx(quantile, abs=5e-4)


def test_coverage_of_the_truth() -> None:
    """Of many seeded samples from a known mean, about 95 % of the intervals hold it."""
    random = np.random.default_rng(20261123)
    steps = np.array([0, 0.25, 0.5, 0.75, 1.0])
    chances = np.array([0.1, 0.2, 0.3, 0.25, 0.15])
    truth = 1 + 4 * float(steps @ chances)
    held = 0
    for _ in range(1000):
        sample = random.choice(steps, p=chances, size=(25, 1)).astype(np.float32)
        interval = interval_95(1 + 4 * float(sample.mean()), influence(sample, np.array([1.0])), 25)
        assert interval is not None
        held += interval[0] <= truth <= interval[1]
    assert 930 <= held <= 970
