"""What people say against what the data shows and a reviewer has seen proof of, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cxmaturity.report.charts.axis import Interval, ScoreAxis, checked_score
from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.marks import TagRow, key_tags, missing_tag, tag_row, tags_width
from cxmaturity.report.charts.rows import Stack, row_label, row_label_height, stack
from cxmaturity.report.charts.shapes import FULL_WIDTH_MM, MARK, Line, Mark, mm
from cxmaturity.report.charts.text import BODY, BODY_BOLD, SMALL, SMALL_BOLD, Text, wrap
from cxmaturity.report.charts.words import ChartWords
from cxmaturity.scoring.scale import shown_difference

_LABEL_WIDTH = 150.0
_TOP, _LEAST_ROW = 17.0, 27.0
_APART = 4.0
_BELOW_NUMBER = 5.0
"""Numbers stand above the marks; this shifts both so that the pair looks centred in its row."""


@dataclass(frozen=True, slots=True)
class DumbbellRow:
    """One dimension or practice; ``None`` where it was not assessed, is ``hidden``, or was not measured."""

    label: str
    perceived: float | None
    interval: Interval | None
    measured: float | None
    note: str = ""
    hidden: bool = False
    evidenced: float | None = None


@dataclass(frozen=True, slots=True)
class DumbbellLine:
    """A drawn row: name, the marks with their numbers, and the difference at the right."""

    texts: tuple[Text, ...]
    numbers: tuple[Text, ...]
    interval: Line | None
    gap: Line | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Dumbbell(Chart):
    """All rows over one 1–5 axis."""

    grid: tuple[Line, ...]
    separators: tuple[Line, ...]
    headings: tuple[Text, ...]
    rows: tuple[DumbbellLine, ...]
    key: TagRow


def dumbbell(rows: Sequence[DumbbellRow], *, title: str, words: ChartWords) -> Dumbbell:
    """Perceived against measured; the difference is measured minus perceived."""
    width = mm(FULL_WIDTH_MM)
    heading = wrap(words.difference, 90.0, SMALL, 1)
    verdict = max(
        SMALL.width(words.not_measured),
        tags_width([missing_tag(words)]),
        *(SMALL.width(line) for line in heading),
    )
    axis = ScoreAxis(_LABEL_WIDTH + 14, width - min(verdict, 130.0) - 22)
    places = stack((row_label_height(row.label, row.note, _LABEL_WIDTH) for row in rows), _TOP, _LEAST_ROW)
    bottom = places[-1].bottom if places else _TOP
    return Dumbbell(
        title=title,
        width=width,
        height=bottom + 18.0,
        grid=axis.grid(_TOP - 4, bottom),
        separators=tuple(Line(0.0, place.bottom, width, place.bottom) for place in places),
        headings=(*axis.numbers(8.0), Text(width, 8.0, heading, SMALL, "end", "muted")),
        rows=tuple(_row(row, place, axis, width, words) for row, place in zip(rows, places, strict=True)),
        key=tag_row(
            key_tags(words, evidenced=any(row.evidenced for row in rows)), axis.left - MARK, bottom + 13.0
        ),
    )


def _row(row: DumbbellRow, place: Stack, axis: ScoreAxis, width: float, words: ChartWords) -> DumbbellLine:
    perceived, measured = checked_score(row.perceived), checked_score(row.measured)
    y = place.middle + _BELOW_NUMBER
    marks: list[Mark] = []
    if perceived is not None:
        marks.append(Mark("perceived", axis.at(perceived), y))
    if measured is not None:
        marks.append(Mark("measured", axis.at(measured), y))
    evidenced = checked_score(row.evidenced)
    if evidenced is not None:
        marks.append(Mark("evidenced", axis.at(evidenced), y))
    verdict = _verdict(row, width, place.middle, words)
    return DumbbellLine(
        texts=(*row_label(row.label, row.note, _LABEL_WIDTH, place.middle), *verdict.texts),
        numbers=_numbers((perceived, measured, evidenced), axis, y - 7.0, words),
        interval=None if perceived is None else axis.span(row.interval, y),
        gap=None
        if perceived is None or measured is None
        else Line(axis.at(perceived), y, axis.at(measured), y),
        marks=(*marks, *verdict.marks),
    )


def _verdict(row: DumbbellRow, width: float, middle: float, words: ChartWords) -> TagRow:
    """The difference, or which of the two is missing."""
    perceived, measured = checked_score(row.perceived), checked_score(row.measured)
    baseline = SMALL.centred(middle)
    if perceived is None:
        return tag_row([missing_tag(words, hidden=row.hidden)], width, baseline, "end")
    if measured is None:
        return TagRow((), (Text(width, baseline, (words.not_measured,), SMALL, "end", "muted"),))
    difference = words.signed(shown_difference(measured, perceived))
    return TagRow((), (Text(width, BODY.centred(middle), (difference,), BODY_BOLD, "end"),))


def _numbers(
    scores: Sequence[float | None], axis: ScoreAxis, baseline: float, words: ChartWords
) -> tuple[Text, ...]:
    """A number over each mark, the perceived one in bold; where marks are close, numbers move apart."""
    faces = (SMALL_BOLD, *[SMALL] * len(scores))
    texts = sorted(
        (
            Text(axis.at(score), baseline, (words.score_of(score),), face, "middle")
            for score, face in zip(scores, faces, strict=False)
            if score is not None
        ),
        key=lambda text: text.x,
    )
    for _ in texts:  # as often as there are numbers: moving two apart may push one against the next
        for number, (left, right) in enumerate(pairwise(texts)):
            short = max(0.0, left.box.right + _APART - right.box.x) / 2
            texts[number : number + 2] = replace(left, x=left.x - short), replace(right, x=right.x + short)
    return tuple(texts)
