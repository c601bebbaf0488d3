"""Bands: which level a metric's value amounts to."""

from __future__ import annotations

from collections.abc import Mapping

from cxmaturity.scoring.scale import LOWEST_LEVEL


def band_of(value: float, thresholds: Mapping[int, float], *, higher_is_better: bool) -> int:
    """The highest level whose threshold the value reaches; 1 if it reaches none.

    ``thresholds`` maps levels 2 to 5 to the value that is just good enough, inclusive. As there is
    one threshold between neighbouring levels, there are no gaps.
    """
    reached = [
        level
        for level, threshold in thresholds.items()
        if (value >= threshold if higher_is_better else value <= threshold)
    ]
    return max(reached, default=LOWEST_LEVEL)
