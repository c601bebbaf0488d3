"""MOVER, and weighted means whose parts may hang together in any way."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import share_interval
from cxmaturity.following.differences import Estimate, difference_of, weighted
from cxmaturity.scoring.student import t_quantile


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    low, value, high = sorted(draw(st.lists(st.floats(1, 5), min_size=3, max_size=3)))
    return Estimate(value, (low, high))


def test_by_hand() -> None:
    # d = 3 − 2 = 1
    # low  = 1 − √((3 − 2.6)² + (2.4 − 2)²) = 1 − √0.32 = 0.434315
    # high = 1 + √((3.3 − 3)² + (2 − 1.7)²) = 1 + √0.18 = 1.424264
    found = difference_of(Estimate(2.0, (1.7, 2.4)), Estimate(3.0, (2.6, 3.3)))
    assert found.value == 1.0
    assert found.interval == pytest.approx((0.434315, 1.424264), abs=1e-6)
    assert found.clear is True


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [((48, 80), (56, 70), (0.0524, 0.3339)), ((3, 10), (9, 10), (0.1705, 0.8090))],
)
def test_with_wilsons_limits_it_is_method_10_of_newcombe(
    one: tuple[int, int], other: tuple[int, int], published: tuple[float, float]
) -> None:
    # R. G. Newcombe, Statistics in Medicine 17, 1998, table II, rows (a) 56/70 − 48/80 and (b) 9/10 − 3/10
    first, second = (Estimate(count / n, share_interval(count, n)) for count, n in (one, other))
    assert difference_of(first, second).interval == pytest.approx(published, abs=5e-5)


@given(estimates(), estimates())
def test_it_holds_the_difference_and_stays_on_the_scale(first: Estimate, second: Estimate) -> None:
    found = difference_of(first, second)
    assert found.interval is not None
    assert -4 - 1e-8 <= found.interval[0] <= found.value + 1e-8
    assert found.value - 1e-8 <= found.interval[1] <= 4 + 1e-8


@given(estimates(), estimates())
def test_the_other_way_round_it_is_the_mirror_image(first: Estimate, second: Estimate) -> None:
    there, back = difference_of(first, second), difference_of(second, first)
    assert there.interval is not None
    assert back.interval is not None
    assert (-back.value, -back.interval[1], -back.interval[0]) == pytest.approx(
        (there.value, *there.interval), abs=1e-8
    )


def test_without_an_interval_on_one_side_nobody_knows() -> None:
    found = difference_of(Estimate(2.0), Estimate(4.5, (4.4, 4.6)))
    assert (found.value, found.interval, found.clear) == (2.5, None, None)


def test_an_interval_that_touches_0_is_noise() -> None:
    found = difference_of(Estimate(2.0, (2.0, 2.0)), Estimate(2.5, (2.0, 3.0)))
    assert found.interval == (0.0, 1.0)
    assert found.clear is False


def test_equal_scores_that_floats_tell_apart_do_not_differ() -> None:
    found = difference_of(Estimate(0.1 + 0.2 + 1, (1.3, 1.3)), Estimate(1.3, (1.3, 1.3)))
    assert (found.value, found.clear) == (0.0, False)


def test_95_of_100_intervals_hold_the_true_difference() -> None:
    random = np.random.default_rng(7)
    held, times, n = 0, 4000, 12
    reach = t_quantile(n - 1) / math.sqrt(n)
    for _ in range(times):
        first, second = (
            Estimate(mean, (mean - half, mean + half))
            for values in (random.normal(2.0, 0.5, n), random.normal(2.4, 1.2, n))
            for mean, half in [(float(values.mean()), float(values.std(ddof=1)) * reach)]
        )
        low, high = difference_of(first, second).interval or (0.0, 0.0)
        held += low <= 0.4 <= high
    # the standard error of a share of 0.95 of 4000 is 0.0034
    assert held / times == pytest.approx(0.95, abs=0.012)


def test_a_weighted_mean_is_as_wide_as_its_parts_together() -> None:
    # value (1 × 2 + 3 × 4) ÷ 4 = 3.5; low (1 × 1.8 + 3 × 3.6) ÷ 4 = 3.15; high (1 × 2.4 + 3 × 4.2) ÷ 4 = 3.75
    found = weighted([(1.0, Estimate(2.0, (1.8, 2.4))), (3.0, Estimate(4.0, (3.6, 4.2)))])
    assert found == Estimate(3.5, (3.15, 3.75))


def test_what_weighs_nothing_is_not_in_it() -> None:
    assert weighted([(1.0, Estimate(2.0, (1.0, 3.0))), (0.0, Estimate(5.0))]) == Estimate(2.0, (1.0, 3.0))
    assert weighted([(0.0, Estimate(2.0))]) is None
    assert weighted([]) is None


def test_one_part_without_an_interval_leaves_the_whole_without() -> None:
    assert weighted([(1.0, Estimate(2.0, (1.0, 3.0))), (1.0, Estimate(3.0))]) == Estimate(2.5)


@given(st.lists(st.tuples(st.floats(0.1, 10), estimates()), min_size=1, max_size=6))
def test_a_mean_lies_in_its_interval_and_on_the_scale(parts: list[tuple[float, Estimate]]) -> None:
    found = weighted(parts)
    assert found is not None
    assert found.interval is not None
    assert 1 <= found.interval[0] <= found.value <= found.interval[1] <= 5


@given(st.integers(0, 2**32 - 1), st.floats(0, 1))
def test_no_correlation_of_two_parts_makes_their_mean_spread_more(seed: int, share: float) -> None:
    random = np.random.default_rng(seed)
    mixing = random.normal(size=(2, 2))
    covariance = mixing @ mixing.T
    spread = math.sqrt(np.array([share, 1 - share]) @ covariance @ np.array([share, 1 - share]))
    one, other = (math.sqrt(covariance[i, i]) for i in (0, 1))
    parts = [(share, Estimate(0.0, (-one, one))), (1 - share, Estimate(0.0, (-other, other)))]
    found = weighted(parts)
    assert found is not None
    assert found.interval is not None
    assert found.interval[1] >= spread - 1e-8
