"""``cxmaturity evidence map``, and the way from an export to a figure."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from cxmaturity.testing import RunCommand

BASE = "customerID,Contract,Churn\n" + "".join(
    f"{number}-X,{'Monthly' if number % 2 else 'Two years'},{'Yes' if number < 20 else 'No'}\n"
    for number in range(10, 50)
)


@pytest.fixture
def base(workspace: Callable[..., Path]) -> Path:
    """A base of customers in a workspace that maps nothing yet."""
    return workspace(files={"evidence/base.csv": BASE}) / "evidence" / "base.csv"


def test_from_a_file_to_a_figure(base: Path, cli: RunCommand) -> None:
    done = cli("evidence", "map", base)
    assert done.code == 0
    folder = base.parents[1]
    settings = folder / "assessment.yaml"
    assert done.err == f"Next: check it, put it into {settings}, then run `cxmaturity check {folder}`.\n"
    columns = {
        "customer": "customerID",
        "lost": {"column": "Churn", "values": ["Yes"]},
        "segment": "Contract",
    }
    assert yaml.safe_load(done.out) == {
        "evidence": {"customers": {"source": "evidence/base.csv", "columns": columns}}
    }

    with settings.open("a", encoding="utf-8") as opened:
        opened.write(done.out)
    result = json.loads(cli("assess", "--json", folder).out)
    churn = next(each for each in result["metrics"] if each["id"] == "churn-rate")
    assert churn["value"] == 0.25  # ten of forty said Yes


def test_no_customer_is_shown(base: Path, cli: RunCommand) -> None:
    assert "10-X" not in cli("evidence", "map", base).out


def test_outside_a_workspace_the_source_is_to_be_corrected(tmp_path: Path, cli: RunCommand) -> None:
    (tmp_path / "base.csv").write_text(BASE, encoding="utf-8")
    done = cli("evidence", "map", tmp_path / "base.csv")
    assert done.code == 0
    assert "    source: base.csv" in done.out.splitlines()
    assert done.err == "Next: put the file into a workspace, under evidence, and correct `source`.\n"


def test_what_is_like_no_table_says_which_there_are(workspace: Callable[..., Path], cli: RunCommand) -> None:
    folder = workspace(files={"evidence/shapes.csv": "colour,shape\nred,round\n"})
    done = cli("evidence", "map", folder / "evidence/shapes.csv")
    assert (done.code, done.out) == (2, "")
    assert (
        "is like no table that a metric could be computed from; map its columns yourself; the tables are: "
        in done.err
    )


@pytest.mark.parametrize("name", ["gone.csv", "notes.txt"])
def test_what_cannot_be_read_is_said(name: str, base: Path, cli: RunCommand) -> None:
    (base.parent / "notes.txt").write_text("x", encoding="utf-8")
    done = cli("evidence", "map", base.parent / name)
    assert (done.code, done.out) == (2, "")
    assert name in done.err


def test_a_table_in_a_database_is_named(workspace: Callable[..., Path], cli: RunCommand) -> None:
    import sqlite3

    folder = workspace(files={"evidence/notes.txt": "x"})
    with sqlite3.connect(folder / "evidence/crm.sqlite") as connection:
        connection.execute(
            "CREATE TABLE klienci (id_klienta TEXT, data_rozpoczecia TEXT, data_rezygnacji TEXT)"
        )
        rows = [(f"K{number}", "2024-01-01", None) for number in range(9)]
        connection.executemany("INSERT INTO klienci VALUES (?, ?, ?)", rows)
    connection.close()
    done = cli("evidence", "map", folder / "evidence/crm.sqlite", "--table", "klienci")
    assert done.code == 0
    assert yaml.safe_load(done.out)["evidence"]["customers"] == {
        "source": "evidence/crm.sqlite",
        "table": "klienci",
        "columns": {"customer": "id_klienta", "since": "data_rozpoczecia", "until": "data_rezygnacji"},
    }
    assert "there are: klienci" in cli("evidence", "map", folder / "evidence/crm.sqlite").err
