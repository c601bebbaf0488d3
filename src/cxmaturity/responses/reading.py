"""Reads response files of every kind that plugins know, and checks what was answered."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from cxmaturity.api import ResponseFile, ResponseTable, State
from cxmaturity.errors import Problem, UserError
from cxmaturity.plugins import Plugins, describe, guarded
from cxmaturity.questionnaire.model import Question, Questionnaire
from cxmaturity.responses.answers import Answer, AnswerError, read_answer
from cxmaturity.responses.model import ATTRIBUTES, Responses, read_only
from cxmaturity.responses.tables import checked_table


@dataclass(frozen=True, slots=True)
class _Read:
    """A file as read, and the answers in it that were understood, by row and question."""

    file: ResponseFile
    table: ResponseTable
    answers: Mapping[tuple[int, str], Answer]

    def problem(self, row: int, part: str, question: str, what: str, fix: str) -> Problem:
        """A problem with one part of a respondent's entry."""
        line, column = self.place(row, part, question)
        named = what if line else f"respondent '{self.table.respondents[row]}': {what}"
        return Problem(self.file.name, line, column, named, fix)

    def place(self, row: int, part: str, question: str = "") -> tuple[int, int]:
        """Line and column of one part of a respondent's entry, 0 where the reader does not say."""
        places = self.table.places
        return (0, 0) if places is None else places(row, part, question)  # type: ignore[arg-type]


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
    and answers, and respondents listed twice.
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
        one = _Read(file, table, {})
        answers, found = _understood(one, questions)
        read.append(_Read(file, table, answers))
        problems += sorted([*found, *_unknown_notes(one, questions)])
    problems += _listed_twice(read)
    if problems:
        raise UserError(problems)
    return _columns(read, list(questions.values()))


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


def _understood(
    read: _Read, questions: Mapping[str, Question]
) -> tuple[dict[tuple[int, str], Answer], list[Problem]]:
    """The answers that the questions have, and what is wrong with the others."""
    answers: dict[tuple[int, str], Answer] = {}
    problems: list[Problem] = []
    for name, column in read.table.answers.items():
        if name not in questions:
            what, fix = f"there is no question '{name}'", _nearest(name, questions)
            rows = (row for row, value in enumerate(column) if value is not None)
            problems += [read.problem(row, "question", name, what, fix) for row in rows]
            continue
        for row, value in enumerate(column):
            try:
                answers[row, name] = read_answer(questions[name], value)
            except AnswerError as error:
                problems.append(read.problem(row, "answer", name, f"{name}: {error.what}", error.fix))
    return answers, problems


def _unknown_notes(read: _Read, questions: Mapping[str, Question]) -> Iterator[Problem]:
    for row, name in read.table.notes:
        if name not in questions:
            what, fix = f"there is no question '{name}'", _nearest(name, questions)
            yield read.problem(row, "note", name, what, fix)


def _nearest(name: str, questions: Iterable[str]) -> str:
    close = get_close_matches(name, questions, n=1)
    return f"did you mean '{close[0]}'?" if close else "see the ids with `cxmaturity questionnaires show ID`"


def _listed_twice(read: Sequence[_Read]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for each in read:
        for row, name in enumerate(each.table.respondents):
            line, column = each.place(row, "respondent")
            place = f"{each.file.name}:{line}:{column}" if line else each.file.name
            if name in first:
                what = f"respondent '{name}' is listed twice, first at {first[name]}"
                yield Problem(each.file.name, line, column, what, "give each respondent one entry and one id")
            first.setdefault(name, place)


def _columns(read: Sequence[_Read], questions: Sequence[Question]) -> Responses:
    import numpy as np  # lazy: `check` of a broken workspace ends before this

    rows = sum(len(each.table.respondents) for each in read)
    shape = (rows, len(questions))
    fractions = np.full(shape, np.nan, dtype=np.float32)
    states = np.full(shape, State.UNANSWERED, dtype=np.uint8)
    positions = np.full(shape, -1, dtype=np.int16)
    ticked = {
        question.id: np.zeros((rows, len(question.answers.options)), dtype=bool)
        for question in questions
        if question.answers.kind == "multiple"
    }
    notes: dict[tuple[int, str], str] = {}
    texts: dict[tuple[int, str], str] = {}
    number = {question.id: position for position, question in enumerate(questions)}
    start = 0
    for each in read:
        for (row, name), answer in each.answers.items():
            cell = start + row, number[name]
            fractions[cell], states[cell], positions[cell] = answer.fraction, answer.state, answer.position
            if answer.ticked:
                ticked[name][start + row, sorted(answer.ticked)] = True
            if answer.text:
                texts[start + row, name] = answer.text
        notes.update({(start + row, name): note for (row, name), note in each.table.notes.items()})
        start += len(each.table.respondents)
    read_only(fractions, states, positions, *ticked.values())
    return Responses(
        respondents=tuple(name for each in read for name in each.table.respondents),
        attributes=_attributes(read),
        questions=tuple(question.id for question in questions),
        fractions=fractions,
        states=states,
        positions=positions,
        ticked=ticked,
        notes=notes,
        texts=texts,
    )


def _attributes(read: Sequence[_Read]) -> dict[str, tuple[str | None, ...]]:
    """Each attribute that anybody has, with one value per respondent of all files."""
    together = {
        name: tuple(
            value
            for each in read
            for value in each.table.attributes.get(name, (None,) * len(each.table.respondents))
        )
        for name in ATTRIBUTES
    }
    return {name: values for name, values in together.items() if any(values)}
