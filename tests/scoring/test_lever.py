"""What would raise a score most."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cxmaturity.api import Lever, Score
from cxmaturity.scoring.combine import combine_scores
from cxmaturity.scoring.lever import find_lever


def weakest(parts: Mapping[str, Score]) -> Score:
    """A combine that is not linear: the lowest part decides."""
    return Score(min((part.value for part in parts.values() if part.value is not None), default=None))


def test_of_a_weighted_mean_it_is_the_part_with_the_largest_share() -> None:
    # (1 × 2.0 + 3 × 3.0) ÷ 4 = 2.75; a at 3.0: + 1 ÷ 4; b at 4.0: + 3 ÷ 4
    lever = find_lever({"a": Score(2.0), "b": Score(3.0, weight=3.0)}, combine_scores)
    assert lever == Lever("b", 3.0, 4.0, pytest.approx(0.75))


def test_of_parts_that_add_the_same_it_is_the_lowest() -> None:
    lever = find_lever({"a": Score(3.0), "b": Score(1.5), "c": Score(2.0)}, combine_scores)
    assert lever is not None
    assert lever.id == "b"


def test_a_part_near_the_top_is_raised_to_the_top() -> None:
    # a at 4.75 can add 0.25 ÷ 2, b is there already
    lever = find_lever({"a": Score(4.75), "b": Score(5.0)}, combine_scores)
    assert lever == Lever("a", 4.75, 5.0, pytest.approx(0.125))


def test_a_combine_that_is_not_linear_is_asked_anew() -> None:
    # the lowest decides: a from 2.0 to 3.0 leaves b's 2.4, so + 0.4 and not + 1
    lever = find_lever({"a": Score(2.0), "b": Score(2.4), "c": Score(4.0)}, weakest)
    assert lever == Lever("a", 2.0, 3.0, pytest.approx(0.4))


@pytest.mark.parametrize(
    "parts",
    [{}, {"a": Score(None)}, {"a": Score(5.0)}, {"a": Score(2.0, weight=0.0), "b": Score(5.0)}],
)
def test_there_may_be_none(parts: dict[str, Score]) -> None:
    assert find_lever(parts, combine_scores) is None


def test_where_the_two_lowest_are_equal_one_alone_raises_nothing() -> None:
    assert find_lever({"a": Score(2.0), "b": Score(2.0)}, weakest) is None
