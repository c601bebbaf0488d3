"""Parquet: every kind of column as text, few different values or many."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from cxmaturity.api import ResponseFile
from cxmaturity.errors import UserError
from cxmaturity.responses.grid import Grid, read_grid

Put = Callable[..., ResponseFile]
RowsOf = Callable[[Grid], list[tuple[object, ...]]]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """``put("SELECT 1 AS a")`` writes what a query gives as a Parquet file."""

    def write(query: str, name: str = "t.parquet") -> ResponseFile:
        made = tmp_path / "made"
        duckdb.sql(f"COPY ({query}) TO '{made}' (FORMAT parquet)")
        return ResponseFile(made.rename(tmp_path / name), name)

    return write


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("3::TINYINT", "3"),
        ("-3::BIGINT", "-3"),
        ("3::UBIGINT", "3"),
        ("3.0::DOUBLE", "3"),
        ("2.5::FLOAT", "2.5"),
        ("'nan'::DOUBLE", None),
        ("2.50::DECIMAL(5, 2)", "2.50"),
        ("true", "true"),
        ("' x '", "x"),
        ("'it''s'", "it's"),
        ("''", None),
        ("DATE '2026-01-31'", "2026-01-31"),
        ("TIMESTAMP '2026-01-31 18:00:00'", "2026-01-31 18:00:00"),
        ("NULL::INTEGER", None),
        ("'b'::ENUM('a', 'b')", "b"),
    ],
)
def test_what_cells_say(put: Put, value: str, text: str | None, rows_of: RowsOf) -> None:
    grid = read_grid(put(f'SELECT \'r1\' AS respondent, {value} AS "it\'s"""'))
    assert grid.headings == ("respondent", "it's\"")
    assert (rows_of(grid), grid.line(0)) == ([("r1", text)], 1)


def test_few_values_cost_a_byte_and_many_more(put: Put, rows_of: RowsOf) -> None:
    number = 70_000
    query = f"""SELECT i % 7 AS few, i % 300 AS some, 'r' || i AS many, 't' || (i % 100) AS hundred,
        CASE WHEN i % 5 > 0 THEN 'x' || (i % 5) END AS five FROM range({number}) t(i)"""  # noqa: S608
    grid = read_grid(put(query))
    expected = [
        (str(i % 7), str(i % 300), f"r{i}", f"t{i % 100}", f"x{i % 5}" if i % 5 else None)
        for i in range(number)
    ]
    assert rows_of(grid) == expected
    assert [column.codes.itemsize for column in grid.columns] == [1, 2, 4, 1, 1]


def test_no_rows(put: Put, rows_of: RowsOf) -> None:
    grid = read_grid(put("SELECT 1 AS a, 'x' AS b WHERE false"))
    assert (grid.headings, grid.rows, rows_of(grid)) == (("a", "b"), 0, [])


def test_columns_that_hold_no_cells_are_all_named(put: Put) -> None:
    with pytest.raises(UserError) as caught:
        read_grid(put("SELECT [1] AS a, 1 AS b, {'x': 1} AS c, 'x'::BLOB AS d"))
    assert [str(problem) for problem in caught.value.problems] == [
        "t.parquet:1:1: the column holds lists or structures; write it as text",
        "t.parquet:1:3: the column holds lists or structures; write it as text",
        "t.parquet:1:4: the column holds values of the type BLOB; write it as text",
    ]


def test_a_name_with_a_pattern_in_it_is_only_a_name(put: Put) -> None:
    put("SELECT 1 AS other", "tb.parquet")
    assert read_grid(put("SELECT 1 AS mine", "t[b]*'?.parquet")).headings == ("mine",)


def test_a_row_with_an_invisible_character_is_left_out(put: Put, rows_of: RowsOf) -> None:
    grid = read_grid(put("SELECT unnest(['a', 'b' || chr(7), 'c']) AS a"))
    assert rows_of(grid) == [("a",), ("c",)]
    assert [str(problem) for problem in grid.left_out] == [
        "t.parquet:2:1: the cell has the invisible control character U+0007; remove it"
    ]
