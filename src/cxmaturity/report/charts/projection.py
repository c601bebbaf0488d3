"""Where the whole is projected to stand, quarter by quarter, with the lifts expected and with low ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from cxmaturity.report.charts.axis import HIGHEST, LOWEST, checked_level, checked_score
from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.marks import CHIP_HEIGHT, CHIP_WIDTH, Chip, chip
from cxmaturity.report.charts.placing import Canvas
from cxmaturity.report.charts.shapes import FULL_WIDTH_MM, Line, Mark, Rect, clamp, mm
from cxmaturity.report.charts.text import SMALL, SMALL_BOLD, Anchor, Face, Text, Tone, clean, clip, wrap
from cxmaturity.report.charts.words import ChartWords, fill

_HEAD, _FOOT, _AIR = 15.0, 6.0, 4.0
_NAMES = 8.0
_LEAST_SLOT = 20.0
_LEFT, _RIGHT = 27.0, CHIP_WIDTH + 6.0
_OVER = 2.6
"""From a line to the text over or under it."""
_LEVELS = 5
_ROOM, _LEAST_SPAN = 0.35, 1.2
"""Points of the score: around what the axis holds, and the least that it spans."""
_TWO_LINES = 0.75
"""Of the widest name of a quarter: where one needs two lines, those nearly as wide have two as well."""


@dataclass(frozen=True, slots=True)
class ProjectionPoint:
    """Today or a quarter: the score (1–5) with expected and with low lifts, and the level expected."""

    label: str
    expected: float | None
    low: float | None
    level: int | None


@dataclass(frozen=True, slots=True)
class LevelBand:
    """The scores of one level, with a line where it begins and its chip at the right."""

    rect: Rect
    base: Line
    chip: Chip | None
    shaded: bool


@dataclass(frozen=True, slots=True)
class ProjectionChart(Chart):
    """Two step lines over the bands of the levels; ``description`` says them in words.

    ``chips`` are the levels expected, quarter by quarter: caps may hold one below the band that the
    score lies in. ``lines_named`` say which line is which.
    """

    description: str
    bands: tuple[LevelBand, ...]
    numbers: tuple[Text, ...]
    target: Line | None
    expected: tuple[Line, ...]
    low: tuple[Line, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Text, ...]
    lines_named: tuple[Text, ...]
    periods: tuple[Text, ...]
    chips: tuple[Chip, ...]
    row_label: Text


@dataclass(frozen=True, slots=True)
class _Grid:
    """Slots side by side over the scores from ``low`` to ``high``.

    ``edges`` are the scores at which levels begin, and 5 as the end of the last.
    """

    width: float
    left: float
    top: float
    bottom: float
    count: int
    edges: tuple[float, ...]
    low: float
    high: float

    @property
    def right(self) -> float:
        return self.width - _RIGHT

    @property
    def slot(self) -> float:
        return (self.right - self.left) / self.count

    def start(self, index: int) -> float:
        return self.left + index * self.slot

    def at(self, score: float) -> float:
        share = (clamp(score, self.low, self.high) - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)

    def steps(self, scores: Sequence[float | None]) -> tuple[Line, ...]:
        """A line along each slot, and upright ones between neighbours that are both known."""
        along = [
            Line(self.start(index), self.at(score), self.start(index + 1), self.at(score))
            for index, score in enumerate(scores)
            if score is not None
        ]
        risers = [
            Line(self.start(index), self.at(one), self.start(index), self.at(other))
            for index, (one, other) in enumerate(pairwise(scores), 1)
            if one is not None and other is not None and one != other
        ]
        return (*along, *risers)


def projection(
    points: Sequence[ProjectionPoint],
    minima: Sequence[float],
    *,
    target: int | None = None,
    title: str,
    words: ChartWords,
    width_mm: float = FULL_WIDTH_MM,
    plot_mm: float = 62.0,
) -> ProjectionChart:
    """The points in the order given, today first; a score holds for the whole of its slot.

    ``minima`` are the scores at which the five levels begin, ``target`` is the level aimed at. The axis
    holds the scores and the target. Nothing is drawn between the
    two lines: they are two cases, no interval.
    """
    if not 0 < len(points) <= int((mm(width_mm) - _LEFT - _RIGHT) / _LEAST_SLOT):
        raise ValueError(f"a projection of this width has no room for {len(points)} quarters")
    expected = [checked_score(point.expected) for point in points]
    low = [checked_score(point.low) for point in points]
    grid = _fitted(expected + low, checked_level(target), minima, mm(width_mm), mm(plot_mm), len(points))
    goal = None if target is None else grid.at(grid.edges[target - 1])
    lines = grid.steps(expected), grid.steps(low)
    area = Rect(grid.left, 0.0, grid.right - grid.left, grid.bottom)
    canvas = Canvas(area, [], [*lines[0], *lines[1]])
    marks = tuple(_missing(expected, grid))
    for mark in marks:
        canvas.mark(mark)
    labels = [*_target_label(target, goal, canvas, words), *_values(expected, low, grid, canvas, words)]
    names = tuple(_names((expected, low), grid, canvas, words))
    periods, chips, label, bottom = _periods(points, grid, words)
    return ProjectionChart(
        title=title,
        width=grid.width,
        height=bottom + 1.0,
        description=_in_words(points, words),
        bands=tuple(_bands(grid)),
        numbers=tuple(_numbers(grid, words)),
        target=None if goal is None else Line(grid.left, goal, grid.right, goal),
        expected=lines[0],
        low=lines[1],
        marks=marks,
        labels=tuple(labels),
        lines_named=names,
        periods=periods,
        chips=chips,
        row_label=label,
    )


def _fitted(
    scores: Sequence[float | None],
    target: int | None,
    minima: Sequence[float],
    width: float,
    height: float,
    count: int,
) -> _Grid:
    """The grid of all scores and the target's edge, with some room around them."""
    if len(minima) != _LEVELS or any(low >= high for low, high in pairwise((*minima, HIGHEST))):
        raise ValueError("a scale has five ascending minima")
    edges = (LOWEST, *minima[1:], HIGHEST)
    held = [score for score in scores if score is not None]
    held += [] if target is None else [edges[target - 1]]
    low = max(LOWEST, min(held, default=LOWEST) - _ROOM)
    high = min(HIGHEST, max(held, default=HIGHEST) + _ROOM)
    high = min(HIGHEST, max(high, low + _LEAST_SPAN))
    low = max(LOWEST, min(low, high - _LEAST_SPAN))
    return _Grid(width, _LEFT, _HEAD, _HEAD + height, count, edges, low, high)


def _bands(grid: _Grid) -> Iterator[LevelBand]:
    """Every other band is shaded; one that is cut off so far that its number has no room has none."""
    for level, (least, end) in enumerate(pairwise(grid.edges), 1):
        top, bottom = grid.at(end), grid.at(least)
        if bottom - top <= 0:
            continue
        number = chip(grid.width - CHIP_WIDTH, (top + bottom) / 2, level)
        yield LevelBand(
            Rect(grid.left, top, grid.right - grid.left, bottom - top),
            Line(grid.left, bottom, grid.right, bottom),
            number if bottom - top > CHIP_HEIGHT else None,
            shaded=level % 2 == 0,
        )


def _numbers(grid: _Grid, words: ChartWords) -> Iterator[Text]:
    """The scores at which levels begin and end, at the left; none where two would touch."""
    last = grid.bottom + SMALL.size * 2
    for score in grid.edges:
        y = grid.at(score)
        if grid.low <= score <= grid.high and last - y >= SMALL.size:
            last = y
            yield Text(grid.left - 5, SMALL.centred(y), (words.score_of(score),), SMALL, "end", "muted")


def _target_label(
    target: int | None, goal: float | None, canvas: Canvas, words: ChartWords
) -> Iterator[Text]:
    """At the left end of the target's line, where the scores have not come near it yet, else elsewhere."""
    if target is None or goal is None:
        return
    text = clip(fill(words.target, level=str(target)), canvas.area.width / 2, SMALL)
    ends: tuple[tuple[float, Anchor], ...] = (
        (canvas.area.x + _AIR, "start"),
        (canvas.area.right - _AIR, "end"),
    )
    baselines = goal - _OVER, goal + _OVER + SMALL.cap
    places = (Text(x, y, (text,), SMALL, anchor) for x, anchor in ends for y in baselines)
    placed = canvas.place(places)
    canvas.lines.append(Line(canvas.area.x, goal, canvas.area.right, goal))
    if placed is not None:
        yield placed


def _values(
    expected: Sequence[float | None],
    low: Sequence[float | None],
    grid: _Grid,
    canvas: Canvas,
    words: ChartWords,
) -> Iterator[Text]:
    """Each score where it is new: the expected one over its line, the low one under its own.

    A low score that is written like the expected one is not written again. The last ones come first, so
    that they have room.
    """
    over, under = _written(expected, words), _written(low, words)
    under = ["" if text == above else text for text, above in zip(under, over, strict=True)]
    for index, length, text in reversed(_runs(over)):
        y = grid.at(expected[index] or LOWEST)
        places = _along(index, length, grid, (y - _OVER, y + _OVER + SMALL.cap), text, SMALL_BOLD, "ink")
        placed = canvas.place(places)
        if placed is not None:
            yield placed
    for index, length, text in reversed(_runs(under)):
        y = grid.at(low[index] or LOWEST)
        places = _along(index, length, grid, (y + _OVER + SMALL.cap, y - _OVER), text, SMALL, "muted")
        placed = canvas.place(places)
        if placed is not None:
            yield placed


def _written(scores: Sequence[float | None], words: ChartWords) -> list[str]:
    return ["" if score is None else words.score_of(score) for score in scores]


def _runs(written: Sequence[str]) -> list[tuple[int, int, str]]:
    """Neighbours that are written alike: where each run begins, how long it is, and what is written."""
    runs, index = [], 0
    for text, members in groupby(written):
        length = len(list(members))
        runs += [(index, length, text)] if text else []
        index += length
    return runs


def _along(
    index: int, length: int, grid: _Grid, baselines: Sequence[float], text: str, face: Face, tone: Tone
) -> Iterator[Text]:
    """In the middle of a run's first slot, else of a later one."""
    for baseline in baselines:
        for slot in range(index, index + length):
            yield Text(grid.start(slot) + grid.slot / 2, baseline, (text,), face, "middle", tone)


def _names(
    lines: tuple[Sequence[float | None], Sequence[float | None]],
    grid: _Grid,
    canvas: Canvas,
    words: ChartWords,
) -> Iterator[Text]:
    """What each line is, near its end where there is room: the expected one above, the low one below."""
    styles: tuple[tuple[Face, Tone], ...] = ((SMALL_BOLD, "accent"), (SMALL, "muted"))
    names = words.expected, words.low
    for which, (scores, name, (face, tone)) in enumerate(zip(lines, names, styles, strict=True)):
        known = [index for index, score in enumerate(scores) if score is not None]
        if not known or not clean(name):
            continue
        text = clip(name, canvas.area.width / 2 - _AIR, face)
        end, y = grid.start(known[-1] + 1) - _AIR, grid.at(scores[known[-1]] or LOWEST)
        placed = canvas.place(_name_places(end, y, text, face, tone, canvas.area, above=which == 0))
        if placed is not None:
            yield placed


def _name_places(
    end: float, y: float, text: str, face: Face, tone: Tone, area: Rect, *, above: bool
) -> Iterator[Text]:
    """Beside the end of a line, on its side of the other one first; at worst over the plot."""
    rows = [distance * face.leading for distance in (0.0, 1.0, 2.0)]
    over = [y - _OVER - row for row in rows]
    under = [y + _OVER + face.cap + row for row in rows]
    for baselines in (over, under) if above else (under, over):
        for right in (end, end - 0.12 * area.width):
            for baseline in baselines:
                yield Text(right, baseline, (text,), face, "end", tone)
    yield Text(area.right if above else area.x, _NAMES, (text,), face, "end" if above else "start", tone)


def _missing(scores: Sequence[float | None], grid: _Grid) -> Iterator[Mark]:
    """What is not known has a hollow mark at the foot of the plot."""
    for index, score in enumerate(scores):
        if score is None:
            yield Mark("missing", grid.start(index) + grid.slot / 2, grid.bottom - 6.0)


def _periods(
    points: Sequence[ProjectionPoint], grid: _Grid, words: ChartWords
) -> tuple[tuple[Text, ...], tuple[Chip, ...], Text, float]:
    """The quarters' names under the plot, their levels under these, and where that ends."""
    first = grid.bottom + _FOOT + SMALL.cap
    widest = max(SMALL.width(clean(point.label)) for point in points)
    room = grid.slot - _AIR if widest <= grid.slot - _AIR else min(grid.slot - 2, widest * _TWO_LINES)
    names = [wrap(point.label, room, SMALL, 2, balanced=True) for point in points]
    texts = tuple(
        Text(grid.start(index) + grid.slot / 2, first, name, SMALL, "middle")
        for index, name in enumerate(names)
        if name
    )
    middle = first + (max(1, *map(len, names)) - 1) * SMALL.leading + 6.0 + CHIP_HEIGHT / 2
    chips = tuple(
        chip(grid.start(index) + (grid.slot - CHIP_WIDTH) / 2, middle, checked_level(point.level))
        for index, point in enumerate(points)
    )
    label = Text(0.0, SMALL.centred(middle), (clip(words.level, grid.left, SMALL),), SMALL, "start", "muted")
    return texts, chips, label, middle + CHIP_HEIGHT / 2


def _in_words(points: Sequence[ProjectionPoint], words: ChartWords) -> str:
    said = []
    for point in points:
        scores = [
            f"{name} {words.not_assessed if score is None else words.score_of(score)}"
            for name, score in ((words.expected, point.expected), (words.low, point.low))
        ]
        said.append(f"{point.label}: {', '.join(scores)}, {words.level} {point.level or '–'}")
    return clean("; ".join(said))
