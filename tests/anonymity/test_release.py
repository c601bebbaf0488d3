"""The anonymity minimum: what too few people answered is gone before anything is scored."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.anonymity.release import release
from cxmaturity.api import State
from cxmaturity.plugins import Selection, load_plugins
from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.responses.model import NOT_SCORED, Answer, AnswerColumn, Responses
from cxmaturity.responses.reading import read_responses


def confidential_view(responses: Responses, minimum: int) -> Responses:
    """The answers as far as they may be used."""
    return release(responses, minimum, free_text=None).responses


OURS = load_plugins(Selection(third_party=False))

SAME, SAID = "culture.meaning.same", "culture.meaning.said"
WAYS, SHARE = "retention.churn-insight.ways", "retention.churn-insight.share"


@pytest.fixture
def small(workspace: Callable[..., Path]) -> Questionnaire:
    """The small questionnaire."""
    return load_questionnaire(str(workspace() / "questionnaire.yaml"))


@pytest.fixture
def answered(small: Questionnaire, tmp_path: Path) -> Callable[..., Responses]:
    """``answered({question: answer}, …)`` are the responses of people who answered so."""

    def read(*people: dict[str, Any]) -> Responses:
        respondents = [
            {
                "id": f"r{number}",
                "role": "leadership",
                "answers": answers,
                "notes": {SAME: "I, the director."},
            }
            for number, answers in enumerate(people)
        ]
        path = tmp_path / "answers.yaml"
        path.write_text(json.dumps({"respondents": respondents}), encoding="utf-8")  # which YAML is, too
        return read_responses([path], small, OURS)

    return read


def test_a_question_with_four_answers_is_blanked_and_one_with_five_kept(
    answered: Callable[..., Responses],
) -> None:
    both = {SAME: 5, SHARE: 90, WAYS: ["calls"]}
    responses = answered(*[both] * 4, {SAME: 1, SHARE: "dont-know", WAYS: "n/a"})
    view = confidential_view(responses, 5)
    assert view.fractions([SAME])[:, 0].tolist() == [1, 1, 1, 1, 0]
    assert np.isnan(view.fractions([SHARE, WAYS])).all()
    # not even that somebody does not know, or that it does not apply to somebody
    assert (view.states([SHARE, WAYS]) == State.NOT_SHOWN).all()
    assert {meaning.state for meaning in view.columns[WAYS].meanings} == set(State) - {State.ANSWERED}
    assert view.hidden == {SHARE, WAYS}


def test_ticks_of_enough_people_are_kept(answered: Callable[..., Responses]) -> None:
    view = confidential_view(answered(*[{WAYS: ["calls"]}] * 4, {WAYS: ["letters"]}), 5)
    column = view.columns[WAYS]
    assert [(column.meanings[code].ticked) for code in column.codes] == [*[{0}] * 4, {1}]


def test_what_single_people_wrote_is_left_out_however_many_they_are(
    answered: Callable[..., Responses],
) -> None:
    responses = answered(*[{SAME: 3, SAID: "Much."}] * 9)
    assert len(responses.notes) == len(responses.texts) == 9
    view = confidential_view(responses, 5)
    assert (dict(view.notes), dict(view.texts)) == ({}, {})


def test_that_one_person_had_no_case_is_hidden_too(answered: Callable[..., Responses]) -> None:
    view = confidential_view(answered({SAME: "n/a"}, {}), 5)
    assert view.hidden == {SAME}
    assert view.states([SAME])[0, 0] == State.NOT_SHOWN


def test_a_question_that_everybody_passed_over_is_not_called_hidden(
    answered: Callable[..., Responses],
) -> None:
    assert confidential_view(answered({}, {SAME: "not-shown"}), 5).hidden == frozenset()


def test_the_responses_themselves_stay_and_the_view_cannot_be_changed(
    answered: Callable[..., Responses],
) -> None:
    responses = answered({SAME: 5})
    view = confidential_view(responses, 5)
    assert responses.fractions([SAME])[0, 0] == 1
    for column in view.columns.values():
        with pytest.raises(ValueError, match="read-only"):
            column.codes[0] = 0


@given(st.data(), st.integers(3, 6))
def test_no_question_is_left_that_fewer_than_the_minimum_answered(data: st.DataObject, minimum: int) -> None:
    people, asked = data.draw(st.integers(0, 9)), data.draw(st.integers(1, 4))
    cells = data.draw(
        st.lists(st.sampled_from(list(State)), min_size=people * asked, max_size=people * asked)
    )
    states = np.array(cells, dtype=np.uint8).reshape(people, asked)
    # whose codes are the numbers of the states; of a text only that it was given is known, so none is alike
    meanings = (Answer(State.ANSWERED), *NOT_SCORED)
    responses = Responses(
        respondents=tuple(map(str, range(people))),
        attributes={},
        columns={str(column): AnswerColumn(states[:, column], meanings) for column in range(asked)},
    )
    view = confidential_view(responses, minimum)
    for column, question in enumerate(responses.questions):
        before = int((states[:, column] == State.ANSWERED).sum())
        after = int((view.states([question]) == State.ANSWERED).sum())
        assert after == (before if before >= minimum else 0)
        said = set(states[:, column].tolist()) - {State.UNANSWERED, State.NOT_SHOWN}
        assert (question in view.hidden) == (bool(said) and before < minimum)
