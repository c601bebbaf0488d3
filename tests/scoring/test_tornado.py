"""How much a score hangs on its weights."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import Score
from cxmaturity.scoring.combine import combine_scores
from cxmaturity.scoring.tornado import find_swings

PARTS = st.dictionaries(
    st.sampled_from("abcdef"),
    st.builds(Score, st.floats(1, 5), weight=st.just(0.0) | st.floats(0.1, 10)),
    min_size=1,
)


def test_each_weight_moves_by_itself() -> None:
    parts = {"low": Score(2.0, weight=1.0), "high": Score(5.0, weight=2.0)}
    high, low = find_swings(parts, combine_scores)
    # low: (2 × 0.8 + 5 × 2) ÷ 2.8 = 4.1429, (2 × 1.2 + 10) ÷ 3.2 = 3.875: 0.2679
    assert (low.id, low.lower, low.higher) == ("low", pytest.approx(11.6 / 2.8), pytest.approx(3.875))
    # high: (2 + 5 × 1.6) ÷ 2.6 = 3.8462, (2 + 5 × 2.4) ÷ 3.4 = 4.1176: 0.2715
    assert (high.id, high.lower, high.higher) == ("high", pytest.approx(10 / 2.6), pytest.approx(14 / 3.4))
    assert high.width == pytest.approx(14 / 3.4 - 10 / 2.6)


@given(PARTS)
def test_raising_a_weight_never_moves_the_score_past_its_parts(parts: dict[str, Score]) -> None:
    values = [score.value for score in parts.values() if score.value is not None and score.weight > 0]
    for swing in find_swings(parts, combine_scores):
        for end in (swing.lower, swing.higher):
            assert min(values) - 1e-9 <= end <= max(values) + 1e-9


@given(PARTS)
def test_a_weight_draws_the_score_towards_its_part(parts: dict[str, Score]) -> None:
    now = combine_scores(parts).value
    for swing in find_swings(parts, combine_scores):
        value = parts[swing.id].value
        assert now is not None
        assert value is not None
        assert abs(swing.higher - value) <= abs(now - value) + 1e-9 <= abs(swing.lower - value) + 2e-9


@given(PARTS)
def test_a_weight_of_0_has_a_swing_of_0(parts: dict[str, Score]) -> None:
    swings = find_swings({**parts, "nothing": Score(5.0, weight=0.0)}, combine_scores)
    assert [swing.width for swing in swings if swing.id == "nothing"] in ([0.0], [])


@given(PARTS)
def test_the_widest_comes_first(parts: dict[str, Score]) -> None:
    widths = [swing.width for swing in find_swings(parts, combine_scores)]
    assert all(earlier >= later - 1e-9 for earlier, later in pairwise(widths))


def test_what_has_no_score_moves_nothing() -> None:
    swings = find_swings({"known": Score(3.0), "unknown": Score(None)}, combine_scores)
    assert [swing.id for swing in swings] == ["known"]


def test_the_rule_may_be_any() -> None:
    def lowest(parts: Mapping[str, Score]) -> Score:
        return Score(min(score.value or 0 for score in parts.values()))

    swings = find_swings({"a": Score(2.0), "b": Score(4.0)}, lowest)
    assert [(swing.lower, swing.higher, swing.width) for swing in swings] == [(2.0, 2.0, 0.0)] * 2
