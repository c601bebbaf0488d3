"""The pages that hold two groups against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from math import ceil

from cxmaturity.report.charts import ChartWords, GapChart, GapRow, gap_chart, reach_of
from cxmaturity.report.context import GapPage
from cxmaturity.report.words import Wording
from cxmaturity.result import OVERALL, Assessment, Comparison, Gap
from cxmaturity.scoring.scale import shown_difference

WIDEST = 3
_ROWS = 24
"""So many rows fit on a page even if each needs two lines."""
_HOLLOW = 4
"""So many rows without a comparison are drawn for one reason; more are only counted."""
_FEW = 5
"""A row that rests on fewer people of a group says on how many."""


def build_gaps(wording: Wording, words: ChartWords, assessment: Assessment) -> tuple[GapPage, ...]:
    """One page for each two groups of which anything can be compared."""
    return tuple(
        _page(number, wording, words, assessment, comparison)
        for number, comparison in enumerate(assessment.comparisons, start=1)
        if any(gap.difference is not None for gap in comparison.gaps)
    )


def apart(gap: Gap) -> float:
    """How far the groups are apart, as it is shown: the first's score less the second's."""
    return shown_difference(gap.first or 0.0, gap.second or 0.0)


def widest(gaps: Sequence[Gap]) -> list[Gap]:
    """The clear gaps, widest first, whichever group's score is the higher."""
    return sorted((gap for gap in gaps if gap.clear), key=lambda gap: (-abs(apart(gap)), gap.about))


def apart_sentence(wording: Wording, comparison: Comparison, gap: Gap) -> str:
    """How far two groups are apart, without a full stop: a title, or the terminal's line."""
    return wording.texts(
        "report.gap.apart",
        first=wording.group(comparison.attribute, comparison.first),
        second=wording.group_inside(comparison.attribute, comparison.second),
        points=abs(apart(gap)),
        about=wording.texts("report.gap.whole") if gap.about == OVERALL else gap.title,
        one=gap.first,
        other=gap.second,
    )


def widest_gap(assessment: Assessment, comparison: Comparison) -> Gap | None:
    """The gap that a comparison is named after: of the clear ones the widest dimension, else practice."""
    dimensions = {dimension.id for dimension in assessment.dimensions}
    found = widest(comparison.gaps)
    return next((gap for gap in found if gap.about in dimensions), found[0] if found else None)


def _page(
    number: int, wording: Wording, words: ChartWords, assessment: Assessment, comparison: Comparison
) -> GapPage:
    texts = wording.texts
    practices = {practice.id for practice in assessment.practices()}
    first = wording.group(comparison.attribute, comparison.first)
    inside = wording.group_inside(comparison.attribute, comparison.second)
    wholes = [gap for gap in comparison.gaps if gap.about not in practices]
    chart = partial(_chart, wording, words, assessment, comparison)
    parts = [gap for gap in comparison.gaps if gap.about in practices]
    return GapPage(
        id=f"gap-{number}",
        name=texts("report.gap.name", first=first, second=inside),
        title=_title(wording, assessment, comparison),
        wholes=chart(wholes),
        caption=_caption(wording, comparison),
        widest=tuple(_widest_sentence(wording, comparison, gap) for gap in widest(parts)[:WIDEST]),
        paragraphs=tuple(_paragraphs(wording, parts)),
        practices=tuple(chart(rows) for rows in _split(_sorted(_drawn(parts)))),
    )


def _title(wording: Wording, assessment: Assessment, comparison: Comparison) -> str:
    """The widest clear gap, or that there is none."""
    gap = widest_gap(assessment, comparison)
    if gap is not None:
        return apart_sentence(wording, comparison, gap)
    return wording.texts(
        "report.gap.title.none",
        first=wording.group(comparison.attribute, comparison.first),
        second=wording.group_inside(comparison.attribute, comparison.second),
    )


def _sorted(gaps: Sequence[Gap]) -> list[Gap]:
    """The whole, then what the first group rates higher, most first; what cannot be compared comes last.

    The order is that of the differences as they are shown.
    """
    return sorted(
        gaps, key=lambda gap: (gap.about != OVERALL, gap.difference is None, -apart(gap), gap.about)
    )


def _drawn(gaps: Sequence[Gap]) -> list[Gap]:
    """Without the rows that would all say the same: that there is nothing to compare, for one reason."""
    missing = Counter(gap.suppressed for gap in gaps if gap.difference is None)
    return [gap for gap in gaps if gap.difference is not None or missing[gap.suppressed] <= _HOLLOW]


def _caption(wording: Wording, comparison: Comparison) -> str:
    """How to read the charts."""
    first, second = (
        wording.group_inside(comparison.attribute, name) for name in (comparison.first, comparison.second)
    )
    said = wording.texts("report.gap.caption", first=first, second=second)
    reach = _reach(comparison)
    ends = [abs(end) for gap in comparison.gaps for end in gap.interval or ()]
    return f"{said} {wording.texts('report.gap.cut')}" if max(ends, default=0.0) > reach else said


def _split(gaps: Sequence[Gap]) -> Iterator[Sequence[Gap]]:
    """The rows in as few charts as pages can take, of nearly equal length."""
    charts = ceil(len(gaps) / _ROWS)
    for number in range(charts):
        yield gaps[number * len(gaps) // charts : (number + 1) * len(gaps) // charts]


def _chart(
    wording: Wording,
    words: ChartWords,
    assessment: Assessment,
    comparison: Comparison,
    gaps: Sequence[Gap],
) -> GapChart:
    texts = wording.texts
    names = [_side(wording, assessment, comparison, name) for name in (comparison.first, comparison.second)]
    return gap_chart(
        [_row(wording, gap, counted=not assessment.confidential) for gap in _sorted(gaps)],
        (names[0], names[1]),
        reach=_reach(comparison),
        title=texts("report.chart.gap", first=names[0], second=names[1]),
        words=words,
    )


def _reach(comparison: Comparison) -> float:
    """One axis of differences for all charts of a comparison."""
    return reach_of([GapRow("", gap.first, gap.second, gap.interval) for gap in comparison.gaps])


def _side(wording: Wording, assessment: Assessment, comparison: Comparison, name: str) -> str:
    """A group's name with how many people are in it."""
    title = wording.group(comparison.attribute, name)
    sizes = {(group.attribute, group.name): group.n for group in assessment.groups}
    n = sizes.get((comparison.attribute, name))
    return title if n is None else wording.texts("report.gap.side", name=title, n=n)


def _row(wording: Wording, gap: Gap, *, counted: bool) -> GapRow:
    """A row of a chart; where people may be ``counted``, with how few of them it rests on."""
    reason = wording.texts.message(gap.reason) if gap.reason and not gap.suppressed else ""
    few = counted and min(gap.n_first or _FEW, gap.n_second or _FEW) < _FEW
    note = wording.texts("report.gap.few", first=gap.n_first, second=gap.n_second) if few else ""
    return GapRow(gap.title, gap.first, gap.second, gap.interval, clear=gap.clear, reason=reason, note=note)


def _widest_sentence(wording: Wording, comparison: Comparison, gap: Gap) -> str:
    low, high = gap.interval or (0.0, 0.0)
    return wording.texts(
        "report.gap.widest",
        about=gap.title,
        first=wording.group_inside(comparison.attribute, comparison.first),
        second=wording.group_inside(comparison.attribute, comparison.second),
        one=gap.first,
        other=gap.second,
        low=low,
        high=high,
    )


def _paragraphs(wording: Wording, parts: Sequence[Gap]) -> Iterator[str]:
    """How many practices differ, what that means, and what is not shown."""
    texts = wording.texts
    compared = [gap for gap in parts if gap.difference is not None]
    clear = [gap for gap in compared if gap.clear]
    if clear:
        yield texts("report.gap.count", n=len(clear), all=len(compared))
        yield texts("report.gap.meaning")
    elif compared:
        yield texts("report.gap.none", all=len(compared))
    for key, suppressed in (("hidden", True), ("apart-questions", False)):
        missing = [gap for gap in parts if gap.difference is None and gap.suppressed == suppressed]
        if missing:
            yield texts(f"report.gap.{key}", n=len(missing))
