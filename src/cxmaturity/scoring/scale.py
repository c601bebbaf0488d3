"""The scale: fractions, scores and levels."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

SCALE_BOTTOM = 1.0
SCALE_SPAN = 4.0
LOWEST_LEVEL = 1
HIGHEST_LEVEL = 5

# A fraction may come from float32, whose neighbours lie 6e-8 apart; a score that reaches a level
# on paper must reach it here too.
_DECIMALS = 6


def score_of(fraction: float) -> float:
    """The score (1–5) of a fraction (0–1): ``1 + 4 × fraction``."""
    return SCALE_BOTTOM + SCALE_SPAN * fraction


def fraction_of(score: float) -> float:
    """The fraction (0–1) of a score (1–5): ``(score − 1) ÷ 4``."""
    return (score - SCALE_BOTTOM) / SCALE_SPAN


def shown(score: float, decimals: int = 1) -> float:
    """A score as it is shown: one decimal, rounded down; or more where one would not tell two apart.

    Rounded to the nearest, 3.39 would print as the 3.4 at which the next level begins.
    """
    tens = 10.0**decimals
    return floor(round(round(score, _DECIMALS) * tens, _DECIMALS)) / tens  # 1.13 × 100 is 112.99999999999999


def shown_upper(score: float) -> float:
    """The upper end of an interval as it is shown: one decimal, rounded up."""
    return ceil(round(score, _DECIMALS) * 10) / 10


def shown_difference(first: float, second: float) -> float:
    """How far two scores are apart as they are shown, so that a reader who subtracts finds the same."""
    return round(shown(first) - shown(second), 1)


def level_of(score: float, minima: Sequence[float]) -> int:
    """The highest level whose inclusive minimum the score reaches.

    ``minima`` holds the minimum of level 1, 2, … in ascending order. As a level has only a lower
    limit and the next level starts where it ends, there are no gaps; below the first it is level 1.
    """
    rounded = round(score, _DECIMALS)
    return max(LOWEST_LEVEL, sum(1 for minimum in minima if rounded >= minimum))
