"""No single customer, and nobody's name, out of results."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import Point, SegmentResult, Series, TrendPoint
from cxmaturity.evidence.shielding import (
    hidden,
    may_be_personal,
    shielded_segments,
    shielded_series,
    shielded_trend,
)

sizes = st.lists(st.integers(0, 30), max_size=8)


@pytest.mark.parametrize(
    ("found", "gone"),
    [
        ([10, 20], set()),
        ([10, 20, 3], {2, 0}),  # 3 alone would be the whole less the others, so 10 goes with it
        ([10, 20, 3, 4], {2, 3}),  # 3 and 4 are 7 together
        ([10, 20, 3, 1], {2, 3, 0}),  # 4 together: the next smallest goes as well
        ([3], {0}),
        ([0, 8], set()),  # nobody can be found in an empty group
    ],
)
def test_a_small_group_is_hidden_with_what_would_give_it_away(found: list[int], gone: set[int]) -> None:
    assert hidden(found, 5) == gone


@given(sizes, st.integers(3, 8))
def test_what_is_hidden_is_none_or_enough_together_and_nothing_small_is_shown(
    found: list[int], minimum: int
) -> None:
    gone = hidden(found, minimum)
    shown = [size for number, size in enumerate(found) if number not in gone]
    assert all(size == 0 or size >= minimum for size in shown)
    together = sum(found[number] for number in gone)
    assert not gone or together >= minimum or not any(shown)


def test_not_even_the_name_of_a_hidden_segment_is_said() -> None:
    segments = [SegmentResult("big", 0.5, 40), SegmentResult("Ana Popescu", 1.0, 1), SegmentResult("b", 0, 9)]
    shown = shielded_segments(segments, 5)
    assert [(each.name, each.suppressed) for each in shown] == [("big", False), ("", True), ("", True)]
    assert shown[1].n is None
    assert shown[1].value is None


@pytest.mark.parametrize("name", ["ana@example.com", "+40 721 123 456", "0721-123-456", "x" * 61])
def test_a_name_that_looks_personal_is_hidden_whatever_its_size(name: str) -> None:
    assert may_be_personal(name)
    assert shielded_segments([SegmentResult(name, 0.5, 1000)], 5)[0].name == ""


@pytest.mark.parametrize("name", ["Month-to-month", "2024", "B2B", "Romania / 12-24 months", "", "5-10"])
def test_usual_names_are_shown(name: str) -> None:
    assert not may_be_personal(name)


def test_a_column_of_very_many_values_has_no_segments() -> None:
    assert shielded_segments([SegmentResult(str(number), 0.5, 100) for number in range(25)], 5) == ()


def test_points_of_a_trend_and_of_categories_are_hidden_alike() -> None:
    trend = shielded_trend([TrendPoint("a", "b", 0.5, 3), TrendPoint("b", "c", 0.5, 30)], 5)
    assert [point.suppressed for point in trend] == [True, True]
    (series,) = shielded_series(
        [
            Series(
                "types", "categories", (Point("delivery", 0.8, 40), Point("Ana", 0.1, 2), Point("x", 0.1, 8))
            )
        ],
        5,
    )
    assert [(point.label, point.suppressed) for point in series.points] == [
        ("delivery", False),
        ("", True),
        ("", True),
    ]


def test_a_distribution_over_our_own_labels_is_shown_whole() -> None:
    series = Series("answers", "distribution", (Point("0", 0.1, 1), Point("10", 0.9, 9)))
    assert shielded_series([series], 5) == (series,)


def test_a_cell_of_a_cohort_of_few_is_hidden() -> None:
    (series,) = shielded_series([Series("2024", "cohort", (Point("0", 1.0, 4), Point("1", 0.5, 4)))], 5)
    assert [point.suppressed for point in series.points] == [True, True]
    assert [point.value for point in series.points] == [None, None]
