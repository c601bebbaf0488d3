"""How raters spread over the levels, each by what their own answers come to."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cxmaturity.scoring.personal import Item, Part, spread_over_levels
from cxmaturity.scoring.scale import level_of

MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)
STEPS = np.array([0, 0.25, 0.5, 0.75, 1, float("nan")], dtype=np.float32)


def item(codes: list[int], weight: float = 1.0) -> Item:
    return Item(np.array(codes, dtype=np.uint8), STEPS, weight)


def test_each_rater_stands_where_their_own_mean_is() -> None:
    # first: (0.75 + 0.25) ÷ 2 = 0.5 → 3.0, level 3; second: 1.0 alone → 5.0, level 5; third answered nothing
    whole = Part("p", 1.0, (item([3, 4, 5]), item([1, 5, 5])))
    assert spread_over_levels(whole, MINIMA, 3) == {"p": (0, 0, 1, 0, 1)}


def test_weights_count_and_a_weight_of_0_is_0() -> None:
    # (3 × 1.0 + 1 × 0) ÷ 4 = 0.75 → 4.0, level 4; with weight 0 for the first: 0 → level 1
    assert spread_over_levels(Part("p", 1.0, (item([4], 3), item([0], 1))), MINIMA, 1)["p"] == (0, 0, 0, 1, 0)
    assert spread_over_levels(Part("p", 1.0, (item([4], 0), item([0], 1))), MINIMA, 1)["p"] == (1, 0, 0, 0, 0)
    assert spread_over_levels(Part("p", 1.0, (item([4], 0),)), MINIMA, 1)["p"] == (0, 0, 0, 0, 0)


def test_parts_count_by_their_weight_over_those_that_were_answered() -> None:
    # first rater: (2 × 1.0 + 1 × 0.25) ÷ 3 = 0.75 → 4.0; second: the second part alone, 0.25 → 2.0
    parts = (Part("d.p", 2.0, (item([4, 5]),)), Part("d.q", 1.0, (item([1, 1]),)))
    assert spread_over_levels(Part("d", 1.0, parts=parts), MINIMA, 2) == {
        "d.p": (0, 0, 0, 0, 1),
        "d.q": (0, 2, 0, 0, 0),
        "d": (0, 1, 0, 1, 0),
    }


def test_a_level_that_is_reached_on_paper_is_reached() -> None:
    # 0.2 of what is possible is 1.8, the minimum of level 2, though 0.2 in float32 is a little more or less
    fifth = Item(np.array([0], dtype=np.uint8), np.array([0.2], dtype=np.float32), 0.1)
    assert spread_over_levels(Part("p", 1.0, (fifth,)), MINIMA, 1)["p"] == (0, 1, 0, 0, 0)


def test_a_question_may_have_more_answers_than_two_bytes_tell_apart() -> None:
    many = Item(np.array([0, 65_999], dtype=np.uint32), np.linspace(0, 1, 66_000, dtype=np.float32), 1.0)
    assert spread_over_levels(Part("p", 1.0, (many, item([5, 5]))), MINIMA, 2)["p"] == (1, 0, 0, 0, 1)


def test_nobody_stands_nowhere() -> None:
    assert spread_over_levels(Part("p", 1.0, (item([]),)), MINIMA, 0) == {}


@pytest.mark.parametrize("raters", [3, 40_000])
def test_many_raters_are_counted_block_by_block(raters: int) -> None:
    codes = np.random.default_rng(raters).integers(0, 6, (2, raters)).astype(np.uint8)
    counts = spread_over_levels(Part("p", 1.0, tuple(Item(c, STEPS, 1.0) for c in codes)), MINIMA, raters)[
        "p"
    ]
    assert sum(counts) == int((codes < 5).any(axis=0).sum())


@given(arrays(np.uint8, st.tuples(st.just(3), st.integers(1, 30)), elements=st.integers(0, 5)))
def test_it_is_the_level_of_the_mean_of_what_was_answered(codes: np.ndarray) -> None:
    counts = spread_over_levels(
        Part("p", 1.0, tuple(Item(c, STEPS, 1.0) for c in codes)), MINIMA, codes.shape[1]
    )["p"]
    expected = [0] * 5
    for rater in STEPS[codes.T].astype(np.float64):
        answered = rater[~np.isnan(rater)]
        if answered.size:
            expected[level_of(1 + 4 * float(answered.mean()), MINIMA) - 1] += 1
    assert list(counts) == expected
