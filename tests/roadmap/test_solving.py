"""The two questions on problems done by hand: ties, determinism, limits; and that every rule is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations
from math import inf
from typing import Any

import instances
import pytest

from cxmaturity.roadmap.checking import cost, effort, faults, gained, load, reached_at, worth
from cxmaturity.roadmap.milp import Limits, Outcome, Program
from cxmaturity.roadmap.problem import Need, Position, Problem, Task, WeightedSum
from cxmaturity.roadmap.solving import can_reach, most, soonest

MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)
X = WeightedSum({"x": Position(1.0, 1.0)})


def problem(*tasks: Task, days: tuple[float, ...] = (10.0, 10.0), **more: Any) -> Problem:
    return Problem(tasks, days, MINIMA, more.pop("maturity", X), **more)


def lifts(level: int) -> dict[str, int]:
    return {"x": level}


# ------------------------------------------------------------------------------------------------- worth


def test_a_gain_counts_less_the_later_it_comes() -> None:
    # 1.6 levels from point 1 on, over three quarters: 1.6 × (1 + 0.97 + 0.97²) = 4.65744
    three = problem(Task("a", 1, 10, lifts=lifts(3)), days=(10, 10, 10))
    assert gained(three, {"a": 0}) == pytest.approx(4.8)
    assert gained(three, {"a": 0}, discount=0.03) == pytest.approx(4.65744)
    assert gained(three, {"a": 1}, discount=0.03) == pytest.approx(1.6 * (0.97 + 0.97**2))
    # less 0.001 × (all of the days + none of the cost + lateness 1/3 ÷ 100)
    assert worth(three, {"a": 1}) == pytest.approx(1.6 * (0.97 + 0.97**2) - 0.001 * (1 + 1 / 300))


def test_waiting_is_worth_it_for_more() -> None:
    # at once: level 2; or after two quarters level 5, of which 0.97 × 3.2 counts
    tasks = (Task("soon", 1, 10, lifts=lifts(2)), Task("late", 2, 20, lifts=lifts(5)))
    found = most(problem(*tasks, days=(10, 10)))
    assert found is not None
    assert found.start == {"late": 0}
    # with a third quarter nothing changes but the worth; with the days of both, both are done
    both = most(problem(*tasks, days=(20, 10)))
    assert both is not None
    assert both.start == {"late": 0, "soon": 0}


# -------------------------------------------------------------------------------------------------- ties


@pytest.mark.parametrize(
    ("first", "second", "chosen"),
    [
        ({"days": 6, "cost": 900}, {"days": 5, "cost": 1000}, "second"),  # fewer days before less cost
        ({"days": 5, "cost": 900}, {"days": 5, "cost": 1000}, "first"),  # then the cheaper
        ({"days": 5, "cost": 1000}, {"days": 5, "cost": 900}, "second"),
    ],
)
def test_of_plans_that_gain_alike_the_one_with_less_effort_is_taken(
    first: Mapping[str, float], second: Mapping[str, float], chosen: str
) -> None:
    tasks = (
        Task("first", 1, lifts=lifts(3), **first),  # type: ignore[arg-type]
        Task("second", 1, lifts=lifts(3), **second),  # type: ignore[arg-type]
    )
    needed = (Need("x", "score", X, 2.6),)
    for order in permutations(tasks):
        for found in (most(problem(*order)), soonest(problem(*order, target=needed))):
            assert found is not None
            assert list(found.start) == [chosen]


def test_what_brings_nothing_is_done_as_early_as_it_can_be_if_it_must() -> None:
    must = Task("must", 1, 10, required=True)
    found = most(problem(Task("a", 1, 10, lifts=lifts(3)), must, days=(10, 10, 10)))
    assert found is not None
    assert found.start == {"a": 0, "must": 1}


def test_what_adds_nothing_is_not_done() -> None:
    found = most(problem(Task("a", 1, 5, lifts=lifts(3)), Task("b", 1, 0.1, lifts=lifts(3))))
    assert found is not None
    assert len(found.start) == 1
    assert list(found.start) == ["b"]


def test_the_order_of_tasks_does_not_matter() -> None:
    for seed in range(40):
        given = instances.instance(seed)
        turned = replace(given, tasks=given.tasks[::-1])
        first, second, again = most(given), most(turned), most(given)
        assert first == again
        assert (first is None) == (second is None)
        if first is not None and second is not None:
            assert first.worth == pytest.approx(second.worth, abs=1e-8)


# ------------------------------------------------------------------------------------------------- target


def test_the_target_is_reached_for_the_least_effort_and_the_rest_filled_up() -> None:
    # both 'lean' and 'rich' reach level 3 at point 1; the leaner is kept, and 'other' fills what is left
    two = WeightedSum({"x": Position(0.5, 1.0), "y": Position(0.5, 1.0)})
    tasks = (
        Task("lean", 1, 4, lifts=lifts(3)),
        Task("rich", 1, 10, lifts=lifts(5)),
        Task("other", 1, 6, lifts={"y": 2}),
    )
    given = problem(*tasks, days=(10.0,), maturity=two, target=(Need("x", "score", X, 2.6),))
    found = soonest(given)
    assert found is not None
    assert (found.start, found.needed) == ({"lean": 0, "other": 0}, {"lean"})
    assert (found.reached, found.sure, found.gap) == (1, True, 0.0)
    # the most maturity would be 'rich': 0.5 × 3.2 against 0.5 × 1.6 + 0.5 × 0.8
    richest = most(given)
    assert richest is not None
    assert richest.start == {"rich": 0}


def test_a_target_that_holds_needs_nothing() -> None:
    found = soonest(problem(Task("a", 1, 5, lifts=lifts(3)), target=(Need("x", "score", X, 1.0),)))
    assert found is not None
    assert (found.reached, found.needed, found.start) == (0, frozenset(), {"a": 0})


@pytest.mark.parametrize("least", [3.0, 99.0])
def test_a_target_out_of_reach(least: float) -> None:
    given = problem(Task("a", 1, 5, lifts=lifts(3)), target=(Need("x", "score", X, least),))
    assert soonest(given) is None
    assert [can_reach(given, point) for point in range(3)] == [False] * 3
    assert most(given, by=2) is None


# -------------------------------------------------------------------------------------------------- limits


def test_a_search_cut_short_never_calls_its_plan_the_best() -> None:
    for seed in range(60):
        given = instances.instance(seed)
        whole = most(given)
        for limits in (Limits(steps=0), Limits(steps=1), Limits(seconds=0.0)):
            found = most(given, limits=limits)
            if found is None:
                continue
            assert whole is not None
            assert list(faults(given, found.start)) == []
            assert found.worth <= whole.worth + 1e-8
            assert found.gap > 0 or found.worth == pytest.approx(whole.worth, abs=1e-8)
            assert found.gap == inf or found.worth * (1 + found.gap) >= whole.worth - 1e-6


def test_a_gap_over_what_is_worth_nothing_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Program, "solve", lambda *_: Outcome(None, inf, proven=False))
    monkeypatch.setattr("cxmaturity.roadmap.solving.place", lambda _: {"must": 0})
    tasks = (Task("must", 1, 5, required=True), Task("a", 1, 5, lifts=lifts(5)))
    found = most(problem(*tasks), limits=Limits(steps=8))
    assert found is not None
    assert (found.start, found.gap) == ({"must": 0}, inf)


def test_a_search_cut_short_never_says_that_a_target_is_out_of_reach() -> None:
    for seed in range(60):
        given = instances.instance(seed)
        whole = soonest(given)
        for limits in (Limits(steps=0), Limits(seconds=0.0)):
            found = soonest(given, limits=limits)
            reachable = can_reach(given, given.quarters, limits=limits)
            assert reachable is None or reachable == can_reach(given, given.quarters)
            if found is None or whole is None:
                assert found is None
                continue
            assert list(faults(given, found.start)) == []
            assert (found.reached or 0) >= (whole.reached or 0)
            if found.sure and given.target:
                assert found.reached == whole.reached


def test_what_is_not_proven_is_not_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Program.solve

    def out_of_time(program: Program, limits: Limits) -> Outcome:
        calls.append(limits)
        return Outcome(None, 0.0, proven=False) if len(calls) == 2 else real(program, limits)

    # at point 0 nothing has ended, and whether point 1 can be had is not found out
    given = problem(Task("a", 1, 5, lifts=lifts(3)), target=(Need("x", "score", X, 2.6),))
    calls: list[Limits] = []
    monkeypatch.setattr(Program, "solve", out_of_time)
    found = soonest(given)
    assert found is not None
    assert (found.reached, found.sure) == (1, False)  # of the plans by point 2 the earliest start is best
    calls.clear()
    calls.append(Limits())
    assert can_reach(given, 1) is None


def test_where_the_search_finds_nothing_the_gap_is_to_tasks_done_in_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = WeightedSum({"x": Position(1.0, 1.0), "y": Position(1.0, 1.0)})
    tasks = (Task("a", 1, 6, lifts={"x": 3}), Task("b", 1, 6, lifts={"y": 3}))
    monkeypatch.setattr(Program, "solve", lambda *_: Outcome(None, inf, proven=False))
    found = most(problem(*tasks, days=(10,), maturity=both), limits=Limits(steps=8))
    assert found is not None
    # one of the two is done at once, worth 1.6; in 10 days 1⅔ of them are, worth ⅔ more. Ties weigh 0.001
    assert found.worth == pytest.approx(1.6, abs=0.001)
    assert found.gap == pytest.approx(2 / 3, abs=0.001)


# ---------------------------------------------------------------------------------------------- every rule

RULED = Problem(
    tasks=(
        Task("under", 2, 20, cost=100, start=-1, required=True),
        Task("first", 1, 8, cost=40, lifts=lifts(2), skills={"design": 4}),
        Task("then", 1, 8, cost=40, lifts=lifts(3), needs=("first", "long ago"), skills={"design": 4}),
        Task("else", 1, 1, cost=10, lifts=lifts(3), excludes=("then",)),
    ),
    days=(18.0, 8.0, 8.0),
    minima=MINIMA,
    maturity=X,
    skills={"design": (4.0, 4.0, 4.0)},
    budget=80.0,
)


@pytest.mark.parametrize(
    ("plan", "wrong"),
    [
        ({"under": -1, "first": 0, "then": 1}, []),
        ({"under": -1, "nothing": 0}, ["nothing is no task"]),
        ({}, ["under is required and missing"]),
        ({"under": -1, "first": -1}, ["first starts before the plan"]),
        ({"under": -1, "else": 3}, ["else does not end within the plan"]),
        ({"under": -1, "then": 1}, ["then starts before first has ended"]),
        ({"under": -1, "first": 1, "else": 0, "then": 2}, ["else and then exclude each other", "the budget"]),
        (
            {"under": -1, "first": 1, "then": 1},
            ["then starts", "1 is over its days of everybody", "of design"],
        ),
    ],
)
def test_each_broken_rule_is_named(plan: dict[str, int], wrong: list[str]) -> None:
    found = list(faults(RULED, plan))
    assert len(found) == len(wrong), found
    assert all(any(part in each for each in found) for part in wrong), found


def test_a_start_that_is_given_binds() -> None:
    moved = list(faults(RULED, {"under": 0}))
    assert "under does not start when it must" in moved
    assert "the budget is overspent" in moved  # what has not begun is yet to be paid


def test_loads_and_costs_are_those_of_the_plan() -> None:
    plan = {"under": -1, "first": 0, "then": 1}
    assert [load(RULED, plan, quarter) for quarter in range(3)] == [18.0, 8.0, 0.0]
    assert [load(RULED, plan, quarter, "design") for quarter in range(3)] == [4.0, 4.0, 0.0]
    assert cost(RULED, plan) == 80.0
    # 36 of 37 days, 180 of 190 EUR, lateness (0 + 0 + 1) / (3 quarters × 4 tasks)
    assert effort(RULED, plan) == pytest.approx(36 / 37 + 180 / 190 / 100 + 1 / 12 / 100)
    assert reached_at(replace(RULED, target=(Need("x", "score", X, 2.6),)), plan) == 2
    assert reached_at(replace(RULED, target=(Need("x", "score", X, 4.2),)), plan) is None


# ----------------------------------------------------------------------------------- what the target needs


def test_what_must_be_done_and_helps_no_target_is_not_needed_for_it() -> None:
    tasks = (
        Task("base", 1, 1, required=True),  # which a builds on
        Task("a", 1, 1, lifts=lifts(3), needs=("base",)),
        Task("other", 1, 1, lifts={"y": 3}, required=True),
        Task("same", 1, 1, lifts=lifts(2), required=True, start=1),  # no more than what a brings
    )
    given = problem(*tasks, target=(Need("x", "score", X, 2.6),))
    found = soonest(given)
    assert found is not None
    assert set(found.start) == {"base", "a", "other", "same"}
    assert (found.reached, found.needed) == (2, {"base", "a"})


def test_what_must_be_done_is_needed_where_it_helps_the_target() -> None:
    tasks = (Task("a", 1, 1, lifts=lifts(3), required=True),)
    found = soonest(problem(*tasks, target=(Need("x", "score", X, 2.6),)))
    assert found is not None
    assert found.needed == {"a"}


def test_a_target_that_holds_today_needs_nothing() -> None:
    tasks = (Task("a", 1, 1, lifts=lifts(3), required=True),)
    found = soonest(problem(*tasks, target=(Need("x", "score", X, 1.0),)))
    assert found is not None
    assert (found.reached, found.needed) == (0, frozenset())
