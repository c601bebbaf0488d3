"""Reads response files in YAML: one or many respondents a file, every problem at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import Field

from cxmaturity.api import State
from cxmaturity.errors import Problem, UserError
from cxmaturity.fileformat import Strict, Text
from cxmaturity.questionnaire.model import Question, Questionnaire
from cxmaturity.responses.answers import Answer, AnswerError, read_answer
from cxmaturity.responses.model import Responses, read_only
from cxmaturity.yamlfile import YamlDocument, read_yaml, validate

_ATTRIBUTES = ("role", "department", "country", "tenure", "wave")


class RespondentFile(Strict):
    """One respondent as written."""

    id: Text
    role: str | None = None
    department: str | None = None
    country: str | None = None
    tenure: str | None = None
    wave: str | None = None
    answers: dict[str, Any] = Field(default_factory=dict)
    notes: dict[str, str] = Field(default_factory=dict)


class ResponsesFile(Strict):
    """A file of respondents."""

    respondents: list[RespondentFile]


@dataclass(frozen=True, slots=True)
class _Row:
    """A respondent whose answers were understood."""

    file: RespondentFile
    answers: Mapping[str, Answer]
    place: str


def read_responses(
    paths: Sequence[Path], questionnaire: Questionnaire, *, names: Mapping[Path, str] | None = None
) -> Responses:
    """The responses of all files together, in the order of files and of respondents in them.

    ``names`` says how to call a file in messages. Raises :class:`UserError` with every problem of
    every file: unknown questions and answers, and respondents listed twice.
    """
    questions = {question.id: question for question in questionnaire.questions()}
    problems: list[Problem] = []
    rows: list[_Row] = []
    for path in paths:
        try:
            document = read_yaml(path, name=(names or {}).get(path, str(path)))
        except UserError as error:
            problems += error.problems
            continue
        file, found = validate(document, ResponsesFile)
        problems += found
        for number, respondent in enumerate(file.respondents if file else ()):
            loc = ("respondents", number)
            rows.append(_read_respondent(respondent, document, loc, questions, problems))
    problems += _listed_twice(rows)
    if problems:
        raise UserError(problems)
    return _columns(rows, list(questions.values()))


def _read_respondent(
    respondent: RespondentFile,
    document: YamlDocument,
    loc: tuple[str | int, ...],
    questions: Mapping[str, Question],
    problems: list[Problem],
) -> _Row:
    answers: dict[str, Answer] = {}
    for section in ("answers", "notes"):
        for name in getattr(respondent, section):
            if name not in questions:
                what = f"there is no question '{name}'"
                problems.append(
                    document.problem((*loc, section, name), what, _nearest(name, questions), key=True)
                )
    for name, value in respondent.answers.items():
        if name not in questions:
            continue
        try:
            answers[name] = read_answer(questions[name], value)
        except AnswerError as error:
            problems.append(document.problem((*loc, "answers", name), f"{name}: {error.what}", error.fix))
    line, column = document.place((*loc, "id"))
    return _Row(respondent, answers, f"{document.file}:{line}:{column}")


def _nearest(name: str, questions: Iterable[str]) -> str:
    close = get_close_matches(name, questions, n=1)
    return f"did you mean '{close[0]}'?" if close else "see the ids with `cxmaturity questionnaires show ID`"


def _listed_twice(rows: Sequence[_Row]) -> list[Problem]:
    first: dict[str, str] = {}
    problems = []
    for row in rows:
        if row.file.id in first:
            file, line, column = row.place.rsplit(":", 2)
            what = f"respondent '{row.file.id}' is listed twice, first at {first[row.file.id]}"
            problems.append(
                Problem(file, int(line), int(column), what, "give each respondent one entry and one id")
            )
        first.setdefault(row.file.id, row.place)
    return problems


def _columns(rows: Sequence[_Row], questions: Sequence[Question]) -> Responses:
    import numpy as np  # lazy: `check` of a broken workspace ends before this

    shape = (len(rows), len(questions))
    fractions = np.full(shape, np.nan, dtype=np.float32)
    states = np.full(shape, State.UNANSWERED, dtype=np.uint8)
    positions = np.full(shape, -1, dtype=np.int16)
    ticked = {
        question.id: np.zeros((len(rows), len(question.answers.options)), dtype=bool)
        for question in questions
        if question.answers.kind == "multiple"
    }
    notes: dict[tuple[int, str], str] = {}
    texts: dict[tuple[int, str], str] = {}
    column = {question.id: number for number, question in enumerate(questions)}
    for number, row in enumerate(rows):
        for name, answer in row.answers.items():
            cell = number, column[name]
            fractions[cell], states[cell], positions[cell] = answer.fraction, answer.state, answer.position
            if answer.ticked:
                ticked[name][number, sorted(answer.ticked)] = True
            if answer.text:
                texts[number, name] = answer.text
        notes.update({(number, name): note for name, note in row.file.notes.items()})
    read_only(fractions, states, positions, *ticked.values())
    attributes = {name: tuple(getattr(row.file, name) for row in rows) for name in _ATTRIBUTES}
    return Responses(
        respondents=tuple(row.file.id for row in rows),
        attributes={name: values for name, values in attributes.items() if any(values)},
        questions=tuple(question.id for question in questions),
        fractions=fractions,
        states=states,
        positions=positions,
        ticked=ticked,
        notes=notes,
        texts=texts,
    )
