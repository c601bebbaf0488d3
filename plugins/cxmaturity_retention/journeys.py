"""Journey-completion time, and how far journeys get, from a log of what happened on each.

S1: the time from a journey's first to its last event, as median and 90th percentile.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cxmaturity.api import QUARTER, Calculation, Measure, Message, Point, Rows, Scope, Series

if TYPE_CHECKING:
    from ibis.expr.types import Table

STEPS = 24
"""The most steps that are shown: a log with more has something else in that column."""
_HOUR = 3600


def journeys_timed(tables: Mapping[str, Table], scope: Scope) -> Table:
    """A row on the journeys that began in the period and, for the whole, one on each step they reached.

    The first has no ``step``; it says how many began (``journeys``), how many were completed, and in how many
    hours. Where no last step is named, the last event completes a journey.
    """
    import ibis  # lazy: a fifth of a second

    events, last_step = tables["journeys"], str(scope.options["last_step"])
    events = events.filter(scope.period.by_end(events["at"]))
    finished = events["at"].min(where=events.step == last_step) if last_step else events["at"].max()
    # a quarter is an event's: the first one's is that of the journey
    quarter = {QUARTER: events[QUARTER].min()} if QUARTER in scope.by else {}
    each = events.group_by("journey", *(name for name in scope.by if name != QUARTER)).aggregate(
        first=events["at"].min(), finished=finished, **quarter
    )
    begun = each.filter(scope.period.holds(each["first"]))
    # whole seconds, as some engines give no parts of them
    first, finished = (begun[name].truncate("s").epoch_seconds() for name in ("first", "finished"))
    seconds = (finished - first).cast("float64")
    timed = begun.mutate(hours=seconds / _HOUR)
    summary = timed.aggregate(
        {
            "journeys": timed.count(),
            "completed": timed.count(where=timed.finished.notnull()),
            "median": timed.hours.quantile(0.5),
            "ninetieth": timed.hours.quantile(0.9),
        },
        by=list(scope.by),
    )
    if scope.by:
        return summary
    reached = events.semi_join(begun, "journey").select("journey", "step").distinct()
    steps = reached.group_by("step").aggregate(journeys=reached.count())
    most = steps.order_by(steps.journeys.desc(), steps.step).limit(STEPS)
    unknown: dict[str, Any] = {
        "completed": ibis.null("int64"),
        "median": ibis.null("float64"),
        "ninetieth": ibis.null("float64"),
    }
    columns = ("step", "journeys", *unknown)
    return (
        summary.mutate(step=ibis.null("string"))
        .select(*columns)
        .union(most.mutate(**unknown).select(*columns))
    )


def completion_time(rows: Rows, scope: Scope) -> Measure:
    """The median of the hours that completed journeys took, without an interval.

    ``parts`` has the 90th percentile, how many journeys began and, where a last step is named, which share of
    them reached it.
    """
    summary = next((row for row in rows if row.get("step") is None), None)
    journeys, completed = (int(summary[name] or 0) if summary else 0 for name in ("journeys", "completed"))
    if summary is None or not journeys:
        return Measure(None, reason=Message("retention.no-journeys"))
    reached = [(str(row["step"]), int(row["journeys"] or 0)) for row in rows if row.get("step") is not None]
    points = [
        Point(step, n / journeys, n) for step, n in sorted(reached, key=lambda each: (-each[1], each[0]))
    ]
    series = (Series("steps", "categories", tuple(points), "fraction"),) if points else ()
    parts = {"journeys": float(journeys)}
    if scope.options["last_step"]:
        parts["completed_share"] = completed / journeys
    if not completed:
        return Measure(None, 0, None, parts, Message("retention.none-completed"), series)
    parts["ninetieth"] = float(summary["ninetieth"] or 0)
    return Measure(float(summary["median"] or 0), completed, parts=parts, series=series)


JOURNEY_COMPLETION_TIME = Calculation(journeys_timed, completion_time, additive=False)
