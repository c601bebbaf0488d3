"""Reading JSON lines, Parquet, workbooks, SQLite and DuckDB: the same rows, and each mistake by its place."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter

from cxmaturity.api import Column

Read = Callable[..., Any]

GOOD = [
    {"customer": "a", "score": 9.0, "until": None},
    {"customer": "b", "score": 3.5, "until": "2026-01-31"},
]
ROWS: list[tuple[Any, ...]] = [("a", 9, None), ("b", 3.5, date(2026, 1, 31))]
SQL = """SELECT * FROM (VALUES ('a', 9.0, NULL), ('b', 3.5, DATE '2026-01-31')) AS t(id, answer, "left")"""
NUMBERS = (Column("score", "number"),)


def jsonl(*rows: object) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def parquet(path: Path, sql: str = SQL) -> bytes:
    target = path / "made.parquet"
    duckdb.sql(f"COPY ({sql}) TO '{target}'")
    content = target.read_bytes()
    target.unlink()
    return content


def workbook(path: Path, rows: Sequence[Sequence[Any]]) -> bytes:
    with xlsxwriter.Workbook(path / "made.xlsx", {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell)
                elif cell is not None:
                    sheet.write(number, column, cell)
    content = (path / "made.xlsx").read_bytes()
    (path / "made.xlsx").unlink()
    return content


def sqlite(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def database(path: Path, *statements: str) -> None:
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)


# ------------------------------------------------------------------------------------------- JSON lines

OBJECTS = jsonl(
    {"id": "a", "answer": 9, "left": None, "more": [1, {"x": 2}]},
    {"left": "2026-01-31", "answer": "3.5", "id": "b"},
)


@pytest.mark.parametrize(
    "content", [OBJECTS, OBJECTS.replace("\n", "\r\n"), f"\ufeff{OBJECTS}", f"\n  \n{OBJECTS}\n"]
)
@pytest.mark.parametrize("name", ["t.jsonl", "t.ndjson"])
def test_json_lines_are_read(name: str, content: str, read: Read) -> None:
    found = read({name: content})
    assert found.rows == GOOD
    assert found.said == ""


def test_packed_json_lines_are_read(read: Read) -> None:
    assert read({"t.jsonl.gz": gzip.compress(OBJECTS.encode())}).rows == GOOD


def test_a_key_may_have_any_name(read: Read) -> None:
    titles = ["a/b", "~1", 'say "x"', "it's", "$.a", "0", "zażółć", "a.b"]
    columns = tuple(Column(f"c{n}", "text") for n in range(len(titles)))
    found = read(
        {"t.jsonl": jsonl({t: t for t in titles})}, {f"c{n}": t for n, t in enumerate(titles)}, columns
    )
    assert [list(row.values()) for row in found.rows] == [titles]


def test_a_line_that_is_no_object_is_left_out_and_named(read: Read) -> None:
    content = f'{OBJECTS}\nAna Popescu\n[1]\n"x"\n{{"id": "c"\n{{}}\n{jsonl({"id": "d", "answer": 1})}'
    found = read({"t.jsonl": content})
    assert [row["customer"] for row in found.rows] == ["a", "b", "d"]
    assert found.places == [(4, 1), (5, 1), (6, 1), (7, 1), (8, 1), (8, 1)]
    assert "Ana" not in found.said


def test_a_bad_value_is_named_by_its_line(read: Read) -> None:
    found = read(
        {"t.jsonl": f"\n{jsonl({'id': 'a', 'answer': {'x': 'Ana'}}, {'id': 'b', 'answer': 11})}{OBJECTS}"}
    )
    assert found.places == [(2, 1), (3, 1)]
    assert "Ana" not in found.said


def test_a_key_that_no_line_has_is_named_with_one_that_is_like_it(read: Read) -> None:
    found = read({"t.jsonl": jsonl({"id": "a", "answers": 9, "left": None})})
    assert [(p.what, p.fix) for p in found.problems] == [
        ("there is no column 'answer'", "did you mean 'answers'?")
    ]


def test_a_key_may_be_in_one_file_alone(read: Read) -> None:
    files = {
        "1.jsonl": jsonl({"id": "a", "answer": 9}),
        "2.jsonl": jsonl({"id": "b", "answer": 1, "left": None}),
    }
    assert len(read(files).rows) == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (json.dumps([{"id": "Ana"}, {"id": "Bob"}]), "no line is a JSON object"),
        (json.dumps({"id": "Ana"}, indent=1), "no line is a JSON object"),
        ('{"id": "' + "x" * 40_000_000 + '"}', "a line is longer than 16,000,000 bytes"),
        ('{"id": "a"}\n'.encode("utf-16"), "is not UTF-8 text but UTF-16"),
    ],
)
def test_what_is_not_json_lines_is_named(content: str | bytes, says: str, read: Read) -> None:
    found = read({"t.jsonl": content})
    assert says in found.said
    assert "Ana" not in found.said


# ---------------------------------------------------------------------------------------------- Parquet


def test_parquet_is_read_where_it_lies(read: Read, tmp_path: Path) -> None:
    found = read({"t.parquet": parquet(tmp_path)})
    assert found.rows == GOOD
    assert not found.written


@pytest.mark.parametrize(
    ("sql", "kind", "value"),
    [
        ("7::UTINYINT", "number", 7.0),
        ("2.50::DECIMAL(18, 2)", "number", 2.5),
        ("'nan'::DOUBLE", "number", None),
        ("TIMESTAMPTZ '2026-01-01 23:30:00-05'", "time", "2026-01-02T04:30:00"),
        ("TIMESTAMPTZ '2026-01-01 23:30:00-05'", "date", "2026-01-02"),
        ("TIMESTAMP_NS '2026-01-01 10:00:00'", "time", "2026-01-01T10:00:00"),
        ("DATE '2026-01-01'", "time", "2026-01-01T00:00:00"),
        ("true", "flag", True),
        ("'yes'", "flag", True),
        ("'b'::ENUM('a', 'b')", "text", "b"),
        ("'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::UUID", "key", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
        ("17::BIGINT", "key", 17),
        ("'2026-01-01'", "date", "2026-01-01"),
        ("'5'", "number", 5.0),
    ],
)
def test_types_are_read_as_what_they_mean(
    sql: str, kind: Any, value: object, read: Read, tmp_path: Path
) -> None:
    columns = (Column("it", kind, empty_allowed=True),)
    found = read({"t.parquet": parquet(tmp_path, f"SELECT {sql} AS it")}, {"it": "it"}, columns)
    assert found.said == ""
    assert found.rows == [{"it": value}]


def test_bad_cells_of_typed_columns_are_counted(read: Read, tmp_path: Path) -> None:
    values = "(11), ('inf'::DOUBLE), (NULL), ('nan'::DOUBLE), (5), (12)"
    sql = f"FROM (VALUES {values}) AS t(answer)"
    columns = (Column("score", "number", minimum=0, maximum=10),)
    found = read({"t.parquet": parquet(tmp_path, sql)}, {"score": "answer"}, columns)
    assert found.rows == [{"score": 5.0}]
    assert sorted(problem.what for problem in found.left_out) == [
        "column 'score': not a number (in 1 row)",
        "column 'score': not between 0 and 10 (in 2 rows)",
        "column 'score': the cell is empty (in 2 rows)",
    ]


def test_several_files_are_one_table_if_their_columns_are_alike(read: Read, tmp_path: Path) -> None:
    other = """SELECT 1 AS more, NULL::DATE AS "left", 'c' AS id, 2::TINYINT AS answer"""
    found = read({"1.parquet": parquet(tmp_path), "2.parquet": parquet(tmp_path, other)})
    assert sorted(row["customer"] for row in found.rows) == ["a", "b", "c"]


def test_a_column_that_is_text_in_one_file_and_dates_in_another_is_named(read: Read, tmp_path: Path) -> None:
    other = """SELECT 'c' AS id, 2 AS answer, '2026-01-01' AS "left" """
    found = read({"1.parquet": parquet(tmp_path), "2.parquet": parquet(tmp_path, other)})
    assert found.said == (
        "2.parquet: the column 'left' holds VARCHAR, and DATE in 1.parquet; write it alike in all files"
    )


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("SELECT 1 AS ID, 2 AS answers, 3 AS left_", "there is no column 'id'; did you mean 'ID'?"),
        ('SELECT [1] AS id, 2 AS answer, 3 AS "left"', "the column 'id' holds lists or structures"),
        ("SELECT {'a': 1} AS id, 2 AS answer, 3 AS \"left\"", "the column 'id' holds lists or structures"),
        ("SELECT 'Ana'::BLOB AS id, 2 AS answer, 3 AS \"left\"", "the column 'id' holds bytes"),
    ],
)
def test_columns_that_cannot_be_read_are_named(sql: str, says: str, read: Read, tmp_path: Path) -> None:
    assert says in read({"t.parquet": parquet(tmp_path, sql)}).said


def test_damaged_parquet_is_named(read: Read, tmp_path: Path) -> None:
    whole = parquet(tmp_path)
    files = {
        "cut.parquet": whole[:-9],
        "lies.parquet": whole[:-8] + (1 << 30).to_bytes(4, "little") + b"PAR1",
        "none.parquet": b"id,answer,left\nAna,9,\n",
        "zeros.parquet": b"PAR1" + bytes(100) + (50).to_bytes(4, "little") + b"PAR1",
    }
    assert read(files).said == (
        "cut.parquet: the Parquet file is cut off; copy or export it again\n"
        "lies.parquet: the Parquet file is cut off; copy or export it again\n"
        "none.parquet: is not a Parquet file; correct its name, or export it again\n"
        "zeros.parquet: the Parquet file is damaged; export it again"
    )


def test_damage_among_the_cells_is_no_crash(read: Read, tmp_path: Path) -> None:
    from cxmaturity.evidence.engines.model import EngineError

    broken = bytearray(parquet(tmp_path, "SELECT i AS answer FROM range(100000) AS r(i)"))
    broken[100:5_000] = bytes(4_900)
    with pytest.raises(EngineError) as caught:
        read({"t.parquet": bytes(broken)}, {"score": "answer"}, NUMBERS)
    assert caught.value.fix


# -------------------------------------------------------------------------------------------- workbooks


def test_workbooks_are_read(read: Read, tmp_path: Path) -> None:
    header = ("id", "more", "answer", "left")
    rows = [(id_, "x", answer, left) for id_, answer, left in ROWS]
    assert read({"t.xlsx": workbook(tmp_path, [header, rows[0], [], rows[1]])}).rows == GOOD


def test_bad_cells_of_workbooks_are_named_by_row_and_column(read: Read, tmp_path: Path) -> None:
    rows = [
        ("id", "answer", "left"),
        ("Ana", "x", None),
        [],
        ("Bob", 5, "31.1.2026"),
        ("Eva", "=1+1", None),
        *ROWS,
    ]
    found = read({"1.xlsx": workbook(tmp_path, [rows[0], *ROWS]), "2.xlsx": workbook(tmp_path, rows)})
    assert len(found.rows) == 4
    assert [(p.file, p.line, p.column) for p in found.left_out] == [
        ("2.xlsx", 5, 2),  # a formula, which nobody evaluates
        ("2.xlsx", 2, 2),
        ("2.xlsx", 4, 3),
    ]
    assert not any(name in found.said for name in ("Ana", "Bob", "Eva"))


def test_many_rows_of_workbooks_keep_their_order(
    read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxmaturity.evidence.sources.xlsx_files.BATCH", 7)
    content = workbook(tmp_path, [["n"], *([n] for n in range(100))])
    assert [row["score"] for row in read({"t.xlsx": content}, {"score": "n"}, NUMBERS).rows] == list(
        range(100)
    )


def test_workbooks_that_cannot_be_read_are_named(read: Read, tmp_path: Path) -> None:
    found = read({"1.xlsx": workbook(tmp_path, [("id", "answers", "left")]), "2.xlsx": b"Ana Popescu"})
    assert [(p.file, p.line, p.what) for p in found.problems] == [
        ("1.xlsx", 1, "there is no column 'answer'"),
        ("2.xlsx", 0, "is not a workbook"),
    ]


# ----------------------------------------------------------------------------------------------- SQLite

CUSTOMERS = 'CREATE TABLE "our customers" (more, "left" DATE, id, answer)'
TWO = """INSERT INTO "our customers" VALUES (x'00', NULL, 'a', 9), (1, '2026-01-31', 'b', 3.5)"""


@pytest.mark.parametrize("name", ["t.sqlite", "t.sqlite3", "t.db"])
def test_sqlite_is_read(name: str, read: Read, tmp_path: Path) -> None:
    sqlite(tmp_path / name, CUSTOMERS, TWO)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert read({}, source=[name], table="our customers").rows == GOOD
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_sqlite_numbers_keep_all_their_digits(read: Read, tmp_path: Path) -> None:
    sqlite(
        tmp_path / "t.db",
        "CREATE TABLE t (n)",
        "INSERT INTO t VALUES (0.1 + 0.2), (1e300), (9007199254740993)",
    )
    columns = (Column("n", "text"),)
    found = read({}, {"n": "n"}, columns, source=["t.db"], table="t")
    assert [row["n"] for row in found.rows] == ["0.30000000000000004", "1e+300", "9007199254740993"]


def test_sqlite_that_is_written_to_meanwhile_is_read_as_it_is(read: Read, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "t.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(CUSTOMERS)
        connection.execute(TWO)
        connection.commit()
        assert read({}, source=["t.db"], table="our customers").rows == GOOD


def test_sqlite_closed_with_a_journal_leaves_nothing_behind(read: Read, tmp_path: Path) -> None:
    sqlite(tmp_path / "t.db", "PRAGMA journal_mode = WAL", CUSTOMERS, TWO)
    assert read({}, source=["t.db"], table="our customers").rows == GOOD
    assert [path.name for path in tmp_path.iterdir()] == ["t.db"]


def test_bad_cells_of_sqlite_are_named_by_row(read: Read, tmp_path: Path) -> None:
    sqlite(tmp_path / "t.db", CUSTOMERS, TWO, """INSERT INTO "our customers" VALUES (1, 'Ana', NULL, 11)""")
    found = read({}, source=["t.db"], table="our customers")
    assert found.rows == GOOD
    assert {p.file for p in found.left_out} == {"t.db, row 3"}
    assert len(found.left_out) == 3
    assert "Ana" not in found.said


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("", "does not say which table holds 'nps'; name it in evidence.nps.table; there are: bytes, latin"),
        ("lattin", "there is no table 'lattin'; did you mean 'latin'?"),
        ("Latin", "did you mean 'latin'?"),
        ("sqlite_schema", "there is no table 'sqlite_schema'"),
        ("bytes", "the column 'id' holds bytes"),
        ("latin", "the database cannot be read"),
        ("other", "there is no column 'id'; did you mean 'idd'?"),
    ],
)
def test_what_cannot_be_read_of_sqlite_is_named(table: str, says: str, read: Read, tmp_path: Path) -> None:
    sqlite(
        tmp_path / "t.db",
        *("CREATE TABLE bytes (id)", "INSERT INTO bytes VALUES (x'416e61')"),
        *("CREATE TABLE latin (id)", "INSERT INTO latin VALUES (CAST(x'416e61ff' AS TEXT))"),
        "CREATE TABLE other (idd)",
    )
    found = read({}, {"customer": "id"}, source=["t.db"], table=table)
    assert says in found.said
    assert "Ana" not in found.said
    assert all(problem.file == "t.db" for problem in found.problems)


@pytest.mark.parametrize("content", [b"Ana Popescu", b"SQLite format 3\0" + b"Ana" * 999])
def test_what_is_no_sqlite_is_named(content: bytes, read: Read) -> None:
    found = read({"t.db": content}, table="t")
    assert len(found.problems) == 1
    assert "Ana" not in found.said


# ----------------------------------------------------------------------------------------------- DuckDB


def test_duckdb_is_read_where_it_lies(read: Read, tmp_path: Path) -> None:
    path = tmp_path / "t.duckdb"
    database(path, f"CREATE TABLE customers AS {SQL}", "CREATE SCHEMA crm", f"CREATE VIEW crm.seen AS {SQL}")
    before = path.read_bytes()
    for table in ("customers", "crm.seen"):
        found = read({}, source=["t.duckdb"], table=table)
        assert sorted(found.rows, key=str) == sorted(GOOD, key=str)
        assert not found.written
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["t.duckdb"]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (
            "",
            "does not say which table holds 'nps'; name it in evidence.nps.table; there are: customers",
        ),
        ("Customers", "there is no table 'Customers'; did you mean 'customers'?"),
        ("customers; DROP TABLE customers", "there is no table"),
        ("thief", "the table 'thief' cannot be read by itself"),
    ],
)
def test_what_cannot_be_read_of_duckdb_is_named(table: str, says: str, read: Read, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("id,answer,left\nAna,9,\n", encoding="utf-8")
    view = f"CREATE VIEW thief AS FROM read_csv('{secret}')"
    database(tmp_path / "t.duckdb", f"CREATE TABLE customers AS {SQL}", view)
    found = read({}, source=["t.duckdb"], table=table)
    assert says in found.said
    assert "Ana" not in found.said


def test_what_is_no_duckdb_is_named(read: Read) -> None:
    assert (
        "is no database that this version of DuckDB can read"
        in read({"t.duckdb": b"Ana" * 9999}, table="t").said
    )
