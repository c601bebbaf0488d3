"""The section on the plan: the roadmap by quarter, effort against gain, and how good the plan is."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from math import ceil

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
from cxmaturity.report.targets import either, roadmap_title
from cxmaturity.report.words import Wording
from cxmaturity.result import Assessment
from cxmaturity.roadmap.dates import began
from cxmaturity.roadmap.model import Initiative, Period, Roadmap, Target

_QUARTERS = 8
"""So many have room side by side, in a table of skills and with their full names over a chart."""
_NAMED = 12
"""So many have room for a short name over a chart."""
_CHARACTERS, _TITLE_CHARACTERS = 100, 50
"""So many have room in a line."""


def build_roadmap(  # noqa: PLR0913, PLR0917 - all that the section is made of
    wording: Wording,
    words: ChartWords,
    assessment: Assessment,
    roadmap: Roadmap,
    titles: Mapping[str, str],
    target: Target,
) -> RoadmapSection:
    """The plan by quarter; ``titles`` are those of recommendations, by their ids.

    ``target`` is the workspace's, of which a roadmap without quarters says nothing.
    """
    texts = wording.texts
    lifting = [each for each in roadmap.initiatives if each.lifts]
    title = roadmap_title(wording, assessment, roadmap)
    paragraphs = tuple(plan_paragraphs(wording, assessment, roadmap, target))
    return RoadmapSection(
        title=title,
        paragraphs=paragraphs,
        gantts=_gantts(wording, words, assessment, roadmap, _height_mm(title, paragraphs)),
        caption=texts("report.roadmap.caption"),
        skills=tuple(_skills(wording, roadmap)),
        notes=tuple(plan_notes(wording, roadmap, titles)),
        order=() if roadmap.periods else tuple(_order(wording, each) for each in roadmap.initiatives),
        matrix_title=texts("report.matrix.title", n=sum(1 for e in lifting if e.quadrant == "quick-win")),
        matrix=_matrix(wording, words, roadmap, lifting) if len(lifting) > 1 else None,
        matrix_caption=" ".join(_matrix_caption(wording, roadmap, lifting)),
    )


def _height_mm(title: str, paragraphs: Sequence[str]) -> float:
    """About what a title and paragraphs take of a page, in the sizes of report.css."""
    lines = sum(ceil(len(each) / _CHARACTERS) for each in paragraphs)
    return 11.0 + 8.8 * ceil(len(title) / _TITLE_CHARACTERS) + 5.0 * lines + 3.0 * len(paragraphs)


def _gantts(
    wording: Wording, words: ChartWords, assessment: Assessment, roadmap: Roadmap, above_mm: float
) -> tuple[Gantt, ...]:
    """The initiatives by quarter and dimension; nothing without a capacity."""
    if not roadmap.periods or not roadmap.initiatives:
        return ()
    return gantt(
        _names(wording, roadmap.periods),
        list(_items(assessment, roadmap)),
        [period.load for period in roadmap.periods],
        [period.capacity for period in roadmap.periods],
        [ProjectedQuarter(p.projected.overall.score, p.projected.overall.level) for p in roadmap.periods],
        title=wording.texts("report.chart.gantt"),
        words=words,
        above_mm=above_mm,
    )


def _names(wording: Wording, periods: Sequence[Period]) -> list[str]:
    """What quarters are called over the chart.

    Where there are many, only the first of each year has the year; of still more, one in four has a name.
    """
    starts = [period.start for period in periods]
    if len(starts) > _NAMED:
        return ["" if number % 4 else wording.short_quarter(start) for number, start in enumerate(starts)]
    many, before = len(starts) > _QUARTERS, ["", *starts]
    return [
        wording.short_quarter(start, narrow=many and start[:4] == earlier[:4])
        for start, earlier in zip(starts, before, strict=False)
    ]


def _items(assessment: Assessment, roadmap: Roadmap) -> Iterator[GanttItem]:
    """The bars; one that goes on after the plan ends with it."""
    titles = {dimension.id: dimension.title for dimension in assessment.dimensions}
    numbers = {each.recommendation.id: each.number for each in roadmap.initiatives}
    for each in roadmap.initiatives:
        start = began(roadmap, each)
        if start is not None and each.end is not None:
            entry = each.recommendation
            yield GanttItem(
                entry.title,
                titles.get(entry.dimension, entry.dimension),
                start,
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


def _matrix_caption(wording: Wording, roadmap: Roadmap, lifting: Sequence[Initiative]) -> Iterator[str]:
    """How to read it, and why there is what gives little for much."""
    texts = wording.texts
    yield texts("report.matrix.caption")
    needs = {name for each in roadmap.initiatives for name in each.recommendation.prerequisites}
    found = {_because(each, needs, roadmap) for each in lifting if each.quadrant == "reconsider"}
    reasons = [texts(f"report.matrix.reason.{reason}") for reason in _REASONS if reason in found]
    if reasons:
        yield texts("report.matrix.because", reasons=either(wording, reasons))


_REASONS = ("target", "initiative", "decided", "room", "order")


def _because(initiative: Initiative, needs: Container[str], roadmap: Roadmap) -> str:
    """Why an initiative is on the roadmap."""
    if initiative.needed:
        return "target"
    if initiative.recommendation.id in needs:
        return "initiative"
    if initiative.state != "planned":
        return "decided"
    return "room" if roadmap.periods else "order"


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
