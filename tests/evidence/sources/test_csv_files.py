"""Reading CSV files: what is accepted, and every mistake with its line and column but not its content."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

try:
    from compression import zstd
except ImportError:  # before Python 3.14
    from backports import zstd

from cxmaturity.api import Column
from cxmaturity.evidence.sources import csv_places

Read = Callable[..., Any]

HEADER = "id,answer,left\n"
GOOD = [
    {"customer": "a", "score": 9.0, "until": None},
    {"customer": "b", "score": 3.5, "until": "2026-01-31"},
]
NAMES = {"customer": "id"}
PACKERS: dict[str, Callable[[bytes], bytes]] = {"": bytes, ".gz": gzip.compress, ".zst": zstd.compress}
NAME = (Column("customer", "text"),)


@pytest.mark.parametrize(
    "content",
    [
        "id,answer,left\na,9,\nb,3.5,2026-01-31\n",
        "id;answer;left\na;9;\nb;3.5;2026-01-31\n",
        "id\tanswer\tleft\na\t9\t\nb\t3.5\t2026-01-31\n",
        "id,answer,left\r\na,9,\r\nb,3.5,2026-01-31\r\n",
        "id,answer,left\ra,9,\rb,3.5,2026-01-31\r",  # as old Macs wrote it
        "id,answer,left\r\na,9,\nb,3.5,2026-01-31\r",  # put together of several
        "id,answer,left\na,9,\nb,3.5,2026-01-31",  # no newline at the end
        "\ufeffid,answer,left\na,9,\nb,3.5,2026-01-31\n",  # as Excel writes it
        "left,note,id,answer\n,x,a,9\n2026-01-31,y,b,3.5\n",  # in another order, with more columns
        " id , answer ,left\n a ,  9 ,\nb,3.5, 2026-01-31 \n",
        "id,answer,left\n\na,9,\n\n,,\n , ,  \nb,3.5,2026-01-31\n\n",  # empty rows
        "id,answer,left\na,9,\nb,3.5,2026-01-31T23:59:00\n",
        "id,answer,left\na,9,\nb,3.5,2026-01-31 23:59\n",
        'id,"answer",left\n"a","9",""\n"b","3.5","2026-01-31"\n',
        "id;answer;left\na;9;\nb;3,5;2026-01-31\n",  # where a comma is no separator, it is a decimal one
        "id\tanswer\tleft\na\t9,0\t\nb\t3,50\t2026-01-31\n",
    ],
)
def test_what_is_read(content: str, read: Read) -> None:
    found = read({"table.csv": content})
    assert found.rows == GOOD
    assert (found.left_out, found.problems, found.rows_seen) == ([], [], 2)


def test_a_name_says_that_tabs_separate(read: Read) -> None:
    content = "id, of ours, or not\tanswer\tleft\na\t9\t\nb\t3.5\t2026-01-31\n"
    mapping = {"customer": "id, of ours, or not", "score": "answer", "until": "left"}
    assert read({"table.tsv": content}, mapping).rows == GOOD


def test_a_quoted_cell_may_hold_newlines_and_delimiters(read: Read) -> None:
    found = read({"table.csv": 'id,answer,left\n"Ana\nPopescu, Ltd",9,\nb,x,\n'})
    assert found.rows[0]["customer"] == "Ana\nPopescu, Ltd"
    assert found.places == [(4, 2)]


def test_a_quoted_title_may_hold_newlines_and_delimiters(read: Read) -> None:
    mapping = {"customer": "id", "score": "answer, 0\nto 10", "until": "left"}
    found = read({"table.csv": 'id,"answer, 0\nto 10",left\na,9,\nb,x,\n'}, mapping)
    assert [row["score"] for row in found.rows] == [9.0]
    assert found.places == [(4, 2)]


def test_a_comma_inside_a_title_does_not_decide_the_separator(read: Read) -> None:
    mapping = {"customer": "id, of ours, or not", "score": "answer", "until": "left"}
    found = read({"table.csv": '"id, of ours, or not";answer;left\na;9;\n'}, mapping)
    assert [row["customer"] for row in found.rows] == ["a"]


MONEY = (Column("amount", "number"),)


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        # where some cell of a column has a decimal comma, its full stops group thousands
        (["2,5", "1.234,50", "1.234", "-3,0", "7"], [2.5, 1234.5, 1234.0, -3.0, 7.0]),
        (["2.5", "1.234", "7"], [2.5, 1.234, 7.0]),
        (["2,5", "2.5", "1.23,4", "1,2,3"], [2.5, None, None, None]),
    ],
)
def test_a_decimal_comma_is_one_in_the_whole_column(
    cells: list[str], values: list[float | None], read: Read
) -> None:
    content = "id;eur\n" + "".join(f"a;{cell}\n" for cell in cells)
    found = read({"table.csv": content}, {"amount": "eur"}, MONEY)
    assert [row["amount"] for row in found.rows] == [value for value in values if value is not None]
    assert found.places == [(n, 2) for n, value in enumerate(values, 2) if value is None]


def test_a_comma_that_separates_cells_is_none_of_numbers(read: Read) -> None:
    found = read({"table.csv": 'id,eur\na,"1,234"\n'}, {"amount": "eur"}, MONEY)
    assert found.rows == []
    assert found.places == [(2, 2)]


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("Ana Popescu,secret,", 2, "column 'score': not a number"),
        ("Ana Popescu,11.5,", 2, "column 'score': not between 0 and 10"),
        ("Ana Popescu,-1,", 2, "column 'score': not between 0 and 10"),
        ("Ana Popescu,nan,", 2, "column 'score'"),
        ("Ana Popescu,inf,", 2, "column 'score'"),
        ("Ana Popescu,1_0,", 2, "column 'score'"),
        ("Ana Popescu,,", 2, "column 'score': the cell is empty"),
        (",3,", 1, "column 'customer': the cell is empty"),
        ("Ana Popescu,3,31.01.2026", 3, "column 'until': not a date like 2026-01-31"),
        ("Ana Popescu,3,2026-01-31x", 3, "column 'until': not a date like 2026-01-31"),
        ("Ana Popescu,3,2026-02-30", 3, "column 'until': not a date"),
        ("Ana Popescu,3,2026-02-29", 3, "column 'until': not a date"),
        ("Ana Popescu,3,1026-02-28", 3, "column 'until': not a day between 1900 and 2199"),
        ("Ana Popescu,3", 3, "the row is too short"),
        ("Ana Popescu", 2, "the row is too short"),
        ("Ana Popescu,3,,secret", 4, "the row is too long"),
        ('"Ana" Popescu,3,', 1, "a quote stands in the middle of a cell"),
    ],
)
def test_a_bad_cell_leaves_its_row_out_and_is_not_repeated(
    row: str, column: int, says: str, read: Read
) -> None:
    found = read({"evidence/table.csv": f"{HEADER}a,9,\n{row}\nb,3.5,2026-01-31\n"})
    assert found.rows == GOOD
    (problem,) = found.left_out
    assert (problem.file, problem.line, problem.column) == ("evidence/table.csv", 3, column)
    assert says in problem.what
    assert problem.fix
    for cell in ("Ana", "Popescu", "secret", "11.5", "31.01", "2026-02"):
        assert cell not in str(problem)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_lines_are_those_of_an_editor(line_end: str, ending: str, read: Read) -> None:
    lines = ["\ufeffid,answer,left", "", 'a,9,"', '"', "b", "", ",,", "c,x,", "d,1,2,3", '"e', 'f",y,']
    found = read({f"table.csv{ending}": PACKERS[ending](line_end.join(lines).encode())})
    # the rows that are none come first, and then the cells, column by column
    assert found.places == [(5, 2), (9, 4), (8, 2), (10, 2)]


cells = st.text(
    st.characters(codec="utf-8", exclude_characters='\x00,;\t\r\n"', categories=("L", "N", "P")), min_size=4
)
FIXED = "table.csv: column 'until': not a date like 2026-01-31; correct the cell"


# many rows in few files: to read any takes much longer than to read one more row
few = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)


@few
@given(st.lists(cells.filter(lambda text: text not in FIXED), min_size=1, max_size=20))
def test_no_message_repeats_a_cell(read: Read, contents: list[str]) -> None:
    found = read({"table.csv": HEADER + "".join(f"a,9,{content}\n" for content in contents)})
    assert found.places == [(line, 3) for line in range(2, len(contents) + 2)]
    assert [content for content in contents if content in found.said] == []


plain = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=5)
quoted = st.text(st.sampled_from('ab,;"\n '), max_size=6).filter(lambda text: text.strip())


@few
@given(st.lists(st.tuples(plain | quoted, plain | quoted), max_size=50), st.sampled_from(["\n", "\r\n"]))
def test_what_python_writes_is_read_as_it_was(read: Read, rows: list[tuple[str, str]], line_end: str) -> None:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator=line_end)
    writer.writerows([("one", "two"), *rows])
    columns = (Column("a", "text"), Column("b", "text"))
    found = read({"table.csv": file.getvalue()}, {"a": "one", "b": "two"}, columns)
    assert found.said == ""
    assert [(row["a"], row["b"]) for row in found.rows] == [(a.strip(), b.strip()) for a, b in rows]


def failure(read: Read, content: str | bytes) -> list[Any]:
    found = read({"evidence/table.csv": content})
    assert found.rows == []
    assert found.problems
    assert all(problem.file == "evidence/table.csv" for problem in found.problems)
    assert all(problem.fix for problem in found.problems)
    return list(found.problems)


def test_a_missing_column_is_named_with_one_that_is_like_it(read: Read) -> None:
    problems = failure(read, "id,answers\na,9\n")
    assert [problem.what for problem in problems] == [
        "there is no column 'answer'",
        "there is no column 'left'",
    ]
    assert problems[0].fix == "did you mean 'answers'?"
    assert (problems[0].line, problems[0].column) == (1, 1)


def test_a_column_in_another_case_is_another_column(read: Read) -> None:
    assert failure(read, "ID,answer,left\na,9,\n")[0].fix == "did you mean 'ID'?"


def test_a_title_that_stands_twice_is_no_choice_of_ours(read: Read) -> None:
    problems = failure(read, "id,answer,left,answer\na,9,,8\n")
    assert [problem.what for problem in problems] == ["two columns are called 'answer'"]


def test_a_title_that_stands_twice_unused_does_no_harm(read: Read) -> None:
    assert len(read({"table.csv": "id,answer,left,note,note\na,9,,x,y\n"}).rows) == 1


def test_a_file_without_header_does_not_show_somebodys_record(read: Read) -> None:
    found = read({"table.csv": "Ana Popescu,9,2026-01-31\nBob,3,\n"})
    assert "Ana" not in found.said


@pytest.mark.parametrize("content", ["\n", "\ufeff", "\n\nid,answer,left\na,9,\n"])
def test_without_a_first_row_there_are_no_columns(content: str, read: Read) -> None:
    assert "there is no column" in str(failure(read, content)[0])


def test_an_empty_file_is_named_as_such(read: Read) -> None:
    assert failure(read, "")[0].what == "the file is empty"


def test_a_table_may_have_no_rows(read: Read) -> None:
    assert read({"table.csv": HEADER}).rows == []


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-16-le"])
def test_another_encoding_is_named_as_such(encoding: str, read: Read) -> None:
    (problem,) = failure(read, f"{HEADER}José,9,\n".encode(encoding))
    assert "UTF-8" in str(problem)
    assert "Jos" not in str(problem)


def test_the_place_of_a_bad_byte_is_counted_from_the_start_of_the_file(read: Read) -> None:
    good = HEADER.encode() + b"a,9,\n" * 20_000
    (problem,) = failure(read, good + b"\xe9,9,\n")
    assert f"byte {len(good):,}" in problem.what
    assert problem.line == 20_002


def test_a_nul_is_no_text_and_reaches_no_terminal(read: Read) -> None:
    (problem,) = failure(read, f"{HEADER}a,9,\na\0b,9,\n".encode())
    assert (problem.line, problem.what) == (3, "the line holds a NUL byte")
    assert "\0" not in str(problem)


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (f"{HEADER}a,9,\n{'a' * 2_500_000},9,\nb,3.5,\n", 3, "2,000,000 bytes"),
        (f"{HEADER}a,9,\n{'a' * 40_000_000},9,\n", 3, "longer than 2,000,000 bytes"),  # DuckDB says nothing
        (f"{HEADER}a,9,\n{'a' * 40_000_000},9,\nb,3.5,\n", 3, "longer than 2,000,000 bytes"),
        (f'{HEADER}a,9,\n"b,3.5,\nc,1,\n', 3, "a quote that opens in this row is never closed"),
        (f'{HEADER}a,9,\nx,y,z,"b\n' + "c,1,\n" * 8_000_000, 3, "never closed"),
        (f"{','.join(f'c{n}' for n in range(300_000))}\n", 1, "the first row is longer than"),
        (f"{',' * 9_000}\n", 1, "more than 5,000 columns"),
        (f'"{HEADER}' + "a,9,\n" * 300_000, 1, "the first row is longer than"),
        ('id,"answer,left\na,9,\n', 1, "the first row has a quote"),
    ],
)
def test_what_is_no_table_is_refused_whole(content: str, line: int, says: str, read: Read) -> None:
    (problem,) = failure(read, content)
    assert says in problem.what
    assert (problem.line, problem.column) == (line, 1)


@pytest.mark.parametrize("ending", [".gz", ".zst"])
@pytest.mark.parametrize("cut", [False, True])
def test_a_broken_packed_file_is_named(ending: str, cut: bool, read: Read) -> None:  # noqa: FBT001
    content = HEADER.encode() + b"".join(b"%d,9,\n" % number for number in range(9_999))
    broken = PACKERS[ending](content)[:-99] if cut else content
    (problem,) = read({f"table.csv{ending}": broken}).problems
    assert problem.what == "the compressed file is broken or cut off"


def test_many_stray_quotes_are_no_table_either(read: Read) -> None:
    (problem,) = failure(read, HEADER + '"a"b,9,\n' * 101)
    assert "more than 100 rows have a quote in the middle of a cell" in problem.what


def test_only_the_first_of_many_bad_rows_are_named_and_all_are_counted(read: Read) -> None:
    found = read({"table.csv": HEADER + "a\n" * 1_500 + "a,9,\nb,3.5,2026-01-31\n"})
    assert found.rows == GOOD
    assert found.places == [*((line, 2) for line in range(2, 102)), (0, 0)]
    assert found.left_out[-1].what == "1,400 more rows have too few or too many cells"


def test_rows_far_down_are_named_by_their_number(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_places, "FARTHEST", 2)
    found = read({"table.csv": f"{HEADER}a,9,\n\nb,x,\nc,y,\n"})
    assert [(p.file, p.line, p.column) for p in found.left_out] == [
        ("table.csv", 4, 2),
        ("table.csv, row 3", 0, 0),
    ]


def test_where_lines_cannot_be_told_rows_are_named_by_their_number(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_places.CsvPlaces, "_same", lambda *_: False)  # Python splits it in another way
    found = read({"table.csv": f"{HEADER}a,9,\nb,x,\n"})
    assert [str(problem) for problem in found.left_out] == [
        "table.csv, row 2: column 'score': not a number; correct the cell"
    ]


def test_several_files_are_one_table_whatever_the_order_of_their_columns(read: Read) -> None:
    files = {
        "2.csv": "left;id;answer\n;c;1\nx;d;1\n",
        "1.csv": "id,answer,left\na,9,\nb,3.5,2026-01-31\n,,1\n",
    }
    found = read(files, source=["*.csv"])
    assert found.rows == [*GOOD, {"customer": "c", "score": 1.0, "until": None}]
    assert {(p.file, p.line, p.column) for p in found.left_out} == {
        ("1.csv", 4, 1),
        ("1.csv", 4, 2),
        ("1.csv", 4, 3),
        ("2.csv", 3, 1),
    }


def test_all_headers_are_looked_at_before_any_row(read: Read) -> None:
    found = read({"1.csv": "id,answer\n", "2.csv": HEADER, "3.csv": "answer,left\n"})
    assert [(p.file, p.what) for p in found.problems] == [
        ("1.csv", "there is no column 'left'"),
        ("3.csv", "there is no column 'id'"),
    ]


def test_an_unmapped_column_is_not_read(read: Read) -> None:
    found = read({"table.csv": f"{HEADER}a,9,nonsense\n"}, {"customer": "id", "score": "answer"})
    assert found.rows == [{"customer": "a", "score": 9.0}]


def test_one_column_may_have_blank_lines(read: Read) -> None:
    found = read({"table.csv": "id\na\n\n  \nb\n"}, NAMES, NAME)
    assert [row["customer"] for row in found.rows] == ["a", "b"]


def test_rows_come_in_the_order_of_the_file_however_many_there_are(read: Read) -> None:
    content = "id,n\n" + "".join(f"customer {n},{n}\n" for n in range(300_000))
    columns = (Column("n", "number", maximum=299_997),)
    found = read({"table.csv": content}, {"n": "n"}, columns)
    assert [row["n"] for row in found.rows] == list(map(float, range(299_998)))
    assert found.places == [(300_000, 2), (300_001, 2)]


@pytest.mark.parametrize("name", ["it's.csv", 'a"b.csv', "a[1].csv", "b*.csv", "c?.csv", "ümläut %20.csv"])
def test_files_may_have_any_name(name: str, read: Read, tmp_path: Path) -> None:
    (tmp_path / "b1.csv").write_text("another,file\n", encoding="utf-8")
    (tmp_path / "a1.csv").write_text("another,file\n", encoding="utf-8")
    assert read({name: f"{HEADER}a,9,\nb,3.5,2026-01-31\n"}).rows == GOOD
