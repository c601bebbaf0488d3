"""The queries of a metric: for the whole, its segments, its quarters and earlier years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cxmaturity.api import QUARTER, SEGMENT, Column, Metric, Period, Scope
from cxmaturity.evidence.engines.model import Engine
from cxmaturity.evidence.model import EvidenceRequest
from cxmaturity.evidence.options import options_of
from cxmaturity.evidence.period import period_of, quarters_of, years_before
from cxmaturity.evidence.reading import Reading
from cxmaturity.plugins import PluginError

if TYPE_CHECKING:
    from ibis.expr.types import Table


@dataclass(frozen=True, slots=True)
class Query:
    """One query of a metric: its name among them, the period, and by which columns.

    The one without a name gives the figure itself.
    """

    name: str
    scope: Scope

    def called(self, metric: Metric) -> str:
        """Its name among those of all metrics."""
        return f"{metric.id}.{self.name}" if self.name else metric.id


def shape_of(columns: Sequence[Column], mapped: Mapping[str, object]) -> str | None:
    """Which shape of a table's columns is mapped; ``None`` where one that is needed is missing."""
    needed = [column for column in columns if column.required and not column.shape]
    if any(column.name not in mapped for column in needed):
        return None
    shapes = dict.fromkeys(column.shape for column in columns if column.shape)
    for shape in shapes:
        if all(c.name in mapped for c in columns if c.shape == shape and c.required):
            return shape
    return None if shapes else ""


def read_of(metric: Metric, table: str, shape: str) -> tuple[Column, ...]:
    """The columns of a table that a metric reads in one shape; those of the others count as not mapped."""
    return tuple(column for column in metric.tables[table] if column.shape in {"", shape})


def plan_of(
    request: EvidenceRequest,
    metric: Metric,
    readings: Mapping[str, Reading],
    shapes: Mapping[str, str],
    day: str | None,
) -> Plan:
    """How a metric is computed from tables as of a day.

    Raises :class:`~cxmaturity.evidence.model.NotMeasuredError` for an option that is not said.
    """
    options = options_of(metric, request.options.get(metric.id, {}))
    period = period_of(request.sources[metric.table].period, day)
    return Plan(metric, readings, scope_of(metric, readings, Scope(period, (), options, shapes)))


def scope_of(metric: Metric, readings: Mapping[str, Reading], asked: Scope) -> Scope:
    """What is asked of a metric, with which of its columns these tables have."""
    mapped = {
        table: tuple(
            column.name
            for column in read_of(metric, table, asked.shapes.get(table, ""))
            if column.name in reading.source.columns
        )
        for table, reading in readings.items()
    }
    return replace(asked, mapped=mapped)


@dataclass(frozen=True)
class Plan:
    """How a metric is computed from readings: its queries, and the expression of each."""

    metric: Metric
    readings: Mapping[str, Reading]
    scope: Scope

    @property
    def engine(self) -> Engine:
        """Where its tables lie."""
        return self.readings[self.metric.table].engine

    def queries(self, earliest: str | None) -> Iterator[Query]:
        """All queries, the one for the figure itself first; none of years before the ``earliest`` date."""
        segment = (SEGMENT,) if all(SEGMENT in each.source.columns for each in self.readings.values()) else ()
        quarter = (QUARTER,) if self._by_quarter else ()
        if self.metric.calculation.additive:
            yield Query("", replace(self.scope, by=(*segment, *quarter)))
        else:
            yield Query("", self.scope)
            if segment:
                yield Query("segments", replace(self.scope, by=segment))
            if quarter:
                yield Query("quarters", replace(self.scope, by=quarter))
        if self.metric.earlier_years and self.scope.period.known:
            for period in years_before(self.scope.period, self.metric.earlier_years):
                if earliest is not None and earliest <= period.start:
                    yield Query(f"to-{period.end}", replace(self.scope, period=period))

    @property
    def _by_quarter(self) -> bool:
        first = self.readings[self.metric.table]
        return (
            bool(self.metric.dated) and self.metric.dated in first.source.columns and self.scope.period.known
        )

    def expression(self, query: Query) -> Table:
        """A query as an expression. What the metric's calculation raises comes through."""
        from ibis.expr.types import Table  # lazy: a fifth of a second

        tables = {name: self._rows(name, query.scope) for name in self.readings}
        expression: object = self.metric.calculation.aggregate(tables, query.scope)
        if not isinstance(expression, Table):
            raise PluginError(f"its aggregation gives a {type(expression).__name__}, not a Table")
        return expression

    def _rows(self, name: str, scope: Scope) -> Table:
        extra: dict[str, Any] = {}
        if SEGMENT in scope.by:
            extra[SEGMENT] = lambda table: table[SEGMENT]
        if QUARTER in scope.by and name == self.metric.table:
            extra[QUARTER] = lambda table: _quarter(table[self.metric.dated], scope.period)
        read = [*scope.mapped[name], *((SEGMENT,) if SEGMENT in scope.by else ())]
        return self.readings[name].rows(self.metric.tables[name], read, extra)


def _quarter(day: Any, period: Period) -> Any:
    """Which quarter of a period a day belongs to, from 0; one that is not known belongs to the first."""
    import ibis  # lazy: a fifth of a second

    later = list(enumerate(quarters_of(period)))[:0:-1]  # the latest first, but for the first
    if not later:
        return ibis.literal(0)
    return ibis.cases(*((quarter.after_start(day), number) for number, quarter in later), else_=0)
