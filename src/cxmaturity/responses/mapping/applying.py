"""Reads an export as its confirmed mapping says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from cxmaturity.api import CodedColumn, Problem, ResponseFile, ResponseTable
from cxmaturity.errors import UserError
from cxmaturity.responses.coding import looked_up, selected
from cxmaturity.responses.grid import read_grid
from cxmaturity.responses.mapping.cells import UNKNOWN, answer_of, words_of
from cxmaturity.responses.mapping.dates import seconds_of
from cxmaturity.responses.mapping.export import Export, export_of, text_of
from cxmaturity.responses.mapping.finding import columns_in
from cxmaturity.responses.mapping.format import ColumnFile, MappingFile, read_mapping
from cxmaturity.responses.mapping.ticks import joined_ticks, tick_of
from cxmaturity.responses.opening import stem_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def read_mapped(file: ResponseFile, mapping: Path) -> ResponseTable:
    """The answers in an export, read as the mapping file says.

    A row with a value that the mapping does not know is left out and named. One that the mapping says is no
    answer is left out as well, and is no mistake. Raises :class:`UserError` where the mapping has a mistake,
    is not confirmed, or does not fit the file's headings.
    """
    name = str(Path(file.name).with_name(mapping.name))
    read, document = read_mapping(mapping, name)
    if read.confirmed != "yes":
        what = "the mapping has not been confirmed"
        fix = "check what it says of each column, then set `confirmed: yes`"
        raise UserError([document.problem(("confirmed",), what, fix)])
    export = export_of(file.name, read.tool, read_grid(file, header_rows=read.heading_rows))
    return _Applied(export, read, columns_in(export, read, document), name, stem_of(file)).table()


@dataclass(frozen=True, slots=True)
class _Used:
    """A column of the file with what the mapping says of it; ``number`` counts from 0."""

    number: int
    file: ColumnFile
    cells: CodedColumn


class _Applied:
    """A mapping at work on an export: what it makes of each column, and which rows are wrong."""

    def __init__(
        self, export: Export, mapping: MappingFile, places: Sequence[int], name: str, stem: str
    ) -> None:
        self._export = export
        self._mapping = mapping
        self._name, self._stem = name, stem
        self._wrong: list[tuple[int, NDArray[np.intp], tuple[str, str]]] = []
        self._columns = [
            _Used(place, column, export.columns[place])
            for place, column in zip(places, mapping.columns, strict=True)
        ]

    def table(self) -> ResponseTable:
        """The table that the core takes."""
        answers = {**self._answers(), **self._choices()}
        attributes = {
            used.file.attribute: self._translated(used, _value_of(used.file))
            for used in self._columns
            if used.file.attribute
        }
        stays = self._meant_as_answers()
        problems = self._problems(stays)
        stays[list(problems)] = False
        respondents = self._respondents(stays)
        return ResponseTable(
            respondents=respondents,
            answers={name: selected(column, stays) for name, column in answers.items()},
            attributes={name: selected(column, stays) for name, column in attributes.items()},
            notes=self._notes(stays),
            places=_Places(self._export.lines[stays], self._columns),
            survey=True,
            left_out=sorted([*self._export.left_out, *problems.values()]),
            seconds=self._seconds(stays),
        )

    def _meant_as_answers(self) -> NDArray[np.bool_]:
        """Flags, bool (rows,): not the rows that the mapping leaves out. Who confirmed it wants that."""
        import numpy as np

        stays = np.ones(len(self._export.lines), dtype=bool)
        for used in self._columns:
            if values := used.file.leave_out:
                out = np.array([text_of(value) in values for value in used.cells.values], dtype=bool)
                stays &= ~(np.take(out, used.cells.codes) if len(out) else out)
        return stays

    def _answers(self) -> dict[str, CodedColumn]:
        """Each question that has a column to itself."""
        return {
            used.file.question: self._translated(used, _answer_of(used.file, self._mapping))
            for used in self._columns
            if used.file.question and used.file.option is None
        }

    def _choices(self) -> dict[str, CodedColumn]:
        """Each multiple choice that has a column for each option."""
        parts: dict[str, list[CodedColumn]] = {}
        for used in self._columns:
            if used.file.question and used.file.option is not None:
                column = self._translated(used, _tick_of(used.file, self._mapping))
                parts.setdefault(used.file.question, []).append(column)
        return {question: joined_ticks(columns) for question, columns in parts.items()}

    def _translated(self, used: _Used, meaning: Callable[[Any], Any]) -> CodedColumn:
        """A column with each different value translated once; rows with an unknown one are noted."""
        import numpy as np

        counts = np.bincount(used.cells.codes, minlength=len(used.cells.values)).tolist()
        values = [
            meaning(value) if count else None for value, count in zip(used.cells.values, counts, strict=True)
        ]
        unknown = np.array([value is UNKNOWN for value in values], dtype=bool)
        if unknown.any():
            rows = np.flatnonzero(unknown[used.cells.codes])
            self._wrong.append((used.number, rows, _mistake(used.file, self._name)))
        known = tuple(None if value is UNKNOWN else value for value in values)
        return CodedColumn(used.cells.codes, known)

    def _problems(self, looked_at: NDArray[np.bool_]) -> dict[int, Problem]:
        """Each row with a mistake, of those that are looked at, with its first one."""
        found: dict[int, Problem] = {}
        lines = self._export.lines.tolist()
        for number, rows, (what, fix) in self._wrong:
            for row in rows.tolist():
                if looked_at[row] and row not in found:
                    found[row] = Problem(self._export.name, lines[row], number + 1, what, fix)
        return found

    def _respondents(self, stays: NDArray[np.bool_]) -> list[str]:
        """The id of each row, or the file's name and the row's number in it where it has none."""
        lines = self._export.lines[stays].tolist()
        used = next(self._with("respondent"), None)
        if used is None:
            return [f"{self._stem}-{line}" for line in lines]
        ids = [text_of(value) for value in used.cells.values]
        codes = used.cells.codes[stays].tolist()
        return [ids[code] or f"{self._stem}-{line}" for code, line in zip(codes, lines, strict=True)]

    def _with(self, role: str) -> Iterator[_Used]:
        return (used for used in self._columns if used.file.role == role)

    def _notes(self, stays: NDArray[np.bool_]) -> dict[tuple[int, str], str]:
        notes: dict[tuple[int, str], str] = {}
        for used in self._columns:
            if not used.file.note:
                continue
            said = [words_of(value, self._mapping) for value in used.cells.values]
            for row, code in enumerate(used.cells.codes[stays].tolist()):
                if text := said[code]:
                    notes[row, used.file.note] = text
        return notes

    def _seconds(self, stays: NDArray[np.bool_]) -> NDArray[np.float64] | None:
        """How long each respondent took: as the tool says, else from start to end."""
        taken = next((_numbers(used.cells, _duration) for used in self._with("seconds")), None)
        if taken is not None:
            return taken[stays]
        start, end = (next(self._with(role), None) for role in ("start", "end"))
        if start is None or end is None:
            return None
        return _not_below_0(_times(end) - _times(start))[stays]


def _answer_of(column: ColumnFile, mapping: MappingFile) -> Callable[[Any], Any]:
    return lambda value: answer_of(value, column, mapping)


def _tick_of(column: ColumnFile, mapping: MappingFile) -> Callable[[Any], Any]:
    return lambda value: tick_of(value, column, mapping)


def _value_of(column: ColumnFile) -> Callable[[Any], Any]:
    """An attribute's value: translated where the mapping translates any, else as it is written."""

    def meaning(value: Any) -> Any:
        text = text_of(value)
        if not text:
            return None
        return column.values.get(text, UNKNOWN) if column.values else text

    return meaning


def _mistake(column: ColumnFile, mapping: str) -> tuple[str, str]:
    """What is wrong with a cell that the mapping does not know, without repeating it."""
    if column.kind == "number":
        return "the cell is not a number", f"say in {mapping} what it means, if it is right"
    key = "values" if column.attribute else "answers"
    about = column.attribute or column.question
    return f"{about}: the cell is not among the `{key}` of its mapping", f"add it there ({mapping})"


def _duration(text: str) -> float | None:
    try:
        seconds = float(text.replace(",", "."))
    except ValueError:
        return None
    return seconds if seconds >= 0 else None


def _times(used: _Used) -> NDArray[np.float64]:
    order = used.file.dates or "year-first"
    return _numbers(used.cells, lambda text: seconds_of(text, order))


def _numbers(cells: CodedColumn, number: Callable[[str], float | None]) -> NDArray[np.float64]:
    """A number for each row, float64 (rows,), NaN where there is none."""
    import numpy as np

    table = np.array([number(text_of(value)) for value in cells.values], dtype=np.float64)
    return looked_up(table, cells.codes)


def _not_below_0(seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    return np.where(seconds < 0, np.nan, seconds)


class _Places:
    """Where the parts of a row stand in the file."""

    def __init__(self, lines: NDArray[np.int64], columns: Iterable[_Used]) -> None:
        self._lines = lines
        self._columns: dict[str, int] = {}
        self._notes: dict[str, int] = {}
        self._respondent = 1
        for used in columns:
            if used.file.question:
                self._columns.setdefault(used.file.question, used.number + 1)
            if used.file.note:
                self._notes[used.file.note] = used.number + 1
            if used.file.role == "respondent":
                self._respondent = used.number + 1

    def __call__(
        self, row: int, part: Literal["respondent", "question", "answer", "note"], question: str = ""
    ) -> tuple[int, int]:
        """Line and column of a part: of a question its heading."""
        columns: Mapping[str, int] = self._notes if part == "note" else self._columns
        column = self._respondent if part == "respondent" else columns.get(question, 1)
        return (1 if part == "question" else int(self._lines[row])), column
