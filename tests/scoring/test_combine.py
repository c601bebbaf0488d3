"""Practices make a dimension and dimensions the whole: the weighted mean of what has a score."""

import pytest

from cxmaturity.api import Message, Score
from cxmaturity.scoring.combine import combine_scores

NOT_SCORED = Score(None, reason=Message("reason.nothing-scored"))


def test_weighted_mean_of_what_has_a_score() -> None:
    # (2 × 4.0 + 1 × 1.0) ÷ 3 = 3.0; the third has no score and no share
    score = combine_scores({"a": Score(4.0, weight=2), "b": Score(1.0), "c": NOT_SCORED})
    assert score.value == pytest.approx(3.0)
    assert [(part.id, part.share) for part in score.contributions] == [
        ("a", pytest.approx(2 / 3)),
        ("b", pytest.approx(1 / 3)),
    ]


def test_a_weight_of_0_is_0() -> None:
    assert combine_scores({"a": Score(4.0, weight=0), "b": Score(1.0)}).value == 1.0


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({}, "reason.nothing-scored"),
        ({"a": NOT_SCORED}, "reason.nothing-scored"),
        ({"a": Score(3.0, weight=0)}, "reason.no-weight"),
    ],
)
def test_the_mean_of_nothing_is_no_number(parts: dict[str, Score], reason: str) -> None:
    score = combine_scores(parts)
    assert score.value is None
    assert score.reason == Message(reason)
