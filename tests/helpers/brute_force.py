"""Every plan of a small problem, one after the other: what the solver's answers are held against.

It is written from the rules alone and shares nothing with the product but the data classes and constants of
``cxmaturity.roadmap.problem``: not even a weighted sum's ``value`` is used. Six tasks in four quarters take a
twentieth of a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cxmaturity.roadmap.problem import DISCOUNT, TIE, Problem, Start, Task, WeightedSum

NEAR = 1e-6
"""Person-days and euros by which a limit may be passed: sums of thirds are not exact."""
NEAREST = 1e-9
"""The same for the target."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When tasks start, what the plan is worth and takes, and when the target first holds, if it does."""

    start: Start
    worth: float
    effort: float
    reached: int | None


@dataclass(frozen=True, slots=True)
class Answers:
    """The best plan among those that first reach the target at a point, by point; ``None`` is never."""

    best: Mapping[int | None, Plan]
    leanest: Mapping[int | None, Plan]
    """Likewise with the least effort."""

    def most(self, by: int | None = None) -> Plan | None:
        """The best plan of all, or of those that reach the target at a point or before."""
        fitting = [
            plan
            for reached, plan in self.best.items()
            if by is None or (reached is not None and reached <= by)
        ]
        return max(fitting, key=lambda plan: plan.worth, default=None)

    def soonest(self) -> Plan | None:
        """Of the plans that reach the target as early as any, the one with the least effort."""
        points = [reached for reached in self.leanest if reached is not None]
        return self.leanest[min(points)] if points else None


def answers(problem: Problem) -> Answers:
    """Try all plans."""
    best: dict[int | None, Plan] = {}
    leanest: dict[int | None, Plan] = {}
    for start in plans(problem):
        found = Plan(dict(start), worth(problem, start), effort(problem, start), reached(problem, start))
        if found.reached not in best or found.worth > best[found.reached].worth:
            best[found.reached] = found
        if found.reached not in leanest or found.effort < leanest[found.reached].effort:
            leanest[found.reached] = found
    return Answers(best, leanest)


# ------------------------------------------------------------------------------------- what a plan comes to


def value(weighted: WeightedSum, lifted: Mapping[str, float]) -> float:
    """The constant, and each weight times the higher of start and what the practice was lifted to."""
    total = weighted.constant
    for practice, part in weighted.parts.items():
        total += part.weight * max(part.start, lifted.get(practice, 0.0))
    return total


def lifted_at(problem: Problem, start: Start, point: int) -> dict[str, float]:
    """The highest minimum by practice among the lifts of tasks that have ended at a point."""
    lifted: dict[str, float] = {}
    for task in problem.tasks:
        if task.id in start and start[task.id] + task.quarters <= point:
            for practice, level in task.lifts.items():
                lifted[practice] = max(lifted.get(practice, 0.0), problem.minima[level - 1])
    return lifted


def worth(problem: Problem, start: Start) -> float:
    """Discounted level-quarters over doing nothing, less what breaks ties."""
    gained, before = 0.0, value(problem.maturity, {})
    for point in range(1, len(problem.days) + 1):
        now = value(problem.maturity, lifted_at(problem, start, point))
        gained += (1 - DISCOUNT) ** (point - 1) * (now - before)
    return gained - TIE * effort(problem, start)


def effort(problem: Problem, start: Start) -> float:
    """Shares of all days and, far behind, of all cost, and how late tasks start."""
    all_days, all_cost = (
        sum(task.days for task in problem.tasks),
        sum(task.cost for task in problem.tasks),
    )
    chosen = [task for task in problem.tasks if task.id in start]
    days = sum(task.days for task in chosen) / all_days if all_days else 0.0
    cost = sum(task.cost for task in chosen) / all_cost if all_cost else 0.0
    later = sum(max(0, quarter) for quarter in start.values())
    return days + cost / 100 + later / (len(problem.days) * max(1, len(problem.tasks))) / 100


def reached(problem: Problem, start: Start) -> int | None:
    """The first point at which every need of the target is met."""
    for point in range(len(problem.days) + 1):
        lifted = lifted_at(problem, start, point)
        if all(value(need.sum, lifted) >= need.least - NEAREST for need in problem.target):
            return point
    return None


# ----------------------------------------------------------------------------------------- what a plan may be


def violations(problem: Problem, start: Start) -> list[str]:
    """Every rule that a plan breaks, in words; an empty list means that it may be done."""
    tasks = {task.id: task for task in problem.tasks}
    unknown = [f"{name}: no such task" for name in start if name not in tasks]
    if unknown:
        return unknown
    missing = [f"{task.id}: required" for task in problem.tasks if task.required and task.id not in start]
    own = [wrong for name in start for wrong in _of_one(problem, tasks, start, tasks[name])]
    return missing + own + _over_capacity(problem, start) + _over_budget(problem, start)


def _of_one(problem: Problem, tasks: Mapping[str, Task], start: Start, task: Task) -> Iterator[str]:
    begin = start[task.id]
    if begin != task.start if task.start is not None else begin < 0:
        yield f"{task.id}: starts in {begin}, where it may not"
    if begin + task.quarters > len(problem.days):
        yield f"{task.id}: ends after the last quarter"
    for name in task.needs:
        if name in tasks and not (name in start and start[name] + tasks[name].quarters <= begin):
            yield f"{task.id}: needs {name} to have ended"
    for name in task.excludes:
        if name in start:
            yield f"{task.id}: excludes {name}"


def _over_capacity(problem: Problem, start: Start) -> list[str]:
    over = []
    for quarter in range(len(problem.days)):
        running = [
            task
            for task in problem.tasks
            if task.id in start and start[task.id] <= quarter < start[task.id] + task.quarters
        ]
        if sum(task.days / task.quarters for task in running) > problem.days[quarter] + NEAR:
            over.append(f"quarter {quarter}: too many days")
        for skill, capacity in problem.skills.items():
            used = sum(task.skills.get(skill, 0.0) / task.quarters for task in running)
            if used > capacity[quarter] + NEAR:
                over.append(f"quarter {quarter}: too many days of {skill}")
    return over


def _over_budget(problem: Problem, start: Start) -> list[str]:
    spent = sum(task.cost for task in problem.tasks if start.get(task.id, -1) >= 0)
    return ["too expensive"] if problem.budget is not None and spent > problem.budget + NEAR else []


# -------------------------------------------------------------------------------- all that may be done


def plans(problem: Problem) -> Iterator[Start]:
    """All plans that break no rule; the dict is the same each time, so copy what you keep.

    A task is tried after those that it needs, so that no task that follows can mend what a plan breaks: it is
    not followed any further.
    """
    yield from _continued(problem, _in_order(problem.tasks), {})


def _continued(problem: Problem, rest: tuple[Task, ...], start: dict[str, int]) -> Iterator[Start]:
    if not rest:
        yield start
        return
    task = rest[0]
    if not task.required:
        yield from _continued(problem, rest[1:], start)
    for begin in (task.start,) if task.start is not None else range(len(problem.days)):
        start[task.id] = begin
        if _may_be_added(problem, start, task):
            yield from _continued(problem, rest[1:], start)
        del start[task.id]


def _may_be_added(problem: Problem, start: Start, task: Task) -> bool:
    tasks = {each.id: each for each in problem.tasks}
    excluded = any(task.id in tasks[name].excludes for name in start)
    return not (
        excluded
        or any(_of_one(problem, tasks, start, task))
        or _over_capacity(problem, start)
        or _over_budget(problem, start)
    )


def _in_order(tasks: tuple[Task, ...]) -> tuple[Task, ...]:
    ordered: dict[str, Task] = {}
    names = {task.id for task in tasks}
    while len(ordered) < len(tasks):
        ready = [
            task
            for task in tasks
            if task.id not in ordered and all(name in ordered for name in task.needs if name in names)
        ]
        if not ready:
            raise ValueError("tasks need each other in a circle")
        ordered |= {task.id: task for task in ready}
    return tuple(ordered.values())
