"""Rows of charts: where they stand, and the names at their left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cxmaturity.report.charts.text import BODY, SMALL, Text, clean, clip, wrap

_NOTE_GAP = 4.0
_ROW_PADDING = 11.0


@dataclass(frozen=True, slots=True)
class Stack:
    """A row by its upper and lower edge."""

    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2


def stack(heights: Iterable[float], top: float, least: float) -> tuple[Stack, ...]:
    """Rows one under the other, each with the room its content needs, none lower than ``least``."""
    rows: list[Stack] = []
    for height in heights:
        bottom = top + max(least, height + _ROW_PADDING)
        rows.append(Stack(top, bottom))
        top = bottom
    return tuple(rows)


def row_label_height(label: str, note: str, width: float) -> float:
    """The height of a row's name and note."""
    name = BODY.height(len(wrap(label, width, BODY, 2)))
    return name + (_NOTE_GAP + SMALL.cap if clean(note) else 0.0)


def row_label(label: str, note: str, width: float, middle: float) -> tuple[Text, ...]:
    """A row's name in up to two lines and its note in one, centred on the row."""
    lines = wrap(label, width, BODY, 2, balanced=True)
    top = middle - row_label_height(label, note, width) / 2
    texts = [Text(0.0, top + BODY.cap, lines, BODY)] if lines else []
    if clean(note):
        name_bottom = top + BODY.cap + (len(lines) - 1) * BODY.leading if lines else top - _NOTE_GAP
        baseline = name_bottom + _NOTE_GAP + SMALL.cap
        texts.append(Text(0.0, baseline, (clip(note, width, SMALL),), SMALL, tone="muted"))
    return tuple(texts)
