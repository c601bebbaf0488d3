"""``cxmaturity evidence sql``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cxmaturity.testing import RunCommand

if TYPE_CHECKING:
    import pytest

NAMES = ["churn-rate", *(f"churn-rate.to-{year}-10-31" for year in (2023, 2024, 2025))]


def test_queries_are_written_as_files(
    with_customers: Callable[..., Path], cli: RunCommand, tmp_path: Path
) -> None:
    folder, output = with_customers("a,2020-01-01,\n"), tmp_path / "sql"
    done = cli("evidence", "sql", folder, "--dialect", "postgres", "-o", output)
    assert done.code == 0
    written = [Path(line) for line in done.out.splitlines()]
    assert [path.stem for path in written if path.stem.startswith("churn")] == NAMES
    assert all(path.parent == output and path.suffix == ".sql" for path in written)
    assert 'FROM "customers" AS' in written[0].read_text(encoding="utf-8")
    assert done.err == (
        f"Next: let each be run, put the results into {folder / 'evidence/results'}, and add to"
        f" {folder / 'assessment.yaml'}: results: [evidence/results/*.csv]\n"
    )


def test_or_all_of_them_to_stdout(with_customers: Callable[..., Path], cli: RunCommand) -> None:
    done = cli("evidence", "sql", with_customers(""), "--dialect", "snowflake")
    assert (done.code, done.err) == (0, "")
    headings = [line for line in done.out.splitlines() if line in {f"-- {name}" for name in NAMES}]
    assert headings == [f"-- {name}" for name in NAMES]


def test_the_tables_need_not_be_there(with_customers: Callable[..., Path], cli: RunCommand) -> None:
    evidence = {
        "customers": {
            "source": "snowflake://acme",
            "table": "crm.customers",
            "columns": {"customer": "ID", "lost": "GONE"},
        }
    }
    folder = with_customers("", evidence=evidence)
    done = cli("evidence", "sql", folder, "--dialect", "snowflake")
    assert done.code == 0
    assert 'FROM "crm"."customers" AS' in done.out


def test_a_day_has_to_be_stated(with_customers: Callable[..., Path], cli: RunCommand) -> None:
    folder = with_customers("a,2020-01-01,\n", as_of=None)
    done = cli("evidence", "sql", folder, "--dialect", "duckdb")
    assert (done.code, done.out) == (2, "")
    assert "it states no day that churn-rate" in done.err
    assert "add `as_of`" in done.err


def test_a_workspace_that_maps_nothing_is_told_so(workspace: Callable[..., Path], cli: RunCommand) -> None:
    done = cli("evidence", "sql", workspace(), "--dialect", "duckdb")
    assert done.code == 2
    assert "maps no table that suffices for a metric" in done.err


def test_what_is_not_written_is_named(
    with_customers: Callable[..., Path], cli: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cxmaturity.evidence import exporting

    left = (exporting.LeftOut("pairs", "it is nobody's business", meant=True),)
    monkeypatch.setattr(exporting, "export", lambda *_: exporting.Export((), left))
    folder = with_customers("")
    noted = cli("evidence", "sql", folder, "--dialect", "duckdb")
    assert (noted.code, noted.err) == (0, "note: pairs is not written: it is nobody's business\n")
    left = (exporting.LeftOut("nps", "trino cannot express it (Mode)"),)
    failed = cli("evidence", "sql", folder, "--dialect", "duckdb")
    assert (failed.code, failed.err) == (1, "warning: nps is not written: trino cannot express it (Mode)\n")
