"""The two questions: the most maturity under the capacity, and the target at the soonest."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from math import inf, isfinite
from time import monotonic

from cxmaturity.roadmap.asking import ask, bound
from cxmaturity.roadmap.bettering import bettered
from cxmaturity.roadmap.checking import holds, reached_at, worth
from cxmaturity.roadmap.formulation import SCALE
from cxmaturity.roadmap.milp import ENOUGH, Limits, Outcome
from cxmaturity.roadmap.placing import place
from cxmaturity.roadmap.problem import Problem, Start

FOR_EARLIEST = 0.75
"""How much of the time the search for the earliest point may take, so that some is left where it fails."""


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan, and how good it is known to be.

    ``worth`` (:func:`cxmaturity.roadmap.checking.worth`) is what is maximised, ``gap`` how much more of it
    might be possible, as a part of it: 0 is proven to be the best, infinite says that nobody knows.
    ``reached`` is the first point at which the target holds, ``None`` if it holds at none or there is none;
    ``needed`` are the tasks that suffice for it. ``sure`` is false where the search ended before it was
    proven that the target cannot be reached earlier, or for less.
    """

    start: Start
    worth: float
    gap: float
    reached: int | None = None
    needed: frozenset[str] = frozenset()
    sure: bool = True


def most(
    problem: Problem, *, by: int | None = None, limits: Limits = ENOUGH, known: Start | None = None
) -> Solution | None:
    """The plan that is worth most; with ``by``, among those for which the target holds at that point.

    Half of the limits are for the proof; where that does not come, the other half is for a better plan.
    ``known`` is such a plan, to be bettered. ``None`` where there is no plan, or none was found within the
    limits.
    """
    end = monotonic() + limits.seconds
    half = Limits(limits.seconds / 2, limits.steps and limits.steps // 2)
    outcome, plan = ask(problem, "worth", by, half)
    if outcome.proven:
        return None if plan is None else Solution(plan, worth(problem, plan), 0.0, _reached(problem, plan))
    plans = [each for each in (plan, known, place(problem)) if each is not None]
    plans = [each for each in plans if by is None or holds(problem, each, by)]
    if not plans:
        return None
    best = max(plans, key=lambda each: worth(problem, each))
    best = bettered(problem, best, by, left(half, end))
    value = worth(problem, best)
    above = max(0.0, _bound(problem, by, outcome, left(half, end)) - value)
    gap = 0.0 if above == 0 else above / value if value > 0 else inf
    return Solution(best, value, gap, _reached(problem, best))


def _bound(problem: Problem, by: int | None, outcome: Outcome, limits: Limits) -> float:
    """What no plan's worth exceeds: as the search says, or where it found no plan, with parts of tasks."""
    if isfinite(outcome.bound):
        return outcome.bound / SCALE
    found = bound(problem, by, limits)
    return inf if found is None else found


def earliest(problem: Problem, *, limits: Limits = ENOUGH) -> Solution | None:
    """The plan for which the target holds at the earliest point, for the least effort, and nothing else.

    One point after the other is tried, which is quicker than to have the solver look for the earliest.
    ``None`` where the target holds at no point, or no such plan was found within the limits.
    """
    end, sure = monotonic() + limits.seconds, True
    for point in range(problem.quarters + 1):
        outcome, plan = ask(problem, "effort", point, left(limits, end))
        sure = sure and outcome.proven
        if plan is not None:
            value, reached = worth(problem, plan), _reached(problem, plan)
            return Solution(plan, value, 0.0, reached, _needed(problem, plan, reached or 0), sure)
    return None


def _needed(
    problem: Problem, plan: Start, point: int, rather: Container[str] = frozenset()
) -> frozenset[str]:
    """What of a plan suffices for the target at a point; where there is a choice, ``rather`` these."""
    needed = dict(plan)
    tasks = {task.id: task for task in problem.tasks if task.id in plan}
    # what builds on others starts later, and is left out before they are
    for name in sorted(plan, key=lambda each: (each in rather, -plan[each], each)):
        rest = {each: start for each, start in needed.items() if each != name}
        if not any(name in tasks[each].needs for each in rest) and holds(problem, rest, point):
            needed = rest
    return frozenset(needed)


def soonest(problem: Problem, *, limits: Limits = ENOUGH) -> Solution | None:
    """The earliest plan (:func:`earliest`), with what is worth most in the capacity that it leaves.

    ``gap`` is about the latter, ``sure`` about the former.
    """
    end = monotonic() + limits.seconds
    found = earliest(problem, limits=replace(limits, seconds=limits.seconds * FOR_EARLIEST))
    if found is None:
        return None
    return _filled(problem, found, replace(left(limits, end), steps=limits.steps and limits.steps // 2))


def _filled(problem: Problem, core: Solution, limits: Limits) -> Solution:
    """A plan with what the target needs, and what else is worth most beside it."""
    tasks = tuple(replace(task, required=task.required or task.id in core.needed) for task in problem.tasks)
    by = core.reached or 0
    found = most(replace(problem, tasks=tasks), by=by, limits=limits, known=core.start)
    if found is None:  # cannot be, as what is known is one
        raise AssertionError("a plan that was found has been lost")
    return replace(found, needed=_needed(problem, found.start, by, core.needed), sure=core.sure)


def _reached(problem: Problem, plan: Start) -> int | None:
    return reached_at(problem, plan) if problem.target else None


def can_reach(problem: Problem, point: int, *, limits: Limits = ENOUGH) -> bool | None:
    """Whether there is a plan for which the target holds at a point; ``None``: not found out."""
    outcome, plan = ask(problem, "any", point, limits)
    return plan is not None if plan is not None or outcome.proven else None


def left(limits: Limits, end: float) -> Limits:
    """The limits with as many seconds as there are before an end."""
    return replace(limits, seconds=end - monotonic())
