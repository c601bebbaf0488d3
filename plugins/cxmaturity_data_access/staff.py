"""Who of the staff can reach customer data, and who of these does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cxmaturity.api import Calculation, Measure, Message, Rows, Scope, counted, no_records, share_interval

if TYPE_CHECKING:
    from ibis.expr.types import Table


def people_with_access(tables: Mapping[str, Table], scope: Scope) -> Table:
    """People on the staff (``n``), and those who have access (``count``).

    Who is listed with several systems is one person, and has access with access to one of them.
    """
    staff = tables["staff"]
    people = staff.group_by("person", *scope.by).aggregate(reaching=staff.count(where=staff.access))
    return people.aggregate(
        {"n": people.count(), "count": people.count(where=people.reaching > 0)}, by=list(scope.by)
    )


def staff_with_access(rows: Rows, scope: Scope) -> Measure:
    """People with access to customer data ÷ people, as a fraction, with Wilson's interval."""
    del scope
    n, access = counted(rows, "n"), counted(rows, "count")
    if not n:
        return no_records()
    return Measure(access / n, n, share_interval(access, n), {"people": n, "access": access})


def people_using_access(tables: Mapping[str, Table], scope: Scope) -> Table:
    """People who have access (``n``), and those of them who used it in the period (``count``)."""
    staff = tables["staff"].filter(tables["staff"].access)
    if scope.shapes["staff"] == "snapshot":
        using = staff.used
    else:
        using = staff.last_used.notnull() & scope.period.holds(staff.last_used)
    people = staff.group_by("person", *scope.by).aggregate(using=staff.count(where=using))
    return people.aggregate(
        {"n": people.count(), "count": people.count(where=people.using > 0)}, by=list(scope.by)
    )


def staff_using_access(rows: Rows, scope: Scope) -> Measure:
    """People who used their access ÷ people who have it, as a fraction, with Wilson's interval."""
    del scope
    n, using = counted(rows, "n"), counted(rows, "count")
    if not n:
        return Measure(None, reason=Message("data-access.reason.no-access"))
    return Measure(using / n, n, share_interval(using, n), {"access": n, "using": using})


# a person may be listed in two segments, so the segments' figures do not add up to the whole
STAFF_WITH_ACCESS = Calculation(people_with_access, staff_with_access, additive=False)
STAFF_USING_ACCESS = Calculation(people_using_access, staff_using_access, additive=False)
