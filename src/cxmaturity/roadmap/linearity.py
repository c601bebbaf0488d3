"""Whether a plugin's ``combine`` is a weighted sum of practices, found by asking it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from cxmaturity.api import DimensionResult
from cxmaturity.roadmap.problem import Position, WeightedSum
from cxmaturity.roadmap.projection import Projector
from cxmaturity.roadmap.selection import effective_score

_ALIKE = 1e-6


def weights_of(projector: Projector, dimension: DimensionResult) -> dict[str, float] | None:
    """The points that a dimension's score gains per point of each scored practice.

    ``None`` where that is not one number per practice, whatever the others stand at, or where one is
    negative. ``combine`` is asked for each practice at each higher level alone, for each two at the
    highest, for all at once, and for all at a middling level; a rule that shows itself nowhere there
    is not found. Higher is what is above the level at which customer data holds a practice, and that
    is asked for as well.
    """
    today = {name: each.score for name, each in dimension.practices.items() if each.score is not None}
    lowest = {name: effective_score(dimension.practices[name], dimension.scale) or 0.0 for name in today}
    base = projector.combined(dimension, {})
    if base is None:
        return {}
    asked = _Asked(projector, dimension, base, today, lowest)
    weights = {}
    for name in today:
        weight = asked.slope(name)
        if weight is None:
            return None
        weights[name] = weight
    return weights if asked.adds_up(weights) else None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A dimension that is asked for its score: ``base`` today, while a plan starts from ``lowest``."""

    projector: Projector
    dimension: DimensionResult
    base: float
    today: Mapping[str, float]
    lowest: Mapping[str, float]

    def slope(self, name: str) -> float | None:
        """What one practice adds per point, if that is the same to each higher level."""
        slopes = []
        lowest = self.lowest[name]
        for score in (lowest, *(level for level in self.dimension.scale if level > lowest + _ALIKE)):
            points = score - self.today[name]
            if abs(points) > _ALIKE:
                found = self.projector.combined(self.dimension, {name: score})
                if found is None:
                    return None
                slopes.append((found - self.base) / points)
        if any(slope < -_ALIKE or abs(slope - slopes[0]) > _ALIKE for slope in slopes):
            return None
        return max(0.0, slopes[0]) if slopes else 0.0

    def adds_up(self, weights: Mapping[str, float]) -> bool:
        """Whether several practices lifted together bring what they bring alone."""
        scale = self.dimension.scale
        trials: Sequence[dict[str, float]] = [
            *(dict.fromkeys(pair, scale[-1]) for pair in combinations(self.today, 2)),
            dict.fromkeys(self.today, scale[-1]),
            dict.fromkeys(self.today, scale[len(scale) // 2]),
        ]
        for trial in trials:
            raised = {name: max(score, self.lowest[name]) for name, score in trial.items()}
            found = self.projector.combined(self.dimension, raised)
            gains = sum(weights[name] * (score - self.today[name]) for name, score in raised.items())
            if found is None or abs(found - self.base - gains) > _ALIKE:
                return False
        return True


def score_sum(
    dimension: DimensionResult, weights: Mapping[str, float], starts: Mapping[str, float]
) -> WeightedSum:
    """A dimension's score as a sum over practices, counted from given starts."""
    scores = {name: dimension.practices[name].score or 0.0 for name in weights}
    constant = (dimension.score or 0.0) - sum(weight * scores[name] for name, weight in weights.items())
    return WeightedSum(
        {name: Position(weight, starts[name]) for name, weight in weights.items() if weight > 0}, constant
    )
