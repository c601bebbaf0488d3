"""The plan that a planner makes by hand: best gain per person-day first, placed as early as it fits.

Again and again, the task whose gain in maturity per person-day is best, counted with the tasks that it
needs and that are not in the plan yet, is placed in the earliest quarters that have room for it and for
those; where any of them fits nowhere, the task is left out. What is required comes first.
"""

from __future__ import annotations

from collections.abc import Sequence

from cxmaturity.roadmap.problem import Problem, Task

NEAR = 1e-6


def greedy(problem: Problem) -> dict[str, int]:
    """When each chosen task starts."""
    plan = _Plan(problem)
    for task in problem.tasks:
        if task.required:
            plan.add(plan.bundle(task))
    rest = {task.id: task for task in problem.tasks if task.id not in plan.start}
    while rest:
        bundles = {name: plan.bundle(task) for name, task in rest.items()}
        name = max(bundles, key=lambda each: plan.gain_per_day(bundles[each]))
        if plan.gain_per_day(bundles[name]) <= 0:
            break
        plan.add(bundles[name])
        # placed, or it will never fit
        rest = {each: task for each, task in rest.items() if each != name and each not in plan.start}
    return plan.start


class _Plan:
    """What is placed so far, and the room that is left."""

    def __init__(self, problem: Problem) -> None:
        self.start: dict[str, int] = {}
        self._problem = problem
        self._tasks = {task.id: task for task in problem.tasks}
        self._days = list(problem.days)
        self._skills = {skill: list(capacity) for skill, capacity in problem.skills.items()}
        self._budget = float("inf") if problem.budget is None else problem.budget
        self._reached = {name: part.start for name, part in problem.maturity.parts.items()}

    def bundle(self, task: Task) -> tuple[Task, ...]:
        """The task and what it needs and is not placed, in the order in which they can be done."""
        found: dict[str, Task] = {}

        def visit(each: Task) -> None:
            for name in each.needs:
                if name in self._tasks and name not in self.start and name not in found:
                    visit(self._tasks[name])
            found[each.id] = each

        visit(task)
        return tuple(found.values())

    def gain_per_day(self, bundle: Sequence[Task]) -> float:
        """Levels of maturity per person-day."""
        lifted: dict[str, float] = {}
        for task in bundle:
            for practice, level in task.lifts.items():
                if practice in self._reached:
                    minimum = self._problem.minima[level - 1]
                    lifted[practice] = max(lifted.get(practice, self._reached[practice]), minimum)
        parts = self._problem.maturity.parts
        gain = sum(parts[name].weight * (level - self._reached[name]) for name, level in lifted.items())
        return gain / max(NEAR, sum(task.days for task in bundle))

    def add(self, bundle: Sequence[Task]) -> None:
        """Place all tasks of a bundle as early as they fit, or none of them."""
        placed: list[tuple[Task, int]] = []
        for task in bundle:
            begin = self._earliest(task)
            if begin is None:
                for each, quarter in placed:
                    self._take(each, quarter, -1)
                    del self.start[each.id]
                return
            self._take(task, begin, 1)
            self.start[task.id] = begin
            placed.append((task, begin))
        for task in bundle:
            for practice, level in task.lifts.items():
                if practice in self._reached:
                    self._reached[practice] = max(self._reached[practice], self._problem.minima[level - 1])

    def _earliest(self, task: Task) -> int | None:
        if any(name in task.excludes or task.id in self._tasks[name].excludes for name in self.start):
            return None
        needed = [name for name in task.needs if name in self._tasks]
        after = max(
            (self.start[name] + self._tasks[name].quarters for name in needed), default=task.start or 0
        )
        last = self._problem.quarters - task.quarters
        begins = range(after, last + 1) if task.start is None else (task.start,)
        return next((begin for begin in begins if after <= begin <= last and self._fits(task, begin)), None)

    def _running(self, task: Task, begin: int) -> range:
        return range(max(0, begin), begin + task.quarters)

    def _fits(self, task: Task, begin: int) -> bool:
        if begin >= 0 and task.cost > self._budget + NEAR:
            return False
        return all(
            task.days / task.quarters <= self._days[quarter] + NEAR
            and all(
                task.skills.get(skill, 0.0) / task.quarters <= left[quarter] + NEAR
                for skill, left in self._skills.items()
            )
            for quarter in self._running(task, begin)
        )

    def _take(self, task: Task, begin: int, sign: int) -> None:
        """Use up the room that a task takes, or give it back with a sign of −1."""
        if begin >= 0:
            self._budget -= sign * task.cost
        for quarter in self._running(task, begin):
            self._days[quarter] -= sign * task.days / task.quarters
            for skill, left in self._skills.items():
                left[quarter] -= sign * task.skills.get(skill, 0.0) / task.quarters
