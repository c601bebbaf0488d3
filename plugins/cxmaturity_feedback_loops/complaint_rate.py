"""Complaints per 1,000 customers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cxmaturity.api import QUARTER, Calculation, Interval, Measure, Message, Rows, Scope, counted
from cxmaturity_feedback_loops.complaint_types import by_type

if TYPE_CHECKING:
    from ibis.expr.types import Table

_LONG_AGO = "1900-01-01"
_PER = 1000


def complaints_and_customers(tables: Mapping[str, Table], scope: Scope) -> Table:
    """Complaints opened in the period, and customers at its ends: rows of the one below those of the other.

    Those of the whole come by type. A quarter's complaints stand beside the customers of the whole period.
    """
    import ibis  # lazy: a fifth of a second

    complaints = tables["complaints"].filter(scope.period.holds(tables["complaints"].opened))
    by = [*scope.by] or ["type"]
    counts = complaints.group_by(*by).aggregate(complaints=complaints.count())
    if QUARTER in by:
        return counts.cross_join(_customers(tables["customers"], scope, []))
    customers = _customers(tables["customers"], scope, list(scope.by))
    none, untyped = ibis.literal(0, "int64"), {} if scope.by else {"type": ibis.null("string")}
    return counts.select(*by, "complaints", at_start=none, at_end=none).union(
        customers.mutate(complaints=none, **untyped).select(*by, "complaints", "at_start", "at_end")
    )


def _customers(customers: Table, scope: Scope, by: list[str]) -> Table:
    """How many customers there are at the start and at the end; who has several rows counts once.

    Where it is not known since when customers are there, all on the list were there at the start.
    """
    import ibis  # lazy, as above

    since = ibis.coalesce(customers.since, ibis.date(_LONG_AGO))
    there = customers.mutate(
        before=scope.period.there(since, customers.until, at="start"),
        after=scope.period.there(since, customers.until, at="end"),
    )
    each = there.group_by("customer", *by).aggregate(
        before=there.count(where=there.before), after=there.count(where=there.after)
    )
    return each.aggregate(
        {"at_start": each.count(where=each.before > 0), "at_end": each.count(where=each.after > 0)}, by=by
    )


def complaint_rate(rows: Rows, scope: Scope) -> Measure:
    """1,000 × complaints ÷ the mean of the customers at the start and at the end of the period.

    ``n`` is that mean, ``parts`` has both numbers, ``series`` the rate of each type.
    """
    del scope
    complaints = counted(rows, "complaints")
    customers = (counted(rows, "at_start") + counted(rows, "at_end")) / 2
    if not customers:
        return Measure(None, reason=Message("feedback-loops.no-customers"))
    low, high = _poisson_interval(complaints)
    return Measure(
        _PER * complaints / customers,
        round(customers),
        (_PER * low / customers, _PER * high / customers),
        {"complaints": complaints, "customers": customers},
        series=by_type(rows, "complaints", lambda row: _PER * float(row["complaints"] or 0) / customers),
    )


def _poisson_interval(count: int) -> Interval:
    """The exact 95 % interval of a count.

    F. Garwood, *Fiducial Limits for the Poisson Distribution*, Biometrika 28, 1936.
    """
    from scipy.special import gammaincinv  # lazy: a tenth of a second

    return float(gammaincinv(count, 0.025)) if count else 0.0, float(gammaincinv(count + 1, 0.975))


COMPLAINTS_PER_THOUSAND = Calculation(complaints_and_customers, complaint_rate, additive=False)
