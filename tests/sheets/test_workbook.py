"""The workbook that is sent out: complete, protected, without anything live, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from cxmaturity.questionnaire.model import Question, Questionnaire
from cxmaturity.sheets.asked import asked_of
from cxmaturity.sheets.hidden import told_apart
from cxmaturity.sheets.workbook import _at_most, sheet_names

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Bytes = Callable[..., bytes]
Entries = Callable[[bytes, str], dict[str, str]]


def sheets(content: bytes) -> dict[str, Worksheet]:
    """The sheets by name."""
    return {sheet.title: sheet for sheet in load_workbook(BytesIO(content)).worksheets}


def words(sheet: Worksheet) -> str:
    """All that stands on a sheet."""
    return "\n".join(str(value) for row in sheet.values for value in row if value is not None)


def changed(questionnaire: Questionnaire, change: Callable[[Question], Question]) -> Questionnaire:
    """The questionnaire with every question changed."""
    dimensions = tuple(
        replace(
            dimension,
            practices=tuple(
                replace(practice, questions=tuple(change(each) for each in practice.questions))
                for practice in dimension.practices
            ),
        )
        for dimension in questionnaire.dimensions
    )
    return replace(questionnaire, dimensions=dimensions)


def test_there_is_a_front_a_sheet_for_each_dimension_and_one_that_nobody_sees(blank: bytes) -> None:
    assert [(name, sheet.sheet_state) for name, sheet in sheets(blank).items()] == [
        ("Start", "visible"),
        ("Culture", "visible"),
        ("Retention", "visible"),
        ("_cxmaturity", "veryHidden"),
    ]


def test_the_same_input_gives_the_same_bytes(small: Questionnaire, written: Bytes) -> None:
    assert written(asked_of(small)) == written(asked_of(small))


@pytest.mark.parametrize(("as_of", "created"), [(None, "1980-01-01"), ("2026-10-31", "2026-10-31")])
def test_its_date_is_that_of_the_assessment(
    small: Questionnaire, written: Bytes, as_of: str | None, created: str
) -> None:
    book = load_workbook(BytesIO(written(asked_of(small), as_of=as_of)))
    assert str(book.properties.created)[:10] == created


@pytest.mark.parametrize(
    ("confidential", "said", "unsaid"),
    [
        (True, "nothing of fewer than 5 people", "beside the name"),
        (False, "beside the name or code", "fewer than"),
        (None, "From 16 on, the report shows nothing of fewer than 5 people", "Confidentially"),
    ],
)
def test_the_front_says_how_answers_are_used(
    *, small: Questionnaire, written: Bytes, confidential: bool | None, said: str, unsaid: str
) -> None:
    front = words(sheets(written(asked_of(small), confidential=confidential))["Start"])
    assert said in front
    assert unsaid not in front


def test_only_what_is_to_be_filled_in_is_unlocked(blank: bytes) -> None:
    book = sheets(blank)
    unlocked = {
        name: [cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
        for name, sheet in book.items()
    }
    assert all(sheet.protection.sheet for name, sheet in book.items() if name != "_cxmaturity")
    assert unlocked["Start"] == ["C12", "C13", "C14", "C15", "C16"]
    assert unlocked["Culture"] == ["E5", "F5", "E6", "F6"]
    # two questions of the first practice; of the second a yes / no, three ticks, and a number
    assert unlocked["Retention"] == [
        *("E5", "F5", "E6", "F6", "E8", "F8"),
        *("E9", "F9", "E10", "E11", "E12", "E13", "F13"),
    ]


def test_a_role_that_was_chosen_before_is_filled_in_and_stays(small: Questionnaire, written: Bytes) -> None:
    cell = sheets(written(asked_of(small, "frontline")))["Start"]["C13"]
    assert (cell.value, cell.protection.locked) == ("Front line", True)


def test_ids_are_in_a_hidden_column(blank: bytes) -> None:
    for name, sheet in sheets(blank).items():
        if name != "_cxmaturity":
            assert sheet.column_dimensions["A"].hidden
            assert any(sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1))


def test_progress_counts_what_is_answered_of_what_is_asked(blank: bytes) -> None:
    book = sheets(blank)
    start = book["Start"]
    # the heading of the progress stands below the five attributes, its header below that
    assert [[start.cell(row, column).value for column in (2, 4, 5)] for row in (19, 20, 21)] == [
        ["Culture", '=COUNTIF(Culture!$G$4:$G$6,"✓")', 2],
        ["Retention", '=COUNTIF(Retention!$G$4:$G$13,"✓")', 5],
        ["All questions", "=SUM(D19:D20)", 7],
    ]
    assert book["Retention"]["G8"].value == '=IF(COUNTA(E8)>0,"✓","")'
    assert book["Retention"]["G9"].value == '=IF(COUNTA(E9:E12)>0,"✓","")'


def test_pages_are_a4_in_landscape_with_the_header_on_each(blank: bytes) -> None:
    sheet = sheets(blank)["Retention"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$3:$3", "A4")


def test_nothing_that_a_questionnaire_says_becomes_live(small: Questionnaire, written: Bytes) -> None:
    nasty = changed(small, lambda each: replace(each, topic="=1+1", text="=2+2", help="http://example.com"))
    nasty = replace(nasty, title="=3+3", description="=4+4")
    book = sheets(written(asked_of(nasty)))
    formulas = {
        cell.value
        for sheet in book.values()
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert not any(digit in formula for formula in formulas for digit in ("=1+1", "=2+2", "=3+3", "=4+4"))
    links = [cell.hyperlink for row in book["Start"].iter_rows() for cell in row if cell.hyperlink]
    assert [(link.target, link.location) for link in links] == [
        (None, "Culture!A1"),
        (None, "Retention!A1"),
    ]


def test_long_and_like_texts_are_told_apart_in_lists_and_whole_beside_them(
    small: Questionnaire, written: Bytes, entries: Entries
) -> None:
    long = "word " * 100

    def alike(question: Question) -> Question:
        options = tuple(replace(option, text=long) for option in question.answers.options)
        return replace(question, answers=replace(question.answers, options=options))

    content = written(asked_of(changed(small, alike)))
    listed = list(entries(content, "retention.loyalty-and-value.effort").values())
    assert len({text.casefold() for text in listed}) == 7  # five options, two states
    assert max(len(text) for text in listed) == 250
    assert words(sheets(content)["Retention"]).count(long) >= 5


def test_texts_beyond_what_a_cell_can_hold_are_cut(small: Questionnaire, written: Bytes) -> None:
    content = written(asked_of(changed(small, lambda each: replace(each, text="x" * 40_000))))
    asked = words(sheets(content)["Retention"])
    assert "x" * 5_000 in asked
    assert "x" * 5_001 not in asked


def test_entries_of_a_list_that_are_alike_are_numbered() -> None:
    assert told_apart(["Same", "same ", "Other", "SAME"]) == ["Same", "same (2)", "Other", "SAME (3)"]


def test_names_of_sheets_are_such_as_excel_allows() -> None:
    long = "A very long title of a dimension indeed"
    assert sheet_names(["Start", "start", "a/b: [c]?", "'quoted'", "History", "*", long, long]) == [
        "Start",
        "start (2)",
        "a b c",
        "quoted",
        "History (2)",
        "–",
        "A very long title of a dimensio",
        "A very long title of a di (2)",
    ]


def test_the_name_of_a_sheet_is_as_long_as_excel_counts() -> None:
    # 31 units of UTF-16: a letter beyond the basic plane takes two, so 15 of them fit
    assert _at_most("𐀀" * 40, 31) == "𐀀" * 15
    assert _at_most("Culture", 31) == "Culture"
