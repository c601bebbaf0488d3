"""Made-up customer data, and what a plugin's metrics make of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np

from cxmaturity.api import Cell, Column, Message, Metric, MetricResult
from cxmaturity.evidence.trial import try_metric
from cxmaturity.plugins import PluginError, PluginFailedError
from cxmaturity.texts import Texts

AS_OF = "2026-06-30"
_DAYS = 900
_WIDE = 100.0
_EMPTY = 0.3
ROWS = 60

Tables = Mapping[str, Sequence[Mapping[str, Cell]]]


def made_up_tables(metric: Metric, rows: int, seed: int, *, mapped: bool = True) -> Iterator[Tables]:
    """Tables that a metric's columns allow, one for each shape of its first table.

    With ``mapped=False`` the columns that are not required are not in them.
    """
    shapes = dict.fromkeys(column.shape for column in metric.tables[metric.table] if column.shape) or {
        "": None
    }
    for shape in shapes:
        yield {
            name: _rows([c for c in columns if c.shape in {"", shape} and (mapped or c.required)], rows, seed)
            for name, columns in metric.tables.items()
        }


def _rows(columns: Sequence[Column], rows: int, seed: int) -> list[dict[str, Cell]]:
    random = np.random.default_rng(seed)
    return [{column.name: _cell(column, random) for column in columns} for _ in range(rows)]


def _cell(column: Column, random: np.random.Generator) -> Cell:
    if column.empty_allowed and random.random() < _EMPTY:
        return None
    match column.kind:
        case "key" | "text":
            return f"{column.name}-{random.integers(0, 20)}"
        case "date" | "time":
            day = date.fromisoformat(AS_OF) - timedelta(days=int(random.integers(0, _DAYS)))
            return day.isoformat()
        case "flag":
            return "yes" if random.random() < _EMPTY else "no"
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
    return MetricResult(
        id=metric.id,
        dimension=metric.dimension,
        practice=metric.practice,
        unit=metric.unit,
        higher_is_better=metric.higher_is_better,
        source=metric.source,
        value=None,
        reason=Message("reason.no-data", {"table": metric.table}),
        weight=metric.weight,
    )


class _AnyWords(Texts):
    """Words for every message: whether there are any is for another check to say."""

    def __init__(self) -> None:
        super().__init__("en", {})

    def __call__(self, key: str, /, **values: object) -> str:
        del values
        return key


def measured(metric: Metric, tables: Tables) -> MetricResult:
    """What a metric makes of tables. Raises :class:`cxmaturity.plugins.PluginFailedError`."""
    options = {
        option.name: option.choices[0] if option.choices else _within(option.minimum, option.maximum)
        for option in metric.options
        if option.default is None
    }
    result, plugins = try_metric(metric, tables, _AnyWords(), as_of=AS_OF, options=options)
    if not plugins.listed[0].usable:
        error = plugins.listed[0].error or PluginError(plugins.listed[0].reason)
        raise PluginFailedError(error, f"computing {metric.id}")
    return result


def _within(low: float | None, high: float | None) -> float:
    """A number within limits."""
    if low is None:
        return 1.0 if high is None else high
    return low + 1.0 if high is None else (low + high) / 2


def all_not_measured(metrics: tuple[Metric, ...]) -> Mapping[str, MetricResult]:
    """Metrics by id, none of which has data."""
    return MappingProxyType({metric.id: not_measured(metric) for metric in metrics})


def made_up_results(metrics: tuple[Metric, ...]) -> Mapping[str, MetricResult]:
    """Metrics by id, computed from made-up rows; one that cannot be has no data."""
    return MappingProxyType({metric.id: _made_up_result(metric) for metric in metrics})


def _made_up_result(metric: Metric) -> MetricResult:
    try:
        return measured(metric, next(made_up_tables(metric, ROWS, seed=1)))
    except PluginFailedError:
        return not_measured(metric)  # that it fails is for another check to say


def in_band(results: Mapping[str, MetricResult], band: int | None) -> Mapping[str, MetricResult]:
    """The same results, all in one band; those that may have none, and those without a value, in none."""
    return MappingProxyType({name: _banded(result, band) for name, result in results.items()})


def _banded(result: MetricResult, band: int | None) -> MetricResult:
    known = result.value is not None and result.higher_is_better is not None
    basis = "The made-up bands of the conformance checks" if known and band else None
    return replace(result, band=band if known else None, basis=basis)
