"""Which files a workspace may name, and how: inside its folder, of one kind, and ordinary ones."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxmaturity.evidence.sources import finding

Read = Callable[..., Any]

CSV = "id,answer,left\na,9,\n"


def said(found: Any) -> list[tuple[str, str]]:
    assert found.rows == []
    assert all(problem.fix for problem in found.problems)
    return [(problem.file, problem.what) for problem in found.problems]


@pytest.mark.parametrize(
    ("source", "file", "what"),
    [
        ("nowhere.csv", "nowhere.csv", "there is no such file"),
        ("folder.csv", "folder.csv", "is a folder, not a file"),
        ("table.csv/inside.csv", "table.csv/inside.csv", "cannot be read: Not a directory"),
        ("*.parquet", "*.parquet", "no file matches"),
        ("**.csv", "**.csv", "is not a pattern"),
        ("../table.csv", "../table.csv", "leads out of the workspace"),
        ("/etc/passwd", "/etc/passwd", "leads out of the workspace"),
        ("../*.csv", "../*.csv", "leads out of the workspace"),
        ("out.csv", "out.csv", "is a link that leads out of the workspace"),
        ("o*.csv", "out.csv", "is a link that leads out of the workspace"),
        ("linked/*.csv", "linked/other.csv", "is a link that leads out of the workspace"),
        ("round.csv", "round.csv", "is a link that leads out of the workspace"),
        ("pipe.csv", "pipe.csv", "is no ordinary file"),
        ("empty.csv", "empty.csv", "the file is empty"),
        ("n" * 300 + ".csv", "n" * 300 + ".csv", "cannot be read: File name too long"),
        ("table.json", "table.json", "nothing reads files of this kind"),
        ("table", "table", "nothing reads files of this kind"),
        ("table.parquet.gz", "table.parquet.gz", "nothing reads files of this kind"),
        ("table.gz", "table.gz", "nothing reads files of this kind"),
    ],
)
def test_what_cannot_be_read_is_named_as_the_workspace_names_it(
    source: str, file: str, what: str, read: Read, tmp_path: Path
) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (outside / "other.csv").write_text(CSV, encoding="utf-8")
    files = {
        f"inside/{name}": CSV for name in ("table.csv", "table", "table.json", "table.parquet.gz", "table.gz")
    }
    read(files)
    (inside / "folder.csv").mkdir()
    (inside / "out.csv").symlink_to(outside / "other.csv")
    (inside / "linked").symlink_to(outside)
    (inside / "round.csv").symlink_to(inside / "round.csv")
    (inside / "empty.csv").touch()
    os.mkfifo(inside / "pipe.csv")

    from cxmaturity.evidence.model import TableSource
    from cxmaturity.evidence.sources.opening import open_tables

    with open_tables({"nps": TableSource((source,), inside, {})}, {"nps": ["id"]}) as opened:
        assert opened.tables == {}
        assert [(problem.file, problem.what) for problem in opened.problems] == [(file, what)]
        assert all(problem.fix for problem in opened.problems)


def test_a_link_inside_the_workspace_is_as_good_as_a_file(read: Read, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to("data.csv")
    assert len(read({"data.csv": CSV}, source=["link.csv"]).rows) == 1


def test_patterns_pass_over_hidden_files_and_find_each_file_once(read: Read) -> None:
    files = {"a.csv": CSV, "b.csv": CSV, ".c.csv": CSV, "deep/er/d.csv": CSV, "e.txt": CSV}
    assert len(read(files, source=["a.csv", "*.csv", "**/*.csv"]).rows) == 3


def test_files_of_a_table_are_of_one_kind(read: Read) -> None:
    found = read({"a.csv": CSV, "b.jsonl": '{"id": 1}'}, source=["a.csv", "b.jsonl"])
    assert said(found) == [("a.csv, b.jsonl", "the files of 'nps' are of several kinds: CSV, JSON lines")]


def test_a_name_in_capitals_is_of_the_same_kind(read: Read) -> None:
    assert len(read({"A.CSV": CSV, "b.Tsv": CSV.replace(",", "\t")}).rows) == 2


def test_a_file_that_is_a_table_by_itself_has_no_table(read: Read) -> None:
    assert said(read({"a.csv": CSV}, table="customers")) == [
        ("a.csv", "a file of the kind CSV is one table by itself")
    ]


def test_a_table_lies_in_one_database(read: Read) -> None:
    found = read({"a.db": "x", "b.db": "x"}, table="customers")
    assert said(found) == [("a.db, b.db", "the table 'nps' lies in several databases")]


def test_a_pattern_may_not_match_without_end(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MAX_FILES", 2)
    found = read({f"{n}.csv": CSV for n in range(3)}, source=["*.csv"])
    assert said(found) == [("*.csv", "more than 2 files match")]


def test_everything_that_is_wrong_is_said_at_once(read: Read) -> None:
    found = read({"a.csv": CSV}, source=["b.csv", "../c.csv", "a.csv", "d*.csv"])
    assert [file for file, _ in said(found)] == ["../c.csv", "d*.csv", "b.csv"]
