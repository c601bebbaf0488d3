"""Mystery-shopping score: the share of checks by test customers that were passed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

from cxmaturity.api import Calculation, Interval, Measure, Rows, Scope, counted, share, share_interval

if TYPE_CHECKING:
    from ibis.expr.types import Table


def checks_by_visit(tables: Mapping[str, Table], scope: Scope) -> Table:
    """Checks of the period (``n``), those passed (``count``), visits, and sums of products over visits."""
    checks = tables["checks"].filter(scope.period.holds(tables["checks"]["at"]))
    each = checks.group_by("visit", *scope.by).aggregate(
        n=checks.count(), count=checks.count(where=checks.passed)
    )
    return each.aggregate(
        {
            "n": each.n.sum(),
            "count": each["count"].sum(),
            "visits": each.count(where=each.visit.notnull()),
            "n_n": (each.n * each.n).sum(),
            "n_count": (each.n * each["count"]).sum(),
            "count_count": (each["count"] * each["count"]).sum(),
        },
        by=list(scope.by),
    )


def checks_passed(rows: Rows, scope: Scope) -> Measure:
    """Checks passed ÷ checks, as a fraction.

    ``parts`` has how many were passed, and where that is known, in how many visits.
    """
    measured = share(rows, scope)
    visits = counted(rows, "visits")
    if not visits:
        return measured  # Wilson's interval: each check stands for itself
    parts = {**measured.parts, "visits": visits}
    return replace(measured, interval=_interval(rows, visits), parts=parts)


def _interval(rows: Rows, visits: int) -> Interval | None:
    """The 95 % interval of a share of checks that come in visits, whose checks resemble each other.

    That of a ratio (W. G. Cochran, *Sampling Techniques*, 1977, 6.4) with Student's t. One visit says nothing
    of others. Where all or no checks were passed, Wilson's with a visit as one observation.
    """
    from scipy.special import stdtrit  # lazy: a tenth of a second

    n, count = counted(rows, "n"), counted(rows, "count")
    if visits == 1:
        return None
    if count in {0, n}:
        return share_interval(visits if count else 0, visits)
    squares = (  # n² × the sum over visits of (passed − share × checks)², in whole numbers
        counted(rows, "count_count") * n * n
        - 2 * counted(rows, "n_count") * n * count
        + counted(rows, "n_n") * count * count
    )
    if not squares:  # the same share in each visit: its checks resemble each other no more than others
        return share_interval(count, n)
    half = float(stdtrit(visits - 1, 0.975)) * sqrt(squares * visits / (visits - 1)) / (n * n)
    return max(0.0, count / n - half), min(1.0, count / n + half)


MYSTERY_SHOPPING_SCORE = Calculation(checks_by_visit, checks_passed)
