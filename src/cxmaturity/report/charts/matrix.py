"""Effort against impact: where to begin."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.shapes import FULL_WIDTH_MM, Point, Rect, clamp, finite, mm
from cxmaturity.report.charts.text import BODY_BOLD, SMALL, SMALL_BOLD, Text, clip, wrap
from cxmaturity.report.charts.words import ChartWords

Quadrant = Literal["quick-win", "major-project", "fill-in", "reconsider"]
"""Low effort and high impact; high and high; low and low; high effort and low impact."""

QUADRANTS: tuple[Quadrant, ...] = ("quick-win", "major-project", "fill-in", "reconsider")
_RIGHT, _LOWER = {"major-project", "reconsider"}, {"fill-in", "reconsider"}

RADIUS = 7.6
_APART = 2 * RADIUS + 1.6
_PLOT_HEIGHT, _HEADING, _TOP = 236.0, 17.0, 14.0
_EDGE, _BEFORE_VALUES = 0.3, 5.0
"""Half a border; and the room between the plot and the values of the upright axis."""
_GUTTER, _INDENT, _FEW = 18.0, 17.0, 24
_STEP = 2.0
"""The grid on which free places are looked for, in points."""


@dataclass(frozen=True, slots=True)
class MatrixPoint:
    """A recommendation; effort and impact in any unit, ``quadrant`` as the planner sees it."""

    number: int
    label: str
    effort: float
    impact: float
    quadrant: Quadrant


@dataclass(frozen=True, slots=True)
class QuadrantArea:
    """A quadrant with its name."""

    name: Quadrant
    rect: Rect
    label: Text


@dataclass(frozen=True, slots=True)
class Dot:
    """A numbered circle."""

    centre: Point
    radius: float
    number: Text


@dataclass(frozen=True, slots=True)
class Matrix(Chart):
    """Four quadrants, numbered circles, axis names and values, and the list of what they stand for."""

    quadrants: tuple[QuadrantArea, ...]
    dots: tuple[Dot, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Two straight halves that meet at the split, so that the quadrants are of equal size."""

    low: float
    split: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        middle = (self.start + self.end) / 2
        if value < self.split:
            return self.start + (value - self.low) / (self.split - self.low) * (middle - self.start)
        return middle + (value - self.split) / (self.high - self.split) * (self.end - middle)

    def labels(self, words: ChartWords) -> tuple[str, str, str]:
        """The values at the start, the split and the end, with as many decimals as tell them apart."""
        digits = next((digits for limit, digits in ((1, 2), (10, 1)) if abs(self.high) < limit), 0)
        low, split, high = (words.number(value, digits) for value in (self.low, self.split, self.high))
        return low, split, high


def matrix(
    points: Sequence[MatrixPoint],
    x_label: str,
    y_label: str,
    quadrant_names: Mapping[Quadrant, str],
    effort_split: float,
    impact_split: float,
    *,
    title: str,
    words: ChartWords,
) -> Matrix:
    """Recommendations by effort and impact, split at what counts as much.

    On both sides of a split the scale is straight, but not the same, so the values at the ends and
    at the split are printed. Circles that would cover each other move apart, within their quadrant.
    """
    width = mm(FULL_WIDTH_MM)
    impacts = _scale((point.impact for point in points), impact_split, _TOP + _PLOT_HEIGHT, _TOP)
    values = _impact_values(impacts, width, words)
    right = min(value.box.x for value in values) - _BEFORE_VALUES
    efforts = _scale((point.effort for point in points), effort_split, _EDGE, right)
    areas = tuple(_area(name, quadrant_names[name], right) for name in QUADRANTS)
    below = _TOP + _PLOT_HEIGHT + 10.5
    listed, bottom = _list(points, width, below + 20.0)
    return Matrix(
        title=title,
        width=width,
        height=(bottom if points else below) + 3.0,
        quadrants=areas,
        dots=_dots(points, efforts, impacts, {area.name: area.rect for area in areas}),
        texts=(
            Text(0.0, 7.5, (clip(y_label, width, SMALL),), SMALL),
            *values,
            *_effort_values(efforts, x_label, below, words),
            *listed,
        ),
    )


def _scale(values: Iterable[float], split: float, start: float, end: float) -> _Scale:
    """From 0, or from what is less, to the most there is."""
    known = [finite(value, "a position") for value in (*values, split)]
    low, high = min(0.0, *known), max(known)
    spread = (high - low) or 1.0
    return _Scale(
        low if low < split else split - spread, split, high if high > split else split + spread, start, end
    )


def _area(name: Quadrant, label: str, width: float) -> QuadrantArea:
    half_width, half_height = (width - _EDGE) / 2, _PLOT_HEIGHT / 2
    rect = Rect(
        _EDGE + half_width * (name in _RIGHT), _TOP + half_height * (name in _LOWER), half_width, half_height
    )
    text = clip(label, half_width - 16, BODY_BOLD)
    return QuadrantArea(name, rect, Text(rect.x + 8, rect.y + 13.5, (text,), BODY_BOLD))


def _impact_values(scale: _Scale, width: float, words: ChartWords) -> tuple[Text, ...]:
    places = (scale.start - 1.0, SMALL.centred((scale.start + scale.end) / 2), scale.end + SMALL.cap + 1.0)
    return tuple(
        Text(width, y, (value,), SMALL, "end", "muted")
        for y, value in zip(places, scale.labels(words), strict=True)
    )


def _effort_values(scale: _Scale, label: str, y: float, words: ChartWords) -> tuple[Text, ...]:
    low, split, high = scale.labels(words)
    middle = (scale.start + scale.end) / 2
    last = Text(scale.end, y, (high,), SMALL, "end", "muted")
    name = clip(label, last.box.x - middle - SMALL.width(split) - 12, SMALL)
    return (
        Text(scale.start, y, (low,), SMALL, tone="muted"),
        Text(middle, y, (split,), SMALL, "middle", "muted"),
        last,
        Text(last.box.x - 8, y, (name,), SMALL, "end"),
    )


def _dots(
    points: Sequence[MatrixPoint], efforts: _Scale, impacts: _Scale, areas: Mapping[Quadrant, Rect]
) -> tuple[Dot, ...]:
    """Circles in the order of their numbers, each as near to its true place as the others allow."""
    taken: list[Point] = []
    dots: list[Dot] = []
    for point in sorted(points, key=lambda point: point.number):
        room = _room(areas[point.quadrant])
        wanted = Point(efforts.at(point.effort), impacts.at(point.impact))
        centre = _free(_held(wanted, room), taken, room)
        taken.append(centre)
        number = Text(centre.x, SMALL.centred(centre.y), (str(point.number),), SMALL_BOLD, "middle", "paper")
        dots.append(Dot(centre, RADIUS, number))
    return tuple(dots)


def _room(area: Rect) -> Rect:
    """Where the centres of a quadrant's circles may be: under its name, off its edges."""
    edge = RADIUS + 2.0
    top = area.y + edge + _HEADING
    return Rect(area.x + edge, top, area.width - 2 * edge, area.bottom - edge - top)


def _held(point: Point, room: Rect) -> Point:
    return Point(clamp(point.x, room.x, room.right), clamp(point.y, room.y, room.bottom))


def _free(wanted: Point, taken: Sequence[Point], room: Rect) -> Point:
    """The free place nearest to the wanted one; the wanted one itself when the quadrant is full."""

    def distance(place: Point) -> float:
        return math.hypot(place.x - wanted.x, place.y - wanted.y)

    def is_free(place: Point) -> bool:
        return all(math.hypot(place.x - other.x, place.y - other.y) >= _APART for other in taken)

    if is_free(wanted):
        return wanted
    return next((place for place in sorted(_grid(room), key=distance) if is_free(place)), wanted)


def _grid(room: Rect) -> Iterable[Point]:
    for column in range(int(room.width / _STEP) + 1):
        for row in range(int(room.height / _STEP) + 1):
            yield Point(room.x + column * _STEP, room.y + row * _STEP)


def _list(points: Sequence[MatrixPoint], width: float, top: float) -> tuple[tuple[Text, ...], float]:
    """Number and name of each in columns, and where the list ends; many names have one line each."""
    columns, lines = (2, 2) if len(points) <= _FEW else (2, 1) if len(points) <= 2 * _FEW else (3, 1)
    column_width = (width - _GUTTER * (columns - 1)) / columns
    ordered = sorted(points, key=lambda point: point.number)
    rows = -(-len(ordered) // columns)
    texts: list[Text] = []
    bottom = last = top
    for index, point in enumerate(ordered):
        column, row = divmod(index, rows)
        y = top if row == 0 else last + SMALL.leading + 3.0
        left = column * (column_width + _GUTTER)
        name = wrap(point.label, column_width - _INDENT, SMALL, lines, balanced=True)
        texts += [
            Text(left + _INDENT - 5, y, (str(point.number),), SMALL_BOLD, "end"),
            Text(left + _INDENT, y, name, SMALL),
        ]
        last = y + (max(1, len(name)) - 1) * SMALL.leading
        bottom = max(bottom, last)
    return tuple(texts), bottom
