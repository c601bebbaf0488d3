"""What a metric's queries came to, and what its plugin makes of that: the figure, its segments, its trend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import isfinite

from cxmaturity.api import (
    QUARTER,
    SEGMENT,
    Cell,
    Measure,
    Metric,
    Period,
    Rows,
    Scope,
    SegmentResult,
    TableQuality,
    TrendPoint,
)
from cxmaturity.evidence.period import quarters_of
from cxmaturity.evidence.querying import Query
from cxmaturity.evidence.reaching import Shortfall
from cxmaturity.plugins import PluginError, ask
from cxmaturity.texts import Texts


@dataclass(frozen=True)
class Found:
    """The rows of each query that was run, by its name; ``short`` is how the data falls short of the period.

    All methods raise :class:`PluginFailedError`.
    """

    metric: Metric
    scope: Scope
    rows: Mapping[str, tuple[Query, Rows]]
    texts: Texts
    quality: tuple[TableQuality, ...]
    short: Shortfall | None = None

    def measured(self) -> Measure:
        """The figure itself."""
        return self._measure(self.rows[""][1], self.scope)

    def segments(self) -> Iterator[SegmentResult]:
        """Its figure for each segment."""
        for name, rows in self._groups(SEGMENT, "segments").items():
            each = self._measure(rows, self.scope)
            label = self.texts("figure.no-segment") if name is None else str(name)
            yield SegmentResult(label, each.value, each.n, each.interval)

    def trend(self) -> Iterator[TrendPoint]:
        """Its figure for each quarter, or for the years before and the last."""
        if not self.scope.period.known:
            return
        quarters = quarters_of(self.scope.period)
        groups = {int(float(number or 0)): rows for number, rows in self._groups(QUARTER, "quarters").items()}
        yield from (self._point(groups[number], quarters[number]) for number in sorted(groups))
        period = self.scope.period
        earlier = [(q.scope.period, rows) for q, rows in self.rows.values() if q.scope.period != period]
        if earlier:
            yield from (self._point(rows, before) for before, rows in earlier)
            yield self._point(self.rows[""][1], period)

    def _point(self, rows: Rows, period: Period) -> TrendPoint:
        each = self._measure(rows, replace(self.scope, period=period))
        return TrendPoint(period.start, period.end, each.value, each.n, each.interval)

    def _groups(self, column: str, query: str) -> Mapping[Cell, Rows]:
        """The rows of each group: of an additive metric those of its one query, else of one of its own."""
        name = "" if self.metric.calculation.additive else query
        rows = self.rows[name][1] if name in self.rows else ()
        found: dict[Cell, list[Mapping[str, Cell]]] = {}
        for row in rows if rows and column in rows[0] else ():
            found.setdefault(row[column], []).append(row)
        return found

    def _measure(self, rows: Rows, scope: Scope) -> Measure:
        return ask(lambda: _plain(self.metric, self.metric.calculation.measure(rows, scope), self.texts))


def _plain(metric: Metric, result: object, texts: Texts) -> Measure:
    """What a metric came to, as plain numbers, with a reason in words that exist."""
    if not isinstance(result, Measure):
        raise PluginError(f"{metric.id} gave a {type(result).__name__}, not a Measure")
    if result.reason is not None:
        texts.message(result.reason)
    points = [point.value for series in result.series for point in series.points]
    numbers = [*result.parts.values(), *(result.interval or ()), result.value, *points]
    if not all(number is None or isfinite(number) for number in numbers):
        raise PluginError(f"{metric.id} is not a number, or one of its parts is not")
    return replace(
        result,
        value=None if result.value is None else float(result.value),
        n=int(result.n),
        interval=None if result.interval is None else (float(result.interval[0]), float(result.interval[1])),
        parts={name: float(part) for name, part in result.parts.items()},
    )
