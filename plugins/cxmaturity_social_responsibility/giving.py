"""Giving share: what the organisation gives to good causes, over what it takes in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cxmaturity.api import Calculation, Measure, Message, Rows, Scope, counted, no_records, sum_of

if TYPE_CHECKING:
    from ibis.expr.types import Table


def given_and_taken(tables: Mapping[str, Table], scope: Scope) -> Table:
    """What was given and what was taken in during the period, as sums, and of how many rows (``n``)."""
    giving = tables["giving"].filter(scope.period.holds(tables["giving"].at))
    return giving.aggregate(
        {"n": giving.count(), "amount": giving.amount.sum(), "revenue": giving.revenue.sum()},
        by=list(scope.by),
    )


def giving_share(rows: Rows, scope: Scope) -> Measure:
    """Given ÷ revenue, as a fraction. Both are sums of all there was, so there is no interval."""
    del scope
    n = counted(rows, "n")
    if not n:
        return no_records()
    amount, revenue = sum_of(rows, "amount"), sum_of(rows, "revenue")
    if revenue <= 0:
        return Measure(None, reason=Message("social-responsibility.reason.no-revenue"))
    return Measure(amount / revenue, n, parts={"amount": amount, "revenue": revenue})


GIVING_SHARE = Calculation(given_and_taken, giving_share)
