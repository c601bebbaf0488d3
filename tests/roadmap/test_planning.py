"""What is placed, when, and why not: the rules of the roadmap, by example and over random catalogues."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import Any

import making
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cxmaturity.roadmap.milp import Limits, Outcome
from cxmaturity.roadmap.model import Capacity, Decisions, Drivers, Recommendation, Roadmap, Target
from cxmaturity.roadmap.planning import Question, deadline_of, plan
from cxmaturity.roadmap.posing import Situation
from cxmaturity.roadmap.selection import candidates

MEANING = "culture.meaning"
LOYALTY = "retention.loyalty"
INSIGHT = "retention.insight"
LOW = {MEANING: 1.0, LOYALTY: 1.0, INSIGHT: 1.0}
MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)


def asked(situation: Situation, **more: Any) -> Roadmap:
    return plan(situation, Question(situation.target, **more))


def order(roadmap: Roadmap) -> list[str]:
    return [each.recommendation.id for each in roadmap.initiatives]


def spans(roadmap: Roadmap) -> dict[str, tuple[int | None, int | None]]:
    return {each.recommendation.id: (each.start, each.end) for each in roadmap.initiatives}


def reasons(roadmap: Roadmap) -> dict[str, str]:
    return {each.recommendation.id: each.reason.key for each in roadmap.left_out}


def practice(roadmap: Roadmap, name: str) -> Any:
    dimensions = roadmap.finally_.projected.dimensions
    return next(each.practices[name] for each in dimensions if name in each.practices)


# ----------------------------------------------------------------------------------- lifts and quarters


@pytest.mark.parametrize("planned", [False, True])
def test_lifts_never_add_up(*, planned: bool) -> None:
    entries = [
        making.entry("culture.a", {MEANING: 3}, days=1),
        making.entry("culture.b", {MEANING: 3}, days=2),
    ]
    more = {"capacity": making.quarters(2)} if planned else {}
    roadmap = asked(making.situation(LOW, entries, **more))
    assert order(roadmap) == ["culture.a"]
    assert reasons(roadmap) == {"culture.b": "left-out.no-gain"}
    assert practice(roadmap, MEANING).score == 2.6  # the minimum of level 3, not 1.0 + 1.6 + 1.6


def test_a_prerequisite_ends_in_an_earlier_quarter() -> None:
    entries = [
        making.entry("culture.first", {MEANING: 2}, weeks=14),  # two quarters
        making.entry("culture.then", {MEANING: 5}, needs=("culture.first",)),
    ]
    roadmap = asked(making.situation(LOW, entries, capacity=making.quarters(4)))
    assert spans(roadmap) == {"culture.first": (0, 1), "culture.then": (2, 2)}


@pytest.mark.parametrize(("weeks", "took"), [(0.5, 1), (13, 1), (13.5, 2), (26, 2), (27, 3)])
def test_effort_spreads_over_whole_quarters(weeks: float, took: int) -> None:
    entries = [making.entry("culture.a", {MEANING: 3}, days=12, weeks=weeks, skills={"design": 0.5})]
    roadmap = asked(making.situation(LOW, entries, capacity=making.quarters(4, design=50)))
    (only,) = roadmap.initiatives
    assert (only.start, only.quarters) == (0, took)
    loads = [period.load for period in roadmap.periods]
    assert loads == pytest.approx([12 / took] * took + [0.0] * (4 - took))
    skilled = [(each.skills["design"].load, each.skills["design"].capacity) for each in roadmap.periods]
    assert skilled == [(load / 2, 50) for load in loads]


def test_a_lift_counts_from_the_quarter_after_completion() -> None:
    entries = [making.entry("culture.a", {MEANING: 3}, weeks=20)]
    roadmap = asked(making.situation(LOW, entries, capacity=making.quarters(4)))
    scores = [period.projected.dimensions[0].score for period in roadmap.periods]
    assert scores == [1.0, 1.0, 2.6, 2.6]
    # the whole rises from 1.0 to (2.6 + 1.0) / 2 = 1.8 by the points 2, 3 and 4: 3 × 0.8
    assert roadmap.gained == pytest.approx(2.4)


def test_the_budget_holds_for_all_of_it() -> None:
    entries = [
        making.entry("culture.a", {MEANING: 3}, cost=600),
        making.entry("retention.b", {LOYALTY: 3}, cost=400),
        making.entry("retention.c", {INSIGHT: 2}, cost=1),
    ]
    roadmap = asked(making.situation(LOW, entries, capacity=making.quarters(3, budget=1000)))
    assert set(order(roadmap)) == {"culture.a", "retention.b"}
    assert (roadmap.cost, roadmap.budget) == (1000, 1000)
    assert reasons(roadmap) == {"retention.c": "left-out.budget"}


def test_a_prerequisite_that_brings_no_points_is_still_done_first() -> None:
    # loyalty weighs 0, so lifting it adds nothing; but what builds on it needs it
    entries = [
        making.entry("retention.first", {LOYALTY: 3}),
        making.entry("retention.then", {INSIGHT: 3}, needs=("retention.first",)),
    ]
    for more in ({}, {"capacity": making.quarters(4)}):
        roadmap = asked(making.situation(LOW, entries, weights={LOYALTY: 0}, **more))
        assert order(roadmap) == ["retention.first", "retention.then"]


def test_practices_not_assessed_are_only_found_out_about() -> None:
    entries = [
        making.entry("culture.ask", find_out=True, days=50),
        making.entry("culture.blind", {MEANING: 3}),
        making.entry("retention.both", {INSIGHT: 3, LOYALTY: 3}),
        making.entry("retention.ask", find_out=True),
    ]
    practices = {MEANING: None, LOYALTY: None, INSIGHT: 1.0}
    for more in ({}, {"capacity": making.quarters(2)}):
        roadmap = asked(making.situation(practices, entries, **more))
        assert set(order(roadmap)) == {"retention.ask", "culture.ask", "retention.both"}
        found = {each.recommendation.id: each for each in roadmap.initiatives}
        assert found["retention.both"].lifts == {INSIGHT: 3}
        assert found["culture.ask"].unassessed == (MEANING,)
        assert found["retention.ask"].unassessed == (LOYALTY,)
        assert (found["culture.ask"].gain, found["culture.ask"].lifts) == (0.0, {})
        assert practice(roadmap, LOYALTY).score is None


def test_finding_out_is_not_needed_where_everything_is_known() -> None:
    situation = making.situation(LOW, [making.entry("culture.ask", find_out=True)])
    roadmap = asked(situation)
    assert (roadmap.initiatives, roadmap.left_out) == ((), ())


def test_nothing_to_do_is_a_roadmap_too() -> None:
    situation = making.situation(LOW, capacity=making.quarters(2))
    roadmap = asked(situation)
    assert (roadmap.initiatives, roadmap.left_out, len(roadmap.periods)) == ((), (), 2)
    assert (roadmap.status, roadmap.gained, roadmap.binding) == ("optimal", 0.0, ())
    assert roadmap.finally_.projected.overall.score == situation.assessment.overall.score


@pytest.mark.parametrize(("employees", "departments"), [(120, 6), (4000, 40)])
def test_effort_grows_with_its_drivers(*, employees: int, departments: int) -> None:
    drivers = Drivers(fixed=6, per_department=1.5, per_100_employees=3)
    entries = [making.entry("culture.a", {MEANING: 3}, effort=drivers)]
    situation = making.situation(LOW, entries)
    organisation = replace(situation.assessment.organisation, employees=employees, departments=departments)
    assessment = replace(situation.assessment, organisation=organisation)
    roadmap = asked(replace(situation, assessment=assessment))
    assert (roadmap.size.employees, roadmap.size.departments, roadmap.size.assumed) == (
        employees,
        departments,
        (),
    )
    # 120 people in 6 departments: 6 + 9 + 3.6 = 18.6; 4,000 in 40: 6 + 60 + 120 = 186
    assert roadmap.initiatives[0].days == pytest.approx(6 + 1.5 * departments + 0.03 * employees)


def test_a_size_that_nobody_said_is_assumed_and_named() -> None:
    drivers = Drivers(fixed=6, per_department=1.5, per_100_employees=3)
    situation = making.situation(LOW, [making.entry("culture.a", {MEANING: 3}, effort=drivers)])
    organisation = replace(situation.assessment.organisation, employees=None, departments=None)
    roadmap = asked(replace(situation, assessment=replace(situation.assessment, organisation=organisation)))
    assert roadmap.size.assumed == ("employees", "departments")
    assert roadmap.initiatives[0].days == 16.5  # 5 departments, 100 people: 6 + 7.5 + 3


# --------------------------------------------------------------------------------------- the two questions


def test_the_target_comes_before_the_most_maturity() -> None:
    # a quarter takes one of the two; culture alone is worth 0.8, retention 1.6 in half of the whole
    entries = [
        making.entry("culture.want", {MEANING: 2}, days=10),  # gains 0.4
        making.entry("retention.more", {LOYALTY: 5, INSIGHT: 5}, days=10),  # gains 1.6
    ]
    situation = making.situation(
        LOW, entries, capacity=making.quarters(2, days=10), target=Target(dimensions={"culture": 2})
    )
    roadmap = asked(situation)
    assert spans(roadmap) == {"culture.want": (0, 0), "retention.more": (1, 1)}
    assert (roadmap.aim, roadmap.status) == ("target", "optimal")
    assert roadmap.prospect is not None
    assert (roadmap.prospect.reached, roadmap.prospect.deadline, roadmap.prospect.in_time) == (1, 2, True)
    assert [each.needed for each in roadmap.initiatives] == [True, False]

    most = asked(situation, aim="maturity")
    assert spans(most) == {"culture.want": (1, 1), "retention.more": (0, 0)}
    assert (most.aim, most.status) == ("maturity", "optimal")
    assert most.prospect is not None  # it is still said when the target is reached
    assert most.prospect.reached == 2


def test_a_target_that_cannot_be_reached_gives_the_next_best_plan() -> None:
    entries = [making.entry("culture.a", {MEANING: 3})]
    situation = making.situation(
        LOW, entries, capacity=making.quarters(2), target=Target(dimensions={"culture": 4})
    )
    roadmap = asked(situation)
    assert (roadmap.status, order(roadmap)) == ("infeasible", ["culture.a"])
    assert roadmap.prospect is not None
    assert (roadmap.prospect.reached, roadmap.prospect.in_time) == (None, False)
    assert [each.key for each in roadmap.prospect.obstacles] == ["obstacle.score"]


def test_a_target_that_needs_customer_data_is_planned_for_and_not_called_reached() -> None:
    # people are lifted to level 5; customer data shows level 1, so that level 2 is the most until it follows
    situation = making.situation(
        LOW,
        [making.entry("culture.a", {MEANING: 5})],
        measured={MEANING: 1.0},
        capacity=making.quarters(3),
        target=Target(dimensions={"culture": 5}),
    )
    roadmap = asked(situation)
    assert roadmap.prospect is not None
    assert (roadmap.prospect.reached, roadmap.prospect.needs_data) == (1, True)
    assert roadmap.status == "infeasible"
    assert [each.key for each in roadmap.prospect.obstacles] == ["obstacle.measured"]
    assert roadmap.finally_.projected.dimensions[0].level == 2
    assert roadmap.finally_.if_measured.dimensions[0].level == 5


@pytest.mark.parametrize(
    ("by", "point"),
    [
        (None, 4),
        ("2026-11", 0),  # before the plan
        ("2027-01", 0),
        ("2027-03", 0),  # in the first quarter, when nothing has ended
        ("2027-04", 1),
        ("2027-06", 1),
        ("2027-12", 3),
        ("2028-01", 4),
        ("2035-01", 4),
    ],
)
def test_a_date_is_the_last_point_that_holds_by_then(by: str | None, point: int) -> None:
    assert deadline_of(Target(2, by), making.quarters(4)) == point


def test_a_target_reached_after_its_date_is_missed() -> None:
    situation = making.situation(
        LOW,
        [making.entry("culture.a", {MEANING: 3}, weeks=26)],
        capacity=making.quarters(4),
        target=Target(by="2027-06", dimensions={"culture": 3}),
    )
    roadmap = asked(situation)
    assert roadmap.prospect is not None
    assert (roadmap.prospect.reached, roadmap.prospect.deadline) == (2, 1)
    assert (roadmap.prospect.in_time, roadmap.status) == (False, "infeasible")


def test_what_must_be_done_and_does_not_fit_is_dropped_as_little_as_can_be() -> None:
    entries = [making.entry(f"culture.{name}", {MEANING: 3}, days=10) for name in "abc"]
    situation = making.situation(
        LOW,
        entries,
        capacity=Capacity("2027-01", (10.0, 10.0)),
        decisions=Decisions(pin=dict.fromkeys(("culture.a", "culture.b", "culture.c"))),
    )
    roadmap = asked(situation)
    assert len(order(roadmap)) == 2
    assert list(reasons(roadmap).values()) == ["left-out.pinned"]
    assert {each.state for each in roadmap.initiatives} == {"pinned"}


def test_what_is_under_way_goes_on_whatever_else_is_pinned() -> None:
    # one quarter of 10 days: a takes all of them, b and c together would as well
    entries = [
        making.entry("culture.a", {MEANING: 3}, days=10),
        making.entry("retention.b", {LOYALTY: 3}, days=5),
        making.entry("retention.c", {INSIGHT: 3}, days=5),
    ]
    situation = making.situation(
        LOW,
        entries,
        capacity=Capacity("2027-01", (10.0,)),
        decisions=Decisions(
            under_way={"culture.a": "2027-01"}, pin={"retention.b": None, "retention.c": "2027-01"}
        ),
    )
    roadmap = asked(situation)
    assert order(roadmap) == ["culture.a"]
    assert reasons(roadmap) == dict.fromkeys(("retention.b", "retention.c"), "left-out.pinned")


def test_alternatives_that_are_both_under_way_both_go_on() -> None:
    entries = [
        making.entry("culture.a", {MEANING: 3}, excludes=("culture.b",)),
        making.entry("culture.b", {LOYALTY: 3}),
    ]
    under_way = dict.fromkeys(("culture.a", "culture.b"), "2027-01")
    situation = making.situation(
        LOW, entries, capacity=making.quarters(2), decisions=Decisions(under_way=under_way)
    )
    assert set(order(asked(situation))) == {"culture.a", "culture.b"}


def test_a_prerequisite_that_is_done_or_will_be_is_not_unknown() -> None:
    entries = [
        making.entry("culture.first", {"culture.unseen": 3}),  # which was not assessed
        making.entry("culture.then", {MEANING: 3}, needs=("culture.first",)),
    ]
    practices = {MEANING: 1.0, "culture.unseen": None}
    for decisions, done in (
        (Decisions(), []),
        (Decisions(done={"culture.first": None}), ["culture.then"]),
        (Decisions(pin={"culture.first": None}), ["culture.first", "culture.then"]),
        (Decisions(under_way={"culture.first": "2027-01"}), ["culture.first", "culture.then"]),
    ):
        situation = making.situation(practices, entries, capacity=making.quarters(3), decisions=decisions)
        assert order(asked(situation)) == done


def test_where_pins_are_not_weighed_in_time_what_is_under_way_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nothing = Outcome(None, inf, proven=False)
    monkeypatch.setattr("cxmaturity.roadmap.planning.answer", lambda *_: (nothing, None))
    entries = [making.entry("culture.a", {MEANING: 3}), making.entry("culture.b", {LOYALTY: 4})]
    situation = making.situation(
        LOW,
        entries,
        capacity=making.quarters(2),
        decisions=Decisions(under_way={"culture.a": "2027-01"}, pin={"culture.b": None}),
    )
    states = {each.recommendation.id: each.state for each in asked(situation).initiatives}
    assert states["culture.a"] == "under-way"


def test_a_search_without_a_result_keeps_what_must_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cxmaturity.roadmap.planning.most", lambda *_, **__: None)
    entries = [making.entry("culture.a", {MEANING: 3}), making.entry("culture.b", {MEANING: 4})]
    situation = making.situation(
        LOW,
        entries,
        capacity=making.quarters(2),
        decisions=Decisions(under_way={"culture.a": "2027-04"}),
    )
    roadmap = asked(situation)
    assert spans(roadmap)["culture.a"] == (1, 1)
    assert roadmap.status == "feasible"
    assert roadmap.gap == inf


@pytest.mark.parametrize(("measured", "searches"), [({}, 1), ({MEANING: 1.0}, 2)])
def test_a_target_is_searched_for_again_only_where_customer_data_could_follow(
    measured: Mapping[str, float], searches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds: list[float] = []

    def soonest(_: object, *, limits: Limits) -> None:
        seconds.append(limits.seconds)

    monkeypatch.setattr("cxmaturity.roadmap.planning.soonest", soonest)
    situation = making.situation(
        LOW,
        [making.entry("culture.a", {MEANING: 3})],
        measured=measured,
        capacity=making.quarters(2),
        target=Target(dimensions={"culture": 5}),
    )
    asked(situation, limits=Limits(seconds=5.0))
    assert len(seconds) == searches
    assert all(later <= 5.0 for later in seconds)
    assert seconds == sorted(seconds, reverse=True)


def test_what_is_under_way_goes_on_even_where_it_takes_more_than_there_is() -> None:
    entries = [
        making.entry("culture.a", {MEANING: 3}, days=60, weeks=26),  # 30 days in each quarter; there are 10
        making.entry("culture.b", {MEANING: 4}, days=10),
    ]
    situation = making.situation(
        LOW,
        entries,
        capacity=making.quarters(3, 10.0),
        decisions=Decisions(under_way={"culture.a": "2026-10"}),
    )
    roadmap = asked(situation)
    assert spans(roadmap) == {"culture.a": (-1, 0), "culture.b": (1, 1)}
    assert [period.load for period in roadmap.periods] == [30, 10, 0]
    assert [period.capacity for period in roadmap.periods] == [10, 10, 10]


def test_a_plugin_that_fails_while_planning_is_named_and_its_dimension_held() -> None:
    def fragile(scores: Mapping[str, float], weights: Mapping[str, float]) -> float:
        del weights
        if max(scores.values()) > 2:
            raise ValueError("never seen such a score")
        return max(scores.values())

    entries = [making.entry("culture.a", {MEANING: 3}), making.entry("retention.a", {LOYALTY: 3})]
    situation = making.situation(
        LOW, entries, scorers={"retention": making.Made(fragile)}, capacity=making.quarters(2)
    )
    roadmap = asked(situation)
    assert order(roadmap) == ["culture.a"]
    assert reasons(roadmap) == {"retention.a": "left-out.held"}
    assert roadmap.held == ("retention",)
    (warning,) = roadmap.warnings
    assert warning.key == "warning.plugin-failed"
    assert "never seen such a score" in str(warning.values["reason"])
    assert roadmap.finally_.projected.dimensions[1].score == 1.0


# ------------------------------ over random catalogues

PRACTICES = (MEANING, LOYALTY, INSIGHT)


@st.composite
def catalogues(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Recommendations, each of which may need earlier ones or rule them out."""
    found: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 6))):
        lifted = draw(st.sampled_from(PRACTICES))
        level = draw(st.integers(2, 5))
        earlier = [each["name"] for each in found]
        needs = draw(st.sampled_from([(), (), *((name,) for name in earlier)]))
        apart = draw(st.sampled_from([(), (), *((name,) for name in earlier)]))
        found.append(
            {
                "name": f"{lifted.partition('.')[0]}.r{number}",
                "lifts": {lifted: level},
                "low": {lifted: draw(st.integers(1, level))},
                "days": draw(st.sampled_from([0.0, 1.0, 3.5, 10.0, 40.0])),
                "cost": draw(st.sampled_from([0.0, 100.0, 450.0])),
                "weeks": draw(st.sampled_from([2.0, 13.0, 20.0, 30.0])),
                "needs": needs,
                "excludes": () if apart == needs else apart,
                "skills": {"design": draw(st.sampled_from([0.0, 0.5, 1.0]))},
            }
        )
    return draw(st.permutations(found))


MANY = settings(
    max_examples=60,
    phases=[Phase.explicit, Phase.generate],
)
SETTINGS = st.fixed_dictionaries(
    {
        "count": st.integers(1, 5),
        "days": st.sampled_from([5.0, 12.0, 100.0]),
        "budget": st.none() | st.sampled_from([0.0, 500.0, 5000.0]),
        "design": st.sampled_from([3.0, 100.0]),
    }
)


def assert_keeps_every_rule(roadmap: Roadmap, capacity: Capacity) -> None:
    by_id = {each.recommendation.id: each for each in roadmap.initiatives}
    for period in roadmap.periods:
        assert period.load <= period.capacity + 1e-6
        assert all(each.load <= each.capacity + 1e-6 for each in period.skills.values())
    if capacity.budget is not None:
        assert roadmap.cost <= capacity.budget + 1e-6
    known = {*by_id, *(each.recommendation.id for each in roadmap.left_out)}
    for each in roadmap.initiatives:
        assert each.start is not None
        assert each.state == "under-way" or 0 <= each.start < capacity.quarters
        assert not set(each.recommendation.excludes) & set(by_id)
        for need in each.recommendation.prerequisites:
            if need in known and each.state != "under-way":
                end = by_id[need].end
                assert end is not None
                assert end < each.start, f"{each.recommendation.id} starts before {need} has ended"


def assert_nothing_falls(roadmap: Roadmap, today: float) -> None:
    outlooks = [*(period.outlook for period in roadmap.periods), roadmap.finally_]
    for outlook in outlooks:
        low, expected, followed = (
            each.overall.score or 0.0 for each in (outlook.low, outlook.projected, outlook.if_measured)
        )
        assert today - 1e-9 <= low <= expected + 1e-9
        assert followed == expected  # customer data changes levels, not scores
        assert (outlook.low.overall.level or 0) <= (outlook.projected.overall.level or 0)
        assert (outlook.projected.overall.level or 0) <= (outlook.if_measured.overall.level or 0)
    for of in (lambda each: each.low, lambda each: each.projected, lambda each: each.if_measured):
        scores = [of(each).overall.score or 0.0 for each in outlooks]
        levels = [of(each).overall.level or 0 for each in outlooks]
        assert all(earlier <= later + 1e-9 for earlier, later in pairwise(scores))
        assert levels == sorted(levels)


def made_of(made: Iterable[Mapping[str, Any]]) -> list[Recommendation]:
    return [making.entry(**each) for each in made]


@MANY
@given(
    made=catalogues(),
    capacity=SETTINGS,
    scores=st.tuples(*[st.sampled_from([1.0, 1.5, 2.6, 4.0])] * 3),
    measured=st.none() | st.sampled_from([1.0, 2.0, 4.0]),
    level=st.none() | st.integers(2, 5),
)
def test_a_plan_keeps_what_it_promises(
    *,
    made: list[dict[str, Any]],
    capacity: dict[str, Any],
    scores: tuple[float, ...],
    measured: float | None,
    level: int | None,
) -> None:
    entries, free = made_of(made), making.quarters(**capacity)
    situation = making.situation(
        dict(zip(PRACTICES, scores, strict=True)),
        entries,
        measured={} if measured is None else {LOYALTY: measured},
        scorers={"culture": making.Made(caps=[("overall", "culture", 1)])},
        capacity=free,
        target=Target(level),
    )
    roadmap = asked(situation)
    assert_keeps_every_rule(roadmap, free)
    assert_nothing_falls(roadmap, situation.assessment.overall.score or 0.0)
    placed = order(roadmap)
    left = [each.recommendation.id for each in roadmap.left_out]
    assert sorted([*placed, *left]) == sorted(candidates(situation.assessment, tuple(entries)))
    assert left == sorted(left)
    assert [each.number for each in roadmap.initiatives] == list(range(1, len(placed) + 1))
    assert all((a.start or 0) <= (b.start or 0) for a, b in pairwise(roadmap.initiatives))
    if roadmap.prospect is not None and roadmap.prospect.reached is not None and level:
        points = [*(period.outlook for period in roadmap.periods), roadmap.finally_]
        holding = [
            (each.if_measured if roadmap.prospect.needs_data else each.projected).overall.level or 0
            for each in points
        ]
        first = next(point for point, stands in enumerate(holding) if stands >= level)
        assert first == roadmap.prospect.reached, "the model and the scoring rules disagree"

    for anew in (entries, entries[::-1]):
        again = replace(situation, catalogue=tuple(anew))
        assert asked(again) == roadmap, "the same input, the same plan, in whatever order it comes"


@MANY
@given(
    made=catalogues(),
    capacity=SETTINGS,
    more=st.integers(0, 3),
    number=st.integers(0, 5),
    kind=st.sampled_from(["pinned", "pinned to a month", "under-way"]),
)
def test_planning_again_keeps_what_is_decided(
    *,
    made: list[dict[str, Any]],
    capacity: dict[str, Any],
    more: int,
    number: int,
    kind: str,
) -> None:
    free = making.quarters(**capacity)
    situation = making.situation(LOW, made_of(made), capacity=free)
    first = asked(situation)
    if not first.initiatives:
        return
    kept = first.initiatives[number % len(first.initiatives)]
    name, start = kept.recommendation.id, kept.start or 0
    month = f"{2027 + start // 4}-{1 + 3 * (start % 4):02d}"
    decisions = {
        "pinned": Decisions(pin={name: None}),
        "pinned to a month": Decisions(pin={name: month}),
        "under-way": Decisions(under_way={name: month}),
    }[kind]
    changed = replace(free, person_days=tuple(days + more for days in free.person_days))
    again = asked(replace(situation, decisions=decisions, capacity=changed))
    assert_keeps_every_rule(again, changed)
    (same,) = [each for each in again.initiatives if each.recommendation.id == name]
    assert same.state == kind.partition(" ")[0]
    assert kind == "pinned" or same.start == start
    assert (same.days, same.quarters) == (kept.days, kept.quarters)


def test_without_a_capacity_there_are_no_quarters_even_with_nothing_to_do() -> None:
    roadmap = asked(making.situation(LOW))
    assert (roadmap.initiatives, roadmap.periods, roadmap.capacity) == ((), (), None)
