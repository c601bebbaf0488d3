"""Predicted lifetime value: BG/NBD for how often customers will buy, Gamma-Gamma for how much each time.

The models need no customer, only patterns: so many repeat purchases, the last so long after the first, seen
for so long. Customers nearly alike are put together, and their means stand for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cxmaturity.api import Calculation, Measure, Message, Rows, Scope, counted, no_records
from cxmaturity_retention.bg_nbd import BgNbd, Histories, conditional_purchases, fit_bg_nbd, probability_alive
from cxmaturity_retention.gamma_gamma import GammaGamma, conditional_value, fit_gamma_gamma
from cxmaturity_retention.lifetime_value import Terms, lifetime_values, mean_lifetime_value

if TYPE_CHECKING:
    import numpy as np
    from ibis.expr.types import Table
    from numpy.typing import NDArray

FEWEST = 50
"""Customers with repeat purchases from whom on models are fitted: four parameters want to be told by some."""
WEEK = 7.0
MONTH = 365.25 / 12
_DAYS = ((28, 1), (364, 7), (728, 28), (1456, 56), (None, 112))
"""Days that count as alike: each by itself up to a limit, then so many together, few against what passed."""
_PURCHASES = ((12, 1), (24, 2), (48, 4), (96, 8), (None, 16))
"""Repeat purchases that count as alike. However many customers, these are some ten thousands of patterns."""
_STEP = 50
"""Mean values of purchases within a fiftieth of each other count as alike."""
_LONG_AGO = "1900-01-01"
_SUMS = ("customers", "x", "t_x", "age", "spent")


def buying_patterns(tables: Mapping[str, Table], scope: Scope) -> Table:
    """How many customers have about the same history, and the sums of what they did.

    Each customer has ``x`` days with purchases after the first one, the last of them ``t_x`` days after it,
    was seen for ``age`` days, and ``spent`` so much on the ``x`` days. Rows of the kind ``timing`` are over
    customers alike in the first three, those of the kind ``value`` over repeat customers alike in ``x`` and
    the mean of what they spent.
    """
    import ibis  # lazy: a fifth of a second

    purchases, by = tables["purchases"], scope.by
    seen = purchases.filter(scope.period.by_end(purchases["at"]))
    days = seen.group_by("customer", *by, "at").aggregate(amount=seen.amount.sum())
    each = days.group_by("customer", *by).aggregate(
        first=days["at"].min(),
        last=days["at"].max(),
        days=days.count(),
        paid=days.amount.sum(),
        paid_first=days.amount.argmin(days["at"]),
    )
    end = ibis.date(scope.period.end or _LONG_AGO)
    known = each.select(
        *by,
        customers=ibis.literal(1, "int64"),
        x=each.days - 1,
        t_x=each.last.delta(each["first"], unit="day"),
        age=end.delta(each["first"], unit="day"),
        spent=(each.days > 1).ifelse(each.paid - each.paid_first, 0.0),
    )
    repeated = known.filter(known.spent > 0)
    mean = repeated.spent / repeated.x.cast("float64")
    timing = _summed(
        known,
        "timing",
        by,
        x_cell=_cell(known.x, _PURCHASES),
        t_x_cell=_cell(known.t_x, _DAYS),
        age_cell=_cell(known.age, _DAYS),
    )
    value = _summed(
        repeated,
        "value",
        by,
        x_cell=_cell(repeated.x, _PURCHASES),
        mean_cell=(mean.ln() * _STEP).floor(),
    )
    return timing.union(value)


def _summed(known: Table, kind: str, by: Sequence[str], **cells: Any) -> Table:
    """Rows of one kind: customers by the cells that they lie in."""
    import ibis

    sums = {name: known[name].sum() for name in _SUMS}
    found = known.group_by(*by, **cells).aggregate(**sums)
    return found.select(*by, *_SUMS, kind=ibis.literal(kind))


def _cell(number: Any, widths: Sequence[tuple[int | None, int]]) -> Any:
    """The cell of a whole number: up to each limit, cells are so wide."""
    import ibis

    *narrow, (_, widest) = widths
    cases = [(number < limit, number - number % width) for limit, width in narrow]
    return ibis.cases(*cases, else_=number - number % widest)


def predicted_value(rows: Rows, scope: Scope) -> Measure:
    """The mean of what customers' purchases within the horizon are expected to be worth now, in money.

    Margin × value of a purchase × purchases of each month, discounted as if made at the month's end.
    """
    timing, value = ([row for row in rows if row["kind"] == kind] for kind in ("timing", "value"))
    n, repeaters = counted(timing, "customers"), counted([row for row in timing if row["x"]], "customers")
    if not n:
        return no_records()
    if repeaters < FEWEST:
        return Measure(
            None, reason=Message("retention.few-repeat-customers", {"n": repeaters, "minimum": FEWEST})
        )
    histories, mean = _histories(timing)
    buying, spending = fit_bg_nbd(histories), _spending(value)
    if not isinstance(buying, BgNbd) or not buying.converged or spending is None:
        return Measure(None, reason=Message("retention.no-model"))
    months = round(scope.number("horizon_months"))
    rate = (1 + scope.number("discount")) ** (1 / 12) - 1
    terms = Terms(months, MONTH / WEEK, rate, scope.number("margin"))
    values = lifetime_values(buying, spending, histories, mean, terms)
    parts = {
        "repeat_share": repeaters / n,
        "alive_share": mean_lifetime_value(probability_alive(buying, histories), histories),
        "purchases": mean_lifetime_value(
            conditional_purchases(buying, histories, months * terms.length), histories
        ),
        "purchase_value": mean_lifetime_value(conditional_value(spending, histories.x, mean), histories),
        "margin_share": terms.margin,
        "discount_share": scope.number("discount"),
        "horizon_months": months,
    }
    return Measure(mean_lifetime_value(values, histories), n, parts=parts)


def _histories(rows: Rows) -> tuple[Histories, NDArray[np.float64]]:
    """What customers did, in weeks, and the mean value of their repeat purchases."""
    import numpy as np

    customers, x, t_x, age, spent = (_column(rows, name) for name in _SUMS)
    histories = Histories(x / customers, t_x / customers / WEEK, age / customers / WEEK, customers)
    return histories, spent / np.maximum(x, 1)


def _spending(rows: Rows) -> GammaGamma | None:
    """The model of what purchases are worth, if they tell it."""
    customers, x, spent = (_column(rows, name) for name in ("customers", "x", "spent"))
    fit = fit_gamma_gamma(x / customers, spent / x, customers)
    return fit if isinstance(fit, GammaGamma) and fit.converged else None


def _column(rows: Rows, name: str) -> NDArray[np.float64]:
    import numpy as np

    return np.array([row[name] for row in rows], dtype=np.float64)


PREDICTED_LIFETIME_VALUE = Calculation(buying_patterns, predicted_value, additive=False)
