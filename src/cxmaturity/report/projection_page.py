"""The page that says where the plan leads: by quarter, with expected and with low lifts."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from cxmaturity.api import Standing
from cxmaturity.report.charts import ChartWords, ProjectionPoint, projection
from cxmaturity.report.plan_context import ProjectionPage, ProjectionRow
from cxmaturity.report.words import Wording
from cxmaturity.roadmap.model import Outlook, Period, Roadmap
from cxmaturity.scoring.scale import shown

_MOST_POINTS = 12
"""With more the names would have no room; every second or fourth quarter is drawn then."""


def build_projection(wording: Wording, words: ChartWords, roadmap: Roadmap) -> ProjectionPage | None:
    """The page; ``None`` without quarters, without initiatives or without a score to project."""
    texts, periods = wording.texts, roadmap.periods
    then = roadmap.finally_
    if not periods or not roadmap.initiatives or then.projected.overall.score is None:
        return None
    return ProjectionPage(
        title=_title(wording, roadmap),
        text=texts("report.projection.text"),
        chart=projection(
            _points(wording, roadmap),
            [level.minimum for level in wording.levels],
            target=roadmap.prospect.target.level if roadmap.prospect else None,
            title=texts("report.chart.projection"),
            words=words,
        ),
        caption=texts("report.projection.caption"),
        rows=tuple(_rows(wording, periods, then)),
    )


def _title(wording: Wording, roadmap: Roadmap) -> str:
    then = roadmap.finally_
    now, expected, low = (
        shown(each.overall.score or 0.0) for each in (roadmap.periods[0].projected, then.projected, then.low)
    )
    key = "range"
    if low in {now, expected}:
        key = "stays" if now == expected else "same" if low == expected else "none"
    return wording.texts(f"report.projection.title.{key}", now=now, expected=expected, low=low)


def _points(wording: Wording, roadmap: Roadmap) -> list[ProjectionPoint]:
    """The quarters, or every second or fourth of them, and once all is complete."""
    periods = roadmap.periods
    step = next((each for each in (1, 2) if ceil(len(periods) / each) < _MOST_POINTS), 4)
    named = [(wording.short_quarter(period.start), period.outlook) for period in periods[::step]]
    named.append((wording.texts("report.projection.after"), roadmap.finally_))
    return [
        ProjectionPoint(
            name,
            outlook.projected.overall.score,
            outlook.low.overall.score,
            outlook.projected.overall.level,
        )
        for name, outlook in named
    ]


def _rows(wording: Wording, periods: Sequence[Period], then: Outlook) -> list[ProjectionRow]:
    """Each quarter in numbers, and once everything is complete."""
    texts = wording.texts

    def row(name: str, load: str, outlook: Outlook) -> ProjectionRow:
        cases = (outlook.projected, outlook.low, outlook.if_measured)
        return ProjectionRow(name, load, *(_standing(wording, each.overall) for each in cases))

    rows = [
        row(
            wording.quarter(period.start, period.end),
            texts("report.roadmap.load", load=period.load, capacity=period.capacity),
            period.outlook,
        )
        for period in periods
    ]
    return [*rows, row(texts("report.roadmap.after"), "", then)]


def _standing(wording: Wording, overall: Standing) -> str:
    return wording.texts(
        "report.roadmap.standing", score=wording.score(overall.score), level=wording.level(overall.level)
    )
