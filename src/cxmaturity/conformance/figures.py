"""Made-up customer data, and what a plugin's metrics make of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np

from cxmaturity.api import Cell, Column, Measure, Message, Metric, MetricResult, Rows
from cxmaturity.evidence.period import last_twelve_months
from cxmaturity.plugins import PluginError, PluginFailedError, ask

PERIOD = last_twelve_months("2026-06-30")
_DAYS = 900
_WIDE = 100.0
_EMPTY = 0.3
_ROWS = 60


def made_up_rows(columns: tuple[Column, ...], rows: int, seed: int, *, mapped: bool = True) -> Rows:
    """Rows that the columns allow; with ``mapped=False`` those not required are not in the table."""
    random = np.random.default_rng(seed)
    return tuple(
        MappingProxyType(
            {column.name: _cell(column, random) if mapped or column.required else None for column in columns}
        )
        for _ in range(rows)
    )


def _cell(column: Column, random: np.random.Generator) -> Cell:
    if column.empty_allowed and random.random() < _EMPTY:
        return None
    match column.kind:
        case "text":
            return f"{column.name}-{random.integers(0, 1000)}"
        case "date":
            last = date.fromisoformat(PERIOD[1])
            return (last - timedelta(days=int(random.integers(0, _DAYS)))).isoformat()
        case _:
            low, high = _limits(column)
            return float(np.clip(np.round(random.uniform(low, high)), low, high))


def _limits(column: Column) -> tuple[float, float]:
    """The column's limits; one that is not given lies a hundred away from the other, or from 0."""
    if column.minimum is not None:
        return column.minimum, column.minimum + _WIDE if column.maximum is None else column.maximum
    return (0.0, _WIDE) if column.maximum is None else (column.maximum - _WIDE, column.maximum)


def not_measured(metric: Metric) -> MetricResult:
    """A metric for which the workspace names no table."""
    return _result(metric, Measure(None, reason=Message("reason.no-data", {"table": metric.table})))


def measured(metric: Metric, rows: Rows, *, band: int | None = None) -> MetricResult:
    """What a metric makes of rows. Raises :class:`cxmaturity.plugins.PluginFailedError`."""
    return ask(lambda: _result(metric, _measure(metric, rows), band), f"computing {metric.id}")


def _measure(metric: Metric, rows: Rows) -> Measure:
    measure = metric.compute(rows, PERIOD)
    if not isinstance(measure, Measure):
        raise PluginError(f"it gave a {type(measure).__name__}, not a Measure")
    return measure


def _result(metric: Metric, measure: Measure, band: int | None = None) -> MetricResult:
    known = measure.value is not None
    return MetricResult(
        id=metric.id,
        dimension=metric.dimension,
        practice=metric.practice,
        unit=metric.unit,
        higher_is_better=metric.higher_is_better,
        source=metric.source,
        value=measure.value,
        n=measure.n,
        interval=measure.interval,
        band=band if known else None,
        basis="The made-up bands of the conformance checks" if known and band else None,
        reason=measure.reason,
        parts=MappingProxyType(dict(measure.parts)),
        period=PERIOD if known else None,
        weight=metric.weight,
    )


def all_not_measured(metrics: tuple[Metric, ...]) -> Mapping[str, MetricResult]:
    """Metrics by id, none of which has data."""
    return MappingProxyType({metric.id: not_measured(metric) for metric in metrics})


def made_up_results(metrics: tuple[Metric, ...], *, band: int | None = 3) -> Mapping[str, MetricResult]:
    """Metrics by id, computed from made-up rows; one that cannot be has no data."""
    return MappingProxyType({metric.id: _made_up_result(metric, band) for metric in metrics})


def _made_up_result(metric: Metric, band: int | None) -> MetricResult:
    try:
        return measured(metric, made_up_rows(metric.columns, _ROWS, seed=1), band=band)
    except PluginFailedError:
        return not_measured(metric)  # that it fails is for another check to say
