"""The chart of two groups: each mark, bar and number says what the scores say, and nothing is invented."""

from __future__ import annotations

from dataclasses import replace

import pytest
from charting import HOSTILE, SVG, TAGS, WORDS, assert_inside, drawn, many, tags
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.report.charts import GapRow, gap_chart, reach_of
from cxmaturity.report.theme import lightness

NAMES = ("Leadership (n = 12)", "Front line (n = 148)")

some_scores = st.floats(1, 5)
differences = st.tuples(st.floats(-4, 4), st.floats(-4, 4)).map(lambda pair: (min(pair), max(pair)))
rows = st.builds(
    GapRow,
    st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE)),
    st.one_of(st.none(), some_scores),
    st.one_of(st.none(), some_scores),
    st.one_of(st.none(), differences),
    st.booleans(),
    st.one_of(st.just(""), st.sampled_from(HOSTILE)),
    st.one_of(st.just(""), st.sampled_from(HOSTILE)),
)


@many
@given(st.lists(rows, max_size=6), st.sampled_from([NAMES, *zip(HOSTILE, HOSTILE, strict=True)]))
def test_whatever_it_is_given_stays_inside(all_rows: list[GapRow], names: tuple[str, str]) -> None:
    chart = gap_chart(all_rows, names, reach=reach_of(all_rows), title="t", words=WORDS)
    assert_inside(chart)


@many
@given(st.lists(rows, min_size=1, max_size=6))
def test_marks_numbers_and_bars_say_the_same(all_rows: list[GapRow]) -> None:
    chart = gap_chart(all_rows, NAMES, reach=reach_of(all_rows), title="t", words=WORDS)
    for row, line in zip(all_rows, chart.rows, strict=True):
        if row.first is None or row.second is None:
            assert (line.marks, line.numbers, line.bar, line.gap, line.interval) == ((), (), None, None, None)
            assert line.missing is not None
            continue
        first, second = line.marks
        assert (first.kind, second.kind) == ("perceived", "second")
        # on the side where the score is; two that differ by a rounding may lie on one point
        assert (first.x - second.x) * (row.first - row.second) >= 0
        assert (first.x > second.x) == (row.first > row.second) or abs(row.first - row.second) < 1e-9
        assert line.bar is not None
        assert line.bar.x <= chart.zero.x1 + 1e-6
        assert line.bar.right >= chart.zero.x1 - 1e-6
        # the bar lies right of 0 where the first group's score is higher
        assert (line.bar.right > chart.zero.x1 + 1e-6) <= (row.first > row.second)
        one, other = line.numbers
        assert not one.box.overlaps(other.box)


def test_the_difference_is_that_of_the_numbers_shown() -> None:
    # 4.19 is shown as 4.1 and 2.80 as 2.8, so that the difference is +1.3 and not +1.4
    (row,) = gap_chart(
        [GapRow("Culture", 4.19, 2.8, (0.9, 1.9), clear=True)], NAMES, reach=3.0, title="t", words=WORDS
    ).rows
    assert [text.lines[0] for text in row.texts] == ["Culture", "+1.3"]
    assert [text.lines[0] for text in row.numbers] == ["4.1", "2.8"]


def test_the_axis_of_differences_reaches_as_far_as_anything_does() -> None:
    rows = [GapRow("Culture", 4.0, 2.5, (0.8, 2.2)), GapRow("Data", None, 1.0, (-3.9, 3.9))]
    assert reach_of(rows) == 2.5  # of what is drawn 2.2 goes furthest
    assert reach_of([GapRow("Culture", 1.0, 5.0, (-4.5, -3.5))]) == 4.0  # no scores lie further apart
    assert reach_of([]) == 0.5


def test_a_few_wide_intervals_are_cut_with_an_arrow() -> None:
    usual = [GapRow(f"P{n}", 4.0, 3.0, (0.3, 1.4)) for n in range(9)]
    rows = [*usual, GapRow("Wide", 3.0, 2.5, (-2.9, 3.9))]
    assert reach_of(rows) == 2.0  # nine in ten go to 1.4, but up to 2 none is cut
    assert reach_of([GapRow("P", 4.0, 3.0, (0.3, 1.9)), *usual]) == 2.0
    assert reach_of([replace(row, interval=(-0.6, 2.3)) for row in usual] + rows[-1:]) == 2.5
    assert reach_of([*rows, GapRow("Far apart", 5.0, 2.2)]) == 3.0  # a difference is never cut
    chart = gap_chart(rows, NAMES, reach=2.0, title="t", words=WORDS)
    left, right = (text.x for text in (chart.headings[-3], chart.headings[-1]))
    assert [len(row.arrows) for row in chart.rows] == [0] * 9 + [4]
    assert {line.x2 for line in chart.rows[-1].arrows} == {left, right}
    assert all(left < line.x1 < right for line in chart.rows[-1].arrows)
    svg = drawn(chart)
    tips = [line for line in svg.iter(f"{SVG}line") if line.get("x2") == str(right)]
    assert len(tips) >= 2


def test_a_note_stands_under_the_label() -> None:
    row = GapRow("Culture", 4.0, 2.5, note="n = 2 and 12")
    chart = gap_chart([row], NAMES, reach=3.0, title="t", words=WORDS)
    assert [text.lines for text in chart.rows[0].texts] == [("Culture",), ("n = 2 and 12",), ("+1.5",)]


def test_differences_stand_where_the_axis_says() -> None:
    chart = gap_chart([GapRow("Culture", 4.0, 2.5, (0.8, 2.2))], NAMES, reach=3.0, title="t", words=WORDS)
    # on an axis from −3 to +3, +0.8 and +2.2 lie 1.4 of 6 apart
    assert [text.lines[0] for text in chart.headings[-3:]] == ["−3", "0", "+3"]
    left, right = (text.x for text in (chart.headings[-3], chart.headings[-1]))
    interval = chart.rows[0].interval
    assert interval is not None
    assert (interval.x2 - interval.x1) / (right - left) == pytest.approx(1.4 / 6)


def test_a_group_that_is_hidden_is_hollow_and_says_so() -> None:
    chart = gap_chart([GapRow("Culture", None, None)], NAMES, reach=3.0, title="t", words=WORDS)
    missing = chart.rows[0].missing
    assert missing is not None
    assert [mark.kind for mark in missing.marks] == ["missing"]
    assert missing.texts[0].lines == ("not shown",)


def test_clear_differences_stand_out_in_greyscale() -> None:
    row = GapRow("Culture", 4.0, 2.5, (0.8, 2.2), clear=True)
    fills = []
    for each in (row, replace(row, clear=False)):
        svg = drawn(gap_chart([each], NAMES, reach=3.0, title="t", words=WORDS))
        (bar,) = (rect for rect in svg.iter(f"{SVG}rect") if rect.get("height") == "5.0")
        fills.append(lightness(bar.get("fill", "")))
    assert fills[0] < fills[1] - 15


def test_the_picture_says_in_words_what_it_shows() -> None:
    svg = drawn(
        gap_chart(
            [GapRow("Culture", 4.0, 2.5), GapRow("Data", None, 2.0)],
            NAMES,
            reach=3.0,
            title="Two",
            words=WORDS,
        )
    )
    assert svg[0].text == "Two"
    assert svg[1].text == ("Culture: Leadership (n = 12) 4.0, Front line (n = 148) 2.5; Data: not shown")
    assert tags(svg) <= TAGS - {"polyline"}


def test_what_is_not_on_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="between 1 and 5"):
        gap_chart([GapRow("Culture", 0.5, 2.0)], NAMES, reach=3.0, title="t", words=WORDS)
    with pytest.raises(ValueError, match="an interval"):
        gap_chart(
            [GapRow("Culture", 1.5, 2.0, (float("nan"), 1.0))], NAMES, reach=3.0, title="t", words=WORDS
        )
