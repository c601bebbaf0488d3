"""Coverage is answered ÷ applicable cells."""

from collections import Counter

from cxmaturity.api import State
from cxmaturity.scoring.coverage import coverage

A, U, D, N, S = (
    State.ANSWERED,
    State.UNANSWERED,
    State.DONT_KNOW,
    State.NOT_APPLICABLE,
    State.NOT_SHOWN,
)


def states(*rows: list[State]) -> Counter[State]:
    return Counter(state for row in rows for state in row)


def test_not_applicable_and_not_shown_leave_the_denominator() -> None:
    # 2 answered of (5 cells − 1 n/a − 1 not shown) = 2 ÷ 3
    assert coverage(states([A, A, U, N, S])) == 2 / 3


def test_unanswered_and_dont_know_stay_in_the_denominator() -> None:
    assert coverage(states([A, U], [D, A])) == 0.5  # 2 ÷ 4


def test_where_nothing_applies_there_is_no_coverage() -> None:
    assert coverage(states([N, S])) is None
    assert coverage(states()) is None
