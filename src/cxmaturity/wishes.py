"""What a workspace asks of its plan, as the roadmap takes it."""

from __future__ import annotations

from dataclasses import dataclass, field

from cxmaturity.roadmap.model import Aim, Capacity, Decisions, Target
from cxmaturity.settings import AssessmentFile, CapacityFile


@dataclass(frozen=True, slots=True)
class Wish:
    """Capacity, target and decisions, and which of the two questions is asked."""

    capacity: Capacity | None = None
    target: Target = field(default_factory=Target)
    decisions: Decisions = field(default_factory=Decisions)
    aim: Aim = "target"


def wish_in(file: AssessmentFile) -> Wish:
    """What ``assessment.yaml`` asks."""
    target, plan = file.target, file.plan
    return Wish(
        _capacity(file.capacity) if file.capacity else None,
        Target(target.level, target.by, dict(target.dimensions)) if target else Target(),
        Decisions(dict(plan.pin), tuple(plan.forbid), dict(plan.done), dict(plan.under_way)),
    )


def _capacity(file: CapacityFile) -> Capacity:
    return Capacity(
        file.start,
        file.by_quarter(file.person_days),
        file.budget,
        {skill: file.by_quarter(days) for skill, days in file.skills.items()},
    )
