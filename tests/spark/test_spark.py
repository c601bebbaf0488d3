"""The cluster of the tests: what is compiled for Spark gives there what DuckDB gives, from both workers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

import duckdb
import ibis
import pytest
from ibis.backends.sql.compilers import DuckDBCompiler, PySparkCompiler
from ibis.config import Config

if TYPE_CHECKING:
    from pyspark.sql.connect.session import SparkSession


class Cluster(Protocol):
    """What is asked of the cluster."""

    def workers(self) -> list[dict[str, str]]: ...
    def tasks(self) -> list[int]: ...


Load = Callable[[str, duckdb.DuckDBPyRelation], None]

SURVEY = """
    SELECT i AS id, ['Nord', 'süd', 'west'][i % 3 + 1] AS region, i % 11 AS answer,
           CASE WHEN i % 7 > 0 THEN sqrt(i) END AS spent,
           TIMESTAMP '2026-03-28 22:30:00' + to_minutes(i * 37) AS at
    FROM range(2000) AS numbers(i)
"""


class SparkOptions(Config):
    """What Ibis' own backend would set, which needs PySpark to be imported."""

    treat_nan_as_null: bool = False


@pytest.fixture
def session(spark: str) -> Iterator[SparkSession]:
    """A session of Spark Connect."""
    from pyspark.sql import SparkSession

    made = SparkSession.builder.remote(spark).create()
    yield made
    made.stop()


def test_compiled_sql_gives_what_duckdb_gives(
    session: SparkSession, load_into_spark: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ibis.options, "pyspark", SparkOptions())
    with duckdb.connect() as here:
        survey = here.sql(SURVEY)
        survey.create("survey")
        load_into_spark("survey", survey)
        table = ibis.table(
            {"region": "string", "answer": "int64", "spent": "float64", "at": "timestamp"}, name="survey"
        )
        expression = table.group_by(
            region=table.region.lower(), month=table.at.truncate("M").cast("date")
        ).agg(
            n=lambda t: t.count(),
            promoters=lambda t: t.count(where=t.answer > 8),
            median=lambda t: t.spent.quantile(0.5),
            mean=lambda t: t.spent.mean(),
        )
        compiler = DuckDBCompiler()
        expected = here.sql(compiler.to_sqlglot(expression).sql(dialect=compiler.dialect)).fetchall()
    elsewhere = PySparkCompiler()
    found = session.sql(elsewhere.to_sqlglot(expression).sql(dialect=elsewhere.dialect)).collect()
    rows = {tuple(row[:2]): tuple(row[2:]) for row in found}
    assert len(rows) == 9
    assert rows == {row[:2]: pytest.approx(row[2:], rel=1e-9) for row in expected}


def test_both_workers_work(session: SparkSession, spark_cluster: Cluster) -> None:
    assert [worker["state"] for worker in spark_cluster.workers()] == ["ALIVE", "ALIVE"]
    before = spark_cluster.tasks()
    session.range(4000, numPartitions=4).count()
    until = time.monotonic() + 30
    while sum(after := spark_cluster.tasks()) < sum(before) + 4 and time.monotonic() < until:
        time.sleep(0.1)
    assert len(before) == 2
    assert [now > then for now, then in zip(after, before, strict=True)] == [True, True]


def test_sessions_speak_of_times_in_utc(session: SparkSession) -> None:
    (row,) = session.sql("SELECT CAST(TIMESTAMP '2026-03-29 02:30:00Z' AS STRING) AS at").collect()
    assert row.at == "2026-03-29 02:30:00"
