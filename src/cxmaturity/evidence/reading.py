"""Reads the tables of a workspace as each plugin's metrics want them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cxmaturity.api import SEGMENT, Column, Metric
from cxmaturity.errors import Problem
from cxmaturity.evidence.engines.model import Engine, EngineError
from cxmaturity.evidence.model import TableSource
from cxmaturity.evidence.period import latest
from cxmaturity.evidence.quality import DAYS, Quality, blank_cells, dropped_rows, quality_of
from cxmaturity.evidence.sources.model import Placed
from cxmaturity.evidence.typed import SEGMENTS, fine, typed
from cxmaturity.plugins import Plugins

if TYPE_CHECKING:
    from ibis.expr.types import Table

_TYPES = {
    "key": "string",
    "text": "string",
    "number": "float64",
    "date": "date",
    "time": "timestamp",
    "flag": "boolean",
}


@dataclass(frozen=True)
class Reading:
    """A table as one plugin reads it: typed, and looked at once."""

    placed: Placed
    source: TableSource
    columns: tuple[Column, ...]
    table: Table
    quality: Quality
    _dropped: dict[tuple[str, ...], int] = field(default_factory=dict)

    @property
    def engine(self) -> Engine:
        """Where it lies."""
        return self.placed.relation.engine

    def rows(self, columns: Sequence[Column], read: Sequence[str], extra: Mapping[str, Any]) -> Table:
        """The rows in which nothing is wrong with the columns to ``read``, and no more columns than asked.

        ``columns`` that are not read are empty. ``extra`` are more columns, each made of the table.
        """
        import ibis  # lazy: a fifth of a second

        table = self.table.filter(fine(self.table, read)) if self.quality.spoilt(read) else self.table
        own = {c.name: table[c.name] if c.name in read else ibis.null(_TYPES[c.kind]) for c in columns}
        own |= {name: make(table) for name, make in extra.items()}
        known = table.select(**own)
        blank = blank_cells(known, [name for name in own if name in self.quality.blank])
        return known.mutate(**{name: each.ifelse(None, known[name]) for name, each in blank.items()})

    def days(self) -> list[str]:
        """The latest dates of its columns, but for those that may lie ahead."""
        return [day for name, day in self.quality.last.items() if name in self._past()]

    def reached(self) -> str | None:
        """The latest of all its dates up to the workspace's day, but for those that may lie ahead."""
        return latest(day for name, day in self.quality.reached.items() if name in self._past())

    def dated(self) -> list[Table]:
        """A table with nothing but a ``day`` for each of its columns of dates that cannot lie ahead."""
        fitting = [(name, fine(self.table, [name]) & self.table[name].notnull()) for name in self._past()]
        return [self.table.filter(good).select(day=self.table[name].cast("date")) for name, good in fitting]

    def _past(self) -> list[str]:
        return [column.name for column in self.columns if column.kind in DAYS and not column.ahead]

    def dropped(self, columns: Sequence[str]) -> int:
        """How many rows could not be used for metrics of these columns, those included that were none."""
        key = tuple(columns)
        if key not in self._dropped:
            self._dropped[key] = dropped_rows(self.placed, self.table, key, self.quality)
        return self._dropped[key] + self.placed.dropped


def columns_of(metrics: Sequence[Metric], table: str) -> tuple[Column, ...]:
    """All columns that metrics read from a table, each once, as the first of them wants it."""
    columns: dict[str, Column] = {}
    for metric in metrics:
        for column in metric.tables.get(table, ()):
            columns.setdefault(column.name, column)
    columns.setdefault(SEGMENT, SEGMENTS)
    return tuple(columns.values())


def metrics_by_plugin(plugins: Plugins) -> dict[str, list[Metric]]:
    """The metrics of usable plugins."""
    found: dict[str, list[Metric]] = {}
    for name, metric in plugins.metrics:
        if plugins.named(name).usable:
            found.setdefault(name, []).append(metric)
    return found


def titles_of(sources: Mapping[str, TableSource], plugins: Plugins) -> dict[str, list[str]]:
    """The columns of each source that are read: those of some metric, and those that rows are chosen by."""
    titles: dict[str, dict[str, None]] = {}
    for metrics in metrics_by_plugin(plugins).values():
        for name in (name for metric in metrics for name in metric.tables if name in sources):
            known = {column.name for column in columns_of(metrics, name)}
            mapped = [each.title for column, each in sources[name].columns.items() if column in known]
            chosen = [each.title for each in sources[name].where]
            titles.setdefault(name, {}).update(dict.fromkeys([*mapped, *chosen]))
    return {name: list(found) for name, found in titles.items() if found}


def read_tables(
    sources: Mapping[str, TableSource],
    tables: Mapping[str, Placed],
    plugins: Plugins,
    as_of: str | None = None,
) -> tuple[dict[tuple[str, str], Reading], list[Problem]]:
    """Each table as each plugin reads it, by plugin and name, and the problems of those that cannot be.

    Every plugin has its own reading of a table, so that none can make another's rows bad.
    """
    readings: dict[tuple[str, str], Reading] = {}
    problems: list[Problem] = []
    for plugin, metrics in metrics_by_plugin(plugins).items():
        for name in dict.fromkeys(table for metric in metrics for table in metric.tables if table in tables):
            source, placed = sources[name], tables[name]
            mapped = tuple(each for each in columns_of(metrics, name) if each.name in source.columns)
            try:
                table = typed(placed.relation, source, mapped)
                if placed.relation.written:
                    table = placed.relation.engine.kept(table, f"{plugin}: {name}")
                quality = quality_of(placed, table, mapped, as_of)
            except EngineError as error:
                problems.append(Problem(source.shown, 0, 0, f"the table '{name}': {error.what}", error.fix))
                continue
            readings[plugin, name] = Reading(placed, source, mapped, table, quality)
    return readings, list(dict.fromkeys(problems))
