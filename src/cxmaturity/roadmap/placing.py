"""A plan at once: tasks in the order in which they pay, each as early as it fits. A start for the search."""

from __future__ import annotations

from collections.abc import Mapping

from cxmaturity.roadmap.checking import TOLERANCE, faults
from cxmaturity.roadmap.ordering import order
from cxmaturity.roadmap.problem import Problem, Start, Task


def place(problem: Problem) -> Start | None:
    """The plan, or ``None`` where what must be done does not fit in this way."""
    by_id = {task.id: task for task in problem.tasks}
    room = _Room(problem)
    plan: dict[str, int] = {}
    first = [task.id for task in problem.tasks if task.start is not None and task.required]
    for name in dict.fromkeys((*first, *order(problem))):
        task = by_id[name]
        start = next((each for each in _starts(problem, task, by_id, plan) if room.fits(task, each)), None)
        if start is not None:
            room.take(task, start)
            plan[name] = start
    return None if any(faults(problem, plan)) else plan


def _starts(problem: Problem, task: Task, by_id: Mapping[str, Task], plan: Start) -> range:
    """The quarters in which a task could start, given what is in the plan."""
    needs = [need for need in task.needs if need in by_id]
    excluded = any(task.apart(by_id[other]) for other in plan)
    if excluded or any(need not in plan for need in needs):
        return range(0)
    earliest = max((plan[need] + by_id[need].quarters for need in needs), default=0)
    latest = problem.quarters - task.quarters
    if task.start is None:
        return range(earliest, latest + 1)
    return range(task.start, task.start + 1 if task.start <= latest else task.start)


class _Room:
    """What is left of capacity and budget."""

    def __init__(self, problem: Problem) -> None:
        self._free = {skill: list(free) for skill, free in problem.capacities}
        self._budget = problem.budget

    def fits(self, task: Task, start: int) -> bool:
        if self._budget is not None and start >= 0 and task.cost > self._budget + TOLERANCE:
            return False
        return all(
            free[quarter] + TOLERANCE >= task.load(skill)
            for skill, free in self._free.items()
            for quarter in range(max(0, start), start + task.quarters)
        )

    def take(self, task: Task, start: int) -> None:
        if self._budget is not None and start >= 0:
            self._budget -= task.cost
        for skill, free in self._free.items():
            for quarter in range(max(0, start), start + task.quarters):
                free[quarter] -= task.load(skill)
