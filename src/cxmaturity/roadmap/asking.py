"""Asks the solver for a plan, and takes none that breaks a rule."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic

from cxmaturity.roadmap.checking import faults
from cxmaturity.roadmap.cutting import cuts
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
    return answer(_formulated(problem, objective, by), by, limits)


def answer(formulation: Formulation, by: int | None, limits: Limits) -> tuple[Outcome, Start | None]:
    """The same for a problem that has been formulated.

    A plan that keeps to a limit only within the solver's tolerance is ruled out, and another one searched.
    """
    end = monotonic() + limits.seconds
    while True:
        outcome = formulation.program.solve(replace(limits, seconds=end - monotonic()))
        plan = formulation.plan(outcome)
        rows = [] if plan is None else list(cuts(formulation, plan, by))
        for terms, limit in rows:
            formulation.program.at_most(terms, limit)
        if not rows:
            break
    broken = [] if plan is None else list(faults(formulation.problem, plan))
    if broken:
        raise AssertionError(f"the solver's plan breaks its own rules: {'; '.join(broken)}")
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
