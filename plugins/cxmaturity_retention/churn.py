"""Churn and retention rates, from the dates that customers joined and left, or a snapshot of who is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cxmaturity.api import Calculation, Measure, Message, Rows, Scope, counted, share_interval

if TYPE_CHECKING:
    from ibis.expr.types import Table


def customers_lost(tables: Mapping[str, Table], scope: Scope) -> Table:
    """Customers at the start of the period (``start``), and those of them who were lost in it (``lost``).

    A customer is there on a day who had joined by then and not yet left; who came back has several rows and
    counts once. In a snapshot, all customers were there at the start.
    """
    customers = tables["customers"]
    # counted where a flag is set, as PostgreSQL has no maximum of flags
    if scope.shapes["customers"] == "snapshot":
        each = customers.group_by(*scope.by, "customer").aggregate(
            gone=customers.count(where=customers.lost) > 0
        )
        return each.aggregate({"start": each.count(), "lost": each.count(where=each.gone)}, by=list(scope.by))
    since, until, period = customers.since, customers.until, scope.period
    # of rows that reach into the period, those that began by its start were there then
    reaching = customers.filter(period.by_end(since) & (until.isnull() | period.after_start(until)))
    stays = reaching.until.isnull() | period.after_end(reaching.until)
    each = reaching.group_by(*scope.by, "customer").aggregate(first=reaching.since.min(), stays=stays.any())
    at_start = each.filter(~period.after_start(each["first"]))
    return at_start.aggregate(
        {"start": at_start.count(), "lost": at_start.count(where=~at_start.stays)}, by=list(scope.by)
    )


def churn_rate(rows: Rows, scope: Scope) -> Measure:
    """Customers lost in the period ÷ customers at its start, as a fraction, with Wilson's interval."""
    del scope
    n, lost = counted(rows, "start"), counted(rows, "lost")
    if not n:
        return Measure(None, reason=Message("retention.no-customers"))
    return Measure(lost / n, n, share_interval(lost, n), {"start": n, "lost": lost})


def retention_rate(rows: Rows, scope: Scope) -> Measure:
    """Customers kept over the period ÷ customers at its start: 1 − churn rate, with Wilson's interval."""
    del scope
    n, lost = counted(rows, "start"), counted(rows, "lost")
    if not n:
        return Measure(None, reason=Message("retention.no-customers"))
    kept = n - lost
    return Measure(kept / n, n, share_interval(kept, n), {"start": n, "kept": kept})


CHURN_RATE = Calculation(customers_lost, churn_rate, additive=False)
RETENTION_RATE = Calculation(customers_lost, retention_rate, additive=False)
