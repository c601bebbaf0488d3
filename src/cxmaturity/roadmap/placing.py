"""A plan at once, as a planner makes it by hand: what pays most comes first, as early as it fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cxmaturity.roadmap.checking import TOLERANCE, faults
from cxmaturity.roadmap.ordering import order
from cxmaturity.roadmap.problem import Problem, Start, Task


def place(problem: Problem) -> Start | None:
    """The plan, or ``None`` where what must be done does not fit in this way.

    What must be done is placed first, and of that what has a quarter of its own. Then comes one task after
    the other in the order in which they pay (:func:`cxmaturity.roadmap.ordering.order`), together with what
    it needs. One for which there is no room is left out, and what pays next is found anew.
    """
    by_id = {task.id: task for task in problem.tasks}
    room = _Room(problem)
    plan: dict[str, int] = {}

    def takes(chain: Sequence[Task]) -> bool:
        added: list[Task] = []
        for task in chain:
            starts = _starts(problem, task, by_id, plan)
            start = next((each for each in starts if room.fits(task, each)), None)
            if start is None:
                for each in added:
                    room.use(each, plan.pop(each.id), -1)
                return False
            room.use(task, start)
            plan[task.id] = start
            added.append(task)
        return True

    required = sorted((task for task in problem.tasks if task.required), key=lambda task: task.start is None)
    order(problem, first=[task.id for task in required], takes=takes)
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

    def use(self, task: Task, start: int, times: int = 1) -> None:
        """Take what a task needs, or give it back: −1 times."""
        if self._budget is not None and start >= 0:
            self._budget -= times * task.cost
        for skill, free in self._free.items():
            for quarter in range(max(0, start), start + task.quarters):
                free[quarter] -= times * task.load(skill)
