"""What the raters said, question by question."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from cxmaturity.api import Note, OptionCount, QuestionResult, State
from cxmaturity.questionnaire.model import Question
from cxmaturity.responses.model import Responses
from cxmaturity.scoring.agreement import r_wg
from cxmaturity.scoring.practice import column_means
from cxmaturity.scoring.scale import score_of


def notes_by_question(responses: Responses) -> dict[str, tuple[Note, ...]]:
    """What was written, by question, in the order of the respondents."""
    written: dict[str, list[tuple[int, str]]] = {}
    for (row, question), text in (*responses.notes.items(), *responses.texts.items()):
        written.setdefault(question, []).append((row, text))
    return {
        question: tuple(Note(responses.respondents[row], text) for row, text in sorted(rows))
        for question, rows in written.items()
    }


def question_result(
    question: Question, responses: Responses, notes: Mapping[str, tuple[Note, ...]]
) -> QuestionResult:
    """The answers to one question: mean, counts, distribution, agreement, notes."""
    column = responses.columns((question.id,))[0]
    fractions = responses.fractions[:, [column]]
    mean = float(column_means(fractions)[0])
    return QuestionResult(
        id=question.id,
        practice=question.practice,
        topic=question.topic,
        text=question.text,
        kind=question.answers.kind,
        evidence=question.evidence,
        source=question.source,
        weight=question.weight,
        score=None if np.isnan(mean) else score_of(mean),
        n=int(np.count_nonzero(responses.states[:, column] == State.ANSWERED)),
        states=_states(responses, column),
        distribution=_distribution(question, responses, column),
        agreement=r_wg(fractions[:, 0], question.answers.possible),
        notes=notes.get(question.id, ()),
        suppressed=question.id in responses.hidden,
    )


def _states(responses: Responses, column: int) -> Mapping[State, int]:
    counts = np.bincount(responses.states[:, column], minlength=len(State))
    return MappingProxyType({state: int(counts[state]) for state in State})


def _distribution(question: Question, responses: Responses, column: int) -> tuple[OptionCount, ...]:
    """How often each option was given; for a multiple choice, how often it was ticked."""
    options = question.answers.options
    if question.id in responses.ticked:
        counts = responses.ticked[question.id].sum(axis=0)
    else:
        positions = responses.positions[:, column]
        counts = np.bincount(positions[positions >= 0], minlength=len(options))
    return tuple(
        OptionCount(option.id, option.text, option.fraction, int(count))
        for option, count in zip(options, counts, strict=False)
    )
