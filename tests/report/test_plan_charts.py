"""The charts of a computed roadmap: arrows lead from what must end first, lines stand where scores say."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest
from charting import (
    HOSTILE,
    MINIMA,
    PALETTE,
    SVG,
    TAGS,
    WORDS,
    assert_sound,
    colours,
    drawn,
    labels,
    many,
    middle,
    tags,
    words_in,
)
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.report.charts import (
    Chart,
    Gantt,
    GanttItem,
    ProjectedQuarter,
    ProjectionPoint,
    TradeoffPoint,
    gantt,
    projection,
    tradeoff,
)
from cxmaturity.report.charts.arrows import direct
from cxmaturity.report.charts.placing import crosses
from cxmaturity.report.charts.shapes import Line
from cxmaturity.report.theme import lightness

scores = st.one_of(st.none(), st.floats(1, 5))
levels = st.one_of(st.none(), st.integers(1, 5))


# ------------------------------------------------------------------------------------------- gantt


def roadmap(items: list[GanttItem], quarters: int = 8) -> tuple[Gantt, ...]:
    return gantt(
        [f"Q{n % 4 + 1} {2027 + n // 4}" for n in range(quarters)],
        items,
        [38.0] * quarters,
        [40.0] * quarters,
        [ProjectedQuarter(2.4, 2)] * quarters,
        title="Roadmap",
        words=WORDS,
    )


def placed(*spans: tuple[int, int], needs: dict[int, tuple[int, ...]] | None = None) -> list[GanttItem]:
    """Items 1, 2, … in these quarters."""
    return [
        GanttItem("Answer every complaint", "Culture", *span, number, (needs or {}).get(number, ()))
        for number, span in enumerate(spans, 1)
    ]


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[GanttItem], int]:
    """Items of which each needs some of those that end before it starts."""
    quarters = draw(st.sampled_from([1, 4, 8, 12]))
    items: list[GanttItem] = []
    for number in range(1, draw(st.integers(0, 30)) + 1):
        state = draw(st.sampled_from(["planned", "planned", "pinned", "under-way"]))
        start = draw(st.integers(-2 if state == "under-way" else 0, quarters - 1))
        end = draw(st.integers(max(start, 0), quarters - 1))
        earlier = [item.number for item in items if item.end < start]
        needs = draw(st.lists(st.sampled_from(earlier), max_size=4, unique=True)) if earlier else []
        group = draw(st.sampled_from(["Culture", "Data access", "Retention"]))
        items.append(GanttItem(draw(labels), group, start, end, number, tuple(needs), state))
    return items, quarters


def reachable(needs: dict[int, tuple[int, ...]]) -> set[tuple[int, int]]:
    """Which number comes before which, directly or not: by pairs, until nothing is added."""
    pairs = {(need, number) for number, needed in needs.items() for need in needed}
    while True:
        more = {(a, d) for a, b in pairs for c, d in pairs if b == c} - pairs
        if not more:
            return pairs
        pairs |= more


def arrows_by_item(page: Gantt) -> dict[int, list[tuple[float, float]]]:
    """Where the arrows into each item start."""
    found: dict[int, list[tuple[float, float]]] = {}
    for arrow in page.arrows:
        tip = arrow.head[0]
        (row,) = (row for row in page.rows if math.isclose(middle(row.bar), tip.y))
        assert tip.x == pytest.approx(row.bar.x)
        start = arrow.points[0]
        found.setdefault(int(row.number.lines[0]), []).append((start.x, start.y))
    return found


@many
@given(plans())
def test_arrows_start_and_end_at_bars_and_say_what_is_needed(plan: tuple[list[GanttItem], int]) -> None:
    items, quarters = plan
    pages = roadmap(items, quarters)
    said: dict[int, tuple[int, ...]] = {}
    for page in pages:
        assert_sound(page)
        assert page.height_mm <= 225
        ends = {(row.bar.right, middle(row.bar)): int(row.number.lines[0]) for row in page.rows}
        starts = arrows_by_item(page)
        for row in page.rows:
            number = int(row.number.lines[0])
            here = [ends[start] for start in starts.get(number, []) if start in ends]
            text = row.reference.lines[0] if row.reference else ""
            there = [int(part) for part in text.split(", ")] if text and "…" not in text else []
            stubs = [start for start in starts.get(number, []) if start not in ends]
            assert len(stubs) == bool(row.reference)
            said[number] = (*here, *there)
            if "…" in text:
                said[number] = tuple(sorted(direct({i.number: i.needs for i in items})[number]))
    assert reachable(said) == reachable({item.number: item.needs for item in items})


@many
@given(plans())
def test_no_arrow_says_what_others_imply(plan: tuple[list[GanttItem], int]) -> None:
    needs = {item.number: item.needs for item in plan[0]}
    kept = direct(needs)
    assert reachable(kept) == reachable(needs)
    for number, needed in kept.items():
        for need in needed:
            fewer = kept | {number: tuple(each for each in needed if each != need)}
            assert (need, number) not in reachable(fewer)


@many
@given(plans())
def test_each_arrow_can_be_followed(plan: tuple[list[GanttItem], int]) -> None:
    """Arrows run to the right, in the quarters, and share no upright part but on the way to one bar."""
    for page in roadmap(*plan):
        uprights: list[tuple[Line, float]] = []
        for arrow in page.arrows:
            xs = [point.x for point in (*arrow.points, arrow.head[0])]
            assert xs == sorted(xs)
            assert xs[0] >= page.columns[0].x1
            uprights += [
                (Line(one.x, min(one.y, other.y), other.x, max(one.y, other.y)), arrow.head[0].y)
                for one, other in pairwise(arrow.points)
                if one.x == other.x and one.y != other.y
            ]
        for (one, to_one), (other, to_other) in combinations(uprights, 2):
            if math.isclose(one.x1, other.x1) and to_one != to_other:
                assert one.y2 <= other.y1 or other.y2 <= one.y1
        for text in (*page.groups, *(row.label for row in page.rows), *page.headings):
            assert not any(crosses(line, text.box) for line, _ in uprights)


def test_an_arrow_leads_from_the_end_of_the_earlier_to_the_start_of_the_later() -> None:
    (page,) = roadmap(placed((0, 0), (1, 2), (3, 3), needs={2: (1,), 3: (1, 2)}))

    # 3 needs 1 as well, but 1 → 2 → 3 says so already
    assert len(page.arrows) == 2
    first, second = page.arrows
    rows = page.rows
    assert (first.points[0].x, first.points[0].y) == (rows[0].bar.right, middle(rows[0].bar))
    assert (first.head[0].x, first.head[0].y) == (rows[1].bar.x, middle(rows[1].bar))
    assert (second.points[0].x, second.head[0].x) == (rows[1].bar.right, rows[2].bar.x)
    assert page.description == "2 comes after 1; 3 comes after 2"
    assert "must end first" in words_in(page.key)


def test_two_ways_between_the_same_quarters_have_lanes_of_their_own() -> None:
    items = placed((0, 0), (0, 0), (1, 1), (1, 1), needs={3: (1,), 4: (2,)})
    (page,) = roadmap(items)

    lanes = {point.x for arrow in page.arrows for point in arrow.points[2:4]}
    assert len(lanes) == 2
    # both fall, so the one that goes further down turns first: then the two do not cross
    by_target = sorted(page.arrows, key=lambda arrow: arrow.head[0].y)
    assert by_target[0].points[2].x > by_target[1].points[2].x


def test_what_is_on_another_page_is_named_by_its_number() -> None:
    items = placed(*[(0, 0)] * 22, (3, 3), (4, 4), (5, 5), needs={23: (2, 5), 24: (23,)})
    first, second = roadmap(items)

    assert first.arrows == ()
    assert first.key.texts == ()
    reference = second.rows[0].reference
    assert reference is not None
    assert reference.lines == ("2, 5",)
    assert len(second.arrows) == 2  # the reference's own, and the one from 23 to 24
    assert words_in(second.key) == ["must end first", "7", "on another page"]
    assert second.description == "23 comes after 2, 5; 24 comes after 23"


def test_what_is_no_item_of_the_chart_is_not_drawn() -> None:
    (page,) = roadmap(placed((0, 0), (1, 1), needs={2: (99,)}))

    assert page.arrows == ()
    assert page.description == ""
    assert page.rows[0].bar.width == pytest.approx(page.columns[1].x1 - page.columns[0].x1 - 3)


def test_a_need_that_ends_too_late_is_refused() -> None:
    with pytest.raises(ValueError, match="initiative 2 starts before initiative 1 has ended"):
        roadmap(placed((0, 1), (1, 2), needs={2: (1,)}))
    with pytest.raises(ValueError, match="initiative 1 starts before initiative 1 has ended"):
        roadmap(placed((0, 0), needs={1: (1,)}))


def test_what_is_under_way_may_have_started_before_the_first_quarter() -> None:
    items = [
        GanttItem("a", "Culture", -2, 1, 1, (2,), "under-way"),
        GanttItem("b", "Culture", 0, 0, 2, (), "under-way"),
        GanttItem("c", "Culture", 2, 2, 3, (1,), "pinned"),
    ]
    (page,) = roadmap(items)
    before, begun, pinned = page.rows

    assert before.bar.x == page.columns[0].x1
    assert before.bar.right < page.columns[2].x1
    assert [row.look.light for row in page.rows] == [True, True, False]
    # four corners with the left side open; closed, the first corner comes again
    assert [len(row.look.outline) for row in page.rows] == [4, 5, 0]
    assert begun.bar.x > page.columns[0].x1
    assert pinned.look.pin is not None
    assert len(page.arrows) == 1  # 1 has started, whatever it needed
    assert words_in(page.key) == ["under way", "fixed by hand", "must end first"]
    with pytest.raises(ValueError, match="outside"):
        roadmap([GanttItem("a", "Culture", -2, -1, 1, (), "under-way")])


@pytest.mark.parametrize(("quarters", "numbered"), [(4, [1, 12]), (16, [1]), (30, [])])
def test_a_bar_carries_its_number_only_where_that_has_room(quarters: int, numbered: list[int]) -> None:
    items = [GanttItem("a", "Culture", 0, 0, 1), GanttItem("b", "Culture", 1, 1, 12, (1,))]
    (page,) = roadmap(items, quarters)
    on_bars = [row for row in page.rows if row.bar_number is not None]

    assert [int(row.bar_number.lines[0]) for row in on_bars if row.bar_number] == numbered
    for row in on_bars:
        assert row.bar_number is not None
        assert row.bar.x < row.bar_number.box.x
        assert row.bar_number.box.right < row.bar.right
    assert [row.number.lines for row in page.rows] == [("1",), ("12",)]


@pytest.mark.parametrize("quarters", [13, 24, 40])
def test_many_quarters_have_bars_of_their_own_and_numbers_only_under_names(quarters: int) -> None:
    items = [GanttItem("a", "Culture", 0, 0, 1), GanttItem("b", "Culture", 1, 1, 2, (1,))]
    names = [f"Q1 {2027 + n // 4}" if n % 4 == 0 else "" for n in range(quarters)]
    (page,) = gantt(
        names,
        items,
        [138.5] * quarters,
        [140.0] * quarters,
        [ProjectedQuarter(2.4, 2)] * quarters,
        title="Roadmap",
        words=WORDS,
    )
    first, second = (row.bar for row in page.rows)
    assert min(first.width, second.width) > 1.5
    assert first.right < page.columns[1].x1 < second.x
    (arrow,) = page.arrows
    assert [point.x for point in arrow.points] == sorted(point.x for point in arrow.points)
    assert {cell.text.lines for cell in page.load} == {()}
    chips = [cell.chip.rect for cell in page.projected]
    assert len(chips) == len(page.headings) + (quarters % 4 == 1 and quarters > 13)
    assert all(left.right < right.x for left, right in pairwise(chips))


def test_a_first_page_with_text_above_has_room_for_fewer_rows() -> None:
    items = [GanttItem("a", f"Group {n}", 0, 0, n) for n in range(10)]
    load = [1.0], [1.0], [ProjectedQuarter(None, None)]

    def rows(above_mm: float) -> list[int]:
        pages = gantt(["Q1"], items, *load, title="t", words=WORDS, above_mm=above_mm)
        return [len(page.rows) for page in pages]

    # a row with its group takes 17 + 3 + 13.5 points, 11.8 mm; there are 172 mm, and 42 above them are free
    assert rows(42) == [10]
    assert rows(42 + 172 - 90) == [7, 3]
    assert rows(42 + 172 - 80) == [10]  # less than half a page is left: it begins on the next


def test_states_are_told_apart_in_greyscale_and_arrows_lie_under_bars() -> None:
    items = placed((0, 0), (1, 1), needs={2: (1,)})
    (page,) = roadmap([*items, GanttItem("c", "Culture", 0, 1, 3, (), "under-way")])
    elements = list(drawn(page))
    bars = [(n, e) for n, e in enumerate(elements) if e.tag == f"{SVG}rect" and e.get("height") == "9.5"]

    fills = [lightness(element.get("fill", "")) for _, element in bars[:3]]
    assert fills[0] == fills[1]
    assert fills[2] > fills[0] + 20
    first_arrow = next(n for n, element in enumerate(elements) if element.tag == f"{SVG}polyline")
    assert first_arrow < bars[0][0]


# --------------------------------------------------------------------------------------- projection


points = st.lists(st.builds(ProjectionPoint, labels, scores, scores, levels), min_size=1, max_size=13)


@many
@given(points, levels)
def test_a_projection_is_sound_whatever_it_shows(
    all_points: list[ProjectionPoint], target: int | None
) -> None:
    chart = projection(all_points, MINIMA, target=target, title="t", words=WORDS)

    assert_sound(chart)
    assert len(chart.chips) == len(all_points)
    assert (chart.target is not None) == (target is not None)
    for lines, values in (
        (chart.expected, [point.expected for point in all_points]),
        (chart.low, [point.low for point in all_points]),
    ):
        along = [line for line in lines if line.y1 == line.y2][: sum(v is not None for v in values)]
        known = [value for value in values if value is not None]
        assert len(along) == len(known)
        for (one, score), (other, next_score) in combinations(zip(along, known, strict=True), 2):
            assert (one.y1 - other.y1) * (score - next_score) <= 0  # higher scores stand higher
    names = [text for text in chart.lines_named if text.lines != ("",)]
    assert len(names) == sum(
        any(value is not None for value in values)
        for values in ([p.expected for p in all_points], [p.low for p in all_points])
    )


def test_lines_step_at_the_beginning_of_a_quarter() -> None:
    chart = projection(
        [ProjectionPoint("Today", 2.0, 2.0, 2), ProjectionPoint("Q1", 2.8, 2.4, 3)],
        MINIMA,
        title="t",
        words=WORDS,
    )

    today, quarter, riser = chart.expected
    assert today.x2 == quarter.x1 == riser.x1 == riser.x2
    assert (riser.y1, riser.y2) == (today.y1, quarter.y1)
    # 2.0 → 2.8 is twice as far up as 2.0 → 2.4
    low = chart.low[1]
    assert today.y1 - quarter.y1 == pytest.approx(2 * (today.y1 - low.y1))
    assert words_in(chart.labels) == ["2.8", "2.0", "2.4"]  # today's 2.0 stands once


def test_the_target_stands_where_its_level_begins_and_bands_meet_there() -> None:
    chart = projection([ProjectionPoint("Today", 2.4, 2.4, 2)], MINIMA, target=4, title="t", words=WORDS)

    assert chart.target is not None
    fourth = next(band for band in chart.bands if band.chip and band.chip.step == 4)
    assert fourth.rect.bottom == pytest.approx(chart.target.y1)
    assert "target: level 4" in words_in(chart.labels)
    assert [band.chip.step for band in chart.bands if band.chip] == [2, 3, 4]
    for lower, upper in pairwise(chart.bands):
        assert upper.rect.bottom == pytest.approx(lower.rect.y)


def test_nothing_is_filled_between_the_two_lines() -> None:
    chart = projection(
        [ProjectionPoint("Today", 2.0, 2.0, 2), ProjectionPoint("Q1", 3.8, 2.4, 3)],
        MINIMA,
        target=4,
        title="t",
        words=WORDS,
    )
    svg = drawn(chart)

    assert tags(svg) <= {"svg", "title", "desc", "rect", "line", "text"}
    whole = chart.bands[0].rect.width
    bands = [e for e in svg.iter(f"{SVG}rect") if float(e.get("width", 0)) > 20]
    assert {float(e.get("width", 0)) for e in bands} == {round(whole, 2)}
    assert svg[1].text == (
        "Today: expected lifts (estimate) 2.0, low lifts (estimate) 2.0, Level 2; "
        "Q1: expected lifts (estimate) 3.8, low lifts (estimate) 2.4, Level 3"
    )


def test_what_is_not_known_is_hollow_and_breaks_the_line() -> None:
    chart = projection(
        [ProjectionPoint("Q", score, None, None) for score in (2.0, None, 3.0)],
        MINIMA,
        title="t",
        words=WORDS,
    )

    assert len(chart.expected) == 2
    assert [mark.kind for mark in chart.marks] == ["missing"]
    assert chart.low == ()


def test_a_projection_refuses_what_is_no_scale() -> None:
    point = ProjectionPoint("Today", 2.0, 2.0, 2)
    with pytest.raises(ValueError, match="five ascending minima"):
        projection([point], (1, 3, 2, 4, 4.5), title="t", words=WORDS)
    with pytest.raises(ValueError, match="no level 6"):
        projection([point], MINIMA, target=6, title="t", words=WORDS)
    with pytest.raises(ValueError, match="no room for 0"):
        projection([], MINIMA, title="t", words=WORDS)
    with pytest.raises(ValueError, match="between 1 and 5"):
        projection([ProjectionPoint("Today", 5.5, 2.0, 2)], MINIMA, title="t", words=WORDS)


# ---------------------------------------------------------------------------------------- trade-off


QUARTERS = [f"Q{n % 4 + 1} {2027 + n // 4}" for n in range(12)]
HEADINGS = {"amount": "Person-days a quarter", "score": "Score at the end", "title": "t", "words": WORDS}
REACHED = "Quarter in which level 4 is reached"

tradeoffs = st.lists(
    st.builds(
        TradeoffPoint,
        st.one_of(st.integers(0, 60), st.integers(0, 10**6)),
        labels,
        st.one_of(st.none(), st.integers(0, 11)),
        scores,
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda point: point.amount,
)


@many
@given(tradeoffs, labels, labels)
def test_a_trade_off_is_sound_and_in_the_order_of_its_values(
    all_points: list[TradeoffPoint], reached: str, heading: str
) -> None:
    chart = tradeoff(
        all_points, QUARTERS, amount=heading, score=heading, reached=reached, title="t", words=WORDS
    )

    assert_sound(chart)
    ordered = sorted(all_points, key=lambda point: point.amount)
    upper = chart.marks[: len(ordered)] if reached else ()
    for (mark, point), (other, following) in pairwise(zip(upper, ordered, strict=bool(reached))):
        assert mark.x < other.x
        late, later = (12 if p.reached is None else p.reached for p in (point, following))
        assert (mark.y - other.y) * (late - later) <= 0  # later stands higher
        assert (mark.y == other.y) == (late == later)
    lower = [mark for mark in chart.marks[len(upper) :] if mark.kind == "perceived"]
    scored = [point for point in ordered if point.score is not None]
    for (mark, point), (other, following) in combinations(zip(lower, scored, strict=True), 2):
        assert mark.x < other.x
        assert (mark.y - other.y) * ((point.score or 0) - (following.score or 0)) <= 0


def curve() -> list[TradeoffPoint]:
    return [
        TradeoffPoint(20, "20", None, 3.1),
        TradeoffPoint(40, "40", 6, 3.5, current=True),
        TradeoffPoint(60, "60", 4, 3.6),
        TradeoffPoint(80, "80", 3, 3.7),
    ]


def test_amounts_that_do_not_reach_the_target_have_a_lane_of_their_own() -> None:
    chart = tradeoff(curve(), QUARTERS, reached=REACHED, **HEADINGS)
    upper = chart.marks[:4]

    assert [mark.kind for mark in upper] == ["missing", "perceived", "perceived", "perceived"]
    assert upper[0].y < min(mark.y for mark in upper[1:])
    lane = next(text for text in chart.numbers if text.lines == ("not reached",))
    assert lane.box.y < upper[0].y < lane.box.bottom
    # only the quarters concerned, without gaps, the latest on top
    assert words_in(chart.numbers)[:5] == ["not reached", "Q3 2028", "Q2 2028", "Q1 2028", "Q4 2027"]
    assert len(chart.edges) == 2 + 3  # none to the amount that does not reach it


def test_without_a_target_there_is_one_panel() -> None:
    chart = tradeoff(curve(), QUARTERS, **HEADINGS)

    assert words_in(chart.headings) == ["Score at the end"]
    assert [mark.kind for mark in chart.marks] == ["perceived"] * 4
    assert len(chart.present) == 1
    assert chart.description == "20: Score 3.1; 40: Score 3.5; 60: Score 3.6; 80: Score 3.7"


def test_the_present_amount_is_marked_in_both_panels() -> None:
    chart = tradeoff(curve(), QUARTERS, reached=REACHED, **HEADINGS)

    assert {line.x1 for line in chart.present} == {chart.marks[1].x}
    assert len(chart.present) == 2
    bold = {text.lines[0] for text in (*chart.amounts, *chart.labels) if text.face.bold}
    assert bold == {"40", "3.5", "today’s plan"}


def test_amounts_stand_in_proportion() -> None:
    points = [TradeoffPoint(amount, str(amount), None, 3.0) for amount in (0, 10, 40)]
    first, second, third = tradeoff(points, QUARTERS, **HEADINGS).marks

    assert (second.x - first.x) / (third.x - first.x) == pytest.approx(10 / 40)


def test_a_trade_off_refuses_what_it_cannot_draw() -> None:
    with pytest.raises(ValueError, match="needs an amount"):
        tradeoff([], QUARTERS, **HEADINGS)
    with pytest.raises(ValueError, match="each amount stands once"):
        tradeoff([*curve(), *curve()[:1]], QUARTERS, **HEADINGS)
    with pytest.raises(ValueError, match="no quarter 12"):
        tradeoff([TradeoffPoint(1, "1", 12, 3.0)], QUARTERS, **HEADINGS)
    with pytest.raises(ValueError, match="an amount"):
        tradeoff([TradeoffPoint(math.nan, "1", 1, 3.0)], QUARTERS, **HEADINGS)


# ------------------------------------------------------------------------------------------- drawing


def some_of_each(label: str) -> list[Chart]:
    states = ("planned", "pinned", "under-way")
    return [
        *gantt(
            [label] * 12,
            [
                GanttItem(label, label, n % 12, n % 12, n, (n - 1,) if n % 12 else (), states[n % 3])
                for n in range(25)
            ],
            [12.5] * 12,
            [40.0] * 12,
            [ProjectedQuarter(2, 2)] * 12,
            title=label,
            words=WORDS,
        ),
        projection(
            [ProjectionPoint(label, score, 2.0, 2) for score in (2.0, None, 4.4)],
            MINIMA,
            target=3,
            title=label,
            words=WORDS,
        ),
        tradeoff(
            [TradeoffPoint(n, label, n or None, 2 + n / 4, n == 1) for n in range(6)],
            [label] * 12,
            amount=label,
            score=label,
            reached=label,
            title=label,
            words=WORDS,
        ),
    ]


@pytest.mark.parametrize("label", ["Feedback loops", *HOSTILE], ids=range(len(HOSTILE) + 1))
def test_each_chart_is_drawn_in_the_themes_colours_with_a_title(label: str) -> None:
    for chart in some_of_each(label):
        svg = drawn(chart)
        assert (svg[0].text or "") == chart.title
        assert tags(svg) <= TAGS
        assert colours(svg) <= PALETTE
        for text in svg.iter(f"{SVG}text"):
            assert float(text.get("font-size", 0)) >= 7.5
