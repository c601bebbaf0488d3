"""The subject: the metrics as cxmaturity computes them. benchmarks/evidence.py runs it.

python benchmarks/evidence_subject.py queries …       each metric's query by segment: compiled and computed
python benchmarks/evidence_subject.py everything …    what `assess` does for these metrics: a look at the
    quality of each table, then each metric for the whole, by segment, by quarter, and for earlier years
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_data import DISCOUNT, END, MARGIN, Figures, answer, path_of

if TYPE_CHECKING:
    from cxmaturity.evidence.model import EvidenceRequest
    from cxmaturity.plugins import Plugins

METRICS = {
    "nps": "nps",
    "churn": "churn-rate",
    "complaints": "complaint-resolution-time",
    "clv": "customer-lifetime-value",
}
COLUMNS = {
    "nps": ("answers", ("score", "at")),
    "customers": ("customers", ("customer", "since", "until")),
    "complaints": ("complaints", ("opened", "closed")),
    "purchases": ("purchases", ("customer", "at", "amount")),
}
"""The tables of the metrics, each with the file and the columns that it is read from."""

Rows = list[dict[str, Any]]


def request_for(folder: Path) -> EvidenceRequest:
    """What a workspace over these files would ask for."""
    from cxmaturity.evidence.model import ColumnSource, EvidenceRequest, TableSource

    terms: dict[str, float | str] = {"margin": MARGIN, "discount": DISCOUNT}
    sources = {
        table: TableSource(
            (Path(path_of(folder, file)).name,),
            folder,
            {name: ColumnSource(name) for name in (*columns, "segment")},
        )
        for table, (file, columns) in COLUMNS.items()
    }
    return EvidenceRequest(sources, options={METRICS["clv"]: terms}, as_of=END)


def plugins_with_these() -> Plugins:
    """The installed plugins, with these metrics alone."""
    from dataclasses import replace

    from cxmaturity.plugins import load_plugins

    plugins = load_plugins()
    wanted = tuple(each for each in plugins.metrics if each[1].id in METRICS.values())
    return replace(plugins, metrics=wanted)


def queries(folder: Path, out: Path) -> None:
    """Each metric's rows by segment."""
    from cxmaturity.api import SEGMENT, Scope
    from cxmaturity.evidence.options import options_of
    from cxmaturity.evidence.period import last_twelve_months
    from cxmaturity.evidence.querying import Plan, Query, scope_of, shape_of
    from cxmaturity.evidence.reading import read_tables, titles_of
    from cxmaturity.evidence.sources.opening import open_tables

    request, plugins = request_for(folder), plugins_with_these()
    titles = titles_of(request.sources, plugins)
    metrics = {metric.id: (name, metric) for name, metric in plugins.metrics}

    def rows(name: str) -> Rows:
        plugin, metric = metrics[METRICS[name]]
        mine = {table: readings[plugin, table] for table in metric.tables}
        shapes = {t: shape_of(c, request.sources[t].columns) or "" for t, c in metric.tables.items()}
        options = options_of(metric, request.options.get(metric.id, {}))
        scope = scope_of(metric, mine, Scope(last_twelve_months(END), (SEGMENT,), options, shapes))
        plan = Plan(metric, mine, scope)
        return [dict(row) for row in plan.engine.rows(plan.expression(Query("", scope)))]

    with open_tables(request.sources, titles) as opened:
        readings, problems = read_tables(request.sources, opened.tables, plugins)
        if problems or opened.problems:
            raise SystemExit(str([*opened.problems, *problems]))
        computed: Mapping[str, Callable[[], Figures]] = {
            name: partial(_by_segment, name, partial(rows, name)) for name in METRICS
        }
        answer(out, "cxmaturity", computed)


def _by_segment(name: str, rows: Callable[[], Rows]) -> Figures:
    """The figures of a metric that the reference has, by segment."""
    found: dict[str, Rows] = {}
    for row in rows():
        found.setdefault(str(row["segment"]), []).append(row)
    return {segment: _FIGURES[name](each) for segment, each in found.items()}


def _nps(rows: Rows) -> dict[str, float | None]:
    from cxmaturity_feedback_loops.nps import net_promoter_score

    from cxmaturity.api import Scope

    measure = net_promoter_score(rows, Scope())
    return {"nps": measure.value, "n": measure.n}


def _churn(rows: Rows) -> dict[str, float | None]:
    (row,) = rows
    return {"start": row["start"], "lost": row["lost"], "churn": row["lost"] / row["start"]}


def _complaints(rows: Rows) -> dict[str, float | None]:
    (row,) = rows
    open_still = row["records"] - row["ended"]
    seconds = {name: row[name] for name in ("median", "ninetieth")}
    return {"opened": row["records"], "closed": row["ended"], "still_open": open_still, **seconds}


def _clv(rows: Rows) -> dict[str, float | None]:
    from cxmaturity_retention.clv import lifetime_value

    from cxmaturity.api import Scope

    (row,) = rows
    scope = Scope(options={"margin": MARGIN, "discount": DISCOUNT})
    left = {"segment", "paid_squares", "days_squares", "paid_days_products"}  # for an interval of ours alone
    sums = {name: value for name, value in row.items() if name not in left}
    return {**sums, "retention": row["kept"] / row["earlier"], "clv": lifetime_value(rows, scope).value}


_FIGURES = {"nps": _nps, "churn": _churn, "complaints": _complaints, "clv": _clv}


def everything(folder: Path, out: Path) -> None:
    """All that the result of an assessment holds of these metrics."""
    from cxmaturity.engagement import plugin_texts
    from cxmaturity.evidence.measuring import measure
    from cxmaturity.texts import load_texts

    request, plugins = request_for(folder), plugins_with_these()
    words, plugins = plugin_texts(plugins, "en")
    texts = load_texts("en", words)

    def all_of_it() -> Figures:
        evidence, _ = measure(request, plugins, texts)
        churn = next(metric for metric in evidence.metrics if metric.id == METRICS["churn"])
        return {segment.name: {"churn": segment.value} for segment in churn.segments}

    answer(out, "cxmaturity", {"churn": all_of_it})


def main(what: str, folder: Path, out: Path, memory_limit: str, temporary: Path) -> None:
    """Compute all metrics from the Parquet files in a folder, and write seconds and figures."""
    os.environ |= {"CXMATURITY_MEMORY": memory_limit, "TMPDIR": str(temporary)}
    {"queries": queries, "everything": everything}[what](folder, out)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4], Path(sys.argv[5]))
