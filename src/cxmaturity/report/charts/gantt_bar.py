"""How the bars of a roadmap look by the state of what they stand for, and the key that says so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from cxmaturity.report.charts.arrows import HEAD, Arrow, straight
from cxmaturity.report.charts.shapes import Point, Rect
from cxmaturity.report.charts.text import SMALL, Text, clip
from cxmaturity.report.charts.words import ChartWords

State = Literal["planned", "pinned", "under-way"]
"""Placed by the planner; placed by hand; begun already."""

KeyPart = Literal["under-way", "pinned", "arrow", "reference"]

BAR = 9.5
"""A bar's height."""
_SAMPLE, _GAP, _BETWEEN = 17.0, 4.0, 14.0
_PIN = 1.5, 0.4
"""How far left of a bar's upper right corner a pin stands, and how far above it: clear of the number."""


@dataclass(frozen=True, slots=True)
class BarLook:
    """A bar's look: ``light`` with an ``outline`` when under way, with a ``pin`` when placed by hand.

    The outline of what started before the first quarter is open at the left.
    """

    light: bool
    outline: tuple[Point, ...]
    pin: Point | None


@dataclass(frozen=True, slots=True)
class GanttKey:
    """Samples of the looks and arrows that a page shows, each with its meaning."""

    bars: tuple[tuple[Rect, BarLook], ...] = ()
    arrows: tuple[Arrow, ...] = ()
    texts: tuple[Text, ...] = ()


def look_of(state: State, bar: Rect, *, is_open: bool) -> BarLook:
    """The look of a bar."""
    under_way = state == "under-way"
    return BarLook(
        light=under_way,
        outline=_outline(bar, is_open=is_open) if under_way else (),
        pin=Point(bar.right - _PIN[0], bar.y - _PIN[1]) if state == "pinned" else None,
    )


def _outline(bar: Rect, *, is_open: bool) -> tuple[Point, ...]:
    top = Point(bar.x, bar.y), Point(bar.right, bar.y)
    sides = (*top, Point(bar.right, bar.bottom), Point(bar.x, bar.bottom))
    return sides if is_open else (*sides, top[0])


def gantt_key(shown: Collection[KeyPart], middle: float, width: float, words: ChartWords) -> GanttKey:
    """The key of what is ``shown``, in one line."""
    names: dict[KeyPart, str] = {
        "under-way": words.under_way,
        "pinned": words.pinned,
        "arrow": words.ends_first,
        "reference": words.on_another_page,
    }
    parts = [part for part in names if part in shown]
    room = _room([names[part] for part in parts], width)
    bars: list[tuple[Rect, BarLook]] = []
    arrows: list[Arrow] = []
    texts: list[Text] = []
    x = 0.0
    for part in parts:
        sample = Rect(x, middle - BAR / 2, _SAMPLE, BAR)
        if part in {"under-way", "pinned"}:
            state: State = "pinned" if part == "pinned" else "under-way"
            bars.append((sample, look_of(state, sample, is_open=False)))
        else:
            arrows += _sample_arrow(sample, part, texts)
        name = clip(names[part], room, SMALL)
        texts.append(Text(sample.right + _GAP, SMALL.centred(middle), (name,), SMALL, "start", "muted"))
        x = texts[-1].box.right + _BETWEEN
    return GanttKey(tuple(bars), tuple(arrows), tuple(texts))


def _room(names: Sequence[str], width: float) -> float:
    """How wide each name may be: as wide as it is where all have room, else all the same."""
    free = width + _BETWEEN - len(names) * (_SAMPLE + _GAP + _BETWEEN)
    return width if sum(map(SMALL.width, names)) <= free else free / len(names)


def _sample_arrow(sample: Rect, part: KeyPart, texts: list[Text]) -> Iterator[Arrow]:
    """An arrow as long as the sample, with a number before it where that stands for another page."""
    start = sample.x
    if part == "reference":
        baseline = SMALL.centred(sample.y + sample.height / 2)
        texts.append(Text(sample.x, baseline, ("7",), SMALL, "start", "muted"))
        start = texts[-1].box.right + 1.5
    yield straight(start, Rect(sample.right, sample.y, HEAD, sample.height))
