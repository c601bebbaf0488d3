"""Tables that stay in Spark: found by name, read as they are typed there, and nothing of them told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession

from cxmaturity.api import Column
from cxmaturity.errors import Problem
from cxmaturity.evidence.engines.model import EngineError
from cxmaturity.evidence.engines.spark import SparkEngine
from cxmaturity.evidence.model import ColumnSource, Filter, TableSource
from cxmaturity.evidence.sources.model import Placed
from cxmaturity.evidence.sources.opening import open_tables
from cxmaturity.evidence.typed import FINE, KIND, typed, wrong

NAME = "Ana Popescu"
SAID = ["5", "5.5", "1e400", NAME, "", "2026-02-29", "2024-02-29", "2026-13-01", "0000-01-01"]
SAID += ["2026-01-01T10:00:00+02:00", "2026-01-01 25:00", "٣", "-.5e-3", "2026-01-01x", " 7"]


@pytest.fixture(scope="module")
def address(spark: str) -> Iterator[str]:
    """The cluster's address once it has the tables of these tests."""
    session = SparkSession.builder.remote(spark).create()
    session.sql("CREATE SCHEMA crm").collect()
    session.sql("""
        CREATE TABLE crm.orders_2026 USING parquet AS
        SELECT 1L AS id, 2S AS small, 2.50 AS amount, double('NaN') AS share, DATE '2026-01-01' AS day,
               TIMESTAMP '2026-01-01 23:30:00-05:00' AS `Paid at`, true AS open, array('a') AS tags,
               TIMESTAMP_NTZ '2026-01-01 10:00:00' AS placed
        UNION ALL SELECT 2L, 3S, NULL, double('Infinity'), NULL, NULL, NULL, NULL, NULL
    """).collect()
    cells = ", ".join(f"({number}, '{text}')" for number, text in enumerate(SAID))
    session.sql(f"CREATE TABLE said USING parquet AS SELECT * FROM VALUES {cells} AS t(n, said)").collect()  # noqa: S608
    yield spark
    for table in ("crm.orders_2026", "said"):
        session.sql(f"DROP TABLE {table}").collect()
    session.sql("DROP SCHEMA crm").collect()
    session.stop()


@contextmanager
def opened(address: str, table: str, titles: list[str]) -> Iterator[tuple[Placed | None, list[Problem]]]:
    source = TableSource((address,), Path(), {title: ColumnSource(title) for title in titles}, table)
    with open_tables({"t": source}, {"t": titles}) as found:
        yield found.tables.get("t"), list(found.problems)


def read(address: str, table: str, kinds: dict[str, Any], *where: Filter) -> list[dict[str, Any]]:
    columns = {f"c{number}": ColumnSource(title) for number, title in enumerate(kinds)}
    source = TableSource((address,), Path(), columns, table, where)
    titles = list(dict.fromkeys([*kinds, *(each.title for each in where)]))
    with open_tables({"t": source}, {"t": titles}) as found:
        assert found.problems == []
        relation = found.tables["t"].relation
        wanted = [Column(f"c{n}", kind, empty_allowed=True) for n, kind in enumerate(kinds.values())]
        return list(relation.engine.rows(typed(relation, source, wanted)))


def test_columns_of_every_type_are_read_as_what_they_are(address: str) -> None:
    kinds = {"id": "key", "small": "number", "amount": "number", "share": "number", "day": "date"}
    kinds |= {"Paid at": "time", "placed": "time", "open": "flag"}
    rows = read(address, "crm.orders_2026", kinds)
    assert [rows[0][f"c{n}"] for n in range(len(kinds))] == [
        *(1, 2.0, 2.5, None),  # what is not a number is not known
        *("2026-01-01", "2026-01-02T04:30:00", "2026-01-01T10:00:00", True),
    ]
    assert [rows[1][wrong(f"c{n}")] for n in (2, 3)] == [FINE, KIND]  # empty, and infinity


def test_a_time_is_one_of_utc_wherever_the_client_is(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert read(address, "crm.orders_2026", {"Paid at": "date"})[-1]["c0"] == "2026-01-02"
        assert read(address, "crm.orders_2026", {"Paid at": "time"})[-1]["c0"] == "2026-01-02T04:30:00"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("number", {0: 5.0, 1: 5.5, 12: -0.0005, 14: 7.0}),
        ("date", {6: "2024-02-29", 9: "2026-01-01", 10: "2026-01-01"}),
        ("time", {6: "2024-02-29T00:00:00", 9: "2026-01-01T08:00:00"}),
    ],
)
def test_texts_are_read_where_they_say_something_and_none_fails(
    kind: str, expected: dict[int, Any], address: str
) -> None:
    rows = {row["c0"]: row for row in read(address, "said", {"n": "key", "said": kind})}
    assert {n: row["c1"] for n, row in rows.items() if row["c1"] is not None} == expected
    assert {n for n, row in rows.items() if row[wrong("c1")] == FINE} == {*expected, 4}


def test_rows_are_chosen_in_the_cluster(address: str) -> None:
    two = Filter("id", among=("2",))
    assert [row["c0"] for row in read(address, "spark_catalog.crm.orders_2026", {"id": "key"}, two)] == [2]


@pytest.mark.parametrize(
    ("table", "titles", "says"),
    [
        ("", ["id"], "does not say which table holds 't'"),
        ("sad", ["n"], "there is no table 'sad'; did you mean 'said'?"),
        ("crm.orders2026", ["id"], "there is no table 'crm.orders2026'"),
        ("said`; DROP TABLE said", ["n"], "there is no table"),
        ("parquet./etc/passwd", ["n"], "there is no table"),
        ("a.b.c.d", ["n"], "there is no table"),
        ("a..b", ["n"], "there is no table"),
        ("said", ["N", "saying"], "there is no column 'N'; did you mean 'n'?"),
        ("crm.orders_2026", ["tags"], "the column 'tags' holds values of the type array<string>"),
    ],
)
def test_what_is_not_there_is_named(table: str, titles: list[str], says: str, address: str) -> None:
    with opened(address, table, titles) as (found, problems):
        assert found is None
        assert says in str(problems[0])
        assert all(problem.file == address for problem in problems)


def test_an_error_of_the_server_repeats_nothing_of_the_data(
    address: str, capfd: pytest.CaptureFixture[str]
) -> None:
    engine = SparkEngine(address)
    try:
        with pytest.raises(EngineError) as caught:
            engine.fetch("SELECT CAST(said AS DATE) AS day FROM said", 10)
        assert "CAST_INVALID_INPUT" in caught.value.what
        with pytest.raises(EngineError, match="PARSE_SYNTAX_ERROR"):
            engine.fetch("DROP TABLE said", 10)
        assert engine.fetch("SELECT count(*) AS n FROM said", 10) == (["n"], [(len(SAID),)])
    finally:
        engine.close()
    said = "".join(capfd.readouterr())
    assert not any(text in said for text in SAID if len(text) > 3)


def test_nobody_waits_long_for_a_server_that_is_not_there() -> None:
    began = time.monotonic()
    with opened("sc://127.0.0.1:1", "said", ["n"]) as (_, problems):
        assert "Spark cannot be reached" in problems[0].what
    assert time.monotonic() - began < 10


def test_nobody_waits_long_for_a_server_that_does_not_let_in(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARK_REMOTE_TOKEN", "a-secret")  # which goes by TLS alone, and this server has none
    began = time.monotonic()
    with opened(address, "said", ["n"]) as (_, problems):
        assert "Spark does not answer, or does not let us in" in problems[0].what
        assert "SPARK_REMOTE_TOKEN" in problems[0].fix
        assert "a-secret" not in str(problems[0])
    assert time.monotonic() - began < 30
