"""Checks what a workspace says of evidence: tables, columns, options and bands that no metric knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cxmaturity.api import SEGMENT, Metric
from cxmaturity.errors import Problem
from cxmaturity.evidence.options import mistakes
from cxmaturity.evidence.querying import shape_of
from cxmaturity.evidence.reading import columns_of
from cxmaturity.yamlfile import YamlDocument

if TYPE_CHECKING:
    from cxmaturity.settings import AssessmentFile, TableFile


def check_mapping(
    file: AssessmentFile, document: YamlDocument, metrics: Sequence[Metric]
) -> Iterator[Problem]:
    """What is wrong with ``evidence``, ``metrics`` and ``bands``, each with its place in the file."""
    tables = sorted({table for metric in metrics for table in metric.tables})
    for name, table in file.evidence.items():
        if name not in tables:
            known = f"use one of {', '.join(tables)}" if tables else "no plugin computes any metric"
            what = f"no metric reads a table '{name}'"
            yield document.problem(("evidence", name), what, known, key=True)
            continue
        yield from _check_table(name, table, document, [m for m in metrics if name in m.tables])
    by_id = {metric.id: metric for metric in metrics}
    yield from _check_options(file, document, by_id)
    yield from _check_bands(file, document, by_id)


def _check_table(
    name: str, table: TableFile, document: YamlDocument, metrics: Sequence[Metric]
) -> Iterator[Problem]:
    """Columns that no metric reads, and a table that suffices for none."""
    loc = ("evidence", name, "columns")
    known = {column.name: column for column in columns_of(metrics, name)}
    for mapped in table.columns:
        if mapped not in known:
            what = f"no metric reads a column '{mapped}' of '{name}'"
            yield document.problem((*loc, mapped), what, f"use one of {', '.join(known)}", key=True)
    if any(shape_of(metric.tables[name], table.columns) is not None for metric in metrics):
        return
    wanted = dict.fromkeys(
        column.name
        for metric in metrics
        for column in metric.tables[name]
        if column.required and column.name not in table.columns and column.name != SEGMENT
    )
    what = f"the columns mapped of '{name}' suffice for none of its metrics"
    yield document.problem(loc, what, f"map more of {', '.join(wanted)}", key=True)


def _check_options(
    file: AssessmentFile, document: YamlDocument, metrics: dict[str, Metric]
) -> Iterator[Problem]:
    for name, said in file.metrics.items():
        if name not in metrics:
            yield _unknown(document, ("metrics", name), metrics)
            continue
        for option, what, fix in mistakes(metrics[name], said):
            yield document.problem(("metrics", name, option), what, fix, key=True)


def _check_bands(
    file: AssessmentFile, document: YamlDocument, metrics: dict[str, Metric]
) -> Iterator[Problem]:
    for name, bands in file.bands.items():
        if name not in metrics:
            yield _unknown(document, ("bands", name), metrics)
            continue
        better = metrics[name].higher_is_better
        if better is None:
            what = f"neither more nor less of {name} is better, so it cannot have bands"
            yield document.problem(("bands", name), what, "take them out", key=True)
        elif bands.rising != better:
            what = f"a {'higher' if better else 'lower'} {name} is better, but these bands go the other way"
            yield document.problem(("bands", name, "levels"), what, "turn their values round", key=True)


def _unknown(document: YamlDocument, loc: tuple[str, str], metrics: dict[str, Metric]) -> Problem:
    known = ", ".join(metrics) or "none"
    return document.problem(loc, f"there is no metric '{loc[1]}'", f"use one of {known}", key=True)
