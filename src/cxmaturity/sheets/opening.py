"""Opens a workbook that somebody sent: bounded, with nothing in it evaluated.

A kilobyte of zip may unpack to gigabytes, and one cell in the last row may stand for a million rows, so
sizes are looked at first and only the rows and columns that an answer sheet can have are read.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter
from zipfile import BadZipFile, ZipFile

from cxmaturity.api import ResponseFile
from cxmaturity.errors import Problem, UserError
from cxmaturity.responses.limits import (
    MAX_SHEET_CELLS,
    MAX_SHEET_COLUMNS,
    MAX_SHEET_ROWS,
    MAX_SHEET_UNPACKED,
    MAX_SHEETS_LISTED,
)
from cxmaturity.responses.opening import open_file
from cxmaturity.responses.xml_parts import check_directory
from cxmaturity.sheets.hidden import SHEET
from cxmaturity.yamlfile.characters import FORBIDDEN, name_of

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as OpenpyxlCell
    from openpyxl.worksheet.worksheet import Worksheet

_NO_WORKBOOK = (BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError, OSError)
FORMULA, ERROR, PERCENTAGE = "f", "e", "%"
"""Kinds of cells, the first two as openpyxl calls them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell that is not empty, where (rows and columns count from 1), and of which kind."""

    file: str
    row: int
    column: int
    value: object
    kind: str

    def problem(self, what: str, fix: str) -> Problem:
        """A problem with the cell: its file's name says the sheet, and its words the cell."""
        place = f"{'ABCDEF'[self.column - 1]}{self.row}"
        return Problem(self.file, self.row, self.column, f"cell {place} {what}", fix)


Sheets = Mapping[str, Sequence[Mapping[int, Cell]]]
"""The rows of each sheet, and of each row the cells by column."""


def open_sheets(file: ResponseFile) -> Sheets | None:
    """What stands in each sheet of an answer sheet; ``None`` for a file that is none of ours.

    Raises :class:`UserError` for one that is too large, cannot be read, or has characters that no text can
    hold.
    """
    size = _unpacked(file)
    if size is None:
        return None
    if size > MAX_SHEET_UNPACKED:
        raise _too_large(file)
    try:
        sheets = _read(file)
    except (UserError, MemoryError):
        raise
    except Exception as error:  # openpyxl lets through whatever a broken file makes it stumble over
        fix = "open it in a spreadsheet and save it again, or ask for another copy"
        raise UserError.about(file.name, "the workbook is broken and cannot be read", fix) from error
    if problems := [problem for rows in sheets.values() for row in rows for problem in _garbled(row)]:
        raise UserError(problems)
    return sheets


def _too_large(file: ResponseFile) -> UserError:
    fix = "fill in the sheet as it was sent, and add nothing to it"
    return UserError.about(file.name, "the workbook is larger than an answer sheet can be", fix)


def _unpacked(file: ResponseFile) -> int | None:
    """The bytes that a workbook of ours unpacks to; ``None`` if its list of sheets has not our hidden one."""
    try:
        with open_file(file) as stream:
            check_directory(file, stream)
            with ZipFile(stream) as archive:
                listed = archive.getinfo("xl/workbook.xml")
                mark = f'name="{SHEET}"'.encode()
                if listed.file_size > MAX_SHEETS_LISTED or mark not in archive.read(listed):
                    return None
                return sum(each.file_size for each in archive.infolist())
    except (*_NO_WORKBOOK, UserError):
        return None  # whoever reads other workbooks says what is wrong with it


def _read(file: ResponseFile) -> Sheets:
    from openpyxl import load_workbook  # lazy: 170 ms

    sheets: dict[str, list[dict[int, Cell]]] = {}
    count = 0
    # opened here, since openpyxl leaves a file open that it stumbles over
    with open_file(file) as content, catch_warnings():
        simplefilter("ignore")  # of parts that are not read anyway
        for sheet in load_workbook(content, read_only=True, data_only=False).worksheets:
            rows = sheets.setdefault(sheet.title, [])
            for row in _rows(sheet, f"{file.name}[{sheet.title}]"):
                rows.append(row)
                count += len(row)
                if count > MAX_SHEET_CELLS:
                    raise _too_large(file)
    return sheets


def _rows(sheet: Worksheet, name: str) -> Iterator[dict[int, Cell]]:
    """The rows of a sheet that are not empty."""
    for row in sheet.iter_rows(min_row=1, max_row=MAX_SHEET_ROWS, min_col=1, max_col=MAX_SHEET_COLUMNS):
        cells = {
            cell.column: Cell(name, cell.row, cell.column, cell.value, _kind(cell))
            for cell in row
            if cell.value not in {None, ""}
        }
        if cells:
            yield cells


def _kind(cell: OpenpyxlCell) -> str:
    """Its kind; a number that is written with a per cent sign is a hundred times what it says."""
    if cell.data_type == "n" and "%" in cell.number_format:
        return PERCENTAGE
    return str(cell.data_type)


def _garbled(row: Mapping[int, Cell]) -> Iterator[Problem]:
    for cell in row.values():
        if isinstance(cell.value, str) and (found := FORBIDDEN.search(cell.value)):
            yield cell.problem(f"has the character {name_of(found[0])}", "remove it")
