"""Queries that others run and whose results they hand back: the figures are those of the tables."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from cxmaturity.testing import RunCommand

DEMO = Path(__file__).parents[2] / "examples" / "demo"


def run_elsewhere(folder: Path, tables: dict[str, Any], results: Path) -> None:
    """Load a workspace's tables into a database, and run there what was written for it."""
    results.mkdir(parents=True)
    with duckdb.connect() as connection:
        for name, table in tables.items():
            connection.execute(f"CREATE TABLE {name} AS FROM read_csv('{folder / table['source']}')")
        for path in sorted((folder / "sql").iterdir()):
            query = path.read_text(encoding="utf-8").rstrip().rstrip(";")
            connection.execute(f"COPY ({query}) TO '{results / path.stem}.csv' (HEADER)")


@pytest.fixture(scope="module")
def handed_back(tmp_path_factory: pytest.TempPathFactory, ran: RunCommand) -> Path:
    """The demo without its tables, but with what others computed from them."""
    folder = tmp_path_factory.mktemp("handed-back") / "demo"
    shutil.copytree(DEMO, folder)
    tables = yaml.safe_load((folder / "assessment.yaml").read_text(encoding="utf-8"))["evidence"]
    assert ran("evidence", "sql", folder, "--dialect", "duckdb", "-o", folder / "sql").code == 0
    run_elsewhere(folder, tables, folder / "evidence" / "results")
    for table in tables.values():
        (folder / table["source"]).unlink()
    with (folder / "assessment.yaml").open("a", encoding="utf-8") as settings:
        settings.write("results: [evidence/results/*.csv]\n")
    return folder


def figures(data: Any) -> list[dict[str, Any]]:
    return [{key: value for key, value in metric.items() if key != "quality"} for metric in data["metrics"]]


def test_the_figures_are_those_of_the_tables(handed_back: Path, ran: RunCommand) -> None:
    done = ran("assess", "--json", handed_back)
    assert (done.code, done.err) == (0, "")
    assert figures(done.json()) == figures(ran("assess", "--json", DEMO).json())
    assert ran("check", handed_back).code == 0


def test_nothing_is_known_of_the_rows(handed_back: Path, ran: RunCommand) -> None:
    nps = next(each for each in ran("assess", "--json", handed_back).json()["metrics"] if each["id"] == "nps")
    (quality,) = nps["quality"]
    assert (quality["engine"], quality["rows"]) == ("evidence/results/nps.csv", None)


@pytest.fixture
def copied(handed_back: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(handed_back, tmp_path / "demo"))


def test_queries_beside_the_figures_may_be_left_out(copied: Path, cli: RunCommand) -> None:
    for path in (copied / "evidence" / "results").glob("*.*.csv"):
        path.unlink()
    done = cli("assess", "--json", copied)
    assert done.code == 0
    churn = next(each for each in done.json()["metrics"] if each["id"] == "churn-rate")
    assert churn["value"] is not None
    assert churn["trend"] == []


def test_what_is_wrong_with_a_result_is_named_and_the_rest_goes_on(copied: Path, cli: RunCommand) -> None:
    """A bad cell, a result of another year, and one of no query."""
    results = copied / "evidence" / "results"
    for name, old, new in (
        ("nps", "period_end\n", "period_end\nx,y,z,2026-10-31\n"),
        ("churn-rate", "2026-10-31", "2025-10-31"),
    ):
        path = results / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    (results / "staff-using-access.to-2001-01-01.csv").write_text("n\n", encoding="utf-8")
    done, checked = cli("assess", "--json", copied), cli("check", copied)
    assert (done.code, checked.code) == (1, 2)
    for said in (
        "evidence/results/nps.csv:2:1: column 'quarter': not a whole number",
        "the result is of another period than the one that ends on 2026-10-31",
        "staff-using-access.to-2001-01-01.csv: is the result of no query of staff-using-access; take it away",
    ):
        assert said in done.err
        assert said in checked.err
    known = {each["id"] for each in done.json()["metrics"] if each["value"] is not None}
    assert known.isdisjoint({"nps", "churn-rate"})
    assert "complaint-resolution-time" in known
