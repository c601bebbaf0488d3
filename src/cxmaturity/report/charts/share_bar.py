"""A whole and its parts, e.g. promoters, passives and detractors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.shapes import FULL_WIDTH_MM, Rect, finite, mm
from cxmaturity.report.charts.text import SMALL, SMALL_BOLD, Text, clip
from cxmaturity.report.charts.words import ChartWords, percentages

ShareKind = Literal["strong", "middle", "weak", "missing"]
"""Three steps of the ramp, and the hollow look of what is not there."""

_HEIGHT, _GAP = 9.0, 0.8
_SWATCH, _AFTER_SWATCH, _BETWEEN = 6.0, 3.5, 12.0


@dataclass(frozen=True, slots=True)
class SharePart:
    """A part; ``value`` in any unit, 0 or more."""

    label: str
    value: float
    kind: ShareKind


@dataclass(frozen=True, slots=True)
class ShareSegment:
    """A part's stretch of the bar."""

    rect: Rect
    kind: ShareKind


@dataclass(frozen=True, slots=True)
class ShareLabel:
    """A part's name and percentage, with a swatch of its colour."""

    swatch: ShareSegment
    percent: Text
    name: Text

    @property
    def box(self) -> Rect:
        """What the label covers."""
        top = min(self.swatch.rect.y, self.percent.box.y)
        right = self.name.box.right
        return Rect(self.swatch.rect.x, top, right - self.swatch.rect.x, self.percent.box.bottom - top)


@dataclass(frozen=True, slots=True)
class ShareBar(Chart):
    """The bar and its labels; without any value there is only the empty ``frame`` and ``empty``."""

    frame: Rect
    segments: tuple[ShareSegment, ...]
    labels: tuple[ShareLabel, ...]
    empty: Text | None


def share_bar(
    parts: Sequence[SharePart], *, title: str, words: ChartWords, width_mm: float = FULL_WIDTH_MM
) -> ShareBar:
    """The parts in the order given, with whole percentages that add up to 100."""
    if any(finite(part.value, "a share") < 0 for part in parts):
        raise ValueError("a part is 0 or more")
    width = mm(width_mm)
    frame = Rect(0.0, 0.0, width, _HEIGHT)
    segments = _segments(parts, width)
    if not any(part.value for part in parts):
        empty = Text(0.0, _HEIGHT + 11.0, (clip(words.no_answers, width, SMALL),), SMALL, tone="muted")
        return ShareBar(title, width, _HEIGHT + 14.0, frame, (), (), empty)
    shares = _shares(parts, words)
    names = [clip(part.label, width - _head(share), SMALL) for part, share in zip(parts, shares, strict=True)]
    widths = [_head(share) + SMALL.width(name) for share, name in zip(shares, names, strict=True)]
    places = _places([segment.rect.x for segment in segments], widths, width)
    labels = tuple(
        _label(x, row, share, name, part.kind)
        for (x, row), share, name, part in zip(places, shares, names, parts, strict=True)
    )
    bottom = max((label.percent.y for label in labels), default=_HEIGHT)
    drawn = tuple(segment for segment in segments if segment.rect.width > 0)
    return ShareBar(title, width, bottom + 3.0, frame, drawn, labels, None)


def _segments(parts: Sequence[SharePart], width: float) -> tuple[ShareSegment, ...]:
    """One a part, of no width where it has no value."""
    total = sum(part.value for part in parts)
    room = width - _GAP * max(0, sum(part.value > 0 for part in parts) - 1)
    segments, left = [], 0.0
    for part in parts:
        rect = Rect(left, 0.0, room * part.value / total if total else 0.0, _HEIGHT)
        segments.append(ShareSegment(rect, part.kind))
        left = rect.right + (_GAP if part.value else 0.0)
    return tuple(segments)


def _shares(parts: Sequence[SharePart], words: ChartWords) -> list[str]:
    """Percentages; a part that rounds to nothing is less than 1 %, not 0."""
    whole = percentages(tuple(part.value for part in parts))
    return [
        words.share("<1" if part.value and not share else str(share))
        for part, share in zip(parts, whole, strict=True)
    ]


def _head(share: str) -> float:
    """The width of a label before its name."""
    return _SWATCH + _AFTER_SWATCH + SMALL.width(share + " ")


def _places(wanted: Sequence[float], widths: Sequence[float], width: float) -> list[tuple[float, int]]:
    """Each label's left edge and row: under its part where they all fit in one row, else in rows."""
    if sum(widths) + _BETWEEN * (len(widths) - 1) > width:
        return _flow(widths, width)
    lefts: list[float] = []
    edge = 0.0
    for want, own in zip(wanted, widths, strict=True):
        lefts.append(max(want, edge))
        edge = lefts[-1] + own + _BETWEEN
    edge = width
    for index in range(len(lefts) - 1, -1, -1):
        lefts[index] = min(lefts[index], edge - widths[index])
        edge = lefts[index] - _BETWEEN
    return [(left, 0) for left in lefts]


def _flow(widths: Sequence[float], width: float) -> list[tuple[float, int]]:
    places: list[tuple[float, int]] = []
    left, row = 0.0, 0
    for own in widths:
        if left and left + own > width:
            left, row = 0.0, row + 1
        places.append((left, row))
        left += own + _BETWEEN
    return places


def _label(x: float, row: int, share: str, name: str, kind: ShareKind) -> ShareLabel:
    baseline = _HEIGHT + 11.5 + row * SMALL.leading * 1.25
    swatch = Rect(x, baseline - SMALL.cap / 2 - _SWATCH / 2, _SWATCH, _SWATCH)
    return ShareLabel(
        ShareSegment(swatch, kind),
        Text(x + _SWATCH + _AFTER_SWATCH, baseline, (share,), SMALL_BOLD),
        Text(x + _head(share), baseline, (name,), SMALL),
    )
