"""Computes the plugins' metrics from the workspace's tables, and bands them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from cxmaturity.api import Message, Metric, MetricResult, Rows, TableQuality
from cxmaturity.errors import Problem, UserError
from cxmaturity.evidence.banding import bands_in_force, level_of_value
from cxmaturity.evidence.engines.compiling import CannotExpressError
from cxmaturity.evidence.engines.model import EngineError
from cxmaturity.evidence.faults import left_out
from cxmaturity.evidence.found import Found
from cxmaturity.evidence.handed import handed_back, is_handed_back, without_handed_back
from cxmaturity.evidence.model import Evidence, EvidenceRequest, NotMeasuredError
from cxmaturity.evidence.period import latest
from cxmaturity.evidence.querying import Plan, Query, plan_of, shape_of
from cxmaturity.evidence.reaching import Reaches, Shortfall, dated_tables, said
from cxmaturity.evidence.reading import Reading, read_tables, titles_of
from cxmaturity.evidence.shielding import shielded_segments, shielded_series, shielded_trend
from cxmaturity.evidence.sources.model import Placed
from cxmaturity.evidence.sources.opening import open_tables
from cxmaturity.plugins import PluginFailedError, Plugins, ask
from cxmaturity.texts import Texts


@dataclass
class _Run:
    """One measuring under way: what is asked, what was read, the plugins as they fare."""

    request: EvidenceRequest
    reaches: Reaches
    day: str | None
    texts: Texts
    plugins: Plugins
    problems: list[Problem] = field(default_factory=list)
    short: list[tuple[str, Shortfall]] = field(default_factory=list)


def measure(request: EvidenceRequest, plugins: Plugins, texts: Texts) -> tuple[Evidence, Plugins]:
    """All metrics of the usable plugins, and the plugins with those marked that failed.

    A metric without a table, or whose table cannot be read, has no value and the reason. It is left out where
    the questionnaire does not ask about its dimension either.
    """
    titles = titles_of(request.sources, without_handed_back(request, plugins))
    with open_tables({name: request.sources[name] for name in titles}, titles) as opened:
        return measure_from(request, opened.tables, opened.problems, plugins, texts)


def measure_from(
    request: EvidenceRequest,
    tables: Mapping[str, Placed],
    problems: Sequence[Problem],
    plugins: Plugins,
    texts: Texts,
) -> tuple[Evidence, Plugins]:
    """All metrics from tables that are open; ``problems`` are those of tables that could not be opened."""
    readings, unreadable = read_tables(
        request.sources, tables, without_handed_back(request, plugins), request.as_of
    )
    day = request.as_of or latest(each for r in readings.values() for each in r.days())
    run = _Run(request, Reaches(readings), day, texts, plugins, [*problems, *unreadable])
    metrics = tuple(
        _result(run, name, metric)
        for name, metric in plugins.metrics
        if request.asks(metric.dimension) or any(table in request.sources for table in metric.tables)
    )
    rows = tuple(dict.fromkeys(each for reading in readings.values() for each in left_out(reading)))
    outdated, notes = said(run.short)
    return Evidence(metrics, day, rows, tuple(dict.fromkeys(run.problems)), outdated, notes), run.plugins


def _result(run: _Run, plugin: str, metric: Metric) -> MetricResult:
    """One metric, whatever becomes of it."""
    result = MetricResult(
        id=metric.id,
        dimension=metric.dimension,
        practice=metric.practice,
        unit=metric.unit,
        higher_is_better=metric.higher_is_better,
        source=metric.source,
        value=None,
        weight=metric.weight,
    )
    if not run.plugins.named(plugin).usable:
        return replace(result, reason=Message("reason.plugin-failed", {"plugin": plugin}))
    try:
        return _measured(run, plugin, metric, result)
    except PluginFailedError as failure:
        run.plugins = run.plugins.failed(plugin, failure.error, f"computing {metric.id}")
        return replace(result, reason=Message("reason.plugin-failed", {"plugin": plugin}))
    except NotMeasuredError as error:
        return replace(result, reason=error.reason)
    except UserError as error:
        run.problems += error.problems
        return replace(result, reason=Message("reason.not-computed"))
    except EngineError as error:
        run.problems.append(Problem(metric.id, 0, 0, f"could not be computed: {error.what}", error.fix))
        return replace(result, reason=Message("reason.not-computed"))


def _measured(run: _Run, plugin: str, metric: Metric, result: MetricResult) -> MetricResult:
    found = (
        handed_back(run.request, run.plugins, plugin, metric).found(run.texts)
        if is_handed_back(run.request, metric)
        else _find(run, plugin, metric)
    )
    trend = shielded_trend(list(found.trend()), run.request.minimum)
    if found.short is not None and found.short.kind == "outdated":
        run.short.append((metric.id, found.short))
        covered = tuple(point for point in trend if point.end <= found.short.last)
        return replace(result, reason=found.short.reason, trend=covered, quality=found.quality)
    figure, period = found.measured(), found.scope.period
    known = figure.value is not None
    if found.short is not None and known:
        run.short.append((metric.id, found.short))
    bands = bands_in_force(run.request, run.plugins, plugin, metric) if known else None
    minimum = run.request.minimum
    return replace(
        result,
        value=figure.value,
        n=figure.n,
        interval=figure.interval,
        band=level_of_value(figure.value, bands),
        basis=bands.basis if bands is not None else None,
        reason=figure.reason,
        parts=MappingProxyType(dict(figure.parts)),
        period=(period.start, period.end) if period.known and known else None,
        segments=shielded_segments(list(found.segments()), minimum),
        trend=trend,
        series=shielded_series(figure.series, minimum),
        quality=found.quality,
    )


def _find(run: _Run, plugin: str, metric: Metric) -> Found:
    """Run a metric's queries where its tables lie. Raises :class:`NotMeasuredError` where that cannot be."""
    shapes = {table: _shape(run, metric, table) for table in metric.tables}
    readings = {table: _reading(run, plugin, table) for table in metric.tables}
    if len({id(reading.engine) for reading in readings.values()}) > 1:
        raise NotMeasuredError("reason.two-engines", tables=list(metric.tables))
    plan = plan_of(run.request, metric, readings, shapes, run.day)
    short = run.reaches.shortfall(plan)
    if short is not None and short.table:
        plan = plan_of(run.request, metric, readings, shapes, short.last)
    days = [day for reading in readings.values() for day in reading.quality.first.values()]
    rows = {query.name: (query, _rows(plan, query)) for query in plan.queries(min(days, default=None))}
    kept_to = (
        {}
        if short is None
        else dict.fromkeys([short.table] if short.table else dated_tables(plan), short.last)
    )
    quality = tuple(_quality(plan, table, kept_to.get(table)) for table in readings)
    return Found(metric, plan.scope, rows, run.texts, quality, short)


def _shape(run: _Run, metric: Metric, table: str) -> str:
    if table not in run.request.sources:
        raise NotMeasuredError("reason.no-data", table=table)
    shape = shape_of(metric.tables[table], run.request.sources[table].columns)
    if shape is None:
        raise NotMeasuredError("reason.unmapped", table=table)
    return shape


def _reading(run: _Run, plugin: str, table: str) -> Reading:
    if (plugin, table) not in run.reaches.readings:
        raise NotMeasuredError("reason.unreadable-data", table=table)
    return run.reaches.readings[plugin, table]


def _rows(plan: Plan, query: Query) -> Rows:
    """The rows of one query. What the plugin does wrong in its expression is its failure."""
    from ibis.common.exceptions import IbisError  # lazy: a fifth of a second

    expression = ask(lambda: plan.expression(query))
    try:
        return plan.engine.rows(expression)
    except CannotExpressError:
        raise NotMeasuredError("reason.cannot-express", engine=plan.engine.name) from None
    except IbisError as error:
        raise PluginFailedError(error) from error


def _quality(plan: Plan, table: str, kept_to: str | None) -> TableQuality:
    reading, columns = plan.readings[table], plan.scope.mapped[table]
    quality = reading.quality
    return TableQuality(
        table,
        reading.engine.name,
        quality.rows + reading.placed.dropped,
        reading.dropped(columns),
        quality.reasons(columns),
        min((quality.first[name] for name in columns if name in quality.first), default=None),
        max((quality.last[name] for name in columns if name in quality.last), default=None),
        kept_to,
    )
