"""Repeated complaints: how many of the customers who complained did so more than once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cxmaturity.api import Calculation, Scope, share, share_of

if TYPE_CHECKING:
    from ibis.expr.types import Table


def complaining_customers(tables: Mapping[str, Table], scope: Scope) -> Table:
    """Customers with a complaint opened in the period, and those of them with several."""
    complaints = tables["complaints"].filter(scope.period.holds(tables["complaints"].opened))
    each = complaints.group_by(*scope.by, "customer").aggregate(complaints=complaints.count())
    return share_of(each, each.complaints > 1, scope)


# a customer may be in several segments, so their figures do not add up to that of the whole
REPEATED_COMPLAINTS = Calculation(complaining_customers, share, additive=False)
