"""What is missing for a target: by hand, and that each way suffices and a little less does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import instances
import making
import pytest

from cxmaturity.roadmap import shortfall
from cxmaturity.roadmap.milp import Limits
from cxmaturity.roadmap.model import Capacity, Decisions, Shortage, Target, time_among
from cxmaturity.roadmap.planning import Question, plan
from cxmaturity.roadmap.problem import Need, Position, Problem, Task, WeightedSum
from cxmaturity.roadmap.shortfall import binding, least, more_time, ways
from cxmaturity.roadmap.solving import can_reach

MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)
X = WeightedSum({"x": Position(1.0, 1.0)})
XY = WeightedSum({"x": Position(0.5, 1.0), "y": Position(0.5, 1.0)})
BOTH = (Need("x", "score", XY, 2.6),)
LIMITS = Limits()


def two(**more: Any) -> Problem:
    """Two tasks of 12 days over a quarter each; the target needs both."""
    tasks = (
        Task("a", 1, 12, cost=300, lifts={"x": 3}, skills={"design": 6}),
        Task("b", 1, 12, cost=200, lifts={"y": 3}),
    )
    given: dict[str, Any] = {"days": (12.0, 12.0), "minima": MINIMA, "maturity": XY, "target": BOTH}
    return Problem(tasks, **{**given, **more})


def lasting(problem: Problem, quarters: int) -> Problem:
    """The problem for so many quarters, more like its last."""
    more = quarters - problem.quarters
    skills = {skill: (*free, *free[-1:] * more) for skill, free in problem.skills.items()}
    return replace(problem, days=(*problem.days, *problem.days[-1:] * more), skills=skills)


def later(problem: Problem, point: int) -> Iterator[Shortage]:
    return more_time(partial(lasting, problem), problem.quarters, point, LIMITS)


def test_what_is_missing_for_a_point() -> None:
    # by point 2 both fit; by point 1 both run in quarter 0: 24 days of 12, so 12 more; or a quarter later
    assert list(ways(two(), 1, LIMITS)) == [Shortage("person-days", 12.0)]
    assert list(later(two(), 1)) == [Shortage("quarters", 1)]


def test_capacity_is_missing_in_tenths_of_days() -> None:
    # 10 days of 12 in each of two quarters; 9.96 would need 2.04
    assert list(least(two(days=(10.0, 10.0)), 2, ["days"], LIMITS)) == [Shortage("person-days", 2.0)]
    assert list(least(two(days=(9.96, 9.96)), 2, ["days"], LIMITS)) == [Shortage("person-days", 2.1)]


def test_a_budget_is_missing_in_whole_euros() -> None:
    assert list(ways(two(budget=300.5), 2, LIMITS)) == [Shortage("budget", 200.0)]


def test_a_skill_is_missing() -> None:
    given = two(skills={"design": (2.5, 4.5)})
    # 'a' needs 6 of design: 1.5 more in the second quarter; a third would have 4.5 too, so waiting is no way
    assert list(ways(given, 2, LIMITS)) == [Shortage("skill", 1.5, "design")]


def test_quarters_are_missing() -> None:
    # 12 days in the first quarter, and then 12 a quarter for a task of two quarters with 24 days after it
    tasks = (Task("a", 1, 12, lifts={"x": 3}), Task("b", 2, 24, lifts={"y": 3}, needs=("a",)))
    given = Problem(tasks, (12.0, 12.0), MINIMA, XY, target=BOTH)
    assert list(ways(given, 2, LIMITS)) == []
    assert list(later(given, 2)) == [Shortage("quarters", 1)]


def test_a_deadline_before_the_end_is_moved_within_the_plan() -> None:
    given = two(days=(12.0, 0.0, 12.0))
    assert list(ways(given, 1, LIMITS)) == [Shortage("person-days", 12.0)]
    assert list(later(given, 1)) == [Shortage("quarters", 2)]


def test_where_nothing_helps_alone_things_do_together() -> None:
    given = two(days=(10.0, 10.0), budget=450.0, skills={"design": (5.0, 5.0)})
    assert list(ways(given, 2, LIMITS)) == []
    together = least(given, 2, given.limits, LIMITS)
    assert set(together) == {
        Shortage("person-days", 2.0),
        Shortage("skill", 1.0, "design"),
        Shortage("budget", 50.0),
    }


def test_what_no_capacity_mends_has_no_ways() -> None:
    given = two(target=(Need("x", "score", X, 4.2),))
    assert list(ways(given, 2, LIMITS)) == []
    assert list(later(given, 2)) == []
    assert least(given, 2, given.limits, LIMITS) == ()


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ([False, True], [Shortage("quarters", 2)]),
        ([None, True], [Shortage("quarters", 2, least=False)]),  # it may be possible a quarter sooner
        ([False] * 8, []),
    ],
)
def test_more_time_is_the_least_only_if_less_is_known_not_to_do(
    answers: list[bool | None], found: list[Shortage], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = iter(answers)
    monkeypatch.setattr(shortfall, "can_reach", lambda *_, **__: next(given))
    assert list(later(two(), 1)) == found


# ------------------------------------------------------------------------------------ each way suffices


def more_of(problem: Problem, shortages: Iterable[Shortage], less: float = 0.0) -> Problem:
    """The problem with additions, each less by so much of what it is rounded to."""
    for each in shortages:
        if each.kind == "person-days":
            amount = each.amount - 0.1 * less
            problem = replace(problem, days=tuple(days + amount for days in problem.days))
        elif each.kind == "budget":
            problem = replace(problem, budget=(problem.budget or 0.0) + each.amount - less)
        elif each.kind == "skill":
            free = tuple(days + each.amount - 0.1 * less for days in problem.skills[each.skill])
            problem = replace(problem, skills={**problem.skills, each.skill: free})
    return problem


@pytest.mark.parametrize("seed", range(120))
def test_each_way_suffices_and_less_does_not(seed: int) -> None:
    problem: Problem = instances.instance(seed)
    for point in {problem.quarters - 1, problem.quarters}:
        if can_reach(problem, point) or not problem.target:
            continue
        singles = list(ways(problem, point, LIMITS))
        for way in later(problem, point):
            assert way.least
            reached = [
                can_reach(lasting(problem, max(problem.quarters, point + n)), point + n)
                for n in range(int(way.amount) + 1)
            ]
            assert reached == [False] * int(way.amount) + [True]
        for way in singles:
            assert way.least
            assert can_reach(more_of(problem, [way]), point), way
            assert not can_reach(more_of(problem, [way], less=1.01), point), way
        together = least(problem, point, problem.limits, LIMITS)
        if together:
            assert can_reach(more_of(problem, together), point), together
        assert together or not singles


# ----------------------------------------------------------------------------------------------- binding


@pytest.mark.parametrize(
    ("more", "bound"),
    [
        ({"days": (24.0, 24.0)}, []),
        ({}, ["days"]),  # one of the two waits for the second quarter
        ({"days": (0.0, 0.0)}, ["days"]),  # nothing at all is possible
        ({"days": (24.0, 24.0), "budget": 250.0}, ["budget"]),
        ({"days": (24.0, 24.0), "budget": 500.0}, []),
        ({"days": (24.0, 24.0), "budget": 0.0}, ["budget"]),
        ({"days": (24.0, 24.0), "skills": {"design": (2.0, 2.0)}}, ["skill:design"]),
        ({"budget": 250.0, "skills": {"design": (6.0, 6.0)}}, ["days", "budget"]),
    ],
)
def test_what_binds(more: dict[str, Any], bound: list[str]) -> None:
    assert binding(two(**more)) == bound


def test_what_costs_next_to_nothing_does_not_bind() -> None:
    # z would add 0.0016 to 1.6 at each point, a thousandth, and the budget leaves it out
    parts = {"x": Position(0.5, 1.0), "y": Position(0.5, 1.0), "z": Position(0.001, 1.0)}
    given = two(days=(25.0, 25.0), budget=500.0, maturity=WeightedSum(parts))
    more = Task("c", 1, 1, cost=1, lifts={"z": 3})
    assert binding(replace(given, tasks=(*given.tasks, more))) == []


# --------------------------------------------------------------------------------------------- obstacles

MEANING, PAY = "culture.meaning", "culture.pay"
LOW = {MEANING: 1.0, PAY: 1.0}


def obstacles(situation: Any) -> list[tuple[str, Any]]:
    prospect = plan(situation, Question(situation.target)).prospect
    assert prospect is not None
    assert prospect.reached is None or prospect.needs_data
    return [(each.key, each.values) for each in prospect.obstacles]


@pytest.mark.parametrize(
    ("level", "forbid", "key", "best"),
    [
        (4, (), "obstacle.score", 2.6),  # everything done: (3.4 + 1.8) / 2
        (3, ("culture.b",), "obstacle.forbidden", 2.2),  # (3.4 + 1.0) / 2
        (3, ("culture.first",), "obstacle.forbidden", 2.2),  # b needs it
        (4, ("culture.b",), "obstacle.score", 2.2),  # not even with what is ruled out
    ],
)
def test_what_stands_in_the_way(level: int, forbid: tuple[str, ...], key: str, best: float) -> None:
    entries = [
        making.entry("culture.a", {MEANING: 4}),
        making.entry("culture.b", {PAY: 2}, needs=("culture.first",)),
        making.entry("culture.first", {MEANING: 2}),
    ]
    situation = making.situation(
        LOW,
        entries,
        capacity=making.quarters(3),
        target=Target(dimensions={"culture": level}),
        decisions=Decisions(forbid=forbid),
    )
    ((found, values),) = obstacles(situation)
    assert found == key
    assert (values["title"], values["level"], values["minimum"]) == ("culture", level, MINIMA[level - 1])
    assert values["best"] == pytest.approx(best)


def test_customer_data_in_the_way() -> None:
    situation = making.situation(
        LOW,
        [making.entry("culture.a", {MEANING: 5, PAY: 5})],
        measured={PAY: 1.0},
        capacity=making.quarters(3),
        target=Target(dimensions={"culture": 5}),
    )
    ((key, values),) = obstacles(situation)
    assert (key, values["title"], values["level"]) == ("obstacle.measured", "culture", 4)


def test_too_few_answers_in_the_way() -> None:
    situation = making.situation(
        LOW,
        [making.entry("culture.a", {MEANING: 5, PAY: 5})],
        coverage={"culture": 0.3},
        capacity=making.quarters(3),
        target=Target(dimensions={"culture": 2}),
    )
    ((key, values),) = obstacles(situation)
    assert (key, values["title"]) == ("obstacle.level", "culture")


def test_a_missed_target_names_its_ways() -> None:
    entries = [making.entry("culture.a", {MEANING: 3}, days=10), making.entry("culture.b", {PAY: 3}, days=10)]
    situation = making.situation(
        LOW, entries, capacity=making.quarters(1, days=12), target=Target(dimensions={"culture": 3})
    )
    prospect = plan(situation, Question(situation.target)).prospect
    assert prospect is not None
    assert (prospect.reached, prospect.ways_at) == (None, 1)
    assert prospect.ways == (Shortage("person-days", 8.0), Shortage("quarters", 1))
    assert (prospect.together, prospect.obstacles) == ((), ())


def test_what_is_under_way_and_outlasts_the_plan_brings_the_target_in_time_of_its_own() -> None:
    # four quarters of 10 days each; what it lifts counts from the fifth on
    entries = [making.entry("culture.a", {MEANING: 3}, days=40, weeks=52)]
    for quarters, more in ((2, 2), (3, 1)):
        situation = making.situation(
            {MEANING: 1.0},
            entries,
            capacity=making.quarters(quarters, days=10),
            target=Target(dimensions={"culture": 3}),
            decisions=Decisions(under_way={"culture.a": "2027-01"}),
        )
        prospect = plan(situation, Question(situation.target)).prospect
        assert prospect is not None
        assert (prospect.reached, prospect.obstacles) == (None, ())
        assert prospect.ways == (Shortage("quarters", more),)


def test_what_is_under_way_takes_its_days_after_the_plan_as_well() -> None:
    # 20 days in each of four quarters; the other 20 fit in the fifth, 3 quarters after the end of the plan
    entries = [
        making.entry("culture.a", {"culture.unseen": 3}, days=80, weeks=52),
        making.entry("culture.b", {MEANING: 3, PAY: 3}, days=20),
    ]
    situation = making.situation(
        LOW,
        entries,
        capacity=making.quarters(2, days=20),
        target=Target(dimensions={"culture": 3}),
        decisions=Decisions(under_way={"culture.a": "2027-01"}),
    )
    prospect = plan(situation, Question(situation.target)).prospect
    assert prospect is not None
    assert prospect.ways == (Shortage("person-days", 20.0), Shortage("quarters", 3))


def test_what_is_to_be_added_is_counted_from_what_there_is_and_not_from_what_is_under_way() -> None:
    # under way are 30 days and 3,000 EUR in the first quarter, of 5 and 1,000 that there are
    entries = [
        making.entry("culture.a", {"culture.unseen": 3}, days=30, cost=3_000),
        making.entry("culture.b", {MEANING: 3, PAY: 3}, days=40, cost=500),
    ]
    situation = making.situation(
        LOW,
        entries,
        capacity=making.quarters(2, days=5, budget=1_000),
        target=Target(dimensions={"culture": 3}),
        decisions=Decisions(under_way={"culture.a": "2027-01"}),
    )
    prospect = plan(situation, Question(situation.target)).prospect
    assert prospect is not None
    assert prospect.ways_at == 2
    # beside the 30 days it takes 35 more than 5; so many more than 30 do in any case, and less may
    assert prospect.together == (
        Shortage("person-days", 60.0, least=False),
        Shortage("budget", 2_500.0),
    )
    more = Capacity("2027-01", (65.0, 65.0), 3_500.0)
    again = plan(replace(situation, capacity=more), Question(situation.target)).prospect
    assert again is not None
    assert again.in_time


def test_where_neither_more_nor_longer_helps_alone_both_do_together() -> None:
    # b needs a, so that it ends in the third quarter, and of its 20 days there are 10
    entries = [
        making.entry("culture.a", {MEANING: 3}, days=10, weeks=26),
        making.entry("culture.b", {PAY: 3}, days=20, needs=("culture.a",)),
    ]
    situation = making.situation(
        LOW, entries, capacity=making.quarters(2, days=10), target=Target(dimensions={"culture": 3})
    )
    prospect = plan(situation, Question(situation.target)).prospect
    assert prospect is not None
    assert (prospect.ways, prospect.ways_at) == ((), 2)
    assert prospect.together == (Shortage("person-days", 10.0), Shortage("quarters", 1))
    assert 2 + time_among(prospect.together) == 3


def test_a_target_in_time_names_what_would_bring_it_sooner() -> None:
    entries = [making.entry("culture.a", {MEANING: 3}, days=10), making.entry("culture.b", {PAY: 3}, days=10)]
    situation = making.situation(
        LOW, entries, capacity=making.quarters(4, days=12), target=Target(dimensions={"culture": 3})
    )
    prospect = plan(situation, Question(situation.target)).prospect
    assert prospect is not None
    assert (prospect.reached, prospect.in_time, prospect.ways_at) == (2, True, 1)
    assert prospect.ways == (Shortage("person-days", 8.0),)
