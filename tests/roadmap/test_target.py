"""Targets as conditions on practices, held against the scoring rules."""

from __future__ import annotations

from typing import Any

import making
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cxmaturity.result import OVERALL
from cxmaturity.roadmap.model import Decisions, Projection, Target
from cxmaturity.roadmap.posing import Situation, pose
from cxmaturity.roadmap.problem import Need

MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)
MEANING, PAY = "culture.meaning", "culture.pay"
LOYALTY, INSIGHT = "retention.loyalty", "retention.insight"
LOW = {MEANING: 1.0, PAY: 1.0, LOYALTY: 1.0, INSIGHT: 1.0}


def holds(needs: tuple[Need, ...], lifts: dict[str, int]) -> bool:
    reached = {name: MINIMA[level - 1] for name, level in lifts.items()}
    return all(need.sum.value(reached) >= need.least - 1e-9 for need in needs)


def conditions(situation: Situation, *, follow: bool = False) -> tuple[Need, ...]:
    posed = pose(situation)
    return posed.follows.target if follow else posed.problem.target


def kinds(needs: tuple[Need, ...]) -> list[tuple[str, str, float]]:
    return [(need.about, need.kind, round(need.least, 3)) for need in needs]


def reaches(projection: Projection, target: Target) -> bool:
    stands = {each.id: each.level for each in (projection.overall, *projection.dimensions)}
    wanted = {**target.dimensions, **({OVERALL: target.level} if target.level else {})}
    return all((stands[name] or 0) >= level for name, level in wanted.items())


def test_no_target_is_no_condition() -> None:
    assert conditions(making.situation(LOW)) == ()


def test_a_level_is_a_score() -> None:
    situation = making.situation(LOW, target=Target(3))
    needs = conditions(situation)
    assert kinds(needs) == [(OVERALL, "score", 2.6)]
    # (1.0 + 4.2) / 2 = 2.6, exactly enough; (1.0 + 4.2 + 1.0 + 1.0) / 4 = 1.8 is not
    assert holds(needs, {MEANING: 5, PAY: 5})
    assert not holds(needs, {MEANING: 5})


def test_the_whole_stands_at_most_one_above_culture() -> None:
    culture = making.Made(caps=[("overall", "culture", 1)])
    situation = making.situation(LOW, scorers={"culture": culture}, target=Target(3))
    needs = conditions(situation)
    assert kinds(needs) == [(OVERALL, "score", 2.6), ("culture", "score", 1.8)]
    assert not holds(needs, {LOYALTY: 5, INSIGHT: 5})
    # culture: (1.0 + 2.6) / 2 = 1.8; the whole: (1.8 + 4.2) / 2 = 3.0
    assert holds(needs, {LOYALTY: 5, INSIGHT: 5, PAY: 3})


def test_culture_itself_may_be_held_by_customer_data() -> None:
    culture = making.Made(caps=[("overall", "culture", 1)])
    situation = making.situation(LOW, measured={MEANING: 1.0}, scorers={"culture": culture}, target=Target(4))
    # the whole at 4 needs culture at 3, and that customer data on culture shows 2
    assert kinds(conditions(situation)) == [
        (OVERALL, "score", 3.4),
        ("culture", "score", 2.6),
        ("culture", "measured", 1.8),
    ]


def test_a_dimension_is_held_by_the_mean_of_what_is_measured() -> None:
    situation = making.situation(
        LOW, measured={LOYALTY: 1.0, INSIGHT: 2.0}, target=Target(dimensions={"retention": 4})
    )
    everything = {LOYALTY: 5, INSIGHT: 5}
    today, follow = conditions(situation), conditions(situation, follow=True)
    assert kinds(today) == kinds(follow) == [("retention", "score", 3.4), ("retention", "measured", 2.6)]
    assert not holds(today, everything)  # (1.0 + 2.0) / 2 = 1.5 is level 1, whatever is done
    assert holds(follow, everything)
    # measured follows loyalty to 2.6: (2.6 + 2.0) / 2 = 2.3 is still level 2
    assert not holds(follow, {LOYALTY: 3})


def test_a_practice_may_hold_its_dimension() -> None:
    retention = making.Made(caps=[("retention", LOYALTY, 1)])
    situation = making.situation(
        LOW,
        measured={LOYALTY: 3.0},
        scorers={"retention": retention},
        target=Target(dimensions={"retention": 5}),
    )
    assert kinds(conditions(situation)) == [
        ("retention", "score", 4.2),
        ("retention", "measured", 3.4),
        (LOYALTY, "score", 3.4),
        (LOYALTY, "measured", 2.6),
    ]


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (2, [(OVERALL, "score", 3.4), ("culture", "score", 1.8)]),
        (3, [(OVERALL, "score", 3.4)]),  # level 1 is always reached
        (0, [(OVERALL, "score", 3.4), ("culture", "score", 3.4)]),
        (-1, [(OVERALL, "score", 3.4), ("culture", "score", 4.2)]),
    ],
)
def test_offsets_count(offset: int, expected: list[Any]) -> None:
    culture = making.Made(caps=[("overall", "culture", offset)])
    situation = making.situation(LOW, scorers={"culture": culture}, target=Target(4))
    assert kinds(conditions(situation)) == expected


def test_a_cap_may_ask_for_more_than_there_is() -> None:
    culture = making.Made(caps=[("overall", "culture", -1)])
    situation = making.situation(LOW, scorers={"culture": culture}, target=Target(5))
    needs = conditions(situation)
    assert [(need.about, need.kind) for need in needs] == [(OVERALL, "score"), ("culture", "above")]
    assert not holds(needs, dict.fromkeys(LOW, 5))


@pytest.mark.parametrize(("may_cap", "bound"), [((), False), (("accessibility",), True)])
def test_a_third_partys_cap_binds_the_whole_where_it_may(*, may_cap: tuple[str, ...], bound: bool) -> None:
    situation = making.situation(
        {MEANING: 1.0, "accessibility.help": 1.0},
        scorers={"accessibility": making.Made(caps=[("overall", "accessibility", 1)])},
        foreign=["accessibility"],
        may_cap=may_cap,
        target=Target(3),
    )
    assert (("accessibility", "score", 1.8) in kinds(conditions(situation))) == bound


@pytest.mark.parametrize(
    ("target", "source"), [("overall", LOYALTY), ("culture", LOYALTY), ("overall", "culture")]
)
def test_a_cap_that_the_rules_pass_over_is_no_condition(target: str, source: str) -> None:
    # beyond its dimension a cap may only come from the dimension itself
    retention = making.Made(caps=[(target, source, 0)])
    situation = making.situation(
        LOW, scorers={"retention": retention}, target=Target(3, None, {"culture": 3})
    )
    assert kinds(conditions(situation)) == [("culture", "score", 2.6), (OVERALL, "score", 2.6)]


@pytest.mark.parametrize(
    ("order", "bound"),
    [
        # the rules apply caps dimension by dimension: what limits culture after that has limited the whole
        # does not reach it
        (("culture.meaning", "access.reach"), False),
        (("access.reach", "culture.meaning"), True),
    ],
)
def test_caps_follow_from_one_another_in_their_order(*, order: tuple[str, str], bound: bool) -> None:
    scorers = {
        "culture": making.Made(caps=[("overall", "culture", 0)]),
        "access": making.Made(caps=[("culture", "access", 0)]),
    }
    target = Target(3)
    situation = making.situation(dict.fromkeys(order, 1.0), scorers=scorers, target=target)
    lifts = {"culture.meaning": 5}  # the whole at (4.2 + 1.0) / 2 = 2.6
    assert reaches(situation.projector.project(lifts), target) == (not bound)
    assert holds(conditions(situation), lifts) == (not bound)


def test_too_little_answered_cannot_be_mended() -> None:
    situation = making.situation(LOW, coverage={"retention": 0.4}, target=Target(dimensions={"retention": 2}))
    needs = conditions(situation)
    assert [(need.about, need.kind) for need in needs] == [("retention", "level")]
    assert not holds(needs, dict.fromkeys(LOW, 5))


def test_what_has_no_level_holds_nothing() -> None:
    culture = making.Made(caps=[("overall", "culture", 0)])
    situation = making.situation(
        LOW, coverage={"culture": 0.4}, scorers={"culture": culture}, target=Target(3)
    )
    assert kinds(conditions(situation)) == [(OVERALL, "score", 2.6)]


def test_dimensions_that_nobody_asks_about_are_passed_over() -> None:
    situation = making.situation(LOW, target=Target(dimensions={"data-access": 4, "culture": 2}))
    assert kinds(conditions(situation)) == [("culture", "score", 1.8)]


def test_each_condition_comes_once() -> None:
    culture = making.Made(caps=[("overall", "culture", 1)])
    situation = making.situation(LOW, scorers={"culture": culture}, target=Target(3, None, {"culture": 2}))
    assert kinds(conditions(situation)) == [("culture", "score", 1.8), (OVERALL, "score", 2.6)]


# ------------------------------------------------------------- the model and the scoring rules agree

NAMES = (MEANING, PAY, LOYALTY, INSIGHT, "access.reach", "access.use")
DIMENSIONS = ("culture", "retention", "access")
SCORES = st.lists(st.integers(10, 50).map(lambda tenths: tenths / 10), min_size=6, max_size=6)
OFFSETS = st.integers(-2, 2)


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """A situation in which caps of every kind may bind."""
    scores = dict(zip(NAMES, draw(SCORES), strict=True))
    if draw(st.booleans()):
        scores[draw(st.sampled_from(NAMES))] = None  # type: ignore[assignment]
    caps = {
        "culture": draw(st.sampled_from([(), (("overall", "culture", draw(OFFSETS)),)])),
        "retention": draw(
            st.sampled_from(
                [(), (("retention", LOYALTY, draw(OFFSETS)),), ((INSIGHT, LOYALTY, draw(OFFSETS)),)]
            )
        ),
        "access": draw(
            st.sampled_from(
                [
                    (),
                    (("overall", "access", draw(OFFSETS)),),
                    (("retention", "access", draw(OFFSETS)),),
                    (("culture", "access", draw(OFFSETS)),),
                ]
            )
        ),
    }
    level = st.none() | st.integers(2, 5)
    return {
        "practices": scores,
        "measured": draw(st.dictionaries(st.sampled_from(NAMES), st.sampled_from([1.0, 1.9, 2.6, 3.3, 4.5]))),
        "weights": draw(st.dictionaries(st.sampled_from([*NAMES, *DIMENSIONS]), st.sampled_from([0, 2, 3]))),
        "coverage": draw(
            st.dictionaries(st.sampled_from(DIMENSIONS), st.sampled_from([0.4, 0.5]), max_size=1)
        ),
        "caps": caps,
        "foreign": draw(st.sampled_from([(), ("access",)])),
        "may_cap": draw(st.sampled_from([(), ("access",)])),
        "target": Target(
            draw(level), None, draw(st.dictionaries(st.sampled_from(DIMENSIONS), st.integers(2, 5)))
        ),
        "done": draw(st.dictionaries(st.sampled_from(NAMES), st.integers(2, 5), max_size=1)),
    }


@settings(max_examples=150)
@given(case=cases(), lifts=st.dictionaries(st.sampled_from(NAMES), st.integers(2, 5)), follow=st.booleans())
def test_conditions_hold_exactly_where_the_scoring_rules_give_the_level(
    *, case: dict[str, Any], lifts: dict[str, int], follow: bool
) -> None:
    case = dict(case)
    caps, done = case.pop("caps"), case.pop("done")
    entries = [making.entry("culture.done", done)] if done else []
    situation = making.situation(
        **case,
        catalogue=entries,
        scorers={name: making.Made(caps=each) for name, each in caps.items()},
        decisions=Decisions(done={"culture.done": "2027-01"} if done else {}),
    )
    assume(case["target"])
    # catalogues lift nothing that was not assessed
    lifts = {name: level for name, level in lifts.items() if case["practices"][name] is not None}
    since = {name: level for name, level in done.items() if case["practices"][name] is not None}
    together = {name: max(lifts.get(name, 1), since.get(name, 1)) for name in {*lifts, *since}}
    projection = situation.projector.project(together, caps_follow=follow)
    assert holds(conditions(situation, follow=follow), lifts) == reaches(projection, case["target"])
