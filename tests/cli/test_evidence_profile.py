"""``cxmaturity evidence profile``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cxmaturity.testing import RunCommand

ROWS = "".join(
    f"C{number},2024-01-{number:02},{'2027-01-01' if number == 10 else ''}\n" for number in range(10, 22)
)


def test_the_tables_of_a_workspace_are_shown(with_customers: Callable[..., Path], cli: RunCommand) -> None:
    done = cli("evidence", "profile", with_customers(f"{ROWS}C11,2024-01-11,\n"))
    assert (done.code, done.err) == (0, "")
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert lines[:3] == [
        "customers: evidence/customers.csv, 13 rows, 3 columns",
        "1 row like an earlier one in every cell",
        "1 row like an earlier one in 'id'",
    ]
    assert "joined date 12 2024-01-10 – 2024-01-21" in lines
    assert "left date 12 (92%) 1 2027-01-01; 1 after 2026-10-31" in lines
    assert "C11" not in done.out


def test_the_same_as_data(with_customers: Callable[..., Path], cli: RunCommand) -> None:
    data = cli("evidence", "profile", "--json", with_customers(ROWS)).json()
    assert (data["format"], data["as_of"]) == (1, "2026-10-31")
    (table,) = data["tables"]
    assert {key: table[key] for key in table if key != "columns"} == {
        "name": "customers",
        "source": "evidence/customers.csv",
        "engine": "DuckDB",
        "rows": 12,
        "dropped": 0,
        "doubles": 0,
        "repeated_keys": {"id": 0},
    }
    assert table["columns"][2] == {
        "title": "left",
        "kind": "date",
        "empty": 11,
        "odd": 0,
        "distinct": 1,
        "approximate": False,
        "low": "2027-01-01",
        "high": "2027-01-01",
        "shortest": None,
        "longest": None,
        "future": 1,
        "values": None,
    }


def test_files_are_shown_before_any_is_mapped(workspace: Callable[..., Path], cli: RunCommand) -> None:
    files = {
        "evidence/a.csv": "plan\n" + "basic\n" * 5,
        "evidence/b.jsonl": '{"n": 1}\n',
        "evidence/notes.txt": "x",
    }
    done = cli("evidence", "profile", "--json", workspace(files=files))
    assert done.code == 0
    tables = json.loads(done.out)["tables"]
    assert [(table["name"], table["columns"][0]["title"]) for table in tables] == [
        ("a.csv", "plan"),
        ("b.jsonl", "n"),
    ]
    assert tables[0]["columns"][0]["values"] == [{"value": "basic", "rows": 5}]


def test_without_any_data_nothing_can_be_shown(workspace: Callable[..., Path], cli: RunCommand) -> None:
    done = cli("evidence", "profile", workspace())
    assert done.code == 2
    assert done.err.endswith("evidence: there is no customer data; put a file into the folder\n")


@pytest.mark.parametrize("content", [None, ""])
def test_a_table_that_cannot_be_read_is_named(
    content: str | None, with_customers: Callable[..., Path], cli: RunCommand
) -> None:
    folder = with_customers(ROWS)
    if content is None:
        (folder / "evidence/customers.csv").unlink()
    else:
        (folder / "evidence/customers.csv").write_text(content, encoding="utf-8")
    done = cli("evidence", "profile", folder)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"warning: {folder / 'evidence/customers.csv'}")
