"""From an assessment, catalogues and decisions to the planning problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import making
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmaturity.result import OVERALL
from cxmaturity.roadmap.model import Decisions
from cxmaturity.roadmap.posing import FINDING_OUT, UNPLANNED, Posed, pose, starting_scores
from cxmaturity.roadmap.problem import Task

MEANING = "culture.meaning"
LOYALTY = "retention.loyalty"
INSIGHT = "retention.insight"
LOW = {MEANING: 1.0, LOYALTY: 1.0, INSIGHT: 1.0}
MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)


def task(posed: Posed, name: str) -> Task:
    return next(each for each in posed.problem.tasks if each.id == name)


def names(posed: Posed) -> list[str]:
    return [each.id for each in posed.problem.tasks]


def reasons(posed: Posed) -> dict[str, str]:
    return {each.recommendation.id: each.reason.key for each in posed.left_out}


# ------------------------------------------------------------------------------------------------- tasks


def test_a_task_has_the_numbers_of_its_recommendation() -> None:
    entry = making.entry(
        "culture.a",
        {MEANING: 3, LOYALTY: 1},
        days=12,
        cost=500,
        weeks=20,
        needs=("culture.b",),
        excludes=("culture.c",),
        skills={"design": 0.25},
    )
    there = making.entry("culture.b", {LOYALTY: 1})
    posed = pose(making.situation(LOW, [entry, there], capacity=making.quarters(4)))
    assert posed.problem.tasks == (
        Task(
            "culture.a",
            2,
            12.0,
            500.0,
            {MEANING: 3},  # loyalty stands at level 1 already
            {"design": 3.0},
            ("culture.b",),
            ("culture.c",),
        ),
    )


def test_tasks_come_in_the_order_of_their_ids() -> None:
    entries = [making.entry(f"culture.{name}", {MEANING: 3}) for name in "cab"]
    assert names(pose(making.situation(LOW, entries))) == ["culture.a", "culture.b", "culture.c"]


def test_what_brings_nothing_further_is_no_task() -> None:
    entries = [making.entry("culture.a", {MEANING: 3}), making.entry("culture.b", {MEANING: 4})]
    posed = pose(making.situation({MEANING: 2.6}, entries))
    assert (names(posed), posed.left_out) == (["culture.b"], ())


def test_what_customer_data_holds_back_can_still_be_lifted() -> None:
    # said 4.5 (level 5), measured 1.0 (level 1): level 2 at most, so that it counts as 1.8 in the plan
    entries = [making.entry("culture.a", {MEANING: 2}), making.entry("culture.b", {MEANING: 3})]
    situation = making.situation({MEANING: 4.5}, entries, measured={MEANING: 1.0})
    posed = pose(situation)
    assert names(posed) == ["culture.b"]
    assert starting_scores(situation, effective=True) == {MEANING: 1.8}
    assert starting_scores(situation, effective=False) == {MEANING: 4.5}
    assert posed.problem.maturity.parts[MEANING].start == 1.8


def test_finding_out_counts_a_little_for_each_practice() -> None:
    entries = [making.entry("retention.ask", find_out=True)]
    posed = pose(making.situation({MEANING: 2.0, LOYALTY: None, INSIGHT: None}, entries))
    (only,) = posed.problem.tasks
    total = posed.problem.maturity
    done = {name: MINIMA[level - 1] for name, level in only.lifts.items()}
    assert total.value(done) - total.value({}) == pytest.approx(2 * FINDING_OUT)
    assert total.value({}) == pytest.approx(2.0 + 2 * 0 + sum(p.weight for p in total.parts.values()) - 1.0)


# ----------------------------------------------------------------------------------------------- decisions


@pytest.mark.parametrize(
    ("began", "weeks", "start", "quarters", "days", "lifts"),
    [
        ("2027-01", 13, 0, 1, 12.0, {MEANING: 3}),
        ("2026-11", 39, -1, 3, 12.0, {MEANING: 3}),
        ("2025-01", 26, -1, 2, 12.0, {MEANING: 3}),  # late: it takes this quarter as its last
        ("2027-08", 26, 2, 1, 6.0, {}),  # goes on after the plan: half of it falls into the plan
        ("2026-10", 65, -1, 4, 9.6, {}),  # four of five quarters
    ],
)
def test_what_is_under_way(
    *,
    began: str,
    weeks: float,
    start: int,
    quarters: int,
    days: float,
    lifts: dict[str, int],
) -> None:
    entry = making.entry(
        "culture.a", {MEANING: 3}, days=12, weeks=weeks, needs=("culture.b",), skills={"design": 0.5}
    )
    situation = making.situation(
        LOW,
        [entry, making.entry("culture.b", {MEANING: 2})],
        capacity=making.quarters(3),
        decisions=Decisions(under_way={"culture.a": began}),
    )
    found = task(pose(situation), "culture.a")
    assert (found.start, found.quarters, found.lifts, found.required) == (start, quarters, lifts, True)
    assert found.days == pytest.approx(days)
    assert found.skills == pytest.approx({"design": days / 2})
    assert found.needs == ()  # it has begun, whatever it needed


def test_what_is_under_way_goes_on_without_what_is_ruled_out() -> None:
    entries = [
        making.entry("culture.a", {MEANING: 2}),
        making.entry("culture.b", {MEANING: 3}, needs=("culture.a",)),
        making.entry("culture.c", {MEANING: 4}, needs=("culture.a",)),
    ]
    decisions = Decisions(forbid=("culture.a",), under_way={"culture.b": "2026-11"})
    posed = pose(making.situation(LOW, entries, capacity=making.quarters(3), decisions=decisions))
    assert names(posed) == ["culture.b"]
    assert reasons(posed) == {"culture.a": "left-out.forbidden", "culture.c": "left-out.prerequisite"}


@pytest.mark.parametrize("decided", [{"pin": {"culture.a": None}}, {"under_way": {"culture.a": "2027-01"}}])
def test_what_must_be_done_is_a_task_even_if_it_brings_nothing(decided: dict[str, Any]) -> None:
    situation = making.situation(
        {MEANING: 5.0},
        [making.entry("culture.a", {MEANING: 2})],
        capacity=making.quarters(2),
        decisions=Decisions(**decided),
    )
    found = task(pose(situation), "culture.a")
    assert (found.required, found.lifts) == (True, {})


@pytest.mark.parametrize(("month", "start"), [(None, None), ("2027-01", 0), ("2027-06", 1), ("2027-07", 2)])
def test_a_pin_may_name_the_quarter(month: str | None, start: int | None) -> None:
    situation = making.situation(
        LOW,
        [making.entry("culture.a", {MEANING: 2})],
        capacity=making.quarters(3),
        decisions=Decisions(pin={"culture.a": month}),
    )
    found = task(pose(situation), "culture.a")
    assert (found.required, found.start) == (True, start)


def test_without_quarters_months_mean_nothing() -> None:
    entries = [
        making.entry("culture.a", {MEANING: 2}, days=8, weeks=26),
        making.entry("culture.b", {MEANING: 3}),
    ]
    decisions = Decisions(under_way={"culture.a": "2026-11"}, pin={"culture.b": "2027-04"})
    situation = making.situation(LOW, entries, decisions=decisions)
    assert situation.capacity is UNPLANNED
    a, b = pose(situation).problem.tasks
    assert (a.start, a.quarters, a.days, a.lifts, a.required) == (None, 2, 8.0, {MEANING: 2}, True)
    assert (b.start, b.required) == (None, True)


def test_what_is_forbidden_takes_all_with_it_that_needs_it() -> None:
    entries = [
        making.entry("culture.a", {MEANING: 2}),
        making.entry("culture.b", {MEANING: 3}, needs=("culture.a",)),
        making.entry("culture.c", {MEANING: 4}, needs=("culture.b",)),
        making.entry("culture.d", {MEANING: 5}),
    ]
    posed = pose(making.situation(LOW, entries, decisions=Decisions(forbid=("culture.a",))))
    assert names(posed) == ["culture.d"]
    left = {each.recommendation.id: each.reason for each in posed.left_out}
    assert {name: reason.key for name, reason in left.items()} == {
        "culture.a": "left-out.forbidden",
        "culture.b": "left-out.prerequisite",
        "culture.c": "left-out.prerequisite",
    }
    assert left["culture.c"].values["title"] == "Do culture.b"


@pytest.mark.parametrize(
    ("month", "since"),
    [
        (None, {}),  # the assessment has seen it
        ("2026-06", {}),
        ("2026-12", {}),  # the month of the assessment, whose last day it is
        ("2027-01", {MEANING: 3}),
    ],
)
def test_what_is_done_counts_as_lifted_if_the_assessment_could_not_see_it(
    month: str | None, since: dict[str, int]
) -> None:
    entries = [
        making.entry("culture.a", {MEANING: 3}),
        making.entry("culture.b", {MEANING: 3}),
        making.entry("culture.c", {MEANING: 4}, needs=("culture.a",)),
    ]
    situation = making.situation(LOW, entries, decisions=Decisions(done={"culture.a": month}))
    posed = pose(situation)
    assert situation.lifted_since == since
    # c has what it needs; b brings no more than a did, once that counts
    assert names(posed) == (["culture.c"] if since else ["culture.b", "culture.c"])
    # once it counts it brings nothing further, and fits no more
    assert reasons(posed) == ({} if since else {"culture.a": "left-out.done"})
    start = MINIMA[since[MEANING] - 1] if since else 1.0
    assert posed.problem.maturity.parts[MEANING].start == start
    assert posed.problem.maturity.value({}) == pytest.approx((start + 1.0) / 2)


def test_without_a_day_of_the_assessment_it_has_seen_everything() -> None:
    situation = making.situation(
        LOW, [making.entry("culture.a", {MEANING: 3})], decisions=Decisions(done={"culture.a": "2027-01"})
    )
    undated = replace(situation, assessment=replace(situation.assessment, as_of=None))
    assert undated.lifted_since == {}


@pytest.mark.parametrize(
    ("decided", "left"),
    [
        ({}, {"retention.next": "left-out.unknown", "retention.last": "left-out.prerequisite"}),
        ({"done": {"culture.unknown": None}}, {}),
        ({"done": {"retention.next": None}}, {"retention.next": "left-out.done"}),
    ],
)
def test_nothing_builds_on_what_was_not_assessed(*, decided: dict[str, Any], left: dict[str, str]) -> None:
    entries = [
        making.entry("culture.unknown", {MEANING: 3}),
        making.entry("retention.next", {INSIGHT: 3}, needs=("culture.unknown",)),
        making.entry("retention.last", {INSIGHT: 5}, needs=("retention.next",)),
    ]
    practices = {MEANING: None, LOYALTY: 1.0, INSIGHT: 1.0}
    posed = pose(making.situation(practices, entries, decisions=Decisions(**decided)))
    assert reasons(posed) == left
    assert set(names(posed)) == {"retention.next", "retention.last"} - set(left)


def test_finding_out_makes_a_prerequisite_known() -> None:
    entries = [
        making.entry("culture.ask", find_out=True),
        making.entry("retention.next", {INSIGHT: 3}, needs=("culture.ask",)),
    ]
    posed = pose(making.situation({MEANING: None, INSIGHT: 1.0}, entries))
    assert names(posed) == ["culture.ask", "retention.next"]


def test_a_prerequisite_that_is_there_already_is_none() -> None:
    entries = [
        making.entry("culture.there", {MEANING: 3}),
        making.entry("culture.next", {MEANING: 4}, needs=("culture.there",)),
    ]
    posed = pose(making.situation({MEANING: 2.6}, entries))
    assert (names(posed), reasons(posed)) == (["culture.next"], {})


@pytest.mark.parametrize("forwards", [True, False])
@pytest.mark.parametrize("settled", [{"done": {"culture.a": None}}, {"under_way": {"culture.a": "2027-01"}}])
def test_what_is_settled_rules_its_alternatives_out(*, forwards: bool, settled: dict[str, Any]) -> None:
    apart = {"culture.a": ("culture.b",), "culture.b": ()}
    if not forwards:  # whichever of the two names the other
        apart = {"culture.a": (), "culture.b": ("culture.a",)}
    entries = [making.entry(name, {MEANING: 3}, excludes=others) for name, others in apart.items()]
    situation = making.situation(LOW, entries, capacity=making.quarters(2), decisions=Decisions(**settled))
    left = {each.recommendation.id: each.reason for each in pose(situation).left_out}
    assert left["culture.b"].key == "left-out.excluded"
    assert left["culture.b"].values["title"] == "Do culture.a"


# ------------------------------------------------------------------------------------------------ the sums

NAMES = ("a.one", "a.two", "a.three", "b.one", "b.two")
SCORES = st.fixed_dictionaries({name: st.floats(1, 5) | st.none() for name in NAMES})
LIFTS = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 5))
WEIGHTS = st.dictionaries(st.sampled_from([*NAMES, "a", "b"]), st.sampled_from([0.0, 0.5, 2.0, 3.0]))


@settings(max_examples=150)
@given(practices=SCORES, weights=WEIGHTS, lifts=LIFTS)
def test_the_sum_is_what_combine_says(
    *,
    practices: dict[str, float | None],
    weights: dict[str, float],
    lifts: dict[str, int],
) -> None:
    situation = making.situation(practices, weights=weights)
    posed = pose(situation)
    assert posed.held == ()
    reached = {name: MINIMA[level - 1] for name, level in lifts.items()}
    raised = {
        name: max(score, reached.get(name, score)) for name, score in practices.items() if score is not None
    }
    if situation.assessment.overall.score is not None:
        expected = situation.projector.score(raised)
        assert posed.problem.maturity.value(reached) == pytest.approx(expected, abs=1e-6)
        projected = situation.projector.project(lifts).overall.score
        assert projected == pytest.approx(expected, abs=1e-9)


@settings(max_examples=60)
@given(practices=SCORES, measured=st.dictionaries(st.sampled_from(NAMES), st.floats(1, 5)), lifts=LIFTS)
def test_with_customer_data_it_starts_from_where_that_holds_practices(
    *,
    practices: dict[str, float | None],
    measured: dict[str, float],
    lifts: dict[str, int],
) -> None:
    situation = making.situation(practices, measured=measured)
    total = pose(situation).problem.maturity
    levels = {each.id: each for each in situation.assessment.practices()}
    effective = {
        name: min(score, MINIMA[(levels[name].level or 5) - 1]) if levels[name].caps else score
        for name, score in practices.items()
        if score is not None
    }
    reached = {name: MINIMA[level - 1] for name, level in lifts.items()}
    raised = {name: max(score, reached.get(name, score)) for name, score in effective.items()}
    if situation.assessment.overall.score is not None:
        assert total.value(reached) == pytest.approx(situation.projector.score(raised), abs=1e-6)


def test_a_dimension_that_is_no_weighted_mean_is_held() -> None:
    def weakest(scores: Mapping[str, float], weights: Mapping[str, float]) -> float:
        del weights
        return min(scores.values())

    situation = making.situation(LOW, scorers={"retention": making.Made(weakest)})
    posed = pose(situation)
    assert posed.held == ("retention",)
    assert posed.problem.maturity.parts.keys() == {MEANING}
    # (culture + retention's 1.0) / 2
    assert posed.problem.maturity.value({MEANING: 4.2, LOYALTY: 5, INSIGHT: 5}) == pytest.approx(2.6)
    assert situation.assessment.overall.id == OVERALL
