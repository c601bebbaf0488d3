"""The section on the plan: roadmap by quarter, where it leads, effort against gain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxmaturity.report.charts import (
    QUADRANTS,
    ChartWords,
    Gantt,
    GanttItem,
    Matrix,
    MatrixPoint,
    ProjectedQuarter,
    gantt,
    matrix,
)
from cxmaturity.report.context import ProjectionRow, RoadmapSection
from cxmaturity.report.targets import dimension_targets, roadmap_title, target_sentence
from cxmaturity.report.words import Wording
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Initiative, Projection, Roadmap
from cxmaturity.settings import TargetFile


def build_roadmap(
    wording: Wording, words: ChartWords, assessment: Assessment, roadmap: Roadmap, target: TargetFile | None
) -> RoadmapSection:
    """The plan by quarter, with where it leads."""
    texts = wording.texts
    lifting = [each for each in roadmap.initiatives if each.lifts]
    return RoadmapSection(
        title=roadmap_title(wording, assessment, roadmap, target),
        paragraphs=tuple(_paragraphs(wording, assessment, roadmap, target)),
        gantts=_gantts(wording, words, assessment, roadmap),
        caption=texts("report.roadmap.caption"),
        order=() if roadmap.periods else tuple(_order(wording, each) for each in roadmap.initiatives),
        rows=_projection_rows(wording, roadmap),
        matrix_title=texts("report.matrix.title", n=sum(1 for e in lifting if e.quadrant == "quick-win")),
        matrix=_matrix(wording, words, roadmap, lifting) if len(lifting) > 1 else None,
        matrix_caption=texts("report.matrix.caption"),
    )


def _gantts(
    wording: Wording, words: ChartWords, assessment: Assessment, roadmap: Roadmap
) -> tuple[Gantt, ...]:
    """The initiatives by quarter and dimension; nothing without a capacity."""
    if not roadmap.periods or not roadmap.initiatives:
        return ()
    titles = {dimension.id: dimension.title for dimension in assessment.dimensions}
    items = [
        GanttItem(
            each.recommendation.title,
            titles.get(each.recommendation.dimension, each.recommendation.dimension),
            each.start,
            each.end,
            each.number,
        )
        for each in roadmap.initiatives
        if each.start is not None and each.end is not None
    ]
    return gantt(
        [wording.quarter(period.start, period.end) for period in roadmap.periods],
        items,
        [period.load for period in roadmap.periods],
        [period.capacity for period in roadmap.periods],
        [ProjectedQuarter(p.projected.overall.score, p.projected.overall.level) for p in roadmap.periods],
        title=wording.texts("report.chart.gantt"),
        words=words,
    )


def _order(wording: Wording, initiative: Initiative) -> tuple[str, str, str, str, str]:
    """An initiative in the list that stands in for a chart where there are no quarters."""
    texts, entry = wording.texts, initiative.recommendation
    return (
        str(initiative.number),
        entry.title,
        texts("report.card.days", days=initiative.days),
        texts("report.card.duration", weeks=entry.weeks),
        entry.owner,
    )


def _matrix(wording: Wording, words: ChartWords, roadmap: Roadmap, lifting: Sequence[Initiative]) -> Matrix:
    """Effort against gain, of the initiatives whose gain is known."""
    texts = wording.texts
    return matrix(
        [
            MatrixPoint(each.number, each.recommendation.title, each.days, each.gain, each.quadrant)
            for each in lifting
        ],
        texts("report.matrix.effort"),
        texts("report.matrix.impact"),
        {quadrant: texts(f"report.matrix.{quadrant}") for quadrant in QUADRANTS},
        roadmap.effort_split,
        roadmap.impact_split,
        title=texts("report.chart.matrix"),
        words=words,
    )


def _paragraphs(
    wording: Wording, assessment: Assessment, roadmap: Roadmap, target: TargetFile | None
) -> Iterator[str]:
    texts = wording.texts
    if not roadmap.initiatives:
        yield texts("report.roadmap.none")
        return
    if not roadmap.periods:
        yield texts("report.roadmap.unplanned")
    else:
        budget = (
            texts("report.roadmap.budget", cost=roadmap.cost, budget=roadmap.budget) if roadmap.budget else ""
        )
        days = roadmap.periods[0].capacity
        yield " ".join(filter(None, (texts("report.roadmap.capacity", days=days), budget)))
        yield target_sentence(wording, assessment, roadmap, target)
        yield from dimension_targets(wording, roadmap, target)
    if roadmap.size.assumed:
        assumed = [
            texts(f"report.roadmap.{name}", n=getattr(roadmap.size, name)) for name in roadmap.size.assumed
        ]
        yield texts("report.roadmap.assumed", assumed=assumed)


def _projection_rows(wording: Wording, roadmap: Roadmap) -> tuple[ProjectionRow, ...]:
    """Where the whole stands in each quarter, and once everything is complete."""
    texts = wording.texts

    def standing(projection: Projection) -> str:
        overall = projection.overall
        return texts(
            "report.roadmap.standing", score=wording.score(overall.score), level=wording.level(overall.level)
        )

    rows = [
        ProjectionRow(
            wording.quarter(period.start, period.end),
            texts("report.roadmap.load", load=period.load, capacity=period.capacity),
            standing(period.projected),
            standing(period.outlook.if_measured),
        )
        for period in roadmap.periods
    ]
    if rows and roadmap.initiatives:
        done = standing(roadmap.finally_.projected), standing(roadmap.finally_.if_measured)
        rows.append(ProjectionRow(texts("report.roadmap.after"), "", *done))
    return tuple(rows)
