"""Suppliers screened: how many suppliers were looked at for what they do to people and the environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cxmaturity.api import Calculation, Measure, Rows, Scope, counted, no_records, share_interval

if TYPE_CHECKING:
    from ibis.expr.types import Table


def suppliers_by_screening(tables: Mapping[str, Table], scope: Scope) -> Table:
    """Suppliers (``n``), and those of them that were screened (``count``).

    A supplier with several rows counts once, and as screened where one of them says so.
    """
    suppliers = tables["suppliers"]
    each = suppliers.group_by("supplier", *scope.by).aggregate(yes=suppliers.count(where=suppliers.screened))
    return each.aggregate({"n": each.count(), "count": each.count(where=each.yes > 0)}, by=list(scope.by))


def suppliers_screened(rows: Rows, scope: Scope) -> Measure:
    """Suppliers screened ÷ suppliers, as a fraction, with Wilson's interval."""
    del scope
    n, screened = counted(rows, "n"), counted(rows, "count")
    if not n:
        return no_records()
    parts = {"suppliers": n, "screened": screened}
    return Measure(screened / n, n, share_interval(screened, n), parts)


# a supplier may be listed in two segments, so the segments' figures do not add up to the whole
SUPPLIERS_SCREENED = Calculation(suppliers_by_screening, suppliers_screened, additive=False)
