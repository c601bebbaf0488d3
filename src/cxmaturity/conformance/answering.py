"""Made-up answers to real questions, drawn from what each question lets one answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.api import PracticeAnswers, State
from cxmaturity.questionnaire.model import Practice, Question
from cxmaturity.responses.coding import meanings_of
from cxmaturity.responses.model import (
    NO_OPTION,
    Answer,
    AnswerColumn,
    Grouping,
    Responses,
    immutable,
    read_only,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOT_SCORED = (State.UNANSWERED, State.DONT_KNOW, State.NOT_APPLICABLE, State.NOT_SHOWN)
_ROLES = ("frontline", "leadership", None)
_ANSWERED = 0.8


@cache
def possible_answers(question: Question) -> tuple[Answer, ...]:
    """The answers of a question that is scored, worst first.

    Of a multiple choice they are one option each, and more and more of them.
    """
    answers = question.answers
    if answers.kind != "multiple":
        given = [each for each in meanings_of(question) if each.state is State.ANSWERED]
        return tuple(sorted(given, key=lambda each: each.fraction))
    several = [number for number, option in enumerate(answers.options) if not option.exclusive]
    sets = [frozenset({number}) for number in range(len(answers.options))]
    sets += [frozenset(several[:count]) for count in range(2, len(several) + 1)]
    sets.sort(key=answers.of_options)
    return tuple(Answer(State.ANSWERED, answers.of_options(each), ticked=each) for each in sets)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Who answered what, raters in rows and ``questions`` in columns.

    ``choices`` are numbers of possible answers, worst first, and count where ``states`` says that there
    is an answer; ``roles`` number the role of each rater.
    """

    questions: tuple[Question, ...]
    choices: NDArray[np.int64]
    states: NDArray[np.uint8]
    roles: NDArray[np.int64]

    def of(self, practice: Practice) -> Sheet:
        """The answers to the questions of one practice."""
        columns = [n for n, question in enumerate(self.questions) if question.practice == practice.id]
        return Sheet(practice.questions, self.choices[:, columns], self.states[:, columns], self.roles)

    def responses(self) -> Responses:
        """The same as the core reads it from files."""
        roles = tuple(sorted(role for role in _ROLES if role))
        numbers = np.array([roles.index(role) if role else NO_OPTION for role in _ROLES], dtype=np.int32)
        return Responses(
            respondents=tuple(f"r{number}" for number in range(len(self.choices))),
            attributes={"role": Grouping(roles, immutable(numbers[self.roles]))},
            columns={
                question.id: self._column(question, column) for column, question in enumerate(self.questions)
            },
        )

    def _column(self, question: Question, column: int) -> AnswerColumn:
        """The answers to one question."""
        chosen, missing, meanings = _codes(question)
        codes = chosen[self.choices[:, column]]
        for state, code in missing.items():
            codes[self.states[:, column] == state] = code
        return AnswerColumn(immutable(codes), meanings)


@cache
def _codes(
    question: Question,
) -> tuple[NDArray[np.uint8], Mapping[State, int], tuple[Answer, ...]]:
    """The codes of a question's possible answers and of what is not scored, and what each code means."""
    possible = possible_answers(question) if question.answers.scored else meanings_of(question)[:1]
    meanings = meanings_of(question, possible)
    chosen = np.array([meanings.index(answer) for answer in possible], dtype=np.uint8)
    return chosen, {state: meanings.index(Answer(state)) for state in NOT_SCORED}, meanings


def random_sheet(
    questions: Sequence[Question], raters: int, seed: int, *, answered: float = _ANSWERED
) -> Sheet:
    """Answers at random, with some of the cells in each of the states that are not scored.

    The first rater answers everything, so that nothing is without any answer.
    """
    random = np.random.default_rng(seed)
    choices = np.column_stack(
        [random.integers(0, _number_of_answers(question), raters) for question in questions]
    )
    rest = (1 - answered) / len(NOT_SCORED)
    states = random.choice(
        np.array([State.ANSWERED, *NOT_SCORED], dtype=np.uint8),
        p=[answered, *(rest for _ in NOT_SCORED)],
        size=choices.shape,
    )
    states[:1] = State.ANSWERED
    return _sheet(questions, choices, states, random.integers(0, len(_ROLES), raters))


def with_unanswered_question(sheet: Sheet) -> Sheet:
    """The sheet without any answer to the first question of each practice."""
    states = sheet.states.copy()
    practices: set[str] = set()
    for column, question in enumerate(sheet.questions):
        if question.answers.scored and question.practice not in practices:
            practices.add(question.practice)
            states[:, column] = State.UNANSWERED
    return replace(sheet, states=states)


def alike_sheet(questions: Sequence[Question], raters: int, where: float) -> Sheet:
    """Everybody answers the same: the worst of everything (0), the best (1), or what lies between."""
    chosen = [int(where * (_number_of_answers(question) - 1)) for question in questions]
    choices = np.tile(np.array(chosen, dtype=np.int64), (raters, 1))
    return _sheet(
        questions, choices, np.zeros(choices.shape, dtype=np.uint8), np.arange(raters) % len(_ROLES)
    )


def silent_sheet(questions: Sequence[Question], raters: int, state: State) -> Sheet:
    """Nobody answers anything."""
    choices = np.zeros((raters, len(questions)), dtype=np.int64)
    return _sheet(
        questions, choices, np.full(choices.shape, state, dtype=np.uint8), np.arange(raters) % len(_ROLES)
    )


def _sheet(
    questions: Sequence[Question],
    choices: NDArray[np.int64],
    states: NDArray[np.uint8],
    roles: NDArray[np.int64],
) -> Sheet:
    words = [column for column, question in enumerate(questions) if not question.answers.scored]
    states[:, words] = np.maximum(states[:, words], State.UNANSWERED)
    return Sheet(tuple(questions), choices, states, roles)


def _number_of_answers(question: Question) -> int:
    return len(possible_answers(question)) if question.answers.scored else 1


def practice_answers(practice: Practice, responses: Responses) -> PracticeAnswers:
    """What a scorer is handed of a practice's answers."""
    scored = [question for question in practice.questions if question.answers.scored]
    ids = tuple(question.id for question in scored)
    weights = np.array([question.weight for question in scored], dtype=np.float64)
    arrays = (responses.fractions(ids), responses.states(ids), weights)
    read_only(*arrays)
    return PracticeAnswers(practice.id, ids, *arrays, groups=responses.groups())
