"""Profile completeness: how many customer profiles say all that S4 wants to be known of a customer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

from cxmaturity.api import Calculation, Measure, Message, Rows, Scope, counted, share_interval

if TYPE_CHECKING:
    from ibis.expr.types import Table

FIELDS = ("who", "likes", "buys", "interacts", "relations", "history")


def filled_fields(tables: Mapping[str, Table], scope: Scope) -> Table:
    """How many profiles there are, how many have each field filled in, and how many all of them.

    A profile has no date: what counts is what it says now.
    """
    profiles = tables["profiles"]
    filled = {name: profiles[name].strip().length() > 0 for name in FIELDS}  # a cell of blanks says nothing
    each = {name: profiles.count(where=said) for name, said in filled.items()}
    complete = profiles.count(where=reduce(and_, filled.values()))
    return profiles.aggregate({"profiles": profiles.count(), "complete": complete, **each}, by=list(scope.by))


def profile_completeness(rows: Rows, scope: Scope) -> Measure:
    """Profiles with all six fields filled in ÷ profiles, as a fraction, with Wilson's interval."""
    del scope
    counts = {name: counted(rows, name) for name in ("profiles", "complete", *FIELDS)}
    n, complete = counts["profiles"], counts["complete"]
    if not n:
        return Measure(None, reason=Message("customer-understanding.reason.no-profiles"))
    return Measure(complete / n, n, share_interval(complete, n), counts)


PROFILE_COMPLETENESS = Calculation(filled_fields, profile_completeness)
