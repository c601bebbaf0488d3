"""Tables that stay in PostgreSQL: found by name, read as they are typed there, and nothing of them told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from cxmaturity.api import Column
from cxmaturity.errors import Problem
from cxmaturity.evidence.engines.model import EngineError
from cxmaturity.evidence.engines.postgres import PostgresEngine
from cxmaturity.evidence.model import ColumnSource, Filter, TableSource
from cxmaturity.evidence.sources.model import Placed
from cxmaturity.evidence.sources.opening import open_tables
from cxmaturity.evidence.typed import FINE, KIND, typed, wrong

NAME = "Ana Popescu"


@pytest.fixture(scope="session")
def tables(postgres_server: Any) -> str:
    """The server's address once it has the tables of these tests."""
    with psycopg.connect(postgres_server.owner) as connection:
        connection.execute("CREATE SCHEMA crm; CREATE TYPE public.plan AS ENUM ('basic', 'plus')")
        connection.execute("CREATE DOMAIN public.email AS text")
        connection.execute("""
            CREATE TABLE crm."Orders 2026" (
                id bigint, small smallint, amount numeric(10, 2), share float8, "Paid at" timestamptz,
                placed timestamp, day date, plan public.plan, mail public.email, key uuid, code char(4),
                open boolean, tags text[], extra jsonb
            )
        """)
        connection.execute("""
            INSERT INTO crm."Orders 2026" VALUES
            (1, 2, 2.50, 'NaN', '2026-01-01 23:30-05', '2026-01-01 10:00', '2026-01-01', 'basic', 'a@x.org',
             'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'ab', true, '{a}', '{}'),
            (2, 3, 'NaN', 'Infinity', NULL, NULL, NULL, 'plus', NULL, NULL, NULL, NULL, NULL, NULL)
        """)
        connection.execute("CREATE TABLE public.texts (n integer, said text)")
        said = ["5", "5.5", "1e400", NAME, "", "2026-02-29", "2024-02-29", "2026-13-01", "0000-01-01"]
        said += ["2026-01-01T10:00:00+02:00", "2026-01-01 25:00", "٣", "-.5e-3", "2026-01-01x"]
        with connection.cursor().copy("COPY public.texts FROM STDIN") as copy:
            for number, text in enumerate(said):
                copy.write_row((number, text))
        connection.execute("CREATE VIEW crm.failing AS SELECT n / 0 AS a, said FROM public.texts")
        connection.execute("CREATE TABLE crm.hidden (id integer)")
    address: str = postgres_server.address
    return address


@contextmanager
def opened(address: str, table: str, titles: list[str]) -> Iterator[tuple[Placed | None, list[Problem]]]:
    source = TableSource((address,), Path(), {title: ColumnSource(title) for title in titles}, table)
    with open_tables({"t": source}, {"t": titles}) as found:
        yield found.tables.get("t"), list(found.problems)


def read(address: str, table: str, kinds: dict[str, str], *where: Filter) -> list[dict[str, Any]]:
    columns = {f"c{number}": ColumnSource(title) for number, title in enumerate(kinds)}
    source = TableSource((address,), Path(), columns, table, where)
    titles = list(dict.fromkeys([*kinds, *(each.title for each in where)]))
    with open_tables({"t": source}, {"t": titles}) as found:
        assert found.problems == []
        relation = found.tables["t"].relation
        wanted = [Column(f"c{n}", kind, empty_allowed=True) for n, kind in enumerate(kinds.values())]  # type: ignore[arg-type]
        return list(relation.engine.rows(typed(relation, source, wanted)))


@pytest.mark.usefixtures("postgres")
def test_columns_of_every_type_are_read_as_what_they_are(tables: str) -> None:
    kinds = {"id": "key", "small": "number", "amount": "number", "share": "number", "Paid at": "time"}
    kinds |= {"placed": "time", "day": "date", "plan": "text", "mail": "text", "key": "key", "open": "flag"}
    rows = read(tables, "crm.Orders 2026", kinds)
    assert [rows[0][f"c{n}"] for n in range(len(kinds))] == [
        *(1, 2.0, 2.5, None),  # what is not a number is not known
        *("2026-01-02T04:30:00", "2026-01-01T10:00:00", "2026-01-01"),
        *("basic", "a@x.org", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", True),
    ]
    assert [rows[1][wrong(f"c{n}")] for n in (1, 2, 3)] == [FINE, KIND, KIND]  # NaN, and infinity
    assert rows[1]["c7"] == "plus"


@pytest.mark.usefixtures("postgres")
def test_a_time_with_its_zone_is_a_day_of_utc(tables: str) -> None:
    assert read(tables, "crm.Orders 2026", {"Paid at": "date"})[-1]["c0"] == "2026-01-02"


@pytest.mark.usefixtures("postgres")
@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("number", {0: 5.0, 1: 5.5, 12: -0.0005}),
        ("date", {6: "2024-02-29", 9: "2026-01-01", 10: "2026-01-01"}),
        ("time", {6: "2024-02-29T00:00:00", 9: "2026-01-01T08:00:00"}),
    ],
)
def test_texts_are_read_where_they_say_something_and_none_fails(
    kind: str, expected: dict[int, Any], tables: str
) -> None:
    rows = {row["c0"]: row for row in read(tables, "texts", {"n": "key", "said": kind})}
    assert {n: row["c1"] for n, row in rows.items() if row["c1"] is not None} == expected
    assert {n for n, row in rows.items() if row[wrong("c1")] == FINE} == {*expected, 4}


@pytest.mark.usefixtures("postgres")
def test_rows_are_chosen_in_the_database(tables: str) -> None:
    plus = Filter("plan", among=("plus",))
    assert [row["c0"] for row in read(tables, "crm.Orders 2026", {"id": "key"}, plus)] == [2]


@pytest.mark.usefixtures("postgres")
@pytest.mark.parametrize(
    ("table", "titles", "says"),
    [
        ("", ["id"], "does not say which table holds 't'"),
        ("crm.Orders2026", ["id"], "there is no table 'crm.Orders2026'; did you mean 'crm.Orders 2026'?"),
        ("TEXTS", ["n"], "did you mean 'texts'?"),
        ("pg_catalog.pg_authid", ["oid"], "there is no table"),
        ("texts; DROP TABLE texts", ["n"], "there is no table"),
        ("texts", ["N", "saying"], "there is no column 'N'; did you mean 'n'?"),
        ("crm.Orders 2026", ["tags"], "the column 'tags' holds values of the type text[]"),
        ("crm.Orders 2026", ["extra"], "the column 'extra' holds values of the type jsonb"),
    ],
)
def test_what_is_not_there_is_named(table: str, titles: list[str], says: str, tables: str) -> None:
    with opened(tables, table, titles) as (found, problems):
        assert found is None
        assert says in str(problems[0])
        assert all(str(problem).startswith("postgresql://127.0.0.1:") for problem in problems)


@pytest.mark.usefixtures("postgres")
def test_the_database_cannot_be_written_to(tables: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGUSER", "owner")  # who may
    engine = PostgresEngine(tables)
    try:
        with pytest.raises(EngineError, match="ReadOnlySqlTransaction"):
            engine._fetch("CREATE TABLE public.new (id integer)")
        assert engine.fetch("SELECT count(*) AS n FROM public.texts", 10) == (["n"], [(14,)])
    finally:
        engine.close()


@pytest.mark.usefixtures("postgres")
def test_an_error_of_the_database_repeats_nothing_of_the_data(tables: str) -> None:
    engine = PostgresEngine(tables)
    try:
        with pytest.raises(EngineError) as caught:
            engine.fetch("SELECT said::date AS day FROM public.texts ORDER BY n DESC", 10)
        assert NAME not in f"{caught.value.what}{caught.value.fix}{caught.value.__cause__}"
        assert engine.fetch("SELECT current_setting('TimeZone') AS zone", 10) == (["zone"], [("UTC",)])
    finally:
        engine.close()


@pytest.mark.usefixtures("postgres")
def test_all_queries_look_at_the_same_data(tables: str, postgres_server: Any) -> None:
    engine = PostgresEngine(tables)
    count = "SELECT count(*) AS n FROM crm.hidden"
    try:
        before = engine.fetch(count, 1)
        with psycopg.connect(postgres_server.owner) as connection:
            connection.execute("INSERT INTO crm.hidden VALUES (1)")
        assert engine.fetch(count, 1) == before
    finally:
        engine.close()


@pytest.mark.usefixtures("postgres")
def test_no_more_rows_are_fetched_than_asked_for(tables: str) -> None:
    engine = PostgresEngine(tables)
    try:
        assert engine.fetch("SELECT n FROM public.texts WHERE said LIKE '%' ORDER BY n", 2)[1] == [(0,), (1,)]
        day = 'SELECT day FROM crm."Orders 2026" WHERE day IS NOT NULL'
        assert engine.fetch(day, 2)[1] == [(dt.date(2026, 1, 1),)]
    finally:
        engine.close()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"PGPASSWORD": "wrong-secret"}, "does not let us in"),
        ({"PGUSER": "somebody-secret"}, "does not let us in"),
    ],
)
@pytest.mark.usefixtures("postgres")
def test_who_is_not_let_in_is_told_so_without_a_name(
    change: dict[str, str], says: str, tables: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in change.items():
        monkeypatch.setenv(name, value)
    with opened(tables, "texts", ["n"]) as (_, problems):
        (problem,) = problems
        assert says in problem.what
        assert "PGPASSWORD" in problem.fix
        assert "secret" not in str(problem)


@pytest.mark.usefixtures("postgres")
def test_a_service_file_says_where_and_who(
    tables: str, postgres_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = tables.rpartition(":")[2].partition("/")[0]
    user, password = (postgres_server.environment[name] for name in ("PGUSER", "PGPASSWORD"))
    monkeypatch.delenv("PGUSER")
    monkeypatch.delenv("PGPASSWORD")
    service = tmp_path / "services"
    service.write_text(
        f"[crm]\nhost=127.0.0.1\nport={port}\ndbname=test\nuser={user}\npassword={password}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PGSERVICEFILE", str(service))
    with opened("postgresql:///?service=crm", "texts", ["n"]) as (found, problems):
        assert problems == []
        assert found is not None


def test_a_database_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "secret")
    with opened("postgresql://127.0.0.1:1/test", "texts", ["n"]) as (_, problems):
        (problem,) = problems
        assert problem.file == "postgresql://127.0.0.1:1/test"
        assert "cannot be reached" in problem.what
        assert "secret" not in str(problem)


def test_without_the_client_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with opened("postgresql://127.0.0.1:1/test", "texts", ["n"]) as (_, problems):
        assert problems[0].fix == "install cxmaturity[postgres]"
