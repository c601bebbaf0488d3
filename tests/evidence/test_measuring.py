"""Evidence in a workspace: what is wrong is named at its place, and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CSV = "id,joined,left\na,2020-01-01,\nb,2020-01-01,2026-05-01\n"
COLUMNS = {"customer": "id", "since": "joined", "until": "left"}
BANDS = {"basis": "the board", "levels": {"2": 0.5, "3": 0.2, "4": 0.1, "5": 0.05}}
ANSWERS = {
    "culture.meaning.same": 4,
    "retention.loyalty-and-value.scheme": 5,
    "retention.loyalty-and-value.effort": 1,
    "retention.churn-insight.known": True,
    "retention.churn-insight.ways": ["calls"],
}

Run = Callable[..., tuple[Any, int, str, Path]]


@pytest.fixture
def run(workspace: Callable[..., Path], cli: Callable[..., Any]) -> Run:
    def assess(
        customers: str | None = CSV,
        *,
        columns: dict[str, str] = COLUMNS,
        bands: dict[str, Any] | None = None,
        more: dict[str, Any] | None = None,
        source: str = "evidence/customers.csv",
        strict: bool = False,
    ) -> tuple[Any, int, str, Path]:
        settings = {
            "as_of": "2026-10-31",
            "evidence": {"customers": {"source": source, "columns": columns}, **(more or {})},
            "bands": {"churn-rate": BANDS} if bands is None else bands,
        }
        files = {} if customers is None else {"evidence/customers.csv": customers}
        folder = workspace([{"id": "r01", "answers": ANSWERS}], settings, files)
        done = cli("assess", "--json", *(["--strict"] if strict else []), folder)
        return json.loads(done.out) if done.out else None, done.code, done.err, folder

    return assess


def churn(data: Any) -> Any:
    return next(each for each in data["metrics"] if each["id"] == "churn-rate")


def place(folder: Path, text: str) -> str:
    """file:line:column of a text in assessment.yaml."""
    for number, line in enumerate((folder / "assessment.yaml").read_text(encoding="utf-8").splitlines(), 1):
        if text in line:
            return f"assessment.yaml:{number}:{line.index(text) + 1}:"
    raise AssertionError(text)


def test_good_evidence_is_measured(run: Run) -> None:
    data, code, err, _ = run()
    assert (code, err) == (0, "")
    assert (churn(data)["value"], churn(data)["band"], churn(data)["reason"]) == (0.5, 2, None)


@pytest.mark.parametrize("content", [None, "id,joined\na,2020-01-01\n", "", "id,id,joined,left\n"])
def test_a_table_that_cannot_be_read_leaves_its_metric_unmeasured_and_the_rest_goes_on(
    content: str | None, run: Run
) -> None:
    data, code, err, _ = run(content)
    assert code == 1
    assert "warning: evidence/customers.csv" in err
    assert "evidence/customers.csv" in err
    assert (churn(data)["value"], churn(data)["band"], churn(data)["n"]) == (None, None, 0)
    assert churn(data)["reason"] == "the table “customers” could not be read"
    assert data["dimensions"][1]["score"] is not None
    assert data["dimensions"][1]["measured"] is None
    assert len(data["warnings"]) >= 1


def test_a_bad_row_is_left_out_and_named(run: Run) -> None:
    data, code, err, _ = run(CSV + "Ana Popescu,gestern,\n")
    assert code == 1
    assert (churn(data)["value"], churn(data)["n"]) == (0.5, 2)
    assert "warning: row left out: evidence/customers.csv:4:2: column 'since': not a date" in err
    for cell in ("Ana", "gestern"):
        assert cell not in err
        assert cell not in json.dumps(data)


def test_of_very_many_bad_rows_the_first_are_named(run: Run) -> None:
    data, code, err, _ = run(CSV + "x,gestern,\n" * 50)
    assert code == 1
    assert len(data["warnings"]) == 50
    assert err.count("warning: row left out") < 50
    assert "more; see `cxmaturity check`" in err


@pytest.mark.parametrize("content", [None, CSV + "x,gestern,\n"])
def test_strict_refuses_what_would_be_left_out(content: str | None, run: Run) -> None:
    data, code, err, _ = run(content, strict=True)
    assert (data, code) == (None, 2)
    assert "evidence/customers.csv" in err


def test_strict_takes_what_is_whole(run: Run) -> None:
    assert run(strict=True)[1] == 0


def test_a_table_that_no_metric_reads_is_located(run: Run) -> None:
    data, code, err, folder = run(more={"custmers": {"source": "evidence/customers.csv", "columns": {}}})
    assert code == 1
    assert place(folder, "custmers:") in err
    assert "no metric reads a table 'custmers'; use one of " in err
    assert " customers, " in err
    assert churn(data)["value"] == 0.5


def test_a_column_that_no_metric_reads_is_located(run: Run) -> None:
    data, code, err, folder = run(columns={**COLUMNS, "untill": "left"})
    assert code == 1
    assert place(folder, "untill:") in err
    assert "no metric reads a column 'untill' of 'customers'" in err
    assert churn(data)["value"] == 0.5


def test_a_column_that_is_not_mapped_is_located(run: Run) -> None:
    data, code, err, folder = run(columns={"since": "joined"})
    assert code == 1
    assert place(folder, "columns:") in err
    assert "the columns mapped of 'customers' suffice for none of its metrics; map more of " in err
    assert churn(data)["value"] is None
    assert churn(data)["reason"] == "the workspace does not map the columns of “customers” that it needs"


def test_bands_of_an_unknown_metric_are_located(run: Run) -> None:
    data, code, err, folder = run(bands={"churn-rat": BANDS})
    assert code == 1
    assert place(folder, "churn-rat:") in err
    assert "there is no metric 'churn-rat'" in err
    assert churn(data)["band"] is None


def test_bands_of_the_wrong_direction_are_located_and_not_used(run: Run) -> None:
    rising = {"basis": "the board", "levels": {"2": 0.05, "3": 0.1, "4": 0.2, "5": 0.5}}
    data, code, err, folder = run(bands={"churn-rate": rising})
    assert code == 1
    assert place(folder, "levels:") in err
    assert "a lower churn-rate is better, but these bands go the other way" in err
    assert churn(data)["value"] == 0.5
    assert churn(data)["band"] is None, "half of the customers left, and that was given a level"


@pytest.mark.parametrize(
    "levels",
    [{"2": 0.5, "3": 0.2, "4": 0.3, "5": 0.05}, {"2": 0.5, "3": 0.5, "4": 0.1, "5": 0.05}, {"2": 0.5}],
)
def test_bands_out_of_order_are_wrong_input(levels: dict[str, float], run: Run) -> None:
    data, code, err, _ = run(bands={"churn-rate": {"basis": "the board", "levels": levels}})
    assert (data, code) == (None, 2)
    assert "assessment.yaml:" in err


def test_without_as_of_the_latest_date_in_the_data_counts(
    workspace: Callable[..., Path], cli: Callable[..., Any]
) -> None:
    settings = {"evidence": {"customers": {"source": "evidence/customers.csv", "columns": COLUMNS}}}
    csv = CSV + "c,2024-02-29,2024-02-29\n"
    folder = workspace([], settings, {"evidence/customers.csv": csv})
    data = json.loads(cli("assess", "--json", folder).out)
    assert data["as_of"] == "2026-05-01"
    assert churn(data)["period"] == ["2025-05-01", "2026-05-01"]


def test_check_names_every_row_and_mapping_at_once(run: Run, cli: Callable[..., Any]) -> None:
    *_, folder = run(CSV + "x,gestern,\ny,,\n", columns={**COLUMNS, "untill": "left"})
    done = cli("check", folder)
    assert done.code == 2
    for part in ("customers.csv:4:2:", "customers.csv:5:2:", "untill"):
        assert part in done.err
