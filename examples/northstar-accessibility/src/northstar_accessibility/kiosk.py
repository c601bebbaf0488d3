"""Answers from a survey on a tablet: tab-separated text, one line per person.

The first line names the columns: ``respondent``, ``role``, and then the full id of each question. A cell
holds an option's id or its position from 1, a number, words, or a state such as ``n/a``; an empty one is no
answer. Questions with several options at once have no place in such a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cxmaturity.api import Problem, Reader, ResponseFile, ResponseTable, UserError

FIXED = ("respondent", "role")
"""What the first columns are called."""
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")  # what no report can show


class KioskReader(Reader):
    """Files that end in ``.kiosk``."""

    suffixes = (".kiosk",)

    def read(self, file: ResponseFile) -> ResponseTable:
        """The people of a file. Raises :class:`UserError` with every problem of its form."""
        lines = lines_of(text_of(file))
        problems = sorted(problems_in(file.name, lines))
        if problems:
            raise UserError(problems)
        heading, *people = lines
        return ResponseTable(
            respondents=tuple(line.value(0) for line in people),
            attributes={"role": tuple(line.value(1) or None for line in people)},
            answers={
                heading.value(place): tuple(answer(line.value(place)) for line in people)
                for place in range(len(FIXED), len(heading.cells))
            },
            places=Places(heading, tuple(people)),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number in the file, from 1, and its cells as written."""

    number: int
    cells: tuple[str, ...]

    def value(self, place: int) -> str:
        """A cell without the blanks around it."""
        return self.cells[place].strip()


@dataclass(frozen=True, slots=True)
class Places:
    """Where things stand, so that the core can say so of an answer that a question does not have.

    The column is the number of the cell, from 1.
    """

    heading: Line
    people: tuple[Line, ...]

    def __call__(
        self, row: int, part: Literal["respondent", "question", "answer", "note"], question: str = ""
    ) -> tuple[int, int]:
        """Line and column of a respondent's id, of a question in the heading, or of an answer."""
        line = self.heading if part == "question" else self.people[row]
        names = [self.heading.value(place) for place in range(len(self.heading.cells))]
        return line.number, names.index(question or FIXED[0]) + 1


def text_of(file: ResponseFile) -> str:
    """The file's text. Raises :class:`UserError` where it has none."""
    try:
        return file.path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserError.about(file.name, f"cannot be read ({error.strerror})", "try another file") from None
    except UnicodeDecodeError as error:
        before = error.object[: error.start].split(b"\n")
        line, column = len(before), before[-1].count(b"\t") + 1
        raise UserError.about(
            file.name, "is not UTF-8 text", "save it as UTF-8", line=line, column=column
        ) from None


def lines_of(text: str) -> list[Line]:
    """The lines that are not empty."""
    numbered = enumerate(text.split("\n"), 1)
    return [Line(number, tuple(line.split("\t"))) for number, line in numbered if line.strip()]


def answer(cell: str) -> str | float | None:
    """A cell as the core takes it: numbers as numbers, nothing where it is empty."""
    if not _NUMBER.fullmatch(cell):
        return cell or None
    return float(cell) if "." in cell else int(cell)


def problems_in(name: str, lines: list[Line]) -> Iterator[Problem]:
    """Everything that is wrong with the form of a file."""
    if not lines:
        yield Problem(name, 0, 0, "is empty", "begin it with a line that names the columns")
        return
    heading, *people = lines
    yield from problems_in_heading(name, heading)
    for line in people:
        yield from problems_in_line(name, line, len(heading.cells))
    for line in lines:
        for column, cell in enumerate(line.cells, 1):
            if found := _INVISIBLE.search(cell):
                what = f"there is the invisible character U+{ord(found[0]):04X}"
                yield Problem(name, line.number, column, what, "remove it")


def problems_in_heading(name: str, heading: Line) -> Iterator[Problem]:
    """Columns that are missing, that have no name, or that stand there twice."""
    names = [heading.value(place) for place in range(len(heading.cells))]
    for column, expected in enumerate(FIXED, 1):
        if names[column - 1 : column] != [expected]:
            what = f"column {column} is not called '{expected}'"
            yield Problem(name, heading.number, column, what, "name it so, and separate columns by tabs")
    for column, title in enumerate(names, 1):
        if not title:
            yield Problem(name, heading.number, column, f"column {column} has no name", "name it")
        elif title in names[: column - 1]:
            what = f"there are two columns '{title}'"
            yield Problem(name, heading.number, column, what, "take one of them out")


def problems_in_line(name: str, line: Line, width: int) -> Iterator[Problem]:
    """A person without an id, or with another number of cells than the heading."""
    if not line.value(0):
        yield Problem(name, line.number, 1, "the respondent has no id", "give each person one")
    count = len(line.cells)
    if count != width:
        what = f"the line has {count} cells, the first line {width}"
        yield Problem(name, line.number, min(count, width) + 1, what, "give each column one cell")
