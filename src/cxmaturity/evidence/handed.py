"""Metrics that others computed: the results of their queries, handed back as files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cxmaturity.api import Metric, Rows, TableQuality
from cxmaturity.errors import Problem, UserError
from cxmaturity.evidence.exporting import expression_of, queries_of
from cxmaturity.evidence.found import Found
from cxmaturity.evidence.model import EvidenceRequest, NotMeasuredError
from cxmaturity.evidence.querying import Plan, Query, shape_of
from cxmaturity.evidence.reading import metrics_by_plugin
from cxmaturity.evidence.results import results_of
from cxmaturity.evidence.unopened import mapped_shapes, needs_day, unopened_plan
from cxmaturity.paths import seen_from
from cxmaturity.plugins import PluginFailedError, Plugins
from cxmaturity.texts import Texts

if TYPE_CHECKING:
    from cxmaturity.settings import AssessmentFile
    from cxmaturity.yamlfile import YamlDocument

_DIALECT = "duckdb"  # any will do: nothing is written


def is_handed_back(request: EvidenceRequest, metric: Metric) -> bool:
    """Whether a metric's own query was run by others, so that none of its tables has to be opened."""
    mapped = mapped_shapes(metric, request.sources) is not None
    return metric.id in request.results and mapped and not metric.calculation.personal


def without_handed_back(request: EvidenceRequest, plugins: Plugins) -> Plugins:
    """The plugins with those metrics alone that tables have to be opened for."""
    left = tuple(each for each in plugins.metrics if not is_handed_back(request, each[1]))
    return replace(plugins, metrics=left)


@dataclass(frozen=True)
class HandedBack:
    """What others handed back for a metric, by name of the query, and how they were to compute it."""

    plan: Plan
    rows: Mapping[str, tuple[Query, Rows]]
    shown: str

    def found(self, texts: Texts) -> Found:
        """As if the queries had been run here. Of the tables' rows nothing is known."""
        quality = tuple(TableQuality(table, self.shown) for table in self.plan.metric.tables)
        return Found(self.plan.metric, self.plan.scope, self.rows, texts, quality)


def handed_back(request: EvidenceRequest, plugins: Plugins, plugin: str, metric: Metric) -> HandedBack:
    """What others found for a metric that :func:`is_handed_back`.

    Raises :class:`UserError` with everything that is wrong with its files, :class:`PluginFailedError`, and
    :class:`NotMeasuredError` for an option that is missing.
    """
    shapes = mapped_shapes(metric, request.sources) or {}
    folder = request.sources[metric.table].folder
    shown = seen_from(folder, request.results[metric.id])
    if not request.as_of and needs_day(metric, request.sources, shapes):
        what = "nothing says which day the result is as of"
        raise UserError.about(shown, what, "add the `as_of` that the queries were written with")
    plan = unopened_plan(request, metric, metrics_by_plugin(plugins)[plugin], shapes, _DIALECT)
    queries = {query.called(metric): query for query in queries_of(plan)}
    rows: dict[str, tuple[Query, Rows]] = {}
    problems = list(_of_no_query(request, metric, sorted(queries), folder))
    for name, query in queries.items():
        if name not in request.results:
            continue
        path, schema = request.results[name], expression_of(plan, query).schema()
        try:
            found = results_of(path, seen_from(folder, path), schema, end=query.scope.period.end)
        except UserError as error:
            problems += error.problems
            continue
        if found or query.scope.period == plan.scope.period:  # of years before the data there are no rows
            rows[query.name] = query, found
    if problems:
        raise UserError(problems)
    return HandedBack(plan, rows, shown)


def _of_no_query(
    request: EvidenceRequest, metric: Metric, names: Sequence[str], folder: Path
) -> Iterator[Problem]:
    """The files that are called like a metric, but like none of its queries: as those of another year."""
    for name, path in request.results.items():
        if name.startswith(f"{metric.id}.") and name not in names:
            what, fix = (
                f"is the result of no query of {metric.id}",
                f"take it away; there are {', '.join(names)}",
            )
            yield Problem(seen_from(folder, path), 0, 0, what, fix)


def problems_of_results(request: EvidenceRequest, plugins: Plugins) -> list[Problem]:
    """Everything that is wrong with what was handed back."""
    found: list[Problem] = []
    for plugin, metrics in metrics_by_plugin(plugins).items():
        for metric in metrics:
            if is_handed_back(request, metric):
                try:
                    handed_back(request, plugins, plugin, metric)
                except UserError as error:
                    found += error.problems
                except (NotMeasuredError, PluginFailedError):
                    continue  # said where it is measured
    return found


def check_results(
    file: AssessmentFile, document: YamlDocument, folder: Path, metrics: Sequence[Metric]
) -> Iterator[Problem]:
    """What is wrong with ``results``: patterns without files, and files that belong to no metric."""
    by_id = {metric.id: metric for metric in metrics}
    for number, pattern in enumerate(file.results):
        paths = sorted(folder.glob(pattern))
        if not paths:
            what = f"no file matches '{pattern}'"
            yield document.problem(("results", number), what, "correct the pattern, or take it out")
        for path in paths:
            if mistake := _mistake(path, by_id, file, {each.stem for each in paths}):
                what, fix = mistake
                yield document.problem(("results", number), f"'{seen_from(folder, path)}' {what}", fix)


def _mistake(
    path: Path, by_id: Mapping[str, Metric], file: AssessmentFile, beside: set[str]
) -> tuple[str, str] | None:
    """Why a file cannot be a result, and what to do."""
    name, _, part = path.stem.partition(".")
    if name not in by_id or path.suffix != ".csv":
        return "is no metric's result", "call it as the query is called, with .csv"
    metric = by_id[name]
    if metric.calculation.personal:
        what = f"is not read: {name} is only computed from its tables, as its rows are single customers"
        return what, "delete it"
    for table, columns in metric.tables.items():
        if table not in file.evidence or shape_of(columns, file.evidence[table].columns) is None:
            return f"is not read: '{table}' is not mapped", "map it as it was when the queries were written"
    if part and name not in beside:
        return f"is of no use without '{name}.csv'", "hand that back as well"
    return None
