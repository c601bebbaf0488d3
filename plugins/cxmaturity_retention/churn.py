"""Churn rate with its 95 % Wilson interval."""

from __future__ import annotations

from collections.abc import Mapping

from cxmaturity.api import Cell, Measure, Message, Rows, share_interval


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
    return Measure(lost / n, n, share_interval(lost, n), {"start": n, "lost": lost})


def _there(row: Mapping[str, Cell], day: str) -> bool:
    """Whether a row's customer was one at the end of a day."""
    return str(row["since"]) <= day and (row["until"] is None or str(row["until"]) > day)
