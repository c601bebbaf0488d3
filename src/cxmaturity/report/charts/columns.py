"""How answers spread over the steps of a scale, e.g. from 0 to 10: a column a step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.shapes import FULL_WIDTH_MM, Line, Rect, finite, mm
from cxmaturity.report.charts.share_bar import ShareKind
from cxmaturity.report.charts.text import SMALL, SMALL_BOLD, Text, clean, clip, wrap
from cxmaturity.report.charts.words import ChartWords, percentages

_LEAST_SLOT = 14.0
_HEAD, _FOOT, _AIR = 12.0, 5.0, 2.0
_FILLED = 0.72
_BRACKET, _UNDER_BRACKET = 5.5, 4.0


@dataclass(frozen=True, slots=True)
class Column:
    """A step of the scale; ``value`` in any unit, 0 or more.

    Neighbours of the same ``group`` are bracketed and share its name. ``kind`` is the column's tone.
    """

    label: str
    value: float
    kind: ShareKind = "middle"
    group: str = ""


@dataclass(frozen=True, slots=True)
class ColumnBar:
    """A drawn column with its name and percentage; of nothing there is no ``rect``."""

    rect: Rect | None
    kind: ShareKind
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Columns(Chart):
    """The columns on one line from 0; ``description`` says them in words."""

    description: str
    base: Line
    bars: tuple[ColumnBar, ...]
    brackets: tuple[Line, ...]
    groups: tuple[Text, ...]
    empty: Text | None


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbours of one group, and what whole percents they have together and each."""

    name: str
    first: int
    steps: Sequence[Column]
    percent: int
    percents: tuple[int, ...]


def columns(
    steps: Sequence[Column],
    *,
    title: str,
    words: ChartWords,
    width_mm: float = FULL_WIDTH_MM,
    plot_mm: float = 30.0,
) -> Columns:
    """The steps in the order given, with percentages that add up to those of their groups and to 100."""
    width, bottom = mm(width_mm), _HEAD + mm(plot_mm)
    most = int(width / _LEAST_SLOT)
    if not 0 < len(steps) <= most or any(finite(step.value, "a value") < 0 for step in steps):
        raise ValueError(f"1 to {most} columns have room here, each of 0 or more")
    slot, runs = width / len(steps), _runs(steps)
    shares = _shares(runs)
    names = [wrap(step.label, slot - _AIR, SMALL, 2, balanced=True) for step in steps]
    under = bottom + _FOOT + SMALL.cap + (max(1, *map(len, names)) - 1) * SMALL.leading
    named = [run for run in runs if run.name]
    groups = tuple(_group(run, slot, under, words) for run in named)
    empty = Text(0.0, bottom - _FOOT, (clip(words.no_answers, width, SMALL),), SMALL, tone="muted")
    return Columns(
        title=title,
        width=width,
        height=max(under, *(text.y + (len(text.lines) - 1) * SMALL.leading for text in groups)) + 3.0
        if groups
        else under + 3.0,
        description=_in_words(steps, shares, words),
        base=Line(0.0, bottom, width, bottom),
        bars=_bars(steps, shares, names, slot, bottom, words),
        brackets=tuple(_bracket(run, slot, under) for run in named),
        groups=groups,
        empty=None if any(shares) else empty,
    )


def _runs(steps: Sequence[Column]) -> tuple[_Run, ...]:
    """Neighbours by group."""
    runs = [tuple(run) for _, run in groupby(steps, key=lambda step: clean(step.group))]
    wholes = percentages(tuple(sum(step.value for step in run) for run in runs))
    made: list[_Run] = []
    for run, whole in zip(runs, wholes, strict=True):
        first = made[-1].first + len(made[-1].steps) if made else 0
        parts = _split(whole, [step.value for step in run])
        made.append(_Run(clean(run[0].group), first, run, whole, parts))
    return tuple(made)


def _split(whole: int, values: Sequence[float]) -> tuple[int, ...]:
    """A whole number in the proportions of the values (largest remainders)."""
    total = sum(values)
    exact = [value / total * whole if total else 0.0 for value in values]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: (parts[index] - exact[index], index))
    for index in by_remainder[: whole - sum(parts)]:
        parts[index] += 1
    return tuple(parts)


def _shares(runs: Sequence[_Run]) -> list[str]:
    """Each step's percentage; "<1" is not nothing, and without answers there are none."""
    if not any(step.value for run in runs for step in run.steps):
        return [""] * sum(len(run.steps) for run in runs)
    return [
        "<1" if step.value and not percent else str(percent)
        for run in runs
        for step, percent in zip(run.steps, run.percents, strict=True)
    ]


def _bars(
    steps: Sequence[Column],
    shares: Sequence[str],
    names: Sequence[tuple[str, ...]],
    slot: float,
    bottom: float,
    words: ChartWords,
) -> tuple[ColumnBar, ...]:
    """As high as their values; the percent sign is left out where columns are too narrow for it."""
    most = max(step.value for step in steps) or 1.0
    signed = max(SMALL_BOLD.width(words.share(share)) for share in shares) + _AIR <= slot
    bars = []
    for index, (step, share, name) in enumerate(zip(steps, shares, names, strict=True)):
        middle, height = (index + 0.5) * slot, (bottom - _HEAD) * step.value / most
        rect = Rect(middle - slot * _FILLED / 2, bottom - height, slot * _FILLED, height)
        texts = [Text(middle, bottom + _FOOT + SMALL.cap, name, SMALL, "middle")]
        if share:
            number = words.share(share) if signed else share
            texts.append(Text(middle, rect.y - 3.0, (number,), SMALL_BOLD, "middle"))
        bars.append(ColumnBar(rect if step.value else None, step.kind, tuple(texts)))
    return tuple(bars)


def _edges(run: _Run, slot: float) -> tuple[float, float]:
    """A group's left and right edge: those of its outermost columns."""
    inset = slot * (1 - _FILLED) / 2
    return run.first * slot + inset, (run.first + len(run.steps)) * slot - inset


def _bracket(run: _Run, slot: float, under: float) -> Line:
    left, right = _edges(run, slot)
    return Line(left, under + _BRACKET, right, under + _BRACKET)


def _group(run: _Run, slot: float, under: float, words: ChartWords) -> Text:
    """A group's name and percentage, under its bracket."""
    left, right = _edges(run, slot)
    share = "<1" if sum(step.value for step in run.steps) and not run.percent else str(run.percent)
    room = len(run.steps) * slot - _AIR
    text = f"{run.name} {words.share(share)}"
    lines = (
        wrap(text, room, SMALL, 1) if SMALL.width(text) <= room else _two(run.name, words.share(share), room)
    )
    return Text((left + right) / 2, under + _BRACKET + _UNDER_BRACKET + SMALL.cap, lines, SMALL, "middle")


def _two(name: str, share: str, room: float) -> tuple[str, ...]:
    """A name in up to two lines, and the percentage under it."""
    return (*wrap(name, room, SMALL, 2, balanced=True), clip(share, room, SMALL))


def _in_words(steps: Sequence[Column], shares: Sequence[str], words: ChartWords) -> str:
    if not any(shares):
        return clean(words.no_answers)
    return clean(
        "; ".join(f"{step.label}: {words.share(share)}" for step, share in zip(steps, shares, strict=True))
    )
