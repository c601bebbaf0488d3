"""How the answers to one question spread over its options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.marks import ON
from cxmaturity.report.charts.shapes import Rect, finite, mm
from cxmaturity.report.charts.text import SMALL, Text, clean, clip
from cxmaturity.report.charts.words import ChartWords

_GAP = 0.8
_STEPS = len(ON)


@dataclass(frozen=True, slots=True)
class Segment:
    """One option's share of the strip."""

    rect: Rect
    step: int
    count: Text | None


@dataclass(frozen=True, slots=True)
class Distribution(Chart):
    """A 100 % strip; ``description`` says it in words. Without answers there is only ``empty``."""

    description: str
    segments: tuple[Segment, ...]
    frame: Rect
    empty: Text | None


def distribution(
    counts: Sequence[int],
    labels: Sequence[str],
    *,
    title: str,
    words: ChartWords,
    width_mm: float = 60.0,
    height_mm: float = 6.0,
) -> Distribution:
    """The options from worst to best, as wide as they were chosen often."""
    if len(counts) != len(labels) or any(finite(count, "a count") < 0 for count in counts):
        raise ValueError("each option needs one count, 0 or more")
    frame = Rect(0.0, 0.0, mm(width_mm), mm(height_mm))
    total = sum(counts)
    return Distribution(
        title=title,
        width=frame.width,
        height=frame.height,
        description="; ".join(
            f"{clean(label)}: {count}" for label, count in zip(labels, counts, strict=True)
        ),
        segments=_segments(counts, total, frame) if total else (),
        frame=frame,
        empty=None if total else _empty(frame, words),
    )


def _empty(frame: Rect, words: ChartWords) -> Text:
    text = clip(words.no_answers, frame.width - 12, SMALL)
    baseline = SMALL.centred(frame.height / 2)
    return Text(6.0, baseline, (text,), SMALL, tone="muted")


def _segments(counts: Sequence[int], total: int, frame: Rect) -> tuple[Segment, ...]:
    shown = [(index, count) for index, count in enumerate(counts) if count]
    room = frame.width - _GAP * (len(shown) - 1)
    segments, left = [], 0.0
    for index, count in shown:
        rect = Rect(left, 0.0, room * count / total, frame.height)
        step = ramp_step(index, len(counts))
        segments.append(Segment(rect, step, _count(count, step, rect)))
        left = rect.right + _GAP
    return tuple(segments)


def ramp_step(index: int, options: int) -> int:
    """The ramp's step, 1–5, of the option at ``index``: worst lightest, best darkest."""
    return 1 + round(index * (_STEPS - 1) / max(1, options - 1))


def _count(count: int, step: int, rect: Rect) -> Text | None:
    """The number, where the segment has room for it."""
    if SMALL.width(str(count)) + 3 > rect.width or rect.height < SMALL.size:
        return None
    baseline = SMALL.centred(rect.height / 2)
    return Text(rect.x + rect.width / 2, baseline, (str(count),), SMALL, "middle", ON[step - 1])
