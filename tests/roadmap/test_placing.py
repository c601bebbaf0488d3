"""The plan made at once breaks no rule, and the search never gives a worse one."""

from __future__ import annotations

import brute_force
import instances
import pytest

from cxmaturity.roadmap.checking import worth
from cxmaturity.roadmap.milp import Limits
from cxmaturity.roadmap.placing import place
from cxmaturity.roadmap.problem import Position, Problem, Task, WeightedSum
from cxmaturity.roadmap.solving import most

MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)


def problem(*tasks: Task, days: tuple[float, ...] = (10.0, 10.0), budget: float | None = None) -> Problem:
    maturity = WeightedSum({"x": Position(0.5, 1.0), "y": Position(0.5, 1.0)})
    return Problem(tasks=tasks, days=days, minima=MINIMA, maturity=maturity, budget=budget)


def test_what_pays_most_comes_first_and_as_early_as_it_fits() -> None:
    # a: 0.5 × 1.6 ÷ 10 days; b: 0.5 × 0.8 ÷ 10; one a quarter
    tasks = (Task("b", 1, days=10, lifts={"y": 2}), Task("a", 1, days=10, lifts={"x": 3}))
    assert place(problem(*tasks)) == {"a": 0, "b": 1}


def test_what_needs_another_comes_after_it_and_alternatives_stay_out() -> None:
    tasks = (
        Task("a", 1, days=2, lifts={"x": 2}),
        Task("b", 1, days=2, lifts={"x": 5}, needs=("a",)),
        Task("c", 1, days=2, lifts={"y": 2}, excludes=("b",)),
    )
    assert place(problem(*tasks)) == {"a": 0, "b": 1}


def test_where_there_is_no_room_what_pays_next_is_found_anew() -> None:
    # a: 0.5 × 3.2 ÷ 15 days, of which no quarter has more than 10; b would add nothing after it
    tasks = (Task("a", 1, days=15, lifts={"x": 5}), Task("b", 1, days=5, lifts={"x": 2}))
    assert place(problem(*tasks)) == {"b": 0}


def test_of_what_does_not_fit_as_a_whole_nothing_stays() -> None:
    tasks = (
        Task("base", 1, days=10, cost=5),
        Task("top", 2, days=4, cost=1, lifts={"x": 5}, needs=("base",)),  # two quarters after the first
        Task("other", 2, days=20, cost=5, lifts={"y": 2}),
    )
    assert place(problem(*tasks, budget=6)) == {"other": 0}


def test_what_must_be_done_has_its_room_first() -> None:
    tasks = (
        Task("a", 1, days=2, lifts={"x": 5}),
        Task("late", 1, days=9, required=True),
        Task("fixed", 1, days=9, start=0, required=True),
    )
    assert place(problem(*tasks)) == {"fixed": 0, "late": 1}


def test_the_budget_and_what_must_be_done_hold() -> None:
    tasks = (
        Task("a", 1, days=2, cost=8, lifts={"x": 5}),
        Task("b", 1, days=2, cost=5, lifts={"y": 2}, start=1, required=True),
    )
    assert place(problem(*tasks, budget=10)) == {"b": 1}
    assert place(problem(*tasks, budget=4)) is None


@pytest.mark.parametrize("seed", range(150))
def test_no_rule_is_broken_and_the_search_gives_nothing_worse(seed: int) -> None:
    made = instances.instance(seed)
    plan = place(made)
    if plan is None:
        return
    assert brute_force.violations(made, plan) == []
    found = most(made, limits=Limits(steps=0))
    assert found is not None
    assert found.worth >= worth(made, plan) - 1e-9


def test_most_problems_can_be_placed_at_once() -> None:
    assert sum(place(instances.instance(seed)) is not None for seed in range(150)) > 75
