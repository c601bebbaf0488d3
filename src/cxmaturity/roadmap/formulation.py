"""The planning problem as a mixed-integer linear program; docs/planning.md has it in mathematical notation.

Variables, all between 0 and 1:

- ``started[i, t]``, whole: task *i* has started in quarter *t* or before;
- ``lifted[p, k, t]``: practice *p* has been lifted to level *k* or higher by point *t*.

Both are cumulative, as a task that has started stays so. The formulation by time goes back to A. A. B.
Pritsker, L. J. Watters and P. M. Wolfe, "Multiproject Scheduling with Limited Resources: A Zero-One
Programming Approach", Management Science 16 (1969), 93–108.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Literal

from cxmaturity.roadmap.milp import Outcome, Program, Term
from cxmaturity.roadmap.problem import (
    BUDGET,
    DISCOUNT,
    TIE,
    Need,
    Problem,
    Start,
    Task,
    WeightedSum,
    limit_name,
)

Objective = Literal["worth", "effort", "any"]
SCALE = 1000.0
"""The objective counts thousandths, so that tie-breaks lie well above the solver's tolerance."""


class Formulation:
    """A problem's program, with its variables by name."""

    def __init__(self, problem: Problem, objective: Objective = "worth") -> None:
        """``worth`` looks for the most maturity, ``effort`` for the least effort, ``any`` for any plan."""
        self.problem, self.program = problem, Program()
        self.by_id = {task.id: task for task in problem.tasks}
        self._gain = SCALE if objective == "worth" else 0.0
        self._price = {"worth": SCALE, "effort": SCALE / TIE, "any": 0.0}[objective]
        self.earliest = {task.id: _earliest(task, self.by_id) for task in problem.tasks}
        self.started: dict[tuple[str, int], int] = {}
        self.lifted: dict[tuple[str, int, int], int] = {}
        self._start_tasks()
        self._run_in_order()
        self._lift_practices()

    # -- tasks

    def has_started(self, task: Task, quarter: int) -> int | None:
        """The variable that says whether a task has started by a quarter; ``None``: it cannot have."""
        return self.started.get((task.id, min(quarter, self._latest(task))))

    def chosen(self, task: Task) -> int | None:
        """The variable that says whether a task is in the plan."""
        return self.has_started(task, self.problem.quarters)

    def _latest(self, task: Task) -> int:
        return self.problem.quarters - task.quarters

    def _start_tasks(self) -> None:
        price = Price(self.problem)
        for task in self.problem.tasks:
            first, last = self.earliest[task.id], self._latest(task)
            if task.start is not None:
                self._fix(task, first, last, price)
                continue
            for quarter in range(first, last + 1):
                # started in q − 1 and in q: each quarter of waiting costs what being late is worth
                late = price.late if quarter < last else -price.late * last
                cost = price.of(task) if quarter == last else 0.0
                variable = self.program.variable(self._price * (late - cost), whole=True)
                self.started[task.id, quarter] = variable
                if quarter > first:
                    self.program.at_most([(1.0, variable - 1), (-1.0, variable)], 0.0)

    def _fix(self, task: Task, first: int, last: int, price: Price) -> None:
        """A task that starts in its quarter or never."""
        start = task.start or 0
        if first <= start <= last:
            cost = price.of(task) + price.late * max(start, 0)
            variable = self.program.variable(-self._price * cost, whole=True)
            self.started |= {(task.id, quarter): variable for quarter in range(start, last + 1)}

    def _run_in_order(self) -> None:
        """Prerequisites, exclusions, and what must be done."""
        for task in self.problem.tasks:
            chosen = self.chosen(task)
            if task.required:
                self.program.at_most([(-1.0, chosen)] if chosen is not None else [], -1.0)
            if chosen is None:
                continue
            for need in (self.by_id[name] for name in task.needs if name in self.by_id):
                for quarter in range(self.earliest[task.id], self._latest(task) + 1):
                    begun = self.has_started(task, quarter)
                    if begun is not None:
                        done = self.has_started(need, quarter - need.quarters)
                        self.program.at_most([(1.0, begun), *_less(done)], 0.0)
            for name in task.excludes:
                other = self.chosen(self.by_id[name]) if name in self.by_id else None
                if other is not None:
                    self.program.at_most([(1.0, chosen), (1.0, other)], 1.0)

    def plan(self, outcome: Outcome) -> Start | None:
        """The quarter in which each chosen task starts: the first in which it has started."""
        if outcome.values is None:
            return None
        plan: dict[str, int] = {}
        for (name, quarter), variable in sorted(self.started.items()):
            if outcome.values[variable] > 0.5:  # noqa: PLR2004 - whole, but for the solver's tolerance
                plan.setdefault(name, quarter)
        return plan

    # -- capacity

    def running(self, task: Task, quarter: int) -> Iterator[Term]:
        """Terms that are 1 while a task runs, and else 0: started by now, and not so long ago."""
        for sign, when in ((1.0, quarter), (-1.0, quarter - task.quarters)):
            variable = self.has_started(task, when)
            if variable is not None:
                yield sign, variable

    def load(self, quarter: int, skill: str | None) -> Iterator[Term]:
        """Σ over running tasks of their person-days in the quarter, in all or of one skill."""
        for task in self.problem.tasks:
            if share := task.load(skill):
                yield from ((share * sign, variable) for sign, variable in self.running(task, quarter))

    def cost(self) -> Iterator[Term]:
        """Σ over chosen tasks of their cost, without those under way, whose cost was committed before."""
        for task in self.problem.tasks:
            chosen = self.chosen(task)
            if chosen is not None and (task.start is None or task.start >= 0):
                yield task.cost, chosen

    def limit(self, extra: Mapping[str, int] | None = None) -> None:
        """Hold to the capacities. ``extra`` has variables that add to one, by the limit's name."""
        problem, extra = self.problem, extra or {}
        for skill, free in problem.capacities:
            more = _less(extra.get(limit_name(skill)))
            for quarter, capacity in enumerate(free):
                self.program.at_most([*self.load(quarter, skill), *more], capacity)
        if problem.budget is not None:
            self.program.at_most([*self.cost(), *_less(extra.get(BUDGET))], problem.budget)

    # -- maturity

    def reach(self, needs: Iterable[Need], point: int) -> None:
        """The target holds at a point."""
        for need in needs:
            gained = self._gained(need.sum, point)
            missing = need.least - need.sum.value({})
            self.program.at_most([(-gain, variable) for gain, variable in gained], -missing)

    def _lift_practices(self) -> None:
        """A practice is lifted once something that lifts it so far has ended."""
        steps = dict(self._steps(self.problem.maturity))
        for (practice, level), by in _lifters(self.problem).items():
            weight = steps.get((practice, level), 0.0)
            for point in range(self.problem.quarters + 1):
                done = [self.has_started(task, point - task.quarters) for task in by]
                ended = [variable for variable in done if variable is not None]
                if ended:
                    counts = (1 - DISCOUNT) ** (point - 1) if point else 0.0  # the first is today
                    variable = self.program.variable(self._gain * weight * counts)
                    self.lifted[practice, level, point] = variable
                    self.program.at_most([(1.0, variable), *((-1.0, each) for each in ended)], 0.0)

    def _gained(self, total: WeightedSum, point: int) -> Iterator[Term]:
        for (practice, level), gain in self._steps(total):
            variable = self.lifted.get((practice, level, point))
            if variable is not None:
                yield gain, variable

    def _steps(self, total: WeightedSum) -> Iterator[tuple[tuple[str, int], float]]:
        """What each step from a level to the next that a practice can be lifted to adds to a sum."""
        ladders: dict[str, list[int]] = {}
        for practice, level in _lifters(self.problem):
            ladders.setdefault(practice, []).append(level)
        for practice, part in total.parts.items():
            stands = part.start
            for level in sorted(ladders.get(practice, ())):
                after = max(stands, self.problem.minima[level - 1])
                yield (practice, level), part.weight * (after - stands)
                stands = after


class Price:
    """What tie-breaks weigh, in level-quarters: fewer person-days, less cost, an earlier start."""

    def __init__(self, problem: Problem) -> None:
        """The weights that follow from all there is to do."""
        self._days = sum(task.days for task in problem.tasks)
        self._cost = sum(task.cost for task in problem.tasks)
        self.late = TIE / 100 / (problem.quarters * len(problem.tasks)) if problem.tasks else 0.0

    def of(self, task: Task) -> float:
        """What doing a task must bring at the least."""
        days = task.days / self._days if self._days else 0.0
        cost = task.cost / self._cost if self._cost else 0.0
        return TIE * (days + cost / 100)


def _less(variable: int | None) -> list[Term]:
    return [] if variable is None else [(-1.0, variable)]


def _earliest(task: Task, by_id: Mapping[str, Task]) -> int:
    """The first quarter in which a task can start, given its prerequisites."""

    @cache
    def first(name: str) -> int:
        if by_id[name].start is not None:
            return by_id[name].start or 0
        ends = [first(need) + by_id[need].quarters for need in by_id[name].needs if need in by_id]
        return max(0, *ends) if ends else 0

    return first(task.id)


def _lifters(problem: Problem) -> dict[tuple[str, int], list[Task]]:
    """By practice and level, the tasks that lift it so far.

    One that needs another of them comes after it, so that it adds nothing: leaving it out makes for
    tighter bounds.
    """
    levels: dict[str, set[int]] = {}
    for task in problem.tasks:
        for practice, level in task.lifts.items():
            levels.setdefault(practice, set()).add(level)
    before = _ancestors(problem)
    found = {}
    for practice, each in sorted(levels.items()):
        for level in sorted(each):
            by = [task for task in problem.tasks if task.lifts.get(practice, 0) >= level]
            names = {task.id for task in by}
            found[practice, level] = [task for task in by if not names & before[task.id]]
    return found


def _ancestors(problem: Problem) -> dict[str, frozenset[str]]:
    by_id = {task.id: task for task in problem.tasks}

    @cache
    def before(name: str) -> frozenset[str]:
        needs = [need for need in by_id[name].needs if need in by_id]
        return frozenset(needs).union(*(before(need) for need in needs))

    return {name: before(name) for name in by_id}
