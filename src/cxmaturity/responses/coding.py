"""From a table's column, as it was written, to what the answers in it mean: each different value once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from cxmaturity.api import CodedColumn, State
from cxmaturity.questionnaire.model import Question
from cxmaturity.responses.answers import AnswerError, read_answer
from cxmaturity.responses.model import NOT_SCORED, Answer, AnswerColumn, Grouping, code_type, immutable

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class CodedAnswers:
    """A column as understood: the answers, the words of free text by row, and the rows that are wrong.

    ``wrong`` holds row and mistake of each answer that the question does not have, in order of rows;
    in ``column`` these are unanswered.
    """

    column: AnswerColumn
    texts: dict[int, str]
    wrong: tuple[tuple[int, AnswerError], ...]
    wrong_rows: NDArray[np.intp]


def code_answers(question: Question, values: Sequence[object] | CodedColumn, most_wrong: int) -> CodedAnswers:
    """What a column answers to a question; of the wrong answers at most ``most_wrong`` are explained."""
    coded = coded_column(values)
    read = [_read(question, value) for value in coded.values]
    answers = [each for each in read if isinstance(each, Answer)]
    meanings = meanings_of(question, answers)
    number = {meaning: code for code, meaning in enumerate(meanings)}
    unanswered = number[Answer(State.UNANSWERED)]
    table = [unanswered if isinstance(each, AnswerError) else number[replace(each, text="")] for each in read]
    codes = looked_up(np.array(table, dtype=code_type(len(meanings))), coded.codes)
    bad = np.array([isinstance(each, AnswerError) for each in read], dtype=bool)
    rows = np.flatnonzero(looked_up(bad, coded.codes)) if bad.any() else np.empty(0, dtype=np.intp)
    wrong = [(int(row), read[coded.codes[row]]) for row in rows[:most_wrong]]
    return CodedAnswers(
        AnswerColumn(immutable(codes), meanings),
        _texts(coded, read) if question.answers.kind == "text" else {},
        tuple((row, error) for row, error in wrong if isinstance(error, AnswerError)),
        rows,
    )


def _read(question: Question, value: Any) -> Answer | AnswerError:
    try:
        return read_answer(question, value)
    except AnswerError as error:
        return error


def _texts(coded: CodedColumn, read: Sequence[Answer | AnswerError]) -> dict[int, str]:
    said = {code: each.text for code, each in enumerate(read) if isinstance(each, Answer) and each.text}
    return {row: said[code] for row, code in enumerate(coded.codes.tolist()) if code in said}


def meanings_of(question: Question, answers: Sequence[Answer] = ()) -> tuple[Answer, ...]:
    """What an answer to a question can mean, worst option first, and then the states without an answer.

    What can be ticked together is too much to list, so of a multiple choice it is what ``answers`` tick.
    """
    if question.answers.kind == "multiple":
        ticked = {each for each in answers if each.state is State.ANSWERED}
        return (*sorted(ticked, key=lambda each: sorted(each.ticked)), *NOT_SCORED)
    return (*_standard(question), *NOT_SCORED)


@cache
def _standard(question: Question) -> tuple[Answer, ...]:
    answers = question.answers
    if answers.kind == "text":
        return (Answer(State.ANSWERED),)
    if answers.kind == "number":
        return tuple(dict.fromkeys(Answer(State.ANSWERED, band.fraction) for band in answers.bands))
    return tuple(
        Answer(State.ANSWERED, option.fraction, position) for position, option in enumerate(answers.options)
    )


def unanswered(question: Question, rows: int) -> AnswerColumn:
    """The column of a question that nobody answered."""
    meanings = meanings_of(question)
    code = meanings.index(Answer(State.UNANSWERED))
    return AnswerColumn(immutable(np.full(rows, code, dtype=code_type(len(meanings)))), meanings)


def joined(columns: Sequence[AnswerColumn], question: Question) -> AnswerColumn:
    """The columns of several files one below the other."""
    if len(columns) == 1:
        return columns[0]
    meanings = meanings_of(question, [each for column in columns for each in column.meanings])
    number = {meaning: code for code, meaning in enumerate(meanings)}
    kind = code_type(len(meanings))
    codes = [
        looked_up(np.array([number[each] for each in column.meanings], dtype=kind), column.codes)
        for column in columns
    ]
    return AnswerColumn(immutable(np.concatenate(codes) if codes else np.empty(0, dtype=kind)), meanings)


def grouping_of(columns: Sequence[Sequence[str | None] | CodedColumn]) -> Grouping:
    """The groups that an attribute makes over several files, one below the other."""
    coded = [coded_column(column) for column in columns]
    said = {str(value) for column in coded for value in _used(column) if value not in (None, "")}
    names = tuple(sorted(said))
    number = {name: position for position, name in enumerate(names)}
    tables = [
        np.array([number.get(str(value), -1) if value else -1 for value in column.values], dtype=np.int32)
        for column in coded
    ]
    numbers = [looked_up(table, column.codes) for table, column in zip(tables, coded, strict=True)]
    return Grouping(names, immutable(np.concatenate(numbers)))


def _used(column: CodedColumn) -> list[object]:
    """The values that some row has."""
    counts = np.bincount(column.codes, minlength=len(column.values))
    return [value for value, count in zip(column.values, counts.tolist(), strict=True) if count]


def coded_column(values: Sequence[object] | CodedColumn) -> CodedColumn:
    """A column with each different value once, in the order in which they come."""
    if isinstance(values, CodedColumn):
        return values
    # 1, 1.0 and true are equal in Python, and no answer is the other
    keys = [value if type(value) is str else (type(value), repr(value)) for value in values]
    first: dict[object, int] = {}
    codes = [first.setdefault(key, len(first)) for key in keys]
    said: list[object] = [None] * len(first)
    for code, value in zip(codes, values, strict=True):
        said[code] = value
    return CodedColumn(np.array(codes, dtype=np.uint32), tuple(said))


def selected(column: Sequence[Any] | CodedColumn, rows: NDArray[np.bool_]) -> Sequence[Any] | CodedColumn:
    """A column without the rows that are not to stay."""
    if isinstance(column, CodedColumn):
        return CodedColumn(column.codes[rows], column.values)
    return [value for value, stays in zip(column, rows.tolist(), strict=True) if stays]


def looked_up(table: NDArray[Any], codes: NDArray[Any]) -> NDArray[Any]:
    """``table[codes]``, also of an empty table by no codes."""
    return np.take(table, codes) if len(codes) else table[:0]
