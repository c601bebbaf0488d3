"""Reads tables that nobody opens here: others run the queries where they lie.

What types their columns have is not known. Each is cast to what its kind wants, which changes nothing where
it is of that type already, so that the queries mean the same whatever it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cxmaturity.api import SEGMENT, Column, Metric
from cxmaturity.evidence.engines.model import Engine, EngineError, RawColumn, Relation
from cxmaturity.evidence.model import EvidenceRequest, TableSource
from cxmaturity.evidence.quality import Quality
from cxmaturity.evidence.querying import Plan, plan_of, read_of, shape_of
from cxmaturity.evidence.reading import Reading, columns_of
from cxmaturity.evidence.sources.model import Placed
from cxmaturity.evidence.typed import REASONS, typed

if TYPE_CHECKING:
    from ibis.expr.types import Table

_KEY = "int64"  # stands for whatever a key is: keys are compared, and nothing else is done with them
_TYPES = {
    "key": _KEY,
    "text": "string",
    "number": "float64",
    "date": "date",
    "time": "timestamp",
    "flag": "string",
}
_OTHERS = {"string": "int64", "float64": "int64", "date": "timestamp", "timestamp": "date"}
"""For each type another one: a cast from the same type would not be written."""


class Elsewhere(Engine):
    """Where others run queries: nothing is computed."""

    name = "elsewhere"

    def __init__(self, dialect: str) -> None:
        self.dialect = dialect

    def fetch(self, sql: str, limit: int) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Nothing."""
        del sql, limit
        raise EngineError("it lies where others run queries", "hand their results back")

    def close(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True)
class _Cast(Relation):
    """A table of which the types of columns are not known."""

    def table(self) -> Table:
        """It as an expression, each column cast."""
        import ibis  # lazy: a fifth of a second

        schema = {each.name: _OTHERS.get(str(each.type), each.type) for each in self.columns.values()}
        raw = ibis.table(schema, name=self.name, catalog=self.catalog, database=self.schema)
        return raw.select(**{c.name: _as(raw[c.name], c) for c in self.columns.values()})


def _as(cell: Any, column: RawColumn) -> Any:
    return cell if cell.type() == column.type else cell.cast(column.type)


def mapped_shapes(metric: Metric, sources: Mapping[str, TableSource]) -> dict[str, str] | None:
    """The shape of each of a metric's tables; ``None`` where not all of it is mapped."""
    found = {
        table: shape_of(columns, sources[table].columns) if table in sources else None
        for table, columns in metric.tables.items()
    }
    shapes = {table: shape for table, shape in found.items() if shape is not None}
    return shapes if len(shapes) == len(found) else None


def needs_day(metric: Metric, sources: Mapping[str, TableSource], shapes: Mapping[str, str]) -> bool:
    """Whether a metric looks at a period that only the workspace's day says."""
    if sources[metric.table].period:
        return False
    return any(
        column.kind in {"date", "time"} and column.name in sources[table].columns
        for table, shape in shapes.items()
        for column in read_of(metric, table, shape)
    )


def unopened_plan(
    request: EvidenceRequest,
    metric: Metric,
    siblings: Sequence[Metric],
    shapes: Mapping[str, str],
    dialect: str,
) -> Plan:
    """How others compute a metric; ``siblings`` are all of its plugin, as their columns are declared once.

    Raises :class:`~cxmaturity.evidence.model.NotMeasuredError` for an option that is not said.
    """
    readings = {
        table: _reading(table, request.sources[table], _columns(metric, siblings, table), dialect)
        for table in metric.tables
    }
    return plan_of(request, metric, readings, shapes, request.as_of)


def _columns(metric: Metric, siblings: Sequence[Metric], table: str) -> list[Column]:
    """The columns of a table that a metric may read: the queries of others are to touch no more."""
    own = {SEGMENT, *(column.name for column in metric.tables[table])}
    return [column for column in columns_of(siblings, table) if column.name in own]


def _reading(name: str, source: TableSource, known: Sequence[Column], dialect: str) -> Reading:
    """A table of which every cell has yet to be looked at."""
    import ibis.expr.datatypes as dt  # lazy: Ibis

    columns = tuple(column for column in known if column.name in source.columns)
    raw = {title: RawColumn(title, dt.dtype(kind)) for title, kind in _kinds(source, columns).items()}
    catalog, schema, table = ([None, None, *(source.table or name).split(".")])[-3:]
    relation = _Cast(Elsewhere(dialect), table or name, raw, schema=schema, catalog=catalog)
    faults = {(column.name, code): 1 for column in columns for code in REASONS}
    return Reading(
        Placed(relation), source, columns, typed(relation, source, columns), Quality(0, faults, {}, {})
    )


def _kinds(source: TableSource, columns: Sequence[Column]) -> dict[str, str]:
    """What each column of the source is cast to: texts where it is looked at in several ways."""
    kinds: dict[str, set[str]] = {}
    for column in columns:
        kinds.setdefault(source.columns[column.name].title, set()).add(_TYPES[column.kind])
    for each in source.where:
        wanted = kinds.setdefault(each.title, set())
        if each.among or each.excluding:
            wanted.add("string")
        if each.minimum is not None or each.maximum is not None:
            wanted.add("float64")
        if each.since or each.to:
            wanted.add("date")
    return {title: next(iter(found)) if len(found) == 1 else "string" for title, found in kinds.items()}
