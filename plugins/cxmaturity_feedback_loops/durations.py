"""How long something takes from its beginning to its end: the median and the 90th percentile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cxmaturity.api import Cell, Measure, Message, Scope, no_records

if TYPE_CHECKING:
    from ibis.expr.types import Table

HOUR, DAY = 3600, 86400
"""A unit's seconds."""
FIGURES = ("records", "ended", "n", "median", "ninetieth")


def durations(table: Table, began: str, ended: str, scope: Scope, by: Sequence[str]) -> Table:
    """The quantiles of the seconds from beginning to end, of what began in the period and ended by its end.

    ``records`` began and so many ``ended``, of which ``n`` have a time: the others end before they begin.
    """
    rows = table.filter(scope.period.holds(table[began]))
    first, last = rows[began], rows[ended]
    done = scope.period.by_end(last)
    seconds = (_seconds(last) - _seconds(first)).cast("float64")
    timed = rows.select(*by, done=done, seconds=(done & (last >= first)).ifelse(seconds, None))
    return timed.aggregate(
        {
            "records": timed.count(),
            "ended": timed.count(where=timed.done),
            "n": timed.seconds.count(),
            "median": timed.seconds.quantile(0.5),
            "ninetieth": timed.seconds.quantile(0.9),
        },
        by=list(by),
    )


def _seconds(column: Any) -> Any:
    """A date or time as whole seconds, as some engines give no parts of them."""
    return (column.cast("timestamp") if column.type().is_date() else column.truncate("s")).epoch_seconds()


def median_time(row: Mapping[str, Cell] | None, unit: int) -> Measure:
    """The median in units of so many seconds. A median has no interval here.

    ``parts`` has the 90th percentile, how many are open and their share, and where there are any, how many
    end before they begin.
    """
    records, ended, n = (round(float((row or {}).get(name) or 0)) for name in ("records", "ended", "n"))
    if row is None or not records:
        return no_records()
    waiting = records - ended
    parts: dict[str, float] = {"open": waiting, "open_share": waiting / max(waiting + n, 1)}
    if ended > n:
        parts["reversed"] = ended - n
    if not n:
        return Measure(None, parts=parts, reason=Message("feedback-loops.none-ended"))
    ninetieth = float(row["ninetieth"] or 0) / unit
    return Measure(float(row["median"] or 0) / unit, n, parts={"ninetieth": ninetieth, **parts})
