"""Complaint resolution time: the median of the days from opening to closing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from cxmaturity.api import Calculation, Measure, Rows, Scope
from cxmaturity_feedback_loops.complaint_types import by_type
from cxmaturity_feedback_loops.durations import DAY, FIGURES, durations, median_time

if TYPE_CHECKING:
    from ibis.expr.types import Table


def time_to_close(tables: Mapping[str, Table], scope: Scope) -> Table:
    """How long complaints opened in the period take: a row for all, with the whole also one for each type."""
    import ibis  # lazy: a fifth of a second

    complaints = tables["complaints"]
    whole = durations(complaints, "opened", "closed", scope, scope.by)
    if scope.by:
        return whole
    typed = complaints.filter(complaints["type"].notnull())
    types = durations(typed, "opened", "closed", scope, ["type"])
    columns = ("type", *FIGURES)
    return whole.mutate(type=ibis.null("string")).select(columns).union(types.select(columns))


def resolution_time(rows: Rows, scope: Scope) -> Measure:
    """The median of the days from opened to closed, of complaints that were closed by the period's end.

    It is too low while many are still open, as those will take longer: ``parts`` says how many. ``series``
    has the median of each type.
    """
    del scope
    measured = median_time(next((row for row in rows if row.get("type") is None), None), DAY)
    return replace(measured, series=by_type(rows, "n", lambda row: float(row["median"] or 0) / DAY))


COMPLAINT_RESOLUTION_TIME = Calculation(time_to_close, resolution_time, additive=False)
