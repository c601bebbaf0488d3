"""Every metric comes to the same on files and in PostgreSQL, to a billionth."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import ibis
import psycopg
import pytest

from cxmaturity.evidence.engines.duckdb import DuckDbEngine
from cxmaturity.evidence.engines.postgres import PostgresEngine
from cxmaturity.evidence.typed import FINE

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
CASES = ("typed", "texts", "empty")
WITHOUT_DATES = {"retention-curve"}

Load = Callable[[str, duckdb.DuckDBPyRelation], None]
Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def agreement() -> Iterator[Any]:
    """What prints the table for people."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        yield import_module("agreement")


@pytest.fixture(scope="module")
def data(agreement: Any) -> Any:
    """What has the data."""
    return sys.modules[agreement.made_up.__module__]


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def workspaces(case: str, agreement: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    found: dict[str, Path] = agreement.workspaces(tmp_path_factory.mktemp("agreement"), case)
    return found


@pytest.fixture(scope="module")
def on_parquet(workspaces: dict[str, Path], agreement: Any) -> Any:
    return agreement.measured(workspaces["parquet"])


@pytest.fixture
def in_postgres(case: str, data: Any, tmp_path: Path, postgres_server: Any, load_into_postgres: Load) -> Path:
    """A workspace that reads the tables of a case where they were loaded, some in a schema of their own."""
    schema = "agreement" if case == "typed" else "public"
    with duckdb.connect() as here, psycopg.connect(postgres_server.owner) as there:
        there.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}".encode())
        for name, rows in data.made_up(here, case):
            load_into_postgres(f"{case}_{name}", rows)
            there.execute(f"ALTER TABLE {case}_{name} SET SCHEMA {schema}".encode())
    table = f"{case}_{{}}" if schema == "public" else f"{schema}.{case}_{{}}"
    workspace: Path = data.write_workspace(tmp_path, case, postgres_server.address, table)
    return workspace


def assert_all_agree(found: dict[str, Any]) -> None:
    assert {name: each.differences for name, each in found.items() if each.differences} == {}


def test_every_metric_has_much_to_say(case: str, on_parquet: Any) -> None:
    assert len(on_parquet) >= 30
    said = [metric for metric in on_parquet.values() if metric.value is not None]
    expected = {"typed": set(on_parquet), "texts": set(on_parquet) - WITHOUT_DATES, "empty": set()}[case]
    assert {metric.id for metric in said} == expected
    assert all(len(metric.segments) > 3 for metric in said)
    assert any(each.suppressed for metric in said for each in metric.segments) is bool(said)


def test_csv_agrees_with_parquet(on_parquet: Any, workspaces: dict[str, Path], agreement: Any) -> None:
    assert_all_agree(agreement.compared(on_parquet, agreement.measured(workspaces["csv"])))


@pytest.mark.usefixtures("postgres")
def test_postgresql_agrees_with_duckdb(
    on_parquet: Any, in_postgres: Path, agreement: Any, record_property: Record
) -> None:
    found = agreement.compared(on_parquet, agreement.measured(in_postgres))
    for name, each in found.items():
        record_property(name, str(each))
    assert_all_agree(found)


@pytest.fixture(scope="module")
def cells(agreement: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What each of the texts says in a file."""
    return agreement.cells_of_parquet(tmp_path_factory.mktemp("cells"))


def test_a_text_says_the_same_in_postgresql(
    *, agreement: Any, data: Any, cells: Any, tmp_path: Path, postgres: str, load_into_postgres: Load
) -> None:
    with duckdb.connect() as here:
        load_into_postgres("cells", data.texts(here))
    assert agreement.cells(tmp_path, postgres, "cells") == cells


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("2026-10-31T23:59:59.999999999Z", "2026-10-31T23:59:59.999999"),  # still that day
        ("2026-01-15T10:00:00+02", "2026-01-15T08:00:00"),  # as PostgreSQL and DuckDB write it themselves
        ("2026-01-15 10:00+14:00", "2026-01-14T20:00:00"),
        ("2026-01-15T10:00Z", "2026-01-15T10:00:00"),
        ("2026-01-15 10:00+19:59", None),  # which would end PostgreSQL's query
        ("2026-01-15T24:00", None),
    ],
)
def test_what_a_text_says_of_a_time(said: str, means: str | None, cells: Any) -> None:
    value, wrong = cells["time", said]
    assert value == means
    assert (wrong == FINE) is (means is not None)


def test_texts_have_the_order_that_they_have_in_duckdb(postgres: str, load_into_postgres: Load) -> None:
    words = ["a", "B", "ä", "_x", "X", "b", "A b", "Ab", "é", "z", "Z", "-1", " 1"]
    made = "SELECT unnest(range(len($words))) AS n, unnest($words) AS word"
    with duckdb.connect() as connection:
        load_into_postgres("words", connection.sql(made, params={"words": words}))
    here, there = DuckDbEngine(), PostgresEngine(postgres)
    try:
        here.execute(
            "CREATE TABLE words AS SELECT unnest(range(len(?))) AS n, unnest(?) AS word", [words, words]
        )
        rows = ibis.table({"n": "int64", "word": "string"}, name="words")
        lowest = rows.mutate(half=rows.n % 2).mutate(lowest=lambda t: t.word.min().over(group_by=t.half))
        expressions = [
            rows.aggregate(
                low=rows.word.min(),
                high=rows.word.max(),
                first=rows.n.argmin(rows.word),
                last=rows.word.argmax(rows.word),
                before=rows.count(where=rows.word < "a"),
                between=rows.count(where=rows.word.between("A", "Z")),
                least=ibis.least(rows.word, "a").max(),
            ),
            rows.order_by(rows.word.desc()).limit(5),
            lowest.filter(lowest.lowest != lowest.word).union(lowest.filter(lowest.word == "X")),
        ]
        for expression in expressions:
            assert there.rows(expression) == here.rows(expression)
    finally:
        here.close()
        there.close()
