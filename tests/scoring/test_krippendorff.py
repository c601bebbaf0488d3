"""Krippendorff's alpha: his four-coder example at four levels of measurement, and an oracle."""

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.scoring.krippendorff import alpha, ordinal_alpha, ordinal_distances

FOUR_CODERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
"""K. Krippendorff, *Computing Krippendorff's Alpha-Reliability*, 2011: 12 units, values 1 to 5."""

VALUES = np.arange(1.0, 6.0)


def table(coders: tuple[str, ...]) -> np.ndarray:
    units = zip(*(coder.split() for coder in coders), strict=True)
    return np.array([[unit.count(str(value)) for value in range(1, 6)] for unit in units], dtype=np.int64)


def nominal(totals: np.ndarray) -> np.ndarray:
    return 1.0 - np.eye(totals.size)


def interval(_: np.ndarray) -> np.ndarray:
    return np.subtract.outer(VALUES, VALUES) ** 2


def ratio(_: np.ndarray) -> np.ndarray:
    return (np.subtract.outer(VALUES, VALUES) / np.add.outer(VALUES, VALUES)) ** 2


@pytest.mark.parametrize(
    ("distances", "published"),
    [(nominal, 0.743), (ordinal_distances, 0.815), (interval, 0.849), (ratio, 0.797)],
)
def test_the_published_example(distances: object, published: float) -> None:
    assert alpha(table(FOUR_CODERS), distances) == pytest.approx(published, abs=0.0005)


def test_the_published_ordinal_distances() -> None:
    # of the 40 pairable values 9 are 1, 13 are 2, 10 are 3, 5 are 4, 3 are 5 (the lone 3 of unit 12 is not)
    # δ_12 = (9 + 13) ÷ 2 = 11; δ_13 = 13 + (9 + 10) ÷ 2 = 22.5; δ_45 = (5 + 3) ÷ 2 = 4
    totals = np.array([9.0, 13.0, 10.0, 5.0, 3.0])
    squared = ordinal_distances(totals)
    assert (squared[0, 1], squared[0, 2], squared[3, 4]) == (121.0, 506.25, 16.0)
    assert squared == pytest.approx(squared.T)


def test_worked_example() -> None:
    # two units of two values: {1, 1} and {1, 2}; n = 4, n_1 = 3, n_2 = 1, δ²_12 = ((3 + 1) ÷ 2)² = 4
    # observed: the second unit's two ordered pairs, 2 × 4 ÷ (2 − 1) = 8; expected: 2 × 3 × 1 × 4 = 24
    # alpha = 1 − 3 × 8 ÷ 24 = 0
    assert ordinal_alpha(np.array([[2, 0], [1, 1]])) == pytest.approx(0.0)


def test_a_unit_with_one_rating_falls_out() -> None:
    whole = np.array([[2, 1, 0], [0, 1, 3], [3, 0, 0]])
    assert ordinal_alpha(np.vstack([whole, [[0, 0, 1], [0, 0, 0]]])) == ordinal_alpha(whole)


@pytest.mark.parametrize("counts", [np.zeros((0, 5)), [[1, 0], [0, 1]], [[3, 0], [5, 0]]])
def test_nothing_without_pairs_that_could_differ(counts: object) -> None:
    assert ordinal_alpha(np.array(counts, dtype=np.int64)) is None


def test_full_agreement_is_1_whatever_the_size() -> None:
    assert ordinal_alpha(np.diag([2, 30, 1_000_000])) == 1.0


@given(st.lists(st.lists(st.integers(0, 6), min_size=4, max_size=4), min_size=2, max_size=8))
def test_as_the_reference_implementation(units: list[list[int]]) -> None:
    counts = np.array(units, dtype=np.int64)
    found = ordinal_alpha(counts)
    pairable = counts[counts.sum(axis=1) >= 2]
    if np.count_nonzero(pairable.sum(axis=0)) < 2:
        assert found is None
    else:
        expected = krippendorff.alpha(value_counts=counts, level_of_measurement="ordinal")
        assert found == pytest.approx(expected, abs=1e-9)
