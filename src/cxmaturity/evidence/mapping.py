"""Checks how a workspace maps its evidence: tables, columns and bands that no metric knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cxmaturity.api import Metric
from cxmaturity.errors import Problem
from cxmaturity.evidence.measuring import columns_of
from cxmaturity.yamlfile import YamlDocument

if TYPE_CHECKING:
    from cxmaturity.settings import AssessmentFile


def check_mapping(
    file: AssessmentFile, document: YamlDocument, metrics: Sequence[Metric]
) -> Iterator[Problem]:
    """What is wrong with ``evidence`` and ``bands``, each with its place in ``assessment.yaml``."""
    tables = sorted({metric.table for metric in metrics})
    for name, table in file.evidence.items():
        loc = ("evidence", name)
        if name not in tables:
            known = f"use one of {', '.join(tables)}" if tables else "no plugin computes any metric"
            yield document.problem(loc, f"no metric reads a table '{name}'", known, key=True)
            continue
        columns = {column.name: column for column in columns_of(metrics, name)}
        for mapped in table.columns:
            if mapped not in columns:
                what = f"no metric reads a column '{mapped}' of '{name}'"
                yield document.problem(
                    (*loc, "columns", mapped), what, f"use one of {', '.join(columns)}", key=True
                )
        for column in columns.values():
            if column.required and column.name not in table.columns:
                what = f"the column '{column.name}' of '{name}' is not mapped"
                yield document.problem(
                    (*loc, "columns"), what, f"add `{column.name}: <the file's column>`", key=True
                )
    yield from _check_bands(file, document, {metric.id: metric for metric in metrics})


def _check_bands(
    file: AssessmentFile, document: YamlDocument, metrics: dict[str, Metric]
) -> Iterator[Problem]:
    for name, bands in file.bands.items():
        loc = ("bands", name)
        if name not in metrics:
            known = ", ".join(metrics) or "none"
            yield document.problem(loc, f"there is no metric '{name}'", f"use one of {known}", key=True)
        elif bands.rising != metrics[name].higher_is_better:
            better = "higher" if metrics[name].higher_is_better else "lower"
            what = f"a {better} {name} is better, but these bands go the other way"
            yield document.problem((*loc, "levels"), what, "turn their values round", key=True)
