"""The pages that hold two groups against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from cxmaturity.report.charts import ChartWords, GapChart, GapRow, gap_chart, reach_of
from cxmaturity.report.context import GapPage
from cxmaturity.report.words import Wording
from cxmaturity.result import OVERALL, Assessment, Comparison, Gap
from cxmaturity.scoring.scale import shown_difference

WIDEST = 3
_ROWS = 24
"""So many rows fit on a page even if each needs two lines."""


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
    parts = [gap for gap in comparison.gaps if gap.about in practices]
    return GapPage(
        id=f"gap-{number}",
        name=texts("report.gap.name", first=first, second=inside),
        title=_title(wording, assessment, comparison),
        wholes=_chart(wording, words, comparison, wholes),
        caption=texts(
            "report.gap.caption",
            first=wording.group_inside(comparison.attribute, comparison.first),
            second=inside,
        ),
        widest=tuple(_widest_sentence(wording, comparison, gap) for gap in widest(parts)[:WIDEST]),
        paragraphs=tuple(_paragraphs(wording, parts)),
        practices=tuple(_chart(wording, words, comparison, rows) for rows in _split(_sorted(parts))),
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
    """The whole, then what the first group rates higher, most first; what cannot be compared comes last."""
    return sorted(
        gaps,
        key=lambda gap: (gap.about != OVERALL, gap.difference is None, -(gap.difference or 0.0), gap.about),
    )


def _split(gaps: Sequence[Gap]) -> Iterator[Sequence[Gap]]:
    """The rows in as few charts as pages can take, of nearly equal length."""
    charts = ceil(len(gaps) / _ROWS)
    for number in range(charts):
        yield gaps[number * len(gaps) // charts : (number + 1) * len(gaps) // charts]


def _chart(wording: Wording, words: ChartWords, comparison: Comparison, gaps: Sequence[Gap]) -> GapChart:
    texts = wording.texts
    whole = comparison.gaps[0]
    sides = ((comparison.first, whole.n_first), (comparison.second, whole.n_second))
    names = [
        texts("report.gap.side", name=wording.group(comparison.attribute, name), n=n)
        if n
        else wording.group(comparison.attribute, name)
        for name, n in sides
    ]
    return gap_chart(
        [_row(wording, gap) for gap in _sorted(gaps)],
        (names[0], names[1]),
        reach=reach_of([_row(wording, gap) for gap in comparison.gaps]),
        title=texts("report.chart.gap", first=names[0], second=names[1]),
        words=words,
    )


def _row(wording: Wording, gap: Gap) -> GapRow:
    reason = wording.texts.message(gap.reason) if gap.reason and not gap.suppressed else ""
    return GapRow(gap.title, gap.first, gap.second, gap.interval, clear=gap.clear, reason=reason)


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
    hidden = len(parts) - len(compared)
    if hidden:
        yield texts("report.gap.hidden", n=hidden)
