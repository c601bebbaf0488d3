"""Plans that keep to a rule only within the solver's tolerance are ruled out, and good ones are found."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest

from cxmaturity.roadmap.asking import ask
from cxmaturity.roadmap.checking import cost, faults, holds
from cxmaturity.roadmap.cutting import cuts
from cxmaturity.roadmap.formulation import Formulation
from cxmaturity.roadmap.milp import Limits
from cxmaturity.roadmap.problem import Need, Position, Problem, Start, Task, WeightedSum
from cxmaturity.roadmap.solving import can_reach, most, soonest

MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)
NAMES = ("a", "b", "c", "d")
SUM = WeightedSum({name: Position(0.25, 1.0) for name in NAMES})
LIMITS = Limits()


def problem(**more: object) -> Problem:
    """Four tasks, of which three fit by cost and by days."""
    tasks = tuple(
        Task(name, 1, 10, cost=100_000 + 10_000.33 * number, lifts={name: 3}, skills={"design": 5})
        for number, name in enumerate(NAMES)
    )
    return replace(Problem(tasks, (40.0, 40.0), MINIMA, SUM), **more)


def rows(given: Problem, plan: Start, by: int | None = None) -> list[tuple[set[int], float]]:
    """For each cut, the variables in it and its limit."""
    formulation = Formulation(given)
    return [({variable for _, variable in terms}, limit) for terms, limit in cuts(formulation, plan, by)]


def test_a_plan_within_all_limits_is_not_cut() -> None:
    given = problem(budget=340_000.0, skills={"design": (15.0, 15.0)})
    assert rows(given, {"a": 0, "b": 0, "c": 0}) == []


def test_of_what_is_too_much_together_one_thing_goes() -> None:
    given = problem(days=(30.0, 30.0), skills={"design": (15.0, 15.0)})
    formulation = Formulation(given)
    begun = {formulation.started[name, 0] for name in NAMES}
    # 40 days of 30 in the first quarter, and 20 of design of 15: of the four at most three begin then
    assert rows(given, dict.fromkeys(NAMES, 0)) == [(begun, 3.0)] * 2


def test_of_what_costs_too_much_one_thing_goes() -> None:
    given = problem(budget=429_999.0)  # of 400,000 + (1 + 2 + 3) × 10,000.33 = 460,001.98
    formulation = Formulation(given)
    chosen = {formulation.started[name, 1] for name in NAMES}
    assert rows(given, dict.fromkeys(NAMES, 0)) == [(chosen, 3.0)]


def test_where_the_target_is_missed_something_more_is_lifted() -> None:
    given = problem(target=(Need("x", "score", SUM, 2.6),))
    formulation = Formulation(given)
    # a and b are lifted by point 1; c or d has to be as well
    missing = {formulation.lifted[name, level, 1] for name in "cd" for level in (3,)}
    assert rows(given, {"a": 0, "b": 0}, by=1) == [(missing, -1.0)]
    assert rows(given, dict.fromkeys(NAMES, 0), by=1) == []


@pytest.mark.parametrize("missing", [0.01, 0.05, 0.1])
def test_a_budget_of_cents_too_little_is_kept_to(missing: float) -> None:
    """Where the solver's tolerance alone decides, it is some of these that it gets wrong."""
    for seed in range(40):
        rng = Random(seed)  # noqa: S311 - nothing secret
        tasks = tuple(
            Task(
                f"t{number}", 1, 1, cost=rng.randint(20_000, 400_000) + rng.random(), lifts={f"p{number}": 3}
            )
            for number in range(6)
        )
        maturity = WeightedSum({f"p{number}": Position(rng.uniform(0.1, 0.3), 1.0) for number in range(6)})
        whole = Problem(tasks, (100.0,), MINIMA, maturity, budget=sum(task.cost for task in tasks) * 0.6)
        best = most(whole)
        assert best is not None
        given = replace(whole, budget=cost(whole, best.start) - missing)
        found = most(given)
        assert found is not None
        assert list(faults(given, found.start)) == []
        assert found.gap == 0.0
        assert found.worth < best.worth


def test_a_target_that_is_missed_by_a_millionth_is_not_taken_for_reached_nor_for_out_of_reach() -> None:
    for seed in range(40):
        rng = Random(seed)  # noqa: S311 - nothing secret
        names = [f"p{number}" for number in range(7)]
        whole = WeightedSum({name: Position(rng.uniform(0.05, 0.3), 1.0) for name in names})
        tasks = tuple(Task(name, 1, rng.uniform(2, 8), lifts={name: rng.choice((2, 3, 4))}) for name in names)
        room = 0.6 * sum(task.days for task in tasks)
        given = Problem(tasks, (room,), MINIMA, whole)
        reached = sorted(
            whole.value(given.raised(task.lifts for task in some))
            for count in range(8)
            for some in combinations(tasks, count)
            if sum(task.days for task in some) <= room
        )
        if reached[-1] - reached[-2] < 1e-5:
            continue
        # above the second best by less than the solver's tolerance
        aimed = replace(given, target=(Need("whole", "score", whole, reached[-2] + 5e-7),))
        assert can_reach(aimed, 1)
        found = soonest(aimed)
        assert found is not None
        assert holds(aimed, found.start, 1)


def test_a_search_that_cuts_ends_by_the_clock() -> None:
    given = problem(target=(Need("x", "score", SUM, 2.6),))
    outcome, plan = ask(given, "any", 1, Limits(seconds=0.0))
    assert plan is None or holds(given, plan, 1)
    assert plan is not None or not outcome.proven
