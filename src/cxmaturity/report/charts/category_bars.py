"""Named quantities side by side, e.g. complaints by what they are about: label, bar, number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cxmaturity.report.charts.axis import Interval
from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.marks import Tag, TagRow, tag_row
from cxmaturity.report.charts.rows import Stack, row_label, row_label_height, stack
from cxmaturity.report.charts.shapes import FULL_WIDTH_MM, MARK, Line, Rect, clamp, finite, mm
from cxmaturity.report.charts.share_bar import ShareKind
from cxmaturity.report.charts.text import BODY, BODY_BOLD, SMALL, Text, clean, clip
from cxmaturity.report.charts.words import ChartWords

_LABEL_SHARE, _LEAST_LABEL, _MOST_LABEL = 0.4, 10.0, 190.0
_BEFORE_BARS, _BEFORE_NUMBER = 10.0, 5.0
_MOST_NUMBER = 0.24
_TOP, _LEAST_ROW, _NOTED, _BAR = 1.0, 18.0, 3.0, 8.0


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category; ``text`` is its value as it is written, ``note`` stands under the label.

    Without a value it was not measured, or is ``hidden``. ``kind`` is the bar's tone.
    """

    label: str
    value: float | None
    text: str = ""
    note: str = ""
    interval: Interval | None = None
    kind: ShareKind = "middle"
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """A drawn row; ``track`` is the whole that a bar is part of."""

    texts: tuple[Text, ...]
    track: Rect | None
    bar: Rect | None
    interval: Line | None
    kind: ShareKind
    missing: TagRow | None


@dataclass(frozen=True, slots=True)
class CategoryBars(Chart):
    """All rows over one axis from 0; ``description`` says them in words."""

    description: str
    base: Line
    rows: tuple[CategoryLine, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    """The room of labels and numbers, where bars begin and end, and what the end stands for."""

    label: float
    left: float
    right: float
    number: float
    most: float
    tracked: bool

    def at(self, value: float) -> float:
        share = clamp(finite(value, "a value") / self.most, 0.0, 1.0)
        return self.left + share * (self.right - self.left)


def category_bars(
    rows: Sequence[CategoryRow],
    *,
    title: str,
    words: ChartWords,
    whole: float | None = None,
    width_mm: float = FULL_WIDTH_MM,
) -> CategoryBars:
    """The rows in the order given; each number stands at the end of its bar.

    ``whole`` is what each value is a part of, e.g. 1.0 of shares; without it the longest bar fills
    the room.
    """
    if any(finite(row.value or 0.0, "a value") < 0 for row in rows):
        raise ValueError("a bar begins at 0: its value is 0 or more")
    width = mm(width_mm)
    layout = _layout(rows, whole, width)
    heights = (row_label_height(row.label, row.note, layout.label) - _NOTED for row in rows)
    places = stack(heights, _TOP, _LEAST_ROW)
    bottom = places[-1].bottom if places else _TOP + _LEAST_ROW
    return CategoryBars(
        title=title,
        width=width,
        height=bottom + 1.0,
        description=clean("; ".join(f"{row.label}: {_said(row, words)}" for row in rows)),
        base=Line(layout.left, _TOP, layout.left, bottom),
        rows=tuple(_row(row, place, layout, width, words) for row, place in zip(rows, places, strict=True)),
    )


def _layout(rows: Sequence[CategoryRow], whole: float | None, width: float) -> _Layout:
    """Labels take what they need up to two fifths, numbers up to a quarter, bars the rest."""
    widest = max((_label_width(row) for row in rows), default=0.0)
    label = max(_LEAST_LABEL, min(widest, width * _LABEL_SHARE, _MOST_LABEL))
    longest = max((BODY_BOLD.width(clean(row.text)) for row in rows if row.value is not None), default=0.0)
    number = min(longest, width * _MOST_NUMBER)
    right = width - number - _BEFORE_NUMBER
    reach = [end for row in rows if row.value is not None for end in (row.value, *(row.interval or ()))]
    most = whole if whole is not None else max(reach, default=0.0)
    whole_or_most = finite(most, "a whole") if most > 0 else 1.0
    return _Layout(label, label + _BEFORE_BARS, right, number, whole_or_most, tracked=whole is not None)


def _label_width(row: CategoryRow) -> float:
    return max(BODY.width(clean(row.label)), SMALL.width(clean(row.note)))


def _row(row: CategoryRow, place: Stack, layout: _Layout, width: float, words: ChartWords) -> CategoryLine:
    y = place.middle
    label = row_label(row.label, row.note, layout.label, y)
    if row.value is None:
        reason = clip(_said(row, words), width - layout.left - 4 * MARK, SMALL)
        missing = tag_row([Tag("missing", reason, tone="muted")], layout.left + 2, SMALL.centred(y))
        return CategoryLine(label, None, None, None, row.kind, missing)
    end, top = layout.at(row.value), y - _BAR / 2
    interval = None
    if row.interval is not None:
        low, high = map(layout.at, row.interval)
        interval = Line(low, y, high, y)
    after = layout.right if layout.tracked else max(end, interval.x2 if interval else end)
    text = clip(row.text, layout.number, BODY_BOLD)
    number = (
        Text(width, BODY.centred(y), (text,), BODY_BOLD, "end")
        if layout.tracked
        else Text(after + _BEFORE_NUMBER, BODY.centred(y), (text,), BODY_BOLD)
    )
    return CategoryLine(
        texts=(*label, number),
        track=Rect(layout.left, top, layout.right - layout.left, _BAR) if layout.tracked else None,
        bar=Rect(layout.left, top, end - layout.left, _BAR) if end > layout.left else None,
        interval=interval,
        kind=row.kind,
        missing=None,
    )


def _said(row: CategoryRow, words: ChartWords) -> str:
    if row.value is not None:
        return row.text
    return words.not_shown if row.hidden else words.not_measured
