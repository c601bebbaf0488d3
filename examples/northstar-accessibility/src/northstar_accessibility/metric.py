"""The share of help requests that were solved at the first contact, with its 95 % Wilson interval.

The table holds those requests in which a customer named a barrier. It needs no name and no word on the
person's health, and should hold neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cxmaturity.api import Calculation, Scope, share, share_of

if TYPE_CHECKING:
    from ibis.expr.types import Table


def solved_at_first_contact(tables: Mapping[str, Table], scope: Scope) -> Table:
    """Requests received in the period, and those of them that one contact solved by its end."""
    received = tables["requests"].filter(scope.period.holds(tables["requests"].received))
    at_once = (received.contacts == 1) & scope.period.by_end(received.solved)
    return share_of(received, at_once, scope)


FIRST_CONTACT_RATE = Calculation(solved_at_first_contact, share)
