"""Two groups side by side, row by row: their scores, and how far apart they are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cxmaturity.report.charts.axis import Interval, ScoreAxis, checked_score
from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.marks import Tag, TagRow, tag_row
from cxmaturity.report.charts.rows import Stack, row_label, row_label_height, stack
from cxmaturity.report.charts.shapes import FULL_WIDTH_MM, MARK, Line, Mark, Rect, clamp, finite, mm
from cxmaturity.report.charts.text import BODY, BODY_BOLD, SMALL, SMALL_BOLD, Text, clean, clip
from cxmaturity.report.charts.words import ChartWords
from cxmaturity.scoring.scale import shown_difference

_LABEL_WIDTH = 142.0
_SCORES, _DIFFERENCES = (170.0, 318.0), (346.0, 444.0)
_KEY, _NUMBERS, _TOP, _LEAST_ROW = 8.0, 22.0, 29.0, 18.0
_BAR, _HEADING = 5.0, 60.0
_BESIDE = MARK + 2.5
_ARROW = 2.2
_USUAL, _NEVER_CUT = 0.9, 2.0
"""Of the intervals, the part that an axis holds whole, and up to where it holds all."""
_MOST = 4.0
"""Two scores on a scale from 1 to 5 cannot lie further apart."""


@dataclass(frozen=True, slots=True)
class GapRow:
    """One practice, dimension or the whole in the eyes of two groups.

    ``interval`` is that of the first less the second, ``clear`` whether it is beyond chance. Without both
    scores nothing is drawn but a hollow mark and ``reason``. ``note`` stands under the label.
    ``written`` are both scores and their difference as they are printed; by default with one decimal, the
    difference being what a reader finds who subtracts.
    """

    label: str
    first: float | None
    second: float | None
    interval: Interval | None = None
    clear: bool = False
    reason: str = ""
    note: str = ""
    written: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class GapLine:
    """A drawn row: the two marks with their numbers, and the difference as a bar from 0.

    ``arrows`` stand at the ends of an interval that goes on beyond the axis.
    """

    texts: tuple[Text, ...]
    numbers: tuple[Text, ...]
    gap: Line | None
    marks: tuple[Mark, ...]
    bar: Rect | None
    interval: Line | None
    arrows: tuple[Line, ...]
    clear: bool
    missing: TagRow | None


@dataclass(frozen=True, slots=True)
class GapChart(Chart):
    """All rows over a 1–5 axis and an axis of differences; ``description`` says them in words."""

    description: str
    key: TagRow
    grid: tuple[Line, ...]
    zero: Line
    separators: tuple[Line, ...]
    headings: tuple[Text, ...]
    rows: tuple[GapLine, ...]


@dataclass(frozen=True, slots=True)
class _DifferenceAxis:
    """A horizontal axis of differences with 0 in its middle and ``limit`` at its ends."""

    limit: float

    def at(self, difference: float) -> float:
        """Where a difference stands, at most at an end."""
        left, right = _DIFFERENCES
        share = clamp(finite(difference, "an interval"), -self.limit, self.limit) / self.limit
        return (left + right) / 2 + share * (right - left) / 2

    def arrows(self, interval: Interval, y: float) -> Iterator[Line]:
        """The heads at the ends of an interval that goes on beyond the axis: two short lines each."""
        for end in interval:
            if abs(end) > self.limit:
                x, back = self.at(end), math.copysign(_ARROW, -end)
                yield Line(x + back, y - _ARROW, x, y)
                yield Line(x + back, y + _ARROW, x, y)


def reach_of(rows: Sequence[GapRow]) -> float:
    """How far an axis of differences has to reach, in half points.

    As far as every difference, and as nine in ten intervals or all of them up to two points: a few wide
    ones shall not flatten all others.
    """
    drawn = [row for row in rows if row.first is not None and row.second is not None]
    differences = [abs((row.first or 0.0) - (row.second or 0.0)) for row in drawn]
    furthest = sorted(max(map(abs, row.interval)) for row in drawn if row.interval) or [0.0]
    usual = furthest[math.ceil(_USUAL * len(furthest)) - 1]
    needed = max(0.5, *differences, usual, min(furthest[-1], _NEVER_CUT))
    return min(_MOST, math.ceil(needed * 2) / 2)


def gap_chart(
    rows: Sequence[GapRow], names: tuple[str, str], *, reach: float, title: str, words: ChartWords
) -> GapChart:
    """The rows in the order given; a difference is the first group's score less the second's.

    Its axis goes to ``reach`` in both directions, so that charts side by side can share one.
    """
    width = mm(FULL_WIDTH_MM)
    axis, differences = ScoreAxis(*_SCORES), _DifferenceAxis(reach)
    places = stack((row_label_height(row.label, row.note, _LABEL_WIDTH) for row in rows), _TOP, _LEAST_ROW)
    bottom = places[-1].bottom if places else _TOP
    zero = differences.at(0.0)
    return GapChart(
        title=title,
        width=width,
        height=bottom + 2.0,
        description=clean("; ".join(_in_words(row, names, words) for row in rows)),
        key=_key(names),
        grid=axis.grid(_TOP - 4, bottom),
        zero=Line(zero, _TOP - 4, zero, bottom),
        separators=tuple(Line(0.0, place.bottom, width, place.bottom) for place in places),
        headings=(*axis.numbers(_NUMBERS), *_headings(differences, width, words)),
        rows=tuple(
            _row(row, place, axis, differences, words) for row, place in zip(rows, places, strict=True)
        ),
    )


def _key(names: tuple[str, str]) -> TagRow:
    room = (mm(FULL_WIDTH_MM) - _HEADING - 40.0) / 2
    first, second = (clip(name, room, SMALL) for name in names)
    return tag_row([Tag("perceived", first, SMALL_BOLD), Tag("second", second)], 0.0, _KEY)


def _headings(axis: _DifferenceAxis, width: float, words: ChartWords) -> tuple[Text, ...]:
    name = clip(words.difference, _HEADING, SMALL)
    limits = (-axis.limit, 0.0, axis.limit)
    return (
        Text(width, _KEY, (name,), SMALL, "end", "muted"),
        *(
            Text(
                axis.at(limit),
                _NUMBERS,
                (words.signed(limit, 0 if limit == round(limit) else 1),),
                SMALL,
                "middle",
                "muted",
            )
            for limit in limits
        ),
    )


def _row(
    row: GapRow, place: Stack, axis: ScoreAxis, differences: _DifferenceAxis, words: ChartWords
) -> GapLine:
    first, second, y = checked_score(row.first), checked_score(row.second), place.middle
    label = row_label(row.label, row.note, _LABEL_WIDTH, y)
    if first is None or second is None:
        reason = clip(row.reason or words.not_shown, mm(FULL_WIDTH_MM) - axis.left - 4 * MARK, SMALL)
        tag = Tag("missing", reason, tone="muted")
        missing = tag_row([tag], axis.left - MARK, SMALL.centred(y))
        return GapLine(label, (), None, (), None, None, (), clear=False, missing=missing)
    *scores, apart = _written(row, words)
    difference = Text(
        mm(FULL_WIDTH_MM),
        BODY.centred(y),
        (apart,),
        BODY_BOLD if row.clear else BODY,
        "end",
        "ink" if row.clear else "muted",
    )
    ends = sorted((differences.at(0.0), differences.at(first - second)))
    return GapLine(
        texts=(*label, difference),
        numbers=_numbers((first, second), scores, axis, y),
        gap=Line(axis.at(first), y, axis.at(second), y),
        marks=(Mark("perceived", axis.at(first), y), Mark("second", axis.at(second), y)),
        bar=Rect(ends[0], y - _BAR / 2, ends[1] - ends[0], _BAR),
        interval=Line(differences.at(row.interval[0]), y, differences.at(row.interval[1]), y)
        if row.interval
        else None,
        arrows=tuple(differences.arrows(row.interval, y)) if row.interval else (),
        clear=row.clear,
        missing=None,
    )


def _written(row: GapRow, words: ChartWords) -> tuple[str, str, str]:
    """Both scores and their difference as they are printed."""
    if row.written:
        return row.written
    first, second = row.first or 0.0, row.second or 0.0
    return words.score_of(first), words.score_of(second), words.signed(shown_difference(first, second))


def _numbers(
    scores: tuple[float, float], written: Sequence[str], axis: ScoreAxis, y: float
) -> tuple[Text, Text]:
    """Each number on the outer side of its mark, the first group's in bold."""
    first, second = scores
    baseline = SMALL.centred(y)
    one = Text(axis.at(first) + _BESIDE, baseline, (written[0],), SMALL_BOLD)
    other = Text(axis.at(second) - _BESIDE, baseline, (written[1],), SMALL, "end")
    if first >= second:
        return one, other
    return (
        replace(one, x=axis.at(first) - _BESIDE, anchor="end"),
        replace(other, x=axis.at(second) + _BESIDE, anchor="start"),
    )


def _in_words(row: GapRow, names: tuple[str, str], words: ChartWords) -> str:
    if row.first is None or row.second is None:
        return f"{row.label}: {row.reason or words.not_shown}"
    one, other, _ = _written(row, words)
    return f"{row.label}: {names[0]} {one}, {names[1]} {other}"
