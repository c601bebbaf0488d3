"""DuckDB as it is opened here: it reaches no files but those named, and its errors tell nothing of data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cxmaturity.errors import UserError
from cxmaturity.evidence.engines.duckdb import DuckDbEngine
from cxmaturity.evidence.engines.model import EngineError
from cxmaturity.evidence.model import TableSource
from cxmaturity.evidence.sources.opening import open_tables


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[DuckDbEngine]:
    (tmp_path / "named.csv").write_text("id\nAna Popescu\n", encoding="utf-8")
    (tmp_path / "other.csv").write_text("id\nBob\n", encoding="utf-8")
    opened = DuckDbEngine([tmp_path / "named.csv"])
    yield opened
    opened.close()


def test_it_reads_the_files_named(engine: DuckDbEngine, tmp_path: Path) -> None:
    sql = f"FROM read_csv({engine.reachable(tmp_path / 'named.csv')}, header = true)"
    assert engine.fetch(sql, 9) == (["id"], [("Ana Popescu",)])


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{}/other.csv')",
        "SELECT * FROM read_text('{}/*.csv')",
        "SELECT * FROM glob('{}/*')",
        "SELECT * FROM read_csv('{}/../etc/passwd')",
        "SELECT * FROM 'https://example.org/customers.parquet'",
        "COPY (SELECT 1) TO '{}/new.csv'",
        "COPY (SELECT 1) TO '{}/named.csv'",
        "ATTACH '{}/new.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '1TB'",
        "SELECT getenv('HOME')",
    ],
)
def test_it_reaches_nothing_else(sql: str, engine: DuckDbEngine, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(EngineError):
        engine.fetch(sql.replace("{}", str(tmp_path)), 9)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 'Ana Popescu'::DATE",
        "SELECT (CASE WHEN i > 5000 THEN 'Ana Popescu' ELSE '1' END)::INTEGER FROM range(9999) AS r(i)",
        "SELECT error('Ana Popescu')",
    ],
)
def test_its_errors_repeat_nothing_of_the_data(sql: str, engine: DuckDbEngine) -> None:
    with pytest.raises(EngineError) as caught:
        engine.fetch(sql, 99_999)
    assert "Ana" not in f"{caught.value} {caught.value.what} {caught.value.fix}"


def test_its_time_zone_is_not_the_machines(engine: DuckDbEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    sql = "SELECT (TIMESTAMPTZ '2026-01-01 23:30:00-05')::DATE::VARCHAR"
    assert engine.fetch(sql, 1)[1] == [("2026-01-02",)]


def test_it_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    opened = DuckDbEngine()
    assert opened.folder.parent == tmp_path
    opened.close()
    assert list(tmp_path.iterdir()) == []


def test_it_spills_what_does_not_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXMATURITY_MEMORY", "150MB")
    rows = "".join(f"customer number {n} of very many indeed,{n % 11}\n" for n in range(1_000_000))
    for number in range(4):
        (tmp_path / f"{number}.csv").write_text(f"id,answer\n{rows}", encoding="utf-8")
    source = TableSource(("*.csv",), tmp_path, {})
    with open_tables({"nps": source}, {"nps": ["id", "answer"]}) as opened:
        assert opened.problems == []
        engine = opened.tables["nps"].relation.engine
        assert engine.fetch("SELECT count(c0), max(row_number) FROM nps", 1)[1] == [(4_000_000, 4_000_000)]


def test_too_little_memory_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXMATURITY_MEMORY", "10MB")
    opened = DuckDbEngine()
    try:
        with pytest.raises(EngineError) as caught:
            opened.fetch("SELECT list(i) FROM range(30000000) AS r(i)", 1)
        assert "10MB" in caught.value.what
        assert "CXMATURITY_MEMORY=8GB" in caught.value.fix
    finally:
        opened.close()


@pytest.mark.parametrize("amount", ["", "lots", "8", "8GB; DROP", "-1GB"])
def test_an_amount_of_memory_that_is_none_is_named(amount: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXMATURITY_MEMORY", amount)
    with pytest.raises(UserError, match="is no amount of memory; write it as in 8GB"):
        DuckDbEngine()
