"""A retention curve: the share that was still there, and what a model expects of the time to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.placing import CLEAR, Canvas, around
from cxmaturity.report.charts.shapes import FULL_WIDTH_MM, Line, Mark, Rect, clamp, mm
from cxmaturity.report.charts.shares import checked_share, whole_percent
from cxmaturity.report.charts.text import SMALL, SMALL_BOLD, Face, Text, Tone, clean, clip, wrap
from cxmaturity.report.charts.value_axis import Plot, ValueAxis, numbers
from cxmaturity.report.charts.words import ChartWords

_HEAD, _FOOT, _AIR = 24.0, 4.0, 3.0
_NAMES = 7.0
_MOST_PERIOD = 60.0
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A period: the share observed, the share that a model projects, both 0–1, or neither."""

    label: str
    observed: float | None = None
    projected: float | None = None


@dataclass(frozen=True, slots=True)
class Curve(Chart):
    """Rings joined where shares were observed, and a dashed line where they are projected.

    ``names`` say which is which at the lines' ends, ``description`` says all in words.
    """

    description: str
    grid: tuple[Line, ...]
    numbers: tuple[Text, ...]
    observed: tuple[Line, ...]
    projected: tuple[Line, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Text, ...]
    names: tuple[Text, ...]
    periods: tuple[Text, ...]


def curve(
    points: Sequence[CurvePoint],
    names: tuple[str, str],
    *,
    heading: str,
    title: str,
    words: ChartWords,
    width_mm: float = FULL_WIDTH_MM,
    plot_mm: float = 48.0,
) -> Curve:
    """The curve from the period of joining on, on an axis from 0 to 100 %.

    ``names`` are those of what was observed and of what is projected; ``heading`` says what the periods
    count. A projection that begins where observation ends continues its line.
    """
    if not points:
        raise ValueError("a curve needs a period")
    observed = [checked_share(point.observed) for point in points]
    projected = [checked_share(point.projected) for point in points]
    width, bottom = mm(width_mm), _HEAD + mm(plot_mm)
    axis = ValueAxis(_TICKS, 2, _HEAD, bottom)
    ticks, left = numbers(axis, [words.share(str(round(tick * 100))) for tick in _TICKS])
    plot = Plot(axis, left, (width - left) / len(points))
    lines = plot.path(observed), plot.path(_continued(observed, projected))
    marks = plot.marks(observed)
    canvas = Canvas(Rect(left - 4, 0.0, width - left + 4, bottom + _FOOT), [], [*lines[0], *lines[1]])
    for mark in marks:
        canvas.mark(mark)
    labels = tuple(_labels(observed, projected, plot, canvas, words))
    name_texts = tuple(_names((observed, projected), names, plot, canvas))
    periods, end = _periods([point.label for point in points], heading, plot, width)
    return Curve(
        title=title,
        width=width,
        height=end + 3.0,
        description=_in_words(points, names, words),
        grid=axis.grid(left, width),
        numbers=ticks,
        observed=lines[0],
        projected=lines[1],
        marks=marks,
        labels=labels,
        names=name_texts,
        periods=periods,
    )


def _continued(observed: Sequence[float | None], projected: Sequence[float | None]) -> list[float | None]:
    """The projection with the last share observed before it, if it begins right after that."""
    first = next((index for index, share in enumerate(projected) if share is not None), 0)
    path = list(projected)
    if first and observed[first] is None:
        path[first - 1] = observed[first - 1]
    return path


def _labels(
    observed: Sequence[float | None],
    projected: Sequence[float | None],
    plot: Plot,
    canvas: Canvas,
    words: ChartWords,
) -> Iterator[Text]:
    """A value at each point; of very many at every so many, and at the ends of both lines."""
    known = {
        index: share if share is not None else expected
        for index, (share, expected) in enumerate(zip(observed, projected, strict=True))
    }
    shown = {index: share for index, share in known.items() if share is not None}
    signed = SMALL_BOLD.width(words.share("88")) + _AIR <= plot.slot
    every = _every(SMALL_BOLD.width("88"), plot)
    last_seen = max((index for index, share in enumerate(observed) if share is not None), default=0)
    ends = [0, last_seen, max(shown, default=0)]
    for index in dict.fromkeys([*ends, *range(0, len(observed), every)]):
        share = shown.get(index)
        if share is None:
            continue
        number = words.share(whole_percent(share)) if signed or index in ends else whole_percent(share)
        seen, x, y = observed[index] is not None, plot.x(index), plot.axis.at(share)
        style: tuple[Face, Tone] = (SMALL_BOLD, "ink") if seen else (SMALL, "muted")
        room = CLEAR if seen else 1.5
        placed = canvas.place(around(x, y - room, y + room, (number,), *style))
        if placed is not None:
            yield placed


def _every(widest: float, plot: Plot) -> int:
    """Only each so manieth label, where they are wider than a period."""
    return int((widest + _AIR) // plot.slot) + 1


def _names(
    lines: tuple[Sequence[float | None], Sequence[float | None]],
    names: tuple[str, str],
    plot: Plot,
    canvas: Canvas,
) -> Iterator[Text]:
    """What each line is, at its end: under it, where a falling curve leaves room, else over it or on top."""
    tones: tuple[Tone, Tone] = ("ink", "muted")
    for shares, name, tone in zip(lines, names, tones, strict=True):
        ends = [(index, share) for index, share in enumerate(shares) if share is not None]
        if not ends or not clean(name):
            continue
        index, share = ends[-1]
        text = clip(name, canvas.area.width / 2 - 8, SMALL)
        placed = canvas.place(_name_places(plot.x(index), plot.axis.at(share), text, canvas.area, tone))
        if placed is not None:
            yield placed


def _name_places(end: float, y: float, text: str, area: Rect, tone: Tone) -> Iterator[Text]:
    half = SMALL.width(text) / 2
    middle = clamp(end, area.x + half, area.right - half)
    for distance in (2.4, 11.4, 20.4):
        for baseline in (y + CLEAR + distance + SMALL.cap, y - CLEAR - distance):
            yield Text(middle, baseline, (text,), SMALL, "middle", tone)
    for x in (area.right - half, area.x + half):
        yield Text(x, _NAMES, (text,), SMALL, "middle", tone)


def _periods(labels: Sequence[str], heading: str, plot: Plot, width: float) -> tuple[tuple[Text, ...], float]:
    """The periods' names under the plot, what they count, and where that ends."""
    widest = min(_MOST_PERIOD, max(SMALL.width(clean(label)) for label in labels))
    every = _every(widest, plot) if widest > plot.slot - _AIR and len(labels) > 1 else 1
    first = plot.axis.bottom + _FOOT + 6.0 + SMALL.cap
    room = min(_MOST_PERIOD, every * plot.slot - _AIR)
    texts: list[Text] = []
    for index in range(0, len(labels), every):
        name = clip(labels[index], room, SMALL)
        if name and plot.x(index) + SMALL.width(name) / 2 <= width:
            texts.append(Text(plot.x(index), first, (name,), SMALL, "middle"))
    lines = wrap(heading, width - plot.left, SMALL, 1)
    if not lines:
        return tuple(texts), first
    second = first + SMALL.leading + 2.0
    return (*texts, Text(width, second, lines, SMALL, "end", "muted")), second


def _in_words(points: Sequence[CurvePoint], names: tuple[str, str], words: ChartWords) -> str:
    said = []
    for name, shares in zip(
        names, ([p.observed for p in points], [p.projected for p in points]), strict=True
    ):
        pairs = zip(points, shares, strict=True)
        known = [
            f"{point.label}: {words.share(whole_percent(share))}"
            for point, share in pairs
            if share is not None
        ]
        said += [f"{name}: {', '.join(known)}"] if known else []
    return clean("; ".join(said))
