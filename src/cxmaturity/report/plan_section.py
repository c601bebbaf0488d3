"""The section on the plan: the roadmap by quarter, effort against gain, and how good the plan is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
from cxmaturity.report.plan_context import RoadmapSection, SkillTable
from cxmaturity.report.plan_words import plan_notes, plan_paragraphs
from cxmaturity.report.targets import roadmap_title
from cxmaturity.report.words import Wording
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Initiative, Roadmap

_QUARTERS = 8
"""So many have room side by side, in a table of skills and with their full names over a chart."""


def build_roadmap(
    wording: Wording,
    words: ChartWords,
    assessment: Assessment,
    roadmap: Roadmap,
    titles: Mapping[str, str],
) -> RoadmapSection:
    """The plan by quarter; ``titles`` are those of recommendations, by their ids."""
    texts = wording.texts
    lifting = [each for each in roadmap.initiatives if each.lifts]
    return RoadmapSection(
        title=roadmap_title(wording, assessment, roadmap),
        paragraphs=tuple(plan_paragraphs(wording, assessment, roadmap)),
        gantts=_gantts(wording, words, assessment, roadmap),
        caption=texts("report.roadmap.caption"),
        skills=tuple(_skills(wording, roadmap)),
        notes=tuple(plan_notes(wording, roadmap, titles)),
        order=() if roadmap.periods else tuple(_order(wording, each) for each in roadmap.initiatives),
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
    return gantt(
        [
            wording.short_quarter(period.start, narrow=len(roadmap.periods) > _QUARTERS)
            for period in roadmap.periods
        ],
        list(_items(assessment, roadmap)),
        [period.load for period in roadmap.periods],
        [period.capacity for period in roadmap.periods],
        [ProjectedQuarter(p.projected.overall.score, p.projected.overall.level) for p in roadmap.periods],
        title=wording.texts("report.chart.gantt"),
        words=words,
    )


def _items(assessment: Assessment, roadmap: Roadmap) -> Iterator[GanttItem]:
    """The bars; one that goes on after the plan ends with it."""
    titles = {dimension.id: dimension.title for dimension in assessment.dimensions}
    numbers = {each.recommendation.id: each.number for each in roadmap.initiatives}
    for each in roadmap.initiatives:
        if each.start is not None and each.end is not None:
            entry = each.recommendation
            yield GanttItem(
                entry.title,
                titles.get(entry.dimension, entry.dimension),
                each.start,
                min(each.end, len(roadmap.periods) - 1),
                each.number,
                tuple(numbers[name] for name in entry.prerequisites if name in numbers),
                each.state,
            )


def _skills(wording: Wording, roadmap: Roadmap) -> Iterator[SkillTable]:
    """The load of each scarce skill by quarter, in as many tables as it takes."""
    texts = wording.texts
    names = list(roadmap.capacity.skills) if roadmap.capacity and roadmap.initiatives else []
    for first in range(0, len(roadmap.periods), _QUARTERS) if names else ():
        periods = roadmap.periods[first : first + _QUARTERS]
        yield SkillTable(
            (texts("report.roadmap.skill"), *(wording.short_quarter(each.start) for each in periods)),
            tuple(
                (
                    skill,
                    *(
                        texts("report.roadmap.load", load=load.load, capacity=load.capacity)
                        for load in (period.skills[skill] for period in periods)
                    ),
                )
                for skill in names
            ),
        )


def _order(wording: Wording, initiative: Initiative) -> tuple[str, str, str, str, str]:
    """An initiative in the list that stands in for a chart where there are no quarters."""
    texts, entry = wording.texts, initiative.recommendation
    return (
        str(initiative.number),
        entry.title,
        texts.write(initiative.days, "decimal"),
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
