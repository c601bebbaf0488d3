"""Workbooks: what cells say, which sheet is read, and what is left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from cxmaturity.api import ResponseFile
from cxmaturity.responses.grid import Grid, read_grid
from cxmaturity.responses.xlsx_cells import is_date

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="9"/></cellXfs>'
)
"""Style 1 is a date, 2 a date with its time, 3 a percentage."""
TEXTS = (
    "<si><t>a</t></si><si><r><t>b</t></r><r><t> c</t></r></si><si><t>d</t><rPh><t>dee</t></rPh></si>"
    '<si><t xml:space="preserve"> e </t></si><si><t/></si>'
)

Put = Callable[..., ResponseFile]
RowsOf = Callable[[Grid], list[tuple[object, ...]]]
Wrong = Callable[[ResponseFile], str]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """``put(rows)`` writes a workbook whose sheet has this XML for rows; ``more`` are further sheets."""

    def write(*sheets: str, state: str = "visible", book: str = "") -> ResponseFile:
        path = tmp_path / "t.xlsx"
        numbers = range(1, len(sheets) + 1)
        states = [state if number == 1 else "visible" for number in numbers]
        listed = "".join(  # in <sheets>, which does not matter
            f'<sheet name="S{n}" state="{state}" r:id="r{n}"/>'
            for n, state in zip(numbers, states, strict=True)
        )
        links = "".join(
            f'<Relationship Id="r{n}" Type="{LINK}/worksheet" Target="worksheets/s{n}.xml"/>' for n in numbers
        )
        parts = {
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINK}">{book}{listed}</workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
            "xl/styles.xml": f"<styleSheet>{STYLES}</styleSheet>",
            "xl/sharedStrings.xml": f"<sst>{TEXTS}</sst>",
        }
        parts |= {
            f"xl/worksheets/s{n}.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
            for n, rows in zip(numbers, sheets, strict=True)
        }
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
        return ResponseFile(path, "t.xlsx")

    return write


HEAD = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c t="s"><v>1</v></c>', "b c"),
        ('<c t="s"><v>2</v></c>', "d"),
        ('<c t="s"><v>3</v></c>', "e"),
        ('<c t="s"><v>4</v></c>', None),
        ('<c t="inlineStr"><is><t>x &lt;y&gt;</t></is></c>', "x <y>"),
        ('<c t="str"><v>said</v></c>', "said"),
        ('<c t="b"><v>1</v></c>', "true"),
        ('<c t="b"><v>0</v></c>', "false"),
        ('<c t="d"><v>2026-01-31</v></c>', "2026-01-31"),
        ("<c><v>3</v></c>", "3"),
        ("<c><v>3.0</v></c>", "3"),
        ('<c s="0"><v>2.5</v></c>', "2.5"),
        ('<c s="3"><v>0.25</v></c>', "0.25"),
        # 46,053 days after 30 December 1899 is 31 January 2026, and 0.75 of a day 18 hours
        ('<c s="1"><v>46053</v></c>', "2026-01-31"),
        ('<c s="2"><v>46053.75</v></c>', "2026-01-31 18:00:00"),
        ('<c s="2"><v>0.5</v></c>', "12:00:00"),
        ('<c s="1"><v>1</v></c>', "1900-01-01"),
        ('<c s="1"><v>-5</v></c>', "-5"),
    ],
)
def test_what_cells_say(put: Put, cell: str, text: str | None, rows_of: RowsOf) -> None:
    grid = read_grid(put(f'{HEAD}<row r="4"><c r="A4"><v>1</v></c>{cell}</row>'))
    assert (grid.headings, rows_of(grid), grid.first_row) == (("a", "b c"), [("1", text)], 4)


def test_days_may_count_from_1904(put: Put, rows_of: RowsOf) -> None:
    # 1,462 days lie between the two beginnings: 46,053 − 1,462 = 44,591
    rows = f'{HEAD}<row><c s="1"><v>44591</v></c></row>'
    grid = read_grid(put(rows, book='<workbookPr date1904="1"/>'))
    assert rows_of(grid) == [("2026-01-31", None)]


@pytest.mark.parametrize(
    ("number", "code", "date"),
    [
        ("14", "", True),
        ("9", "", False),
        ("164", "dd/mm/yy", True),
        ("164", '[Red]0.0" days"', False),
        ("164", "#,##0.00\\d", False),
    ],
)
def test_formats_of_dates(number: str, code: str, date: bool) -> None:  # noqa: FBT001
    assert is_date(number, code) is date


def test_rows_with_formulas_and_errors_are_left_out(put: Put, rows_of: RowsOf) -> None:
    rows = (
        "<row><c><v>1</v></c></row><row><c/><c><f>1+1</f><v>2</v></c></row>"
        '<row><c t="e"><v>#N/A</v></c></row><row r="9"><c r="D9"><v>4</v></c></row>'
    )
    grid = read_grid(put(HEAD + rows))
    assert rows_of(grid) == [("1", None)]
    assert [(each.line, each.column, each.what) for each in grid.left_out] == [
        (3, 2, "the cell holds a formula, which is not evaluated"),
        (4, 1, "the cell holds an error"),
        (9, 3, "the row has too many cells: 4, and there are 2 headings"),
    ]


def test_a_formula_in_the_headings(put: Put, wrong: Wrong) -> None:
    assert wrong(put("<row><c><f>1</f></c></row>")) == (
        "t.xlsx:1:1: the cell holds a formula, which is not evaluated; write what it stands for"
    )


def test_several_rows_of_headings(put: Put, rows_of: RowsOf) -> None:
    grid = read_grid(
        put(f'{HEAD}<row><c r="B2" t="s"><v>2</v></c></row><row><c><v>1</v></c></row>'), header_rows=2
    )
    assert grid.heading_rows == (("a", "b c"), ("", "d"))
    assert rows_of(grid) == [("1", None)]


def test_the_sheet_that_is_not_empty_and_not_hidden_is_read(put: Put, rows_of: RowsOf, wrong: Wrong) -> None:
    row = "<row><c><v>7</v></c></row>"
    assert rows_of(read_grid(put("<row/>", HEAD + row))) == [("7", None)]
    assert rows_of(read_grid(put(row, HEAD + row, state="hidden"))) == [("7", None)]
    assert "2 sheets of the workbook hold something" in wrong(put(row, row))
    assert "the workbook is empty" in wrong(put("<row/>"))


@pytest.mark.parametrize(
    "rows",
    [
        '<row><c t="s"><v>99</v></c></row>',
        '<row><c r="1A"><v>1</v></c></row>',
        "<row><c><v>x</v></c></row>",
        "<row>",
    ],
)
def test_what_no_spreadsheet_saved(put: Put, rows: str, wrong: Wrong) -> None:
    assert "the workbook is broken" in wrong(put(rows))
