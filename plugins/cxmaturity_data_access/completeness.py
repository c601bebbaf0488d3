"""CRM completeness: how much of S4's all-round view of a customer the records hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from cxmaturity.api import (
    Calculation,
    Interval,
    Measure,
    Message,
    Point,
    Rows,
    Scope,
    Series,
    counted,
    no_records,
)

if TYPE_CHECKING:
    from ibis.expr.types import Table

FIELDS = ("who", "likes", "buys", "interacts", "relations", "history")
"""What S4 wants to be known of a customer."""


def filled_fields(tables: Mapping[str, Table], scope: Scope) -> Table:
    """How many records there are, how many have each mapped field filled in, and how many fields have in all.

    ``total`` is the sum over records of the number of filled fields, ``squares`` that of its square.
    """
    crm = tables["crm"]
    # a cell of blanks says nothing
    filled = {name: crm[name].strip().length() > 0 for name in FIELDS if name in scope.mapped["crm"]}
    columns = {"records": crm.count(), **{name: crm.count(where=said) for name, said in filled.items()}}
    if filled:
        number = reduce(add, [said.ifelse(1, 0).cast("int64") for said in filled.values()])
        columns |= {"total": number.sum(), "squares": (number * number).sum()}
    return crm.aggregate(columns, by=list(scope.by))


def crm_completeness(rows: Rows, scope: Scope) -> Measure:
    """The mean over records of the share of mapped fields that is filled in, with Student's t interval."""
    del scope
    n = counted(rows, "records")
    if not n:
        return no_records()
    fields = [name for name in FIELDS if name in rows[0]]
    if not fields:
        return Measure(None, reason=Message("data-access.reason.no-fields"))
    points = tuple(Point(name, counted(rows, name) / n, n) for name in fields)
    mean = counted(rows, "total") / len(fields) / n
    return Measure(
        mean,
        n,
        _interval(mean, counted(rows, "squares") / len(fields) ** 2, n),
        {"customers": n, "mapped": len(fields)},
        series=(Series("fields", "distribution", points),),
    )


def _interval(mean: float, squares: float, n: int) -> Interval | None:
    """The 95 % t interval of the mean of ``n`` shares whose squares add up to ``squares``.

    There is none where all records are alike: it would say that nothing else could have come of it.
    """
    from scipy.special import stdtrit  # lazy: a fifth of a second

    spread = squares / n - mean**2
    if n == 1 or spread < 1e-12:  # noqa: PLR2004 - what rounding leaves of 0
        return None
    half = float(stdtrit(n - 1, 0.975)) * (spread / (n - 1)) ** 0.5
    return max(0.0, mean - half), min(1.0, mean + half)


CRM_COMPLETENESS = Calculation(filled_fields, crm_completeness)
