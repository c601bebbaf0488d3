"""Rules out plans that keep to a limit, or reach the target, only within the solver's tolerance.

The solver takes 0.9999997 for 1, which is ten cents of a budget of 300,000. Such a plan is cut off: of what
is too much together one thing has to go, and where the target is missed one thing more has to be lifted.
Plans that keep to all rules satisfy both. The former are cover inequalities; E. Balas, "Facets of the
Knapsack Polytope", Mathematical Programming 8 (1975), 146–164.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.roadmap.checking import TOLERANCE, cost, fulfilled, lifted, load, running
from cxmaturity.roadmap.formulation import Formulation
from cxmaturity.roadmap.milp import Term
from cxmaturity.roadmap.problem import Start

Row = tuple[list[Term], float]
"""Terms whose sum is at most a number."""


def cuts(formulation: Formulation, plan: Start, by: int | None) -> Iterator[Row]:
    """What the plan breaks and every good plan keeps; with ``by`` the target has to hold at that point."""
    yield from _overloads(formulation, plan)
    yield from _overspent(formulation, plan)
    if by is not None:
        yield from _misses(formulation, plan, by)


def _overloads(formulation: Formulation, plan: Start) -> Iterator[Row]:
    problem = formulation.problem
    for skill, capacities in problem.capacities:
        for quarter, capacity in enumerate(capacities):
            if load(problem, plan, quarter, skill) > capacity + TOLERANCE:
                together = [task for task in running(problem, plan, quarter) if task.load(skill)]
                terms = [term for task in together for term in formulation.running(task, quarter)]
                yield terms, len(together) - 1.0


def _overspent(formulation: Formulation, plan: Start) -> Iterator[Row]:
    problem = formulation.problem
    if problem.budget is not None and cost(problem, plan) > problem.budget + TOLERANCE:
        names = {formulation.chosen(task) for task in problem.tasks if task.id in plan}
        paid = [(1.0, variable) for amount, variable in formulation.cost() if amount and variable in names]
        yield paid, len(paid) - 1.0


def _misses(formulation: Formulation, plan: Start, by: int) -> Iterator[Row]:
    problem = formulation.problem
    reached = lifted(problem, plan, by)
    for need in problem.target:
        if not fulfilled(need, reached):
            more = [
                (-1.0, variable)
                for (practice, level, point), variable in formulation.lifted.items()
                if point == by
                and practice in need.sum.parts
                and reached.get(practice, 0.0) < problem.minima[level - 1]
            ]
            yield more, -1.0
