"""The weighted mean of scores that exist: how practices make a dimension and dimensions the whole."""

from __future__ import annotations

from collections.abc import Mapping

from cxmaturity.api import Contribution, Message, Score


def weighted_contributions(
    values: Mapping[str, float], weights: Mapping[str, float]
) -> tuple[Contribution, ...]:
    """What each value adds to the weighted mean of all of them; empty when no weight is left.

    A weight of 0 is 0: the part is left out. Parts without a value are not in ``values``, so that
    they have no share in the denominator either.
    """
    counted = {part: value for part, value in values.items() if weights[part] > 0}
    whole = sum(weights[part] for part in counted)
    return tuple(Contribution(part, value, weights[part] / whole) for part, value in counted.items())


def combine_scores(parts: Mapping[str, Score]) -> Score:
    """The weighted mean of the parts that have a value, or no value with the reason.

    ``parts`` maps an id to its score, which carries its weight.
    """
    values = {part: score.value for part, score in parts.items() if score.value is not None}
    contributions = weighted_contributions(values, {part: score.weight for part, score in parts.items()})
    if not contributions:
        return Score(None, reason=Message("reason.nothing-scored" if not values else "reason.no-weight"))
    return Score(sum(contribution.points for contribution in contributions), contributions)
