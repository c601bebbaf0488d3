"""What the raters said, question by question."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cxmaturity.api import Interval, Note, OptionCount, QuestionResult
from cxmaturity.questionnaire.fingerprint import fingerprint
from cxmaturity.questionnaire.model import Question
from cxmaturity.reliability import given_of, of_question
from cxmaturity.responses.model import NO_OPTION, AnswerColumn, Responses
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
    question: Question,
    responses: Responses,
    notes: Mapping[str, tuple[Note, ...]],
    mean: float | None,
    interval: Interval | None,
) -> QuestionResult:
    """The answers to one question: counts, distribution, agreement, notes, around its ``mean`` fraction."""
    column = responses.columns[question.id]
    reliability = of_question(given_of(question, column))
    return QuestionResult(
        id=question.id,
        practice=question.practice,
        topic=question.topic,
        text=question.text,
        kind=question.answers.kind,
        evidence=question.evidence,
        source=question.source,
        weight=question.weight,
        score=None if mean is None else score_of(mean),
        interval=interval,
        n=int(column.counts[: column.answered].sum()),
        states=MappingProxyType(column.by_state()),
        distribution=_distribution(question, column),
        agreement=reliability.r_wg,
        reliability=reliability,
        notes=notes.get(question.id, ()),
        suppressed=question.id in responses.hidden,
        fingerprint=fingerprint(question),
    )


def _distribution(question: Question, column: AnswerColumn) -> tuple[OptionCount, ...]:
    """How often each option was given; for a multiple choice, how often it was ticked."""
    chosen = [0] * len(question.answers.options)
    for meaning, count in zip(column.meanings, column.counts.tolist(), strict=True):
        for position in meaning.ticked or ({meaning.position} - {NO_OPTION}):
            chosen[position] += count
    return tuple(
        OptionCount(option.id, option.text, option.fraction, count)
        for option, count in zip(question.answers.options, chosen, strict=True)
    )
