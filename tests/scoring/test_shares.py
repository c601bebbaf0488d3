"""The interval of a share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import share_interval


@pytest.mark.parametrize(
    ("count", "n", "expected"),
    [
        # z² = 1.96² = 3.8415; centre 0.25 + 3.8415 ÷ 8 = 0.7302
        # half 1.96 × √(0.25 × 0.75 ÷ 4 + 3.8415 ÷ 64) = 0.6408; both over 1 + 3.8415 ÷ 4 = 1.9604
        (1, 4, (0.0456, 0.6994)),
        # of none, centre and half are both 3.8415 ÷ 8 = 0.4802: 0, and 0.9604 ÷ 1.9604
        (0, 4, (0.0, 0.4899)),
        (4, 4, (0.5101, 1.0)),
        # as published: R. G. Newcombe, Statistics in Medicine 17, 1998, table I
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
    ],
)
def test_the_interval_is_wilsons(count: int, n: int, expected: tuple[float, float]) -> None:
    assert share_interval(count, n) == pytest.approx(expected, abs=5e-5)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_it_holds_the_share_and_mirrors_that_of_the_others(drawn: tuple[int, int]) -> None:
    count, n = drawn
    low, high = share_interval(count, n)
    assert 0 <= low <= count / n <= high <= 1
    assert share_interval(n - count, n) == pytest.approx((1 - high, 1 - low))
