"""Answer sheets that come back: what was filled in is what is read, or the cell is named."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from cxmaturity.api import ResponseTable
from cxmaturity.errors import Problem, UserError
from cxmaturity.questionnaire.model import (
    AnswerSet,
    Band,
    Dimension,
    Kind,
    Option,
    Practice,
    Question,
    Questionnaire,
)
from cxmaturity.sheets.asked import asked_of

SCHEME, EFFORT = "retention.loyalty-and-value.scheme", "retention.loyalty-and-value.effort"
KNOWN, WAYS = "retention.churn-insight.known", "retention.churn-insight.ways"
SHARE, SAID, SAME = "retention.churn-insight.share", "culture.meaning.said", "culture.meaning.same"

Bytes = Callable[..., bytes]
Entries = Callable[[bytes, str], dict[str, str]]
Read = Callable[[Path], ResponseTable | None]
Problems = Callable[[bytes], tuple[Problem, ...]]


@pytest.fixture
def answered(tmp_path: Path, blank: bytes, fill_in: Bytes, read: Read) -> Callable[..., ResponseTable]:
    """``answered({id: typed}, notes)`` is what is read of the sheet filled in so, as maria.xlsx."""

    def table(typed: dict[str, Any], notes: dict[str, str] | None = None) -> ResponseTable:
        path = tmp_path / "maria.xlsx"
        path.write_bytes(fill_in(blank, typed, notes))
        found = read(path)
        assert found is not None
        return found

    return table


# ------------------------------------------------------------------------------------ what is read


def test_a_sheet_that_was_filled_in_says_who_chose_what(
    answered: Callable[..., ResponseTable], blank: bytes, entries: Entries
) -> None:
    table = answered(
        {
            "respondent": " Maria ",
            "role": "Front line",
            "department": "Sales",
            SAME: entries(blank, SAME)["often"],
            SAID: "It depends.",
            SCHEME: "Don't know",
            EFFORT: "1 (easy)",
            KNOWN: "Yes",
            f"{WAYS}/calls": "✓",
            f"{WAYS}/letters": "✓",
            SHARE: 12.5,
        },
        {SAME: "All but one.", SHARE: "A guess."},
    )
    assert table.respondents == ("Maria",)
    assert {name: value for name, (value,) in table.attributes.items()} == {
        "role": "frontline",
        "department": "Sales",
        "country": None,
        "tenure": None,
    }
    assert {name: value for name, (value,) in table.answers.items()} == {
        SAME: "often",
        SAID: "It depends.",
        SCHEME: "dont-know",
        EFFORT: "1",
        KNOWN: "yes",
        WAYS: ["calls", "letters"],
        SHARE: 12.5,
    }
    assert table.notes == {(0, SAME): "All but one.", (0, SHARE): "A guess."}


def test_a_blank_sheet_is_somebody_who_answered_nothing(answered: Callable[..., ResponseTable]) -> None:
    table = answered({})
    assert table.respondents == ("maria",)  # the file's name
    assert {value for (value,) in table.answers.values()} == {None}
    assert {value for (value,) in table.attributes.values()} == {None}


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [
        (SCHEME, "  does NOT  apply ", "n/a"),
        (WAYS, "don't know", "dont-know"),
        (SAID, "Does not apply", "n/a"),
        (SHARE, "Don't know", "dont-know"),
        (SHARE, "40", 40.0),
        (SHARE, 0, 0),
        (EFFORT, 3, "3"),  # what Excel makes of a chosen 3 in a cell that is not text
        (SCHEME, "   ", None),
        (SAID, "=1+1", "=1+1"),
        (SCHEME, 4, "often"),  # the fourth of its answers
        (SCHEME, " Often ", "often"),  # its id
        (SCHEME, "n/a", "n/a"),
        (SHARE, "dont-know", "dont-know"),
    ],
)
def test_what_is_typed_is_understood(
    answered: Callable[..., ResponseTable], question: str, typed: object, value: object
) -> None:
    assert answered({question: typed}).answers[question] == (value,)


def test_a_role_may_be_typed_as_its_id_and_not_as_a_number(
    answered: Callable[..., ResponseTable],
) -> None:
    assert answered({"role": "frontline"}).attributes["role"] == ("frontline",)
    with pytest.raises(UserError, match="holds none of the possible answers"):
        answered({"role": 1})


def test_places_are_rows_and_columns_of_the_sheet(answered: Callable[..., ResponseTable]) -> None:
    places = answered({SCHEME: "Don't know"}).places
    assert places is not None
    # rows 1 to 3: title, description, header; row 4: the practice; row 5: its first question
    assert places(0, "answer", SCHEME) == (5, 5)
    assert places(0, "question", SCHEME) == (5, 3)
    assert places(0, "note", SCHEME) == (5, 6)
    # 2 banners, a blank row, 7 paragraphs and a heading stand above the name
    assert places(0, "respondent") == (12, 3)
    assert places(0, "answer", "gone.since.then") == (0, 0)


def test_what_the_role_is_not_asked_is_not_shown(
    tmp_path: Path, small: Questionnaire, written: Bytes, read: Read
) -> None:
    path = tmp_path / "maria.xlsx"
    path.write_bytes(written(asked_of(small, "frontline")))
    table = read(path)
    assert table is not None
    assert table.attributes["role"] == ("frontline",)
    assert {name for name, value in table.answers.items() if value == ("not-shown",)} == {
        SAME,
        SAID,
        KNOWN,
        WAYS,
        SHARE,
    }


# ------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("typed", "place", "what"),
    [
        ({SCHEME: "Perhaps"}, (5, 5), "cell E5 holds none of the possible answers"),
        ({SCHEME: 6}, (5, 5), "cell E5 holds none of the possible answers"),  # of five; don't know is no 6
        ({SCHEME: "04"}, (5, 5), "cell E5 holds none of the possible answers"),
        ({SHARE: "many"}, (13, 5), "cell E13 holds none of the possible answers"),
        ({SHARE: "1e999"}, (13, 5), "cell E13 holds none of the possible answers"),
        ({f"{WAYS}/calls": "no"}, (10, 5), "cell E10 holds none of the possible answers"),
        ({SCHEME: date(2026, 1, 2)}, (5, 5), "cell E5 holds a date or a time"),
        (
            {WAYS: "Don't know", f"{WAYS}/calls": "✓"},
            (9, 5),
            "cell E9 says that there is no answer, but options are ticked",
        ),
    ],
)
def test_what_is_no_answer_is_named_with_its_cell(  # noqa: PLR0917 - fixtures, then cases
    blank: bytes,
    fill_in: Bytes,
    problems: Problems,
    typed: dict[str, object],
    place: tuple[int, int],
    what: str,
) -> None:
    (problem,) = problems(fill_in(blank, typed))
    assert (problem.file, problem.line, problem.column) == ("sheet.xlsx[Retention]", *place)
    assert problem.what == what


def test_every_problem_is_named_at_once_and_no_words_of_the_person_are_repeated(
    blank: bytes, fill_in: Bytes, problems: Problems
) -> None:
    found = problems(fill_in(blank, {"role": "Pirate", SAME: "Arr", SCHEME: "Arr"}))
    assert [problem.file for problem in found] == [
        "sheet.xlsx[Start]",
        "sheet.xlsx[Culture]",
        "sheet.xlsx[Retention]",
    ]
    assert not any(word in str(problem) for problem in found for word in ("Pirate", "Arr"))


def edited(content: bytes, sheet: str, cells: dict[str, object]) -> bytes:
    """The workbook with cells overwritten, formulas among them."""
    book = load_workbook(BytesIO(content))
    for cell, value in cells.items():
        book[sheet][cell] = value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("cell", ["E5", "F5", "E10"])
def test_a_formula_is_named_and_not_read(blank: bytes, problems: Problems, cell: str) -> None:
    (problem,) = problems(edited(blank, "Retention", {cell: "=1+1"}))
    assert problem.what == f"cell {cell} holds a formula, which is not evaluated"


@pytest.mark.parametrize(("value", "what"), [("#REF!", "an error"), ("a\x7fb", "U+007F")])
def test_cells_that_hold_no_text_are_named(blank: bytes, problems: Problems, value: str, what: str) -> None:
    (problem,) = problems(edited(blank, "Retention", {"F5": value}))
    assert what in problem.what


def test_a_percentage_is_not_taken_for_a_number(blank: bytes, problems: Problems) -> None:
    book = load_workbook(BytesIO(blank))
    cell = book["Retention"]["E13"]
    cell.value, cell.number_format = 0.25, "0%"
    saved = BytesIO()
    book.save(saved)
    (problem,) = problems(saved.getvalue())
    assert problem.what == "cell E13 holds a percentage"


def test_a_question_that_stands_twice_is_named(blank: bytes, problems: Problems) -> None:
    (problem,) = problems(edited(blank, "Retention", {"A20": SCHEME}))
    assert problem.what == "cell A20 stands for what was asked before"


def test_an_id_that_the_sheet_does_not_know_is_named(blank: bytes, problems: Problems) -> None:
    (problem,) = problems(edited(blank, "Retention", {"A20": f"{SCHEME}/other"}))
    assert problem.what == "cell A20 names no question of this sheet"


def test_a_name_that_no_text_can_hold_is_refused(tmp_path: Path, blank: bytes, read: Read) -> None:
    path = tmp_path / "a\x7fb.xlsx"
    path.write_bytes(blank)
    with pytest.raises(UserError, match=r"the file's name has the character U\+007F"):
        read(path)


def test_a_sheet_of_a_later_format_is_refused(blank: bytes, problems: Problems) -> None:
    (problem,) = problems(edited(blank, HIDDEN, {"B1": 2}))
    assert problem.what == "the answer sheet has the unknown format 2"


HIDDEN = "_cxmaturity"


# ------------------------------------------------------------------ other files, and hostile ones


def saved(book: Workbook) -> bytes:
    """A workbook's bytes."""
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def unmarked() -> bytes:
    """A workbook that has a sheet of our name, and nothing of ours on it."""
    book = Workbook()
    book.create_sheet(HIDDEN)["A1"] = "something else"
    return saved(book)


@pytest.mark.parametrize(
    "content",
    [saved(Workbook()), unmarked(), b"", b"no zip", b"PK\x03\x04"],
    ids=["empty", "unmarked", "nothing", "no zip", "cut"],  # a workbook's own bytes have the time in them
)
def test_what_is_no_answer_sheet_is_left_to_others(tmp_path: Path, read: Read, content: bytes) -> None:
    path = tmp_path / "other.xlsx"
    path.write_bytes(content)
    assert read(path) is None


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A workbook with one of its parts replaced."""
    result = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(result, "w", ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, part if each == name else old.read(each))
    return result.getvalue()


def test_a_table_of_contents_that_no_spreadsheet_saves_is_not_read(
    tmp_path: Path, blank: bytes, read: Read
) -> None:
    path = tmp_path / "parts.xlsx"
    path.write_bytes(blank)
    with ZipFile(path, "a") as archive:
        for number in range(20_000):  # of at least 46 + 6 bytes: more than a million
            archive.writestr(f"p{number:05}", b"")
    assert read(path) is None


FAR = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
)
BOMB = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]><sst>&j;</sst>""" % b"".join(
    b'<!ENTITY %c "%s">' % (name, b"&%c;" % (name - 1) * 10) for name in range(ord("b"), ord("k"))
)


def test_a_cell_at_the_end_of_the_world_is_out_of_sight(tmp_path: Path, blank: bytes, read: Read) -> None:
    path = tmp_path / "far.xlsx"
    path.write_bytes(with_part(blank, "xl/worksheets/sheet2.xml", FAR))
    table = read(path)
    assert table is not None
    assert SCHEME in table.answers
    assert SAME not in table.answers  # its sheet was replaced


@pytest.mark.parametrize(
    ("name", "part", "what"),
    [
        ("xl/worksheets/sheet2.xml", b" " * 30_000_000, "larger than an answer sheet can be"),
        ("xl/worksheets/sheet2.xml", b"<worksheet><sheetData>", "broken"),
        ("xl/sharedStrings.xml", BOMB, "broken"),
    ],
    ids=["bomb", "cut", "entities"],
)
def test_hostile_workbooks_end_in_one_clear_error(
    blank: bytes, problems: Problems, name: str, part: bytes, what: str
) -> None:
    (problem,) = problems(with_part(blank, name, part))
    assert what in problem.what


def test_too_many_cells_are_refused(blank: bytes, problems: Problems) -> None:
    row = b"<row>" + b"<c><v>1</v></c>" * 6 + b"</row>"
    sheet = FAR[: FAR.index(b"<row")] + row * 20_000 + b"</sheetData></worksheet>"
    content = with_part(
        with_part(blank, "xl/worksheets/sheet2.xml", sheet), "xl/worksheets/sheet3.xml", sheet
    )
    (problem,) = problems(content)
    assert "larger than an answer sheet can be" in problem.what


# ---------------------------------------------------------------------------------- there and back

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), min_size=1, max_size=300
).filter(str.strip)
KINDS: tuple[Kind, ...] = ("choice", "scale", "yes-no", "multiple", "number", "text")
STATES = {"dont-know": "Don't know", "n/a": "Does not apply"}


@st.composite
def questions(draw: st.DrawFn, number: int) -> Question:
    """A question of any kind, its options' texts now and then alike."""
    kind = draw(st.sampled_from(KINDS))
    options: tuple[Option, ...] = ()
    if kind in {"choice", "multiple"}:
        texts = draw(st.lists(st.sampled_from(["same", "SAME", "=1"]) | WORDS, min_size=2, max_size=5))
        options = tuple(Option(f"o{place}", text, 0.5) for place, text in enumerate(texts))
    elif kind == "scale":
        options = tuple(Option(str(place), str(place), 0.5) for place in range(5))
    elif kind == "yes-no":
        options = (Option("no", "No", 0.0), Option("yes", "Yes", 1.0))
    bands = (Band(-10.0, 0.0), Band(20.0, 1.0)) if kind == "number" else ()
    answers = AnswerSet(kind, options, bands, "pieces", draw(st.none() | st.just(99.0)))
    name = f"d.p.q{number}"
    return Question(
        name, draw(WORDS), draw(WORDS), answers, 1.0, ("staff",), "", "", draw(st.just("") | WORDS)
    )


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """A questionnaire of one dimension."""
    asked = tuple(draw(questions(number)) for number in range(draw(st.integers(1, 5))))
    practice = Practice("d.p", draw(WORDS), draw(WORDS), 1.0, asked)
    return Questionnaire(
        id="random",
        version="1",
        language="en",
        languages=("en",),
        title=draw(WORDS),
        description=draw(WORDS),
        minutes=5,
        levels=(),
        roles={"staff": draw(WORDS), "boss": draw(WORDS)},
        sources={},
        dimensions=(Dimension("d", draw(WORDS), draw(WORDS), 1.0, (practice,)),),
        sha256="0" * 64,
    )


def answers_to(question: Question) -> st.SearchStrategy[object]:
    """What may be answered to a question, as a reader gives it."""
    ids = [option.id for option in question.answers.options]
    others = st.sampled_from([None, *STATES])
    match question.answers.kind:
        case "multiple":
            ticked = st.lists(st.sampled_from(ids), min_size=1, unique=True)
            return others | ticked.map(sorted)
        case "number":
            return others | st.integers(-10, 99) | st.floats(-10, 99).map(lambda value: round(value, 6))
        case "text":
            words = WORDS.map(str.strip).filter(
                lambda text: text.casefold() not in {"don't know", "does not apply"}
            )
            return others | words
        case _:
            return others | st.sampled_from(ids)


def typed(content: bytes, question: Question, answer: object, entries: Entries) -> dict[str, object]:
    """What a person types or chooses to give an answer."""
    if answer is None:
        return {}
    if isinstance(answer, list):
        return {f"{question.id}/{option}": "✓" for option in answer}
    if isinstance(answer, str) and (question.answers.kind != "text" or answer in STATES):
        return {question.id: entries(content, question.id)[answer]}
    return {question.id: answer}


@settings(max_examples=25)
@given(data=st.data(), questionnaire=questionnaires())
def test_what_was_filled_in_is_what_is_read(  # noqa: PLR0917 - fixtures, then what is drawn
    tmp_path_factory: pytest.TempPathFactory,
    written: Bytes,
    fill_in: Bytes,
    entries: Entries,
    read: Read,
    data: st.DataObject,
    questionnaire: Questionnaire,
) -> None:
    content = written(asked_of(questionnaire))
    answers = {each.id: data.draw(answers_to(each), each.id) for each in questionnaire.questions()}
    role = data.draw(st.sampled_from([None, "staff", "boss"]))
    note = data.draw(st.dictionaries(st.sampled_from(list(answers)), WORDS.map(str.strip)))
    filled: dict[str, object] = {} if role is None else {"role": entries(content, "role")[role]}
    for each in questionnaire.questions():
        filled |= typed(content, each, answers[each.id], entries)
    path = tmp_path_factory.mktemp("sheet") / "someone.xlsx"
    path.write_bytes(fill_in(content, filled, note))
    table = read(path)
    assert table is not None
    assert {name: value for name, (value,) in table.answers.items()} == answers
    assert table.attributes["role"] == (role,)
    assert table.notes == {(0, question): text for question, text in note.items()}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_sheet_saved_by_libreoffice_reads_the_same(
    tmp_path: Path, blank: bytes, fill_in: Bytes, entries: Entries, read: Read
) -> None:
    path = tmp_path / "maria.xlsx"
    choices = {SCHEME: entries(blank, SCHEME)["often"], EFFORT: "3", SAID: "=1+1", f"{WAYS}/calls": "✓"}
    path.write_bytes(fill_in(blank, {**choices, SHARE: 12.5, "respondent": "Maria"}, {SAME: "A note."}))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    target = tmp_path / "saved"
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", target, path],
        check=True,
        capture_output=True,
        timeout=120,
    )
    before, after = read(path), read(target / "maria.xlsx")
    assert before is not None
    assert after is not None
    assert (after.answers, after.notes, after.attributes) == (before.answers, before.notes, before.attributes)
    assert after.respondents == ("Maria",)
