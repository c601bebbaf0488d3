"""Flags: straight lines, impossible speed, people who come twice; nobody is flagged for what is ordinary."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import State
from cxmaturity.responses.flags import FoundFlag, find_flags
from cxmaturity.responses.model import NOT_SCORED, Answer, AnswerColumn, Grouping, Responses

FIVE = (*(Answer(State.ANSWERED, position / 4, position) for position in range(5)), *NOT_SCORED)
TURNED = (*(Answer(State.ANSWERED, 1 - position / 4, position) for position in range(5)), *NOT_SCORED)
YES_NO = (Answer(State.ANSWERED, 0.0, 0), Answer(State.ANSWERED, 1.0, 1), *NOT_SCORED)
NUMBER = (*(Answer(State.ANSWERED, band / 4) for band in range(5)), *NOT_SCORED)

STEPS = (1, 2, 3, 4, 6, 7, 8, 9, 11, 12)
"""What makes rows of ten answers that differ, each answer being given about equally often."""

Meanings = tuple[Answer, ...]


def responses(
    rows: Sequence[Sequence[int | None]],
    kinds: Sequence[Meanings] = (),
    *,
    ids: Sequence[str] | None = None,
    seconds: Sequence[float] | None = None,
    roles: Sequence[int] | None = None,
) -> Responses:
    """Rows of positions, ``None`` where unanswered; by default every question has five options."""
    width = len(rows[0])
    kinds = kinds or [FIVE] * width
    columns = {}
    for number, meanings in enumerate(kinds):
        unanswered = meanings.index(Answer(State.UNANSWERED))
        codes = [unanswered if row[number] is None else row[number] for row in rows]
        columns[f"q{number}"] = AnswerColumn(np.array(codes, dtype=np.uint8), meanings)
    numbers = np.array(roles or [0] * len(rows), dtype=np.int32)
    return Responses(
        ids or [f"r{number}" for number in range(len(rows))],
        {"role": Grouping(("frontline", "leadership"), numbers)},
        columns,
        seconds=None if seconds is None else np.array(seconds, dtype=np.float32),
    )


def flags(given_by: Responses) -> dict[str, list[int]]:
    return {each.kind: each.rows.tolist() for each in find_flags(given_by, given_by.questions)}


def mixed(length: int, seed: int = 0) -> list[int]:
    """Answers of one who reads: 0, 1, 2, 3, 4, 0 … from some point on."""
    return [(number + seed) % 5 for number in range(length)]


# ---------------------------------------------------------------------------------- straight lines


def test_eight_answers_in_the_same_position_are_a_straight_line_and_seven_are_not() -> None:
    rows = [[2] * 8, [2] * 7 + [None], [2] * 7 + [3], mixed(8)]
    assert flags(responses(rows)) == {"straight-lining": [0]}


def test_what_was_not_answered_breaks_no_line() -> None:
    assert flags(responses([[None, 4] * 8, [None] * 16])) == {"straight-lining": [0]}


def test_the_position_counts_as_it_stands_on_the_page_and_not_what_it_is_worth() -> None:
    kinds = [FIVE, TURNED] * 4
    # the first clicks the last option everywhere; the second says the best each time, as a reader would
    assert flags(responses([[4] * 8, [4, 0] * 4], kinds)) == {"straight-lining": [0]}


def test_only_choices_and_scales_with_three_options_or_more_make_a_line() -> None:
    assert flags(responses([[1] * 8], [YES_NO] * 8)) == {}
    assert flags(responses([[1] * 8], [NUMBER] * 8)) == {}
    # eight lines on five options, whatever is said besides
    assert flags(responses([[1] * 8 + [0, 4]], [FIVE] * 8 + [YES_NO, NUMBER])) == {"straight-lining": [0]}


@given(st.lists(st.lists(st.none() | st.integers(0, 4), min_size=10, max_size=10), min_size=1, max_size=12))
def test_a_line_is_what_reading_row_by_row_finds(rows: list[list[int | None]]) -> None:
    lines = [
        number
        for number, row in enumerate(rows)
        if len(said := [each for each in row if each is not None]) >= 8 and len(set(said)) == 1
    ]
    assert flags(responses(rows)).get("straight-lining", []) == lines


# ------------------------------------------------------------------------------------------- speed


def test_under_two_seconds_an_answer_is_too_fast() -> None:
    rows = [mixed(10), mixed(10, 1), mixed(10, 2), [*mixed(5), *[None] * 5]]
    # 10 answers need 20 seconds, 5 need 10
    found = flags(responses(rows, seconds=[19.9, 20.0, float("nan"), 10.0]))
    assert found == {"speed": [0]}
    assert flags(responses(rows)) == {}


# -------------------------------------------------------------------------------------- same people


def test_ids_that_come_twice_are_pointed_out_wherever_they_come() -> None:
    rows = [mixed(5, seed) for seed in range(5)]
    assert flags(responses(rows, ids=["a", "b", "a", "", ""])) == {"same-id": [0, 2]}


def test_the_same_ten_answers_twice_are_pointed_out() -> None:
    # 20 people with 20 different rows and a copy of the first: each answer is given by about 1 in 5, so
    # 20 others × √(0.2 ^ 10) ≈ 0.006 would have given the same by chance
    rows = [[(number * step + number) % 5 for step in STEPS] for number in range(1, 5)]
    rows += [[(a * step + b * step * step) % 5 for step in STEPS] for a in range(4) for b in range(1, 5)]
    assert len({tuple(row) for row in rows}) == 20
    assert flags(responses([*rows, rows[7]])) == {"same-answers": [7, 20]}


def test_too_few_answers_or_another_role_are_another_person() -> None:
    twice = [[*mixed(7), None, None, None]] * 2
    others = [mixed(10, seed) for seed in range(5)] + [list(reversed(mixed(10, seed))) for seed in range(5)]
    assert flags(responses(twice + others)) == {}
    rows = [[0, 3, 1, 4, 2, 2, 0, 4, 1, 3]] * 2 + others
    assert flags(responses(rows, roles=[0, 1] + [0] * 10)) == {}
    assert flags(responses(rows)) == {"same-answers": [0, 1]}


def test_answers_that_most_people_give_are_no_sign_of_a_copy() -> None:
    usual = [0, 3, 1, 4, 2, 2, 0, 4, 1, 3]
    assert flags(responses([usual] * 9 + [mixed(10)])) == {}


def test_a_straight_line_is_said_once() -> None:
    others = [mixed(10, seed) for seed in range(5)]
    assert flags(responses([[1] * 10, [1] * 10, *others])) == {"straight-lining": [0, 1]}


@pytest.mark.parametrize("rows", [0, 1])
def test_nobody_and_nothing_asked_are_no_reason_for_a_flag(rows: int) -> None:
    empty = Responses([f"r{number}" for number in range(rows)], {}, {})
    assert find_flags(empty, ()) == ()


def test_rows_are_numbers_in_ascending_order() -> None:
    (found,) = find_flags(responses([[2] * 8, mixed(8), [3] * 8]), [f"q{number}" for number in range(8)])
    assert isinstance(found, FoundFlag)
    assert found.rows.dtype == np.intp
    assert found.rows.tolist() == [0, 2]
