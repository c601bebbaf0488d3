"""Computes the plugins' metrics from the workspace's tables, and bands them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from cxmaturity.texts import Texts


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

    @property
    def rising(self) -> bool:
        """Whether higher values have higher levels."""
        return self.thresholds[max(self.thresholds)] > self.thresholds[min(self.thresholds)]


@dataclass(frozen=True, slots=True)
class EvidenceRequest:
    """What a workspace wants measured.

    ``as_of`` is an ISO date, or ``None`` for the latest in the data. Bands cap levels, so a third-party
    metric on somebody else's dimension has none unless ``may_cap`` names its plugin. ``dimensions`` are
    those that the questionnaire asks about, ``None`` where that is not known.
    """

    sources: Mapping[str, TableSource] = field(default_factory=dict)
    bands: Mapping[str, Bands] = field(default_factory=dict)
    as_of: str | None = None
    may_cap: frozenset[str] = frozenset()
    dimensions: frozenset[str] | None = None

    def asks(self, dimension: str) -> bool:
        """Whether the questionnaire asks about a dimension."""
        return self.dimensions is None or dimension in self.dimensions


@dataclass(frozen=True, slots=True)
class Evidence:
    """What customer data shows: the metrics, the day they are as of, and what was left out.

    ``left_out`` names the rows that could not be read; ``unreadable`` the tables.
    """

    metrics: tuple[MetricResult, ...] = ()
    as_of: str | None = None
    left_out: tuple[Problem, ...] = ()
    unreadable: tuple[Problem, ...] = ()


def columns_of(metrics: Sequence[Metric], table: str) -> tuple[Column, ...]:
    """All columns that metrics read from a table, each once, as the first of them wants it."""
    columns: dict[str, Column] = {}
    for metric in metrics:
        if metric.table == table:
            for column in metric.columns:
                columns.setdefault(column.name, column)
    return tuple(columns.values())


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables as each plugin reads them, by plugin and name, and the problems of those unreadable.

    Every plugin has its own reading of a table, so that none can make another's rows bad.
    """

    read: Mapping[tuple[str, str], Table]
    problems: tuple[Problem, ...]

    @property
    def left_out(self) -> tuple[Problem, ...]:
        """The rows that could not be read, each once."""
        return tuple(dict.fromkeys(problem for table in self.read.values() for problem in table.left_out))


def read_tables(sources: Mapping[str, TableSource], plugins: Plugins) -> Tables:
    """Read the tables that metrics of usable plugins look at."""
    read: dict[tuple[str, str], Table] = {}
    problems: list[Problem] = []
    for plugin in dict.fromkeys(name for name, _ in plugins.metrics if plugins.named(name).usable):
        metrics = [metric for name, metric in plugins.metrics if name == plugin]
        for name in dict.fromkeys(metric.table for metric in metrics if metric.table in sources):
            source, columns = sources[name], columns_of(metrics, name)
            if any(column.required and column.name not in source.columns for column in columns):
                continue  # the check of the mapping has named it, with its place in assessment.yaml
            try:
                read[plugin, name] = read_csv_table(name, source.path, source.shown, source.columns, columns)
            except UserError as error:
                problems += error.problems
    return Tables(read, tuple(dict.fromkeys(problems)))


def measure(request: EvidenceRequest, plugins: Plugins, texts: Texts) -> tuple[Evidence, Plugins]:
    """All metrics of the usable plugins, and the plugins with those marked that failed.

    A metric without a table, or whose table cannot be read, has no value and the reason. It is left out where
    the questionnaire does not ask about its dimension either.
    """
    tables = read_tables(request.sources, plugins)
    day = request.as_of or latest(date for table in tables.read.values() for date in table.dates)
    period = last_twelve_months(day) if day else NO_PERIOD
    results = []
    for name, metric in plugins.metrics:
        if not (metric.table in request.sources or request.asks(metric.dimension)):
            continue
        result: Measure | BaseException = _failed(name)
        if plugins.named(name).usable:
            rows = tables.read.get((name, metric.table))
            result = guarded(lambda m=metric, r=rows: _compute(m, r, request, period, texts))  # type: ignore[misc]
        if isinstance(result, BaseException):
            plugins = plugins.failed(name, result, f"computing {metric.id}")
            result = _failed(name)
        bands = _bands_in_force(request, plugins, name, metric)
        results.append(_banded(metric, result, bands, period if day else None))
    evidence = Evidence(tuple(results), day, tables.left_out, tables.problems)
    return evidence, plugins


def _bands_in_force(request: EvidenceRequest, plugins: Plugins, plugin: str, metric: Metric) -> Bands | None:
    """The workspace's bands for a metric, unless they run the wrong way or it may not cap.

    It may where its plugin scores the dimension, or nobody does, or its word counts beyond its own.
    """
    bands = request.bands.get(metric.id)
    if bands is None or bands.rising != metric.higher_is_better:
        return None
    _, owner = plugins.scorers.get(metric.dimension, (None, plugin))  # nobody's dimension is anybody's
    return bands if owner == plugin or plugins.may_bind(plugin, request.may_cap) else None


def _failed(plugin: str) -> Measure:
    return Measure(None, reason=Message("reason.plugin-failed", {"plugin": plugin}))


def _compute(
    metric: Metric, table: Table | None, request: EvidenceRequest, period: tuple[str, str], texts: Texts
) -> Measure:
    """What a metric makes of its table, as plain numbers."""
    if metric.table not in request.sources:
        return Measure(None, reason=Message("reason.no-data", {"table": metric.table}))
    if table is None:
        return Measure(None, reason=Message("reason.unreadable-data", {"table": metric.table}))
    result = metric.compute(table.rows, period)
    if result.reason is not None:
        texts.message(result.reason)
    numbers = [*result.parts.values(), *(result.interval or ())]
    if result.value is not None:
        numbers.append(result.value)
    if not all(isfinite(number) for number in numbers):
        raise PluginError(f"{metric.id} is not a number, or one of its parts is not")
    return replace(
        result,
        value=None if result.value is None else float(result.value),
        n=int(result.n),
        interval=None if result.interval is None else (float(result.interval[0]), float(result.interval[1])),
        parts={name: float(part) for name, part in result.parts.items()},
    )


def _banded(
    metric: Metric, result: Measure, bands: Bands | None, period: tuple[str, str] | None
) -> MetricResult:
    band = basis = None
    if bands is not None and result.value is not None:
        band = band_of(result.value, bands.thresholds, higher_is_better=metric.higher_is_better)
        basis = bands.basis
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
        band=band,
        basis=basis,
        reason=result.reason,
        weight=metric.weight,
        parts=MappingProxyType(dict(result.parts)),
        period=period if result.value is not None else None,
    )


def measured_scores(metrics: Sequence[MetricResult], practices: Iterator[str]) -> dict[str, float]:
    """The measured score of each practice that has banded metrics: the weighted mean of their levels.

    A metric in the band of level 3 counts as score 3, which lies inside that level's own range.
    """
    banded: dict[str, list[MetricResult]] = {}
    for metric in metrics:
        if metric.band is not None and metric.weight > 0:
            banded.setdefault(metric.practice, []).append(metric)
    return {
        practice: fmean([metric.band or 0 for metric in found], [metric.weight for metric in found])
        for practice in practices
        if (found := banded.get(practice))
    }
