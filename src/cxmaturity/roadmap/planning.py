"""Makes the roadmap: asks the solver, scores its plan by the plugins' own rules, says what binds."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, partial
from math import inf
from time import monotonic

from cxmaturity.api import Message
from cxmaturity.plugins import describe
from cxmaturity.result import OVERALL
from cxmaturity.roadmap.asking import answer
from cxmaturity.roadmap.checking import worth
from cxmaturity.roadmap.consistency import behind
from cxmaturity.roadmap.describing import describe_plan
from cxmaturity.roadmap.formulation import Formulation
from cxmaturity.roadmap.milp import Limits
from cxmaturity.roadmap.model import (
    Aim,
    Capacity,
    LeftOut,
    Prospect,
    Recommendation,
    Roadmap,
    Shortage,
    Status,
    Target,
    timely,
)
from cxmaturity.roadmap.ordering import order
from cxmaturity.roadmap.posing import Posed, Situation, pose
from cxmaturity.roadmap.problem import Problem, Start
from cxmaturity.roadmap.projection import Projector
from cxmaturity.roadmap.quarters import last_day, quarter_bounds
from cxmaturity.roadmap.rejecting import left_out
from cxmaturity.roadmap.shortfall import (
    MORE_QUARTERS,
    beyond,
    binding,
    least,
    more_time,
    obstacles,
    ways,
    with_time,
)
from cxmaturity.roadmap.solving import Solution, can_reach, left, most, soonest

SEARCH = Limits(seconds=60.0, steps=200)
"""Steps end a search at the same plan on every machine; seconds are for where that takes too long."""
LOOK = Limits(seconds=10.0, steps=100)
"""For what is asked beside the plan."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a plan is to answer: the target at the soonest, where there is one, or the most maturity."""

    target: Target = field(default_factory=Target)
    aim: Aim = "target"
    limits: Limits = SEARCH


@dataclass(frozen=True, slots=True)
class Found:
    """The solver's answer to a question.

    ``problem`` is the one that was solved: with customer data as it is, or ``needs_data`` that follows.
    """

    problem: Problem
    solution: Solution
    aim: Aim
    deadline: int
    dropped: tuple[str, ...] = ()
    needs_data: bool = False

    @property
    def in_time(self) -> bool:
        """Whether the target is reached by its date, with customer data as it is today."""
        return timely(self.solution.reached, self.deadline) and not self.needs_data

    @property
    def status(self) -> Status:
        """What is known of the plan."""
        if self.aim == "target" and not self.in_time:
            return "infeasible"
        return "optimal" if self.solution.gap == 0 and self.solution.sure else "feasible"


def plan(situation: Situation, question: Question) -> Roadmap:
    """The roadmap; without a capacity the recommendations in the order in which they pay."""
    posed = pose(situation)
    roadmap = _planned(situation, posed, question) if situation.planned else _in_order(situation, posed)
    return replace(roadmap, warnings=failures(situation.projector))


def find(posed: Posed, situation: Situation, question: Question) -> Found:
    """Ask the solver; what must be done and does not fit is dropped first, as little of it as can be."""
    end = monotonic() + question.limits.seconds
    kept = _kept(posed.problem, situation.decisions.under_way)
    dropped = tuple(task.id for task in posed.problem.tasks if task.required and task.id not in kept)
    today, follows = (_without_demand(each, dropped) for each in (posed.problem, posed.follows))
    deadline = deadline_of(question.target, situation.capacity)
    aim: Aim = "target" if question.aim == "target" and today.target else "maturity"
    if aim == "target":
        for problem in (today, follows) if follows != today else (today,):
            solution = soonest(problem, limits=left(question.limits, end))
            if solution is not None:
                return Found(problem, solution, aim, deadline, dropped, needs_data=problem is follows)
    solution = most(today, limits=left(question.limits, end))
    solution = solution or Solution(kept, worth(today, kept), inf, sure=False)
    if aim == "target":
        never = can_reach(follows, follows.quarters, limits=LOOK) is False
        solution = replace(solution, sure=never)
    return Found(today, solution, aim, deadline, dropped)


def deadline_of(target: Target, capacity: Capacity) -> int:
    """The point that holds on the target's last day: by default the end of the plan."""
    if target.by is None:
        return capacity.quarters
    day = last_day(target.by)
    bounds = quarter_bounds(capacity.start, capacity.quarters)
    return next((number for number, (_, end) in enumerate(bounds) if day <= end), capacity.quarters)


def _kept(problem: Problem, under_way: Container[str]) -> Start:
    """A plan with what is under way, and as many as possible of the other tasks that must be done."""
    required = [task for task in problem.tasks if task.required]
    if not required:
        return {}
    pinned = [task for task in required if task.id not in under_way]
    formulation = Formulation(_without_demand(problem, tuple(task.id for task in pinned)), "any")
    formulation.limit()
    for task in pinned:
        chosen = formulation.chosen(task)
        if chosen is not None:
            formulation.program.gains[chosen] = 1.0
    _, plan = answer(formulation, None, LOOK)
    begun = {task.id: task.start or 0 for task in required if task.id in under_way}
    return begun if plan is None else plan


def _without_demand(problem: Problem, names: tuple[str, ...]) -> Problem:
    """The problem with some tasks that need not be done."""
    if not names:
        return problem
    tasks = tuple(replace(task, required=False) if task.id in names else task for task in problem.tasks)
    return replace(problem, tasks=tasks)


def _in_order(situation: Situation, posed: Posed) -> Roadmap:
    placed = order(posed.problem)
    ended = {task.id: -task.quarters for task in posed.problem.tasks if task.id in placed}
    rejected = left_out(posed.problem, ended, posed, ())
    roadmap = describe_plan(situation, posed, dict.fromkeys(placed))
    return replace(roadmap, left_out=_sorted((*posed.left_out, *rejected)))


def _planned(situation: Situation, posed: Posed, question: Question) -> Roadmap:
    found = find(posed, situation, question)
    roadmap = describe_plan(situation, posed, found.solution.start)
    rejected = left_out(found.problem, found.solution.start, posed, found.dropped)
    titles = situation.titles
    needed = found.solution.needed
    return replace(
        roadmap,
        initiatives=tuple(
            replace(each, needed=each.recommendation.id in needed) for each in roadmap.initiatives
        ),
        left_out=_sorted((*posed.left_out, *rejected)),
        capacity=situation.capacity,
        aim=found.aim,
        status=found.status,
        gap=found.solution.gap,
        prospect=_prospect(situation, posed, found) if found.problem.target else None,
        binding=tuple(_binding(found.problem)),
        held=tuple(titles[name] for name in posed.held),
    )


def _sorted(rejected: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    return tuple(sorted(rejected, key=lambda each: each.recommendation.id))


def _binding(problem: Problem) -> Iterator[Message]:
    for name in binding(problem):
        kind, _, skill = name.partition(":")
        yield Message(f"binding.{kind}", {"skill": skill})


def _prospect(situation: Situation, posed: Posed, found: Found) -> Prospect:
    """What becomes of the target, and what would change that."""
    reached, deadline = found.solution.reached, found.deadline
    prospect = Prospect(situation.target, reached, deadline, found.needs_data, found.solution.sure)
    if found.aim != "target":
        return prospect
    held = {*posed.held, *((OVERALL,) if posed.held else ())}
    everything = _lasting(situation, situation.capacity.quarters + MORE_QUARTERS).problem
    blocked = tuple(obstacles(everything, situation.titles, _forbidden(posed.left_out), held))
    if blocked and not found.needs_data:
        return replace(prospect, obstacles=blocked)
    wanted = deadline if reached is None or reached > deadline else reached - 1
    if wanted < 0:
        return prospect
    single, several = _additions(situation, found, wanted, timely=prospect.in_time)
    capacity = situation.capacity
    return replace(
        prospect,
        ways_at=wanted,
        ways=tuple(beyond(each, found.problem, capacity) for each in single),
        together=tuple(beyond(each, found.problem, capacity) for each in several),
        obstacles=blocked,
    )


def _additions(
    situation: Situation, found: Found, point: int, *, timely: bool
) -> tuple[tuple[Shortage, ...], tuple[Shortage, ...]]:
    """What each alone makes the target hold at a point; where nothing does, what does so together.

    To wait for a target that is reached in time is no way to have it sooner.
    """
    problem, quarters = found.problem, situation.capacity.quarters
    lasting = cache(partial(_again, situation, found))
    single = tuple(ways(problem, point, LOOK))
    if not timely:
        single += tuple(more_time(lasting, quarters, point, LOOK))
    alone = len(problem.limits) == 1  # then to add to all limits is the single addition that was tried
    several = () if single or alone else least(problem, point, problem.limits, LOOK)
    if not (single or several or timely):
        several = with_time(lasting, quarters, point, LOOK)
    return single, several


def _lasting(situation: Situation, quarters: int) -> Posed:
    """What there is to plan with so many quarters, in which what is under way may come to its end."""
    return pose(replace(situation, capacity=situation.capacity.lasting(quarters)))


def _again(situation: Situation, found: Found, quarters: int) -> Problem:
    """The problem that was solved, with so many quarters."""
    posed = _lasting(situation, quarters)
    return _without_demand(posed.follows if found.needs_data else posed.problem, found.dropped)


def _forbidden(rejected: tuple[LeftOut, ...]) -> list[Recommendation]:
    """What is ruled out, and what is left out as it needs that."""
    forbidden = {each.recommendation.id for each in rejected if each.reason.key == "left-out.forbidden"}
    entries = [each.recommendation for each in rejected]
    needs = {entry.id: entry.prerequisites for entry in entries}
    return [entry for entry in entries if forbidden & {entry.id, *behind(entry.id, needs)}]


def failures(projector: Projector) -> tuple[Message, ...]:
    """The plugins that failed on a hypothetical score, in words."""
    return tuple(_failure(projector, dimension) for dimension in sorted(projector.failed))


def _failure(projector: Projector, dimension: str) -> Message:
    plugin = projector.plugins.named(str(projector.assessment.dimension(dimension).plugin))
    reason = f"planning {dimension}: {describe(projector.failed[dimension])}"
    values = {"plugin": plugin.name, "distribution": plugin.distribution, "reason": reason}
    return Message("warning.plugin-failed", values)
