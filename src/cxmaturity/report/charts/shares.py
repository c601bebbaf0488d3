"""Shares of a whole, 0–1, and how charts write them."""

from __future__ import annotations

from typing import overload

from cxmaturity.report.charts.shapes import clamp, finite

_SLACK = 1e-9


@overload
def checked_share(share: float) -> float: ...
@overload
def checked_share(share: float | None) -> float | None: ...
def checked_share(share: float | None) -> float | None:
    """The share; ``ValueError`` when it is a number that is no share."""
    if share is None:
        return None
    if not -_SLACK <= finite(share, "a share") <= 1 + _SLACK:
        raise ValueError(f"the share {share} does not lie between 0 and 1")
    return clamp(share, 0.0, 1.0)


def whole_percent(share: float) -> str:
    """Whole percents without their sign; one that rounds to nothing is less than 1, not 0."""
    percent = round(share * 100)
    return "<1" if share > 0 and not percent else str(percent)
