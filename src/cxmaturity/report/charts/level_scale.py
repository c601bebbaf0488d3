"""A score on the ruler of the five levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cxmaturity.report.charts.axis import HIGHEST, SCORES, Interval, ScoreAxis, checked_level, checked_score
from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.marks import ON, TagRow, missing_tag, tag_row
from cxmaturity.report.charts.shapes import FULL_WIDTH_MM, MARK, Line, Mark, Point, Rect, clamp, mm
from cxmaturity.report.charts.text import BODY_BOLD, LARGE, SMALL, SMALL_BOLD, Face, Text, clip, wrap
from cxmaturity.report.charts.words import ChartWords, fill

_INSET = MARK + 1.0
_PADDING, _NUMERAL = 6.0, 8.0
_LEAST_NAME = 24.0
"""A band too narrow for this much of a name has none."""


@dataclass(frozen=True, slots=True)
class Band:
    """One level's stretch of the ruler."""

    rect: Rect
    step: int
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Cap:
    """From where the score stands back to the level that counts."""

    path: tuple[Point, ...]
    label: Text | None


@dataclass(frozen=True, slots=True)
class LevelScale(Chart):
    """The ruler, the score's mark with its number and interval, and the cap where there is one."""

    bands: tuple[Band, ...]
    reached: Line | None
    mark: Mark | None
    number: Text | None
    interval: Line | None
    cap: Cap | None
    missing: TagRow | None


@dataclass(frozen=True, slots=True)
class _Rows:
    """Where the rows stand, from the top."""

    face: Face
    number: float
    mark: float
    strip: float
    strip_height: float

    @property
    def bottom(self) -> float:
        return self.strip + self.strip_height


_COMPACT = _Rows(SMALL_BOLD, 6.0, 12.2, 17.6, 11.4)


@dataclass(frozen=True, slots=True)
class _Ruler:
    """What every part of the chart is placed by."""

    width: float
    axis: ScoreAxis
    minima: Sequence[float]
    names: tuple[tuple[str, ...], ...]
    rows: _Rows
    words: ChartWords

    def span(self, level: int) -> tuple[float, float]:
        """A level's left and right edge; the outermost bands reach to the chart's edges."""
        edges = (0.0, *map(self.axis.at, self.minima[1:]), self.width)
        return edges[level - 1], edges[level]

    def limits(self, level: int) -> str:
        upper = self.minima[level] if level < len(self.minima) else HIGHEST
        return f"{self.words.number(self.minima[level - 1])}–{self.words.number(upper)}"


def level_scale(
    score: float | None,
    level: int | None,
    uncapped_level: int | None,
    level_names: Sequence[str],
    minima: Sequence[float],
    interval: Interval | None,
    *,
    title: str,
    words: ChartWords,
    width_mm: float = FULL_WIDTH_MM,
    compact: bool = False,
    hidden: bool = False,
) -> LevelScale:
    """A score's place on the scale of levels.

    ``minima`` are the five scores from which a level is reached. ``compact`` is about 12 mm high and
    leaves out the names. ``hidden`` says that the score may not be shown.
    """
    score, level, uncapped_level = checked_score(score), checked_level(level), checked_level(uncapped_level)
    ruler = _ruler(level_names, minima, mm(width_mm), words, compact=compact)
    rows = ruler.rows
    number = None if score is None else _number(score, ruler)
    missing = tag_row([missing_tag(words, hidden=hidden)], 0.0, SMALL.centred(rows.mark))
    cap = None
    if score is not None and level is not None and uncapped_level is not None and level < uncapped_level:
        cap = _cap(score, level, ruler, number if compact else None)
    return LevelScale(
        title=title,
        width=ruler.width,
        height=rows.bottom + (5.2 if compact else 20.0 if cap else 3.0),
        bands=tuple(_band(step, ruler, compact=compact) for step in SCORES),
        reached=None if level is None else _underline(level, ruler),
        mark=None if score is None else Mark("perceived", ruler.axis.at(score), rows.mark),
        number=number,
        interval=None if score is None else ruler.axis.span(interval, rows.mark),
        cap=cap,
        missing=None if score is not None else missing,
    )


def _ruler(
    names: Sequence[str], minima: Sequence[float], width: float, words: ChartWords, *, compact: bool
) -> _Ruler:
    limits = (*minima, HIGHEST)
    if not len(minima) == len(names) == len(SCORES) or any(low >= high for low, high in pairwise(limits)):
        raise ValueError(
            f"five names and five ascending minima under {HIGHEST} are needed, not {list(minima)}"
        )
    ruler = _Ruler(width, ScoreAxis(_INSET, width - _INSET), minima, (), _COMPACT, words)
    if compact:
        return ruler
    lines = tuple(_name(name, *ruler.span(step)) for step, name in enumerate(names, 1))
    strip_height = SMALL.height(max(1, *map(len, lines))) + SMALL.leading + 15.0
    return replace(ruler, names=lines, rows=_Rows(LARGE, 9.5, 18.5, 26.0, strip_height))


def _name(name: str, start: float, end: float) -> tuple[str, ...]:
    room = end - start - 2 * _PADDING - _NUMERAL
    return wrap(name, room, SMALL, 2) if room >= _LEAST_NAME else ()


def _band(step: int, ruler: _Ruler, *, compact: bool) -> Band:
    start, end = ruler.span(step)
    rect = Rect(start, ruler.rows.strip, end - start, ruler.rows.strip_height)
    texts = _numeral(step, rect) if compact else _band_texts(step, rect, ruler)
    return Band(rect, step, tuple(text for text in texts if text.box.right < end))


def _numeral(step: int, rect: Rect) -> tuple[Text, ...]:
    baseline = SMALL.centred(rect.y + rect.height / 2)
    return (Text(rect.x + rect.width / 2, baseline, (str(step),), SMALL, "middle", ON[step - 1]),)


def _band_texts(step: int, rect: Rect, ruler: _Ruler) -> tuple[Text, ...]:
    """Number and name, and under them the scores that the level spans."""
    tone, top, name = ON[step - 1], rect.y + 11.5, ruler.names[step - 1]
    left = rect.x + _PADDING
    indented = left + _NUMERAL * bool(name)
    return (
        Text(left, top, (str(step),), BODY_BOLD, tone=tone),
        Text(indented, top, name, SMALL, tone=tone),
        Text(indented, rect.bottom - 5.5, (ruler.limits(step),), SMALL, tone=tone),
    )


def _number(score: float, ruler: _Ruler) -> Text:
    """Over the mark, and never cut off at the chart's edge."""
    face, number = ruler.rows.face, ruler.words.score_of(score)
    half = face.width(number) / 2
    x = clamp(ruler.axis.at(score), half, ruler.width - half)
    return Text(x, ruler.rows.number, (number,), face, "middle")


def _underline(level: int, ruler: _Ruler) -> Line:
    start, end = ruler.span(level)
    return Line(start, ruler.rows.bottom + 1.5, end, ruler.rows.bottom + 1.5)


def _cap(score: float, level: int, ruler: _Ruler, beside: Text | None) -> Cap:
    """The bracket under the ruler; its label under it, or in a compact scale beside the number."""
    text = fill(ruler.words.capped, level=str(level))
    at, target, bottom = ruler.axis.at(score), sum(ruler.span(level)) / 2, ruler.rows.bottom
    low = bottom + (4.4 if beside else 7.0)
    path = (Point(at, bottom + 0.5), Point(at, low), Point(target, low), Point(target, bottom + 2.5))
    if beside is not None:
        return Cap(path, _label_beside(beside, text, ruler.width))
    text = clip(text, ruler.width, SMALL)
    half = SMALL.width(text) / 2
    middle = clamp((at + target) / 2, half, max(half, ruler.width - half))
    return Cap(path, Text(middle, low + 9.0, (text,), SMALL, "middle"))


def _label_beside(number: Text, text: str, width: float) -> Text | None:
    """The cap's words on the side of the number that has room for them, if one has."""
    needed, box = SMALL.width(text) + 5, number.box
    if width - box.right >= needed:
        return Text(box.right + 5, number.y, (text,), SMALL, tone="muted")
    if box.x >= needed:
        return Text(box.x - 5, number.y, (text,), SMALL, "end", "muted")
    return None
