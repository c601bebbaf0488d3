"""What the raters said, question by question."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.api import Note, OptionCount, QuestionResult, State
from cxmaturity.questionnaire.model import Question
from cxmaturity.responses.model import NO_OPTION, AnswerColumn, Responses
from cxmaturity.scoring.agreement import r_wg
from cxmaturity.scoring.practice import mean_of
from cxmaturity.scoring.scale import score_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
    column = responses.columns[question.id]
    counts = column.counts()
    worth = column.worth[: column.answered].astype(np.float64)
    mean = mean_of(counts[: column.answered], worth)
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
        n=int(counts[: column.answered].sum()),
        states=states_of(column, counts),
        distribution=_distribution(question, column, counts),
        agreement=r_wg(counts[: column.answered], worth) if question.answers.possible else None,
        notes=notes.get(question.id, ()),
        suppressed=question.id in responses.hidden,
    )


def states_of(column: AnswerColumn, counts: NDArray[np.int64]) -> Mapping[State, int]:
    """How many respondents are in each state, from the ``counts`` of the column's meanings."""
    found = dict.fromkeys(State, 0)
    for meaning, count in zip(column.meanings, counts.tolist(), strict=True):
        found[meaning.state] += count
    return MappingProxyType(found)


def _distribution(
    question: Question, column: AnswerColumn, counts: NDArray[np.int64]
) -> tuple[OptionCount, ...]:
    """How often each option was given; for a multiple choice, how often it was ticked."""
    chosen = [0] * len(question.answers.options)
    for meaning, count in zip(column.meanings, counts.tolist(), strict=True):
        for position in meaning.ticked or ({meaning.position} - {NO_OPTION}):
            chosen[position] += count
    return tuple(
        OptionCount(option.id, option.text, option.fraction, count)
        for option, count in zip(question.answers.options, chosen, strict=True)
    )
