"""Queries written for others: what they say above, and that they mean the same wherever they are run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cxmaturity.api import Calculation, Column, Measure, Metric, Option, Rows, Scope, no_records, sum_of
from cxmaturity.evidence.engines.compiling import DIALECTS
from cxmaturity.evidence.exporting import Export, export, undated
from cxmaturity.evidence.model import ColumnSource, EvidenceRequest, Filter, TableSource
from cxmaturity.plugins import Plugin, Plugins

COLUMNS = {
    "visitor": Column("visitor", "key"),
    "minutes": Column("minutes", "number", minimum=0),
    "at": Column("at", "date"),
    "member": Column("member", "flag", required=False, empty_allowed=True),
    "page": Column("page", "text", required=False, empty_allowed=True),
}


def counted(tables: Mapping[str, Any], scope: Scope) -> Any:
    visits = tables["visits"].filter(scope.period.holds(tables["visits"].at))
    return visits.aggregate(
        {"n": visits.count(), "minutes": visits.minutes.sum(), "members": visits.count(where=visits.member)},
        by=list(scope.by),
    )


def middle(tables: Mapping[str, Any], scope: Scope) -> Any:
    return tables["visits"].aggregate({"middle": tables["visits"].minutes.quantile(0.9)}, by=list(scope.by))


def measured(rows: Rows, scope: Scope) -> Measure:
    del scope
    return Measure(sum_of(rows, "n"), 1) if rows else no_records()


def metric(aggregate: Any = counted, **more: Any) -> Metric:
    said = {"id": "visits", "practice": "a.b", "unit": "number", "higher_is_better": True, "source": "S0"}
    calculation = Calculation(aggregate, measured, **more.pop("calculation", {}))
    return Metric(**said | more, tables={"visits": tuple(COLUMNS.values())}, calculation=calculation)


def plugins(*metrics: Metric) -> Plugins:
    return Plugins((Plugin("trial", "0", "trial"),), metrics=tuple(("trial", each) for each in metrics))


def request(table: str = "", as_of: str | None = "2026-10-31", **more: Any) -> EvidenceRequest:
    columns = {name: ColumnSource(f"The {name}", ("VIP",) if name == "member" else ()) for name in COLUMNS}
    columns |= more.pop("columns", {})
    source = TableSource(("snowflake://acme",), Path(), columns, table, more.pop("where", ()))
    return EvidenceRequest({"visits": source}, as_of=as_of, **more)


def only(done: Export) -> str:
    assert done.left_out == ()
    (query,) = done.queries
    return query.sql


def test_the_header_says_all_that_whoever_runs_it_has_to_know() -> None:
    sql = only(export(request(), plugins(metric()), "postgres"))
    assert sql.splitlines()[:5] == [
        "-- metric: visits",
        "-- save the result as: results/visits.csv, with a row of headings",
        "-- dialect: postgres",
        "-- period: after 2025-10-31, up to and with 2026-10-31",
        "-- time zone: the session's is to be UTC",
    ]
    assert sql.rstrip().endswith(";")


def test_segments_and_earlier_years_are_queries_of_their_own_where_figures_do_not_add_up() -> None:
    source = {"segment": ColumnSource("Plan")}
    wanted = metric(calculation={"additive": False}, dated="at", earlier_years=1)
    done = export(request(columns=source), plugins(wanted), "duckdb")
    assert [query.name for query in done.queries] == [
        "visits",
        "visits.segments",
        "visits.quarters",
        "visits.to-2025-10-31",
    ]
    assert "-- it may be left out: the figure itself does not need it" in done.queries[1].sql
    assert "-- it gives no row where the data does not reach back to 2024-10-31" in done.queries[3].sql


@pytest.mark.parametrize(
    ("table", "dialect", "named"),
    [
        ("", "postgres", 'FROM "visits" AS'),
        ("crm.Web Visits", "postgres", 'FROM "crm"."Web Visits" AS'),
        ("lake.crm.visits", "trino", 'FROM "lake"."crm"."visits" AS'),
        ("lake.crm.visits", "bigquery", "FROM `lake`.`crm`.`visits` AS"),
        ('crm."odd"', "duckdb", 'FROM "crm"."""odd""" AS'),
    ],
)
def test_tables_are_named_and_quoted_as_the_dialect_does(table: str, dialect: str, named: str) -> None:
    assert named in only(export(request(table), plugins(metric()), dialect))


VISITS = [
    ("1", "5.5", "2026-01-31", "'VIP'", "'x'"),
    ("2", "4", "2026-10-31", "'no'", "NULL"),
    ("3", "-1", "2026-02-01", "'VIP'", "'x'"),
    ("NULL", "1", "2026-02-01", "''", "''"),
    ("5", "9", "2025-10-31", "'VIP'", "''"),
]
TYPES = {
    "as they should be": ("BIGINT", "DOUBLE", "DATE"),
    "decimals and times": ("INTEGER", "DECIMAL(9, 2)", "TIMESTAMP"),
    "all of them texts": ("VARCHAR", "VARCHAR", "VARCHAR"),
}


@pytest.mark.parametrize("types", TYPES.values(), ids=TYPES.keys())
def test_a_query_means_the_same_whatever_types_the_columns_have(types: tuple[str, ...]) -> None:
    # of five visits one has less than 0 minutes, one no visitor, one is too early: 5.5 + 4, one of a VIP
    connection = duckdb.connect()
    titles = ", ".join(
        f'"The {name}" {kind}' for name, kind in zip(COLUMNS, (*types, "VARCHAR", "VARCHAR"), strict=True)
    )
    connection.execute(f"CREATE TABLE visits ({titles})")
    for visitor, minutes, day, member, page in VISITS:
        row = f"({visitor}, {minutes}, '{day}', {member}, {page})"
        connection.execute(f"INSERT INTO visits VALUES {row}")  # noqa: S608 - rows of our own
    sql = only(export(request(), plugins(metric()), "duckdb"))
    assert connection.execute(sql).fetchall() == [(2, 9.5, 1, "2026-10-31")]


def test_rows_that_do_not_count_are_left_out_there_too() -> None:
    where = (Filter("status", excluding=("test",)), Filter("The minutes", maximum=5))
    connection = duckdb.connect()
    connection.execute(
        'CREATE TABLE visits AS SELECT 1 AS "The visitor", minutes AS "The minutes",'
        ' DATE \'2026-01-31\' AS "The at", NULL AS "The member", NULL AS "The page", status'
        " FROM (VALUES (4, 'live'), (5, 'test'), (6, 'live')) AS rows(minutes, status)"
    )
    sql = only(export(request(where=where), plugins(metric()), "duckdb"))
    assert connection.execute(sql).fetchall() == [(1, 4.0, 0, "2026-10-31")]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_quantiles_are_exact_or_said_to_be_approximate(dialect: str) -> None:
    sql = only(export(request(), plugins(metric(middle)), dialect))
    approximate = dialect in {"bigquery", "trino"}
    assert (f"-- approximate: {dialect} has no exact quantiles" in sql) is approximate
    assert ("APPROX" in sql) is approximate


def test_seconds_are_taken_of_times_that_bigquery_has_seconds_of() -> None:
    def seconds(tables: Mapping[str, Any], scope: Scope) -> Any:
        at = tables["visits"].at.cast("timestamp")
        return tables["visits"].aggregate({"s": at.epoch_seconds().max()}, by=list(scope.by))

    assert "UNIX_SECONDS(CAST(" in only(export(request(), plugins(metric(seconds)), "bigquery"))


def test_what_a_dialect_cannot_express_is_named() -> None:
    def usual(tables: Mapping[str, Any], scope: Scope) -> Any:
        return tables["visits"].aggregate({"m": tables["visits"].page.mode()}, by=list(scope.by))

    wanted = [metric(usual), metric(id="other")]
    done = export(request(), plugins(*wanted), "bigquery")
    assert [query.name for query in done.queries] == ["other"]
    (left,) = done.left_out
    assert (left.metric, left.meant) == ("visits", False)
    assert left.why == "bigquery cannot express it (Mode)"


def test_single_customers_are_never_asked_for() -> None:
    done = export(request(), plugins(metric(calculation={"personal": True})), "duckdb")
    assert done.queries == ()
    assert [(left.metric, left.meant) for left in done.left_out] == [("visits", True)]


def test_an_option_that_is_missing_and_a_plugin_that_fails_are_named() -> None:
    def broken(*_: object) -> Any:
        raise ZeroDivisionError

    told = metric(options=(Option("margin"),))
    done = export(request(), plugins(told, metric(broken, id="broken")), "duckdb")
    assert done.queries == ()
    assert [left.why.partition(":")[0] for left in done.left_out] == [
        "its option 'margin' is missing under `metrics`",
        "its plugin 'trial' failed",
    ]


def test_a_day_is_needed_by_metrics_that_have_dates_alone() -> None:
    assert undated(request(as_of=None), plugins(metric())) == ["visits"]
    assert undated(request(), plugins(metric())) == []
    with_period = {
        "visits": TableSource(
            ("x",), Path(), request().sources["visits"].columns, period=("2026-01-01", "2026-12-31")
        )
    }
    assert undated(EvidenceRequest(with_period), plugins(metric())) == []


def test_metrics_of_tables_that_are_not_mapped_are_passed_over() -> None:
    assert export(EvidenceRequest(), plugins(metric()), "duckdb") == Export((), ())
