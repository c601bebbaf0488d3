"""Planning problems of the shipped catalogues: what organisations that are made up at random would plan.

They have 30 to 4,000 people, for whom one sheet answers all seven dimensions; each dimension has a tendency
of its own, and answers scatter about it. Capacity and budget are about half of what all that fits would
take, in eight quarters, and the aim is the level after today's. Everything follows from the seed.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from cxmaturity import assess, load
from cxmaturity.engagement import Engagement
from cxmaturity.plugins import Plugins, Selection, load_plugins
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Capacity, Target
from cxmaturity.roadmap.posing import Situation, pose
from cxmaturity.roadmap.problem import Problem
from cxmaturity.roadmap.projection import Projector

QUARTERS = 8
QUESTIONNAIRES = ("customer-centricity", "customer-journey", "customer-understanding")


def problem(seed: int) -> Problem:
    """What one organisation would plan."""
    rng = Random(seed)  # noqa: S311 - made-up organisations are no secrets
    people = round(10 ** rng.uniform(1.5, 3.6))
    with TemporaryDirectory() as name:
        folder = Path(name)
        questions = _written(folder, people, {}).workspace.questionnaire
        engagement = _written(folder, people, _answers(rng, questions))
        assessment = assess(engagement)
    posed = pose(_situation(engagement, assessment)).problem
    days, money = sum(task.days for task in posed.tasks), sum(task.cost for task in posed.tasks)
    return replace(
        posed,
        days=(float(round(days * rng.uniform(0.4, 0.6) / QUARTERS)),) * QUARTERS,
        budget=round(money * rng.uniform(0.4, 0.6), -3),
    )


@cache
def _plugins() -> Plugins:
    return load_plugins(Selection(third_party=False))


def _written(folder: Path, people: int, answers: dict[str, int]) -> Engagement:
    """The workspace, loaded."""
    organisation = {"name": "Made up", "employees": people, "departments": max(1, min(20, people // 40))}
    content: dict[str, Any] = {
        "organisation": organisation,
        "questionnaire": list(QUESTIONNAIRES),
        "responses": ["answers.yaml"],
    }
    # JSON is YAML
    (folder / "assessment.yaml").write_text(json.dumps(content), encoding="utf-8")
    people_asked = {"respondents": [{"id": "r01", "answers": answers}]}
    (folder / "answers.yaml").write_text(json.dumps(people_asked), encoding="utf-8")
    return load(folder, plugins=_plugins())


def _answers(rng: Random, questionnaire: Questionnaire) -> dict[str, int]:
    """The position of an option for each question that has some."""
    answers = {}
    for dimension in questionnaire.dimensions:
        tendency = rng.uniform(0.1, 0.6)
        for practice in dimension.practices:
            for question in practice.questions:
                last = len(question.answers.options) - 1
                if last > 0:
                    chosen = round(rng.gauss(tendency, 0.2) * last)
                    answers[question.id] = 1 + min(max(chosen, 0), last)
    return answers


def _situation(engagement: Engagement, assessment: Assessment) -> Situation:
    """All that fits, with room for everything: how much of it there is says what capacity is about half."""
    projector = Projector(assessment, engagement.plugins, engagement.workspace.may_cap)
    capacity = Capacity("2027-01", (1e6,) * QUARTERS)
    target = Target(min(5, (assessment.overall.level or 1) + 1))
    return Situation(assessment, projector, engagement.catalogue, capacity, target)
