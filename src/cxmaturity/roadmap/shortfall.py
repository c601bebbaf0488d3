"""What is missing for a target, and what binds: how little more would do, and what no capacity mends."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import replace
from math import ceil

from cxmaturity.api import Message
from cxmaturity.roadmap.asking import bound
from cxmaturity.roadmap.formulation import Formulation
from cxmaturity.roadmap.milp import Limits
from cxmaturity.roadmap.model import Capacity, Recommendation, Shortage, ShortageKind
from cxmaturity.roadmap.problem import BUDGET, DAYS, SKILL, TIE, Problem, limit_name
from cxmaturity.roadmap.solving import can_reach
from cxmaturity.scoring.scale import level_of

MORE_QUARTERS = 8
"""How much longer a plan is tried than it is."""
_MATTERS = 0.005
"""Which part of what is possible something must cost to be called binding."""


def ways(problem: Problem, point: int, limits: Limits) -> Iterator[Shortage]:
    """Each addition to one limit that makes the target hold at a point, as small as can be."""
    for name in problem.limits:
        yield from least(problem, point, [name], limits)


def more_time(
    lasting: Callable[[int], Problem], quarters: int, point: int, limits: Limits
) -> Iterator[Shortage]:
    """How many quarters after a point the target can hold, at the soonest; nothing if it cannot.

    ``lasting`` gives the problem for a number of quarters, which now is ``quarters``.
    """
    sure = True
    for more, problem in _later(lasting, quarters, point):
        reached = can_reach(problem, point + more, limits=limits)
        if reached:
            yield Shortage("quarters", more, least=sure)
            return
        sure = sure and reached is False


def with_time(
    lasting: Callable[[int], Problem], quarters: int, point: int, limits: Limits
) -> tuple[Shortage, ...]:
    """The fewest quarters after a point, and with them the least additions to all limits; or nothing.

    ``lasting`` and ``quarters`` are as for :func:`more_time`.
    """
    for more, problem in _later(lasting, quarters, point):
        if found := least(problem, point + more, problem.limits, limits):
            return (*found, Shortage("quarters", more))
    return ()


def _later(lasting: Callable[[int], Problem], quarters: int, point: int) -> Iterator[tuple[int, Problem]]:
    """How many quarters after a point, and the problem for as many quarters as that takes."""
    for more in range(1, MORE_QUARTERS + 1):
        yield more, lasting(max(quarters, point + more))


def beyond(shortage: Shortage, problem: Problem, capacity: Capacity) -> Shortage:
    """An addition to what there is, of one to a problem that was given room for what is under way.

    Where that takes more days than there are, less may do in the quarters in which it does not.
    """
    if shortage.kind == "quarters":
        return shortage
    if shortage.kind == "budget":
        raised = (problem.budget or 0.0) - (capacity.budget or 0.0)
        return replace(shortage, amount=shortage.amount + ceil(raised))
    days, free = problem.days, capacity.person_days
    if shortage.kind == "skill":
        days, free = problem.skills[shortage.skill], capacity.skills[shortage.skill]
    raised = max(given - had for given, had in zip(days, free, strict=True))
    least = shortage.least and raised <= 0
    return replace(shortage, amount=shortage.amount + ceil(raised * 10) / 10, least=least)


def least(problem: Problem, point: int, names: Iterable[str], limits: Limits) -> tuple[Shortage, ...]:
    """The least additions to all of these limits at once; none if they do not help.

    Several are weighed by what they are to all there is to do.
    """
    formulation = Formulation(problem, "any")
    whole = {
        DAYS: sum(task.days for task in problem.tasks),
        BUDGET: sum(task.cost for task in problem.tasks),
        **{
            limit_name(skill): sum(task.skills.get(skill, 0.0) for task in problem.tasks)
            for skill in problem.skills
        },
    }
    extra = {
        name: formulation.program.variable(-100 / whole[name], upper=whole[name])
        for name in names
        if whole[name]
    }
    formulation.limit(extra)
    formulation.reach(problem.target, point)
    outcome = formulation.program.solve(limits)
    if outcome.values is None:
        return ()
    amounts = {name: outcome.values[variable] for name, variable in extra.items()}
    return tuple(
        _shortage(name, amount, proven=outcome.proven) for name, amount in amounts.items() if amount > _ROUNDS
    )


_ROUNDS = 1e-4


def _shortage(name: str, amount: float, *, proven: bool) -> Shortage:
    """An addition, rounded up to what one would plan with: tenths of days, whole EUR."""
    if name == BUDGET:
        return Shortage("budget", float(ceil(amount - _ROUNDS)), least=proven)
    kind: ShortageKind = "person-days" if name == DAYS else "skill"
    skill = name.removeprefix(SKILL) if kind == "skill" else ""
    return Shortage(kind, ceil(amount * 10 - _ROUNDS) / 10, skill, least=proven)


def binding(problem: Problem) -> list[str]:
    """The limits without which more would be possible, as far as plans with fractions of tasks tell."""
    now = bound(problem)
    if now is None:
        return []
    matters = max(abs(now), TIE) * _MATTERS
    return [name for name in problem.limits if (bound(_without(problem, name)) or 0.0) > now + matters]


def _without(problem: Problem, name: str) -> Problem:
    if name == BUDGET:
        return replace(problem, budget=None)
    if name == DAYS:
        return replace(problem, days=(sum(task.days for task in problem.tasks),) * problem.quarters)
    skills = {skill: free for skill, free in problem.skills.items() if limit_name(skill) != name}
    return replace(problem, skills=skills)


def obstacles(
    problem: Problem,
    titles: Mapping[str, str],
    forbidden: Iterable[Recommendation],
    held: Container[str] = (),
) -> Iterator[Message]:
    """What stands in the way of the target even with everything done.

    ``held`` has the dimensions that the model holds constant, of which it cannot say that; the whole is
    among them where one of its parts is.
    """
    lifts = [task.lifts for task in problem.tasks]
    everything = problem.raised(lifts)
    allowed = problem.raised([*lifts, *(entry.lifts for entry in forbidden)])
    for need in problem.target:
        best = need.sum.value(everything)
        if best >= need.least:
            continue
        level = level_of(need.least + 1e-6, problem.minima)
        values = {
            "title": titles[need.about],
            "best": best,
            "level": level,
            "minimum": problem.minima[level - 1],
        }
        key = need.kind
        if need.kind == "score" and need.about in held:
            key = "held"
        elif need.kind == "score" and need.sum.value(allowed) >= need.least:
            key = "forbidden"
        yield Message(f"obstacle.{key}", values)
