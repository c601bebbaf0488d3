"""Channels joined: how many contacts the organisation can put down to a customer that it knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cxmaturity.api import (
    Calculation,
    Measure,
    Point,
    Rows,
    Scope,
    Series,
    counted,
    no_records,
    share_interval,
)

if TYPE_CHECKING:
    from ibis.expr.types import Table


def contacts_by_channel(tables: Mapping[str, Table], scope: Scope) -> Table:
    """Contacts of the period by channel (``n``), and those that name a customer (``count``)."""
    contacts = tables["contacts"].filter(scope.period.holds(tables["contacts"].at))
    return contacts.aggregate(
        {"n": contacts.count(), "count": contacts.count(where=contacts.customer.notnull())},
        by=["channel", *scope.by],
    )


def channels_joined(rows: Rows, scope: Scope) -> Measure:
    """Contacts that are joined to a customer ÷ contacts, as a fraction, with Wilson's interval."""
    del scope
    n, joined = counted(rows, "n"), counted(rows, "count")
    if not n:
        return no_records()
    parts = {"contacts": n, "joined": joined}
    return Measure(joined / n, n, share_interval(joined, n), parts, series=(_channels(rows),))


def _channels(rows: Rows) -> Series:
    """The share of each channel, that with most contacts first."""
    by_channel: dict[str, list[int]] = {}
    for row in rows:
        sums = by_channel.setdefault(str(row["channel"]), [0, 0])
        sums[0] += counted([row], "n")
        sums[1] += counted([row], "count")
    ordered = sorted(by_channel.items(), key=lambda item: (-item[1][0], item[0]))
    return Series(
        "channels", "categories", tuple(Point(name, joined / n, n) for name, (n, joined) in ordered)
    )


CHANNELS_JOINED = Calculation(contacts_by_channel, channels_joined)
