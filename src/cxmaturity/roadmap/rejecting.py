"""Why a recommendation that fits is not on the roadmap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import inf

from cxmaturity.api import Message
from cxmaturity.roadmap.checking import TOLERANCE, cost, load
from cxmaturity.roadmap.model import LeftOut
from cxmaturity.roadmap.posing import Posed
from cxmaturity.roadmap.problem import Problem, Start, Task

_NOTHING = 1e-9

Capacities = Iterable[tuple[str | None, tuple[float, ...]]]
"""The person-days of each quarter, in all (``None``) or of a skill."""


def left_out(problem: Problem, plan: Start, posed: Posed, dropped: tuple[str, ...]) -> Iterator[LeftOut]:
    """Each task that is not in a plan, with the first reason that applies."""
    for task in problem.tasks:
        if task.id not in plan:
            yield LeftOut(
                posed.candidates[task.id].recommendation, _reason(problem, plan, posed, dropped, task)
            )


def _reason(problem: Problem, plan: Start, posed: Posed, dropped: tuple[str, ...], task: Task) -> Message:
    if task.id in dropped:
        return Message("left-out.pinned")
    return _ruled_out(problem, plan, posed, task) or _without_room(problem, plan, task)


def _ruled_out(problem: Problem, plan: Start, posed: Posed, task: Task) -> Message | None:
    """What keeps it out however much room there is."""
    by_id = {each.id: each for each in problem.tasks}
    titles = {name: each.recommendation.title for name, each in posed.candidates.items()}
    for other in plan:
        if task.apart(by_id[other]):
            return Message("left-out.excluded", {"title": titles[other]})
    if _gain(problem, plan, task) <= _NOTHING:
        return Message(f"left-out.{_worthless(problem, posed, task)}")
    missing = next((need for need in task.needs if need in by_id and need not in plan), None)
    return Message("left-out.prerequisite", {"title": titles[missing]}) if missing is not None else None


def _without_room(problem: Problem, plan: Start, task: Task) -> Message:
    """Which limit it does not fit into, by itself or beside the plan."""
    by_id = {each.id: each for each in problem.tasks}
    first = max((plan[need] + by_id[need].quarters for need in task.needs if need in by_id), default=0)
    if first + task.quarters > problem.quarters:
        long = task.quarters > problem.quarters
        return Message(f"left-out.{'time' if long else 'after'}", {"n": task.quarters})
    must = {each.id: plan[each.id] for each in problem.tasks if each.required and each.id in plan}
    left = _budget_left(problem, must)
    if task.cost > left + TOLERANCE:
        return Message("left-out.over-budget", {"cost": task.cost, "left": left})
    if too_much := _too_much(problem, must, task):
        return too_much
    left = _budget_left(problem, plan)
    if task.cost > left + TOLERANCE:
        return Message("left-out.budget", {"cost": task.cost, "left": left})
    if not _fits(problem, plan, task, first, problem.capacities):
        return Message("left-out.capacity", {"days": task.days, "n": task.quarters})
    return Message("left-out.outweighed")


def _budget_left(problem: Problem, plan: Start) -> float:
    """What a plan leaves of the budget."""
    return inf if problem.budget is None else max(0.0, problem.budget - cost(problem, plan))


def _too_much(problem: Problem, must: Start, task: Task) -> Message | None:
    """What of it finds room in no quarter, even beside nothing but what must be done."""
    if _fits(problem, must, task, 0, problem.capacities):
        return None
    alone = ((skill, _fits(problem, must, task, 0, [(skill, free)])) for skill, free in problem.capacities)
    skill = next((skill for skill, fits in alone if not fits), None)
    values = {"load": task.load(skill), "n": task.quarters, "skill": skill}
    return Message(f"left-out.over-{'days' if skill is None else 'skill'}", values)


def _gain(problem: Problem, plan: Start, task: Task) -> float:
    """What it would add to maturity once all of the plan is done."""
    done = [each.lifts for each in problem.tasks if each.id in plan]
    value = problem.maturity.value
    return value(problem.raised([*done, task.lifts])) - value(problem.raised(done))


def _worthless(problem: Problem, posed: Posed, task: Task) -> str:
    """Why it adds nothing: it is not weighed, does not count, or others bring as much."""
    dimensions = {practice.partition(".")[0] for practice in task.lifts}
    if dimensions and dimensions <= set(posed.held):
        return "held"
    counted = any(
        problem.maturity.parts[name].weight > 0 for name in task.lifts if name in problem.maturity.parts
    )
    return "no-gain" if counted else "no-points"


def _fits(problem: Problem, plan: Start, task: Task, first: int, capacities: Capacities) -> bool:
    """Whether these have room for it somewhere beside a plan as it is."""
    return any(
        all(
            load(problem, plan, quarter, skill) + task.load(skill) <= free[quarter] + TOLERANCE
            for skill, free in capacities
            for quarter in range(start, start + task.quarters)
        )
        for start in range(first, problem.quarters - task.quarters + 1)
    )
