"""What is placed, when, and why not: the rules of the roadmap, by example and over random catalogues."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cxmaturity.engagement import Engagement
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Drivers, Recommendation, Roadmap
from cxmaturity.roadmap.planning import Capacity, plan
from cxmaturity.roadmap.selection import candidates, quadrant

Entry = Callable[..., Recommendation]
Judged = tuple[Engagement, Assessment]

MEANING = "culture.meaning"
LOYALTY = "retention.loyalty-and-value"
INSIGHT = "retention.churn-insight"
MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)


def planned(judged: Judged, entries: list[Recommendation], capacity: Capacity | None = None) -> Roadmap:
    engagement, assessment = judged
    return plan(assessment, engagement.plugins, tuple(entries), capacity)


def quarters(count: int, days: float = 100.0, budget: float | None = None) -> Capacity:
    return Capacity("2027-01", count, days, budget)


def order(roadmap: Roadmap) -> list[str]:
    return [each.recommendation.id for each in roadmap.initiatives]


def reasons(roadmap: Roadmap) -> dict[str, str]:
    return {each.recommendation.id: each.reason.key for each in roadmap.left_out}


def test_the_best_gain_for_the_effort_comes_first(low: Judged, entry: Entry) -> None:
    # lifting 1.0 to 2.6 in one of two dimensions; in retention it is one of two practices, so half the gain
    entries = [
        entry("retention.dear", {LOYALTY: 3}, days=10),  # 0.4 ÷ 10
        entry("retention.cheap", {INSIGHT: 3}, days=2),  # 0.4 ÷ 2
        entry("culture.middle", {MEANING: 3}, days=5),  # 0.8 ÷ 5
    ]
    roadmap = planned((low[0], low[1]), entries)
    gains = {each.recommendation.id: each.gain for each in roadmap.initiatives}
    assert gains == pytest.approx({"culture.middle": 0.8, "retention.cheap": 0.4, "retention.dear": 0.4})
    assert order(roadmap)[-1] == "retention.dear"
    assert [each.start for each in roadmap.initiatives] == [None] * 3
    assert roadmap.periods == ()


def test_risk_takes_something_off(low: Judged, entry: Entry) -> None:
    entries = [
        entry("retention.a", {LOYALTY: 3}, risk="high"),
        entry("retention.b", {INSIGHT: 3}, risk="low"),
    ]
    assert order(planned(low, entries)) == ["retention.b", "retention.a"]


def test_lifts_never_add_up(low: Judged, entry: Entry) -> None:
    entries = [entry("culture.a", {MEANING: 3}, days=1), entry("culture.b", {MEANING: 3}, days=2)]
    roadmap = planned(low, entries)
    assert order(roadmap) == ["culture.a"]
    assert reasons(roadmap) == {"culture.b": "left-out.no-gain"}
    (meaning,) = roadmap.finally_.dimensions[0].practices.values()
    assert meaning.score == 2.6  # the minimum of level 3, not 1.0 + 1.6 + 1.6


def test_a_recommendation_is_not_paid_for_what_its_prerequisite_brings(low: Judged, entry: Entry) -> None:
    # b brings meaning to level 3; a needs b and brings it no further
    entries = [
        entry("culture.b", {MEANING: 3}, days=10, risk="high"),
        entry("culture.a", {MEANING: 3}, days=1, needs=("culture.b",)),
    ]
    assert "culture.a" not in order(planned(low, entries))


def test_a_prerequisite_ends_in_an_earlier_quarter(low: Judged, entry: Entry) -> None:
    entries = [
        entry("culture.first", {MEANING: 2}, weeks=14),  # two quarters
        entry("culture.then", {MEANING: 5}, needs=("culture.first",)),
    ]
    roadmap = planned(low, entries, quarters(4))
    placed = {each.recommendation.id: (each.start, each.end) for each in roadmap.initiatives}
    assert placed == {"culture.first": (0, 1), "culture.then": (2, 2)}


@pytest.mark.parametrize(("weeks", "took"), [(0.5, 1), (13, 1), (13.5, 2), (26, 2), (27, 3)])
def test_effort_spreads_over_whole_quarters(weeks: float, took: int, low: Judged, entry: Entry) -> None:
    roadmap = planned(low, [entry("culture.a", {MEANING: 3}, days=12, weeks=weeks)], quarters(4))
    (only,) = roadmap.initiatives
    assert (only.start, only.quarters) == (0, took)
    loads = [period.load for period in roadmap.periods]
    assert loads == pytest.approx([12 / took] * took + [0.0] * (4 - took))


def test_a_lift_counts_from_the_quarter_after_completion(low: Judged, entry: Entry) -> None:
    roadmap = planned(low, [entry("culture.a", {MEANING: 3}, weeks=20)], quarters(4))
    scores = [period.projected.dimensions[0].score for period in roadmap.periods]
    assert scores == [1.0, 1.0, 2.6, 2.6]


def test_what_does_not_fit_the_quarters_is_left_out_with_the_reason(low: Judged, entry: Entry) -> None:
    entries = [
        entry("culture.long", {MEANING: 3}, weeks=40),
        entry("retention.heavy", {LOYALTY: 3}, days=11),
        entry("retention.fits", {INSIGHT: 3}, days=10),
    ]
    roadmap = planned(low, entries, quarters(3, days=10))
    assert order(roadmap) == ["retention.fits"]
    assert reasons(roadmap) == {
        "culture.long": "left-out.capacity",
        "retention.heavy": "left-out.capacity",
    }


def test_the_budget_holds_for_all_of_it(low: Judged, entry: Entry) -> None:
    entries = [
        entry("culture.a", {MEANING: 3}, cost=600),
        entry("retention.b", {LOYALTY: 3}, cost=400),
        entry("retention.c", {INSIGHT: 3}, cost=1),
    ]
    roadmap = planned(low, entries, quarters(3, budget=1000))
    assert set(order(roadmap)) == {"culture.a", "retention.b"}
    assert (roadmap.cost, roadmap.budget) == (1000, 1000)
    assert reasons(roadmap) == {"retention.c": "left-out.budget"}


def test_what_needs_something_left_out_is_left_out_too(low: Judged, entry: Entry) -> None:
    entries = [
        entry("culture.dear", {MEANING: 2}, cost=2000),
        entry("culture.next", {MEANING: 3}, needs=("culture.dear",)),
        entry("culture.last", {MEANING: 4}, needs=("culture.next",)),
    ]
    roadmap = planned(low, entries, quarters(3, budget=1000))
    assert order(roadmap) == []
    assert reasons(roadmap) == {
        "culture.dear": "left-out.budget",
        "culture.next": "left-out.prerequisite",
        "culture.last": "left-out.prerequisite",
    }


def test_a_prerequisite_already_met_is_no_obstacle(judge: Callable[..., Judged], entry: Entry) -> None:
    judged = judge({"culture.meaning.same": 3})
    entries = [
        entry("culture.done", {MEANING: 3}),
        entry("culture.next", {MEANING: 4}, needs=("culture.done",)),
    ]
    roadmap = planned(judged, entries, quarters(2))
    assert order(roadmap) == ["culture.next"]
    assert reasons(roadmap) == {}


def test_nothing_builds_on_what_was_not_assessed(judge: Callable[..., Judged], entry: Entry) -> None:
    judged = judge({"retention.churn-insight.known": False})
    entries = [
        entry("culture.unknown", {MEANING: 3}),
        entry("retention.next", {INSIGHT: 3}, needs=("culture.unknown",)),
        entry("retention.last", {INSIGHT: 5}, needs=("retention.next",)),
    ]
    roadmap = planned(judged, entries, quarters(4))
    assert reasons(roadmap)["retention.next"] == "left-out.unknown"
    assert order(roadmap) == [], "retention.last was placed without what it needs"


def test_a_prerequisite_that_brings_no_points_is_still_done_first(
    judge: Callable[..., Judged], entry: Entry
) -> None:
    # loyalty weighs 0, so lifting it adds nothing; but what builds on it needs it
    judged = judge(
        {"retention.churn-insight.known": False, "retention.loyalty-and-value.scheme": 1},
        lambda text: text.replace("title: Loyalty\n", "title: Loyalty\n        weight: 0\n"),
    )
    entries = [
        entry("retention.first", {LOYALTY: 3}),
        entry("retention.then", {INSIGHT: 3}, needs=("retention.first",)),
    ]
    roadmap = planned(judged, entries, quarters(4))
    assert order(roadmap) in (["retention.first", "retention.then"], [])


def test_practices_not_assessed_are_only_found_out_about(judge: Callable[..., Judged], entry: Entry) -> None:
    judged = judge({"retention.churn-insight.known": False})
    entries = [
        entry("culture.ask", find_out=True, days=50),
        entry("culture.blind", {MEANING: 3}),
        entry("retention.both", {INSIGHT: 3, LOYALTY: 3}),
        entry("retention.ask", find_out=True),
    ]
    roadmap = planned(judged, entries)
    # finding out comes first, whatever it costs
    assert order(roadmap) == ["retention.ask", "culture.ask", "retention.both"]
    both = roadmap.initiatives[2]
    assert both.lifts == {INSIGHT: 3}
    assert roadmap.initiatives[1].unassessed == (MEANING,)
    loyalty = roadmap.finally_.dimensions[1].practices[LOYALTY]
    assert loyalty.score is None


def test_finding_out_is_not_needed_where_everything_is_known(low: Judged, entry: Entry) -> None:
    assert planned(low, [entry("culture.ask", find_out=True)]).initiatives == ()


def test_nothing_to_do_is_a_roadmap_too(low: Judged) -> None:
    roadmap = planned(low, [], quarters(2))
    assert (roadmap.initiatives, roadmap.left_out, len(roadmap.periods)) == ((), (), 2)
    assert roadmap.finally_.overall.score == low[1].overall.score


def test_what_holds_the_whole_back_comes_first(judge: Callable[..., Judged], entry: Entry) -> None:
    answers = {
        "culture.meaning.same": 1,
        "retention.loyalty-and-value.scheme": 5,
        "retention.churn-insight.share": 30,
        "retention.churn-insight.known": True,
        "retention.churn-insight.ways": ["calls", "letters"],
    }
    judged = judge(answers)
    assert [cap.source for cap in judged[1].overall.caps] == ["culture"]
    entries = [
        entry("retention.quick", {INSIGHT: 5, LOYALTY: 5}, days=1),
        entry("culture.slow", {MEANING: 2}, days=60),
    ]
    judged_first = order(planned(judged, entries))
    assert judged_first[0] == "culture.slow"


@pytest.mark.parametrize(
    ("organisation", "employees", "departments", "assumed"),
    [
        ({"name": "A", "employees": 120, "departments": 6}, 120, 6, ()),
        ({"name": "A", "employees": 4000, "departments": 40}, 4000, 40, ()),
        ({"name": "A"}, 100, 5, ("employees", "departments")),
    ],
)
def test_effort_grows_with_its_drivers(
    *,
    organisation: dict[str, Any],
    employees: int,
    departments: int,
    assumed: tuple[str, ...],
    judge: Callable[..., Judged],
    entry: Entry,
) -> None:
    judged = judge({"culture.meaning.same": 1}, settings={"organisation": organisation})
    drivers = Drivers(fixed=6, per_department=1.5, per_100_employees=3)
    roadmap = planned(judged, [entry("culture.a", {MEANING: 3}, effort=drivers, cost=0)])
    assert (roadmap.size.employees, roadmap.size.departments) == (employees, departments)
    assert roadmap.size.assumed == assumed
    # 120 people in 6 departments: 6 + 9 + 3.6 = 18.6; 4,000 in 40: 6 + 60 + 120 = 186
    assert roadmap.initiatives[0].days == pytest.approx(6 + 1.5 * departments + 0.03 * employees)


@given(*[st.floats(0, 1e6)] * 4)
def test_each_item_lies_in_exactly_one_quadrant(
    effort: float, impact: float, effort_split: float, impact_split: float
) -> None:
    # a defect of peers: an effort / impact item falls into no quadrant
    lies = quadrant(effort, impact, effort_split, impact_split)
    conditions = {
        "quick-win": impact >= impact_split and effort <= effort_split,
        "major-project": impact >= impact_split and effort > effort_split,
        "fill-in": impact < impact_split and effort <= effort_split,
        "reconsider": impact < impact_split and effort > effort_split,
    }
    assert [name for name, holds in conditions.items() if holds] == [lies]


# ------------------------------ over random catalogues

PRACTICES = (MEANING, LOYALTY, INSIGHT)


@st.composite
def catalogues(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Recommendations, each of which may need earlier ones."""
    found: list[dict[str, Any]] = []
    for number in range(draw(st.integers(0, 7))):
        practice = draw(st.sampled_from(PRACTICES))
        dimension = practice.partition(".")[0]
        earlier = [each["name"] for each in found]
        needs = draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)) if earlier else []
        found.append(
            {
                "name": f"{dimension}.r{number}",
                "lifts": {practice: draw(st.integers(2, 5))},
                "days": draw(st.sampled_from([0.0, 1.0, 3.5, 10.0, 40.0])),
                "cost": draw(st.sampled_from([0.0, 100.0, 450.0])),
                "weeks": draw(st.sampled_from([2.0, 13.0, 20.0, 30.0])),
                "needs": tuple(needs),
                "risk": draw(st.sampled_from(["low", "medium", "high"])),
            }
        )
    return draw(st.permutations(found))


MANY = settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
capacities = st.builds(
    quarters,
    st.integers(1, 6),
    st.sampled_from([5.0, 12.0, 100.0]),
    st.none() | st.sampled_from([0.0, 500.0, 5000.0]),
)


@MANY
@given(made=catalogues(), capacity=capacities)
def test_a_plan_keeps_what_it_promises(
    *, low: Judged, entry: Entry, made: list[dict[str, Any]], capacity: Capacity
) -> None:
    entries = [entry(**each) for each in made]
    roadmap = planned(low, entries, capacity)
    placed = {each.recommendation.id: each for each in roadmap.initiatives}

    for period in roadmap.periods:
        assert period.load <= period.capacity + 1e-6
    if capacity.budget is not None:
        assert sum(each.cost for each in roadmap.initiatives) <= capacity.budget + 1e-6
    assert roadmap.cost == pytest.approx(sum(each.cost for each in roadmap.initiatives))
    assert [each.number for each in roadmap.initiatives] == list(range(1, len(placed) + 1))
    assert all((a.start or 0) <= (b.start or 0) for a, b in pairwise(roadmap.initiatives))
    for each in roadmap.initiatives:
        assert each.start is not None
        assert each.end is not None
        assert 0 <= each.start <= each.end < capacity.quarters
        assert each.quadrant in {"quick-win", "major-project", "fill-in", "reconsider"}

    fitting = set(candidates(low[1], tuple(entries)))
    left = [each.recommendation.id for each in roadmap.left_out]
    assert sorted([*placed, *left]) == sorted(fitting), "each is placed or left out, once"
    assert left == sorted(left)

    scores = [period.projected.overall.score or 0 for period in roadmap.periods]
    assert all(earlier <= later + 1e-9 for earlier, later in pairwise(scores))
    assert scores[0] >= (low[1].overall.score or 0) - 1e-9
    assert (roadmap.finally_.overall.score or 0) >= scores[-1] - 1e-9
    highest = {
        practice: max([1, *(each.lifts.get(practice, 1) for each in roadmap.initiatives)])
        for practice in PRACTICES
    }
    for dimension in roadmap.finally_.dimensions:
        for practice in dimension.practices.values():
            assert practice.score == MINIMA[highest[practice.id] - 1]

    assert planned(low, entries, capacity) == roadmap, "the same input, the same plan"


@MANY
@given(made=catalogues(), capacity=capacities)
def test_whatever_is_placed_comes_after_what_brings_what_it_needs(
    *, low: Judged, entry: Entry, made: list[dict[str, Any]], capacity: Capacity
) -> None:
    roadmap = planned(low, [entry(**each) for each in made], capacity)
    by_id = {each["name"]: each for each in made}
    for each in roadmap.initiatives:
        for need in each.recommendation.prerequisites:
            # the prerequisite, or others that brought its practices as far, ended in an earlier quarter
            earlier = [
                other
                for other in roadmap.initiatives
                if other.end is not None and other.end < (each.start or 0)
            ]
            for practice, level in by_id[need]["lifts"].items():
                reached = max([1, *(other.lifts.get(practice, 1) for other in earlier)])
                assert reached >= level, f"{each.recommendation.id} starts before {need} is reached"
