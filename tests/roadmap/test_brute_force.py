"""The brute force itself, on problems that can be done by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import brute_force
import instances
import pytest

from cxmaturity.roadmap.problem import Need, Position, Problem, Task, WeightedSum

MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)


def weighted(**weights: float) -> WeightedSum:
    """Of practices that all stand at 1.0."""
    return WeightedSum({name: Position(weight, 1.0) for name, weight in weights.items()})


@pytest.fixture
def in_turns() -> Problem:
    """Two tasks of which a quarter takes one; the target wants the one that is worth less."""
    return Problem(
        tasks=(Task("a", 1, days=10, lifts={"x": 3}), Task("b", 1, days=10, lifts={"y": 2})),
        days=(10, 10),
        minima=MINIMA,
        maturity=weighted(x=0.5, y=0.5),
        target=(Need("y", "answers", weighted(y=1), least=1.8),),
    )


@pytest.fixture
def under_way() -> Problem:
    """``u`` is half done, ``v`` builds on it, and the budget takes ``v`` or ``w``."""
    return Problem(
        tasks=(
            Task("u", 2, days=20, cost=100, lifts={"x": 2}, start=-1, required=True),
            Task("v", 1, days=10, cost=50, lifts={"x": 4}, skills={"design": 10}, needs=("u",)),
            Task("w", 1, days=6, cost=60, lifts={"y": 3}),
        ),
        days=(12, 12, 12),
        minima=MINIMA,
        maturity=weighted(x=0.7, y=0.3),
        budget=60,
    )


def test_what_is_worth_most_comes_first(in_turns: Problem) -> None:
    # a lifts x from 1.0 to 2.6: 0.5 × 1.6 = 0.8; b lifts y from 1.0 to 1.8: 0.5 × 0.8 = 0.4
    # a, then b: 0.8 at point 1 and 1.2 at point 2: 0.8 + 0.97 × 1.2 = 1.964
    # less 0.001 × (20/20 days + no cost + 1/(2 quarters × 2 tasks)/100 late) = 0.0010025
    found = brute_force.answers(in_turns).most()
    assert found.start == {"a": 0, "b": 1}
    assert found.worth == pytest.approx(1.9629975, abs=1e-12)
    assert found.reached == 2


def test_the_soonest_takes_the_least_effort(in_turns: Problem) -> None:
    # b alone in quarter 0 reaches it at point 1: 10/20 of the days, no cost, not late; worth 0.4 + 0.97 × 0.4
    found = brute_force.answers(in_turns)
    assert found.soonest().start == {"b": 0}
    assert found.soonest().effort == 0.5
    assert found.soonest().worth == pytest.approx(0.788 - 0.0005, abs=1e-12)
    assert found.soonest().reached == 1


def test_the_best_of_those_that_reach_it_early_may_be_worth_less(in_turns: Problem) -> None:
    # b, then a: 0.4 + 0.97 × 1.2 = 1.564, less the same ties
    found = brute_force.answers(in_turns)
    assert found.most(by=1).start == {"b": 0, "a": 1}
    assert found.most(by=1).worth == pytest.approx(1.5629975, abs=1e-12)
    assert found.most(by=2) == found.most()
    assert found.most(by=0) is None


def test_what_is_under_way_is_paid_for_but_takes_days(under_way: Problem) -> None:
    # u ends with quarter 0, and v follows it. With 10 of the 12 days of quarter 0 taken by u, w could not
    # start there; and 50 + 60 is over the budget of 60, though u's 100 do not count
    # x: 0.7 × 0.8 = 0.56 at point 1, 0.7 × 2.4 = 1.68 then: 0.56 + 0.97 × 1.68 + 0.9409 × 1.68 = 3.770312
    # less 0.001 × (30/36 days + (150/210)/100 cost + (1/(3 × 3))/100 late) = 0.000841587
    found = brute_force.answers(under_way).most()
    assert found.start == {"u": -1, "v": 1}
    assert found.worth == pytest.approx(3.769470413, abs=1e-9)


def test_a_skill_binds_by_itself(under_way: Problem) -> None:
    # v has to wait for quarter 2: 0.56 + 0.97 × 0.56 + 0.9409 × 1.68 = 2.683912
    # less the ties, with 2/9 late: 0.000842698
    # w in quarter 1 instead would be 0.56 + (0.97 + 0.9409) × (0.56 + 0.48) = 2.547336
    found = brute_force.answers(replace(under_way, skills={"design": (12, 5, 12)})).most()
    assert found.start == {"u": -1, "v": 2}
    assert found.worth == pytest.approx(2.683069302, abs=1e-9)


def test_there_may_be_no_plan(in_turns: Problem) -> None:
    both = tuple(replace(task, required=True) for task in in_turns.tasks)
    opposed = replace(in_turns, tasks=(replace(both[0], excludes=("b",)), both[1]))
    for problem in (opposed, replace(in_turns, tasks=both, days=(10, 9))):
        found = brute_force.answers(problem)
        assert found.most() is None
        assert found.soonest() is None


def test_a_target_that_holds_today_is_reached_at_point_0(in_turns: Problem) -> None:
    found = brute_force.answers(replace(in_turns, target=()))
    assert found.soonest().start == {}
    assert found.soonest().reached == 0


@pytest.mark.parametrize(
    ("start", "wrong"),
    [
        ({"u": -1, "v": 1}, []),
        ({"v": 1}, ["u: required", "v: needs u to have ended"]),
        ({"u": 0}, ["u: starts in 0, where it may not", "too expensive"]),
        ({"u": -1, "w": -1}, ["w: starts in -1, where it may not"]),
        ({"u": -1, "v": 0}, ["v: needs u to have ended", "quarter 0: too many days"]),
        ({"u": -1, "v": 3}, ["v: ends after the last quarter"]),
        ({"u": -1, "w": 0}, ["quarter 0: too many days"]),
        ({"u": -1, "v": 1, "w": 2}, ["too expensive"]),
        ({"u": -1, "z": 1}, ["z: no such task"]),
    ],
)
def test_each_rule_is_checked(under_way: Problem, start: dict[str, int], wrong: list[str]) -> None:
    assert brute_force.violations(under_way, start) == wrong


def test_skills_and_exclusions_are_checked(under_way: Problem) -> None:
    u, v, w = under_way.tasks
    changed = replace(
        under_way,
        tasks=(u, v, replace(w, excludes=("v",))),
        skills={"design": (12, 9, 12)},
        budget=None,
    )
    assert brute_force.violations(changed, {"u": -1, "v": 1, "w": 2}) == [
        "w: excludes v",
        "quarter 1: too many days of design",
    ]


@pytest.mark.parametrize("seed", range(40))
def test_cutting_short_loses_no_plan(seed: int) -> None:
    problem = instances.instance(seed)
    small = replace(problem, tasks=problem.tasks[:4])
    choices = (None, *range(-3, small.quarters))
    everything = (
        {task.id: begin for task, begin in zip(small.tasks, begins, strict=True) if begin is not None}
        for begins in product(choices, repeat=len(small.tasks))
    )
    allowed = [sorted(start.items()) for start in everything if not brute_force.violations(small, start)]
    assert sorted(sorted(start.items()) for start in brute_force.plans(small)) == sorted(allowed)
