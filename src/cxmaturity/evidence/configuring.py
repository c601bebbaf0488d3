"""What a workspace's settings say of evidence, as the stage that measures wants to know it."""

from __future__ import annotations

from pathlib import Path

from cxmaturity.api import Bands
from cxmaturity.evidence.model import ColumnSource, EvidenceRequest, Filter, TableSource
from cxmaturity.settings import AssessmentFile, RangeFile, TableFile, Value, ValuesFile


def evidence_of(
    file: AssessmentFile, folder: Path, *, dimensions: frozenset[str] | None = None
) -> EvidenceRequest:
    """What a workspace wants measured, of the ``dimensions`` that it asks about."""
    return EvidenceRequest(
        sources={name: table_source(table, folder) for name, table in file.evidence.items()},
        bands={metric: Bands(bands.thresholds, bands.basis) for metric, bands in file.bands.items()},
        options=file.metrics,
        results={path.stem: path for pattern in file.results for path in sorted(folder.glob(pattern))},
        sector=file.organisation.sector,
        as_of=file.as_of,
        minimum=file.anonymity_minimum,
        may_cap=frozenset(file.plugins.may_cap),
        dimensions=dimensions,
    )


def table_source(file: TableFile, folder: Path) -> TableSource:
    """Where a table lies and how it is to be read."""
    return TableSource(
        tuple(file.source),
        folder,
        {name: _column(each) for name, each in file.columns.items()},
        file.table or "",
        tuple(_filter(title, each) for title, each in file.where.items()),
        (file.period.since, file.period.to) if file.period else None,
    )


def _column(column: str | ValuesFile) -> ColumnSource:
    if isinstance(column, str):
        return ColumnSource(column)
    return ColumnSource(column.column, tuple(map(as_written, column.values)))


def _filter(title: str, each: list[Value] | RangeFile) -> Filter:
    if isinstance(each, list):
        return Filter(title, among=tuple(map(as_written, each)))
    return Filter(
        title, (), tuple(map(as_written, each.excluding)), each.minimum, each.maximum, each.since, each.to
    )


def as_written(value: Value) -> str:
    """A value of YAML as a cell says it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
