"""Other amounts of one thing: what they come to, and that more is never worse."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import making
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmaturity import assess, load
from cxmaturity.api import Cap, DimensionResult, Scorer
from cxmaturity.engagement import what_if
from cxmaturity.errors import UserError
from cxmaturity.plugins import Selection
from cxmaturity.roadmap.model import Capacity, Decisions, Target
from cxmaturity.roadmap.planning import Question, plan
from cxmaturity.roadmap.posing import Situation
from cxmaturity.roadmap.tradeoff import Tradeoff, TradeoffPoint, point_of, trade_off

MEANING, LOYALTY = "culture.meaning", "retention.loyalty"
LOW = {MEANING: 1.0, LOYALTY: 1.0}


def three(**more: Any) -> Situation:
    """Three recommendations of 10 days and 100 EUR a quarter's work each."""
    entries = [
        making.entry("culture.a", {MEANING: 3}, days=10, cost=100),
        making.entry("culture.b", {MEANING: 5}, days=10, cost=100, needs=("culture.a",)),
        making.entry("retention.c", {LOYALTY: 5}, days=10, cost=100),
    ]
    return making.situation(LOW, entries, **{"capacity": making.quarters(3, days=10), **more})


def varied(situation: Situation, vary: Any, *amounts: float, **more: Any) -> Tradeoff:
    return trade_off(situation, Question(situation.target, **more), vary, amounts)


def test_person_days() -> None:
    # the whole at level 4 needs (4.2 + 2.6) / 2 = 3.4: c and a, both in one quarter with 20 days
    found = varied(three(target=Target(4)), "person-days", 20, 5, 10, 20)
    assert (found.vary, found.aim, found.now) == ("person-days", "target", 10)
    assert [each.amount for each in found.points] == [5, 10, 20]
    assert [each.reached for each in found.points] == [None, 2, 1]
    assert [each.status for each in found.points] == ["infeasible", "optimal", "optimal"]
    assert [(each.initiatives, each.cost) for each in found.points] == [(0, 0), (3, 300), (3, 300)]
    # all three end at (4.2 + 4.2) / 2
    assert [each.score for each in found.points] == pytest.approx([1.0, 4.2, 4.2])
    assert [each.level for each in found.points] == [1, 5, 5]


def test_the_budget() -> None:
    found = varied(three(), "budget", 0, 100, 300)
    assert (found.aim, found.now) == ("maturity", None)
    assert [(each.initiatives, each.cost, each.reached) for each in found.points] == [
        (0, 0, None),
        (1, 100, None),
        (3, 300, None),
    ]
    assert [each.score for each in found.points] == pytest.approx([1.0, 2.6, 4.2])  # c first: (1.0 + 4.2) / 2


def test_the_level() -> None:
    found = varied(three(), "level", 2, 3, 4, 5)
    assert (found.aim, found.now) == ("target", None)  # with a level there is a target
    # 1.8 by a or c; 2.6 by c; 3.4 by c and a; 4.2 by all three
    assert [each.reached for each in found.points] == [1, 1, 2, 3]


def test_the_level_keeps_the_other_wishes() -> None:
    situation = three(target=Target(2, "2027-06", {"culture": 5}))
    found = varied(situation, "level", 2)
    assert found.now == 2
    assert [(each.reached, each.status) for each in found.points] == [
        (2, "infeasible")
    ]  # the date is point 1


def test_the_question_may_be_the_other_one() -> None:
    assert varied(three(target=Target(4)), "person-days", 10, aim="maturity").aim == "maturity"


def test_today_has_no_amount_where_quarters_differ() -> None:
    uneven = three(capacity=Capacity("2027-01", (10.0, 20.0), 150.0))
    assert varied(uneven, "person-days", 10).now is None
    assert varied(uneven, "budget", 10).now == 150.0


def test_it_only_follows_customer_data() -> None:
    situation = three(target=Target(dimensions={"culture": 5}), measured={MEANING: 1.0})
    (point,) = varied(situation, "person-days", 10).points
    assert (point.reached, point.needs_data, point.status) == (2, True, "infeasible")


@settings(max_examples=25)
@given(
    work=st.lists(
        st.tuples(
            st.sampled_from([MEANING, LOYALTY]),
            st.integers(2, 5),
            st.sampled_from([4.0, 10.0, 23.0]),
            st.sampled_from([10.0, 20.0]),
            st.sampled_from([0.0, 100.0]),
        ),
        min_size=1,
        max_size=5,
    ),
    vary=st.sampled_from(["person-days", "budget"]),
    level=st.integers(2, 4),
)
def test_more_is_never_worse(
    *, work: list[tuple[str, int, float, float, float]], vary: Any, level: int
) -> None:
    entries = [
        making.entry(f"{practice.partition('.')[0]}.r{n}", {practice: to}, days=days, weeks=weeks, cost=cost)
        for n, (practice, to, days, weeks, cost) in enumerate(work)
    ]
    situation = making.situation(LOW, entries, capacity=making.quarters(3, days=12, budget=300))
    amounts = (4.0, 10.0, 12.0, 25.0) if vary == "person-days" else (0.0, 100.0, 300.0, 500.0)
    now = 12.0 if vary == "person-days" else 300.0

    wanted = varied(replace(situation, target=Target(level)), vary, *amounts).points
    for less, more in pairwise(wanted):
        assert less.reached is None or (more.reached is not None and more.reached <= less.reached)

    roadmaps = [
        plan(replace(situation, capacity=_with(situation.capacity, vary, amount)), Question())
        for amount in amounts
    ]
    gained = [each.gained for each in roadmaps]
    assert all(each.status == "optimal" for each in roadmaps)
    # undiscounted and without ties, a plan may gain less only as far as those weigh: 3 % a quarter
    worth = [sum(0.97**t * gain for t, gain in enumerate(_gains(each))) for each in roadmaps]
    assert all(less <= more + 1e-3 for less, more in pairwise(worth)), gained

    today = varied(situation, vary, *amounts)
    assert today.now == now
    whole = plan(situation, Question())
    point: TradeoffPoint = next(each for each in today.points if each.amount == now)
    assert (point.score, point.initiatives) == (
        whole.finally_.projected.overall.score,
        len(whole.initiatives),
    )


def _with(capacity: Capacity, vary: str, amount: float) -> Capacity:
    if vary == "budget":
        return replace(capacity, budget=amount)
    return replace(capacity, person_days=(amount,) * capacity.quarters)


def _gains(roadmap: Any) -> list[float]:
    """What the whole has gained by the end of each quarter."""
    scores = [each.projected.overall.score for each in roadmap.periods]
    return [score - scores[0] for score in [*scores[1:], roadmap.finally_.projected.overall.score]]


def test_without_a_capacity_there_is_nothing_to_vary(workspace: Callable[..., Path]) -> None:
    engagement = load(
        workspace([{"id": "r01", "answers": {"culture.meaning.same": 2}}]),
        selection=Selection(third_party=False),
    )
    with pytest.raises(UserError, match="there is no capacity to plan with; give `capacity`"):
        what_if(engagement, assess(engagement), "person-days", [20.0])


def test_an_engagement_varies_what_its_workspace_says(workspace: Callable[..., Path]) -> None:
    settings_ = {
        "capacity": {"start": "2027-01", "quarters": 2, "person_days": 40},
        "target": {"level": 3},
    }
    folder = workspace([{"id": "r01", "answers": {"culture.meaning.same": 2}}], settings_)
    engagement = load(folder, selection=Selection(third_party=False))
    found = what_if(engagement, assess(engagement), "person-days", [20.0, 40.0])
    assert (found.now, found.aim, [each.amount for each in found.points]) == (40, "target", [20, 40])


def test_a_plugin_that_fails_only_while_other_amounts_are_tried_is_named() -> None:
    class Fragile(Scorer):
        def caps(self, result: DimensionResult) -> Iterable[Cap]:
            if result.score is not None and result.score > 4:
                raise ValueError("never seen such a score")
            return ()

    def situation() -> Situation:  # four days a quarter do not suffice, ten do
        entries = [making.entry("retention.a", {LOYALTY: 5}, days=10)]
        return making.situation(
            LOW, entries, scorers={"retention": Fragile()}, capacity=making.quarters(2, days=4)
        )

    assert plan(situation(), Question()).warnings == ()
    assert varied(situation(), "person-days", 4).warnings == ()
    (warning,) = varied(situation(), "person-days", 4, 10).warnings
    assert warning.key == "warning.plugin-failed"
    assert "never seen such a score" in str(warning.values["reason"])


def test_a_plan_is_a_point_of_its_trade_off() -> None:
    started = Decisions(under_way={"culture.a": "2026-10"})  # its cost is no longer to be decided on
    slow = making.entry(
        "retention.slow", {LOYALTY: 5}, weeks=52
    )  # it goes on after the plan, and lifts nothing
    outlasting = making.situation(
        LOW,
        [slow],
        capacity=making.quarters(3, days=10),
        decisions=Decisions(under_way={"retention.slow": "2026-12"}),
    )
    wishes = ({}, {"target": Target(4)}, {"target": Target(5)}, {"decisions": started})
    for situation in (*(three(**wish) for wish in wishes), outlasting):
        (point,) = varied(situation, "person-days", 10).points
        made = plan(situation, Question(situation.target))
        assert point_of(made, 10) == point
