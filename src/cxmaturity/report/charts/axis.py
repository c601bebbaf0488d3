"""The 1–5 axis that score charts share."""

from __future__ import annotations

from dataclasses import dataclass

from cxmaturity.report.charts.shapes import Line, clamp, finite
from cxmaturity.report.charts.text import Text

LOWEST, HIGHEST = 1.0, 5.0
SCORES = (1, 2, 3, 4, 5)

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ScoreAxis:
    """A horizontal axis from score 1 at ``left`` to score 5 at ``right``."""

    left: float
    right: float

    def at(self, score: float) -> float:
        """Where a score stands."""
        return self.left + (score - LOWEST) / (HIGHEST - LOWEST) * (self.right - self.left)

    def grid(self, top: float, bottom: float) -> tuple[Line, ...]:
        """A line at each whole score."""
        return tuple(Line(self.at(score), top, self.at(score), bottom) for score in SCORES)

    def numbers(self, y: float) -> tuple[Text, ...]:
        """1 to 5, over or under the grid."""
        return tuple(
            Text(self.at(score), y, (str(score),), anchor="middle", tone="muted") for score in SCORES
        )

    def span(self, interval: Interval | None, y: float) -> Line | None:
        """An interval's line, cut at the axis's ends."""
        if interval is None:
            return None
        low, high = (clamp(finite(end, "an interval"), LOWEST, HIGHEST) for end in interval)
        return Line(self.at(low), y, self.at(high), y)


def checked_score(score: float | None) -> float | None:
    """The score; ``ValueError`` when it is a number that is not on the scale."""
    if score is None:
        return None
    if not LOWEST - 1e-6 <= finite(score, "a score") <= HIGHEST + 1e-6:
        raise ValueError(f"the score {score} does not lie between 1 and 5")
    return clamp(score, LOWEST, HIGHEST)


def checked_level(level: int | None) -> int | None:
    """The level; ``ValueError`` when there is no such level."""
    if level is not None and level not in SCORES:
        raise ValueError(f"there is no level {level}")
    return level
