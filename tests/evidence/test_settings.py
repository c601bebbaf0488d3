"""What ``assessment.yaml`` may say of evidence, and how it reaches the stage that measures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxmaturity.evidence.configuring import evidence_of
from cxmaturity.evidence.model import ColumnSource, EvidenceRequest, Filter
from cxmaturity.settings import AssessmentFile


def request(tmp_path: Path, **settings: Any) -> EvidenceRequest:
    start = {"organisation": {"name": "Made-up", "sector": "retail"}, "questionnaire": "quick-scan"}
    return evidence_of(AssessmentFile.model_validate({**start, **settings}), tmp_path)


def table(**settings: Any) -> dict[str, Any]:
    return {"evidence": {"customers": {"source": "evidence/base.csv", "columns": {}, **settings}}}


def test_a_status_column_is_a_flag_by_its_values(tmp_path: Path) -> None:
    columns = {"customer": "customerID", "lost": {"column": "Churn", "values": ["Yes", 1, True]}}
    source = request(tmp_path, **table(columns=columns)).sources["customers"]
    assert source.columns == {
        "customer": ColumnSource("customerID"),
        "lost": ColumnSource("Churn", ("Yes", "1", "true")),
    }


def test_rows_are_chosen_by_values_by_others_and_by_ranges(tmp_path: Path) -> None:
    where = {
        "country": ["RO", "PL"],
        "brand": "north",
        "status": {"not": ["test"]},
        "amount": {"minimum": 0.01, "maximum": 10_000},
        "day": {"from": "2025-01-01", "to": "2025-12-31"},
    }
    source = request(tmp_path, **table(where=where)).sources["customers"]
    assert source.where == (
        Filter("country", ("RO", "PL")),
        Filter("brand", ("north",)),
        Filter("status", excluding=("test",)),
        Filter("amount", minimum=0.01, maximum=10_000),
        Filter("day", since="2025-01-01", to="2025-12-31"),
    )


def test_files_periods_tables_options_and_results(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "nps.csv").write_text("n\n", encoding="utf-8")
    asked = request(
        tmp_path,
        **table(
            source=["evidence/a.csv", "evidence/b-*.csv"],
            table="crm.customers",
            period={"from": "2026-01-01", "to": "2026-01-31"},
        ),
        metrics={"customer-lifetime-value": {"margin": 0.4}},
        results=["results/*.csv"],
        anonymity_minimum=7,
    )
    source = asked.sources["customers"]
    assert (source.sources, source.table) == (("evidence/a.csv", "evidence/b-*.csv"), "crm.customers")
    assert source.period == ("2026-01-01", "2026-01-31")
    assert asked.options == {"customer-lifetime-value": {"margin": 0.4}}
    assert asked.results == {"nps": tmp_path / "results" / "nps.csv"}
    assert (asked.sector, asked.minimum) == ("retail", 7)


@pytest.mark.parametrize("source", ["../base.csv", "/etc/passwd", ["evidence/a.csv", "../b.csv"]])
def test_no_file_outside_the_workspace_is_read(
    source: object, workspace: Callable[..., Path], cli: Callable[..., Any]
) -> None:
    settings = {"evidence": {"customers": {"source": source, "columns": {"customer": "id"}}}}
    done = cli("assess", workspace([], settings))
    assert done.code == 2
    assert "leads out of the workspace" in done.err
