"""A plan as people read it: numbers, gains, quadrants, and where it leads."""

from __future__ import annotations

from typing import Any

import making
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmaturity.roadmap.describing import describe_plan
from cxmaturity.roadmap.model import Decisions, Roadmap
from cxmaturity.roadmap.posing import Situation, pose
from cxmaturity.roadmap.selection import quadrant

MEANING, LOYALTY, INSIGHT = "culture.meaning", "retention.loyalty", "retention.insight"
LOW = {MEANING: 1.0, LOYALTY: 1.0, INSIGHT: 1.0}


def described(situation: Situation, **start: int | None) -> Roadmap:
    """``a=0`` starts ``culture.a`` in quarter 0."""
    return describe_plan(situation, pose(situation), {f"culture.{name}": at for name, at in start.items()})


def overall(roadmap: Roadmap, which: str = "projected") -> list[float]:
    outlooks = [*(period.outlook for period in roadmap.periods), roadmap.finally_]
    return [getattr(each, which).overall.score for each in outlooks]


def test_initiatives_are_numbered_by_start_then_end_then_id() -> None:
    entries = [
        making.entry("culture.a", {MEANING: 3}),
        making.entry("culture.b", {MEANING: 3}, weeks=26),
        making.entry("culture.c", {MEANING: 4}),
        making.entry("culture.d", {MEANING: 5}),
    ]
    roadmap = described(making.situation(LOW, entries, capacity=making.quarters(4)), a=1, b=0, c=0, d=0)
    assert [(each.number, each.recommendation.id) for each in roadmap.initiatives] == [
        (1, "culture.c"),
        (2, "culture.d"),
        (3, "culture.b"),
        (4, "culture.a"),
    ]


def test_gains_count_on_top_of_what_ended_before() -> None:
    entries = [
        making.entry("culture.a", {MEANING: 3}, weeks=26),
        making.entry("culture.b", {MEANING: 4, LOYALTY: 2}),
    ]
    roadmap = described(making.situation(LOW, entries, capacity=making.quarters(3)), a=0, b=0)
    # b ends first: (3.4 − 1) / 2 of culture, and 0.8 / 2 practices / 2 dimensions; a then adds nothing
    assert {each.recommendation.id: each.gain for each in roadmap.initiatives} == pytest.approx(
        {"culture.b": 1.2 + 0.2, "culture.a": 0.0}
    )


def test_gains_start_from_where_customer_data_holds_a_practice() -> None:
    # said 4.5, measured level 1: held at level 2, which begins at 1.8; the whole rises by (3.4 − 1.8) / 2
    entries = [making.entry("culture.a", {MEANING: 4})]
    situation = making.situation(
        {MEANING: 4.5, LOYALTY: 1.0}, entries, measured={MEANING: 1.0}, capacity=making.quarters(2)
    )
    assert described(situation, a=0).initiatives[0].gain == pytest.approx(0.8)


def test_low_lifts_show_what_is_sure() -> None:
    entries = [
        making.entry("culture.a", {MEANING: 4, LOYALTY: 3, INSIGHT: 3}, low={MEANING: 2, LOYALTY: 1}),
    ]
    situation = making.situation(LOW, entries, capacity=making.quarters(2))
    roadmap = described(situation, a=0)
    (only,) = roadmap.initiatives
    # meaning to 2 at least, loyalty perhaps not at all, insight surely
    assert (only.lifts, only.low) == ({MEANING: 4, LOYALTY: 3, INSIGHT: 3}, {MEANING: 2, INSIGHT: 3})
    assert overall(roadmap) == pytest.approx([1.0, 3.0, 3.0])  # (3.4 + 2.6) / 2
    assert overall(roadmap, "low") == pytest.approx([1.0, 1.8, 1.8])  # (1.8 + (1.0 + 2.6) / 2) / 2


def test_what_goes_on_after_the_plan_is_shown_whole_and_lifts_nothing_yet() -> None:
    entries = [making.entry("culture.a", {MEANING: 4}, days=12, weeks=39, cost=900, skills={"design": 0.5})]
    situation = making.situation(
        LOW,
        entries,
        capacity=making.quarters(2, design=5),
        decisions=Decisions(under_way={"culture.a": "2027-04"}),
    )
    roadmap = described(situation, a=1)
    (only,) = roadmap.initiatives
    assert (only.start, only.quarters, only.days, only.skills, only.state) == (
        1,
        3,
        12.0,
        {"design": 6.0},
        "under-way",
    )
    assert [period.load for period in roadmap.periods] == [0.0, 4.0]
    assert [period.skills["design"].load for period in roadmap.periods] == [0.0, 2.0]
    assert overall(roadmap) == [1.0, 1.0, 1.0]
    assert roadmap.cost == 900


def test_what_began_before_the_plan_was_paid_before() -> None:
    entries = [making.entry("culture.a", {MEANING: 4}, days=12, weeks=26, cost=900)]
    decisions = Decisions(under_way={"culture.a": "2026-10"})
    situation = making.situation(LOW, entries, capacity=making.quarters(2), decisions=decisions)
    roadmap = described(situation, a=-1)
    assert (roadmap.cost, roadmap.initiatives[0].start, roadmap.initiatives[0].cost) == (0, -1, 900)
    assert overall(roadmap) == pytest.approx([1.0, 2.2, 2.2])


def test_what_was_done_since_the_assessment_is_where_it_starts() -> None:
    entries = [making.entry("culture.done", {MEANING: 3}), making.entry("culture.a", {MEANING: 4})]
    situation = making.situation(
        LOW, entries, capacity=making.quarters(2), decisions=Decisions(done={"culture.done": "2027-01"})
    )
    roadmap = described(situation, a=0)
    assert overall(roadmap) == pytest.approx([1.8, 2.2, 2.2])
    assert roadmap.initiatives[0].gain == pytest.approx(0.4)
    assert roadmap.gained == pytest.approx(0.8)  # what the plan gains, not what was done before it


def test_states() -> None:
    entries = [making.entry(f"culture.{name}", {MEANING: 3}) for name in "abc"]
    decisions = Decisions(pin={"culture.a": None}, under_way={"culture.b": "2027-01"})
    situation = making.situation(LOW, entries, capacity=making.quarters(2), decisions=decisions)
    roadmap = described(situation, a=0, b=0, c=0)
    assert [each.state for each in roadmap.initiatives] == ["pinned", "under-way", "planned"]
    assert roadmap.decisions == decisions


def test_without_quarters_there_are_no_periods() -> None:
    roadmap = described(making.situation(LOW, [making.entry("culture.a", {MEANING: 3})]), a=None)
    assert (roadmap.periods, roadmap.initiatives[0].start, roadmap.initiatives[0].end) == ((), None, None)
    assert roadmap.finally_.projected.overall.score == pytest.approx(1.8)
    assert roadmap.gained == 0.0


def test_what_is_found_out_does_not_move_the_splits() -> None:
    entries = [
        making.entry("culture.a", {MEANING: 3}, days=4),
        making.entry("culture.b", {MEANING: 4}, days=8),
        making.entry("culture.ask", find_out=True, days=99),
    ]
    situation = making.situation(
        {MEANING: 1.0, "culture.pay": None}, entries, capacity=making.quarters(2, days=200)
    )
    roadmap = described(situation, a=0, b=0, ask=0)
    # medians of 4 and 8 days; of 1.6 and what b adds to it, 0.8
    assert (roadmap.effort_split, roadmap.impact_split) == pytest.approx((6.0, 1.2))
    assert {each.recommendation.id: each.quadrant for each in roadmap.initiatives} == {
        "culture.a": "quick-win",
        "culture.b": "reconsider",
        "culture.ask": "reconsider",
    }


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


NAMES = (MEANING, LOYALTY, INSIGHT)
WORK = st.lists(
    st.tuples(st.dictionaries(st.sampled_from(NAMES), st.integers(2, 5), min_size=1), st.integers(0, 2)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=80)
@given(work=WORK, scores=st.tuples(*[st.floats(1, 5)] * 3), halves=st.booleans())
def test_gains_add_up_to_what_the_projection_says(
    *, work: list[tuple[Any, int]], scores: tuple[float, ...], halves: bool
) -> None:
    entries = [making.entry(f"culture.{n}", lifts) for n, (lifts, _) in enumerate(work)]
    weakest = making.Made(lambda values, _: min(values.values()))
    situation = making.situation(
        dict(zip(NAMES, scores, strict=True)),
        entries,
        capacity=making.quarters(4),
        scorers={"retention": weakest} if halves else {},  # scored by its own rule, weighed or not
    )
    fitting = {task.id for task in pose(situation).problem.tasks}
    start = {f"{n}": at for n, (_, at) in enumerate(work) if f"culture.{n}" in fitting}
    roadmap = described(situation, **start)
    gained = sum(each.gain for each in roadmap.initiatives)
    before, after = overall(roadmap)[0], overall(roadmap)[-1]
    assert gained == pytest.approx(after - before, abs=1e-9)
    assert all(each.gain >= -1e-9 for each in roadmap.initiatives)
    assert roadmap.gained == pytest.approx(sum(score - before for score in overall(roadmap)[1:]), abs=1e-9)
