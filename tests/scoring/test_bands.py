"""Bands: one threshold between neighbouring levels, so no gaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.scoring.bands import band_of

NPS = {2: 0.0, 3: 20.0, 4: 40.0, 5: 60.0}
CHURN = {2: 0.25, 3: 0.15, 4: 0.10, 5: 0.05}


@pytest.mark.parametrize(("value", "band"), [(-12, 1), (0, 2), (19.9, 2), (20, 3), (60, 5), (100, 5)])
def test_higher_is_better(value: float, band: int) -> None:
    assert band_of(value, NPS, higher_is_better=True) == band


@pytest.mark.parametrize(("value", "band"), [(0.4, 1), (0.25, 2), (0.15, 3), (0.05, 5), (0.0, 5)])
def test_lower_is_better(value: float, band: int) -> None:
    assert band_of(value, CHURN, higher_is_better=False) == band


@given(st.floats(-100, 100), st.floats(-100, 100))
def test_a_better_value_never_has_a_lower_band(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert band_of(low, NPS, higher_is_better=True) <= band_of(high, NPS, higher_is_better=True)
