"""A practice is the weighted mean over its questions of the mean over raters."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cxmaturity.api import PracticeAnswers, State
from cxmaturity.scoring.practice import column_means, score_practice

NAN = float("nan")


def answers(rows: list[list[float]], weights: list[float]) -> PracticeAnswers:
    fractions = np.array(rows, dtype=np.float32).reshape(len(rows), len(weights))
    states = np.where(np.isnan(fractions), State.UNANSWERED, State.ANSWERED).astype(np.uint8)
    questions = tuple(f"d.p.q{number}" for number in range(len(weights)))
    return PracticeAnswers("d.p", questions, fractions, states, np.array(weights), {})


def test_mean_over_raters_then_weighted_over_questions() -> None:
    # question 0: (0.5 + 1.0) ÷ 2 = 0.75 → 4.0; question 1: (0.25 + 0.25) ÷ 2 = 0.25 → 2.0
    # weights 3 and 1: (3 × 4.0 + 1 × 2.0) ÷ 4 = 3.5
    score = score_practice(answers([[0.5, 0.25], [1.0, 0.25]], [3, 1]))
    assert score.value == pytest.approx(3.5)
    assert [(part.value, part.share) for part in score.contributions] == [(4.0, 0.75), (2.0, 0.25)]
    assert sum(part.points for part in score.contributions) == pytest.approx(3.5)


def test_an_unanswered_question_is_not_in_the_denominator() -> None:
    """Peers' defect: an unanswered question counts as zero through the denominator."""
    # question 1 was answered by nobody: the score is that of question 0 alone, 1 + 4 × 0.75 = 4.0
    score = score_practice(answers([[0.75, NAN]], [1, 1]))
    assert score.value == pytest.approx(4.0)


def test_a_missing_cell_does_not_pull_a_mean_down() -> None:
    # raters: 1.0, nothing → the mean is 1.0, not 0.5
    assert column_means(np.array([[1.0], [NAN]], dtype=np.float32)) == pytest.approx([1.0])


def test_a_weight_of_0_is_0() -> None:
    """Peers' defect: a weight of 0 is read as 1 (`weight or 1`)."""
    # (1 × 5.0 + 0 × 1.0) ÷ 1 = 5.0; read as 1 it would be 3.0
    score = score_practice(answers([[1.0, 0.0]], [1, 0]))
    assert score.value == pytest.approx(5.0)
    assert [part.id for part in score.contributions] == ["d.p.q0"]


@pytest.mark.parametrize(
    ("rows", "weights", "reason"),
    [
        ([[NAN]], [1], "reason.no-scored-answers"),
        ([[1.0]], [0], "reason.no-weight"),
        ([], [1], "reason.no-scored-answers"),
    ],
)
def test_nothing_scored_is_no_number(rows: list[list[float]], weights: list[float], reason: str) -> None:
    score = score_practice(answers(rows, weights))
    assert score.value is None
    assert score.reason is not None
    assert score.reason.key == reason


fractions = arrays(
    np.float32,
    st.tuples(st.integers(0, 6), st.integers(1, 5)),
    elements=st.one_of(st.just(np.float32(NAN)), st.floats(0, 1, width=32)),
)


@given(fractions, st.data())
def test_bounded_and_explained(matrix: np.ndarray, data: st.DataObject) -> None:
    weights = data.draw(st.lists(st.floats(0, 10), min_size=matrix.shape[1], max_size=matrix.shape[1]))
    score = score_practice(answers(matrix.tolist(), weights))
    if score.value is not None:
        assert 1 - 1e-9 <= score.value <= 5 + 1e-9
        assert sum(part.points for part in score.contributions) == pytest.approx(score.value)
        assert sum(part.share for part in score.contributions) == pytest.approx(1)


@given(fractions, st.data())
def test_a_better_answer_never_lowers_the_score(matrix: np.ndarray, data: st.DataObject) -> None:
    weights = [1.0] * matrix.shape[1]
    before = score_practice(answers(matrix.tolist(), weights)).value
    cells = [tuple(map(int, cell)) for cell in np.argwhere(~np.isnan(matrix))]
    if before is None or not cells:
        return
    cell = data.draw(st.sampled_from(cells))
    better = matrix.copy()
    better[cell] = data.draw(st.floats(float(matrix[cell]), 1, width=32))
    after = score_practice(answers(better.tolist(), weights)).value
    assert after is not None
    assert after >= before - 1e-9
