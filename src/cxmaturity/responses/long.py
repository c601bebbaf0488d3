"""Tables of answers in long form: a row for each answer, with respondent, question and answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from cxmaturity.api import CodedColumn, ResponseFile, ResponseTable
from cxmaturity.errors import Problem, UserError
from cxmaturity.responses.cells import (
    ANSWER,
    NOTE,
    QUESTION,
    RESPONDENT,
    SECONDS,
    answers_of,
    empty_rows,
    seconds_of,
    wrong_seconds,
)
from cxmaturity.responses.coding import looked_up
from cxmaturity.responses.grid import Grid, without_rows
from cxmaturity.responses.model import ATTRIBUTES
from cxmaturity.responses.opening import stem_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEEDED = (RESPONDENT, QUESTION, ANSWER)
_READ = (*_NEEDED, NOTE, *ATTRIBUTES, SECONDS)
_FOR_THE_EYES = ("topic", "text", "options")
"""What answer sheets show beside each question."""


def is_long(grid: Grid) -> bool:
    """Whether the three columns are there that make a row an answer."""
    return {heading.casefold() for heading in grid.headings} >= {*_NEEDED}


def long_table(file: ResponseFile, grid: Grid) -> ResponseTable:
    """What a long table says. Respondents come in the order of their first rows.

    Of two rows with the same respondent and question, or with different things about one respondent, the
    second is left out. Where no row names a respondent, they all are of one, called as the file. Raises
    :class:`UserError` for columns that a long table does not have.
    """
    names = _headings_of(file, grid)
    grid = _with_respondent(file, grid, names[RESPONDENT])
    grid = without_rows(grid, _unusable(file, grid, names))
    grid = without_rows(grid, _contradicting(file, grid, names))
    return _Pivot(grid, names).table()


def _headings_of(file: ResponseFile, grid: Grid) -> dict[str, int]:
    names: dict[str, int] = {}
    problems = []
    for number, heading in enumerate(grid.headings):
        name = heading.casefold()
        if name in names:
            what, fix = f"two columns are called '{name}'", "remove one of them"
            problems.append(Problem(file.name, 1, number + 1, what, fix))
        elif name in _READ:
            names[name] = number
        elif name not in _FOR_THE_EYES and (name or _says_something(grid.columns[number])):
            what = f"a table with a row for each answer has no column '{heading}'"
            problems.append(Problem(file.name, 1, number + 1, what, f"use only {', '.join(_READ)}"))
    if problems:
        raise UserError(problems)
    return names


def _with_respondent(file: ResponseFile, grid: Grid, number: int) -> Grid:
    """The table with the file's name in the column of respondents, if that is empty from top to bottom."""
    if len(empty_rows(grid.columns[number])) < grid.rows:
        return grid
    columns = list(grid.columns)
    columns[number] = CodedColumn(np.zeros(grid.rows, dtype=np.uint32), (stem_of(file),))
    return replace(grid, columns=tuple(columns))


def _says_something(column: CodedColumn) -> bool:
    return any(value is not None for value in column.values)


def _unusable(file: ResponseFile, grid: Grid, names: Mapping[str, int]) -> dict[int, Problem]:
    """The rows that lack respondent or question, or that took no number of seconds."""
    problems = wrong_seconds(file, grid, names)
    for name in (QUESTION, RESPONDENT):
        for row in empty_rows(grid.columns[names[name]]):
            problem = f"'{name}' is empty", "fill it in, or remove the row"
            problems[row] = Problem(file.name, grid.line(row), names[name] + 1, *problem)
    return problems


def _contradicting(file: ResponseFile, grid: Grid, names: Mapping[str, int]) -> dict[int, Problem]:
    """The rows that answer a question a second time, or say another thing about the respondent."""
    people, questions = _order(grid.columns[names[RESPONDENT]]), _order(grid.columns[names[QUESTION]])
    problems: dict[int, Problem] = {}
    for name in (*ATTRIBUTES, SECONDS):
        if name in names:
            for row, first in _changed(people.numbers, grid.columns[names[name]]):
                what = f"'{name}' is not what row {grid.line(first)} says of the same respondent"
                fix = "give each respondent one"
                problems[row] = Problem(file.name, grid.line(row), names[name] + 1, what, fix)
    for row, first in _repeated(people.numbers * len(questions.values) + questions.numbers):
        what = f"row {grid.line(first)} has the same respondent and question"
        problems[row] = Problem(file.name, grid.line(row), names[QUESTION] + 1, what, "remove one of the two")
    return problems


@dataclass(frozen=True, slots=True)
class _Order:
    """The different values of a column in the order of their first rows, and each row's number among them."""

    values: Sequence[Any]
    numbers: NDArray[np.int64]
    first: NDArray[np.intp]


def _order(column: CodedColumn) -> _Order:
    unique = {value: number for number, value in enumerate(dict.fromkeys(column.values))}
    same = np.array([unique[value] for value in column.values], dtype=np.int64)
    used, first, numbers = np.unique(looked_up(same, column.codes), return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    values = list(unique)
    return _Order([values[number] for number in used[order].tolist()], looked_up(rank, numbers), first[order])


def _repeated(keys: NDArray[np.int64]) -> list[tuple[int, int]]:
    """The rows whose key an earlier row has, each with that row."""
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    earliest = looked_up(first, inverse)
    rows = np.flatnonzero(earliest != np.arange(len(keys)))
    return list(zip(rows.tolist(), earliest[rows].tolist(), strict=True))


def _changed(people: NDArray[np.int64], column: CodedColumn) -> list[tuple[int, int]]:
    """The rows in which a column says another thing than the respondent's first row that says anything."""
    order = _order(column)
    said = np.array([value is not None for value in order.values], dtype=bool)
    rows = np.flatnonzero(looked_up(said, order.numbers))
    _, first, inverse = np.unique(people[rows], return_index=True, return_inverse=True)
    earliest = rows[looked_up(first, inverse)]
    other = order.numbers[rows] != order.numbers[earliest]
    return list(zip(rows[other].tolist(), earliest[other].tolist(), strict=True))


class _Pivot:
    """A long table without contradictions, turned into columns by question."""

    def __init__(self, grid: Grid, names: Mapping[str, int]) -> None:
        self._grid = grid
        self._names = names
        self._people = _order(grid.columns[names[RESPONDENT]])
        self._questions = _order(grid.columns[names[QUESTION]])

    def table(self) -> ResponseTable:
        """The table, a row for each respondent."""
        grid, names = self._grid, self._names
        everything = np.arange(grid.rows)
        about = {
            name: self._column(grid.columns[names[name]], self._saying(name))
            for name in (*ATTRIBUTES, SECONDS)
            if name in names
        }
        seconds = about.pop(SECONDS, None)
        answers = {
            name: self._column(grid.columns[names[ANSWER]], everything[self._questions.numbers == number])
            for number, name in enumerate(self._questions.values)
        }
        return ResponseTable(
            respondents=self._people.values,
            attributes=about,
            answers={
                name: answers_of(column, decimal_comma=grid.decimal_comma) for name, column in answers.items()
            },
            notes=self._notes(),
            places=_Places(grid, names, self._people, self._questions),
            survey=True,
            left_out=grid.left_out,
            seconds=None if seconds is None else seconds_of(seconds, decimal_comma=grid.decimal_comma),
        )

    def _saying(self, name: str) -> NDArray[np.intp]:
        """The rows in which a column says something."""
        column = self._grid.columns[self._names[name]]
        said = np.array([value is not None for value in column.values], dtype=bool)
        return np.flatnonzero(looked_up(said, column.codes))

    def _column(self, column: CodedColumn, rows: NDArray[np.intp]) -> CodedColumn:
        """What these rows say, for each respondent; nothing for one who has none of them."""
        used, codes = np.unique(column.codes[rows], return_inverse=True)
        by_person = np.full(len(self._people.values), len(used), dtype=np.uint32)
        by_person[self._people.numbers[rows]] = codes
        return CodedColumn(by_person, (*(column.values[code] for code in used.tolist()), None))

    def _notes(self) -> dict[tuple[int, str], str]:
        if NOTE not in self._names:
            return {}
        column = self._grid.columns[self._names[NOTE]]
        people, questions = self._people.numbers, self._questions
        return {
            (int(people[row]), questions.values[questions.numbers[row]]): str(
                column.values[column.codes[row]]
            )
            for row in self._saying(NOTE).tolist()
        }


class _Places:
    """The row of an answer, and the column of what is meant."""

    def __init__(self, grid: Grid, names: Mapping[str, int], people: _Order, questions: _Order) -> None:
        self._grid = grid
        self._names = names
        self._people = people
        self._questions = questions
        self._number = {name: number for number, name in enumerate(questions.values)}
        keys = people.numbers * len(questions.values) + questions.numbers
        self._rows = np.argsort(keys)
        self._keys = keys[self._rows]

    def __call__(
        self, row: int, part: Literal["respondent", "question", "answer", "note"], question: str = ""
    ) -> tuple[int, int]:
        return self._grid.line(self._row(row, part, question)), self._names[part] + 1

    def _row(self, row: int, part: str, question: str) -> int:
        """The respondent's row on the question, or the first of the respondent or the question."""
        if part == RESPONDENT:
            return int(self._people.first[row])
        number = self._number[question]
        key = row * len(self._questions.values) + number
        at = int(np.searchsorted(self._keys, key))
        if at < len(self._keys) and self._keys[at] == key:
            return int(self._rows[at])
        return int(self._questions.first[number])
