"""How accessibility is scored: a chain, of which the weakest link counts most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cxmaturity.api import (
    Contribution,
    DimensionResult,
    Finding,
    Message,
    MetricResult,
    PracticeResult,
    Score,
    Scorer,
)

DIMENSION = "accessibility"
WEAKEST = 0.5
"""Which share of the dimension's score is that of its weakest practice."""
MUCH = 0.5
"""How many points the weakest practice must take from the score to be worth a finding."""


class AccessibilityScorer(Scorer):
    """Half the weighted mean of the practices, and half the weakest of them.

    A customer who can use the website but gets no help that reaches them has not been served, so a strong
    practice makes up for a weak one only in part. The halves are a convention of this plugin.
    """

    dimension = DIMENSION

    def combine(self, practices: Mapping[str, Score], metrics: Mapping[str, MetricResult]) -> Score:
        """The score, with the weakest practice's share made larger by half of the whole."""
        mean = super().combine(practices, metrics)
        if mean.value is None:
            return mean
        weakest = min(mean.contributions, key=lambda part: part.value).id  # of equal ones the first
        parts = tuple(
            Contribution(part.id, part.value, (1 - WEAKEST) * part.share + WEAKEST * (part.id == weakest))
            for part in mean.contributions
        )
        return Score(sum(part.points for part in parts), parts)

    def findings(self, result: DimensionResult) -> Iterable[Finding]:
        """What the weakest practice takes from the score, and how requests for help went."""
        weakest = weakest_practice(result)
        if weakest is not None and taken_by(weakest, result) >= MUCH:
            values = {
                "practice": weakest.title,
                "score": weakest.score,
                "taken": taken_by(weakest, result),
                "dimension": result.title,
            }
            yield Finding("gap", Message("northstar-accessibility.finding.weakest", values), weakest.id)
        rate = result.metrics.get("first-contact-rate")
        if rate is not None and rate.value is not None:
            values = {"n": rate.n, "solved": rate.parts["count"]}
            yield Finding("note", Message("northstar-accessibility.finding.help", values), rate.id)


def weakest_practice(result: DimensionResult) -> PracticeResult | None:
    """The practice that counts with the lowest score, of equal ones the first; none where one is hidden."""
    counted = [each for each in result.practices.values() if each.score is not None and each.weight > 0]
    if any(each.suppressed for each in result.practices.values()):
        return None
    return min(counted, key=lambda each: each.score or 0.0, default=None)


def taken_by(weakest: PracticeResult, result: DimensionResult) -> float:
    """How many points the dimension would have more if the weakest practice counted like the others."""
    if result.score is None or weakest.score is None:
        return 0.0
    # score = (1 − w) × mean + w × weakest, so mean − score = (score − weakest) × w ÷ (1 − w)
    return (result.score - weakest.score) * WEAKEST / (1 - WEAKEST)
