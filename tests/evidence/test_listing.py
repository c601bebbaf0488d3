"""The columns of files of every kind, before any of them is mapped."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import duckdb
import pytest
from openpyxl import Workbook

from cxmaturity.evidence.model import TableSource
from cxmaturity.evidence.sources.listing import columns_in, unmapped_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six files with a table of the columns id and plan."""
    inside = tmp_path / "evidence"
    inside.mkdir()
    (inside / "a.csv").write_text("id;plan\n1;basic\n", encoding="utf-8")
    (inside / "b.jsonl").write_text('{"id": 1}\nbroken\n{"id": 2, "plan": "basic"}\n', encoding="utf-8")
    book = Workbook()
    assert book.active is not None
    book.active.append(["id", "plan"])
    book.save(inside / "c.xlsx")
    with duckdb.connect(inside / "d.duckdb") as connection:
        connection.execute(
            "CREATE SCHEMA crm; CREATE TABLE crm.base AS SELECT 1 AS id, 'x' AS plan, [1] AS more"
        )
        connection.execute(f"COPY crm.base TO '{inside / 'e.parquet'}'")
    connection = sqlite3.connect(inside / "f.sqlite")
    connection.execute("CREATE TABLE base (id, plan)")
    connection.close()
    return tmp_path


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("a.csv", ""),
        ("b.jsonl", ""),
        ("c.xlsx", ""),
        ("d.duckdb", "crm.base"),
        ("e.parquet", ""),
        ("f.sqlite", "base"),
    ],
)
def test_the_columns_that_metrics_could_read_are_listed(name: str, table: str, folder: Path) -> None:
    source = TableSource((f"evidence/{name}",), folder, {}, table)
    assert columns_in(source, "customers") == ["id", "plan"]


@pytest.mark.parametrize("name", ["d.duckdb", "f.sqlite"])
def test_of_a_table_that_is_not_there_none_are(name: str, folder: Path) -> None:
    assert columns_in(TableSource((f"evidence/{name}",), folder, {}, "gone"), "customers") == []


def test_of_a_database_elsewhere_none_are(tmp_path: Path) -> None:
    source = TableSource(("postgresql://nowhere.example/crm",), tmp_path, {}, "crm.base")
    assert columns_in(source, "customers") == []


def test_files_that_can_be_read_are_found(folder: Path) -> None:
    for name in ("notes.txt", "g.csv.gz", ".hidden"):
        (folder / "evidence" / name).touch()
    names = ["a.csv", "b.jsonl", "c.xlsx", "d.duckdb", "e.parquet", "f.sqlite", "g.csv.gz"]
    assert list(unmapped_files(folder)) == names
    assert unmapped_files(folder / "evidence") == {}
