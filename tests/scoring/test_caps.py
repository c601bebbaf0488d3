"""Caps act on levels, never raise one, and are on record only if they bite."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import Message, Standing
from cxmaturity.scoring.caps import apply_cap, cap_by_measured

WHY = Message("plain", {"text": "because"})
SCALE = (1.0, 1.8, 2.6, 3.4, 4.2)


def standing(level: int | None, measured: float | None = None) -> Standing:
    return Standing(id="d", title="D", score=4.0, level=level, uncapped_level=level, measured=measured)


def test_a_cap_that_bites_is_on_record_and_leaves_the_score() -> None:
    capped = apply_cap(standing(4), "culture", 2, WHY)
    assert (capped.level, capped.uncapped_level, capped.score) == (2, 4, 4.0)
    assert [(cap.source, cap.limit) for cap in capped.caps] == [("culture", 2)]


@pytest.mark.parametrize("limit", [4, 5, 6])
def test_a_cap_never_raises(limit: int) -> None:
    assert apply_cap(standing(4), "culture", limit, WHY) == standing(4)


def test_without_a_level_there_is_nothing_to_cap() -> None:
    assert apply_cap(standing(None), "culture", 1, WHY) == standing(None)


def test_no_cap_goes_below_level_1() -> None:
    assert apply_cap(standing(3), "culture", -1, WHY).level == 1


def test_measured_caps_at_its_level_plus_1() -> None:
    # measured 1.9 is level 2, so at most 3
    capped = cap_by_measured(standing(5, measured=1.9), SCALE)
    assert capped.level == 3
    assert capped.caps[0].source == "measured"


def test_no_band_no_cap() -> None:
    assert cap_by_measured(standing(5), SCALE) == standing(5)


@given(st.integers(1, 5), st.lists(st.integers(-1, 7), max_size=5))
def test_the_lowest_cap_holds_in_any_order(level: int, limits: list[int]) -> None:
    result = standing(level)
    for limit in limits:
        result = apply_cap(result, "x", limit, WHY)
    assert result.level == min([level, *(max(1, limit) for limit in limits)])
