"""The solver against every plan there is, on small problems that have everything a problem may have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import brute_force
import instances
import pytest

from cxmaturity.roadmap.problem import Problem
from cxmaturity.roadmap.solving import Solution, earliest, most, soonest

SEEDS = range(600)
SOME = range(200)
"""Enough to see that a rule matters."""
NEAR = 1e-8
"""Level-quarters: less than what starting a quarter later costs."""
MATTERS = 0.01
"""Level-quarters: far more than what breaks ties."""

Expected = Callable[[int], tuple[Problem, Any]]


@pytest.fixture(scope="module")
def expected() -> Expected:
    """``expected(seed)`` is a problem, and what brute force says of it."""

    @cache
    def find(seed: int) -> tuple[Problem, Any]:
        problem = instances.instance(seed)
        return problem, brute_force.answers(problem)

    return find


def check(found: Solution | None, best: Any, problem: Problem) -> None:
    """The solver's plan is one that may be done, is worth what it says, and that is the most."""
    if best is None or found is None:
        assert (found, best) == (None, None)
        return
    assert brute_force.violations(problem, found.start) == []
    assert found.worth == pytest.approx(brute_force.worth(problem, found.start), abs=1e-9)
    assert found.worth == pytest.approx(best.worth, abs=NEAR), (dict(found.start), best)
    assert found.gap == 0
    assert found.reached == (brute_force.reached(problem, found.start) if problem.target else None)


@pytest.mark.parametrize("seed", SEEDS)
def test_most(expected: Expected, seed: int) -> None:
    problem, answers = expected(seed)
    check(most(problem), answers.most(), problem)


@pytest.mark.parametrize("seed", SOME)
def test_most_by_a_point(expected: Expected, seed: int) -> None:
    problem, answers = expected(seed)
    by = seed % (problem.quarters + 1)
    found = most(problem, by=by)
    check(found, answers.most(by), problem)
    if found is not None:
        assert brute_force.reached(problem, found.start) <= by


@pytest.mark.parametrize("seed", SEEDS)
def test_soonest(expected: Expected, seed: int) -> None:
    problem, answers = expected(seed)
    found, best = soonest(problem), answers.soonest()
    if found is None or best is None:
        assert (found, best) == (None, None)
        return
    assert found.reached == (best.reached if problem.target else None)
    assert found.sure
    if problem.target:
        needed = {name: start for name, start in found.start.items() if name in found.needed}
        assert brute_force.reached(problem, needed) == best.reached
    core = earliest(problem)
    assert core is not None
    days = sum(task.days for task in problem.tasks if task.id in core.start)
    assert days == pytest.approx(sum(task.days for task in problem.tasks if task.id in best.start), abs=0.01)
    check(found, brute_force.answers(kept(problem, core.needed)).most(best.reached), problem)


def kept(problem: Problem, needed: frozenset[str]) -> Problem:
    """What the target needs has to be done."""
    tasks = tuple(replace(task, required=task.required or task.id in needed) for task in problem.tasks)
    return replace(problem, tasks=tasks)


# ---------------------------------------------------------------------- that the problems are no easy ones


def unlimited(problem: Problem) -> Problem:
    """Everything has room."""
    return replace(problem, days=(1e6,) * problem.quarters, skills={}, budget=None)


def test_limits_bind_in_a_third(expected: Expected) -> None:
    bound = 0
    for seed in SOME:
        problem, answers = expected(seed)
        best, free = answers.most(), brute_force.answers(unlimited(problem)).most()
        bound += best is not None and bool(best.start) and free.worth > best.worth + NEAR
    assert bound >= len(SOME) / 3


def test_targets_are_of_every_kind(expected: Expected) -> None:
    found = [(problem, answers.most(), answers.soonest()) for problem, answers in map(expected, SEEDS)]
    planned = [(problem, best, first) for problem, best, first in found if best is not None]
    reached = [(problem, best, first) for problem, best, first in planned if first is not None]
    later = [first.reached for _, _, first in reached if first.reached > 0]
    assert len(found) - len(planned) > 20  # required, and does not fit
    assert len(planned) - len(reached) > 100  # out of reach
    assert sum(bool(problem.target) and first.reached == 0 for problem, _, first in reached) > 20
    assert len(later) > len(SEEDS) / 3
    assert set(later) == {1, 2, 3, 4}
    assert sum(first.worth < best.worth - NEAR for _, best, first in reached) > 30  # has its price
    assert sum(len(problem.target) > 1 for problem, _, _ in reached) > 50


def every(**change: Any) -> Callable[[Problem], Problem]:
    """The same of every task."""
    return lambda problem: replace(problem, tasks=tuple(replace(task, **change) for task in problem.tasks))


@pytest.mark.parametrize(
    "without",
    [
        pytest.param(every(quarters=1), id="durations"),
        pytest.param(every(needs=()), id="prerequisites"),
        pytest.param(every(excludes=()), id="exclusions"),
        pytest.param(every(start=None), id="fixed starts"),
        pytest.param(every(required=False), id="requirements"),
        pytest.param(lambda problem: replace(problem, skills={}), id="skills"),
        pytest.param(lambda problem: replace(problem, budget=None), id="budgets"),
        pytest.param(lambda problem: replace(problem, days=(1e6,) * problem.quarters), id="capacities"),
        pytest.param(
            lambda problem: replace(problem, days=(sum(problem.days) / problem.quarters,) * problem.quarters),
            id="capacities that differ",
        ),
        pytest.param(lambda problem: replace(problem, minima=(1.0, 2.1, 2.9, 3.7, 4.5)), id="minima"),
    ],
)
def test_each_rule_matters(expected: Expected, without: Callable[[Problem], Problem]) -> None:
    changed = 0
    for seed in SOME:
        problem, answers = expected(seed)
        best, other = answers.most(), brute_force.answers(without(problem)).most()
        both = best is not None and other is not None
        changed += abs(best.worth - other.worth) > MATTERS if both else best is not other
    assert changed >= len(SOME) / 20
