"""Arrows from one bar to a later one: which are worth drawing, and how they run between the bars."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from cxmaturity.report.charts.shapes import Point, Rect

HEAD, _HALF_HEAD = 3.0, 1.7
"""An arrowhead's length, and half its height."""
_AFTER_BAR, _BEFORE_HEAD = 2.4, 1.0
"""From a bar's end to the first lane, and from the last lane to an arrowhead."""
_CORNER = 2.2
"""Corners are cut by so much: where lines meet or cross, one sees which way each goes on."""
_SLACK = 0.01

Link = tuple[Rect, Rect]
"""The earlier bar and the later one, which begins to the right of the earlier one's end."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line through ``points`` that ends in a filled ``head``, whose first corner is its tip."""

    points: tuple[Point, ...]
    head: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class _Net:
    """All links into one bar: they share the upright part, from ``top`` to ``bottom``."""

    target: Rect
    sources: tuple[Rect, ...]

    @property
    def _heights(self) -> list[float]:
        return [_middle(bar) for bar in (self.target, *self.sources)]

    @property
    def top(self) -> float:
        return min(self._heights)

    @property
    def bottom(self) -> float:
        return max(self._heights)

    @property
    def order(self) -> tuple[bool, float]:
        """From left to right so that few lines cross: what comes from above reaches its lowest bar first."""
        y = _middle(self.target)
        falls = sum(_middle(source) - y for source in self.sources) < 0
        return (falls, -y if falls else y)

    def touches(self, other: _Net) -> bool:
        """Whether both would run over each other in one lane."""
        return self.top < other.bottom + _SLACK and other.top < self.bottom + _SLACK


def direct(needs: Mapping[int, Sequence[int]]) -> dict[int, tuple[int, ...]]:
    """The needs that no others imply: where 3 needs 2 and 2 needs 1, it need not be said that 3 needs 1.

    ``needs`` are in an order in which each number comes after all that it needs.
    """
    before: dict[int, set[int]] = {}
    kept: dict[int, tuple[int, ...]] = {}
    for number, needed in needs.items():
        implied = set().union(*(before.get(each, set()) for each in needed))
        before[number] = implied | set(needed)
        kept[number] = tuple(sorted(set(needed) - implied))
    return kept


def routed(links: Iterable[Link], gap: float) -> tuple[Arrow, ...]:
    """An elbow for each link: along the earlier bar's row, up or down before the later bar, and into it.

    ``gap`` is the room between a bar's end and a bar that begins right after it. Upright parts share a
    lane of that room only where they lead to the same bar or do not meet, so that each arrow can be
    followed to its end.
    """
    by_gap = sorted(links, key=lambda link: (link[1].x, link[1].y))
    arrows: list[Arrow] = []
    for left, group in groupby(by_gap, key=lambda link: link[1].x):
        nets = [
            _Net(target, tuple(source for source, _ in members))
            for target, members in groupby(group, key=lambda link: link[1])
        ]
        for net, lane in _in_lanes(nets, left - gap + _AFTER_BAR, left - HEAD - _BEFORE_HEAD):
            arrows += [_elbow(source, net.target, lane) for source in net.sources]
    return tuple(arrows)


def straight(start: float, bar: Rect) -> Arrow:
    """An arrow along a bar's own row into it."""
    y = _middle(bar)
    return _into(bar, Point(start, y))


def _in_lanes(nets: Iterable[_Net], left: float, right: float) -> list[tuple[_Net, float]]:
    """Each net with the place of its lane; lanes are spread evenly from ``left`` to ``right``."""
    lanes: list[tuple[_Net, int]] = []
    for net in sorted(nets, key=lambda net: net.order):
        lanes.append((net, 1 + max((lane for other, lane in lanes if net.touches(other)), default=-1)))
    count = 1 + max(lane for _, lane in lanes)
    return [(net, left + (lane + 0.5) / count * (right - left)) for net, lane in lanes]


def _elbow(source: Rect, target: Rect, lane: float) -> Arrow:
    start, end = _middle(source), _middle(target)
    fall = math.copysign(min(_CORNER, abs(end - start) / 2), end - start)
    last = min(_CORNER, target.x - HEAD - lane)
    return _into(
        target,
        Point(source.right, start),
        Point(lane - min(_CORNER, lane - source.right), start),
        Point(lane, start + fall),
        Point(lane, end - fall),
        Point(lane + last, end),
    )


def _into(bar: Rect, *points: Point) -> Arrow:
    y, base = _middle(bar), bar.x - HEAD
    head = (Point(bar.x, y), Point(base, y - _HALF_HEAD), Point(base, y + _HALF_HEAD))
    return Arrow((*points, Point(base, y)), head)


def _middle(bar: Rect) -> float:
    return bar.y + bar.height / 2
