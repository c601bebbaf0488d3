"""Computes the plugins' metrics from the workspace's tables, and bands them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from statistics import fmean
from types import MappingProxyType

from cxmaturity.api import Column, Measure, Message, Metric, MetricResult
from cxmaturity.errors import Problem, UserError
from cxmaturity.evidence.period import NO_PERIOD, last_twelve_months, latest
from cxmaturity.evidence.tables import Table, read_csv_table
from cxmaturity.plugins import PluginError, Plugins, guarded
from cxmaturity.scoring.bands import band_of


@dataclass(frozen=True, slots=True)
class TableSource:
    """Where a table lies: its path, its name in messages, and its columns by the metric's names."""

    path: Path
    shown: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Bands:
    """The thresholds of levels 2 to 5 for one metric, and whose they are."""

    thresholds: Mapping[int, float]
    basis: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What customer data shows: the metrics, the day they are as of, and what was left out.

    ``left_out`` counts and names the rows that could not be read; ``unreadable`` the tables.
    """

    metrics: tuple[MetricResult, ...] = ()
    as_of: str | None = None
    left_out: tuple[Problem, ...] = ()
    unreadable: tuple[Problem, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)


def columns_of(metrics: Sequence[Metric], table: str) -> tuple[Column, ...]:
    """All columns that metrics read from a table, each once."""
    return tuple(
        {
            column.name: column for metric in metrics if metric.table == table for column in metric.columns
        }.values()
    )


def read_tables(
    sources: Mapping[str, TableSource], metrics: Sequence[Metric]
) -> tuple[dict[str, Table], list[Problem]]:
    """The tables that can be read, and the problems of those that cannot."""
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    for name, source in sources.items():
        if any(c.required and c.name not in source.columns for c in columns_of(metrics, name)):
            continue  # the check of the mapping has named it, with its place in assessment.yaml
        try:
            tables[name] = read_csv_table(
                name, source.path, source.shown, source.columns, columns_of(metrics, name)
            )
        except UserError as error:
            problems += error.problems
    return tables, problems


def measure(
    sources: Mapping[str, TableSource],
    bands: Mapping[str, Bands],
    plugins: Plugins,
    as_of: str | None,
) -> tuple[Evidence, Plugins]:
    """All metrics of the active plugins, and the plugins with those marked that failed.

    ``as_of`` is the workspace's; without one, the latest date in the data. A metric without a table,
    or whose table cannot be read, has no value and the reason.
    """
    metrics = [metric for _, metric in plugins.metrics]
    tables, unreadable = read_tables(sources, metrics)
    day = as_of or latest(
        value for name, table in tables.items() for value in table.dates(columns_of(metrics, name))
    )
    period = last_twelve_months(day) if day else NO_PERIOD
    results = []
    for plugin, metric in plugins.metrics:
        if plugins.named(plugin).state != "active":
            results.append(_banded(metric, _failed(plugin), None, None))
            continue
        result = guarded(lambda metric=metric: _compute(metric, tables, sources, period))  # type: ignore[misc]
        if isinstance(result, BaseException):
            plugins = plugins.failed(plugin, result, f"computing {metric.id}")
            result = _failed(plugin)
        results.append(_banded(metric, result, bands.get(metric.id), period if day else None))
    evidence = Evidence(
        metrics=tuple(results),
        as_of=day,
        left_out=tuple(problem for table in tables.values() for problem in table.left_out),
        unreadable=tuple(unreadable),
        rows={name: len(table.rows) for name, table in tables.items()},
    )
    return evidence, plugins


def _failed(plugin: str) -> Measure:
    return Measure(None, reason=Message("reason.plugin-failed", {"plugin": plugin}))


def _compute(
    metric: Metric, tables: Mapping[str, Table], sources: Mapping[str, TableSource], period: tuple[str, str]
) -> Measure:
    if metric.table not in sources:
        return Measure(None, reason=Message("reason.no-data", {"table": metric.table}))
    if metric.table not in tables:
        return Measure(None, reason=Message("reason.unreadable-data", {"table": metric.table}))
    result = metric.compute(tables[metric.table].rows, period)
    if result.value is not None and not isfinite(result.value):
        raise PluginError(f"the value {result.value} is not a number")
    return result


def _banded(
    metric: Metric, result: Measure, bands: Bands | None, period: tuple[str, str] | None
) -> MetricResult:
    banded = bands is not None and result.value is not None
    return MetricResult(
        id=metric.id,
        dimension=metric.dimension,
        practice=metric.practice,
        unit=metric.unit,
        higher_is_better=metric.higher_is_better,
        source=metric.source,
        value=result.value,
        n=result.n,
        interval=result.interval,
        band=band_of(result.value, bands.thresholds, higher_is_better=metric.higher_is_better)
        if bands is not None and result.value is not None
        else None,
        basis=bands.basis if bands is not None and banded else None,
        reason=result.reason,
        parts=MappingProxyType(dict(result.parts)),
        period=period if result.value is not None else None,
    )


def measured_scores(metrics: Sequence[MetricResult], practices: Iterator[str]) -> dict[str, float]:
    """The measured score of each practice that has banded metrics: the mean of their levels.

    A metric in the band of level 3 counts as score 3, which lies inside that level's own range.
    """
    banded: dict[str, list[int]] = {}
    for metric in metrics:
        if metric.band is not None:
            banded.setdefault(metric.practice, []).append(metric.band)
    return {practice: fmean(banded[practice]) for practice in practices if practice in banded}
