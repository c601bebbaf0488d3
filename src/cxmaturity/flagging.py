"""What a result says of the answers that deserve a second look: names, or no more than a number."""

from __future__ import annotations

from collections.abc import Sequence

from cxmaturity.responses.flags import FoundFlag
from cxmaturity.responses.model import Responses
from cxmaturity.result import Flag


def as_flags(
    found: Sequence[FoundFlag], responses: Responses, *, confidential: bool, minimum: int
) -> tuple[Flag, ...]:
    """The flags as the result shows them.

    In a confidential assessment nobody is named, and a number is given only if at least ``minimum``
    respondents are flagged and as many are not: else it would say how somebody answered.
    """
    return tuple(
        _counted(each, len(responses.respondents), minimum) if confidential else _named(each, responses)
        for each in found
    )


def _counted(found: FoundFlag, everybody: int, minimum: int) -> Flag:
    count = len(found.rows)
    return Flag(kind=found.kind, count=count if minimum <= count <= everybody - minimum else None)


def _named(found: FoundFlag, responses: Responses) -> Flag:
    names = dict.fromkeys(responses.respondents[row] for row in found.rows.tolist())
    return Flag(kind=found.kind, count=len(found.rows), respondents=tuple(names))
