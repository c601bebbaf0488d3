"""Asks the solver for a plan, and takes none that breaks a rule."""

from __future__ import annotations

from cxmaturity.roadmap.checking import faults, holds
from cxmaturity.roadmap.formulation import SCALE, Formulation, Objective
from cxmaturity.roadmap.milp import ENOUGH, Limits, Outcome
from cxmaturity.roadmap.problem import Problem, Start


def ask(
    problem: Problem, objective: Objective, by: int | None, limits: Limits
) -> tuple[Outcome, Start | None]:
    """What the search came to, and the best plan that it found, if any.

    With ``by``, one for which the target holds at that point. Raises ``AssertionError`` where the plan
    breaks a rule: a bug of ours.
    """
    formulation = _formulated(problem, objective, by)
    outcome = formulation.program.solve(limits)
    plan = formulation.plan(outcome)
    broken = list(faults(problem, plan)) if plan is not None else []
    if broken:
        raise AssertionError(f"the solver's plan breaks its own rules: {'; '.join(broken)}")
    if plan is not None and by is not None and not holds(problem, plan, by):
        plan = None  # it does so within the solver's tolerance, and not within ours
    return outcome, plan


def bound(problem: Problem, by: int | None = None, limits: Limits = ENOUGH) -> float | None:
    """What no plan's worth exceeds, as one whose tasks may be done in part does not.

    ``None`` where there is no such plan either, or none was found within the limits.
    """
    found = _formulated(problem, "worth", by).program.bound(limits)
    return None if found is None else found / SCALE


def _formulated(problem: Problem, objective: Objective, by: int | None) -> Formulation:
    formulation = Formulation(problem, objective)
    formulation.limit()
    if by is not None:
        formulation.reach(problem.target, by)
    return formulation
