"""Reads an answer sheet that somebody has filled in: what was chosen, by the lists that it carries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from cxmaturity.api import WORDS_FOR_STATES, ResponseFile, ResponseTable
from cxmaturity.errors import Problem, UserError
from cxmaturity.responses.model import PERSONAL
from cxmaturity.sheets.hidden import FORMAT, MARK, RESPONDENT, SHEET, comparable
from cxmaturity.sheets.opening import ERROR, FORMULA, PERCENTAGE, Cell, Sheets, open_sheets
from cxmaturity.yamlfile.characters import FORBIDDEN, name_of

_ID, _OF_PERSON, _QUESTION, _ANSWER, _NOTE = 1, 3, 3, 5, 6
"""The columns of the visible sheets."""
_POSITION = re.compile(r"[1-9][0-9]{0,3}")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")


def read_answer_sheet(file: ResponseFile) -> ResponseTable | None:
    """The one respondent of an answer sheet; ``None`` for a file that is none of our answer sheets.

    The id is the name or code that was filled in, else the file's name without its ending. Raises
    :class:`UserError` with every cell that cannot be understood, by sheet and cell.
    """
    sheets = open_sheets(file)
    if sheets is None:
        return None
    key = _key(file, sheets)
    if key is None:
        return None
    reading = _Reading(file, key)
    for title, rows in sheets.items():
        for row in rows if title != SHEET else ():
            reading.row(row)
    return reading.table()


@dataclass(frozen=True, slots=True)
class _Key:
    """What the hidden sheet says: each question's kind and list, each list's choices, what was not asked."""

    questions: Mapping[str, tuple[str, str]]
    choices: Mapping[str, Mapping[str, str]]
    not_shown: tuple[str, ...]


def _key(file: ResponseFile, sheets: Sheets) -> _Key | None:
    rows = [[str(cell.value) for _, cell in sorted(row.items())] for row in sheets.get(SHEET, ())]
    match rows[:1]:
        case [[mark, version]] if mark == MARK and version != str(FORMAT):
            fix = "install the version of cxmaturity that wrote it, or a later one"
            raise UserError.about(file.name, f"the answer sheet has the unknown format {version[:20]}", fix)
        case [[mark, _]] if mark == MARK:
            return _understood(rows[1:])
        case _:
            return None


def _understood(rows: list[list[str]]) -> _Key:
    questions: dict[str, tuple[str, str]] = {}
    choices: dict[str, dict[str, str]] = {}
    not_shown: list[str] = []
    for row in rows:
        match row:
            case ["question", name, kind, list_]:
                questions[name] = kind, list_
            case ["choice", list_, text, value]:
                choices.setdefault(list_, {})[comparable(text)] = value
            case ["not-shown", name]:
                not_shown.append(name)
            case _:  # what was asked, for whoever looks into the file
                continue
    return _Key(questions, choices, tuple(not_shown))


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    file: ResponseFile
    key: _Key
    person: dict[str, str] = field(default_factory=dict)
    answers: dict[str, object] = field(default_factory=dict)
    ticks: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def row(self, row: Mapping[int, Cell]) -> None:
        """One row of a visible sheet; without an id in its first column it holds nothing to be read."""
        if _ID not in row:
            return
        first = row[_ID]
        name = str(first.value)
        question, _, option = name.partition("/")
        of_person = name in {RESPONDENT, *PERSONAL}
        if not of_person and name not in self.key.questions:
            self._problem(first, "names no question of this sheet", "fill in the sheet as it was sent")
        elif name in self.cells:
            self._problem(first, "stands for what was asked before", "remove the copy of the sheet")
        else:
            self.cells[name] = first
            if of_person:
                self._of_person(name, row.get(_OF_PERSON))
            elif option:
                self._tick(name, question, option, row.get(_ANSWER))
            else:
                self._answer(question, row.get(_ANSWER), row.get(_NOTE))

    def table(self) -> ResponseTable:
        """All of it as a table of one respondent. Raises :class:`UserError` if anything was wrong."""
        self._settle_ticks()
        if found := FORBIDDEN.search(self.file.path.stem):
            what = f"the file's name has the character {name_of(found[0])}"
            self.problems.append(Problem(self.file.name, 0, 0, what, "rename it"))
        if self.problems:
            raise UserError(self.problems)
        named = self.person.get(RESPONDENT, self.file.path.stem)
        not_shown = dict.fromkeys(self.key.not_shown, "not-shown")
        return ResponseTable(
            respondents=(named,),
            attributes={name: (self.person.get(name),) for name in PERSONAL},
            answers={name: (value,) for name, value in {**not_shown, **self.answers}.items()},
            notes={(0, question): note for question, note in self.notes.items()},
            places=self._place,
        )

    def _place(
        self, row: int, part: Literal["respondent", "question", "answer", "note"], question: str = ""
    ) -> tuple[int, int]:
        """Row and column of a part, 0 for what is on no visible sheet."""
        del row  # there is only one respondent
        cell = self.cells.get(RESPONDENT if part == "respondent" else question)
        columns = {"respondent": _OF_PERSON, "question": _QUESTION, "answer": _ANSWER, "note": _NOTE}
        return (0, 0) if cell is None else (cell.row, columns[part])

    def _problem(self, cell: Cell, what: str, fix: str) -> None:
        self.problems.append(cell.problem(what, fix))

    def _of_person(self, name: str, cell: Cell | None) -> None:
        text = self._text(cell)
        if cell is None or not text:
            return
        if name in self.key.questions:
            chosen = self._chosen(name, cell, text)
            if chosen is None:
                return
            text = chosen
        self.person[name] = text

    def _answer(self, question: str, cell: Cell | None, note: Cell | None) -> None:
        if said := self._text(note):
            self.notes[question] = said
        self.answers[question] = None if cell is None else self._value(question, cell)

    def _value(self, question: str, cell: Cell) -> object:
        """What was answered; ``None`` for nothing, or for what is named as a problem."""
        kind, list_ = self.key.questions[question]
        if kind == "number" and isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
            return self._number(cell)
        text = self._text(cell)
        if not text:
            return None
        if kind == "number" and _NUMBER.fullmatch(text):
            return float(text)
        if kind == "text":
            return self.key.choices.get(list_, {}).get(comparable(text), text)
        return self._chosen(question, cell, text)

    def _number(self, cell: Cell) -> object:
        if cell.kind == PERCENTAGE:
            self._problem(cell, "holds a percentage", "write 25 instead of 25%, and format it as a number")
            return None
        return cell.value

    def _chosen(self, name: str, cell: Cell, text: str) -> str | None:
        """What a chosen text stands for."""
        kind, list_ = self.key.questions[name]
        value = _meant(text, self.key.choices.get(list_, {}), numbered=name != "role" and kind == "choice")
        if value is None:
            fix = "give a number, or empty it" if kind == "number" else "choose from the list, or empty it"
            self._problem(cell, "holds none of the possible answers", fix)
        return value

    def _tick(self, name: str, question: str, option: str, cell: Cell | None) -> None:
        text = self._text(cell)
        if cell is not None and text and self._chosen(name, cell, text):
            self.ticks.setdefault(question, []).append(option)

    def _settle_ticks(self) -> None:
        """Ticks are the answer, unless the person has also said that they cannot answer."""
        for question, ticked in self.ticks.items():
            if self.answers.get(question) is not None:
                cell = replace(self.cells[question], column=_ANSWER)
                self._problem(cell, "says that there is no answer, but options are ticked", "empty either")
            self.answers[question] = ticked

    def _text(self, cell: Cell | None) -> str:
        """What a cell says, trimmed; nothing for a cell that says nothing or is named as a problem."""
        if cell is None:
            return ""
        if cell.kind == FORMULA:
            self._problem(cell, "holds a formula, which is not evaluated", "write what it stands for")
            return ""
        if cell.kind == ERROR:
            self._problem(cell, "holds an error", "empty it, and fill it in again")
            return ""
        match cell.value:
            case bool() | str():
                return str(cell.value).strip()
            case int() | float():
                return f"{cell.value:.15g}"
            case _:
                self._problem(
                    cell, "holds a date or a time", "write it as text, with an apostrophe before it"
                )
                return ""


def _meant(text: str, choices: Mapping[str, str], *, numbered: bool) -> str | None:
    """The value that a text stands for: an entry of the list, a value itself, or an option's number.

    Spreadsheets whose lists are lost let people type what an answer is called elsewhere.
    """
    typed = comparable(text)
    if typed in choices:
        return choices[typed]
    if typed in choices.values():
        return typed
    options = [value for value in choices.values() if value not in WORDS_FOR_STATES]
    if numbered and _POSITION.fullmatch(typed) and int(typed) <= len(options):
        return options[int(typed) - 1]
    return None
