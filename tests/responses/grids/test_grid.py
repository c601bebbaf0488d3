"""Tables as they were written: text files with every separator, encoding and line end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import ResponseFile
from cxmaturity.responses.grid import Grid, read_grid

Put = Callable[..., ResponseFile]
RowsOf = Callable[[Grid], list[tuple[object, ...]]]
Wrong = Callable[[ResponseFile], str]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """``put("a,b", "t.csv")`` writes a file that messages call by its name."""

    def write(content: str | bytes, name: str = "t.csv") -> ResponseFile:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return ResponseFile(path, name)

    return write


@pytest.mark.parametrize(
    ("text", "comma"),
    [("a,b\n1,x y\n,2\n", False), ("a;b\n1;x y\n;2\n", True), ("a\tb\r\n1\t x y\r\n\t2 ", True)],
)
def test_the_separator_is_found_in_the_headings(put: Put, text: str, comma: bool, rows_of: RowsOf) -> None:  # noqa: FBT001
    grid = read_grid(put(text))
    assert grid.headings == ("a", "b")
    assert rows_of(grid) == [("1", "x y"), (None, "2")]
    assert (grid.first_row, grid.rows, grid.left_out, grid.decimal_comma) == (2, 2, (), comma)


def test_separators_inside_quoted_headings_do_not_count(put: Put) -> None:
    assert read_grid(put('"a;b;c","d\n;e"\n1,2\n')).headings == ("a;b;c", "d\n;e")


def test_tsv_is_separated_by_tabs_whatever_the_headings_hold(put: Put) -> None:
    assert read_grid(put("a,b,c\td\n1\t2\n", "t.tsv")).headings == ("a,b,c", "d")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_the_file_states(put: Put, encoding: str, rows_of: RowsOf) -> None:
    grid = read_grid(put("ă;ț\nș;é\n".encode(encoding)))
    assert (grid.headings, rows_of(grid)) == (("ă", "ț"), [("ș", "é")])


def test_rows_are_numbered_by_the_line_on_which_they_start(put: Put, rows_of: RowsOf) -> None:
    grid = read_grid(put('a,b\n1,"two\nlines"\n\n,\n3,4\n'))
    assert rows_of(grid) == [("1", "two\nlines"), ("3", "4")]
    assert [grid.line(row) for row in range(grid.rows)] == [2, 6]


def test_several_rows_of_headings(put: Put, rows_of: RowsOf) -> None:
    grid = read_grid(put('Q1,Q2\n"How, then?",Why?\n1,2\n'), header_rows=2)
    assert grid.heading_rows == (("Q1", "Q2"), ("How, then?", "Why?"))
    assert (grid.headings, rows_of(grid), grid.line(0)) == (("Q1", "Q2"), [("1", "2")], 3)


def test_rows_of_another_length_are_left_out(put: Put, rows_of: RowsOf) -> None:
    grid = read_grid(put("a,b\n1\n1,2\n1,2,3\n"))
    assert rows_of(grid) == [("1", "2")]
    fix = "give it a cell for each heading, or export the file again"
    assert [str(problem) for problem in grid.left_out] == [
        f"t.csv:2:2: the row has too few cells: 1, and there are 2 headings; {fix}",
        f"t.csv:4:3: the row has too many cells: 3, and there are 2 headings; {fix}",
    ]


def test_a_row_with_a_stray_quote_is_left_out_and_the_rest_is_read(put: Put, rows_of: RowsOf) -> None:
    grid = read_grid(put('a,b\n1,"x"y\n3,4\n'))
    assert rows_of(grid) == [("3", "4")]
    (problem,) = grid.left_out
    assert (problem.line, problem.what) == (2, "a quote stands in the middle of a cell")


def test_a_row_with_an_invisible_character_is_left_out(put: Put, rows_of: RowsOf) -> None:
    grid = read_grid(put("a,b\n1,x\x07\n3,4\n5,x\x07\n"))
    assert rows_of(grid) == [("3", "4")]
    assert [(each.line, each.column) for each in grid.left_out] == [(2, 2), (4, 2)]
    assert [grid.line(row) for row in range(grid.rows)] == [3]
    assert not [value for column in grid.columns for value in column.values if value and "\x07" in str(value)]


def test_so_many_bad_rows_are_a_bad_file(put: Put, wrong: Wrong) -> None:
    assert "more than 1,000 rows cannot be understood" in wrong(put("a,b\n" + "1\n" * 1001))
    assert read_grid(put("a,b\n" + "1\n" * 1000)).rows == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "t.csv: the file is empty"),
        (b"a,b\n1,2\n1,\xe9\n", "t.csv:3:1: is not UTF-8 text (byte 10); save it as CSV in UTF-8"),
        (b"\xff\xfea\x00\n\x00x\x00\x00\xd8", "t.csv:2:1: is not UTF-16 text (byte 8)"),
        ("a,b\n1,2\n".encode("utf-16-le"), "t.csv:1:1: the line holds a NUL byte; save it as CSV in UTF-8"),
        (b'a,b\n1,2\n1,"x\n1,2\n', "t.csv:3:1: a quote that opens in this row is never closed"),
        (b'a,b\n1,"' + b"x\n" * 60_000, "t.csv:2:1: a cell has more than 100,000 characters"),
        (b'"a"x,b\n1,2\n', "t.csv:1:1: a quote stands in the middle of a cell"),
        (b"a\x07,b\n", "t.csv:1:1: the heading has the invisible control character U+0007"),
        (b"a,\n" + b"," * 6000, "t.csv"),
        (b"a" + b",b" * 5000, "t.csv:1:1: has more than 5,000 columns"),
    ],
    ids=["empty", "latin-1", "utf-16", "no-bom", "quote", "long", "stray", "heading", "wide-row", "wide"],
)
def test_what_is_no_table(put: Put, content: bytes, said: str, wrong: Wrong) -> None:
    if said == "t.csv":
        assert read_grid(put(content)).left_out == ()  # empty cells only
    else:
        assert said in wrong(put(content))


def test_a_folder_and_a_file_that_is_gone(tmp_path: Path, wrong: Wrong) -> None:
    (tmp_path / "d.csv").mkdir()
    assert "is a folder" in wrong(ResponseFile(tmp_path / "d.csv", "d.csv"))
    assert "there is no such file" in wrong(ResponseFile(tmp_path / "gone.csv", "gone.csv"))


def test_many_different_cells_need_more_than_a_byte(put: Put, rows_of: RowsOf) -> None:
    grid = read_grid(put("a,b\n" + "".join(f"{number},{number % 300}\n" for number in range(70_000))))
    assert [column.codes.itemsize for column in grid.columns] == [4, 2]
    assert rows_of(grid)[69_999] == ("69999", "99")  # 69,999 = 233 × 300 + 99


@given(
    rows=st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=8),
            min_size=3,
            max_size=3,
        ).filter(lambda row: any(cell.strip() for cell in row)),
        max_size=8,
    ),
    separator=st.sampled_from(",;\t"),
)
def test_what_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], separator: str, rows_of: RowsOf
) -> None:
    path = tmp_path_factory.mktemp("written") / "t.csv"
    quoted = [["a", "b", "c"], *([f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in rows)]
    path.write_text("\n".join(separator.join(row) for row in quoted), encoding="utf-8")
    read = rows_of(read_grid(ResponseFile(path, "t.csv")))
    assert read == [tuple(cell.strip() or None for cell in row) for row in rows]
