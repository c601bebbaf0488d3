"""What planning does with a third party's plugin that failed elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cxmaturity import assess, load, plan


def test_a_broken_catalogue_leaves_the_dimension_unassessed_in_the_result_and_in_the_plan(
    install: Callable[..., object], scorer: Callable[..., str], three: Callable[..., Path]
) -> None:
    body = """
        def combine(self, practices, metrics):
            return Score(1.25, (Contribution("accessibility.barriers", 1.25, 1.0),))
    """
    catalogue = """
        from pathlib import Path
        @hookimpl
        def cxmaturity_catalogues():
            return [Path("/nowhere/recommendations.yaml")]
    """
    install("acme", scorer(body, more=catalogue))
    engagement = load(three())
    assessment = assess(engagement)
    roadmap = plan(engagement, assessment)
    assert (assessment.dimensions[2].score, assessment.dimensions[2].plugin) == (None, "acme")
    assert roadmap.finally_.projected.dimensions[2].score is None
    before = assessment.overall.score
    assert roadmap.finally_.projected.overall.score is not None
    assert before is not None
    assert roadmap.finally_.projected.overall.score >= before
