"""Caps: limits on levels, which never raise one and are always explained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from cxmaturity.api import AppliedCap, Message, Standing
from cxmaturity.scoring.scale import HIGHEST_LEVEL, LOWEST_LEVEL, level_of

MEASURED_OFFSET = 1
"""A level may stand at most this far above what customer data measures."""

S = TypeVar("S", bound=Standing)


def apply_cap(standing: S, source: str, limit: int, reason: Message) -> S:
    """The standing with its level limited, and the cap on record if it bit.

    A cap bites when the limit is below the level that the earlier caps left; a standing without a
    level is returned unchanged.
    """
    limit = min(max(limit, LOWEST_LEVEL), HIGHEST_LEVEL)
    if standing.level is None or limit >= standing.level:
        return standing
    return replace(standing, level=limit, caps=(*standing.caps, AppliedCap(source, limit, reason)))


def cap_by_measured(standing: S, scale: Iterable[float]) -> S:
    """Limit a level to the measured level + 1; without a measured score nothing happens."""
    if standing.measured is None:
        return standing
    measured = level_of(standing.measured, tuple(scale))
    reason = Message(
        "cap.measured", {"title": standing.title, "measured": measured, "limit": measured + MEASURED_OFFSET}
    )
    return apply_cap(standing, "measured", measured + MEASURED_OFFSET, reason)
