"""The server of the tests: what is compiled for PostgreSQL gives there what DuckDB gives."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import ibis
import psycopg
import pytest
from ibis.backends.sql.compilers import DuckDBCompiler, PostgresCompiler

Load = Callable[[str, duckdb.DuckDBPyRelation], None]

SURVEY = """
    SELECT i AS id, ['Nord', 'süd', 'west'][i % 3 + 1] AS region, i % 11 AS answer,
           CASE WHEN i % 7 > 0 THEN sqrt(i) END AS spent,
           TIMESTAMP '2026-03-28 22:30:00' + to_minutes(i * 37) AS at
    FROM range(2000) AS numbers(i)
"""


def test_compiled_sql_gives_what_duckdb_gives(postgres: str, load_into_postgres: Load) -> None:
    with duckdb.connect() as here:
        survey = here.sql(SURVEY)
        survey.create("survey")
        load_into_postgres("survey", survey)
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
    elsewhere = PostgresCompiler()
    with psycopg.connect(postgres) as there:
        found = there.execute(elsewhere.to_sqlglot(expression).sql(dialect=elsewhere.dialect).encode())
        rows = {row[:2]: row[2:] for row in found.fetchall()}
    assert len(rows) == 9
    assert rows == {row[:2]: pytest.approx(row[2:], rel=1e-9) for row in expected}


def test_who_reads_may_not_write(postgres: str, load_into_postgres: Load) -> None:
    with duckdb.connect() as here:
        load_into_postgres("one", here.sql("SELECT 1 AS a"))
    with psycopg.connect(postgres) as there:
        assert there.execute("SELECT a FROM one").fetchall() == [(1,)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            there.execute("DELETE FROM one")
