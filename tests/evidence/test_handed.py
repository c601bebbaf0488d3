"""Files of results that belong to no query, or to one that nobody else may run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cxmaturity.api import Calculation, Column, Metric, no_records
from cxmaturity.evidence.handed import check_results
from cxmaturity.settings import AssessmentFile
from cxmaturity.yamlfile import read_yaml, validate

Check = Callable[..., list[str]]


def metric(name: str, *, personal: bool = False) -> Metric:
    calculation = Calculation(lambda tables, _: tables["t"], lambda *_: no_records(), personal=personal)
    tables = {"t": (Column("c", "key"),)}
    return Metric(
        id=name,
        practice="a.b",
        unit="number",
        higher_is_better=None,
        source="S0",
        tables=tables,
        calculation=calculation,
    )


@pytest.fixture
def check(tmp_path: Path) -> Check:
    def problems(*files: str, pattern: str = "results/*", mapped: bool = True) -> list[str]:
        (tmp_path / "results").mkdir()
        for name in files:
            (tmp_path / "results" / name).write_text("n\n1\n", encoding="utf-8")
        path = tmp_path / "assessment.yaml"
        text = f"organisation: {{name: A}}\nquestionnaire: x\nresults: [{pattern}]\n"
        if mapped:
            text += "evidence: {t: {source: x.csv, columns: {c: id}}}\n"
        path.write_text(text, encoding="utf-8")
        document = read_yaml(path, name="assessment.yaml")
        file, _ = validate(document, AssessmentFile)
        assert file is not None
        metrics = [metric("nps"), metric("pairs", personal=True)]
        return [str(problem) for problem in check_results(file, document, tmp_path, metrics)]

    return problems


def test_results_of_metrics_are_in_order(check: Check) -> None:
    assert check("nps.csv", "nps.quarters.csv") == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sales.csv", "'results/sales.csv' is no metric's result; call it as the query is called, with .csv"),
        ("nps.sql", "'results/nps.sql' is no metric's result; call it as the query is called, with .csv"),
        (
            "nps.quarters.csv",
            "'results/nps.quarters.csv' is of no use without 'nps.csv'; hand that back as well",
        ),
        (
            "pairs.csv",
            (
                "'results/pairs.csv' is not read: pairs is only computed from its tables, as its rows are"
                " single customers; delete it"
            ),
        ),
    ],
)
def test_other_files_are_named(name: str, said: str, check: Check) -> None:
    assert check(name) == [f"assessment.yaml:3:11: {said}"]


def test_a_pattern_without_files_is_named(check: Check) -> None:
    assert check(pattern="out/*.csv") == [
        "assessment.yaml:3:11: no file matches 'out/*.csv'; correct the pattern, or take it out"
    ]


def test_a_result_of_a_table_that_is_not_mapped_is_named(check: Check) -> None:
    assert check("nps.csv", mapped=False) == [
        (
            "assessment.yaml:3:11: 'results/nps.csv' is not read: 't' is not mapped;"
            " map it as it was when the queries were written"
        )
    ]
