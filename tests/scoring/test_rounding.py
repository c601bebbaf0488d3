"""What is shown adds up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.scoring.rounding import rounded_to_sum


def test_the_largest_remainders_are_rounded_up() -> None:
    # three times 1.116 is 3.348, so 3.35; each cut is 1.11, and the two cents that miss go to the first two
    assert rounded_to_sum([1.116, 1.116, 1.116]) == [1.12, 1.12, 1.11]


@given(st.lists(st.floats(0, 5), max_size=12))
def test_the_rounded_values_add_up_to_the_rounded_sum(values: list[float]) -> None:
    rounded = rounded_to_sum(values)
    assert sum(rounded) == pytest.approx(round(sum(values), 2), abs=0.0051)
    assert round(sum(rounded) * 100) == round(sum(values) * 100)
    assert all(abs(shown - value) <= 0.01 + 1e-9 for shown, value in zip(rounded, values, strict=True))
