"""Survey response rate: how many of the customers who were asked answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cxmaturity.api import Calculation, Scope, share, share_of

if TYPE_CHECKING:
    from ibis.expr.types import Table


def invitations_answered(tables: Mapping[str, Table], scope: Scope) -> Table:
    """Invitations sent in the period, and those of them that were answered by its end."""
    invitations = tables["invitations"]
    invitations = invitations.filter(scope.period.holds(invitations.sent))
    if scope.shapes["invitations"] == "flags":
        return share_of(invitations, invitations.has_answered, scope)
    return share_of(invitations, scope.period.by_end(invitations.answered), scope)


SURVEY_RESPONSE_RATE = Calculation(invitations_answered, share)
