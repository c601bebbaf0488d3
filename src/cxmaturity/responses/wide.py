"""Tables of answers in wide form: a row for each respondent, a column for each question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cxmaturity.api import ResponseFile, ResponseTable
from cxmaturity.errors import Problem, UserError
from cxmaturity.responses.cells import (
    ABOUT_PEOPLE,
    NOTE_PREFIX,
    QUESTION_ID,
    RESPONDENT,
    SECONDS,
    answers_of,
    empty_rows,
    listed,
    seconds_of,
    wrong_seconds,
)
from cxmaturity.responses.grid import Grid, without_rows
from cxmaturity.responses.model import ATTRIBUTES
from cxmaturity.responses.opening import stem_of


def is_wide(grid: Grid) -> bool:
    """Whether a column is called as a question."""
    return any(QUESTION_ID.fullmatch(heading) for heading in grid.headings)


def wide_table(file: ResponseFile, grid: Grid) -> ResponseTable:
    """What a wide table says. Raises :class:`UserError` for headings that are missing or there twice."""
    names = headings_of(file, grid)
    grid = _without_unusable(file, grid, names)
    columns = {name: grid.columns[number] for name, number in names.items()}
    notes = {
        (row, name.removeprefix(NOTE_PREFIX)): note
        for name, column in columns.items()
        if name.startswith(NOTE_PREFIX)
        for row, note in enumerate(listed(column))
        if note is not None
    }
    seconds = columns.get(SECONDS)
    return ResponseTable(
        respondents=listed(columns[RESPONDENT]) if RESPONDENT in columns else _named(file, grid),
        attributes={name: columns[name] for name in ATTRIBUTES if name in columns},
        answers={
            name: answers_of(column, decimal_comma=grid.decimal_comma)
            for name, column in columns.items()
            if name not in ABOUT_PEOPLE and not name.startswith(NOTE_PREFIX)
        },
        notes=notes,
        places=_Places(grid, names),
        survey=True,
        left_out=grid.left_out,
        seconds=None if seconds is None else seconds_of(seconds, decimal_comma=grid.decimal_comma),
    )


def headings_of(file: ResponseFile, grid: Grid) -> dict[str, int]:
    """The position of each column by its name; a column without any heading and cell is passed over."""
    names: dict[str, int] = {}
    problems = []
    for number, heading in enumerate(grid.headings):
        name = heading.casefold() if heading.casefold() in ABOUT_PEOPLE else heading
        if name in names:
            what = f"two columns are called '{name}'"
            problems.append(Problem(file.name, 1, number + 1, what, "remove one of them"))
        elif name:
            names[name] = number
        elif any(value is not None for value in grid.columns[number].values):
            problems.append(Problem(file.name, 1, number + 1, "the column has no heading", "give it one"))
    if problems:
        raise UserError(problems)
    return names


def _without_unusable(file: ResponseFile, grid: Grid, names: Mapping[str, int]) -> Grid:
    """A grid without the rows that are of nobody, or took no number of seconds."""
    columns = {name: grid.columns[number] for name, number in names.items()}
    problems = wrong_seconds(file, grid, names)
    for row in empty_rows(columns[RESPONDENT]) if RESPONDENT in columns else ():
        what, fix = "'respondent' is empty", "give each respondent an id"
        problems[row] = Problem(file.name, grid.line(row), names[RESPONDENT] + 1, what, fix)
    return without_rows(grid, problems)


def _named(file: ResponseFile, grid: Grid) -> list[str]:
    """Ids for people who have none: the file's name and their row."""
    stem = stem_of(file)
    return [f"{stem}-{grid.line(row)}" for row in range(grid.rows)]


@dataclass(frozen=True, slots=True)
class _Places:
    """The row of a respondent, and the column of a heading."""

    grid: Grid
    names: Mapping[str, int]

    def __call__(
        self, row: int, part: Literal["respondent", "question", "answer", "note"], question: str = ""
    ) -> tuple[int, int]:
        name = {RESPONDENT: RESPONDENT, "note": NOTE_PREFIX + question}.get(part, question)
        return 1 if part == "question" else self.grid.line(row), self.names.get(name, 0) + 1
