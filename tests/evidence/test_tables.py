"""Reading CSV tables: what is accepted, and every mistake with its row and column but not its content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxmaturity.api import Column
from cxmaturity.errors import UserError
from cxmaturity.evidence.tables import Table, read_csv_table

COLUMNS = (
    Column("customer", "text"),
    Column("score", "number", minimum=0, maximum=10),
    Column("until", "date", empty_allowed=True),
)
MAPPING = {"customer": "id", "score": "answer", "until": "left"}
HEADER = "id,answer,left\n"

Read = Callable[..., Table]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def run(
        content: str | bytes, mapping: dict[str, str] = MAPPING, columns: tuple[Column, ...] = COLUMNS
    ) -> Table:
        path = tmp_path / "table.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_csv_table("nps", path, "evidence/table.csv", mapping, columns)

    return run


GOOD = [
    {"customer": "a", "score": 9.0, "until": None},
    {"customer": "b", "score": 3.5, "until": "2026-01-31"},
]


@pytest.mark.parametrize(
    "content",
    [
        "id,answer,left\na,9,\nb,3.5,2026-01-31\n",
        "id;answer;left\na;9;\nb;3.5;2026-01-31\n",
        "id\tanswer\tleft\na\t9\t\nb\t3.5\t2026-01-31\n",
        "id,answer,left\r\na,9,\r\nb,3.5,2026-01-31\r\n",
        "id,answer,left\na,9,\nb,3.5,2026-01-31",  # no newline at the end
        "\ufeffid,answer,left\na,9,\nb,3.5,2026-01-31\n",  # as Excel writes it
        "left,note,id,answer\n,x,a,9\n2026-01-31,y,b,3.5\n",  # in another order, with more columns
        " id , answer ,left\n a ,  9 ,\nb,3.5, 2026-01-31 \n",
        "id,answer,left\n\na,9,\n\n,,\nb,3.5,2026-01-31\n\n",  # empty rows
        "id,answer,left\na,9,\nb,3.5,2026-01-31T23:59:00\n",
        "id,answer,left\na,9,\nb,3.5,2026-01-31 23:59\n",
        'id,"answer",left\n"a","9",""\n"b","3.5","2026-01-31"\n',
    ],
)
def test_what_is_read(content: str, read: Read) -> None:
    table = read(content)
    assert list(table.rows) == GOOD
    assert table.left_out == ()
    assert list(table.dates) == ["2026-01-31"]


def test_a_quoted_cell_may_hold_newlines_and_delimiters(read: Read) -> None:
    table = read('id,answer,left\n"Ana\nPopescu, Ltd",9,\nb,x,\n')
    assert table.rows[0]["customer"] == "Ana\nPopescu, Ltd"
    assert [(problem.line, problem.column) for problem in table.left_out] == [(4, 2)]


def test_a_quoted_title_may_hold_newlines_and_delimiters(read: Read) -> None:
    table = read('id,"answer, 0\nto 10",left\na,9,\n', {**MAPPING, "score": "answer, 0\nto 10"})
    assert [row["score"] for row in table.rows] == [9.0]


def test_a_comma_inside_a_title_does_not_decide_the_delimiter(read: Read) -> None:
    table = read('"id, of ours, or not";answer;left\na;9;\n', {**MAPPING, "customer": "id, of ours, or not"})
    assert [row["customer"] for row in table.rows] == ["a"]


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("Ana Popescu,secret,", 2, "column 'score': not a number"),
        ("Ana Popescu,11.5,", 2, "column 'score': not between 0 and 10"),
        ("Ana Popescu,-1,", 2, "column 'score': not between 0 and 10"),
        ("Ana Popescu,nan,", 2, "column 'score'"),
        ("Ana Popescu,inf,", 2, "column 'score'"),
        ("Ana Popescu,,", 2, "column 'score': the cell is empty"),
        (",3,", 1, "column 'customer': the cell is empty"),
        ("Ana Popescu,3,31.01.2026", 3, "column 'until': not a date like 2026-01-31"),
        ("Ana Popescu,3,2026-01-31x", 3, "column 'until': not a date like 2026-01-31"),
        ("Ana Popescu,3,2026-02-30", 3, "column 'until': no such day in the calendar"),
        ("Ana Popescu,3,2026-02-29", 3, "column 'until': no such day in the calendar"),
        ("Ana Popescu,3", 3, "the row is too short"),
        ("Ana Popescu", 2, "the row is too short"),
    ],
)
def test_a_bad_cell_leaves_its_row_out_and_is_not_repeated(
    row: str, column: int, says: str, read: Read
) -> None:
    table = read(f"{HEADER}a,9,\n{row}\nb,3.5,2026-01-31\n")
    assert list(table.rows) == GOOD
    (problem,) = table.left_out
    assert (problem.file, problem.line, problem.column) == ("evidence/table.csv", 3, column)
    assert says in problem.what
    assert problem.fix
    for cell in ("Ana", "Popescu", "secret", "11.5", "31.01", "2026-02"):
        assert cell not in str(problem)


cells = st.text(
    st.characters(codec="utf-8", exclude_characters='\x00,;\t\r\n"', categories=("L", "N", "P")), min_size=4
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(cells.filter(lambda text: text not in "column 'until': not a date like 2026-01-31; correct the cell"))
def test_no_message_repeats_a_cell(read: Read, content: str) -> None:
    table = read(f"{HEADER}a,9,{content}\n")
    for problem in table.left_out:
        assert content not in str(problem)


def failure(read: Read, content: str | bytes, mapping: dict[str, str] = MAPPING) -> UserError:
    with pytest.raises(UserError) as caught:
        read(content, mapping)
    assert all(problem.file == "evidence/table.csv" for problem in caught.value.problems)
    return caught.value


def test_a_missing_column_is_named_with_those_there_are(read: Read) -> None:
    error = failure(read, "id,answers\na,9\n")
    assert [problem.what for problem in error.problems] == [
        "there is no column 'answer'",
        "there is no column 'left'",
    ]
    assert error.problems[0].fix == "did you mean 'answers'?"


def test_a_title_that_stands_twice_is_no_choice_of_ours(read: Read) -> None:
    error = failure(read, "id,answer,left,answer\na,9,,8\n")
    assert [problem.what for problem in error.problems] == ["two columns are called 'answer'"]


def test_a_title_that_stands_twice_unused_does_no_harm(read: Read) -> None:
    assert len(read("id,answer,left,note,note\na,9,,x,y\n").rows) == 1


@pytest.mark.parametrize("content", ["", "\n", "\ufeff"])
def test_an_empty_file_has_no_columns(content: str, read: Read) -> None:
    assert "there is no column" in str(failure(read, content))


def test_a_table_may_have_no_rows(read: Read) -> None:
    assert read(HEADER).rows == ()


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16"])
def test_another_encoding_is_named_as_such(encoding: str, read: Read) -> None:
    error = failure(read, f"{HEADER}José,9,\n".encode(encoding))
    assert "is not UTF-8 text" in str(error)
    assert "UTF-8" in error.problems[0].fix


def test_the_place_of_a_bad_byte_is_counted_from_the_start_of_the_file(read: Read) -> None:
    good = f"{HEADER}{'a,9,' + chr(10)}".encode() * 1 + b"a,9,\n" * 20_000
    assert f"byte {len(good)}" in str(failure(read, good + b"\xe9,9,\n"))


@pytest.mark.parametrize("content", [f"{HEADER}a\0b,9,\n".encode(), f"{HEADER}a,9,\n".encode("utf-16-le")])
def test_a_nul_is_no_text_and_reaches_no_terminal(content: bytes, read: Read) -> None:
    error = failure(read, content)
    assert "\0" not in str(error)


def test_a_cell_of_absurd_length_is_no_table(read: Read) -> None:
    assert "is not a CSV file" in str(failure(read, f"{HEADER}{'a' * 200_000},9,\n"))


def test_an_unmapped_column_is_empty_in_every_row(read: Read) -> None:
    table = read(f"{HEADER}a,9,2026-01-31\n", {"customer": "id", "score": "answer"})
    assert [row["until"] for row in table.rows] == [None]


@pytest.mark.parametrize("where", ["nowhere.csv", ".", "file.csv/inside.csv"])
def test_what_is_no_file_is_the_users_to_mend(where: str, tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_text(HEADER, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_csv_table("nps", tmp_path / where, where, MAPPING, COLUMNS)
    assert caught.value.problems[0].fix
