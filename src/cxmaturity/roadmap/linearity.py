"""Whether a plugin's ``combine`` is a weighted sum of practices, found by asking it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from cxmaturity.api import DimensionResult
from cxmaturity.roadmap.problem import Position, WeightedSum
from cxmaturity.roadmap.projection import Projector

_ALIKE = 1e-6


def weights_of(projector: Projector, dimension: DimensionResult) -> dict[str, float] | None:
    """The points that a dimension's score gains per point of each scored practice.

    ``None`` where that is not one number per practice, whatever the others stand at, or where one is
    negative. ``combine`` is asked for each practice at each higher level alone, for each two at the
    highest, for all at once, and for all at a middling level; a rule that shows itself nowhere there
    is not found.
    """
    today = {name: each.score for name, each in dimension.practices.items() if each.score is not None}
    base = projector.combined(dimension, {})
    if base is None:
        return {}
    weights = {}
    for name, score in today.items():
        weight = _slope(projector, dimension, base, name, score)
        if weight is None:
            return None
        weights[name] = weight
    return weights if _adds_up(projector, dimension, today, base, weights) else None


def _slope(
    projector: Projector, dimension: DimensionResult, base: float, name: str, score: float
) -> float | None:
    """What one practice adds per point, if that is the same to each higher level."""
    slopes = []
    for level in (level for level in dimension.scale if level > score + _ALIKE):
        lifted = projector.combined(dimension, {name: level})
        if lifted is None:
            return None
        slopes.append((lifted - base) / (level - score))
    if any(slope < -_ALIKE or abs(slope - slopes[0]) > _ALIKE for slope in slopes):
        return None
    return max(0.0, slopes[0]) if slopes else 0.0


def _adds_up(
    projector: Projector,
    dimension: DimensionResult,
    today: Mapping[str, float],
    base: float,
    weights: Mapping[str, float],
) -> bool:
    """Whether several practices lifted together bring what they bring alone."""
    top, middle = dimension.scale[-1], dimension.scale[len(dimension.scale) // 2]
    trials: Sequence[dict[str, float]] = [
        *(dict.fromkeys(pair, top) for pair in combinations(today, 2)),
        dict.fromkeys(today, top),
        dict.fromkeys(today, middle),
    ]
    for trial in trials:
        raised = {name: max(score, today[name]) for name, score in trial.items()}
        found = projector.combined(dimension, raised)
        expected = base + sum(weights[name] * (score - today[name]) for name, score in raised.items())
        if found is None or abs(found - expected) > _ALIKE:
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
