"""Coverage is answered ÷ applicable cells."""

import numpy as np

from cxmaturity.api import State
from cxmaturity.scoring.coverage import coverage, raters

A, U, D, N, S = (
    State.ANSWERED,
    State.UNANSWERED,
    State.DONT_KNOW,
    State.NOT_APPLICABLE,
    State.NOT_SHOWN,
)


def states(*rows: list[State]) -> np.ndarray:
    return np.array(rows, dtype=np.uint8)


def test_not_applicable_and_not_shown_leave_the_denominator() -> None:
    # 2 answered of (5 cells − 1 n/a − 1 not shown) = 2 ÷ 3
    assert coverage(states([A, A, U, N, S])) == 2 / 3


def test_unanswered_and_dont_know_stay_in_the_denominator() -> None:
    assert coverage(states([A, U], [D, A])) == 0.5  # 2 ÷ 4


def test_where_nothing_applies_there_is_no_coverage() -> None:
    assert coverage(states([N, S])) is None
    assert coverage(np.empty((0, 2), dtype=np.uint8)) is None


def test_raters_who_answered_anything() -> None:
    assert raters(states([A, U], [U, D], [N, A])) == 2
