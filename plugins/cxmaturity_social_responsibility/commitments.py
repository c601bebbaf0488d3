"""Commitments met: how many promises to society that have fallen due were kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cxmaturity.api import Calculation, Measure, Message, Rows, Scope, counted, share_interval

if TYPE_CHECKING:
    from ibis.expr.types import Table


def commitments_due(tables: Mapping[str, Table], scope: Scope) -> Table:
    """Commitments due by the period's end (``due``), and those of them that were met by then (``met``).

    ``published`` are those of them that were published, ``stated`` those of which it is known. One with
    several rows, as for each year, is met where all its rows that are due are.
    """
    commitments = tables["commitments"]
    due = commitments.filter(scope.period.by_end(commitments.due))
    open_still = ~due.met if scope.shapes["commitments"] == "snapshot" else ~scope.period.by_end(due.met_on)
    each = due.group_by("commitment", *scope.by).aggregate(
        open_still=due.count(where=open_still),
        published=due.count(where=due.published),
        stated=due.count(where=due.published.notnull()),
    )
    return each.aggregate(
        {
            "due": each.count(),
            "met": each.count(where=each.open_still == 0),
            "published": each.count(where=each.published > 0),
            "stated": each.count(where=each.stated > 0),
        },
        by=list(scope.by),
    )


def commitments_met(rows: Rows, scope: Scope) -> Measure:
    """Commitments met ÷ commitments due, as a fraction, with Wilson's interval."""
    del scope
    due, met = counted(rows, "due"), counted(rows, "met")
    if not due:
        return Measure(None, reason=Message("social-responsibility.reason.nothing-due"))
    parts: dict[str, float] = {"due": due, "met": met}
    if counted(rows, "stated"):
        parts["published"] = counted(rows, "published")
    return Measure(met / due, due, share_interval(met, due), parts)


# a commitment may be listed in two segments, so the segments' figures do not add up to the whole
COMMITMENTS_MET = Calculation(commitments_due, commitments_met, additive=False)
