"""How often customers buy: repeat rate and purchase frequency, from a log of purchases.

A. S. C. Ehrenberg, *Repeat-Buying: Facts, Theory and Applications*, 2nd edition, Griffin 1988: to buy again
within a period is to repeat, and how often its buyers buy is the frequency. Both grow with the period.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cxmaturity.api import Calculation, Interval, Measure, Rows, Scope, counted, no_records, share, sum_of

if TYPE_CHECKING:
    from ibis.expr.types import Table


def repeat_buyers(tables: Mapping[str, Table], scope: Scope) -> Table:
    """Customers who bought in the period (``n``), and those who did on different days (``count``)."""
    bought = tables["purchases"].filter(scope.period.holds(tables["purchases"]["at"]))
    each = bought.group_by(*scope.by, "customer").aggregate(first=bought["at"].min(), last=bought["at"].max())
    return each.aggregate(
        {"n": each.count(), "count": each.count(where=each.last > each.first)}, by=list(scope.by)
    )


def purchases_of_buyers(tables: Mapping[str, Table], scope: Scope) -> Table:
    """Customers who bought in the period, the sum of their numbers of purchases, and that of the squares."""
    bought = tables["purchases"].filter(scope.period.holds(tables["purchases"]["at"]))
    each = bought.group_by(*scope.by, "customer").aggregate(bought=bought.count())
    return each.aggregate(
        {
            "customers": each.count(),
            "purchases": each.bought.sum(),
            "squares": (each.bought * each.bought).sum(),
        },
        by=list(scope.by),
    )


def purchase_frequency(rows: Rows, scope: Scope) -> Measure:
    """Purchases ÷ customers who bought in the period, with the t interval of a mean."""
    del scope
    n, purchases = counted(rows, "customers"), counted(rows, "purchases")
    if not n:
        return no_records()
    mean = purchases / n
    return Measure(
        mean, n, _interval(mean, sum_of(rows, "squares"), n), {"customers": n, "purchases": purchases}
    )


def _interval(mean: float, squares: float, n: int) -> Interval | None:
    """Student's 95 % interval of a mean; nobody buys less than once. ``None`` from a single customer."""
    if n == 1:
        return None
    from scipy.special import stdtrit  # lazy: most commands compute nothing

    variance = max(squares - n * mean**2, 0.0) / (n - 1)
    half = float(stdtrit(n - 1, 0.975)) * (variance / n) ** 0.5
    return max(1.0, mean - half), mean + half


REPEAT_RATE = Calculation(repeat_buyers, share, additive=False)
PURCHASE_FREQUENCY = Calculation(purchases_of_buyers, purchase_frequency, additive=False)
