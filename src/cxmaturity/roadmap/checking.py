"""Whether a plan keeps to every rule, and what it is worth: from the plan alone, without the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cxmaturity.roadmap.problem import DISCOUNT, TIE, Need, Problem, Start, Task

TOLERANCE = 1e-6
"""Person-days and EUR: less than this over a limit is rounding."""
_LEAST = 1e-9


def faults(problem: Problem, plan: Start) -> Iterator[str]:
    """Each rule that a plan breaks, in words for whoever mends the solver."""
    chosen = {task.id: task for task in problem.tasks if task.id in plan}
    for name in plan.keys() - chosen.keys():
        yield f"{name} is no task"
    for task in problem.tasks:
        if task.required and task.id not in plan:
            yield f"{task.id} is required and missing"
    for name, task in chosen.items():
        yield from _faults_of(problem, plan, chosen, name, task)
    for skill, capacities in problem.capacities:
        for quarter, capacity in enumerate(capacities):
            if load(problem, plan, quarter, skill) > capacity + TOLERANCE:
                yield f"quarter {quarter} is over its days of {skill or 'everybody'}"
    if problem.budget is not None and cost(problem, plan) > problem.budget + TOLERANCE:
        yield "the budget is overspent"


def _faults_of(
    problem: Problem, plan: Start, chosen: Mapping[str, Task], name: str, task: Task
) -> Iterator[str]:
    start = plan[name]
    if task.start is None and start < 0:
        yield f"{name} starts before the plan"
    if task.start is not None and start != task.start:
        yield f"{name} does not start when it must"
    if start + task.quarters > problem.quarters:
        yield f"{name} does not end within the plan"
    ids = {each.id for each in problem.tasks}
    for need in task.needs:
        if need in ids and (need not in chosen or plan[need] + chosen[need].quarters > start):
            yield f"{name} starts before {need} has ended"
    for other in task.excludes:
        if other in chosen:
            yield f"{name} and {other} exclude each other"


def load(problem: Problem, plan: Start, quarter: int, skill: str | None = None) -> float:
    """The person-days that a plan takes in a quarter, in all or of one skill."""
    return sum(task.load(skill) for task in running(problem, plan, quarter))


def running(problem: Problem, plan: Start, quarter: int) -> Iterator[Task]:
    """What a plan does in a quarter."""
    for task in problem.tasks:
        if task.id in plan and plan[task.id] <= quarter < plan[task.id] + task.quarters:
            yield task


def cost(problem: Problem, plan: Start) -> float:
    """EUR that a plan takes from the budget; what was under way before was paid before."""
    return sum(task.cost for task in problem.tasks if plan.get(task.id, -1) >= 0)


def lifted(problem: Problem, plan: Start, point: int) -> dict[str, float]:
    """The score to which each practice has been lifted by a point."""
    ended = (
        task.lifts for task in problem.tasks if task.id in plan and plan[task.id] + task.quarters <= point
    )
    return problem.raised(ended)


def holds(problem: Problem, plan: Start, point: int) -> bool:
    """Whether the target holds at a point."""
    reached = lifted(problem, plan, point)
    return all(fulfilled(need, reached) for need in problem.target)


def fulfilled(need: Need, reached: Mapping[str, float]) -> bool:
    """Whether a condition of the target holds with practices lifted to these scores."""
    return need.sum.value(reached) >= need.least - _LEAST


def reached_at(problem: Problem, plan: Start) -> int | None:
    """The first point at which the target holds; ``None``: at none."""
    points = range(problem.quarters + 1)
    return next((point for point in points if holds(problem, plan, point)), None)


def gained(problem: Problem, plan: Start, *, discount: float = 0.0) -> float:
    """Level-quarters: Σ over the points after the first of what maturity has gained by then.

    Each quarter of waiting takes ``discount`` off, so that point ``t`` counts (1 − discount)^(t − 1).
    """
    today = problem.maturity.value({})
    return sum(
        (1 - discount) ** (point - 1) * (problem.maturity.value(lifted(problem, plan, point)) - today)
        for point in range(1, problem.quarters + 1)
    )


def worth(problem: Problem, plan: Start) -> float:
    """What the most maturity is measured by: discounted level-quarters, less TIE × effort.

    So between plans that gain alike the one with less effort is taken.
    """
    return gained(problem, plan, discount=DISCOUNT) - TIE * effort(problem, plan)


def effort(problem: Problem, plan: Start) -> float:
    """What the least effort is measured by: person-days; far behind, and alike, cost and lateness.

    Share of all days + share of all cost ÷ 100 + lateness ÷ 100, where lateness is the mean over all tasks
    of start ÷ quarters.
    """
    days = _share(sum(task.days for task in problem.tasks if task.id in plan), problem, "days")
    paid = _share(sum(task.cost for task in problem.tasks if task.id in plan), problem, "cost")
    late = sum(max(start, 0) for start in plan.values()) / max(1, problem.quarters * len(problem.tasks))
    return days + paid / 100 + late / 100


def _share(amount: float, problem: Problem, of: str) -> float:
    whole = sum(getattr(task, of) for task in problem.tasks)
    return float(amount / whole) if whole else 0.0
