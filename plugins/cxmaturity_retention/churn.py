"""Churn rate with its 95 % Wilson interval."""

from __future__ import annotations

from collections.abc import Mapping

from cxmaturity.api import Cell, Interval, Measure, Message, Rows

_Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution


def churn_rate(rows: Rows, period: tuple[str, str]) -> Measure:
    """Customers lost in the period ÷ customers at its start, as a fraction.

    A customer is there on a day who had joined by then and not yet left; who came back has several
    rows and counts once. ``parts`` has the counts ``start`` and ``lost``.
    """
    start, end = period
    at_start = {row["customer"] for row in rows if _there(row, start)}
    lost = len(at_start - {row["customer"] for row in rows if _there(row, end)})
    if not at_start:
        return Measure(None, reason=Message("retention.no-customers"))
    n = len(at_start)
    return Measure(lost / n, n, _wilson(lost, n), {"start": n, "lost": lost})


def _there(row: Mapping[str, Cell], day: str) -> bool:
    """Whether a row's customer was one at the end of a day."""
    return str(row["since"]) <= day and (row["until"] is None or str(row["until"]) > day)


def _wilson(lost: int, n: int) -> Interval:
    """The score interval of a share (E. B. Wilson, JASA 22, 1927)."""
    share, z2 = lost / n, _Z * _Z
    centre = share + z2 / (2 * n)
    half = _Z * (share * (1 - share) / n + z2 / (4 * n * n)) ** 0.5
    return (centre - half) / (1 + z2 / n), (centre + half) / (1 + z2 / n)
