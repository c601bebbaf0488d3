"""Reads response files of every kind that plugins know, and checks what was answered."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from cxmaturity.api import CodedColumn, ResponseFile, ResponseTable
from cxmaturity.errors import Problem, UserError
from cxmaturity.plugins import Plugins, describe, guarded
from cxmaturity.questionnaire.model import Question, Questionnaire
from cxmaturity.responses.answers import AnswerError
from cxmaturity.responses.model import (
    ATTRIBUTES,
    AnswerColumn,
    Grouping,
    ResponseFileRead,
    Responses,
    immutable,
)
from cxmaturity.responses.tables import checked_table
from cxmaturity.suggesting import did_you_mean

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_NAMED = 1000
"""How many mistakes are named of a column with more of them than anybody reads."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A file and its table."""

    file: ResponseFile
    table: ResponseTable

    def place(self, row: int, part: str, question: str = "") -> tuple[int, int]:
        """Line and column of one part of a respondent's entry, 0 where the reader does not say."""
        places = self.table.places
        return (0, 0) if places is None else places(row, part, question)  # type: ignore[arg-type]

    def problem(self, row: int, part: str, question: str, mistake: tuple[str, str]) -> Problem:
        """A mistake, what is wrong and what to do, in one part of a respondent's entry."""
        line, column = self.place(row, part, question)
        what, fix = mistake
        of_nobody = line or not self.table.respondents  # a table may ask what there is not, and hold nobody
        named = what if of_nobody else f"respondent '{self.table.respondents[row]}': {what}"
        return Problem(self.file.name, line, column, named, fix)


@dataclass(frozen=True, slots=True)
class _Read:
    """What was understood of a file.

    ``stays`` says which rows have no mistake, ``None`` where that is all of them; ``answers`` and
    ``texts`` are of all rows.
    """

    source: _Source
    answers: Mapping[str, AnswerColumn]
    texts: Mapping[tuple[int, str], str]
    stays: NDArray[np.bool_] | None = None
    left_out: tuple[Problem, ...] = ()

    @property
    def table(self) -> ResponseTable:
        """The file's table."""
        return self.source.table


def read_responses(
    paths: Sequence[Path],
    questionnaire: Questionnaire,
    plugins: Plugins,
    *,
    names: Mapping[Path, str] | None = None,
    partial: bool = False,
) -> Responses:
    """The responses of all files together, in the order of files and of respondents in them.

    ``plugins`` bring the readers; ``names`` says how to call a file in messages. With ``partial``, answers
    to dimensions that the questionnaire does not have are passed over: part of it is missing. Raises
    :class:`UserError` with every problem of every file: those that no reader can read, unknown questions
    and answers, and respondents listed twice. In a survey, rows with a mistake are left out instead.
    """
    questions = {question.id: question for question in questionnaire.questions()}
    problems: list[Problem] = []
    read: list[_Read] = []
    for path in paths:
        file = ResponseFile(path, (names or {}).get(path, str(path)))
        try:
            table = _table(file, plugins)
            if partial:
                table = _asked_only(table, {name.partition(".")[0] for name in questions})
        except UserError as error:
            problems += error.problems
            continue
        one, found = _understood(_Source(file, table), questions)
        read.append(one)
        problems += found
    problems += _listed_twice(read)
    if problems:
        raise UserError(problems)
    return _columns(read, questions)


def _table(file: ResponseFile, plugins: Plugins) -> ResponseTable:
    """What a file says, by the reader of its suffix."""
    suffix = file.path.suffix.lower()
    if suffix not in plugins.readers:
        fix = f"use one of {', '.join(plugins.readers)}, or install a plugin that reads it"
        raise UserError.about(file.name, f"files ending in '{suffix}' cannot be read", fix)
    reader, name = plugins.readers[suffix]
    result = guarded(lambda: checked_table(reader.read(file)))
    if not isinstance(result, BaseException):
        return result
    plugin = plugins.named(name)
    if plugin.first_party or (isinstance(result, UserError) and _in_order(result)):
        raise result  # the user's mistake, or a bug of ours
    fix = "ask its author, or take the file out"
    raise UserError.about(file.name, f"{plugin.origin} failed reading it: {describe(result)}", fix)


def _in_order(error: UserError) -> bool:
    """Whether it holds what it should: a plugin's author may have given it a text."""
    problems: Sequence[object] = error.problems
    return all(isinstance(each, Problem) for each in problems)


def _asked_only(table: ResponseTable, dimensions: Container[str]) -> ResponseTable:
    """A table without what was said about dimensions that are not asked."""
    return replace(
        table,
        answers={
            name: column for name, column in table.answers.items() if name.partition(".")[0] in dimensions
        },
        notes={
            (row, name): note
            for (row, name), note in table.notes.items()
            if name.partition(".")[0] in dimensions
        },
    )


def _understood(source: _Source, questions: Mapping[str, Question]) -> tuple[_Read, list[Problem]]:
    """What the questions have of a table's answers, and what is wrong with the file as a whole."""
    from cxmaturity.responses.coding import code_answers  # lazy: numpy

    table = source.table
    problems = [*_unknown_questions(source, questions), *_unknown_notes(source, questions)]
    answers: dict[str, AnswerColumn] = {}
    texts: dict[tuple[int, str], str] = {}
    wrong: list[Problem] = []
    bad_rows: list[NDArray[np.intp]] = []
    for name, column in table.answers.items():
        if name not in questions:
            continue
        coded = code_answers(questions[name], column, MOST_NAMED)
        answers[name] = coded.column
        texts |= {(row, name): text for row, text in coded.texts.items()}
        wrong += [
            source.problem(row, "answer", name, _mistake(name, error, unnamed=table.survey))
            for row, error in coded.wrong
        ]
        bad_rows.append(coded.wrong_rows)
    if not table.survey:
        return _Read(source, answers, texts), sorted([*problems, *wrong])
    read = _Read(source, answers, texts, _staying(table, bad_rows), (*table.left_out, *sorted(wrong)))
    return read, problems


def _mistake(question: str, error: AnswerError, *, unnamed: bool) -> tuple[str, str]:
    """What is wrong with an answer; where nobody is to be named, without what it says."""
    if unnamed:
        return f"{question}: this is no answer to it", "correct the cell, or leave it empty"
    return f"{question}: {error.what}", error.fix


def _staying(table: ResponseTable, bad_rows: Sequence[NDArray[np.intp]]) -> NDArray[np.bool_] | None:
    """The rows of a survey without a mistake; ``None`` if that is all of them."""
    import numpy as np

    if not any(rows.size for rows in bad_rows):
        return None
    stays = np.ones(len(table.respondents), dtype=bool)
    for rows in bad_rows:
        stays[rows] = False
    return stays


def _unknown_questions(source: _Source, questions: Mapping[str, Question]) -> Iterator[Problem]:
    table = source.table
    for name, column in table.answers.items():
        if name in questions:
            continue
        mistake = f"there is no question '{name}'", _nearest(name, questions)
        if table.survey or not isinstance(column, Sequence):  # a column, which is wrong once
            yield source.problem(0, "question", name, mistake)
            continue
        for row, value in enumerate(column):
            if value is not None:
                yield source.problem(row, "question", name, mistake)


def _unknown_notes(source: _Source, questions: Mapping[str, Question]) -> Iterator[Problem]:
    for row, name in source.table.notes:
        if name not in questions:
            yield source.problem(
                row, "note", name, (f"there is no question '{name}'", _nearest(name, questions))
            )


def _nearest(name: str, questions: Iterable[str]) -> str:
    return did_you_mean(name, questions, "see the ids with `cxmaturity questionnaires show ID`")


def _listed_twice(read: Sequence[_Read]) -> Iterator[Problem]:
    """Ids that stand twice in files that people wrote; in surveys they are pointed out, not refused."""
    first: dict[str, str] = {}
    for each in read:
        if each.table.survey:
            continue
        for row, name in enumerate(each.table.respondents):
            line, column = each.source.place(row, "respondent")
            file = each.source.file.name
            place = f"{file}:{line}:{column}" if line else file
            if name in first:
                what = f"respondent '{name}' is listed twice, first at {first[name]}"
                yield Problem(file, line, column, what, "give each respondent one entry and one id")
            first.setdefault(name, place)


def _columns(read: Sequence[_Read], questions: Mapping[str, Question]) -> Responses:
    """All files one below the other, without the rows that are left out."""
    from cxmaturity.responses.coding import joined, unanswered  # lazy: numpy

    kept = [_kept(each) for each in read]
    starts = [sum(len(each.respondents) for each in kept[:number]) for number in range(len(kept))]
    return Responses(
        respondents=tuple(chain.from_iterable(each.respondents for each in kept)),
        attributes=_attributes(kept),
        columns={
            name: joined(
                [each.answers.get(name) or unanswered(question, len(each.respondents)) for each in kept]
                or [unanswered(question, 0)],
                question,
            )
            for name, question in questions.items()
        },
        notes=_moved([each.notes for each in kept], starts),
        texts=_moved([each.texts for each in kept], starts),
        seconds=_seconds(kept),
        survey=any(each.table.survey for each in read),
        files=tuple(
            ResponseFileRead(
                each.source.file.name,
                len(each.table.respondents) + len(each.table.left_out),
                len(each.table.respondents) - len(rows.respondents) + len(each.table.left_out),
            )
            for each, rows in zip(read, kept, strict=True)
        ),
        left_out=tuple(problem for each in read for problem in each.left_out),
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    """What stays of a file."""

    respondents: Sequence[str]
    attributes: Mapping[str, Sequence[str | None] | CodedColumn]
    answers: Mapping[str, AnswerColumn]
    notes: Mapping[tuple[int, str], str]
    texts: Mapping[tuple[int, str], str]
    seconds: NDArray[np.float32] | None


def _kept(read: _Read) -> _Kept:
    import numpy as np

    from cxmaturity.responses.coding import selected

    table, stays = read.table, read.stays
    seconds = None if table.seconds is None else np.asarray(table.seconds, dtype=np.float32)
    if stays is None:
        return _Kept(table.respondents, table.attributes, read.answers, table.notes, read.texts, seconds)

    row = {int(old): new for new, old in enumerate(stays.nonzero()[0])}
    return _Kept(
        tuple(name for name, here in zip(table.respondents, stays.tolist(), strict=True) if here),
        {name: selected(column, stays) for name, column in table.attributes.items()},
        {
            name: AnswerColumn(immutable(column.codes[stays]), column.meanings)
            for name, column in read.answers.items()
        },
        {(row[old], name): text for (old, name), text in table.notes.items() if old in row},
        {(row[old], name): text for (old, name), text in read.texts.items() if old in row},
        None if seconds is None else seconds[stays],
    )


def _moved(
    parts: Sequence[Mapping[tuple[int, str], str]], starts: Sequence[int]
) -> dict[tuple[int, str], str]:
    """What was written in each file, by the rows that it has among all."""
    return {
        (start + row, name): text
        for start, part in zip(starts, parts, strict=True)
        for (row, name), text in part.items()
    }


def _seconds(kept: Sequence[_Kept]) -> NDArray[np.float32] | None:
    """How long everybody took, if that is known of anybody."""
    import numpy as np

    if all(each.seconds is None for each in kept):
        return None
    parts = [
        np.full(len(each.respondents), np.nan, dtype=np.float32) if each.seconds is None else each.seconds
        for each in kept
    ]
    return immutable(np.concatenate(parts))


def _attributes(kept: Sequence[_Kept]) -> dict[str, Grouping]:
    """Each attribute that anybody has, over all files."""
    from cxmaturity.responses.coding import grouping_of

    made = {
        name: grouping_of([each.attributes.get(name, (None,) * len(each.respondents)) for each in kept])
        for name in ATTRIBUTES
        if any(name in each.attributes for each in kept)
    }
    return {name: grouping for name, grouping in made.items() if grouping.names}
