"""The roadmap: which initiative runs in which quarter, and what that takes and brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cxmaturity.report.charts.arrows import Arrow, direct, routed, straight
from cxmaturity.report.charts.axis import checked_level, checked_score
from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.gantt_bar import BAR, BarLook, GanttKey, KeyPart, State, gantt_key, look_of
from cxmaturity.report.charts.marks import CHIP_WIDTH, Chip, chip
from cxmaturity.report.charts.shapes import FULL_WIDTH_MM, Line, Rect, finite, mm
from cxmaturity.report.charts.text import BODY, BODY_BOLD, SMALL, SMALL_BOLD, Text, clean, clip, wrap
from cxmaturity.report.charts.words import ChartWords, fill

ROWS_PER_PAGE = 22
_FEWEST_ROWS = 3
"""On the last of several pages; fewer are read more easily with some of those before them."""
_MOST_ROWS_HEIGHT = mm(172)
"""With the heads and the two rows underneath, a page of the report has room for no more."""
_LEFT_FREE = mm(42)
"""What a page with so many rows leaves free above them."""
_GROUP_HEIGHT, _GROUP_GAP, _LEAST_ROW = 17.0, 3.0, 13.5
_KEY_HEIGHT = 17.0
_INSETS, _WIDE_INSETS = (1.5, 1.5), (9.5, 1.5)
"""From a quarter's edges to a bar's ends; wide where arrows run between the bars."""
_SHARE_OF_CELL, _LEAST_INSET = 0.45, 4.9
"""Of a narrow quarter arrows have at most this share, and never less than they need."""
_REFERENCE_AIR = 1.5
_NUMBER_AIR, _LEAST_AIR = 4.0, 1.0
"""Between a bar's end and the number on it, and the least of it."""
_HEADING_AIR = 3.0
"""What the name of a quarter leaves free of its room."""
_INDENT = 17.0
_STACK_SHIFT = 6.0
_LABELS, _NARROW_LABELS, _FEW_QUARTERS = 212.0, 158.0, 8


@dataclass(frozen=True, slots=True)
class GanttItem:
    """An initiative; ``start`` and ``end`` are indices of quarters, both included.

    What is under way may have started before the first quarter (a negative ``start``). ``needs`` are the
    numbers of those that must end before it starts; what is no item of the chart is not shown.
    """

    label: str
    group: str
    start: int
    end: int
    number: int
    needs: tuple[int, ...] = ()
    state: State = "planned"


@dataclass(frozen=True, slots=True)
class ProjectedQuarter:
    """Where the organisation is projected to stand when a quarter ends."""

    overall_score: float | None
    level: int | None


@dataclass(frozen=True, slots=True)
class GanttRow:
    """A drawn initiative; ``reference`` are the numbers of those on other pages that it needs.

    Its number stands before its label, and on the bar as well where that is wide enough.
    """

    number: Text
    label: Text
    bar: Rect
    bar_number: Text | None
    look: BarLook
    reference: Text | None


@dataclass(frozen=True, slots=True)
class LoadCell:
    """One quarter's load: in words, and as a filled part of a track."""

    text: Text
    track: Rect | None
    filled: Rect | None
    over: bool


@dataclass(frozen=True, slots=True)
class ProjectionCell:
    """One quarter's projected level and score."""

    chip: Chip
    score: Text | None


@dataclass(frozen=True, slots=True)
class Gantt(Chart):
    """One page of the roadmap; ``description`` says in words what comes after what."""

    description: str
    headings: tuple[Text, ...]
    columns: tuple[Line, ...]
    rules: tuple[Line, ...]
    groups: tuple[Text, ...]
    rows: tuple[GanttRow, ...]
    arrows: tuple[Arrow, ...]
    load_label: Text
    load: tuple[LoadCell, ...]
    projected_label: Text
    projected: tuple[ProjectionCell, ...]
    key: GanttKey


@dataclass(frozen=True, slots=True)
class _Plan:
    """What every page shows; ``needs`` are by the number of the item, only those to be drawn."""

    quarters: Sequence[str]
    load: Sequence[float]
    capacity: Sequence[float]
    projected: Sequence[ProjectedQuarter]
    words: ChartWords
    needs: Mapping[int, tuple[int, ...]]

    @property
    def grid(self) -> _Grid:
        count = len(self.quarters)
        left = _LABELS if count <= _FEW_QUARTERS else _NARROW_LABELS
        grid = _Grid(mm(FULL_WIDTH_MM), left, count, _INSETS)
        if not any(self.needs.values()):
            return grid
        wide, right = _WIDE_INSETS
        return replace(grid, insets=(min(wide, max(_LEAST_INSET, _SHARE_OF_CELL * grid.cell)), right))

    @property
    def thinned(self) -> bool:
        """Whether there are so many quarters that only some have a name."""
        return not all(self.quarters)

    @property
    def named(self) -> tuple[tuple[int, int], ...]:
        """The quarters that have a name, each with how many columns it has the room of."""
        named = [index for index, name in enumerate(self.quarters) if name]
        return tuple(
            (index, following - index) for index, following in pairwise([*named, len(self.quarters)])
        )

    @property
    def stacked(self) -> bool:
        """Whether a quarter is too narrow for a level and a score side by side."""
        return self.grid.cell < CHIP_WIDTH + 3 + SMALL.width(self.words.number(4.4)) + 2

    def check(self, items: Sequence[GanttItem]) -> None:
        """``ValueError`` when the parts do not belong together."""
        count = len(self.quarters)
        if not count or not count == len(self.load) == len(self.capacity) == len(self.projected):
            raise ValueError("each quarter needs a load, a capacity and a projection")
        for item in items:
            first = min(item.start, 0) if item.state == "under-way" else 0
            if not first <= item.start <= item.end < count or item.end < 0:
                raise ValueError(f"initiative {item.number} lies outside the {count} quarters")
        if any(finite(amount, "an effort") < 0 for amount in (*self.load, *self.capacity)):
            raise ValueError("load and capacity are 0 or more")


@dataclass(frozen=True, slots=True)
class _Grid:
    """The columns of quarters at the right of the labels."""

    width: float
    left: float
    count: int
    insets: tuple[float, float]

    @property
    def cell(self) -> float:
        return (self.width - self.left) / self.count

    def start(self, index: int) -> float:
        return self.left + index * self.cell

    def middle(self, index: int) -> float:
        return self.start(index) + self.cell / 2

    def bar(self, item: GanttItem, middle: float) -> Rect:
        """An item's bar; what started before the first quarter begins at its edge."""
        left = self.start(item.start) + self.insets[0] if item.start >= 0 else self.left
        return Rect(left, middle - BAR / 2, self.start(item.end + 1) - self.insets[1] - left, BAR)


def gantt(
    quarters: Sequence[str],
    items: Sequence[GanttItem],
    load: Sequence[float],
    capacity: Sequence[float],
    projected: Sequence[ProjectedQuarter],
    *,
    title: str,
    words: ChartWords,
    above_mm: float = 0.0,
) -> tuple[Gantt, ...]:
    """The roadmap on as many pages as it needs, items grouped in the order in which groups appear.

    A quarter without a name leaves its room to the one before it; then numbers stand only under names.
    ``above_mm`` is what stands above the chart on its first page.

    Arrows lead from what must end first. Those that other arrows imply are left out: where 3 needs 2 and
    2 needs 1, none leads from 1 to 3. What an item needs from another page is named by its number.
    """
    plan = _Plan(quarters, load, capacity, projected, words, _needs(items))
    plan.check(items)
    order = list(dict.fromkeys(item.group for item in items))
    keyed = any(plan.needs.values()) or any(item.state != "planned" for item in items)
    room = _MOST_ROWS_HEIGHT - (_KEY_HEIGHT if keyed else 0.0)
    first = room - max(0.0, mm(above_mm) - _LEFT_FREE)
    # with room for less than half of them the chart begins on a page of its own
    rooms = (first if first > room / 2 else room, room)
    pages = _pages(sorted(items, key=lambda item: order.index(item.group)), plan.grid, rooms)
    if len(pages) == 1:
        return (_page(plan, title, pages[0], None),)
    titles = (
        fill(words.part, title=title, number=str(number), total=str(len(pages)))
        for number in range(1, len(pages) + 1)
    )
    groups_before = (None, *(page[-1].group for page in pages[:-1]))
    return tuple(_page(plan, *page) for page in zip(titles, pages, groups_before, strict=True))


def _needs(items: Sequence[GanttItem]) -> dict[int, tuple[int, ...]]:
    """What each item needs; ``ValueError`` where that has not ended when it starts.

    What is under way has started, whatever it needed.
    """
    by_number = {item.number: item for item in items}
    needs: dict[int, list[int]] = {}
    for item in sorted(items, key=lambda item: item.start):
        present = [by_number[number] for number in item.needs if number in by_number]
        late = [each.number for each in present if each.end >= item.start]
        if late and item.state != "under-way":
            raise ValueError(f"initiative {item.number} starts before initiative {late[0]} has ended")
        needs[item.number] = [each.number for each in present if each.number not in late]
    return direct(needs)


def _pages(items: Sequence[GanttItem], grid: _Grid, rooms: tuple[float, float]) -> list[list[GanttItem]]:
    """Items page by page: at most so many, and as many as have room on the first page and on the others."""
    pages: list[list[GanttItem]] = [[]]
    used = 0.0
    for item in items:
        page = pages[-1]
        height = _item_height(_label_lines(item, grid))
        heading = _GROUP_HEIGHT + _GROUP_GAP if not page or page[-1].group != item.group else 0.0
        if page and (len(page) == ROWS_PER_PAGE or used + heading + height > rooms[len(pages) > 1]):
            page, used, heading = [], 0.0, _GROUP_HEIGHT + _GROUP_GAP
            pages.append(page)
        page.append(item)
        used += heading + height
    while len(pages) > 1 and len(pages[-1]) < _FEWEST_ROWS < len(pages[-2]):
        pages[-1].insert(0, pages[-2].pop())
    return pages


def _label_lines(item: GanttItem, grid: _Grid) -> tuple[str, ...]:
    return wrap(item.label, grid.left - _INDENT - 8, SMALL, 2, balanced=True)


def _item_height(lines: tuple[str, ...]) -> float:
    return max(_LEAST_ROW, len(lines) * SMALL.leading + 4.5)


def _page(plan: _Plan, title: str, items: Sequence[GanttItem], group_before: str | None) -> Gantt:
    grid, words = plan.grid, plan.words
    headings = tuple(_headings(plan))
    top = 6.5 + SMALL.height(max((len(text.lines) for text in headings), default=1))
    groups, drawn, rules, rows_bottom = _rows(items, grid, top, group_before, words)
    rows = tuple(_with_reference(plan, row, item, items) for row, item in zip(drawn, items, strict=True))
    load_top = rows_bottom + 4
    load = tuple(_load_cell(plan, index, load_top) for index in range(grid.count))
    load_bottom = load_top + 21 + SMALL.height(max(1, *(len(cell.text.lines) for cell in load)))
    bottom = load_bottom + (31.0 if plan.stacked else 25.0)
    projection_middle = (load_bottom + bottom) / 2
    rules += [Line(0.0, y, grid.width, y) for y in (load_top, load_bottom, bottom)]
    key = gantt_key(_key_parts(plan, items, rows), bottom + _KEY_HEIGHT - BAR, grid.width, words)
    return Gantt(
        title=title,
        width=grid.width,
        height=bottom + 1.0 + (_KEY_HEIGHT if key.texts else 0.0),
        description=_in_words(plan, items),
        headings=headings,
        columns=tuple(Line(grid.start(index), top, grid.start(index), bottom) for index in range(grid.count)),
        rules=tuple(rules),
        groups=groups,
        rows=rows,
        arrows=tuple(_arrows(plan, items, rows)),
        load_label=_footer_label(words.load, (load_top + load_bottom) / 2, grid),
        load=load,
        projected_label=_footer_label(words.projected, projection_middle, grid),
        projected=tuple(_projections(plan, projection_middle)),
        key=key,
    )


def _headings(plan: _Plan) -> Iterator[Text]:
    """The names of quarters: over the middle of one, or from its edge where not all have one.

    The last of those may have no room.
    """
    grid = plan.grid
    for index, cells in plan.named:
        name, room = plan.quarters[index], cells * grid.cell - _HEADING_AIR
        lines = wrap(name, room, SMALL_BOLD, 2)
        if not plan.thinned:
            yield Text(grid.middle(index), 7.5, lines, SMALL_BOLD, "middle", "muted")
        elif max(map(SMALL_BOLD.width, clean(name).split()), default=0.0) <= room:
            yield Text(grid.start(index) + _HEADING_AIR / 2, 7.5, lines, SMALL_BOLD, "start", "muted")


def _with_reference(plan: _Plan, row: GanttRow, item: GanttItem, items: Sequence[GanttItem]) -> GanttRow:
    """The row with the numbers of what its item needs from other pages."""
    here = {each.number for each in items}
    elsewhere = [str(number) for number in plan.needs[item.number] if number not in here]
    if not elsewhere:
        return row
    right = row.bar.x - sum(plan.grid.insets) - _REFERENCE_AIR
    numbers = clip(", ".join(elsewhere), right - plan.grid.left - _REFERENCE_AIR, SMALL)
    baseline = SMALL.centred(row.bar.y + BAR / 2)
    return replace(row, reference=Text(right, baseline, (numbers,), SMALL, "end", "muted"))


def _arrows(plan: _Plan, items: Sequence[GanttItem], rows: Sequence[GanttRow]) -> Iterator[Arrow]:
    """From the bars of this page, and from the numbers of those on others."""
    bars = {item.number: row.bar for item, row in zip(items, rows, strict=True)}
    yield from routed(
        ((bars[need], bar) for number, bar in bars.items() for need in plan.needs[number] if need in bars),
        sum(plan.grid.insets),
    )
    for row in rows:
        if row.reference:
            yield straight(row.reference.x + _REFERENCE_AIR, row.bar)


def _key_parts(plan: _Plan, items: Sequence[GanttItem], rows: Sequence[GanttRow]) -> set[KeyPart]:
    """What of a page has to be explained."""
    here = {item.number for item in items}
    parts: set[KeyPart] = {item.state for item in items if item.state != "planned"}
    parts |= {"arrow" for item in items if here & set(plan.needs[item.number])}
    return parts | {"reference" for row in rows if row.reference}


def _in_words(plan: _Plan, items: Sequence[GanttItem]) -> str:
    return clean(
        "; ".join(
            fill(plan.words.after, number=str(item.number), needs=", ".join(map(str, needs)))
            for item in items
            if (needs := plan.needs[item.number])
        )
    )


def _rows(
    items: Sequence[GanttItem], grid: _Grid, y: float, group_before: str | None, words: ChartWords
) -> tuple[tuple[Text, ...], tuple[GanttRow, ...], list[Line], float]:
    """Group names, item rows and the rules above groups; and where they end."""
    groups: list[Text] = []
    rows: list[GanttRow] = []
    rules: list[Line] = []
    current = None
    for item in items:
        if item.group != current:
            continued = not rows and item.group == group_before
            name = fill(words.continued, group=item.group) if continued else item.group
            y += _GROUP_GAP if rows else 0.0
            rules.append(Line(0.0, y, grid.width, y))
            groups.append(Text(0.0, y + 11.5, (clip(name, grid.left - 6, BODY),), BODY_BOLD))
            y += _GROUP_HEIGHT
            current = item.group
        row, height = _row(item, grid, y)
        rows.append(row)
        y += height
    return tuple(groups), tuple(rows), rules, y


def _row(item: GanttItem, grid: _Grid, y: float) -> tuple[GanttRow, float]:
    lines = _label_lines(item, grid)
    height = _item_height(lines)
    middle = y + height / 2
    bar = grid.bar(item, middle)
    look = look_of(item.state, bar, is_open=item.start < 0)
    first = SMALL.centred(middle, max(1, len(lines)))
    number = str(item.number)
    return GanttRow(
        Text(_INDENT - 5, first, (number,), SMALL_BOLD, "end"),
        Text(_INDENT, first, lines, SMALL),
        bar,
        _bar_number(number, bar, look),
        look,
        None,
    ), height


def _bar_number(number: str, bar: Rect, look: BarLook) -> Text | None:
    room = bar.width - SMALL_BOLD.width(number)
    if room < 2 * _LEAST_AIR:
        return None
    left = bar.x + min(_NUMBER_AIR, room / 2)
    baseline = SMALL.centred(bar.y + BAR / 2)
    return Text(left, baseline, (number,), SMALL_BOLD, "start", "on-2" if look.light else "paper")


def _footer_label(label: str, middle: float, grid: _Grid) -> Text:
    lines = wrap(label, grid.left - 8, SMALL, 2)
    return Text(0.0, SMALL.centred(middle, len(lines)), lines, SMALL_BOLD)


def _load_cell(plan: _Plan, index: int, top: float) -> LoadCell:
    grid, words, amount, most = plan.grid, plan.words, plan.load[index], plan.capacity[index]
    over = amount > most
    text = fill(words.load_of, load=words.whole(amount), capacity=words.whole(most))
    lines = wrap(text, grid.cell - 3, SMALL, 3)
    if plan.thinned:
        lines = ()
    elif len(lines) > 2:  # noqa: PLR2004 - rather the load alone than half of both
        lines = wrap(words.whole(amount), grid.cell - 3, SMALL, 1)
    air = min(4.0, grid.cell / 5)
    track = Rect(grid.start(index) + air, top + 6, grid.cell - 2 * air, 3.2)
    share = 1.0 if over else amount / most if most else 0.0
    return LoadCell(
        text=Text(grid.middle(index), top + 18.5, lines, SMALL_BOLD if over else SMALL, "middle"),
        track=track if most else None,
        filled=Rect(track.x, track.y, track.width * share, track.height) if share else None,
        over=over,
    )


def _projections(plan: _Plan, middle: float) -> Iterator[ProjectionCell]:
    """Those of the quarters that have a name, as far as there is room."""
    grid = plan.grid
    for index, cells in plan.named:
        if not plan.thinned:
            yield _projection(plan, index, grid.middle(index), middle)
        elif cells * grid.cell >= CHIP_WIDTH + _HEADING_AIR:
            yield _projection(plan, index, grid.start(index) + (CHIP_WIDTH + _HEADING_AIR) / 2, middle)


def _projection(plan: _Plan, index: int, centre: float, middle: float) -> ProjectionCell:
    words, quarter = plan.words, plan.projected[index]
    score, level = checked_score(quarter.overall_score), checked_level(quarter.level)
    if score is None:
        shift = _STACK_SHIFT if plan.stacked else 0.0
        return ProjectionCell(chip(centre - CHIP_WIDTH / 2, middle - shift, level), None)
    number = words.score_of(score)
    if plan.stacked:
        text = Text(centre, middle + 11.0, (number,), SMALL, "middle")
        return ProjectionCell(chip(centre - CHIP_WIDTH / 2, middle - _STACK_SHIFT, level), text)
    left = centre - (CHIP_WIDTH + 3 + SMALL.width(number)) / 2
    text = Text(left + CHIP_WIDTH + 3, SMALL.centred(middle), (number,), SMALL)
    return ProjectionCell(chip(left, middle, level), text)
