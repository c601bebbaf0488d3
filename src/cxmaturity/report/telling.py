"""Which figures from customer data say most: those furthest from what people say of the same practice."""

from __future__ import annotations

from cxmaturity.api import MetricResult
from cxmaturity.result import Assessment


def most_telling(assessment: Assessment) -> tuple[MetricResult, ...]:
    """All metrics that were measured: those with a level first, the furthest from people's score on top."""
    scores = {practice.id: practice.score for practice in assessment.practices()}

    def place(metric: MetricResult) -> tuple[bool, float]:
        score = scores.get(metric.practice)
        gap = 0.0 if metric.band is None or score is None else abs(score - metric.band)
        return metric.band is None, -gap

    return tuple(sorted((each for each in assessment.metrics if each.value is not None), key=place))
