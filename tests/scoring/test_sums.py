"""Sums over raters, of everybody and by group, in one pass or in several."""

from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.scoring import sums
from cxmaturity.scoring.sums import Grouped, sums_of

STEPS = np.array([0, 0.25, 0.5, 0.75, 1, np.nan], dtype=np.float32)
"""What the codes 0 to 5 are worth; 5 is not scored."""


def drawn(raters: int, groups: tuple[int, ...], seed: int = 1) -> tuple[np.ndarray, list[Grouped]]:
    """Codes (3, raters), and groupings of which some raters are not in any group."""
    random = np.random.default_rng(seed)
    codes = random.integers(0, 6, (3, raters)).astype(np.uint8)
    return codes, [Grouped(random.integers(-1, n, raters).astype(np.int32), n) for n in groups]


def by_hand(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    fractions = STEPS[codes].astype(np.float64)
    answered = (codes < 5).astype(np.float64)
    worth = np.nan_to_num(fractions)
    return worth @ worth.T, worth @ answered.T, answered @ answered.T


def assert_same(found: sums.Sums, expected: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    assert found.products == pytest.approx(expected[0])
    assert found.worth == pytest.approx(expected[1])
    assert found.both.tolist() == expected[2].tolist()


def test_three_raters_and_two_questions() -> None:
    # fractions ½ and 1; 1 and not answered; not answered and ¼
    coded = [(np.array(codes, dtype=np.uint8), STEPS) for codes in ([2, 4, 5], [4, 5, 1])]
    found, groups = sums_of(coded, [Grouped(np.array([0, 0, -1], dtype=np.int32), 1)])
    assert found.products.tolist() == [[1.25, 0.5], [0.5, 1.0625]]  # ½² + 1², ½ × 1; 1² + ¼²
    assert found.worth.tolist() == [[1.5, 0.5], [1.0, 1.25]]  # of the first: in all, and of the first rater
    assert found.both.tolist() == [[2, 1], [1, 2]]
    assert groups[0][0].both.tolist() == [[2, 1], [1, 1]]  # the first two raters


@pytest.mark.parametrize("raters", [1, 5, 300, 20_000])
def test_everybody_and_each_group_have_the_sums_of_their_own_answers(raters: int) -> None:
    codes, groupings = drawn(raters, (2, 3, 4))
    whole, groups = sums_of([(column, STEPS) for column in codes], groupings)
    assert_same(whole, by_hand(codes))
    for grouping, found in zip(groupings, groups, strict=True):
        assert len(found) == grouping.count
        for number, each in enumerate(found):
            assert_same(each, by_hand(codes[:, grouping.numbers == number]))


@given(st.integers(0, 60), st.lists(st.integers(1, 4), max_size=3), st.integers(0, 2**32 - 1))
def test_the_order_of_raters_changes_nothing(raters: int, groups: list[int], seed: int) -> None:
    codes, groupings = drawn(raters, tuple(groups), seed)
    order = np.random.default_rng(seed).permutation(raters)
    turned = [Grouped(each.numbers[order], each.count) for each in groupings]
    sevenths = (np.array([0, 1, 2, 3, 7, np.nan]) / 7).astype(np.float32)
    first, first_groups = sums_of([(column, sevenths) for column in codes], groupings)
    other, other_groups = sums_of([(column[order], sevenths) for column in codes], turned)
    for one, two in zip(chain([first], *first_groups), chain([other], *other_groups), strict=True):
        assert one.products.tolist() == two.products.tolist()
        assert one.worth.tolist() == two.worth.tolist()


def test_what_is_no_whole_number_of_steps_is_added_up_too() -> None:
    # 0.123 and 0.456 of whichever number of steps up to 32 are no whole numbers
    worth = np.array([0.123, 0.456, np.nan], dtype=np.float32)
    found, _ = sums_of([(np.array([0, 1, 1, 2], dtype=np.uint8), worth)], ())
    assert found.worth[0, 0] == pytest.approx(0.123 + 2 * 0.456)
    assert found.products[0, 0] == pytest.approx(0.123**2 + 2 * 0.456**2)
    assert found.both.tolist() == [[3]]


def test_groupings_are_crossed_while_their_cells_hold_people_enough() -> None:
    # with those of none 5 × 13 × 7 = 455 cells: of a million raters 2,198 each, of a hundred thousand 220
    _, groupings = drawn(1, (4, 12, 6))
    first, second, third = groupings
    assert sums._passes(groupings, 1_000_000) == [[first, second, third]]
    assert sums._passes(groupings, 100_000) == [[first, second], [third]]
    assert sums._passes(groupings, 100) == [[first], [second], [third]]


def test_nobody_asked_and_nothing_asked() -> None:
    whole, groups = sums_of([], [Grouped(np.zeros(3, dtype=np.int32), 1)])
    assert whole.both.shape == (0, 0)
    assert groups[0][0].both.shape == (0, 0)
