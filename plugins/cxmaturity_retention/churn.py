"""Churn rate with its 95 % Wilson interval."""

from __future__ import annotations

from cxmaturity.api import Interval, Measure, Message, Rows

_Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution


def churn_rate(rows: Rows, period: tuple[str, str]) -> Measure:
    """Customers lost in the period ÷ customers at its start, as a fraction.

    A customer counts at the start who had joined by then and not yet left. ``parts`` has the counts
    ``start`` and ``lost``.
    """
    start, end = period
    there = [
        row["until"]
        for row in rows
        if str(row["since"]) <= start and (row["until"] is None or str(row["until"]) > start)
    ]
    lost = sum(1 for until in there if until is not None and str(until) <= end)
    if not there:
        return Measure(None, reason=Message("retention.no-customers"))
    return Measure(
        lost / len(there), len(there), _wilson(lost, len(there)), {"start": len(there), "lost": lost}
    )


def _wilson(lost: int, n: int) -> Interval:
    """The score interval of a share (E. B. Wilson, JASA 22, 1927)."""
    share, z2 = lost / n, _Z * _Z
    centre = share + z2 / (2 * n)
    half = _Z * (share * (1 - share) / n + z2 / (4 * n * n)) ** 0.5
    return (centre - half) / (1 + z2 / n), (centre + half) / (1 + z2 / n)
