"""Answer sheets as people fill them in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cxmaturity.api import ResponseFile, ResponseTable
from cxmaturity.errors import Problem, UserError
from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.sheets.asked import Asked, asked_of
from cxmaturity.sheets.front import Confidentiality, Sender
from cxmaturity.sheets.look import Colours
from cxmaturity.sheets.reading import read_answer_sheet
from cxmaturity.sheets.workbook import workbook
from cxmaturity.texts import load_texts

HIDDEN = "_cxmaturity"
COLOURS = Colours("#1f4e79", "#eef5fb", "#cdd2d8", "#5b626b", "#16191d")


def _written(asked: Asked, *, confidential: bool | None = None, as_of: str | None = None) -> bytes:
    """An answer sheet's bytes."""
    sender = Sender("Acme", "", COLOURS, Confidentiality(confidential, 5, 16), as_of)
    return workbook(asked, sender, load_texts("en"))


def _entries(content: bytes, name: str) -> dict[str, str]:
    """What may be chosen for a question, an option or an attribute: value to text."""
    rows = list(load_workbook(BytesIO(content), read_only=True)[HIDDEN].iter_rows(values_only=True))
    (list_,) = (row[3] for row in rows if row[:2] == ("question", name))
    return {str(row[3]): str(row[2]) for row in rows if row[:2] == ("choice", list_)}


def _fill_in(content: bytes, answers: Mapping[str, Any], notes: Mapping[str, str] | None = None) -> bytes:
    """Type into an answer sheet: by id, what goes beside it; a text is typed as text, even ``=1``."""
    book = load_workbook(BytesIO(content))
    left = [set(answers), set(notes or {})]
    for sheet in book.worksheets[:-1]:
        column = 3 if sheet is book.worksheets[0] else 5
        for row in range(1, sheet.max_row + 1):
            name = sheet.cell(row, 1).value
            for place, typed, missing in ((column, answers, left[0]), (6, notes or {}, left[1])):
                if name in typed:
                    cell = sheet.cell(row, place)
                    assert not cell.protection.locked, name
                    cell.value = typed[name]
                    if isinstance(typed[name], str):
                        cell.data_type = "s"
                    missing.discard(name)
    assert left == [set(), set()]
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.fixture(scope="session")
def written() -> Callable[..., bytes]:
    """``written(asked)`` is an answer sheet's bytes."""
    return _written


@pytest.fixture(scope="session")
def entries() -> Callable[[bytes, str], dict[str, str]]:
    """``entries(content, id)``: what may be chosen beside an id, value to text."""
    return _entries


@pytest.fixture(scope="session")
def fill_in() -> Callable[..., bytes]:
    """``fill_in(content, {id: typed}, notes)`` is the sheet with that typed in."""
    return _fill_in


@pytest.fixture(scope="session")
def read() -> Callable[..., ResponseTable | None]:
    """``read(path)`` reads an answer sheet, called by its name only."""
    return lambda path: read_answer_sheet(ResponseFile(path, path.name))


@pytest.fixture
def problems(tmp_path: Path) -> Callable[[bytes], tuple[Problem, ...]]:
    """``problems(content)`` is what is wrong with a sheet called sheet.xlsx."""

    def found(content: bytes) -> tuple[Problem, ...]:
        path = tmp_path / "sheet.xlsx"
        path.write_bytes(content)
        with pytest.raises(UserError) as caught:
            read_answer_sheet(ResponseFile(path, path.name))
        return caught.value.problems

    return found


@pytest.fixture(scope="session")
def small(shared_workspace: Callable[..., Path]) -> Questionnaire:
    """The small questionnaire: every type of question once."""
    return load_questionnaire("questionnaire.yaml", base=shared_workspace())


@pytest.fixture(scope="session")
def blank(small: Questionnaire) -> bytes:
    """A sheet that asks all of it."""
    return _written(asked_of(small))
