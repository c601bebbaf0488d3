"""A projection is what an assessment would give, had the answers been raised so."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from cxmaturity.engagement import Engagement
from cxmaturity.result import Assessment
from cxmaturity.roadmap.projection import Projector

Judged = tuple[Engagement, Assessment]
MEANING = "culture.meaning"
LOYALTY = "retention.loyalty-and-value"
INSIGHT = "retention.churn-insight"

CUSTOMERS = "id,joined,left\na,2020-01-01,\nb,2020-01-01,2026-05-01\n"
MEASURED: dict[str, Any] = {
    "as_of": "2026-10-31",
    "evidence": {
        "customers": {
            "source": "evidence/customers.csv",
            "columns": {"customer": "id", "since": "joined", "until": "left"},
        }
    },
    "bands": {"churn-rate": {"basis": "the board", "levels": {"2": 0.5, "3": 0.2, "4": 0.1, "5": 0.05}}},
}
"""Churn of 1 in 2: level 2."""


def on_the_options(text: str) -> str:
    """The questionnaire with levels that start where the five options lie, so that a lift is an answer."""
    for number, minimum in ((2, 1.8), (3, 2.6), (4, 3.4), (5, 4.2)):
        text = text.replace(f"minimum: {minimum}", f"minimum: {number}.0")
    return text


def answers(culture: int, loyalty: int) -> dict[str, Any]:
    return {
        "culture.meaning.same": culture,
        "retention.loyalty-and-value.scheme": loyalty,
        "retention.churn-insight.known": True,
    }


def standing(each: Any) -> tuple[Any, ...]:
    caps = tuple((cap.source, cap.limit) for cap in each.caps)
    return each.id, each.score, each.level, each.uncapped_level, caps, each.measured


def everything(overall: Any, dimensions: Any) -> list[tuple[Any, ...]]:
    practices = [practice for dimension in dimensions for practice in dimension.practices.values()]
    return [standing(each) for each in (overall, *dimensions, *practices)]


def judged_with(judge: Callable[..., Judged], given: dict[str, Any], *, measured: bool) -> Judged:
    # a questionnaire in which every question but one is left out gives whole coverage
    def edit(text: str) -> str:
        return on_the_options(text)

    full = {
        **given,
        "retention.loyalty-and-value.effort": "n/a",
        "retention.churn-insight.ways": "n/a",
        "retention.churn-insight.share": "n/a",
    }
    if measured:
        return judge(full, edit, MEASURED, {"evidence/customers.csv": CUSTOMERS})
    return judge(full, edit)


@pytest.mark.parametrize("measured", [False, True])
@pytest.mark.parametrize(("culture", "loyalty"), [(1, 1), (2, 4), (4, 2)])
def test_a_projection_equals_the_assessment_of_answers_raised_so(
    *, culture: int, loyalty: int, measured: bool, judge: Callable[..., Judged]
) -> None:
    engagement, assessment = judged_with(judge, answers(culture, loyalty), measured=measured)
    projector = Projector(assessment, engagement.plugins)
    for first, second in product((2, 3, 5), repeat=2):
        projected = projector.project({MEANING: first, LOYALTY: second})
        raised = answers(max(culture, first), max(loyalty, second))
        _, expected = judged_with(judge, raised, measured=measured)
        assert everything(projected.overall, projected.dimensions) == everything(
            expected.overall, expected.dimensions
        )


def test_without_lifts_it_is_the_assessment_itself(judge: Callable[..., Judged]) -> None:
    engagement, assessment = judged_with(judge, answers(2, 4), measured=True)
    projected = Projector(assessment, engagement.plugins).project({})
    assert everything(projected.overall, projected.dimensions) == everything(
        assessment.overall, assessment.dimensions
    )


def test_measured_caps_stay_or_follow(judge: Callable[..., Judged]) -> None:
    engagement, assessment = judged_with(judge, answers(5, 3), measured=True)
    projector = Projector(assessment, engagement.plugins)
    today, followed = (
        projector.project({LOYALTY: 5}, caps_follow=follows).dimensions[1].practices[LOYALTY]
        for follows in (False, True)
    )
    assert (today.score, today.level, today.measured) == (5.0, 3, 2.0)  # measured level 2, so at most 3
    assert (followed.score, followed.level, followed.measured) == (5.0, 5, 5.0)


def test_a_lift_below_the_score_changes_nothing(judge: Callable[..., Judged]) -> None:
    engagement, assessment = judged_with(judge, answers(5, 4), measured=False)
    projected = Projector(assessment, engagement.plugins).project({MEANING: 2, LOYALTY: 2})
    assert projected.overall.score == assessment.overall.score


def test_what_was_not_assessed_stays_so(judge: Callable[..., Judged]) -> None:
    engagement, assessment = judge({"retention.loyalty-and-value.scheme": 2})
    projected = Projector(assessment, engagement.plugins).project({MEANING: 5, INSIGHT: 5, LOYALTY: 2})
    assert projected.dimensions[0].score is None
    assert projected.dimensions[1].practices[INSIGHT].score is None
    assert projected.overall.score == 2.0


def test_nothing_assessed_projects_to_nothing(judge: Callable[..., Judged]) -> None:
    engagement, assessment = judge({})
    projector = Projector(assessment, engagement.plugins)
    assert projector.project({MEANING: 5}).overall.score is None
    assert projector.score({}) == 0.0
