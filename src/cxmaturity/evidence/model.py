"""What a workspace wants measured, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cxmaturity.api import Bands, Message, MetricResult
from cxmaturity.errors import Problem


@dataclass(frozen=True, slots=True)
class ColumnSource:
    """What a metric's column is called in the source; for a flag, the values (as text) that mean yes."""

    title: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows count by one column of the source: some values, all but some, or a range; all as text."""

    title: str
    among: tuple[str, ...] = ()
    excluding: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    since: str | None = None
    to: str | None = None


@dataclass(frozen=True, slots=True)
class TableSource:
    """Where a table lies: its files or address, what messages call it, and how it is to be read.

    ``columns`` leads from metrics' names of columns to the source's; ``period`` is what a snapshot speaks of.
    """

    sources: tuple[str, ...]
    folder: Path
    columns: Mapping[str, ColumnSource]
    table: str = ""
    where: tuple[Filter, ...] = ()
    period: tuple[str, str] | None = None

    @property
    def shown(self) -> str:
        """Its name in messages."""
        return ", ".join(self.sources)


@dataclass(frozen=True, slots=True)
class EvidenceRequest:
    """What a workspace wants measured.

    ``as_of`` is an ISO date, or ``None`` for the latest in the data; ``minimum`` the fewest records that a
    segment is shown of. Bands cap levels, so a third-party metric on somebody else's dimension has none
    unless ``may_cap`` names its plugin. ``dimensions`` are those that the questionnaire asks about, ``None``
    where that is not known. ``options`` is what the workspace says of metrics; ``results`` are the tables
    that others computed, by name of the query.
    """

    sources: Mapping[str, TableSource] = field(default_factory=dict)
    bands: Mapping[str, Bands] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, float | str]] = field(default_factory=dict)
    results: Mapping[str, Path] = field(default_factory=dict)
    sector: str = ""
    as_of: str | None = None
    minimum: int = 5
    may_cap: frozenset[str] = frozenset()
    dimensions: frozenset[str] | None = None

    def asks(self, dimension: str) -> bool:
        """Whether the questionnaire asks about a dimension."""
        return self.dimensions is None or dimension in self.dimensions


class NotMeasuredError(Exception):
    """Why a metric has no value, where neither its plugin nor an engine is at fault."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.reason = Message(key, values)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What customer data shows: the metrics, the day they are as of, and what was left out.

    ``left_out`` names the rows that could not be read; ``unreadable`` the tables. ``outdated`` says what is
    not measured, as tables end before the period begins, ``notes`` what is of less than it.
    """

    metrics: tuple[MetricResult, ...] = ()
    as_of: str | None = None
    left_out: Sequence[Problem] = ()
    unreadable: Sequence[Problem] = ()
    outdated: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()
