"""Asks the solver for a plan, and takes none that breaks a rule."""

from __future__ import annotations

from cxmaturity.roadmap.checking import faults, holds
from cxmaturity.roadmap.formulation import Formulation, Objective
from cxmaturity.roadmap.milp import Limits, Outcome
from cxmaturity.roadmap.problem import Problem, Start


def ask(
    problem: Problem, objective: Objective, by: int | None, limits: Limits
) -> tuple[Outcome, Start | None]:
    """What the search came to, and the best plan that it found, if any.

    With ``by``, one for which the target holds at that point. Raises ``AssertionError`` where the plan
    breaks a rule: a bug of ours.
    """
    formulation = Formulation(problem, objective)
    formulation.limit()
    if by is not None:
        formulation.reach(problem.target, by)
    outcome = formulation.program.solve(limits)
    plan = formulation.plan(outcome)
    broken = list(faults(problem, plan)) if plan is not None else []
    if broken:
        raise AssertionError(f"the solver's plan breaks its own rules: {'; '.join(broken)}")
    if plan is not None and by is not None and not holds(problem, plan, by):
        plan = None  # it does so within the solver's tolerance, and not within ours
    return outcome, plan
