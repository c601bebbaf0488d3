"""People whose answers are written as one character each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest

from cxmaturity.api import State
from cxmaturity.responses.coding import grouping_of
from cxmaturity.responses.model import NOT_SCORED, Answer, AnswerColumn, Responses

MEANINGS = (*(Answer(State.ANSWERED, position / 4, position) for position in range(5)), *NOT_SCORED)
CODES = {
    **{str(number + 1): number for number in range(5)},
    **{
        sign: MEANINGS.index(Answer(state))
        for sign, state in {
            ".": State.UNANSWERED,
            "?": State.DONT_KNOW,
            "n": State.NOT_APPLICABLE,
            "-": State.NOT_SHOWN,
        }.items()
    },
}

People = Callable[..., Responses]


@pytest.fixture(scope="session")
def people() -> People:
    """``people({"role": "aabb"}, {"q": "13?5"})`` are four people: two in role a, two in b.

    A digit is an answer from 1 to 5, ``.`` unanswered, ``?`` don't know, ``n`` not applicable, ``-`` not
    shown; a space in an attribute means that it is not known.
    """

    def make(
        attributes: Mapping[str, Sequence[str]],
        answers: Mapping[str, str],
        ids: Sequence[str] | None = None,
    ) -> Responses:
        count = len(next(iter(answers.values())))
        columns = {
            question: AnswerColumn(np.array([CODES[sign] for sign in signs], dtype=np.uint8), MEANINGS)
            for question, signs in answers.items()
        }
        groups = {
            name: grouping_of([[None if value == " " else value for value in values]])
            for name, values in attributes.items()
        }
        return Responses(ids or tuple(f"r{number}" for number in range(count)), groups, columns)

    return make
