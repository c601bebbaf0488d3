"""What a result says of the answers that deserve a second look: names, or no more than a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from cxmaturity.responses.flags import FoundFlag
from cxmaturity.responses.model import FlagKind, Responses
from cxmaturity.result import Flag

KINDS: tuple[FlagKind, ...] = get_args(FlagKind)


def as_flags(
    found: Sequence[FoundFlag], responses: Responses, *, confidential: bool, minimum: int
) -> tuple[Flag, ...]:
    """The flags as the result shows them.

    In a confidential assessment nobody is named, and a number is given only if at least ``minimum``
    respondents are flagged and as many are not: else it would say how somebody answered. Every kind is
    listed then, as it would say so too that there are some.
    """
    if not confidential:
        return tuple(_named(each, responses) for each in found)
    counts = {each.kind: len(each.rows) for each in found}
    return tuple(_counted(kind, counts.get(kind, 0), len(responses.respondents), minimum) for kind in KINDS)


def _counted(kind: FlagKind, count: int, everybody: int, minimum: int) -> Flag:
    return Flag(kind=kind, count=count if minimum <= count <= everybody - minimum else None)


def _named(found: FoundFlag, responses: Responses) -> Flag:
    names = dict.fromkeys(responses.respondents[row] for row in found.rows.tolist())
    return Flag(kind=found.kind, count=len(found.rows), respondents=tuple(names))
