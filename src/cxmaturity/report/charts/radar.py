"""Dimensions around a centre: a shape to recognise an organisation by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cxmaturity.report.charts.axis import HIGHEST, SCORES, checked_score
from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.marks import Tag, key_tags, missing_tag, tag_row, tags_width
from cxmaturity.report.charts.shapes import FULL_WIDTH_MM, Line, Mark, Point, mm
from cxmaturity.report.charts.text import BODY, SMALL, SMALL_BOLD, Anchor, Text, wrap
from cxmaturity.report.charts.words import ChartWords

FEWEST, MOST = 3, 12
_INNERMOST = 0.16
"""Score 1 has a ring of its own, this far out: a shape at 1 is small, not gone."""
_GAP = 11.0
_MARGIN = 2.0
_INSIDE, _CLEAR = 5.4, 6.5
"""How far inside its ring a number stands, and how far from the shape's edge it should."""
_LINES, _NARROW, _WIDE = 2, 76.0, 124.0
"""A name has two lines of some 16 characters, or of some 26 where it is long and there is room."""
_CENTRED = 0.01


@dataclass(frozen=True, slots=True)
class RadarAxis:
    """One axis; ``None`` where there is no score, ``hidden`` where it may not be shown."""

    label: str
    perceived: float | None
    measured: float | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Ring:
    """A whole score's circle, with its number just inside."""

    radius: float
    number: Text


@dataclass(frozen=True, slots=True)
class Spoke:
    """An axis; ``missing`` when nothing is scored on it."""

    line: Line
    missing: bool


@dataclass(frozen=True, slots=True)
class Radar(Chart):
    """``areas`` and ``edges`` join neighbouring scored axes only; a gap stays open."""

    centre: Point
    rings: tuple[Ring, ...]
    spokes: tuple[Spoke, ...]
    areas: tuple[tuple[Point, ...], ...]
    edges: tuple[Line, ...]
    marks: tuple[Mark, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Disc:
    """Polar coordinates: axis by index, clockwise from the top; radius by score."""

    centre: Point
    radius: float
    axes: int

    def reach(self, score: float) -> float:
        share = (score - 1) / (HIGHEST - 1)
        return self.radius * (_INNERMOST + (1 - _INNERMOST) * share)

    def at(self, index: float, distance: float) -> Point:
        angle = 2 * math.pi * index / self.axes
        return Point(
            self.centre.x + distance * math.sin(angle),
            self.centre.y - distance * math.cos(angle),
        )


def radar(
    axes: Sequence[RadarAxis],
    *,
    title: str,
    words: ChartWords,
    width_mm: float = FULL_WIDTH_MM,
    radius_mm: float = 38.0,
) -> Radar | None:
    """The radar of 3 to 12 axes; ``None`` for any other number: show bars then."""
    if not FEWEST <= len(axes) <= MOST:
        return None
    width = mm(width_mm)
    scores = [checked_score(axis.perceived) for axis in axes]
    measured = [checked_score(axis.measured) for axis in axes]
    # laid out around (0, 0) sideways and downwards first: the labels decide how much room is above
    flat = _Disc(Point(width / 2, 0.0), mm(radius_mm), len(axes))
    top = min(0.0, *(label.top for label in _labels(axes, flat, width, words))) - _MARGIN
    disc = _Disc(Point(width / 2, -top), flat.radius, flat.axes)
    labels = _labels(axes, disc, width, words)
    bottom = max(disc.centre.y + disc.radius, *(label.bottom for label in labels))
    key = tag_row(key_tags(words) if any(score is not None for score in measured) else (), 0.0, bottom + 14.0)
    gap = _number_gap(scores, disc)
    points = [
        None if score is None else disc.at(index, disc.reach(score)) for index, score in enumerate(scores)
    ]
    rings = [disc.at(index, disc.reach(score)) for index, score in enumerate(measured) if score is not None]
    return Radar(
        title=title,
        width=width,
        height=bottom + (18.0 if key.texts else _MARGIN),
        centre=disc.centre,
        rings=tuple(_ring(disc, score, gap) for score in SCORES),
        spokes=tuple(
            Spoke(
                _line(disc.centre, disc.at(index, disc.radius)),
                scores[index] is None and measured[index] is None,
            )
            for index in range(len(axes))
        ),
        areas=_areas(points, disc.centre),
        edges=_edges(points),
        marks=(
            *(Mark("perceived", point.x, point.y) for point in points if point),
            *(Mark("measured", point.x, point.y) for point in rings),
            *(mark for label in labels for mark in label.marks),
            *key.marks,
        ),
        texts=(*(text for label in labels for text in label.texts), *key.texts),
    )


def _line(start: Point, end: Point) -> Line:
    return Line(start.x, start.y, end.x, end.y)


def _ring(disc: _Disc, score: int, gap: float) -> Ring:
    radius = disc.reach(score)
    place = disc.at(gap, radius - _INSIDE)
    return Ring(radius, Text(place.x, SMALL.centred(place.y), (str(score),), SMALL, "middle", "muted"))


def _number_gap(scores: Sequence[float | None], disc: _Disc) -> float:
    """Between which two spokes the rings' numbers stand clearest of the shape's edge."""
    half = math.pi / disc.axes

    def clearance(index: int) -> float:
        start, end = scores[index], scores[(index + 1) % disc.axes]
        if start is None or end is None:
            return disc.radius
        one, other = disc.reach(start), disc.reach(end)
        crossing = 2 * one * other * math.cos(half) / (one + other)
        return min(abs(crossing - (disc.reach(score) - _INSIDE)) for score in SCORES)

    # the last gap, at the upper left, is where readers expect them
    order: list[int] = [disc.axes - 1, *range(disc.axes - 1)]
    clear = [index for index in order if clearance(index) >= _CLEAR]
    best = clear[0] if clear else max(order, key=clearance)
    return best + 0.5


def _edges(points: Sequence[Point | None]) -> tuple[Line, ...]:
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return tuple(_line(start, end) for start, end in pairs if start and end)


def _areas(points: Sequence[Point | None], centre: Point) -> tuple[tuple[Point, ...], ...]:
    """The whole shape, or one fan from the centre for each run of neighbouring scored axes."""
    if all(points):
        return (tuple(point for point in points if point),)
    gap = points.index(None)
    runs: list[list[Point]] = [[]]
    for point in (*points[gap:], *points[:gap]):
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return tuple((centre, *run) for run in runs if len(run) > 1)


@dataclass(frozen=True, slots=True)
class _Label:
    top: float
    bottom: float
    marks: tuple[Mark, ...]
    texts: tuple[Text, ...]


def _labels(axes: Sequence[RadarAxis], disc: _Disc, width: float, words: ChartWords) -> list[_Label]:
    return [_label(axis, index, disc, width, words) for index, axis in enumerate(axes)]


def _label(axis: RadarAxis, index: int, disc: _Disc, width: float, words: ChartWords) -> _Label:
    """An axis's name and, under it, its numbers: outside the outermost ring, growing outwards."""
    place = disc.at(index, disc.radius + _GAP)
    sideways = (place.x - disc.centre.x) / (disc.radius + _GAP)
    downwards = (place.y - disc.centre.y) / (disc.radius + _GAP)
    anchor: Anchor = "middle" if abs(sideways) < _CENTRED else "start" if sideways > 0 else "end"
    tags = _tags(axis, words)
    lines = _name(axis.label, _room(anchor, place.x, disc, width))
    name_height = len(lines) * BODY.leading
    height = name_height + SMALL.cap
    top = place.y - height / 2 + downwards * height / 2
    row = tag_row(tags, _inside(place.x, tags_width(tags), anchor, width), top + height, anchor)
    name = Text(place.x, top + BODY.cap, lines, BODY, anchor)
    return _Label(top, top + height, row.marks, (name, *row.texts) if lines else row.texts)


def _room(anchor: Anchor, x: float, disc: _Disc, width: float) -> float:
    if anchor == "middle":
        return disc.radius
    return (width - x if anchor == "start" else x) - _MARGIN


def _inside(x: float, needed: float, anchor: Anchor, width: float) -> float:
    """``x``, moved where the tags would leave the chart."""
    if anchor == "start":
        return min(x, width - needed - _MARGIN)
    return max(x, needed + _MARGIN) if anchor == "end" else x


def _name(label: str, room: float) -> tuple[str, ...]:
    lines = wrap(label, min(room, _NARROW), BODY, _LINES + 1, balanced=True)
    return lines if len(lines) <= _LINES else wrap(label, min(room, _WIDE), BODY, _LINES, balanced=True)


def _tags(axis: RadarAxis, words: ChartWords) -> list[Tag]:
    tags = [missing_tag(words, hidden=axis.hidden)]
    if axis.perceived is not None:
        tags = [Tag("perceived", words.score_of(axis.perceived), SMALL_BOLD)]
    if axis.measured is not None:
        tags.append(Tag("measured", words.score_of(axis.measured)))
    return tags
