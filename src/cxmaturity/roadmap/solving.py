"""The two questions: the most maturity under the capacity, and the target at the soonest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic

from cxmaturity.roadmap.checking import faults, reached_at, worth
from cxmaturity.roadmap.formulation import Formulation
from cxmaturity.roadmap.milp import Limits
from cxmaturity.roadmap.problem import Problem, Start

ENOUGH = Limits()


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan, and how good it is known to be.

    ``worth`` is what is maximised (:func:`cxmaturity.roadmap.checking.worth`), ``gap`` how much more might be
    possible, as a part of it: 0 is proven to be the best. ``reached`` is the first point at which the
    target holds, ``None`` if it holds at none or there is none. ``sure`` is false where the search ended
    before it was proven that the target cannot be reached earlier.
    """

    start: Start
    worth: float
    gap: float
    reached: int | None = None
    sure: bool = True


def most(problem: Problem, *, by: int | None = None, limits: Limits = ENOUGH) -> Solution | None:
    """The plan that is worth most; with ``by``, among those for which the target holds at that point.

    ``None`` where there is no such plan, or none was found within the limits.
    """
    formulation = Formulation(problem)
    formulation.limit()
    if by is not None:
        formulation.reach(problem.target, by)
    outcome = formulation.program.solve(limits)
    plan = formulation.plan(outcome)
    if plan is None:
        return None
    broken = list(faults(problem, plan))
    if broken:
        raise AssertionError(f"the solver's plan breaks its own rules: {'; '.join(broken)}")
    reached = reached_at(problem, plan) if problem.target else None
    return Solution(plan, worth(problem, plan), outcome.gap, reached)


def soonest(problem: Problem, *, limits: Limits = ENOUGH) -> Solution | None:
    """The plan for which the target holds at the earliest point, and of those plans the one worth most.

    One point after the other is tried, which is quicker than to have the solver look for the earliest.
    ``None`` where the target holds at no point, or none was found within the limits.
    """
    end, sure = monotonic() + limits.seconds, True
    for point in range(problem.quarters + 1):
        possible = can_reach(problem, point, limits=_left(limits, end))
        if possible:
            found = most(problem, by=point, limits=_left(limits, end))
            if found is not None:
                return replace(found, sure=sure)
        sure = sure and possible is False
    return None


def can_reach(problem: Problem, point: int, *, limits: Limits = ENOUGH) -> bool | None:
    """Whether there is a plan for which the target holds at a point; ``None``: not found out."""
    formulation = Formulation(problem, gains=False)
    formulation.limit()
    formulation.reach(problem.target, point)
    outcome = formulation.program.solve(limits)
    return outcome.values is not None if outcome.values is not None or outcome.proven else None


def _left(limits: Limits, end: float) -> Limits:
    return replace(limits, seconds=end - monotonic())
