"""Computes a metric from rows given in Python, through all that a workspace's tables go through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from cxmaturity.api import SEGMENT, Metric, MetricResult
from cxmaturity.evidence.engines.duckdb import DuckDbEngine, quoted
from cxmaturity.evidence.engines.model import ROW, RawColumn, Relation
from cxmaturity.evidence.measuring import measure_from
from cxmaturity.evidence.model import ColumnSource, EvidenceRequest, TableSource
from cxmaturity.evidence.sources.model import Placed
from cxmaturity.plugins import Plugin, Plugins
from cxmaturity.texts import Texts

RowsGiven = Sequence[Mapping[str, object]]
"""Rows by the metric's column names; ``None`` and what is left out are empty cells."""


def try_metric(  # noqa: PLR0913 - what a workspace would say
    metric: Metric,
    tables: Mapping[str, RowsGiven],
    texts: Texts,
    *,
    as_of: str | None = None,
    options: Mapping[str, float | str] | None = None,
    period: tuple[str, str] | None = None,
) -> tuple[MetricResult, Plugins]:
    """What a metric makes of tables of rows, and the one plugin that brings it, marked if it failed.

    A column is mapped where some row has it; ``segment`` is one that any table may have. ``period`` is what
    the tables speak of, if they are snapshots.
    """
    columns = {name: _mapped(metric, name, rows) for name, rows in tables.items()}
    sources = {
        name: TableSource((name,), Path(), {c: ColumnSource(c) for c in columns[name]}, period=period)
        for name in tables
    }
    request = EvidenceRequest(sources, options={metric.id: options or {}}, as_of=as_of)
    plugins = Plugins((Plugin("trial", "0", "trial"),), metrics=(("trial", metric),))
    engine = DuckDbEngine()
    try:
        placed = {name: _placed(engine, name, columns[name], rows) for name, rows in tables.items()}
        evidence, plugins = measure_from(request, placed, (), plugins, texts)
    finally:
        engine.close()
    return evidence.metrics[0], plugins


def _mapped(metric: Metric, name: str, rows: RowsGiven) -> list[str]:
    """The columns that some row has; all that are required where there is no row."""
    known = [column.name for column in metric.tables[name]]
    given = dict.fromkeys(column for row in rows for column in row)
    return [column for column in (*known, SEGMENT) if column in given] if rows else known


def _placed(engine: DuckDbEngine, name: str, columns: Sequence[str], rows: RowsGiven) -> Placed:
    """Rows as a table of texts, as if somebody had written them into a file."""
    import ibis.expr.datatypes as dt  # lazy: Ibis

    engine.execute(
        f"CREATE TABLE {quoted(name)} ({ROW} BIGINT, {', '.join(f'{quoted(c)} VARCHAR' for c in columns)})"
    )
    cells = [[_written(row.get(column)) for row in rows] for column in columns]
    unnested = ", ".join("unnest(?::VARCHAR[])" for _ in columns)
    insert = f"INSERT INTO {quoted(name)} SELECT unnest(range(1, {len(rows) + 1})), {unnested}"
    engine.execute(insert, cells)
    raw = {column: RawColumn(column, dt.string) for column in columns}
    return Placed(Relation(engine, name, raw, written=True))


def _written(value: object) -> str | None:
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)
