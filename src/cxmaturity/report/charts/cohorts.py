"""Retention by cohort: who joined together, and how many of them are still there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.marks import ON, Tag, TagRow, tag_row
from cxmaturity.report.charts.shapes import FULL_WIDTH_MM, Rect, clamp, mm
from cxmaturity.report.charts.shares import checked_share, whole_percent
from cxmaturity.report.charts.text import BODY, SMALL, Text, clean, clip
from cxmaturity.report.charts.words import ChartWords

_GAP, _ROW = 1.5, 17.0
_HEADING, _NAMES, _TOP = 7.0, 19.5, 24.0
_LABEL, _NOTE, _BETWEEN = 66.0, 56.0, 8.0
_LEAST_CELL, _LEAST_NAMES = 14.0, 30.0
_LEAST_RANGE = 0.25
"""The ramp spans at least so much, so that each of its steps stands for six points or more."""


@dataclass(frozen=True, slots=True)
class CohortRow:
    """Who joined in one period; ``note`` says how many they were, e.g. ``n = 1,204``.

    ``shares``, 0–1, begin with the period of joining and end where time has not come; ``None`` in
    between is what may not be shown.
    """

    label: str
    shares: Sequence[float | None]
    note: str = ""


@dataclass(frozen=True, slots=True)
class CohortTile:
    """A drawn cell: filled by its share, or hollow without a ``step``."""

    rect: Rect
    step: int | None
    text: Text | None


@dataclass(frozen=True, slots=True)
class Cohorts(Chart):
    """Row labels, column names and tiles; ``description`` says them in words."""

    description: str
    headings: tuple[Text, ...]
    labels: tuple[Text, ...]
    tiles: tuple[CohortTile, ...]
    key: TagRow


@dataclass(frozen=True, slots=True)
class _Layout:
    """How wide labels, notes and cells are, and where the first column begins."""

    label: float
    note: float
    left: float
    cell: float

    def rect(self, column: int, row: int) -> Rect:
        return Rect(self.left + column * (self.cell + _GAP), _TOP + row * (_ROW + _GAP), self.cell, _ROW)


def cohorts(
    rows: Sequence[CohortRow],
    periods: Sequence[str],
    *,
    heading: str,
    title: str,
    words: ChartWords,
    width_mm: float = FULL_WIDTH_MM,
) -> Cohorts:
    """The cohorts in the order given, best up to ten; ``heading`` says what ``periods`` count."""
    width = mm(width_mm)
    most = int((width - _LEAST_NAMES - 2 * _BETWEEN) / (_LEAST_CELL + _GAP))
    if not 0 < len(periods) <= most or any(len(row.shares) > len(periods) for row in rows):
        raise ValueError(f"1 to {most} periods have room here, and no cohort may have more than there are")
    shares = [[checked_share(share) for share in row.shares] for row in rows]
    layout = _layout(rows, len(periods), width)
    ramp = _ramp([share for row in shares for share in row if share is not None])
    signed = layout.cell >= SMALL.width(words.share("100")) + 2
    bottom = layout.rect(0, len(rows)).y
    hidden = any(share is None for row in shares for share in row)
    return Cohorts(
        title=title,
        width=width,
        height=bottom + (16.0 if hidden else 1.0),
        description=clean("; ".join(_in_words(row, words) for row in rows)),
        headings=_headings(periods, heading, layout, width),
        labels=tuple(text for index, row in enumerate(rows) for text in _label(row, index, layout)),
        tiles=tuple(
            _tile(share, layout.rect(column, index), ramp, words, signed=signed)
            for index, row in enumerate(shares)
            for column, share in enumerate(row)
        ),
        key=tag_row(
            [Tag("missing", words.not_shown, tone="muted")] if hidden else [], layout.left, bottom + 11.0
        ),
    )


def _layout(rows: Sequence[CohortRow], columns: int, width: float) -> _Layout:
    """Names and notes take what they need, as far as cells keep room for their numbers."""
    room = width - columns * (_LEAST_CELL + _GAP) - 2 * _BETWEEN
    note = min(_NOTE, room / 2, max((SMALL.width(clean(row.note)) for row in rows), default=0.0))
    label = min(_LABEL, room - note, max((BODY.width(clean(row.label)) for row in rows), default=0.0))
    left = label + _BETWEEN + (note + _BETWEEN if note else 0.0)
    return _Layout(label, note, left, (width - left - _GAP * (columns - 1)) / columns)


def _headings(periods: Sequence[str], heading: str, layout: _Layout, width: float) -> tuple[Text, ...]:
    names = (clip(name, layout.cell, SMALL) for name in periods)
    return (
        Text(layout.left, _HEADING, (clip(heading, width - layout.left, SMALL),), SMALL, tone="muted"),
        *(
            Text(layout.rect(column, 0).x + layout.cell / 2, _NAMES, (name,), SMALL, "middle", "muted")
            for column, name in enumerate(names)
        ),
    )


def _label(row: CohortRow, index: int, layout: _Layout) -> tuple[Text, ...]:
    middle = layout.rect(0, index).y + _ROW / 2
    label = Text(0.0, BODY.centred(middle), (clip(row.label, layout.label, BODY),), BODY)
    if not clean(row.note):
        return (label,)
    note = clip(row.note, layout.note, SMALL)
    return label, Text(layout.left - _BETWEEN, SMALL.centred(middle), (note,), SMALL, "end", "muted")


def _ramp(shares: Sequence[float]) -> tuple[float, float]:
    """The least and the most of what is left; all of a cohort has the darkest step for itself."""
    telling = [share for share in shares if share < 1] or [1.0]
    low, high = min(telling), max(telling)
    widen = max(0.0, _LEAST_RANGE - (high - low)) / 2
    low = clamp(low - widen, 0.0, 1.0 - _LEAST_RANGE)
    return low, max(high + widen, low + _LEAST_RANGE)


def _tile(
    share: float | None, rect: Rect, ramp: tuple[float, float], words: ChartWords, *, signed: bool
) -> CohortTile:
    """A cell with its percentage, without the sign where a column is too narrow for it."""
    if share is None:
        return CohortTile(rect, None, None)
    low, high = ramp
    step = len(ON) if share == 1 else 1 + int(clamp((share - low) / (high - low), 0.0, 0.999) * (len(ON) - 1))
    number = words.share(whole_percent(share)) if signed else whole_percent(share)
    baseline = SMALL.centred(rect.y + rect.height / 2)
    return CohortTile(
        rect, step, Text(rect.x + rect.width / 2, baseline, (number,), SMALL, "middle", ON[step - 1])
    )


def _in_words(row: CohortRow, words: ChartWords) -> str:
    shares = (words.not_shown if share is None else words.share(whole_percent(share)) for share in row.shares)
    name = f"{row.label} ({row.note})" if clean(row.note) else row.label
    return f"{name}: {', '.join(shares)}"
