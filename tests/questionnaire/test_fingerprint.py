"""A question is the same one as long as it is asked and scored the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cxmaturity.questionnaire.fingerprint import fingerprint
from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.questionnaire.model import AnswerSet, Band, Option, Question

CHOICE = Question(
    id="culture.meaning.same",
    topic="Meaning",
    text="Do they mean the same?",
    answers=AnswerSet("choice", (Option("no", "No", 0.0), Option("yes", "Yes", 1.0))),
    weight=1.0,
    roles=("leadership",),
    evidence="Notes.",
    source="S0",
)
NUMBER = replace(CHOICE, answers=AnswerSet("number", bands=(Band(0, 0.0), Band(20, 1.0)), unit="percent"))


def test_it_never_changes_between_versions_of_the_program() -> None:
    # results are kept for years: whoever changes this makes all of them incomparable
    assert fingerprint(CHOICE) == "39f920d302cb480a"
    assert fingerprint(NUMBER) == "fdae3f6ebc6162c9"


@pytest.mark.parametrize(
    "change",
    [
        {"weight": 2.0},
        {"topic": "Other"},
        {"roles": ()},
        {"help": "Think."},
        {"evidence": "A list."},
        {"source": "S1"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_changes_neither_asking_nor_scoring_is_left_out(change: dict[str, object]) -> None:
    assert fingerprint(replace(CHOICE, **change)) == fingerprint(CHOICE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [
        replace(CHOICE, text="Do they mean the same thing?"),
        replace(CHOICE, answers=replace(CHOICE.answers, kind="scale")),
        replace(CHOICE, answers=replace(CHOICE.answers, options=CHOICE.answers.options[::-1])),
        replace(CHOICE, answers=AnswerSet("choice", (Option("no", "No", 1.0), Option("yes", "Yes", 0.0)))),
        replace(CHOICE, answers=AnswerSet("choice", (Option("no", "Nay", 0.0), Option("yes", "Yes", 1.0)))),
        replace(NUMBER, answers=replace(NUMBER.answers, bands=(Band(0, 0.0), Band(30, 1.0)))),
        replace(NUMBER, answers=replace(NUMBER.answers, unit="per mille")),
        replace(NUMBER, answers=replace(NUMBER.answers, maximum=100.0)),
    ],
)
def test_what_is_asked_and_what_answers_are_worth_counts(other: Question) -> None:
    assert fingerprint(other) not in {fingerprint(CHOICE), fingerprint(NUMBER)}


def test_no_two_questions_of_a_questionnaire_have_one() -> None:
    questions = [*load_questionnaire("customer-centricity").questions()]
    assert len({fingerprint(each) for each in questions}) == len(questions) > 50
