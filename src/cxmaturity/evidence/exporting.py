"""Writes the queries of metrics as SQL, for whoever may run them where the data lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from cxmaturity.evidence.engines.compiling import CannotExpressError
from cxmaturity.evidence.engines.writing import WrittenSql, written
from cxmaturity.evidence.model import EvidenceRequest, NotMeasuredError
from cxmaturity.evidence.querying import Plan, Query
from cxmaturity.evidence.reading import metrics_by_plugin
from cxmaturity.evidence.typed import FINE, wrong
from cxmaturity.evidence.unopened import mapped_shapes, needs_day, unopened_plan
from cxmaturity.plugins import PluginFailedError, Plugins, ask

if TYPE_CHECKING:
    from ibis.expr.types import Table

PERIOD_END = "period_end"
"""The column by which a result says which period it is of: a stale one is not taken for this year's."""
_EVER = "0001-01-01"


@dataclass(frozen=True, slots=True)
class Exported:
    """A query to be run by others: what its result is to be called, and its text."""

    name: str
    sql: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A metric that is not exported, and why; ``meant`` where that is as it should be."""

    metric: str
    why: str
    meant: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """The queries of all metrics whose tables are mapped, and the metrics that could not be written."""

    queries: tuple[Exported, ...]
    left_out: tuple[LeftOut, ...]


def undated(request: EvidenceRequest, plugins: Plugins) -> list[str]:
    """The metrics that cannot be exported before the workspace says which day it looks at."""
    if request.as_of:
        return []
    return [
        metric.id
        for _, metric in plugins.metrics
        if (shapes := mapped_shapes(metric, request.sources)) is not None
        and needs_day(metric, request.sources, shapes)
        and not metric.calculation.personal
    ]


def export(request: EvidenceRequest, plugins: Plugins, dialect: str) -> Export:
    """The queries of every metric whose tables the workspace maps, in a dialect of SQL."""
    queries: list[Exported] = []
    left_out: list[LeftOut] = []
    siblings = metrics_by_plugin(plugins)
    for name, metric in plugins.metrics:
        shapes = mapped_shapes(metric, request.sources)
        if shapes is None or name not in siblings:
            continue
        if metric.calculation.personal:
            why = "its queries give rows of single customers, so it is only computed where this program runs"
            left_out.append(LeftOut(metric.id, why, meant=True))
            continue
        try:
            plan = unopened_plan(request, metric, siblings[name], shapes, dialect)
            queries += _queries(plan, dialect)
        except CannotExpressError as error:
            left_out.append(LeftOut(metric.id, f"{dialect} cannot express it ({error})"))
        except NotMeasuredError as error:
            missing = error.reason.values.get("option", "")
            left_out.append(LeftOut(metric.id, f"its option '{missing}' is missing under `metrics`"))
        except PluginFailedError as failure:
            left_out.append(LeftOut(metric.id, f"its plugin '{name}' failed: {failure}"))
    return Export(tuple(queries), tuple(left_out))


def _queries(plan: Plan, dialect: str) -> list[Exported]:
    return [Exported(query.called(plan.metric), _text(plan, query, dialect)) for query in queries_of(plan)]


def queries_of(plan: Plan) -> Iterator[Query]:
    """All queries of a metric; those of earlier years wherever its tables have dates."""
    return plan.queries(_EVER if _days(plan) else None)


def expression_of(plan: Plan, query: Query) -> Table:
    """A query for others: with a column that says which period it is of, if it is of one.

    Raises :class:`~cxmaturity.plugins.PluginFailedError`.
    """
    import ibis  # lazy: a fifth of a second

    expression = ask(lambda: plan.expression(query))
    period = query.scope.period
    if period != plan.scope.period:
        expression = expression.filter(_reaches_back(plan, period.start))
    return expression.mutate({PERIOD_END: ibis.literal(period.end)}) if period.known else expression


def _reaches_back(plan: Plan, day: str) -> Any:
    """Whether some date in a metric's tables is as early as a day: else an earlier year is but a part."""
    import ibis  # lazy, as above

    firsts = []
    for table, column in _days(plan):
        fine = table[wrong(column)] == FINE
        first = table.aggregate(first=table[column].cast("date").min(where=fine)).as_scalar()
        firsts.append(first <= ibis.date(day))
    return reduce(or_, firsts)


def _days(plan: Plan) -> list[tuple[Table, str]]:
    """The columns of dates that a metric reads, each with its table."""
    return [
        (reading.table, column.name)
        for table, reading in plan.readings.items()
        for column in reading.columns
        if column.kind in {"date", "time"} and column.name in plan.scope.mapped[table]
    ]


def _text(plan: Plan, query: Query, dialect: str) -> str:
    sql = written(expression_of(plan, query), dialect)
    return "\n".join([*(f"-- {line}" for line in _header(plan, query, sql, dialect)), f"{sql.text};", ""])


def _header(plan: Plan, query: Query, sql: WrittenSql, dialect: str) -> Iterator[str]:
    """What whoever runs a query has to know."""
    metric, period = plan.metric, query.scope.period
    yield f"metric: {metric.id}{_part(query, plan)}"
    yield f"save the result as: results/{query.called(metric)}.csv, with a row of headings"
    yield f"dialect: {dialect}"
    if period.known:
        yield f"period: after {period.start}, up to and with {period.end}"
    if _days(plan):
        yield "time zone: the session's is to be UTC"
    if period != plan.scope.period:
        yield f"it gives no row where the data does not reach back to {period.start}"
    if query.name:
        yield "it may be left out: the figure itself does not need it"
    if sql.approximate:
        yield f"approximate: {dialect} has no exact quantiles"


def _part(query: Query, plan: Plan) -> str:
    if query.scope.period != plan.scope.period:
        return f", the period that ended on {query.scope.period.end}"
    by = " and ".join(f"by {column}" for column in query.scope.by)
    return f", {by}" if by else ""
