"""Answers that deserve a second look. Nobody is left out for it; rules and sources are in the methodology."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.responses.identical import same_answers, same_ids
from cxmaturity.responses.model import NO_OPTION, AnswerColumn, FlagKind, Responses

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST_LINE = 8
"""From how many answers on the same position in all of them is a straight line."""
FEWEST_POSITIONS = 3
"""Of yes and no, half of all answers are in the same position anyway."""
SECONDS_PER_ANSWER = 2.0
"""Under this nobody can have read the question (J. L. Huang et al. 2012)."""

_NO_POSITION = 0xFFFF


@dataclass(frozen=True, slots=True)
class FoundFlag:
    """What was found, and the rows (ascending) of those whom it was found of."""

    kind: FlagKind
    rows: NDArray[np.intp]


def find_flags(responses: Responses, questions: Sequence[str]) -> tuple[FoundFlag, ...]:
    """Whose answers to these questions deserve a second look, and why; a kind without anybody is left out."""
    columns = [responses.columns[name] for name in questions]
    answered = _answered(columns, len(responses.respondents))
    straight = _straight(columns, len(responses.respondents))
    candidates = ~straight & (answered >= LONGEST_LINE)
    found = (
        FoundFlag("straight-lining", np.flatnonzero(straight)),
        FoundFlag("speed", _fast(responses.seconds, answered)),
        FoundFlag("same-id", same_ids(responses.respondents)),
        FoundFlag("same-answers", same_answers(columns, list(responses.attributes.values()), candidates)),
    )
    return tuple(each for each in found if each.rows.size)


def _answered(columns: Sequence[AnswerColumn], rows: int) -> NDArray[np.uint16]:
    """How many of the questions each respondent answered: (rows,)."""
    count = np.zeros(rows, dtype=np.uint16)
    for column in columns:
        count += column.codes < column.answered
    return count


def _straight(columns: Sequence[AnswerColumn], rows: int) -> NDArray[np.bool_]:
    """Who gave the same position, counted as the options stand on the page, in every answer of enough."""
    low = np.full(rows, _NO_POSITION, dtype=np.uint16)
    high, count = np.zeros(rows, dtype=np.uint16), np.zeros(rows, dtype=np.uint16)
    for column in columns:
        if not _has_positions(column):
            continue
        # the code of an option is its position; bits instead of masks take a tenth of the time
        given = column.codes < column.answered
        keep = np.negative(given.astype(np.uint16))  # all bits, or none
        np.minimum(low, column.codes | ~keep, out=low)
        np.maximum(high, column.codes & keep, out=high)
        count += given
    straight: NDArray[np.bool_] = (low == high) & (count >= LONGEST_LINE)
    return straight


def _has_positions(column: AnswerColumn) -> bool:
    """Whether a question has a choice or scale of enough options to tell a line from chance."""
    options = [meaning.position for meaning in column.meanings[: column.answered]]
    return len(options) >= FEWEST_POSITIONS and NO_OPTION not in options


def _fast(seconds: NDArray[np.float32] | None, answered: NDArray[np.uint16]) -> NDArray[np.intp]:
    """Who took less than two seconds an answer; of whom no time is known, nothing is said."""
    if seconds is None:
        return np.empty(0, dtype=np.intp)
    return np.flatnonzero(seconds < SECONDS_PER_ANSWER * answered)
