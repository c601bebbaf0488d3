"""What a reader relies on: marks stand where the numbers say, nothing collides or is cut off."""

from __future__ import annotations

import math
import random
from dataclasses import fields
from itertools import combinations, pairwise
from typing import Any

import pytest
from charting import (
    HOSTILE,
    MINIMA,
    PALETTE,
    SVG,
    TAGS,
    WORDS,
    assert_apart,
    assert_inside,
    colours,
    drawn,
    labels,
    many,
    marks,
    tags,
    words_in,
)
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.report.charts import (
    QUADRANTS,
    BarRow,
    Chart,
    ChartWords,
    DumbbellRow,
    GanttItem,
    HeatCell,
    HeatRow,
    MatrixPoint,
    ProjectedQuarter,
    RadarAxis,
    SharePart,
    bars,
    distribution,
    dumbbell,
    gantt,
    heat_map,
    level_scale,
    matrix,
    radar,
    share_bar,
)
from cxmaturity.report.charts.gantt import ROWS_PER_PAGE
from cxmaturity.report.charts.shapes import Point
from cxmaturity.report.charts.text import SMALL

NAMES = ("Ad hoc", "Aware", "Managed", "Customer-led", "Customer-centric")
QUADRANT_NAMES = dict(zip(QUADRANTS, ("Do now", "Plan", "Fill in", "Think twice"), strict=True))

scores = st.one_of(st.none(), st.floats(1, 5))
some_scores = st.floats(1, 5)
ordered_pairs = st.tuples(some_scores, some_scores).map(lambda pair: (min(pair), max(pair)))
intervals = st.one_of(st.none(), ordered_pairs)
levels = st.one_of(st.none(), st.integers(1, 5))


# --------------------------------------------------------------------------------------- all charts


def some_of_each(label: str) -> list[Chart]:
    """Each chart with the same label everywhere and something missing in it."""
    built: list[Chart | None] = [
        level_scale(2.9, 2, 3, [label] * 5, MINIMA, (2.5, 3.3), title=label, words=WORDS),
        level_scale(None, None, None, [label] * 5, MINIMA, None, title=label, words=WORDS, compact=True),
        radar(
            [RadarAxis(label, s, m) for s, m in ((2, None), (None, 3), (None, None), (5, 1))],
            title=label,
            words=WORDS,
        ),
        heat_map(
            [HeatRow(label, [HeatCell(label, s, lev, label) for s, lev in ((2, 2), (None, None), (3, None))])]
            * 2,
            title=label,
            words=WORDS,
        ),
        heat_map([HeatRow(label, [HeatCell(label, 4.4, 5, label)] * 8)], title=label, words=WORDS),
        dumbbell(
            [DumbbellRow(label, s, None, m, label) for s, m in ((2, 3), (None, 3), (2, None), (None, None))],
            title=label,
            words=WORDS,
        ),
        bars([BarRow(label, s, None, (1, 3), 0.5, label) for s in (None, 2)], title=label, words=WORDS),
        *gantt(
            [label] * 12,
            [GanttItem(label, label, n % 12, 11, n) for n in range(25)],
            [12.5] * 12,
            [0, *[40] * 11],
            [ProjectedQuarter(None, None), *[ProjectedQuarter(2, 2)] * 11],
            title=label,
            words=WORDS,
        ),
        distribution([1, 0, 9], [label] * 3, title=label, words=WORDS),
        distribution([0], [label], title=label, words=WORDS),
        matrix(
            [MatrixPoint(n, label, n, n, QUADRANTS[n % 4]) for n in range(60)],
            label,
            label,
            dict.fromkeys(QUADRANTS, label),
            20,
            20,
            title=label,
            words=WORDS,
        ),
        share_bar(
            [SharePart(label, 1, "weak"), SharePart(label, 0, "strong"), SharePart(label, 200, "missing")],
            title=label,
            words=WORDS,
        ),
        share_bar([SharePart(label, 0, "middle")], title=label, words=WORDS),
    ]
    return [chart for chart in built if chart]


@pytest.mark.parametrize("label", ["Feedback loops", *HOSTILE], ids=range(len(HOSTILE) + 1))
def test_any_label_stays_inside_and_is_drawn_as_text(label: str) -> None:
    for chart in some_of_each(label):
        assert_inside(chart)
        assert tags(drawn(chart)) <= TAGS


def test_an_svg_says_what_it_is() -> None:
    for chart in some_of_each("Culture"):
        svg = drawn(chart)
        assert svg[0].tag.endswith("}title")
        assert svg[0].text == chart.title
        assert svg.get("role") == "img"
        assert svg.get("id") == "c1"
        assert svg.get("font-family") == "Inter"
        assert svg.get("width") == f"{chart.width_mm}mm"
        assert svg.get("height") == f"{chart.height_mm}mm"
        assert svg.get("viewBox", "").split()[:2] == ["0", "0"]


def test_text_is_never_smaller_than_7_and_a_half_points() -> None:
    for chart in some_of_each("Culture"):
        svg = drawn(chart)
        printed = chart.width_mm / 25.4 * 72 / float(svg.get("viewBox", "").split()[2])
        for text in svg.iter(f"{SVG}text"):
            assert float(text.get("font-size", 0)) * printed >= 7.49


def test_every_colour_comes_from_the_theme() -> None:
    for chart in some_of_each("Culture"):
        assert colours(drawn(chart)) <= PALETTE


def test_what_is_not_on_the_scale_is_refused() -> None:
    for wrong in (0.0, 5.2, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="score"):
            bars([BarRow("Culture", wrong, None)], title="t", words=WORDS)
    with pytest.raises(ValueError, match="no level 6"):
        bars([BarRow("Culture", 2.0, 6)], title="t", words=WORDS)


# ------------------------------------------------------------------------------------- level scale


@many
@given(score=some_scores, level=levels, uncapped=levels, interval=intervals, compact=st.booleans())
def test_the_score_stands_on_the_ruler_where_it_belongs(
    score: float,
    level: int | None,
    uncapped: int | None,
    interval: tuple[float, float] | None,
    *,
    compact: bool,
) -> None:
    chart = level_scale(
        score, level, uncapped, NAMES, MINIMA, interval, title="t", words=WORDS, width_mm=90, compact=compact
    )

    assert_inside(chart)
    assert chart.mark is not None
    band = next(
        band for band, least in reversed(list(zip(chart.bands, MINIMA, strict=True))) if score >= least
    )
    assert band.rect.x - 1e-6 <= chart.mark.x <= band.rect.right + 1e-6
    assert (chart.cap is not None) == (level is not None and uncapped is not None and level < uncapped)
    assert chart.number is not None
    assert chart.number.lines == (WORDS.score_of(score),)


def test_bands_share_the_ruler_without_gaps() -> None:
    chart = level_scale(3, 3, 3, NAMES, MINIMA, None, title="t", words=WORDS)

    assert [band.step for band in chart.bands] == [1, 2, 3, 4, 5]
    assert chart.bands[0].rect.x == 0
    assert chart.bands[-1].rect.right == pytest.approx(chart.width)
    for left, right in pairwise(chart.bands):
        assert left.rect.right == pytest.approx(right.rect.x)


def test_a_compact_scale_fits_into_90_by_12_mm() -> None:
    chart = level_scale(4.8, 3, 5, NAMES, MINIMA, (4, 5), title="t", words=WORDS, width_mm=90, compact=True)

    assert chart.width_mm == pytest.approx(90, abs=0.01)
    assert chart.height_mm <= 12.1
    assert "capped at level 3" in words_in(chart)
    assert "Aware" not in words_in(chart)


def test_without_a_score_the_scale_says_so_and_marks_nothing() -> None:
    chart = level_scale(None, None, None, NAMES, MINIMA, (1, 2), title="t", words=WORDS)

    assert (chart.mark, chart.number, chart.interval, chart.reached, chart.cap) == (None,) * 5
    assert "not assessed" in words_in(chart)


@pytest.mark.parametrize("minima", [(1, 2, 3), (1, 3, 2, 4, 4.5), (1, 2, 3, 4, 5)])
def test_minima_that_are_no_scale_are_refused(minima: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="five ascending minima"):
        level_scale(3, 3, 3, NAMES, minima, None, title="t", words=WORDS)


# ------------------------------------------------------------------------------------------- radar


@many
@given(st.lists(st.tuples(labels, scores, scores), min_size=3, max_size=12))
def test_a_radar_never_turns_nothing_into_a_number(
    axes: list[tuple[str, float | None, float | None]],
) -> None:
    chart = radar([RadarAxis(*axis) for axis in axes], title="t", words=WORDS)

    assert chart is not None
    assert_inside(chart)
    perceived = [score for _, score, _ in axes]
    joined = sum(
        1 for one, other in pairwise([*perceived, perceived[0]]) if one is not None and other is not None
    )
    assert len(chart.edges) == joined
    inside = [
        m
        for m in marks(chart, "perceived")
        if math.dist((m.x, m.y), _centre(chart.centre)) <= chart.rings[-1].radius + 1e-6
    ]
    assert len(inside) == sum(score is not None for score in perceived)
    assert words_in(chart).count("not assessed") == perceived.count(None)


def _centre(point: Point) -> tuple[float, float]:
    return point.x, point.y


@pytest.mark.parametrize("count", range(3, 13))
def test_the_names_around_a_radar_do_not_touch(count: int) -> None:
    name = "Accessibility and inclusive customer service"  # 44 characters
    chart = radar([RadarAxis(name, 2.5, 2.0) for _ in range(count)], title="t", words=WORDS)

    assert chart is not None
    assert_inside(chart)
    names = [text for text in chart.texts if text.lines[0].startswith("Access")]
    assert len(names) == count
    assert all(len(text.lines) <= 2 for text in names)
    assert all("…" not in line for text in names for line in text.lines)
    assert_apart([text.box for text in chart.texts])


def test_a_score_is_as_far_out_as_its_ring() -> None:
    chart = radar([RadarAxis("x", score, None) for score in (1, 3, 5)], title="t", words=WORDS)

    assert chart is not None
    found = [math.dist((mark.x, mark.y), _centre(chart.centre)) for mark in marks(chart, "perceived")[:3]]
    assert found == pytest.approx([chart.rings[0].radius, chart.rings[2].radius, chart.rings[4].radius])


def test_a_radar_is_closed_only_when_all_is_assessed() -> None:
    whole = radar([RadarAxis("x", 3, None)] * 5, title="t", words=WORDS)
    broken = radar([RadarAxis("x", score, None) for score in (3, 3, None, 3, None)], title="t", words=WORDS)

    assert whole is not None
    assert broken is not None
    assert [len(area) for area in whole.areas] == [5]
    assert [len(area) for area in broken.areas] == [
        3
    ]  # the centre and the first two; the fourth stands alone
    assert [spoke.missing for spoke in broken.spokes] == [False, False, True, False, True]


@pytest.mark.parametrize("count", [0, 1, 2, 13])
def test_too_few_or_too_many_axes_make_no_radar(count: int) -> None:
    assert radar([RadarAxis("x", 3, None)] * count, title="t", words=WORDS) is None


# ---------------------------------------------------------------------------------------- heat map


@many
@given(st.lists(st.lists(st.tuples(labels, scores, levels, labels), max_size=10), max_size=5))
def test_cells_hold_their_text_and_do_not_overlap(
    rows: list[list[tuple[str, float | None, int | None, str]]],
) -> None:
    chart = heat_map(
        [HeatRow("Culture", [HeatCell(*cell) for cell in row]) for row in rows], title="t", words=WORDS
    )

    assert_inside(chart)
    assert len(chart.tiles) == sum(map(len, rows))
    assert_apart([tile.rect for tile in chart.tiles])
    for tile in chart.tiles:
        assert_apart([text.box for text in tile.texts])
        for text in tile.texts:
            assert tile.rect.x <= text.box.x
            assert text.box.right <= tile.rect.right + 0.01
            assert tile.rect.y <= text.box.y
            assert text.box.bottom <= tile.rect.bottom + 1


def test_a_cell_is_filled_by_its_level_alone() -> None:
    cells = [HeatCell("a", 4.9, 2), HeatCell("b", 4.9, None), HeatCell("c", None, None)]
    chart = heat_map([HeatRow("Culture", cells)], title="t", words=WORDS)

    assert [(tile.look, tile.step) for tile in chart.tiles] == [
        ("level", 2),
        ("no-level", None),
        ("missing", None),
    ]
    assert chart.tiles[2].mark is not None
    assert chart.width_mm == pytest.approx(170, abs=0.01)


# ---------------------------------------------------------------------------- dumbbell and lollipops


@many
@given(st.lists(st.tuples(labels, scores, intervals, scores, labels), max_size=8))
def test_each_dumbbell_mark_stands_at_its_score(rows: list[tuple[Any, ...]]) -> None:
    chart = dumbbell([DumbbellRow(*row) for row in rows], title="t", words=WORDS)

    assert_inside(chart)
    one, five = chart.grid[0].x1, chart.grid[4].x1
    for (_, perceived, _, measured, _), line in zip(rows, chart.rows, strict=True):
        wanted = [s for s in (perceived, measured) if s is not None]
        found = [mark.x for mark in line.marks if mark.kind != "missing"]
        assert found == pytest.approx([one + (score - 1) / 4 * (five - one) for score in wanted])
        assert (line.gap is None) == (len(wanted) < 2)
        assert_apart([text.box for text in line.numbers])


@pytest.mark.parametrize(
    ("perceived", "measured", "said"),
    [
        (3.6, 1.8, "−1.8"),
        (2.0, 2.44, "+0.4"),
        (3.0, 3.0, "0.0"),
        (3.04, 2.96, "−0.1"),  # they print as 3.0 and 2.9, and a reader who subtracts gets the same
        (3.09, 3.01, "0.0"),
        (2.0, None, "not measured"),
        (None, 2.0, "not assessed"),
        (None, None, "not assessed"),
    ],
)
def test_a_dumbbell_says_the_difference_or_what_is_missing(
    perceived: float | None, measured: float | None, said: str
) -> None:
    chart = dumbbell([DumbbellRow("Culture", perceived, None, measured)], title="t", words=WORDS)

    (line,) = chart.rows
    assert line.texts[-1].lines == (said,)


@many
@given(st.lists(st.tuples(labels, scores, levels, intervals), min_size=1, max_size=8))
def test_stems_are_as_long_as_the_scores_are_high(rows: list[tuple[Any, ...]]) -> None:
    chart = bars([BarRow(*row) for row in rows], title="t", words=WORDS)

    assert_inside(chart)
    whole = chart.grid[4].x1 - chart.grid[0].x1
    for (_, score, _, _), line in zip(rows, chart.rows, strict=True):
        if score is None:
            assert (line.stem, line.mark, line.interval, line.chip) == (None,) * 4
            assert line.missing is not None
        else:
            assert line.stem is not None
            assert (line.stem.x2 - line.stem.x1) / whole == pytest.approx((score - 1) / 4)


def test_weights_are_printed_only_where_there_are_any() -> None:
    without = bars([BarRow("Culture", 3, 3)], title="t", words=WORDS)
    with_weight = bars([BarRow("Culture", 3, 3, weight_share=0.25)], title="t", words=WORDS)

    assert "Weight" not in words_in(without)
    assert {"Weight", "25%"} <= set(words_in(with_weight))


# ------------------------------------------------------------------------------------------- gantt


def _gantt(count: int, quarters: int = 6, label: str = "Write the promise on one page") -> tuple[Any, ...]:
    return gantt(
        [f"Q{n}" for n in range(quarters)],
        [
            GanttItem(label, f"Group {n // 9}", n % quarters, min(quarters - 1, n % quarters + 1), n)
            for n in range(count)
        ],
        [38.0] * quarters,
        [40.0] * quarters,
        [ProjectedQuarter(2.4, 2)] * quarters,
        title="Roadmap",
        words=WORDS,
    )


@pytest.mark.parametrize("count", [0, 1, 22, 23, 60])
@pytest.mark.parametrize("quarters", [1, 6, 12])
def test_a_long_roadmap_is_split_and_keeps_every_item_once(count: int, quarters: int) -> None:
    pages = _gantt(count, quarters, "Close the loop with every detractor within two working days")

    for page in pages:
        assert_inside(page)
        assert len(page.rows) <= ROWS_PER_PAGE
        assert page.height_mm <= 225
        assert_apart([row.label.box for row in page.rows])
    assert [row.number.lines[0] for page in pages for row in page.rows] == [str(n) for n in range(count)]


def test_pages_have_titles_of_their_own_and_name_a_group_that_goes_on() -> None:
    first, second = _gantt(24)

    assert (first.title, second.title) == ("Roadmap, part 1 of 2", "Roadmap, part 2 of 2")
    assert second.groups[0].lines == ("Group 2 (continued)",)


def test_the_last_page_has_no_row_or_two_by_themselves() -> None:
    # 22 rows have room on a page: of 23, three stand on the second
    assert [len(page.rows) for page in _gantt(23)] == [20, 3]
    assert [len(page.rows) for page in _gantt(22)] == [22]
    assert [len(page.rows) for page in _gantt(26)] == [22, 4]


def test_names_of_quarters_keep_apart_and_what_has_none_leaves_its_room() -> None:
    (page,) = _named(["Q4 2028", "Q1", "Q2", "Q3", *["Q1 2029"] * 8])
    boxes = [text.box for text in page.headings]
    assert all(left.right + 2 <= right.x for left, right in pairwise(boxes))
    names = [name for year in range(2027, 2031) for name in (f"Q4 {year}", "", "", "")]
    (thin,) = _named([*names, "Q4 2031"])  # the last has one of 17 quarters to itself, which is too narrow
    assert [text.lines for text in thin.headings] == [(name,) for name in names if name]
    assert [text.x for text in thin.headings] == [
        pytest.approx(thin.columns[number].x1 + 1.5) for number in (0, 4, 8, 12)
    ]


def _named(quarters: list[str]) -> tuple[Any, ...]:
    count = len(quarters)
    projected = [ProjectedQuarter(2.4, 2)] * count
    return gantt(quarters, [], [1.0] * count, [1.0] * count, projected, title="t", words=WORDS)


def test_items_of_a_group_stand_together_in_the_order_of_first_appearance() -> None:
    items = [GanttItem("a", "B", 0, 0, 1), GanttItem("b", "A", 0, 0, 2), GanttItem("c", "B", 0, 0, 3)]
    (page,) = gantt(["Q1"], items, [1], [1], [ProjectedQuarter(None, None)], title="t", words=WORDS)

    assert [row.number.lines[0] for row in page.rows] == ["1", "3", "2"]
    assert [group.lines[0] for group in page.groups] == ["B", "A"]


def test_a_bar_is_as_long_as_its_quarters() -> None:
    items = [GanttItem("a", "A", 0, 0, 1), GanttItem("b", "A", 1, 3, 2)]
    (page,) = gantt(
        ["Q"] * 4, items, [1] * 4, [1] * 4, [ProjectedQuarter(None, None)] * 4, title="t", words=WORDS
    )

    column = page.columns[1].x1 - page.columns[0].x1
    assert page.rows[0].bar.width == pytest.approx(column - 3)
    assert page.rows[1].bar.width == pytest.approx(3 * column - 3)
    assert page.rows[1].bar.x == pytest.approx(page.columns[1].x1 + 1.5)


def test_load_is_drawn_in_proportion_and_shown_when_it_is_too_much() -> None:
    (page,) = gantt(
        ["Q"] * 4,
        [],
        [10, 0, 44, 5],
        [40, 40, 40, 0],
        [ProjectedQuarter(None, None)] * 4,
        title="t",
        words=WORDS,
    )

    quarter, none, over, nothing = page.load
    assert quarter.filled is not None
    assert quarter.track is not None
    assert quarter.filled.width == pytest.approx(quarter.track.width / 4)
    assert none.filled is None
    assert over.over
    assert nothing.over
    assert nothing.track is None
    assert quarter.text.lines == ("10 of 40",)


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (0, 1), (1, 0)])
def test_an_initiative_outside_the_roadmap_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        gantt(
            ["Q"],
            [GanttItem("a", "A", start, end, 1)],
            [1],
            [1],
            [ProjectedQuarter(None, None)],
            title="t",
            words=WORDS,
        )


def test_each_quarter_needs_all_its_figures() -> None:
    with pytest.raises(ValueError, match="each quarter needs"):
        gantt(["Q", "R"], [], [1], [1, 1], [ProjectedQuarter(None, None)] * 2, title="t", words=WORDS)


# ------------------------------------------------------------------------ strips, bars and the matrix


@many
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=9).filter(any))
def test_a_distribution_is_proportional(counts: list[int]) -> None:
    chart = distribution(counts, ["x"] * len(counts), title="t", words=WORDS)

    shown = [count for count in counts if count]
    assert len(chart.segments) == len(shown)
    total = sum(segment.rect.width for segment in chart.segments)
    for count, segment in zip(shown, chart.segments, strict=True):
        assert segment.rect.width / total == pytest.approx(count / sum(counts))
        if segment.count:
            assert segment.count.box.width <= segment.rect.width
    assert chart.segments[-1].rect.right == pytest.approx(chart.width)
    assert [s.step for s in chart.segments] == sorted(s.step for s in chart.segments)


def test_a_distribution_without_answers_is_hollow() -> None:
    chart = distribution([0, 0], ["a", "b"], title="t", words=WORDS)

    assert chart.segments == ()
    assert words_in(chart) == ["no answers"]
    assert chart.description == "a: 0; b: 0"


parts_of_a_whole = st.lists(
    st.builds(SharePart, labels, st.floats(0, 1e6), st.sampled_from(["strong", "middle", "weak", "missing"])),
    min_size=1,
    max_size=7,
)


@many
@given(parts_of_a_whole, st.sampled_from([80, 170]))
def test_labels_of_a_share_bar_never_overlap(all_parts: list[SharePart], width: int) -> None:
    chart = share_bar(all_parts, title="t", words=WORDS, width_mm=width)

    assert_inside(chart)
    assert_apart([label.box for label in chart.labels])


def test_shares_add_up_to_100() -> None:
    thirds = [SharePart(name, 1, "middle") for name in "abc"]
    chart = share_bar(thirds, title="t", words=WORDS)

    assert [label.percent.lines[0] for label in chart.labels] == ["34%", "33%", "33%"]


def test_a_small_share_is_not_nothing() -> None:
    chart = share_bar(
        [SharePart("a", 999, "strong"), SharePart("b", 1, "weak"), SharePart("c", 0, "weak")],
        title="t",
        words=WORDS,
    )

    assert [label.percent.lines[0] for label in chart.labels] == ["100%", "<1%", "0%"]
    assert len(chart.segments) == 2


points = st.lists(st.tuples(st.floats(0, 500), st.floats(-1, 4), st.sampled_from(QUADRANTS)), max_size=30)


@many
@given(points, st.floats(0, 100), st.floats(0, 2))
def test_circles_of_a_matrix_stay_apart_and_in_their_quadrant(
    places: list[tuple[float, float, Any]], effort_split: float, impact_split: float
) -> None:
    chart = matrix(
        [MatrixPoint(n, "Write it down", *place) for n, place in enumerate(places, 1)],
        "Effort",
        "Impact",
        QUADRANT_NAMES,
        effort_split,
        impact_split,
        title="t",
        words=WORDS,
    )

    assert_inside(chart)
    areas = {area.name: area.rect for area in chart.quadrants}
    for dot, (_, _, quadrant) in zip(chart.dots, places, strict=True):
        area = areas[quadrant]
        assert area.x + dot.radius <= dot.centre.x <= area.right - dot.radius
        assert area.y + dot.radius <= dot.centre.y <= area.bottom - dot.radius
    for one, other in combinations(chart.dots, 2):
        assert math.dist(_centre(one.centre), _centre(other.centre)) >= 2 * one.radius


def test_a_matrix_puts_more_effort_to_the_right_and_more_impact_up() -> None:
    chart = matrix(
        [MatrixPoint(1, "a", 5, 0.2, "fill-in"), MatrixPoint(2, "b", 15, 0.35, "fill-in")],
        "Effort",
        "Impact",
        QUADRANT_NAMES,
        18,
        0.4,
        title="t",
        words=WORDS,
    )

    one, two = chart.dots
    assert one.centre.x < two.centre.x
    assert one.centre.y > two.centre.y
    assert_apart([text.box for text in chart.texts])


# ------------------------------------------------------------------------------------------- words


def test_numbers_are_written_in_the_reports_language() -> None:
    polish = ChartWords(
        **{f.name: getattr(WORDS, f.name) for f in fields(ChartWords)}
        | {"decimal_mark": ",", "percent": "{value} %"}
    )

    assert polish.number(3.25) == "3,2"
    assert polish.signed(-1.8) == "−1,8"
    assert polish.signed(0.0) == "0,0"
    assert polish.signed(-0.01) == "0,0"
    assert polish.whole(40) == "40"
    assert polish.whole(22.5) == "22,5"
    assert polish.share("12") == "12 %"


def test_charts_are_the_same_every_time() -> None:
    rng = random.Random(7)  # noqa: S311 – test data
    chosen = [MatrixPoint(n, "x", rng.uniform(0, 9), rng.uniform(0, 1), "quick-win") for n in range(40)]

    def built() -> Chart:
        return matrix(chosen, "x", "y", QUADRANT_NAMES, 5, 0.5, title="t", words=WORDS)

    assert built() == built()
    assert SMALL.size >= 7.5
