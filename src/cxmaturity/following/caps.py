"""Which caps have gone and which have come, of those that could have bitten in both results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from cxmaturity.following.model import CapSeen, ScoreChange, Side

if TYPE_CHECKING:
    from cxmaturity.following.schema import DimensionPart, PracticePart, ResultPart

_MEASURED = "measured"
"""The source of a cap that comes from what customer data measures of the thing itself."""

C = TypeVar("C", bound=ScoreChange)


def levelled(result: ResultPart) -> frozenset[str]:
    """What another thing's cap may come from: the ids of the dimensions and practices that have a level."""
    parts: list[DimensionPart | PracticePart] = [*result.dimensions]
    parts += [practice for dimension in result.dimensions for practice in dimension.practices]
    return frozenset(part.id for part in parts if part.level is not None)


def with_caps(change: C, before: frozenset[str], after: frozenset[str]) -> C:
    """A change with its caps that have gone and come; ``before`` and ``after`` are from :func:`levelled`."""
    return replace(
        change,
        caps_gone=tuple(_missing(change.before, change.after, after)),
        caps_come=tuple(_missing(change.after, change.before, before)),
    )


def _missing(here: Side | None, there: Side | None, sources: frozenset[str]) -> Iterator[CapSeen]:
    """The caps that bit on one side, could have bitten on the other, and did not."""
    if here is None or there is None or None in (here.level, there.level):
        return
    known = sources if there.measured is None else {*sources, _MEASURED}
    bit = {(cap.source, cap.limit) for cap in there.caps}
    yield from (cap for cap in here.caps if cap.source in known and (cap.source, cap.limit) not in bit)
