"""What more of something brings: when a target is reached, and the score at the end, by the amount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cxmaturity.report.charts.axis import HIGHEST, LOWEST, checked_score
from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.placing import CLEAR, Canvas, around
from cxmaturity.report.charts.shapes import FULL_WIDTH_MM, MARK, Line, Mark, Rect, clamp, finite, mm
from cxmaturity.report.charts.text import SMALL, SMALL_BOLD, Text, clean, clip
from cxmaturity.report.charts.value_axis import ValueAxis, fitted
from cxmaturity.report.charts.words import ChartWords

_TOP, _HEADING, _BETWEEN, _FOOT = 8.0, 15.0, 16.0, 8.0
_LANE = 13.0
_NAMES, _AIR = 60.0, 5.0
_WIDEST = 4.4
"""Of the scores an axis may be numbered with, the one that is written widest."""
_INSET = 12.0
"""From the plot's sides to the first and the last amount."""


@dataclass(frozen=True, slots=True)
class TradeoffPoint:
    """An amount and what it brings; ``label`` is the amount as written.

    ``reached`` is the index of the quarter in which the target is reached, ``score`` the one at the end
    (1–5). ``current`` is the amount that there is today.
    """

    amount: float
    label: str
    reached: int | None
    score: float | None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Tradeoff(Chart):
    """One or two panels over the same amounts; ``description`` says them in words.

    ``present`` is the line at the present amount in each panel.
    """

    description: str
    headings: tuple[Text, ...]
    grid: tuple[Line, ...]
    numbers: tuple[Text, ...]
    present: tuple[Line, ...]
    edges: tuple[Line, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Text, ...]
    amounts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Panel:
    """One panel between ``top`` and ``bottom``."""

    bottom: float
    grid: tuple[Line, ...] = ()
    numbers: tuple[Text, ...] = ()
    edges: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    labels: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class _Amounts:
    """The shared axis of amounts."""

    left: float
    right: float
    low: float
    high: float

    def at(self, amount: float) -> float:
        if self.high == self.low:
            return (self.left + self.right) / 2
        start, end = self.left + _INSET, self.right - _INSET
        return start + (amount - self.low) / (self.high - self.low) * (end - start)


def tradeoff(
    points: Sequence[TradeoffPoint],
    quarters: Sequence[str],
    *,
    amount: str,
    score: str,
    reached: str = "",
    title: str,
    words: ChartWords,
    width_mm: float = FULL_WIDTH_MM,
    score_mm: float = 32.0,
) -> Tradeoff:
    """The points by their amounts: above, the quarter in which the target is reached; below, the score.

    ``amount``, ``score`` and ``reached`` are the headings of the amounts and of the panels; without
    ``reached`` there is no target and no panel of quarters. Amounts that do not reach it have a hollow
    mark in a lane of their own over the latest quarter.
    """
    ordered = _checked(points, quarters)
    width = mm(width_mm)
    axis = _Amounts(_left(quarters, words, reached), width, ordered[0].amount, ordered[-1].amount)
    upper = _reach_panel(ordered, quarters, axis, words) if reached else None
    lower_top = upper.bottom + _BETWEEN if upper else _TOP
    lower = _score_panel(ordered, axis, lower_top + _HEADING, mm(score_mm), words)
    panels = [panel for panel in (upper, lower) if panel]
    amounts, bottom = _amounts(ordered, axis, lower.bottom + _FOOT, amount, words)
    heads = [(reached, _TOP)] * bool(upper) + [(score, lower_top)]
    present = tuple(
        _present(
            ordered, axis, [(y + 6.0, panel.bottom) for (_, y), panel in zip(heads, panels, strict=True)]
        )
    )
    headings = tuple(Text(0.0, y, (clip(name, width, SMALL_BOLD),), SMALL_BOLD) for name, y in heads)
    return Tradeoff(
        title=title,
        width=width,
        height=bottom + 3.0,
        description=_in_words(ordered, quarters, words, with_target=bool(reached)),
        headings=headings,
        grid=tuple(line for panel in panels for line in panel.grid),
        numbers=tuple(text for panel in panels for text in panel.numbers),
        present=present,
        edges=tuple(line for panel in panels for line in panel.edges),
        marks=tuple(mark for panel in panels for mark in panel.marks),
        labels=tuple(text for panel in panels for text in panel.labels),
        amounts=amounts,
    )


def _checked(points: Sequence[TradeoffPoint], quarters: Sequence[str]) -> list[TradeoffPoint]:
    """The points by amount; ``ValueError`` for what cannot be drawn."""
    if not points:
        raise ValueError("a trade-off needs an amount")
    ordered = sorted(points, key=lambda point: finite(point.amount, "an amount"))
    if any(one.amount == other.amount for one, other in pairwise(ordered)):
        raise ValueError("each amount stands once")
    for point in ordered:
        checked_score(point.score)
        if point.reached is not None and not 0 <= point.reached < len(quarters):
            raise ValueError(f"there is no quarter {point.reached}")
    return ordered


def _left(quarters: Sequence[str], words: ChartWords, reached: str) -> float:
    """Where the plots begin: right of the names of quarters, or of the scores."""
    names = [*quarters, words.not_reached] if reached else [words.number(_WIDEST)]
    return max(SMALL.width(clip(name, _NAMES, SMALL)) for name in names) + _AIR


def _reach_panel(
    points: Sequence[TradeoffPoint], quarters: Sequence[str], axis: _Amounts, words: ChartWords
) -> _Panel:
    """A lane for each quarter from the latest concerned down to the first, and one over them for never."""
    known = [point.reached for point in points if point.reached is not None]
    lanes = list(range(max(known), min(known) - 1, -1)) if known else []
    top = _TOP + _HEADING
    never = any(point.reached is None for point in points)
    names = ([words.not_reached] if never else []) + [quarters[index] for index in lanes]
    heights = [top + (row + 0.5) * _LANE for row in range(len(names))]
    by_quarter = dict(zip(lanes, heights[never:], strict=True))
    places = [
        (axis.at(point.amount), heights[0] if point.reached is None else by_quarter[point.reached], point)
        for point in points
    ]
    return _Panel(
        bottom=top + len(names) * _LANE,
        grid=tuple(Line(axis.left, y, axis.right, y) for y in heights),
        numbers=tuple(
            Text(axis.left - _AIR, SMALL.centred(y), (clip(name, _NAMES, SMALL),), SMALL, "end", "muted")
            for name, y in zip(names, heights, strict=True)
        ),
        edges=tuple(
            Line(x, y, next_x, next_y)
            for (x, y, point), (next_x, next_y, following) in pairwise(places)
            if point.reached is not None and following.reached is not None
        ),
        marks=tuple(
            Mark("missing" if point.reached is None else "perceived", x, y) for x, y, point in places
        ),
    )


def _score_panel(
    points: Sequence[TradeoffPoint], axis: _Amounts, top: float, height: float, words: ChartWords
) -> _Panel:
    """A mark with its number for each score, on an axis fitted to them."""
    known = [point.score for point in points if point.score is not None]
    values = fitted(known or [LOWEST, HIGHEST], top, top + height, (LOWEST, HIGHEST), 1)
    places = [
        (axis.at(point.amount), values.at(point.score), point) for point in points if point.score is not None
    ]
    hollow = (Mark("missing", axis.at(p.amount), top + height - MARK - 2) for p in points if p.score is None)
    marks = (*(Mark("perceived", x, y) for x, y, _ in places), *hollow)
    edges = tuple(
        Line(axis.at(one.amount), values.at(one.score), axis.at(other.amount), values.at(other.score))
        for one, other in pairwise(points)
        if one.score is not None and other.score is not None
    )
    canvas = Canvas(Rect(axis.left - 2, top - 9, axis.right - axis.left + 2, height + 16), [], list(edges))
    for mark in marks:
        canvas.mark(mark)
    return _Panel(
        bottom=top + height,
        grid=values.grid(axis.left, axis.right),
        numbers=tuple(_ticks(values, axis, words)),
        edges=edges,
        marks=marks,
        labels=tuple(_scores(places, canvas, words)),
    )


def _ticks(values: ValueAxis, axis: _Amounts, words: ChartWords) -> Iterator[Text]:
    for tick, written in zip(values.ticks, values.written(words.number), strict=True):
        yield Text(axis.left - _AIR, SMALL.centred(values.at(tick)), (written,), SMALL, "end", "muted")


def _scores(
    places: Sequence[tuple[float, float, TradeoffPoint]], canvas: Canvas, words: ChartWords
) -> Iterator[Text]:
    """The number of each score, the present one's before all and in bold."""
    for x, y, point in sorted(places, key=lambda place: not place[2].current):
        face = SMALL_BOLD if point.current else SMALL
        number = words.score_of(point.score or LOWEST)
        placed = canvas.place(around(x, y - CLEAR, y + CLEAR, (number,), face))
        if placed is not None:
            yield placed


def _present(
    points: Sequence[TradeoffPoint], axis: _Amounts, spans: Sequence[tuple[float, float]]
) -> Iterator[Line]:
    for point in points:
        if point.current:
            x = axis.at(point.amount)
            yield from (Line(x, top, x, bottom) for top, bottom in spans)


def _amounts(
    points: Sequence[TradeoffPoint], axis: _Amounts, top: float, heading: str, words: ChartWords
) -> tuple[tuple[Text, ...], float]:
    """The amounts under the plots, those that have room; under them what they are, and which is today's."""
    first = top + SMALL.cap
    canvas = Canvas(Rect(0.0, top - 2, axis.right, SMALL.size + 6))
    ends = points[-1], points[0]
    texts: list[Text] = []
    for point in sorted(points, key=lambda point: (not point.current, point not in ends)):
        face = SMALL_BOLD if point.current else SMALL
        x, text = axis.at(point.amount), clip(point.label, _NAMES, face)
        places = (
            Text(x, first, (text,), face, "middle"),
            Text(axis.right, first, (text,), face, "end"),
        )[: 2 if point is points[-1] else 1]
        placed = canvas.place(places) if text else None
        if placed:
            texts.append(placed)
            box = placed.box
            canvas.boxes.append(Rect(box.x - _AIR, box.y, box.width + 2 * _AIR, box.height))
    second = first + SMALL.leading + 2.0
    return (*texts, *_under(points, axis, second, heading, words)), second


def _under(
    points: Sequence[TradeoffPoint], axis: _Amounts, y: float, heading: str, words: ChartWords
) -> Iterator[Text]:
    """What the present amount is, under it; what amounts are, at the right or where there is more room."""
    half_width = axis.right / 2 - _AIR
    name = clip(heading, half_width, SMALL)
    current = next((point for point in points if point.current), None)
    if current is None:
        yield Text(axis.right, y, (name,), SMALL, "end", "muted")
        return
    text = clip(words.present, half_width, SMALL_BOLD)
    half = SMALL_BOLD.width(text) / 2
    x = clamp(axis.at(current.amount), half, axis.right - half)
    yield Text(x, y, (text,), SMALL_BOLD, "middle")
    if x < axis.right / 2:
        yield Text(
            axis.right, y, (clip(name, axis.right - x - half - 2 * _AIR, SMALL),), SMALL, "end", "muted"
        )
    else:
        yield Text(0.0, y, (clip(name, x - half - 2 * _AIR, SMALL),), SMALL, "start", "muted")


def _in_words(
    points: Sequence[TradeoffPoint], quarters: Sequence[str], words: ChartWords, *, with_target: bool
) -> str:
    said = []
    for point in points:
        score = words.not_assessed if point.score is None else f"{words.score} {words.score_of(point.score)}"
        quarter = words.not_reached if point.reached is None else quarters[point.reached]
        said.append(f"{point.label}: {quarter}, {score}" if with_target else f"{point.label}: {score}")
    return clean("; ".join(said))
