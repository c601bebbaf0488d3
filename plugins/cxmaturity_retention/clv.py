"""Customer lifetime value by the simple formula, from a log of purchases.

S. Gupta & D. R. Lehmann, *Customers as assets*, Journal of Interactive Marketing 17(1), 2003: with a margin m
per year, retention r and discount d that stay as they are for ever, a customer is worth

    m × r ÷ (1 + d − r)
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from cxmaturity.api import (
    Calculation,
    Measure,
    Message,
    Period,
    Rows,
    Scope,
    counted,
    no_records,
    sum_of,
)

if TYPE_CHECKING:
    from ibis.expr.types import Table

YEAR = 365.25
_LONG_AGO = "1900-01-01"


def buyers_summed(tables: Mapping[str, Table], scope: Scope) -> Table:
    """All purchases up to the end of the period, summed by customer and then over customers.

    ``earlier`` counts who bought in the twelve months before the period, ``kept`` those of them who bought in
    it; ``active_days`` lie between customers' first and last purchases, ``observed_days`` between the first
    and the end. There is one grouping by customer and nothing else, as logs are long.
    """
    import ibis  # lazy: a fifth of a second

    purchases, period = tables["purchases"], scope.period
    seen = purchases.filter(period.by_end(purchases["at"]))
    before = Period(_year_before(period.start), period.start) if period.known else period
    each = seen.group_by(*scope.by, "customer").aggregate(
        bought=seen.count(),
        paid=seen.amount.sum(),
        first=seen["at"].min(),
        last=seen["at"].max(),
        earlier=(before.after_start(seen["at"]) & ~period.after_start(seen["at"])).any(),
    )
    end = ibis.date(period.end or _LONG_AGO)
    again = each.last > ibis.date(period.start or _LONG_AGO)
    return each.aggregate(
        {
            "customers": each.count(),
            "purchases": each.bought.sum(),
            "revenue": each.paid.sum(),
            "repeaters": each.count(where=each.bought > 1),
            "active_days": each.last.delta(each.first, unit="day").sum(),
            "observed_days": end.delta(each.first, unit="day").sum(),
            "earlier": each.count(where=each.earlier),
            "kept": each.count(where=each.earlier & again),
        },
        by=list(scope.by),
    )


def _year_before(day: str) -> str:
    """The same day a year earlier; before a 29 February the 28th."""
    at = date.fromisoformat(day)
    leap = (at.month, at.day) == (2, 29)
    return at.replace(year=at.year - 1, day=28 if leap else at.day).isoformat()


def lifetime_value(rows: Rows, scope: Scope) -> Measure:
    """Mean purchase value × purchases per customer and year × margin × r ÷ (1 + d − r), in money.

    r is the share of customers who bought in the twelve months before the period that bought again in it.
    """
    n, earlier = counted(rows, "customers"), counted(rows, "earlier")
    if not n:
        return no_records()
    if not earlier:
        return Measure(None, reason=Message("retention.nobody-before"))
    purchases, kept = counted(rows, "purchases"), counted(rows, "kept") / earlier
    worth = sum_of(rows, "revenue") / purchases
    often = purchases / (sum_of(rows, "observed_days") / YEAR)
    value = worth * often * scope.number("margin") * kept / (1 + scope.number("discount") - kept)
    parts = {
        "purchase_value": worth,
        "purchases_per_year": often,
        "kept_share": kept,
        "repeat_share": counted(rows, "repeaters") / n,
    }
    if purchases > n:
        parts["days_between"] = sum_of(rows, "active_days") / (purchases - n)
    return Measure(value, n, parts=parts)


CUSTOMER_LIFETIME_VALUE = Calculation(buyers_summed, lifetime_value, additive=False)
