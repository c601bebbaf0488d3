"""The charts of customer data: marks stand where figures say, labels stay apart, nothing is invented."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest
from charting import (
    HOSTILE,
    PALETTE,
    TAGS,
    THEME,
    WORDS,
    assert_sound,
    colours,
    drawn,
    labels,
    many,
    marks,
    parts,
    svg_of,
    tags,
    words_in,
)
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.report.charts import (
    CategoryRow,
    Chart,
    CohortRow,
    Column,
    CurvePoint,
    TrendPoint,
    category_bars,
    cohorts,
    columns,
    curve,
    trend,
)
from cxmaturity.report.charts.placing import crosses
from cxmaturity.report.charts.shapes import Line, Mark, Rect
from cxmaturity.report.charts.value_axis import fitted
from cxmaturity.report.pdf import pdf_bytes

figures = st.floats(-1e9, 1e9)
intervals = st.tuples(figures, figures).map(lambda pair: (min(pair), max(pair)))
shares = st.floats(0, 1)
kinds = st.sampled_from(["weak", "middle", "strong"])
widths = st.sampled_from([78.0, 170.0])


# --------------------------------------------------------------------------------------- all charts


def some_of_each(label: str, width: float = 170.0) -> list[Chart]:
    """Each chart with the same label everywhere and something missing in it."""
    return [
        trend(
            [
                TrendPoint(
                    label, value, label, (value - 2, value + 2) if value else None, label, hidden=hidden
                )
                for value, hidden in ((3.0, False), (None, True), (4.5, False), (None, False), (0.0, False))
            ],
            title=label,
            words=WORDS,
            width_mm=width,
        ),
        trend([TrendPoint(label, None)], title=label, words=WORDS, width_mm=width),
        cohorts(
            [CohortRow(label, [1.0, None, 0.4, 0.004], label), CohortRow(label, [1.0]), CohortRow(label, [])],
            [label] * 4,
            heading=label,
            title=label,
            words=WORDS,
            width_mm=width,
        ),
        curve(
            [
                CurvePoint(label, *pair)
                for pair in ((1.0, None), (None, None), (0.5, 0.5), (None, 0.4), (None, 0))
            ],
            (label, label),
            heading=label,
            title=label,
            words=WORDS,
            width_mm=width,
        ),
        columns(
            [Column(label, value, "weak", label) for value in (0, 1, 1000)]
            + [Column(label, 2, "strong", "x")] * 2,
            title=label,
            words=WORDS,
            width_mm=width,
        ),
        columns([Column(label, 0)], title=label, words=WORDS, width_mm=width),
        category_bars(
            [
                CategoryRow(label, 4, label, label, (3, 5), "strong"),
                CategoryRow(label, None),
                CategoryRow(label, None, hidden=True),
            ],
            title=label,
            words=WORDS,
            width_mm=width,
        ),
        category_bars(
            [CategoryRow(label, 0.4, label, label)], title=label, words=WORDS, whole=1.0, width_mm=width
        ),
    ]


@pytest.mark.parametrize("width", [78.0, 170.0])
@pytest.mark.parametrize("label", ["Q1 2024", *HOSTILE], ids=range(len(HOSTILE) + 1))
def test_any_label_stays_inside_and_is_drawn_as_text(label: str, width: float) -> None:
    for chart in some_of_each(label, width):
        assert_sound(chart)
        assert tags(drawn(chart)) <= TAGS - {"polygon", "polyline"}


def test_an_svg_says_what_it_is_and_takes_its_colours_from_the_theme() -> None:
    for chart in some_of_each("2024"):
        svg = drawn(chart)
        assert svg[0].tag.endswith("}title")
        assert svg[0].text == "2024"
        assert svg[1].tag.endswith("}desc")
        assert svg.get("id") == "c1"
        assert colours(svg) <= PALETTE - {THEME.accent}
        for element in svg.iter():
            assert float(element.get("font-size", 8)) >= 7.5


def test_what_customer_data_shows_is_a_ring_and_never_filled() -> None:
    for chart in some_of_each("2024"):
        assert {mark.kind for mark in parts(chart, Mark)} <= {"measured", "missing"}


def test_all_of_them_become_a_pdf() -> None:
    charts = "".join(svg_of(chart, f"c{number}") for number, chart in enumerate(some_of_each("2024")))
    page = f'<html lang="en"><title>Charts</title><h1>Charts</h1>{charts}</html>'
    assert pdf_bytes(page).startswith(b"%PDF")


# ------------------------------------------------------------------------------------------- trend


@many
@given(
    st.lists(
        st.builds(
            TrendPoint,
            labels,
            st.one_of(st.none(), figures),
            labels,
            st.one_of(st.none(), intervals),
            labels,
            st.booleans(),
        ),
        min_size=1,
        max_size=12,
    ),
    widths,
)
def test_a_trend_marks_and_joins_only_what_is_known(points: list[TrendPoint], width: float) -> None:
    chart = trend(points, title="t", words=WORDS, width_mm=width)

    assert_sound(chart)
    known = [point.value for point in points if point.value is not None]
    rings = marks(chart, "measured")
    assert len(rings) == len(known)
    pairs = pairwise(points)
    assert len(chart.edges) == sum(one.value is not None and two.value is not None for one, two in pairs)
    for (one, high), (other, low) in combinations(zip(known, rings, strict=True), 2):
        assert (one - other) * (low.y - high.y) >= -1e-6  # the larger value stands higher


@many
@given(st.lists(st.integers(-100, 100), min_size=2, max_size=8), st.integers(0, 60))
def test_each_value_of_a_trend_is_printed(values: list[int], half: int) -> None:
    points = [
        TrendPoint(f"Q{index} 2024", value, WORDS.signed(value, 0), (value - half, value + half))
        for index, value in enumerate(values)
    ]
    chart = trend(points, title="t", words=WORDS)

    assert [text.lines[0] for text in chart.labels] == [WORDS.signed(value, 0) for value in values]


@many
@given(st.lists(figures, min_size=1, max_size=9), st.sampled_from([0.0, 1e-7]))
def test_an_axis_holds_all_values_between_round_numbers(values: list[float], scale: float) -> None:
    values = [value * scale for value in values] if scale else values
    axis = fitted(values, 10.0, 100.0)

    spread = axis.ticks[-1] - axis.ticks[0]
    assert axis.ticks[0] - spread * 1e-6 <= min(values)
    assert max(values) <= axis.ticks[-1] + spread * 1e-6
    assert 2 <= len(axis.ticks) <= 8
    assert all(10.0 <= axis.at(value) <= 100.0 for value in values)


@pytest.mark.parametrize(
    ("values", "limits", "ticks"),
    [
        # 31 needs steps of 31/4 or more, and from 9 on the axis may as well begin at 0
        ([9, 31], None, (0, 10, 20, 30, 40)),
        ([0.84, 0.93], None, (0.825, 0.85, 0.875, 0.9, 0.925, 0.95)),
        # nothing changes: a tenth of the value around it, but no more than there can be
        ([72.0, 72.0], None, (68, 70, 72, 74, 76)),
        ([1.0, 1.0], (0.0, 1.0), (0.94, 0.96, 0.98, 1.0)),
        ([0.0], None, (0, 0.2, 0.4, 0.6)),
        ([-31, -9], None, (-40, -30, -20, -10, 0)),
    ],
)
def test_an_axis_begins_at_zero_only_where_that_costs_little(
    values: list[float], limits: tuple[float, float] | None, ticks: tuple[float, ...]
) -> None:
    assert fitted(values, 0.0, 90.0, limits).ticks == pytest.approx(ticks)


def test_a_trend_states_its_axis_and_stands_where_it_says() -> None:
    points = [TrendPoint("2023", 60, "60", (55, 65)), TrendPoint("2024", 80, "80")]
    chart = trend(points, title="t", words=WORDS)

    assert (chart.low, chart.high, chart.from_zero) == ("50", "80", False)
    low, high = chart.grid[0].y1, chart.grid[-1].y1
    # from 50 to 80: 60 is a third up, its interval from 55 to 65 a sixth to a half
    assert (low - marks(chart, "measured")[0].y) / (low - high) == pytest.approx(1 / 3)
    (interval,) = chart.intervals
    assert (low - interval.y1) / (low - high) == pytest.approx(1 / 6)
    assert (low - interval.y2) / (low - high) == pytest.approx(1 / 2)
    assert chart.description == "2023: 60; 2024: 80"


def test_an_axis_is_written_in_the_callers_unit() -> None:
    points = [TrendPoint("2023", 0.4, "40%"), TrendPoint("2024", 0.6, "60%")]
    chart = trend(
        points,
        title="t",
        words=WORDS,
        write=lambda share, digits: WORDS.share(WORDS.number(100 * share, max(0, digits - 2))),
    )

    assert (chart.low, chart.high) == ("40%", "60%")


def test_an_axis_has_no_more_decimals_than_its_numbers_print() -> None:
    # steps of 0.025 would all be printed as whole percents, and so wrongly
    exact, whole_percents = fitted([0.84, 0.93], 0.0, 90.0), fitted([0.84, 0.93], 0.0, 90.0, digits=2)
    assert (exact.digits, exact.ticks[0]) == (3, 0.825)
    assert whole_percents.ticks == (0.8, 0.85, 0.9, 0.95)
    assert fitted([1e-12], 0.0, 90.0, digits=2).ticks == (0.0, 0.01)


def test_of_many_periods_those_at_the_ends_are_printed() -> None:
    points = [TrendPoint(str(n), n % 5, f"€ {n},000,000", (n % 5 - 1, n % 5 + 1)) for n in range(26)]
    chart = trend(points, title="t", words=WORDS)

    assert_sound(chart)
    assert words_in(chart.labels)[0].startswith("€ 0")
    assert words_in(chart.labels)[-1].startswith("€ 25")


def test_what_was_not_measured_says_so_under_its_period() -> None:
    points = [TrendPoint("2022", 1, "1"), TrendPoint("2023", None), TrendPoint("2024", None, hidden=True)]
    wide = trend(points, title="t", words=WORDS)
    narrow = trend(points * 3, title="t", words=WORDS, width_mm=78)

    assert {"not measured", "not shown"} <= set(words_in(wide.periods))
    assert wide.key.texts == ()
    assert [mark.y > wide.grid[0].y1 for mark in marks(wide, "missing")] == [True, True]
    assert words_in(narrow.key) == ["not measured", "not shown"]


@pytest.mark.parametrize("count", [0, 27])
def test_a_trend_has_a_few_periods(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 26 periods"):
        trend([TrendPoint("2024", 1, "1")] * count, title="t", words=WORDS)


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="an interval"):
        trend([TrendPoint("2024", 1, "1", (0, math.inf))], title="t", words=WORDS)
    with pytest.raises(ValueError, match="does not lie between 0 and 1"):
        curve([CurvePoint("0", 1.2)], ("a", "b"), heading="", title="t", words=WORDS)
    with pytest.raises(ValueError, match="a share is nan"):
        cohorts([CohortRow("a", [math.nan])], ["0"], heading="", title="t", words=WORDS)
    with pytest.raises(ValueError, match="begins at 0"):
        category_bars([CategoryRow("a", -1, "−1")], title="t", words=WORDS)
    with pytest.raises(ValueError, match="1 to 34 columns"):
        columns([Column("a", 1)] * 35, title="t", words=WORDS)
    with pytest.raises(ValueError, match="needs a period"):
        curve([], ("a", "b"), heading="", title="t", words=WORDS)


@pytest.mark.parametrize(
    ("line", "through"),
    [
        (Line(0, 5, 20, 5), True),
        (Line(12, 0, 12, 4), False),
        (Line(0, 0, 20, 10), True),
        (Line(0, 0, 20, 20), False),  # by the corner
        (Line(0, 12, 9, 20), False),
        (Line(0, 10, 20, 10), False),  # along the edge
        (Line(12, 4, 13, 5), True),  # inside
    ],
)
def test_a_line_that_runs_through_a_label_is_seen(line: Line, *, through: bool) -> None:
    assert crosses(line, Rect(10, 4, 5, 6)) is through


# ------------------------------------------------------------------------------ cohorts and the curve


@many
@given(
    st.lists(
        st.builds(CohortRow, labels, st.lists(st.one_of(st.none(), shares), max_size=10), labels), max_size=10
    ),
    widths,
)
def test_cohort_cells_hold_their_text_and_darken_with_the_share(rows: list[CohortRow], width: float) -> None:
    chart = cohorts(
        rows,
        [str(n) for n in range(10)],
        heading="Years since joining",
        title="t",
        words=WORDS,
        width_mm=width,
    )

    assert_sound(chart)
    flat = [share for row in rows for share in row.shares]
    assert len(chart.tiles) == len(flat)
    assert [tile.step is None for tile in chart.tiles] == [share is None for share in flat]
    for tile in chart.tiles:
        if tile.text is not None:
            assert tile.rect.x <= tile.text.box.x
            assert tile.text.box.right <= tile.rect.right
    known = sorted(
        (share, tile.step)
        for share, tile in zip(flat, chart.tiles, strict=True)
        if share is not None and tile.step is not None
    )
    assert [step for _, step in known] == sorted(step for _, step in known)


def test_cohorts_print_whole_percents_and_leave_the_future_empty() -> None:
    rows = [CohortRow("2023", [1.0, 0.624, 0.004], "n = 1,204"), CohortRow("2024", [1.0, None])]
    chart = cohorts(rows, ["0", "1", "2"], heading="Years since joining", title="t", words=WORDS)

    assert [tile.text and tile.text.lines[0] for tile in chart.tiles] == ["100%", "62%", "<1%", "100%", None]
    assert [tile.step for tile in chart.tiles] == [5, 4, 1, 5, None]
    assert words_in(chart.key) == ["not shown"]
    assert chart.description == "2023 (n = 1,204): 100%, 62%, <1%; 2024: 100%, not shown"


def test_small_differences_between_cohorts_are_not_blown_up() -> None:
    rows = [CohortRow("2023", [1.0, 0.91, 0.9]), CohortRow("2024", [1.0, 0.92])]
    chart = cohorts(rows, ["0", "1", "2"], heading="", title="t", words=WORDS)

    assert {tile.step for tile in chart.tiles} == {3, 5}


def test_a_cohort_cannot_be_longer_than_time() -> None:
    with pytest.raises(ValueError, match="no cohort may have more"):
        cohorts([CohortRow("2023", [1.0, 0.5])], ["0"], heading="", title="t", words=WORDS)


curve_points = st.lists(
    st.builds(CurvePoint, labels, st.one_of(st.none(), shares), st.one_of(st.none(), shares)),
    min_size=1,
    max_size=60,
)


@many
@given(curve_points, widths)
def test_a_curve_keeps_its_labels_apart_and_names_both_lines(points: list[CurvePoint], width: float) -> None:
    names = ("observed", "projected (model)")
    chart = curve(points, names, heading="Years", title="t", words=WORDS, width_mm=width)

    assert_sound(chart)
    assert len(chart.marks) == sum(point.observed is not None for point in points)
    drawn_lines = (
        any(p.observed is not None for p in points),
        any(p.projected is not None for p in points),
    )
    assert words_in(chart.names) == [name for name, there in zip(names, drawn_lines, strict=True) if there]


def test_a_projection_continues_the_line_that_was_observed() -> None:
    points = [
        CurvePoint("0", 1.0),
        CurvePoint("1", 0.6),
        CurvePoint("2", None, 0.5),
        CurvePoint("3", None, 0.45),
    ]
    chart = curve(points, ("observed", "projected"), heading="Years since joining", title="t", words=WORDS)

    assert (chart.projected[0].x1, chart.projected[0].y1) == (chart.observed[-1].x2, chart.observed[-1].y2)
    assert [len(chart.observed), len(chart.projected), len(chart.marks)] == [1, 2, 2]
    assert sorted(words_in(chart.labels)) == ["100%", "45%", "50%", "60%"]
    bottom, top = chart.grid[0].y1, chart.grid[-1].y1
    assert [(bottom - mark.y) / (bottom - top) for mark in chart.marks] == pytest.approx([1.0, 0.6])
    assert chart.description == "observed: 0: 100%, 1: 60%; projected: 2: 50%, 3: 45%"


def test_a_gap_in_a_curve_stays_open() -> None:
    points = [CurvePoint(str(n), share) for n, share in enumerate((1.0, None, 0.5))]
    chart = curve(points, ("observed", "projected"), heading="", title="t", words=WORDS)

    assert chart.observed == chart.projected == ()


def test_each_of_twelve_periods_has_its_value() -> None:
    points = [CurvePoint(str(n), 0.8**n if n < 7 else None, 0.8**n if n > 6 else None) for n in range(12)]
    chart = curve(points, ("observed", "projected"), heading="Years", title="t", words=WORDS)

    assert len(chart.labels) == 12
    for text in chart.labels:
        assert not any(crosses(line, text.box) for line in (*chart.observed, *chart.projected))


# ------------------------------------------------------------------------------- columns and categories


@many
@given(st.lists(st.builds(Column, labels, st.floats(0, 1e6), kinds, labels), min_size=1, max_size=12), widths)
def test_columns_are_as_high_as_their_values(steps: list[Column], width: float) -> None:
    chart = columns(steps, title="t", words=WORDS, width_mm=width)

    assert_sound(chart)
    highest = max(step.value for step in steps)
    most = max((bar.rect.height for bar in chart.bars if bar.rect), default=0.0)
    for step, bar in zip(steps, chart.bars, strict=True):
        if bar.rect is not None:
            assert bar.rect.bottom == pytest.approx(chart.base.y1)
            assert bar.rect.height / most == pytest.approx(step.value / highest)
        assert (bar.rect is None) == (step.value == 0)
    assert (chart.empty is None) == (highest > 0)


def test_percentages_of_columns_add_up_to_those_of_their_groups() -> None:
    # in thirds of a half: 16.7 each, of which two are rounded up so that they make 50
    steps = [Column(str(n), 1, "weak", "Detractors") for n in range(3)] + [
        Column("9", 3, "strong", "Promoters")
    ]
    chart = columns(steps, title="t", words=WORDS)

    assert [bar.texts[1].lines[0] for bar in chart.bars] == ["17%", "17%", "16%", "50%"]
    assert words_in(chart.groups) == ["Detractors 50%", "Promoters 50%"]
    assert [line.x1 for line in chart.brackets] == [
        chart.bars[0].rect and chart.bars[0].rect.x,
        chart.bars[3].rect and chart.bars[3].rect.x,
    ]


def test_without_answers_there_are_no_columns() -> None:
    chart = columns([Column("0", 0), Column("1", 0)], title="t", words=WORDS)

    assert [bar.rect for bar in chart.bars] == [None, None]
    assert words_in(chart) == ["0", "1", "no answers"]
    assert chart.description == "no answers"


category_rows = st.builds(
    CategoryRow,
    labels,
    st.one_of(st.none(), st.floats(0, 1e6)),
    labels,
    labels,
    st.one_of(st.none(), st.tuples(st.floats(0, 9), st.floats(9, 1e6))),
    kinds,
    st.booleans(),
)


@many
@given(st.lists(category_rows, max_size=8), st.sampled_from([None, 1e6]), widths)
def test_category_bars_are_as_long_as_their_values(
    rows: list[CategoryRow], whole: float | None, width: float
) -> None:
    chart = category_bars(rows, title="t", words=WORDS, whole=whole, width_mm=width)

    assert_sound(chart)
    drawn_bars = [
        (row.value, line.bar.width)
        for row, line in zip(rows, chart.rows, strict=True)
        if row.value and line.bar
    ]
    for (one, width_one), (other, width_other) in combinations(drawn_bars, 2):
        assert width_one * other == pytest.approx(width_other * one, rel=1e-6, abs=1e-3)
    for row, line in zip(rows, chart.rows, strict=True):
        assert (line.missing is None) == (row.value is not None)
        assert (line.track is None) == (whole is None or row.value is None)


def test_a_number_stands_at_the_end_of_its_bar() -> None:
    rows = [CategoryRow("Delivery", 4, "412"), CategoryRow("Billing", 2, "206"), CategoryRow("Other", None)]
    chart = category_bars(rows, title="t", words=WORDS)

    long, short, none = chart.rows
    assert long.bar is not None
    assert short.bar is not None
    assert short.bar.width == pytest.approx(long.bar.width / 2)
    assert [line.texts[-1].lines[0] for line in (long, short)] == ["412", "206"]
    assert short.texts[-1].x - short.bar.right == pytest.approx(long.texts[-1].x - long.bar.right)
    assert none.missing is not None
    assert words_in(none.missing) == ["not measured"]
    assert chart.description == "Delivery: 412; Billing: 206; Other: not measured"


def test_short_labels_and_numbers_are_whole() -> None:
    rows = [CategoryRow("Search", 0.42, "42%"), CategoryRow("Pay", 0.9, "90%")]
    for whole in (None, 1.0):
        chart = category_bars(rows, title="t", words=WORDS, whole=whole, width_mm=78)
        assert words_in(chart) == ["Search", "42%", "Pay", "90%"]
