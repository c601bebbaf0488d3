"""The share of help requests that were solved at the first contact, with its 95 % Wilson interval.

The table holds those requests in which a customer named a barrier. It needs no name and no word on the
person's health, and should hold neither.
"""

from __future__ import annotations

from collections.abc import Mapping

from cxmaturity.api import Cell, Column, Measure, Message, Metric, Rows, share_interval


def first_contact_rate(rows: Rows, period: tuple[str, str]) -> Measure:
    """Requests solved at the first contact ÷ requests, of those that came in during the period."""
    start, end = period
    received = [row for row in rows if start < str(row["received"]) <= end]
    if not received:
        return Measure(None, reason=Message("northstar-accessibility.no-requests"))
    n = len(received)
    solved = sum(solved_at_once(row, end) for row in received)
    return Measure(solved / n, n, share_interval(solved, n), {"requests": n, "solved": solved})


def solved_at_once(row: Mapping[str, Cell], end: str) -> bool:
    """Whether a request was solved by the end of the period and took one contact; an open one was not."""
    return row["solved"] is not None and str(row["solved"]) <= end and row["contacts"] == 1


FIRST_CONTACT_RATE = Metric(
    id="first-contact-rate",
    dimension="accessibility",
    practice="accessibility.help",
    unit="fraction",
    higher_is_better=True,
    source="North Star",
    table="requests",
    columns=(
        Column("received", "date"),
        Column("contacts", "number", minimum=1),
        Column("solved", "date", empty_allowed=True),
    ),
    compute=first_contact_rate,
)
