"""Likely duplicates: records that are probably the same customer's, although they are not written alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cxmaturity.api import Calculation, Cell, Measure, Message, Rows, Scope, share_interval

if TYPE_CHECKING:
    from ibis.expr.types import Table


def records_to_compare(tables: Mapping[str, Table], scope: Scope) -> Table:
    """Each customer's name, e-mail address and telephone number, of several rows the lowest of each."""
    crm = tables["crm"]
    read = ("name", "email", "phone", *scope.by)
    return crm.group_by("customer").aggregate({name: crm[name].min() for name in read}).drop("customer")


def likely_duplicates(rows: Rows, scope: Scope) -> Measure:
    """Records that are likely another's again ÷ records that can be compared, with Wilson's interval.

    Of a group of records that are likely the same customer's, all but one are such. Only counts leave here.
    """
    from cxmaturity_data_access.matching import Record, groups_of  # lazy: RapidFuzz

    del scope
    read = (Record.of(_text(row["name"]), _text(row["email"]), _text(row["phone"])) for row in rows)
    records = [record for record in read if record.email or record.phone]
    n = len(records)
    if not n:
        return Measure(None, reason=Message("data-access.reason.no-contact-details"))
    first = groups_of(records)
    duplicates = sum(number != root for number, root in enumerate(first))
    groups = len({root for number, root in enumerate(first) if number != root})
    parts = {"records": n, "groups": groups, "duplicates": duplicates}
    return Measure(duplicates / n, n, share_interval(duplicates, n), parts)


def _text(cell: Cell) -> str | None:
    return None if cell is None else str(cell)


LIKELY_DUPLICATES = Calculation(records_to_compare, likely_duplicates, personal=True)
