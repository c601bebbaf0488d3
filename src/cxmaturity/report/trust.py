"""The appendix's tables on how far the scores can be trusted, and how people are spread over the levels."""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.api import Standing
from cxmaturity.report.charts import ChartWords, distribution
from cxmaturity.report.context import SpreadRow, TrustRow
from cxmaturity.report.words import MISSING, Wording
from cxmaturity.result import Assessment

TERMS = ("interval", "r-wg", "average-deviation", "krippendorff", "consistency", "icc")
_STRIP_MM, _STRIP_HEIGHT_MM = 84.0, 3.9


def trust_help(wording: Wording) -> tuple[tuple[str, str], ...]:
    """How to read the table: each term with its meaning."""
    texts = wording.texts
    return tuple((texts(f"report.trust.{term}.title"), texts(f"report.trust.{term}.text")) for term in TERMS)


def build_trust(wording: Wording, words: ChartWords, assessment: Assessment) -> tuple[TrustRow, ...]:
    """The whole, each dimension and its practices; nothing where no two people answered."""
    if not any(practice.n > 1 for practice in assessment.practices()):
        return ()
    return tuple(_trust(wording, words, standing, whole) for standing, whole in _standings(assessment))


def build_spread(wording: Wording, words: ChartWords, assessment: Assessment) -> tuple[SpreadRow, ...]:
    """How many people's own answers come to which level; nothing where that is shown of no practice."""
    if not any(practice.distribution for practice in assessment.practices()):
        return ()
    return tuple(_spread(wording, words, standing, whole) for standing, whole in _standings(assessment))


def _standings(assessment: Assessment) -> Iterator[tuple[Standing, bool]]:
    """All of them in order, and whether each is more than a practice."""
    yield assessment.overall, True
    for dimension in assessment.dimensions:
        yield dimension, True
        for practice in dimension.practices.values():
            yield practice, False


def _trust(wording: Wording, words: ChartWords, standing: Standing, whole: bool) -> TrustRow:  # noqa: FBT001 - see _standings
    found = standing.reliability
    figures = (
        found.r_wg,
        found.r_wg_skewed,
        found.average_deviation,
        found.krippendorff,
        found.cronbach,
        found.omega,
        found.icc_1,
        found.icc_2,
    )
    return TrustRow(
        title=standing.title,
        whole=whole,
        figures=(
            MISSING if standing.suppressed else wording.texts.write(standing.n, "whole"),
            wording.interval(standing.interval),
            wording.percent(standing.coverage),
            *(MISSING if figure is None else words.number(figure, 2) for figure in figures),
        ),
    )


def _spread(wording: Wording, words: ChartWords, standing: Standing, whole: bool) -> SpreadRow:  # noqa: FBT001 - see _standings
    counts = standing.distribution
    return SpreadRow(
        title=standing.title,
        whole=whole,
        score=wording.score(standing.score),
        n=wording.texts.write(sum(counts), "whole") if counts else MISSING,
        chart=distribution(
            counts,
            [wording.level(level.number) for level in wording.levels],
            title=wording.texts("report.chart.spread", title=standing.title),
            words=words,
            width_mm=_STRIP_MM,
            height_mm=_STRIP_HEIGHT_MM,
        )
        if counts
        else None,
    )
