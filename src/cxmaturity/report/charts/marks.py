"""Marks with words beside them, and level chips: the small parts that several charts share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cxmaturity.report.charts.shapes import MARK, Mark, MarkKind, Rect
from cxmaturity.report.charts.text import SMALL, SMALL_BOLD, Anchor, Face, Text, Tone
from cxmaturity.report.charts.words import ChartWords

_GAP, _BETWEEN = 3.0, 9.0
CHIP_WIDTH, CHIP_HEIGHT = 13.0, 11.0

ON: tuple[Tone, ...] = ("on-1", "on-2", "on-3", "on-4", "on-5")
"""The tone of text on each step of the ramp."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A mark with its words or number."""

    kind: MarkKind
    text: str
    face: Face = SMALL
    tone: Tone = "ink"

    @property
    def width(self) -> float:
        """Mark, gap and text."""
        return 2 * MARK + _GAP + self.face.width(self.text)


@dataclass(frozen=True, slots=True)
class TagRow:
    """Tags side by side."""

    marks: tuple[Mark, ...]
    texts: tuple[Text, ...]


def tags_width(tags: Sequence[Tag]) -> float:
    """The width of tags side by side."""
    return sum(tag.width for tag in tags) + _BETWEEN * max(0, len(tags) - 1)


def tag_row(tags: Sequence[Tag], x: float, baseline: float, anchor: Anchor = "start") -> TagRow:
    """Tags side by side, anchored at ``x``."""
    left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * tags_width(tags)
    marks, texts = [], []
    for tag in tags:
        marks.append(Mark(tag.kind, left + MARK, baseline - SMALL.cap / 2))
        texts.append(Text(left + 2 * MARK + _GAP, baseline, (tag.text,), tag.face, "start", tag.tone))
        left += tag.width + _BETWEEN
    return TagRow(tuple(marks), tuple(texts))


def missing_tag(words: ChartWords, *, hidden: bool = False) -> Tag:
    """The hollow mark, never without its words: ``hidden`` is what may not be shown."""
    return Tag("missing", words.without_score(hidden=hidden), tone="muted")


def key_tags(words: ChartWords, *, evidenced: bool = False) -> tuple[Tag, ...]:
    """What the marks mean; that of what is ``evidenced`` only where there is any."""
    said = Tag("perceived", words.perceived, tone="muted"), Tag("measured", words.measured, tone="muted")
    return (*said, Tag("evidenced", words.evidenced, tone="muted")) if evidenced else said


@dataclass(frozen=True, slots=True)
class Chip:
    """A level in a small square of its ramp colour; without a level it is an outline and a dash."""

    rect: Rect
    step: int | None
    text: Text


def chip(x: float, middle: float, level: int | None) -> Chip:
    """A level chip by its left edge and its vertical middle."""
    rect = Rect(x, middle - CHIP_HEIGHT / 2, CHIP_WIDTH, CHIP_HEIGHT)
    baseline = SMALL.centred(middle)
    if level is None:
        return Chip(rect, None, Text(x + CHIP_WIDTH / 2, baseline, ("–",), SMALL, "middle", "muted"))
    label = Text(x + CHIP_WIDTH / 2, baseline, (str(level),), SMALL_BOLD, "middle", ON[level - 1])
    return Chip(rect, level, label)
