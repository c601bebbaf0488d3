"""Queries that others run and whose results they hand back: the figures are those of the tables."""

from __future__ import annotations

import shutil
from collections.abc import Callable
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


@pytest.fixture
def handed_back(tmp_path: Path, cli: RunCommand) -> Path:
    """The demo without its tables, but with what others computed from them."""
    folder = tmp_path / "demo"
    shutil.copytree(DEMO, folder)
    tables = yaml.safe_load((folder / "assessment.yaml").read_text(encoding="utf-8"))["evidence"]
    assert cli("evidence", "sql", folder, "--dialect", "duckdb", "-o", folder / "sql").code == 0
    run_elsewhere(folder, tables, folder / "evidence" / "results")
    for table in tables.values():
        (folder / table["source"]).unlink()
    with (folder / "assessment.yaml").open("a", encoding="utf-8") as settings:
        settings.write("results: [evidence/results/*.csv]\n")
    return folder


def figures(data: Any) -> list[dict[str, Any]]:
    return [{key: value for key, value in metric.items() if key != "quality"} for metric in data["metrics"]]


def test_the_figures_are_those_of_the_tables(handed_back: Path, cli: RunCommand) -> None:
    done = cli("assess", "--json", handed_back)
    assert (done.code, done.err) == (0, "")
    assert figures(done.json()) == figures(cli("assess", "--json", DEMO).json())
    assert cli("check", handed_back).code == 0


def test_nothing_is_known_of_the_rows(handed_back: Path, cli: RunCommand) -> None:
    nps = next(each for each in cli("assess", "--json", handed_back).json()["metrics"] if each["id"] == "nps")
    (quality,) = nps["quality"]
    assert (quality["engine"], quality["rows"]) == ("evidence/results/nps.csv", None)


def test_queries_beside_the_figures_may_be_left_out(handed_back: Path, cli: RunCommand) -> None:
    for path in (handed_back / "evidence" / "results").glob("*.*.csv"):
        path.unlink()
    done = cli("assess", "--json", handed_back)
    assert done.code == 0
    churn = next(each for each in done.json()["metrics"] if each["id"] == "churn-rate")
    assert churn["value"] is not None
    assert churn["trend"] == []


@pytest.fixture
def broken(handed_back: Path, cli: RunCommand) -> Callable[[str, str, str], tuple[Any, str, str]]:
    """``broken(name, old, new)``: the metric, and what assess and check say once a file is changed."""

    def change(name: str, old: str, new: str) -> tuple[Any, str, str]:
        path = handed_back / "evidence" / "results" / f"{name}.csv"
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(text.replace(old, new) if old else new, encoding="utf-8")
        done, checked = cli("assess", "--json", handed_back), cli("check", handed_back)
        assert (done.code, checked.code) == (1, 2)
        metric = next(each for each in done.json()["metrics"] if each["id"] == name.partition(".")[0])
        return metric, done.err, checked.err

    return change


def test_a_bad_cell_is_named_and_the_rest_goes_on(broken: Callable[..., tuple[Any, str, str]]) -> None:
    metric, assessed, checked = broken("nps", "period_end\n", "period_end\nx,y,z,2026-10-31\n")
    assert metric["value"] is None
    said = "evidence/results/nps.csv:2:1: column 'quarter': not a whole number"
    assert said in assessed
    assert said in checked


def test_a_result_of_another_year_is_refused(broken: Callable[..., tuple[Any, str, str]]) -> None:
    metric, assessed, _ = broken("churn-rate", "2026-10-31", "2025-10-31")
    assert metric["value"] is None
    assert "the result is of another period than the one that ends on 2026-10-31" in assessed


def test_a_result_of_no_query_is_named(broken: Callable[..., tuple[Any, str, str]]) -> None:
    _, assessed, checked = broken("nps.to-2001-01-01", "", "n\n")
    assert "nps.to-2001-01-01.csv: is the result of no query of nps; take it away; there are nps" in assessed
    assert "is the result of no query of nps" in checked
