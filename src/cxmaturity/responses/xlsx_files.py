"""Reads the one sheet of a workbook that holds answers: cells as they were saved, formulas never."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import join, normpath

from cxmaturity.api import ResponseFile
from cxmaturity.errors import UserError
from cxmaturity.responses.grid import Grid, GridBuilder
from cxmaturity.responses.limits import MAX_WORKBOOK_TEXT
from cxmaturity.responses.xlsx_cells import Fault, Row, SheetHandler, Values, is_date
from cxmaturity.responses.xml_parts import Handler, Parts, opened_parts

_WORKBOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_TEXTS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_TEXT_COST = 60  # bytes that Python adds to a text


def read_xlsx(file: ResponseFile, header_rows: int) -> Grid:
    """The table in the only sheet of a workbook that is visible and not empty.

    Dates are ISO, true and false in lower case. A row with a formula or an error is left out. Raises
    :class:`UserError` where there is not one such sheet, or where the file cannot be read.
    """
    with opened_parts(file) as parts:
        book = _Book()
        parts.parse(_WORKBOOK, book)
        links = _Links()
        parts.parse(_LINKS, links)
        values = _values(parts, book)
        names = {title: links.targets[link] for title, link in book.sheets if link in links.targets}
        found = [title for title, name in names.items() if _holds_something(parts, name, values)]
        if not found:
            raise UserError.about(file.name, "the workbook is empty", "save it with the answers in it")
        if len(found) > 1:
            what = f"{len(found)} sheets of the workbook hold something"
            raise UserError.about(file.name, what, "keep the one with the answers, or save that as CSV")
        rows = _Rows(file, header_rows)
        parts.parse(names[found[0]], SheetHandler(parts, values, rows.add))
        return rows.grid()


class _Rows:
    """The rows of the sheet: headings first, then those of the table."""

    def __init__(self, file: ResponseFile, header_rows: int) -> None:
        self._file = file
        self._header_rows = header_rows
        self._headings: list[tuple[int, Row]] = []
        self._builder: GridBuilder | None = None
        self._width = 0

    def add(self, number: int, row: Row) -> None:
        """A row that is not empty."""
        if self._builder is None:
            self._headings.append((number, row))
            if len(self._headings) == self._header_rows:
                self._begin()
            return
        for column, cell in row.items():
            if isinstance(cell, Fault):
                self._builder.leave_out(number, column, cell.what, cell.fix)
                return
        width = max(self._width, *row)
        self._builder.add([row.get(column) for column in range(1, width + 1)], number)  # type: ignore[misc]

    def _begin(self) -> None:
        for number, row in self._headings:
            for column, cell in row.items():
                if isinstance(cell, Fault):
                    raise UserError.about(self._file.name, cell.what, cell.fix, line=number, column=column)
        rows = [[row.get(column) for column in range(1, max(row) + 1)] for _, row in self._headings]
        self._builder = GridBuilder(self._file, rows, [number for number, _ in self._headings])  # type: ignore[arg-type]
        self._width = max(map(len, rows))

    def grid(self) -> Grid:
        """All rows as a grid."""
        if self._builder is None:
            what = f"has not {self._header_rows} rows of headings"
            raise UserError.about(self._file.name, what, "name the sheet's columns in its first row")
        return self._builder.grid()


class _Book(Handler):
    """The visible sheets of a workbook, by title and link, and from when it counts days."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), link))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in {"1", "true"}


class _Links(Handler):
    """Where the sheets lie."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            self.targets[attributes["Id"]] = normpath(join("/xl", attributes["Target"])).lstrip("/")


class _Styles(Handler):
    """Which of the styles that cells have are dates."""

    def __init__(self) -> None:
        self.dates: set[str] = set()
        self._formats: dict[str, str] = {}
        self._inside = False
        self._count = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            number = attributes.get("numFmtId", "0")
            if is_date(number, self._formats.get(number, "")):
                self.dates.add(str(self._count))
            self._count += 1

    def end(self, name: str) -> None:
        self._inside = self._inside and name != "cellXfs"


class _Texts(Handler):
    """The texts that cells refer to by number."""

    def __init__(self, parts: Parts) -> None:
        self.texts: list[str] = []
        self._parts = parts
        self._pieces: list[str] = []
        self._reading = self._phonetic = False
        self._size = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        del attributes
        self._phonetic = self._phonetic or name == "rPh"  # how it is pronounced, in small print above
        self._reading = name == "t" and not self._phonetic

    def end(self, name: str) -> None:
        self._reading = False
        if name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.texts.append("".join(self._pieces))
            self._size += _TEXT_COST
            self._pieces.clear()

    def text(self, text: str) -> None:
        if self._reading:
            self._pieces.append(text)
            self._size += len(text)
        if self._size > MAX_WORKBOOK_TEXT:
            raise self._parts.too_large()


def _values(parts: Parts, book: _Book) -> Values:
    texts, styles = _Texts(parts), _Styles()
    if _TEXTS in parts:
        parts.parse(_TEXTS, texts)
    if _STYLES in parts:
        parts.parse(_STYLES, styles)
    return Values(texts.texts, frozenset(styles.dates), book.from_1904)


class _FoundError(Exception):
    """There is a cell: the rest of the sheet need not be read."""


def _holds_something(parts: Parts, name: str, values: Values) -> bool:
    def found(*_: object) -> None:
        raise _FoundError

    try:
        parts.parse(name, SheetHandler(parts, values, found))
    except _FoundError:
        return True
    return False
