"""Customer lifetime value by the simple formula, from a log of purchases.

S. Gupta & D. R. Lehmann, *Customers as assets*, Journal of Interactive Marketing 17(1), 2003: with a margin m
per year, retention r and discount d that stay as they are for ever, a customer is worth

    m × r ÷ (1 + d − r)

The interval joins that of the yearly revenue, a ratio (W. G. Cochran, *Sampling Techniques*, 3rd edition,
1977, section 6.3), with Wilson's of r, end to end: it holds at least 95 %, however the two hang together.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from cxmaturity.api import (
    Calculation,
    Interval,
    Measure,
    Message,
    Period,
    Rows,
    Scope,
    counted,
    no_records,
    share_interval,
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
    and the end; squares and products of what each paid and how long each was observed say how they spread.
    There is one grouping by customer and nothing else, as logs are long.
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
    observed = end.delta(each.first, unit="day")
    days = observed.cast("float64")  # PostgreSQL's days are so short that the squares of many overflow
    again = each.last > ibis.date(period.start or _LONG_AGO)
    return each.aggregate(
        {
            "customers": each.count(),
            "purchases": each.bought.sum(),
            "revenue": each.paid.sum(),
            "repeaters": each.count(where=each.bought > 1),
            "active_days": each.last.delta(each.first, unit="day").sum(),
            "observed_days": observed.sum(),
            "paid_squares": (each.paid * each.paid).sum(),
            "days_squares": (days * days).sum(),
            "paid_days_products": (each.paid * days).sum(),
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
    kept, yearly = counted(rows, "kept"), sum_of(rows, "revenue") / (sum_of(rows, "observed_days") / YEAR)
    value = _worth(yearly, kept / earlier, scope)
    return Measure(
        value,
        n,
        _interval(rows, scope),
        _parts(rows, n, kept / earlier, yearly * scope.number("margin"), scope),
    )


def _worth(yearly: float, kept: float, scope: Scope) -> float:
    """Yearly revenue × margin × r ÷ (1 + d − r), ``kept`` being r."""
    return yearly * scope.number("margin") * kept / (1 + scope.number("discount") - kept)


def _interval(rows: Rows, scope: Scope) -> Interval | None:
    """Both ends of the yearly revenue with both ends of r; ``None`` of a single customer."""
    n = counted(rows, "customers")
    if n == 1:
        return None
    low, high = _ratio_interval(rows, n)
    few, many = share_interval(counted(rows, "kept"), counted(rows, "earlier"))
    return _worth(low, few, scope), _worth(high, many, scope)


def _ratio_interval(rows: Rows, n: int) -> Interval:
    """The 95 % t interval of revenue per customer and year, over ``n`` customers; it is not below 0."""
    from scipy.special import stdtrit  # lazy: most commands compute nothing

    days = sum_of(rows, "observed_days")
    daily = sum_of(rows, "revenue") / days
    squares = sum_of(rows, "paid_squares") - 2 * daily * sum_of(rows, "paid_days_products")
    squares = max(0.0, squares + daily**2 * sum_of(rows, "days_squares"))
    half = float(stdtrit(n - 1, 0.975)) * (n / (n - 1) * squares) ** 0.5 / days
    return max(0.0, daily - half) * YEAR, (daily + half) * YEAR


def _parts(rows: Rows, n: int, kept: float, margin: float, scope: Scope) -> dict[str, float]:
    """What the value is made of; ``margin`` is what a customer brings in a year, in money."""
    purchases = counted(rows, "purchases")
    parts = {
        "purchase_value": sum_of(rows, "revenue") / purchases,
        "purchases_per_year": purchases / (sum_of(rows, "observed_days") / YEAR),
        "margin_share": scope.number("margin"),
        "discount_share": scope.number("discount"),
        "kept_share": kept,
        "first_year_value": margin * kept / (1 + scope.number("discount")),
        "repeat_share": counted(rows, "repeaters") / n,
    }
    if purchases > n:
        parts["days_between"] = sum_of(rows, "active_days") / (purchases - n)
    return parts


CUSTOMER_LIFETIME_VALUE = Calculation(buyers_summed, lifetime_value, additive=False)
