"""Plans that are bettered part by part: never worse, by the rules, and the same each time."""

from __future__ import annotations

from types import ModuleType

from cxmaturity.roadmap import bettering
from cxmaturity.roadmap.bettering import bettered
from cxmaturity.roadmap.checking import faults, holds, reached_at, worth
from cxmaturity.roadmap.milp import Limits
from cxmaturity.roadmap.placing import place
from cxmaturity.roadmap.problem import Position, Problem, Task, WeightedSum

MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)
PRACTICES = ("a", "b", "c", "d", "e", "f")
ROUNDS_6 = Limits(steps=6 * bettering.STEPS_PER_ROUND)


def six_tasks() -> Problem:
    """One of six fits into each of six quarters."""
    tasks = tuple(
        Task(name, 1, 10, lifts={name: level})
        for name, level in zip(PRACTICES, (2, 2, 3, 3, 4, 5), strict=True)
    )
    return Problem(tasks, (10.0,) * 6, MINIMA, WeightedSum({name: Position(1.0, 1.0) for name in PRACTICES}))


def test_the_best_is_found_part_by_part() -> None:
    worst = dict(zip(PRACTICES, range(6), strict=True))
    best = bettered(six_tasks(), worst, None, Limits(steps=40 * bettering.STEPS_PER_ROUND))
    # what lifts more comes first; c and d are alike, and so are a and b
    assert (best["f"], best["e"]) == (0, 1)
    assert {best["c"], best["d"]} == {2, 3}
    assert {best["a"], best["b"]} == {4, 5}


def test_what_it_finds_is_never_worse_keeps_the_rules_and_is_found_again(instances: ModuleType) -> None:
    improved = 0
    for seed in range(60):
        given = instances.instance(seed)
        plan = place(given)
        if plan is None:
            continue
        by = reached_at(given, plan) if given.target else None
        found = bettered(given, plan, by, ROUNDS_6)
        assert list(faults(given, found)) == []
        assert by is None or holds(given, found, by)
        assert worth(given, found) >= worth(given, plan)
        assert found == bettered(given, plan, by, ROUNDS_6)
        improved += worth(given, found) > worth(given, plan) + 1e-9
    assert improved >= 10
