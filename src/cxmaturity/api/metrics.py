"""Metrics: figures computed from customer data, as a plugin states them and the core shows them.

A metric has two halves. What can be said without code stands in a YAML file: its id, practice, unit, source,
the tables and columns that it reads, and what its values are worth. The other half is a
:class:`Calculation`: an Ibis expression that brings the records down to a few rows, wherever they lie, and a
function that makes the figure of these rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from cxmaturity.api.words import Interval, Message

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from ibis.expr.types import BooleanColumn, Table

MetricUnit = Literal["fraction", "points", "days", "hours", "money", "per-thousand", "number"]
"""What a value is: a share from 0 to 1, shown as a percentage; points, such as those of NPS; a duration; an
amount of the organisation's money; so many per thousand; or a plain number, such as a mean."""

ColumnKind = Literal["key", "text", "number", "date", "time", "flag"]
"""What a column holds: ``key`` tells one from another and is of whatever type it is in the data, ``time`` is
a date with the time of day, ``flag`` is yes or no."""

Cell = str | float | None
"""A value of a row: text; number (1 and 0 for a flag); date or time as ISO text; ``None``."""

Rows = Sequence[Mapping[str, Cell]]
"""The rows that an aggregation brought records down to, keyed by the names of its columns."""

SEGMENT = "segment"
"""The column by which customers are told apart: any table may have it, by the workspace's mapping."""

QUARTER = "quarter"
"""The quarter of the period that a record belongs to, from 0: a column of tables whose records are dated."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a metric reads: its name there, its kind, and what values it may have.

    A row whose cell is empty, of another kind or beyond the limits is left out and counted. Columns of
    different ``shape`` are different ways in which life writes the same thing; a table needs those of one.
    Dates that may lie ``ahead``, such as what is due, do not say which day the data is as of.
    """

    name: str
    kind: ColumnKind
    required: bool = True
    empty_allowed: bool = False
    minimum: float | None = None
    maximum: float | None = None
    shape: str = ""
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """What a workspace says of a metric beyond its data, such as a margin: a number within limits, or a word.

    Without a ``default`` it must be said, or the metric is not measured.
    """

    name: str
    default: float | str | None = None
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a metric looks at: those after ``start`` up to and with ``end``, ISO dates.

    ``start`` is the day at whose end customers "at the start" are counted. Without any date in the data both
    are empty, and every day is in it.
    """

    start: str = ""
    end: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a first and a last day."""
        return bool(self.end)

    def holds(self, column: Any) -> BooleanColumn:
        """Whether a date or time lies in the period; one that is not known does."""
        import ibis  # lazy: a fifth of a second

        if not self.known:
            return ibis.literal(True)  # noqa: FBT003 - Ibis has no other way
        return column.isnull() | (self._after(column, self.start) & ~self._after(column, self.end))

    def after_start(self, column: Any) -> BooleanColumn:
        """Whether a date or time lies after the start of the period; every day does if that is not known."""
        import ibis  # lazy, as above

        return self._after(column, self.start) if self.known else ibis.literal(True)  # noqa: FBT003 - as above

    def after_end(self, column: Any) -> BooleanColumn:
        """Whether a date or time lies after the end of the period; none does if that is not known."""
        import ibis  # lazy, as above

        return self._after(column, self.end) if self.known else ibis.literal(False)  # noqa: FBT003 - as above

    def by_end(self, column: Any) -> BooleanColumn:
        """Whether a date or time is known and lies before the period's end is over."""
        return column.notnull() & ~self._after(column, self.end) if self.known else column.notnull()

    def there(self, since: Any, until: Any, *, at: Literal["start", "end"]) -> BooleanColumn:
        """Whether what began at ``since`` and ended at ``until``, or did not, was there at one end of it."""
        import ibis  # lazy, as above

        if not self.known:
            return ibis.literal(False)  # noqa: FBT003 - as above
        day = self.start if at == "start" else self.end
        return ~self._after(since, day) & (until.isnull() | self._after(until, day))

    @staticmethod
    def _after(column: Any, day: str) -> Any:
        from datetime import date, timedelta

        import ibis  # lazy, as above

        if column.type().is_timestamp():
            return column >= ibis.timestamp((date.fromisoformat(day) + timedelta(days=1)).isoformat())
        return column > ibis.date(day)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked of a calculation: the period, by which columns, and with which options.

    ``by`` holds some of :data:`SEGMENT` and :data:`QUARTER`, columns of the metric's first table. ``shapes``
    says which shape each table has, if its columns have any, ``mapped`` which of its columns the workspace
    maps: the others are empty.
    """

    period: Period = Period()
    by: tuple[str, ...] = ()
    options: Mapping[str, float | str] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)
    mapped: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def number(self, option: str) -> float:
        """An option that is a number."""
        return float(self.options[option])


PointKind = Literal["distribution", "categories", "curve", "projection", "cohort"]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a series: what it is called, its value, and on how many records it rests."""

    label: str
    value: float | None
    n: int = 0
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Several values that belong together, such as a distribution or a curve.

    Labels of ``categories`` may come out of the data: such with few records are not shown. Their values are
    in ``unit``, by default the metric's; those of all other kinds are shares (0–1).
    """

    id: str
    kind: PointKind
    points: tuple[Point, ...]
    unit: MetricUnit | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What a calculation comes to; see :class:`MetricResult` for the fields."""

    value: float | None
    n: int = 0
    interval: Interval | None = None
    parts: Mapping[str, float] = field(default_factory=dict)
    reason: Message | None = None
    series: tuple[Series, ...] = ()


@dataclass(frozen=True, slots=True)
class Calculation:
    """How a metric is computed, the same wherever the records lie.

    ``aggregate`` makes an Ibis expression of the tables (by name, each with the metric's columns and those of
    ``scope.by``): few rows, each with the columns of ``scope.by``. ``measure`` makes the figure of them.
    If the figure of several groups is that of all their rows, the calculation is ``additive``, and one
    expression serves the whole, its segments and its quarters. One that is ``personal`` gives rows of single
    customers: it is computed where the program runs and never written out for others to run.
    """

    aggregate: Callable[[Mapping[str, Table], Scope], Table]
    measure: Callable[[Rows, Scope], Measure]
    additive: bool = True
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Bands:
    """Values just good enough for levels 2 to 5, whose judgement that is, and the sectors it is for."""

    thresholds: Mapping[int, float]
    basis: str
    sectors: tuple[str, ...] = ()

    @property
    def rising(self) -> bool:
        """Whether higher values have higher levels."""
        return self.thresholds[max(self.thresholds)] > self.thresholds[min(self.thresholds)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A figure that a plugin computes from the organisation's customer data.

    ``tables`` leads from names under ``evidence`` in the workspace to the columns read; the first is what the
    records are counted from. ``dated`` is its column by which records belong to quarters; ``earlier_years``
    says how many years before the last are computed as well. ``higher_is_better`` is ``None`` where neither
    is. ``bands`` are the metric's own, ``weight`` counts where several metrics measure one practice.
    """

    id: str
    practice: str
    unit: MetricUnit
    higher_is_better: bool | None
    source: str
    tables: Mapping[str, tuple[Column, ...]]
    calculation: Calculation
    dated: str = ""
    earlier_years: int = 0
    options: tuple[Option, ...] = ()
    bands: tuple[Bands, ...] = ()
    weight: float = 1.0

    @property
    def dimension(self) -> str:
        """The id of the dimension that its practice belongs to."""
        return self.practice.partition(".")[0]

    @property
    def table(self) -> str:
        """The table whose records are counted."""
        return next(iter(self.tables))


@dataclass(frozen=True, slots=True)
class SegmentResult:
    """A metric's figure for one segment of customers; all but the name is missing where they are too few."""

    name: str
    value: float | None = None
    n: int | None = None
    interval: Interval | None = None
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A metric's figure for an earlier or shorter period: first day, last day, and as in the result."""

    start: str
    end: str
    value: float | None = None
    n: int | None = None
    interval: Interval | None = None
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class TableQuality:
    """How good the data of one table is, for a metric.

    ``rows`` were read, of which ``dropped`` could not be used, ``reasons`` counts why (by column and what is
    wrong: ``empty``, ``kind`` or ``range``); ``first`` and ``last`` are the earliest and latest date.
    ``None`` where somebody else ran the query. ``kept_to`` is the last day that the data reaches, where
    that is well before the end of the period asked for.
    """

    table: str
    engine: str
    rows: int | None = None
    dropped: int | None = None
    reasons: tuple[tuple[str, str, int], ...] = ()
    first: str | None = None
    last: str | None = None
    kept_to: str | None = None

    @property
    def coverage(self) -> float | None:
        """The share of rows that could be used (0–1)."""
        return None if not self.rows or self.dropped is None else 1 - self.dropped / self.rows


@dataclass(frozen=True, slots=True)
class MetricResult:
    """One figure computed from customer data.

    ``value`` is in ``unit``, ``None`` with a ``reason`` when not measured; ``n`` the records it rests on;
    ``band`` the level 1–5 that the bands in force give it, ``None`` where there is no agreed norm; ``basis``
    whose bands they are; ``parts`` named components (counts, shares); ``period`` the day before the first,
    and the last day, as ISO dates. ``segments``, ``trend`` and ``series`` are what stands beside the figure,
    ``quality`` what it rests on.
    """

    id: str
    dimension: str
    practice: str
    unit: MetricUnit
    higher_is_better: bool | None
    source: str
    value: float | None
    n: int = 0
    interval: Interval | None = None
    band: int | None = None
    basis: str | None = None
    reason: Message | None = None
    parts: Mapping[str, float] = field(default_factory=dict)
    period: tuple[str, str] | None = None
    weight: float = 1.0
    segments: tuple[SegmentResult, ...] = ()
    trend: tuple[TrendPoint, ...] = ()
    series: tuple[Series, ...] = ()
    quality: tuple[TableQuality, ...] = ()


def declared_metrics(source: Traversable, calculations: Mapping[str, Calculation]) -> list[Metric]:
    """The metrics of a YAML file (see ``docs/plugins/metrics.md``), each with its calculation by id.

    Raises :class:`UserError` with every mistake in the file, and for an entry or calculation without the
    other.
    """
    from cxmaturity.evidence.declaring import read_metrics  # lazy: YAML and pydantic

    return read_metrics(source, calculations)


def sum_of(rows: Rows, name: str) -> float:
    """The sum of a column over rows; what is not known adds nothing."""
    return sum(float(row[name] or 0) for row in rows)


def counted(rows: Rows, name: str) -> int:
    """The sum of a column of counts."""
    return round(sum_of(rows, name))


def share_of(table: Table, condition: Callable[[Any], Any] | Any, scope: Scope) -> Table:
    """The aggregation that :func:`share` reads: how many records, and of how many something is true."""
    return table.aggregate(
        {"n": table.count(), "count": table.count(where=condition)},
        by=list(scope.by),
    )


def share(rows: Rows, scope: Scope) -> Measure:
    """A share: the columns ``count`` over ``n``, with Wilson's 95 % interval."""
    del scope  # a share is one in every period
    n, count = counted(rows, "n"), counted(rows, "count")
    if not n:
        return no_records()
    return Measure(count / n, n, share_interval(count, n), {"count": count})


def no_records() -> Measure:
    """No figure, as the period has no records."""
    return Measure(None, reason=Message("reason.no-records"))


def share_interval(count: int, n: int) -> Interval:
    """The 95 % interval of ``count`` out of ``n`` (at least 1), as fractions: for metrics that are shares.

    It is the score interval of E. B. Wilson, Journal of the American Statistical Association 22, 1927.
    """
    from cxmaturity.scoring.shares import share_interval as interval  # lazy, as the rest of scoring

    return interval(count, n)
