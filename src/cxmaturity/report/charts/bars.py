"""The practices of one dimension: a lollipop from 1 to the score, with its level and weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cxmaturity.report.charts.axis import Interval, ScoreAxis, checked_level, checked_score
from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.marks import CHIP_WIDTH, Chip, TagRow, chip, missing_tag, tag_row
from cxmaturity.report.charts.rows import Stack, row_label, row_label_height, stack
from cxmaturity.report.charts.shapes import FULL_WIDTH_MM, MARK, Line, Mark, finite, mm
from cxmaturity.report.charts.text import BODY, BODY_BOLD, SMALL, Text, clean, clip
from cxmaturity.report.charts.words import ChartWords

_LABEL_WIDTH = 184.0
"""Room for the longest note: an interval, five digits of n, and very strong agreement."""
_TOP, _LEAST_ROW = 17.0, 21.0
_COLUMN, _NOTED = 42.0, 4.0


@dataclass(frozen=True, slots=True)
class BarRow:
    """One practice; ``weight_share`` is its share of the dimension, 0–1, or ``None`` to leave it out.

    ``hidden`` says that its score may not be shown.
    """

    label: str
    score: float | None
    level: int | None
    interval: Interval | None = None
    weight_share: float | None = None
    note: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class BarLine:
    """A drawn row."""

    texts: tuple[Text, ...]
    missing: TagRow | None
    stem: Line | None
    interval: Line | None
    mark: Mark | None
    chip: Chip | None


@dataclass(frozen=True, slots=True)
class Bars(Chart):
    """All rows over one 1–5 axis, with columns for score, level and weight."""

    grid: tuple[Line, ...]
    separators: tuple[Line, ...]
    headings: tuple[Text, ...]
    rows: tuple[BarLine, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The axis, and the right edges of the columns beside it."""

    axis: ScoreAxis
    score: float
    level: float
    weight: float | None


def bars(rows: Sequence[BarRow], *, title: str, words: ChartWords) -> Bars:
    """The practices in the order given."""
    width = mm(FULL_WIDTH_MM)
    columns = _columns(width, weighted=any(row.weight_share is not None for row in rows))
    places = stack(map(_height, rows), _TOP, _LEAST_ROW)
    bottom = places[-1].bottom if places else _TOP
    return Bars(
        title=title,
        width=width,
        height=bottom + 2.0,
        grid=columns.axis.grid(_TOP - 4, bottom),
        separators=tuple(Line(0.0, place.bottom, width, place.bottom) for place in places),
        headings=(*columns.axis.numbers(8.0), *_headings(columns, words)),
        rows=tuple(_row(row, place, columns, words) for row, place in zip(rows, places, strict=True)),
    )


def _height(row: BarRow) -> float:
    """What a row needs; a name with its note is one block that needs less air around it."""
    height = row_label_height(row.label, row.note, _LABEL_WIDTH)
    return height - _NOTED if clean(row.note) else height


def _columns(width: float, *, weighted: bool) -> _Columns:
    level = width - (_COLUMN if weighted else 0.0)
    axis = ScoreAxis(_LABEL_WIDTH + 14, level - 2 * _COLUMN - 2 * MARK)
    return _Columns(axis, level - _COLUMN, level, width if weighted else None)


def _headings(columns: _Columns, words: ChartWords) -> tuple[Text, ...]:
    named = [(columns.score, words.score), (columns.level, words.level)]
    if columns.weight is not None:
        named.append((columns.weight, words.weight))
    return tuple(
        Text(right, 8.0, (clip(name, _COLUMN - 4, SMALL),), SMALL, "end", "muted") for right, name in named
    )


def _row(row: BarRow, place: Stack, columns: _Columns, words: ChartWords) -> BarLine:
    score, level = checked_score(row.score), checked_level(row.level)
    axis, y = columns.axis, place.middle
    texts = (
        *row_label(row.label, row.note, _LABEL_WIDTH, y),
        *_weight(row.weight_share, columns.weight, SMALL.centred(y), words),
    )
    if score is None:
        missing = tag_row([missing_tag(words, hidden=row.hidden)], axis.left - MARK, SMALL.centred(y))
        return BarLine(texts, missing, None, None, None, None)
    number = Text(columns.score, BODY.centred(y), (words.score_of(score),), BODY_BOLD, "end")
    return BarLine(
        texts=(*texts, number),
        missing=None,
        stem=Line(axis.left, y, axis.at(score), y),
        interval=axis.span(row.interval, y),
        mark=Mark("perceived", axis.at(score), y),
        chip=chip(columns.level - CHIP_WIDTH, y, level),
    )


def _weight(share: float | None, right: float | None, baseline: float, words: ChartWords) -> tuple[Text, ...]:
    if share is None or right is None:
        return ()
    text = words.share(str(round(finite(share, "a weight") * 100)))
    return (Text(right, baseline, (text,), SMALL, "end", "muted"),)
