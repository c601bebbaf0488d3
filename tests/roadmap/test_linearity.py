"""Weights found by asking a plugin's ``combine``, and what is found to have none."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import making
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmaturity.roadmap.linearity import score_sum, weights_of
from cxmaturity.roadmap.posing import Situation, pose

A, B, C = "one.a", "one.b", "one.c"
TODAY = {A: 1.0, B: 2.0, C: 3.0}
Values = Mapping[str, float]


def found(situation: Situation) -> dict[str, float] | None:
    return weights_of(situation.projector, situation.assessment.dimensions[0])


def mean(scores: Values, weights: Values) -> float:
    return sum(scores[name] * weights[name] for name in scores) / sum(weights[name] for name in scores)


def half_the_weakest(scores: Values, weights: Values) -> float:
    return 0.5 * mean(scores, weights) + 0.5 * min(scores.values())


def product(scores: Values, weights: Values) -> float:
    del weights
    return 1 + 4 * prod((score - 1) / 4 for score in scores.values())


def bonus(scores: Values, weights: Values) -> float:
    """A tenth more once everything stands at level 4."""
    return mean(scores, weights) - 0.1 + 0.1 * (min(scores.values()) >= 3.4)


def bonus_for_one(scores: Values, weights: Values) -> float:
    return mean(scores, weights) - 0.1 + 0.1 * (scores[A] >= 3.4)


def falling(scores: Values, weights: Values) -> float:
    """The more of a, the less."""
    del weights
    return 3.0 - scores[A] / 5 + scores[B] / 5


def squared(scores: Values, weights: Values) -> float:
    del weights
    return max(1.0, scores[A] ** 2 / 5)


def pairwise_only(scores: Values, weights: Values) -> float:
    """Two together bring what neither brings alone."""
    return mean(scores, weights) - 0.2 + 0.2 * (scores[A] > 4 and scores[B] > 4)


def middling(scores: Values, weights: Values) -> float:
    """All of them at level 3 is worth less than the mean, all at level 5 is not."""
    in_the_middle = all(2.6 <= score < 3.4 for score in scores.values())
    return mean(scores, weights) - 0.2 * in_the_middle


def linear(scores: Values, weights: Values) -> float:
    del weights
    return 0.5 + 0.25 * scores[A] + 0.5 * scores[B]


def test_the_weighted_mean_gives_its_weights() -> None:
    situation = making.situation(TODAY, weights={A: 1, B: 2, C: 5})
    assert found(situation) == pytest.approx({A: 1 / 8, B: 2 / 8, C: 5 / 8})


def test_practices_without_a_score_or_a_weight_have_none() -> None:
    situation = making.situation({A: 1.0, B: None, C: 3.0}, weights={C: 0})
    assert found(situation) == pytest.approx({A: 1.0, C: 0.0})


def test_what_stands_at_the_top_cannot_be_lifted_and_needs_no_weight() -> None:
    assert found(making.situation({A: 1.0, B: 4.6})) == pytest.approx({A: 0.5, B: 0.0})


def test_unless_customer_data_holds_it_lower() -> None:
    # said 4.6, measured level 1: held at level 2
    assert found(making.situation({A: 1.0, B: 4.6}, measured={B: 1.0})) == pytest.approx({A: 0.5, B: 0.5})


def test_what_stands_just_at_the_top_and_is_held_lower_has_its_weight() -> None:
    # said 4.2, measured level 3: held at level 4, below the one level at which it stands already
    assert found(making.situation({A: 1.0, B: 4.2}, measured={B: 2.6})) == pytest.approx({A: 0.5, B: 0.5})


def test_a_rule_above_the_level_that_customer_data_holds_is_seen() -> None:
    # a stands at 3.6, above its bonus, and is held at 1.8, below it
    scorers = {"one": making.Made(bonus_for_one)}
    assert found(making.situation({A: 3.6, B: 2.0}, scorers=scorers)) == pytest.approx({A: 0.5, B: 0.5})
    assert found(making.situation({A: 3.6, B: 2.0}, scorers=scorers, measured={A: 1.0})) is None


def test_weights_of_ones_own_are_found_too() -> None:
    situation = making.situation(TODAY, scorers={"one": making.Made(linear)})
    weights = found(situation)
    assert weights == pytest.approx({A: 0.25, B: 0.5, C: 0.0})
    total = score_sum(situation.assessment.dimensions[0], weights or {}, TODAY)
    assert total.parts.keys() == {A, B}
    assert total.value({A: 3.0, C: 5.0}) == pytest.approx(0.5 + 0.75 + 1.0)
    assert total.value({A: 0.5}) == pytest.approx(0.5 + 0.25 + 1.0)  # lifts never lower


@pytest.mark.parametrize(
    "combine",
    [
        half_the_weakest,
        product,
        bonus,
        bonus_for_one,
        falling,
        squared,
        pairwise_only,
        middling,
    ],
)
def test_what_is_no_weighted_sum_has_none_and_is_held(combine: object) -> None:
    situation = making.situation({**TODAY, "two.a": 1.0}, scorers={"one": making.Made(combine)})
    assert found(situation) is None
    assert situation.projector.failed == {}
    assert pose(situation).held == ("one",)


def test_a_combine_that_raises_is_held_and_named() -> None:
    def fragile(scores: Values, weights: Values) -> float:
        if max(scores.values()) > 4:
            raise ZeroDivisionError
        return mean(scores, weights)

    situation = making.situation({**TODAY, "two.a": 1.0}, scorers={"one": making.Made(fragile)})
    assert pose(situation).held == ("one",)
    assert situation.projector.failed.keys() == {"one"}


def test_a_score_off_the_scale_is_a_failure() -> None:
    def sums(scores: Values, weights: Values) -> float:
        del weights
        return sum(scores.values()) / 2

    situation = making.situation({**TODAY, "two.a": 1.0}, scorers={"one": making.Made(sums)})
    assert pose(situation).held == ("one",)
    assert situation.projector.failed.keys() == {"one"}


def test_a_dimension_without_a_score_has_nothing_to_weigh() -> None:
    situation = making.situation({A: None, B: None, "two.a": 1.0})
    assert found(situation) == {}
    assert pose(situation).held == ()


@settings(max_examples=60)
@given(
    scores=st.lists(st.floats(1, 4.1), min_size=1, max_size=5),
    weights=st.lists(st.floats(0.1, 10), min_size=5, max_size=5),
)
def test_every_weighted_mean_is_one(*, scores: list[float], weights: list[float]) -> None:
    practices = {f"one.p{number}": score for number, score in enumerate(scores)}
    given_ = {name: weights[number] for number, name in enumerate(practices)}
    expected = {name: weight / sum(given_.values()) for name, weight in given_.items()}
    assert found(making.situation(practices, weights=given_)) == pytest.approx(expected, abs=1e-6)
