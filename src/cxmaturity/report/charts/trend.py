"""One figure of customer data over a few periods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cxmaturity.report.charts.axis import Interval
from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.marks import Tag, TagRow, tag_row
from cxmaturity.report.charts.placing import CLEAR, Canvas, around
from cxmaturity.report.charts.shapes import FULL_WIDTH_MM, MARK, Line, Mark, Rect, finite, mm
from cxmaturity.report.charts.text import SMALL, SMALL_BOLD, Text, clean, clip, wrap
from cxmaturity.report.charts.value_axis import Plot, Write, fitted, numbers
from cxmaturity.report.charts.words import ChartWords

_LEAST_SLOT = 18.0
_HEAD, _FOOT, _AIR = 13.0, 12.0, 4.0
_LEAST_LABEL = 46.0


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A period. ``text`` is its value as written; without a value it was not measured, or is ``hidden``.

    ``note`` stands under the period, e.g. how many answered.
    """

    label: str
    value: float | None
    text: str = ""
    interval: Interval | None = None
    note: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Trend(Chart):
    """Rings with their values, joined where neighbours are known; ``description`` says them in words.

    ``low`` and ``high`` are the ends of the axis as they are written; ``from_zero`` says whether it
    begins there.
    """

    description: str
    low: str
    high: str
    from_zero: bool
    grid: tuple[Line, ...]
    zero: Line | None
    numbers: tuple[Text, ...]
    edges: tuple[Line, ...]
    intervals: tuple[Line, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Text, ...]
    periods: tuple[Text, ...]
    key: TagRow


def trend(
    points: Sequence[TrendPoint],
    *,
    title: str,
    words: ChartWords,
    write: Write | None = None,
    digits: int | None = None,
    limits: Interval | None = None,
    width_mm: float = FULL_WIDTH_MM,
    plot_mm: float = 32.0,
) -> Trend:
    """The periods in the order given, best 2 to 8.

    ``write`` puts a value of the axis into words, with at most so many ``digits`` after the decimal mark
    of the value; ``limits`` are what the figure cannot be beyond. Of many values only those are printed
    that have room, the last one before all.
    """
    most = int(mm(width_mm) / _LEAST_SLOT)
    if not 0 < len(points) <= most:
        raise ValueError(f"a trend of this width has 1 to {most} periods, not {len(points)}")
    width, bottom = mm(width_mm), _HEAD + mm(plot_mm)
    values = list(_values(points))
    axis = fitted(values or [0.0], _HEAD, bottom, limits, digits)
    written = axis.written(write or words.number) if values else ()
    ticks, left = numbers(axis, written) if values else ((), 0.0)
    plot = Plot(axis, left, (width - left) / len(points))
    known = [point.value for point in points]
    marks = (*plot.marks(known), *_missing(known, plot))
    edges = plot.path(known)
    intervals = tuple(_intervals(points, plot))
    periods, key, low_edge = _periods(points, plot, bottom + _FOOT, words)
    return Trend(
        title=title,
        width=width,
        height=low_edge + 3.0,
        description=clean("; ".join(_in_words(point, words) for point in points)),
        low=written[0] if written else "",
        high=written[-1] if written else "",
        from_zero=bool(written) and axis.ticks[0] == 0,
        grid=axis.grid(left, width) if values else (Line(0.0, bottom, width, bottom),),
        zero=None if axis.zero is None or not values else Line(left, axis.zero, width, axis.zero),
        numbers=ticks,
        edges=edges,
        intervals=intervals,
        marks=marks,
        labels=_labels(points, marks, plot, (*edges, *intervals), width),
        periods=periods,
        key=key,
    )


def _values(points: Sequence[TrendPoint]) -> Iterator[float]:
    """All that the axis has to hold."""
    for point in points:
        if point.value is not None:
            yield finite(point.value, "a value")
            yield from (finite(end, "an interval") for end in point.interval or ())


def _missing(values: Sequence[float | None], plot: Plot) -> Iterator[Mark]:
    """What is not known has a hollow mark under the plot, where no value can stand."""
    for index, value in enumerate(values):
        if value is None:
            yield Mark("missing", plot.x(index), plot.axis.bottom + _FOOT / 2)


def _intervals(points: Sequence[TrendPoint], plot: Plot) -> Iterator[Line]:
    for index, point in enumerate(points):
        if point.value is not None and point.interval is not None:
            low, high = map(plot.axis.at, point.interval)
            yield Line(plot.x(index), low, plot.x(index), high)


def _labels(
    points: Sequence[TrendPoint], marks: Sequence[Mark], plot: Plot, lines: Sequence[Line], width: float
) -> tuple[Text, ...]:
    """Each value over its mark and interval, or where else nothing is in its way."""
    canvas = Canvas(Rect(plot.left - 4, 0.0, width - plot.left + 4, plot.axis.bottom + _FOOT))
    canvas.lines += lines
    for mark in marks:
        canvas.mark(mark)
    placed: dict[int, Text] = {}
    for index in sorted(range(len(points)), key=lambda index: (0 < index < len(points) - 1, -index)):
        point = points[index]
        if point.value is None or not clean(point.text):
            continue
        x, y = plot.x(index), plot.axis.at(point.value)
        ends = [plot.axis.at(end) for end in point.interval or ()]
        text = clip(point.text, max(plot.slot - _AIR, _LEAST_LABEL), SMALL_BOLD)
        top, bottom = min((y - CLEAR, *ends)), max((y + CLEAR, *ends))
        label = canvas.place(around(x, top, bottom, (text,), SMALL_BOLD))
        if label is not None:
            placed[index] = label
    return tuple(placed[index] for index in sorted(placed))


def _periods(
    points: Sequence[TrendPoint], plot: Plot, top: float, words: ChartWords
) -> tuple[tuple[Text, ...], TagRow, float]:
    """Names and notes under the plot, what hollow marks mean where that has no room there, and the end."""
    room = plot.slot - _AIR
    names = [wrap(point.label, room, SMALL, 2, balanced=True) for point in points]
    reasons = list(dict.fromkeys(_reason(point, words) for point in points if point.value is None))
    beside = all(SMALL.width(word) <= room for reason in reasons for word in reason.split())
    notes = [
        point.note if point.value is not None else _reason(point, words) if beside else "" for point in points
    ]
    below = [wrap(note, room, SMALL, 2) for note in notes]
    first = top + SMALL.cap
    second = first + max(1, *map(len, names)) * SMALL.leading
    texts = [Text(plot.x(index), first, name, SMALL, "middle") for index, name in enumerate(names) if name]
    texts += [
        Text(plot.x(index), second, note, SMALL, "middle", "muted")
        for index, note in enumerate(below)
        if note
    ]
    edge = second + (max(map(len, below)) - 1) * SMALL.leading
    if beside:
        return tuple(texts), TagRow((), ()), edge
    tags = [Tag("missing", reason, tone="muted") for reason in reasons]
    return tuple(texts), tag_row(tags, 0.0, edge + 2 * MARK + 6), edge + 2 * MARK + 6


def _reason(point: TrendPoint, words: ChartWords) -> str:
    return words.not_shown if point.hidden else words.not_measured


def _in_words(point: TrendPoint, words: ChartWords) -> str:
    return f"{point.label}: {_reason(point, words) if point.value is None else point.text}"
