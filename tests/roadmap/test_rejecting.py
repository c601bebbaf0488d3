"""Why a recommendation that fits is not on the roadmap: each reason, with its numbers."""

from __future__ import annotations

from typing import Any

import making
import pytest

from cxmaturity.roadmap.model import Capacity, Decisions, Roadmap
from cxmaturity.roadmap.planning import Question, plan
from cxmaturity.texts import load_texts

MEANING, LOYALTY, INSIGHT = "culture.meaning", "retention.loyalty", "retention.insight"
LOW = {MEANING: 1.0, LOYALTY: 1.0, INSIGHT: 1.0}


def planned(*entries: Any, **more: Any) -> Roadmap:
    practices = more.pop("practices", LOW)
    situation = making.situation(practices, entries, **{"capacity": making.quarters(2, days=10), **more})
    return plan(situation, Question())


def reasons(roadmap: Roadmap) -> dict[str, tuple[str, dict[str, Any]]]:
    return {each.recommendation.id: (each.reason.key, dict(each.reason.values)) for each in roadmap.left_out}


def test_it_would_end_after_the_last_quarter() -> None:
    found = planned(
        making.entry("culture.a", {MEANING: 2}),
        making.entry("culture.long", {MEANING: 3}, weeks=39),
        making.entry("culture.after", {MEANING: 3}, weeks=26, needs=("culture.a",)),
    )
    assert reasons(found) == {
        "culture.after": ("left-out.after", {"n": 2}),
        "culture.long": ("left-out.time", {"n": 3}),
    }


def test_the_budget_is_spent() -> None:
    found = planned(
        making.entry("culture.a", {MEANING: 5}, cost=700),
        making.entry("retention.b", {LOYALTY: 2}, cost=400),
        capacity=making.quarters(2, budget=1000),
    )
    assert reasons(found) == {"retention.b": ("left-out.budget", {"cost": 400.0, "left": 300.0})}


@pytest.mark.parametrize("skills", [{}, {"design": 10}])
def test_there_is_no_room_for_it_beside_the_plan(skills: dict[str, float]) -> None:
    # 10 days a quarter, of which a takes 4 in one: 20 over 2 quarters, 10 in each, would have room without it
    found = planned(
        making.entry("culture.a", {MEANING: 5}, days=4, skills={"design": 1.0}),
        making.entry("retention.b", {LOYALTY: 2}, days=20, weeks=26, skills={"design": 1.0}),
        capacity=making.quarters(2, days=10, **skills),
    )
    assert reasons(found) == {"retention.b": ("left-out.capacity", {"days": 20.0, "n": 2})}


def test_there_is_no_room_for_it_even_in_an_empty_plan() -> None:
    # 10 days a quarter: 11, or 22 over 2 quarters, find room in none, though nothing else be done
    found = planned(
        making.entry("culture.a", {MEANING: 5}, days=11),
        making.entry("retention.b", {LOYALTY: 2}, days=22, weeks=26),
    )
    assert not found.initiatives
    assert reasons(found) == {
        "culture.a": ("left-out.over-days", {"load": 11.0, "n": 1, "skill": None}),
        "retention.b": ("left-out.over-days", {"load": 11.0, "n": 2, "skill": None}),
    }


def test_no_quarter_has_as_much_of_a_skill() -> None:
    # half of 10 days: 5 of design, where there are 4 at most
    found = planned(
        making.entry("culture.a", {MEANING: 5}, days=10, skills={"design": 0.5}),
        capacity=Capacity("2027-01", (10.0, 10.0), skills={"design": (0.0, 4.0)}),
    )
    assert reasons(found) == {"culture.a": ("left-out.over-skill", {"load": 5.0, "n": 1, "skill": "design"})}


def test_no_quarter_has_both_the_days_and_the_skill() -> None:
    # 8 days, of which 4 of design: the first quarter has the days, the second the designers
    found = planned(
        making.entry("culture.a", {MEANING: 5}, days=8, skills={"design": 0.5}),
        capacity=Capacity("2027-01", (10.0, 6.0), skills={"design": (0.0, 6.0)}),
    )
    assert reasons(found) == {"culture.a": ("left-out.over-days", {"load": 8.0, "n": 1, "skill": None})}


def test_what_must_be_done_leaves_no_quarter_with_room_for_it() -> None:
    # 6 of 10 days go to what is under way in the only quarter; 5 find no room, whatever brings more
    found = planned(
        making.entry("culture.a", {MEANING: 2}, days=6),
        making.entry("retention.b", {LOYALTY: 5}, days=5),
        capacity=making.quarters(1, days=10),
        decisions=Decisions(under_way={"culture.a": "2027-01"}),
    )
    assert reasons(found) == {"retention.b": ("left-out.over-days", {"load": 5.0, "n": 1, "skill": None})}


@pytest.mark.parametrize(
    ("budget", "pinned", "left"), [(0, False, 0), (1000, False, 1000), (1500, True, 800)]
)
def test_it_costs_more_than_the_whole_budget(budget: float, *, pinned: bool, left: float) -> None:
    # what must be done costs 700, and leaves 800 of 1,500
    found = planned(
        making.entry("culture.a", {MEANING: 2}, cost=700 if pinned else 0),
        making.entry("retention.b", {LOYALTY: 5}, cost=1200),
        capacity=making.quarters(2, budget=budget),
        decisions=Decisions(pin={"culture.a": None}) if pinned else Decisions(),
    )
    assert reasons(found) == {"retention.b": ("left-out.over-budget", {"cost": 1200.0, "left": float(left)})}


def test_it_brings_too_little_before_the_end() -> None:
    # a weight of 0.00001: level 5 adds less than a thousandth of a level-quarter times its share of the days
    found = planned(
        making.entry("culture.a", {MEANING: 5}),
        making.entry("retention.b", {LOYALTY: 5}, days=9),
        weights={LOYALTY: 0.00001},
    )
    assert reasons(found) == {"retention.b": ("left-out.outweighed", {})}


def test_others_bring_as_much() -> None:
    found = planned(
        making.entry("culture.a", {MEANING: 3}, days=2),
        making.entry("culture.b", {MEANING: 3}, days=3),
    )
    assert reasons(found) == {"culture.b": ("left-out.no-gain", {})}


def test_it_adds_nothing_to_the_score() -> None:
    found = planned(making.entry("retention.a", {LOYALTY: 5}), weights={LOYALTY: 0})
    assert reasons(found) == {"retention.a": ("left-out.no-points", {})}
    found = planned(making.entry("retention.a", {LOYALTY: 5}), weights={"retention": 0})
    assert reasons(found) == {"retention.a": ("left-out.no-points", {})}


def test_its_dimension_cannot_be_weighed() -> None:
    weakest = making.Made(lambda scores, _: min(scores.values()))
    found = planned(
        making.entry("retention.a", {LOYALTY: 5}),
        making.entry("retention.b", {LOYALTY: 5, MEANING: 3}),
        scorers={"retention": weakest},
    )
    assert reasons(found) == {"retention.a": ("left-out.held", {})}
    assert [each.recommendation.id for each in found.initiatives] == ["retention.b"]


def test_it_needs_what_is_left_out() -> None:
    found = planned(
        making.entry("culture.dear", {MEANING: 2}, days=30),
        making.entry("culture.next", {MEANING: 3}, needs=("culture.dear",)),
        making.entry("culture.last", {MEANING: 4}, needs=("culture.next",)),
    )
    assert reasons(found) == {
        "culture.dear": ("left-out.over-days", {"load": 30.0, "n": 1, "skill": None}),
        "culture.next": ("left-out.prerequisite", {"title": "Do culture.dear"}),
        "culture.last": ("left-out.prerequisite", {"title": "Do culture.next"}),
    }


@pytest.mark.parametrize("forwards", [True, False])
def test_its_alternative_is_taken(*, forwards: bool) -> None:
    found = planned(
        making.entry("culture.a", {MEANING: 5}, excludes=("culture.b",) if forwards else ()),
        making.entry("culture.b", {MEANING: 4}, excludes=() if forwards else ("culture.a",)),
    )
    assert reasons(found) == {"culture.b": ("left-out.excluded", {"title": "Do culture.a"})}


@pytest.mark.parametrize("month", ["2027-07", None])
def test_it_must_be_done_and_does_not_fit(month: str | None) -> None:
    days = 11.0 if month is None else 1.0  # else it would start outside the plan
    found = planned(
        making.entry("culture.a", {MEANING: 3}, days=days),
        decisions=Decisions(pin={"culture.a": month}),
        capacity=Capacity("2027-01", (10.0, 10.0)),
    )
    assert (found.initiatives, reasons(found)) == ((), {"culture.a": ("left-out.pinned", {})})


def test_without_quarters_there_are_reasons_too() -> None:
    situation = making.situation(
        LOW,
        [
            making.entry("culture.a", {MEANING: 5}, days=2, excludes=("culture.b",)),
            making.entry("culture.b", {MEANING: 4, LOYALTY: 2}, days=50),
            making.entry("retention.c", {LOYALTY: 3}, needs=("culture.b",)),
            making.entry("retention.d", {LOYALTY: 3}, weeks=900, cost=1e9),
            making.entry("retention.e", {LOYALTY: 2}),
        ],
        decisions=Decisions(forbid=("retention.e",)),
    )
    roadmap = plan(situation, Question())
    assert [each.recommendation.id for each in roadmap.initiatives] == ["culture.a", "retention.d"]
    assert {name: key for name, (key, _) in reasons(roadmap).items()} == {
        "culture.b": "left-out.excluded",
        "retention.c": "left-out.no-gain",
        "retention.e": "left-out.forbidden",
    }


def test_each_reason_has_its_words() -> None:
    texts = load_texts("en")
    found = planned(
        making.entry("culture.a", {MEANING: 5}, days=10, weeks=26, cost=700),
        making.entry("retention.b", {LOYALTY: 2}, cost=400),
        making.entry("retention.c", {INSIGHT: 2}, days=19, weeks=26),
        making.entry("retention.d", {INSIGHT: 3}, days=30, weeks=26),
        making.entry("retention.e", {INSIGHT: 3}, days=12),
        making.entry("retention.f", {INSIGHT: 3}, days=2, skills={"design": 1.0}),
        making.entry("retention.g", {INSIGHT: 3}, days=2, weeks=26, skills={"design": 1.0}),
        making.entry("retention.h", {INSIGHT: 3}, cost=1001),
        making.entry("retention.i", {INSIGHT: 3}, days=1, weeks=39),
        making.entry("retention.j", {INSIGHT: 3}, days=1, needs=("culture.a",)),
        making.entry("retention.k", {INSIGHT: 3}, days=1, weeks=26, needs=("culture.a",)),
        capacity=making.quarters(2, days=10, budget=1000, design=0.5),
    )
    assert {each.recommendation.id: texts.message(each.reason) for each in found.left_out} == {
        "retention.b": "it costs €400, and what brings more leaves €300 of the budget",
        "retention.c": "its 19 person-days over 2 quarters find no room beside what brings more",
        "retention.d": "no 2 quarters in a row have room for its person-days, 15 in each",
        "retention.e": "no quarter has room for its person-days, 12",
        "retention.f": "no quarter has room for its person-days of design, 2",
        "retention.g": "no 2 quarters in a row have room for its person-days of design, 1 in each",
        "retention.h": "it costs €1,001, and the budget has room for no more than €1,000",
        "retention.i": "with its 3 quarters it would end after the last quarter",
        # culture.a takes both quarters
        "retention.j": "after what it builds on it would end after the last quarter",
        "retention.k": "after what it builds on, with its 2 quarters, it would end after the last one",
    }
