"""A projection is what an assessment would give, had the answers been raised so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import yaml

from cxmaturity import assess, load, plan
from cxmaturity.engagement import Engagement
from cxmaturity.plugins import Selection
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


def judged_with(
    judge: Callable[..., Judged], given: dict[str, Any], *, measured: bool, customers: str = CUSTOMERS
) -> Judged:
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
        return judge(full, edit, MEASURED, {"evidence/customers.csv": customers})
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


def test_customer_data_that_follows_is_customer_data_that_shows_it(judge: Callable[..., Judged]) -> None:
    engagement, assessment = judged_with(judge, answers(5, 3), measured=True)
    followed = Projector(assessment, engagement.plugins).project({LOYALTY: 4}, caps_follow=True)
    # churn of 1 in 10 is just good enough for level 4
    customers = "id,joined,left\n" + "".join(
        f"c{number},2020-01-01,{'2026-05-01' if number == 0 else ''}\n" for number in range(10)
    )
    _, expected = judged_with(judge, answers(5, 4), measured=True, customers=customers)
    assert [practice.measured for practice in expected.practices()] == [None, 4.0, None]
    assert everything(followed.overall, followed.dimensions) == everything(
        expected.overall, expected.dimensions
    )


DEMO = Path(__file__).parents[2] / "examples" / "demo"
MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)


def raised_to(lifts: Mapping[str, int], assessment: Assessment, folder: Path) -> Assessment:
    """The demo assessed once more, with a reviewer who has set the lifted practices."""
    file = folder / "assessment.yaml"
    content = yaml.safe_load((DEMO / "assessment.yaml").read_text(encoding="utf-8"))
    stands = {practice.id: practice.score for practice in assessment.practices()}
    content["overrides"] = {
        name: {"score": max(stands[name], MINIMA[level - 1]), "by": "Ana", "at": "2026-10-01", "why": "Done."}
        for name, level in lifts.items()
    }
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    return assess(load(folder, selection=Selection(third_party=False)))


def test_a_whole_roadmap_leads_where_an_assessment_would_find_it(tmp_path: Path) -> None:
    # everything that ships: all plugins with their caps, weights, and measured practices
    folder = tmp_path / "demo"
    copytree(DEMO, folder)
    engagement = load(folder, selection=Selection(third_party=False))
    assessment = assess(engagement)
    assert any(practice.measured is not None for practice in assessment.practices())
    roadmap = plan(engagement, assessment)
    assert len(roadmap.initiatives) > 5
    quarter = len(roadmap.periods) // 2
    for point, outlook in ((quarter, roadmap.periods[quarter].outlook), (None, roadmap.finally_)):
        ended = [each for each in roadmap.initiatives if point is None or (each.end or 0) < point]
        for projected, kind in ((outlook.projected, "lifts"), (outlook.low, "low")):
            lifts: dict[str, int] = {}
            for each in ended:
                for name, level in getattr(each, kind).items():
                    lifts[name] = max(level, lifts.get(name, 1))
            expected = raised_to(lifts, assessment, folder)
            found = everything(projected.overall, projected.dimensions)
            for one, other in zip(found, everything(expected.overall, expected.dimensions), strict=True):
                assert one == (other[0], pytest.approx(other[1], abs=1e-9), *other[2:])
