"""The sections on what to do: roadmap, recommendation cards, and what not to do."""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.report.charts import ChartWords, GanttItem, MatrixPoint, ProjectedQuarter, gantt, matrix
from cxmaturity.report.context import Card, ProjectionRow, Restraint, RoadmapSection
from cxmaturity.report.words import Wording
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Initiative, Period, Projection, Roadmap
from cxmaturity.roadmap.quarters import last_day
from cxmaturity.workspace import TargetFile

S2_RISKS = ("cost-to-serve", "unfit-customers", "changing-needs")


def build_roadmap(
    wording: Wording, words: ChartWords, assessment: Assessment, roadmap: Roadmap, target: TargetFile | None
) -> RoadmapSection:
    """The plan by quarter, with where it leads."""
    texts = wording.texts
    titles = {dimension.id: dimension.title for dimension in assessment.dimensions}
    lifting = [each for each in roadmap.initiatives if each.lifts]
    return RoadmapSection(
        title=_title(wording, assessment, roadmap, target),
        paragraphs=tuple(_paragraphs(wording, assessment, roadmap, target)),
        gantts=gantt(
            [wording.quarter(period.start, period.end) for period in roadmap.periods],
            [
                GanttItem(
                    each.recommendation.title,
                    titles.get(each.recommendation.dimension, each.recommendation.dimension),
                    each.start,
                    each.end,
                    each.number,
                )
                for each in roadmap.initiatives
                if each.start is not None and each.end is not None
            ],
            [period.load for period in roadmap.periods],
            [period.capacity for period in roadmap.periods],
            [ProjectedQuarter(p.projected.overall.score, p.projected.overall.level) for p in roadmap.periods],
            title=texts("report.chart.gantt"),
            words=words,
        )
        if roadmap.periods and roadmap.initiatives
        else (),
        caption=texts("report.roadmap.caption"),
        order=()
        if roadmap.periods
        else tuple(
            (
                str(each.number),
                each.recommendation.title,
                texts("report.card.days", days=each.days),
                texts("report.card.duration", weeks=each.recommendation.weeks),
                each.recommendation.owner,
            )
            for each in roadmap.initiatives
        ),
        rows=tuple(_projection_row(wording, period) for period in roadmap.periods),
        matrix_title=texts("report.matrix.title", n=sum(1 for e in lifting if e.quadrant == "quick-win")),
        matrix=matrix(
            [
                MatrixPoint(each.number, each.recommendation.title, each.days, each.gain, each.quadrant)
                for each in lifting
            ],
            texts("report.matrix.effort"),
            texts("report.matrix.impact"),
            {
                "quick-win": texts("report.matrix.quick-win"),
                "major-project": texts("report.matrix.major-project"),
                "fill-in": texts("report.matrix.fill-in"),
                "reconsider": texts("report.matrix.reconsider"),
            },
            roadmap.effort_split,
            roadmap.impact_split,
            title=texts("report.chart.matrix"),
            words=words,
        )
        if len(lifting) > 1
        else None,
        matrix_caption=texts("report.matrix.caption"),
    )


def _title(wording: Wording, assessment: Assessment, roadmap: Roadmap, target: TargetFile | None) -> str:
    texts, count = wording.texts, len(roadmap.initiatives)
    if not count:
        return texts("report.roadmap.title.none")
    if not roadmap.periods:
        return texts("report.roadmap.title.unplanned", n=count)
    now, then = assessment.overall, roadmap.finally_.overall
    if now.score is None or then.score is None:
        return texts("report.roadmap.title.find-out", n=count)
    values = {"n": count, "quarters": len(roadmap.periods), "now": now.score, "then": then.score}
    if target is None or target.level is None:
        return texts("report.roadmap.title.plain", **values)
    reached = _reached(roadmap, target)
    if reached is not None:
        late = target.by is not None and reached.start > last_day(target.by)
        key = "report.roadmap.title.late" if late else "report.roadmap.title.reached"
        quarter = wording.quarter(reached.start, reached.end)
        return texts(key, level=target.level, quarter=quarter, **values)
    return texts("report.roadmap.title.missed", level=target.level, **values)


def _reached(roadmap: Roadmap, target: TargetFile) -> Period | None:
    """The first quarter in which the target level stands, as projected with today's measured caps."""
    wanted = target.level or 0
    return next((p for p in roadmap.periods if (p.projected.overall.level or 0) >= wanted), None)


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
        yield from _dimension_targets(wording, roadmap, target)
    if roadmap.size.assumed:
        assumed = [
            texts(f"report.roadmap.{name}", n=getattr(roadmap.size, name)) for name in roadmap.size.assumed
        ]
        yield texts("report.roadmap.assumed", assumed=assumed)


def target_sentence(
    wording: Wording, assessment: Assessment, roadmap: Roadmap, target: TargetFile | None
) -> str:
    """Where the plan leads, and whether that is where the organisation wants to be."""
    texts = wording.texts
    now, then = assessment.overall, roadmap.finally_.overall
    if now.score is None or then.score is None:
        return texts("report.target.unknown")
    values = {"now": now.score, "then": then.score, "level": wording.level(then.level)}
    if target is None or target.level is None:
        return texts("report.target.none", **values)
    deadline = last_day(target.by) if target.by else roadmap.periods[-1].end
    standing = _at(roadmap, deadline)
    if standing is None:
        return texts("report.target.before", deadline=deadline, start=roadmap.periods[0].start)
    values = {
        "deadline": deadline,
        "target": target.level,
        "score": standing.overall.score,
        "level": wording.level(standing.overall.level),
        "uncapped": wording.level(standing.overall.uncapped_level),
    }
    if (standing.overall.level or 0) >= target.level:
        return texts("report.target.reached", **values)
    if (standing.overall.uncapped_level or 0) >= target.level:
        return texts("report.target.capped", **values)
    return texts("report.target.missed", **values)


def _dimension_targets(wording: Wording, roadmap: Roadmap, target: TargetFile | None) -> Iterator[str]:
    """Whether the dimensions that have targets of their own get there."""
    if target is None or not target.dimensions:
        return
    deadline = last_day(target.by) if target.by else roadmap.periods[-1].end
    standing = _at(roadmap, deadline)
    projected = {dimension.id: dimension for dimension in standing.dimensions} if standing else {}
    for name, level in target.dimensions.items():
        if name in projected:
            then = projected[name]
            outcome = "reached" if (then.level or 0) >= level else "missed"
            yield wording.texts(
                f"report.target.dimension-{outcome}",
                dimension=then.title,
                target=level,
                deadline=deadline,
                score=wording.score(then.score),
                level=wording.level(then.level),
            )


def _at(roadmap: Roadmap, deadline: str) -> Projection | None:
    """The projection that holds on a day; after the last quarter that of everything done."""
    if deadline < roadmap.periods[0].start:
        return None
    for period in roadmap.periods:
        if deadline <= period.end:
            return period.projected
    return roadmap.finally_


def _projection_row(wording: Wording, period: Period) -> ProjectionRow:
    texts = wording.texts

    def standing(projection: Projection) -> str:
        overall = projection.overall
        return texts(
            "report.roadmap.standing", score=wording.score(overall.score), level=wording.level(overall.level)
        )

    return ProjectionRow(
        wording.quarter(period.start, period.end),
        texts("report.roadmap.load", load=period.load, capacity=period.capacity),
        standing(period.projected),
        standing(period.if_measured),
    )


def build_cards(wording: Wording, assessment: Assessment, roadmap: Roadmap) -> tuple[Card, ...]:
    """One card for each initiative."""
    titles = {each.id: each.title for d in assessment.dimensions for each in (*d.practices.values(), d)}
    figures = {metric.id: wording.figure(metric) for metric in assessment.metrics if metric.value is not None}
    return tuple(_card(wording, each, roadmap, titles, figures) for each in roadmap.initiatives)


def _card(
    wording: Wording,
    initiative: Initiative,
    roadmap: Roadmap,
    titles: dict[str, str],
    figures: dict[str, str],
) -> Card:
    texts, entry = wording.texts, initiative.recommendation
    when = ""
    if initiative.start is not None and initiative.end is not None:
        first, last = roadmap.periods[initiative.start], roadmap.periods[initiative.end]
        when = wording.quarter(first.start, first.end)
        if initiative.end > initiative.start:
            when = texts("report.card.range", start=when, end=wording.quarter(last.start, last.end))
    numbers = {each.recommendation.id: str(each.number) for each in roadmap.initiatives}
    needs = [numbers[name] for name in entry.prerequisites if name in numbers]
    return Card(
        number=initiative.number,
        title=entry.title,
        dimension=titles.get(entry.dimension, entry.dimension),
        when=when,
        aim=entry.aim,
        why=entry.why,
        source=texts("report.card.source", ref=entry.source, idea=entry.idea),
        steps=entry.steps,
        facts=(
            (texts("report.card.owner"), entry.owner),
            (texts("report.card.effort"), texts("report.card.days", days=initiative.days)),
            (texts("report.card.cost"), texts("report.card.euro", cost=initiative.cost)),
            (texts("report.card.weeks"), texts("report.card.duration", weeks=entry.weeks)),
            (texts("report.card.lifts"), _lifts(wording, initiative, titles)),
            (texts("report.card.needs"), ", ".join(needs) or texts("report.card.nothing")),
        ),
        kpi=_kpi(wording, initiative, figures),
        risk=texts(
            "report.card.risk", rating=texts(f"report.rating.{entry.risk.rating}"), text=entry.risk.text
        ),
    )


def _kpi(wording: Wording, initiative: Initiative, figures: dict[str, str]) -> str:
    """How one will see that it worked, with today's figure where customer data gives it."""
    kpi = initiative.recommendation.kpi
    today = figures.get(kpi.metric or "")
    key = "report.card.kpi-today" if today else "report.card.kpi"
    return wording.texts(key, name=kpi.name, target=kpi.target, today=today)


def _lifts(wording: Wording, initiative: Initiative, titles: dict[str, str]) -> str:
    texts = wording.texts
    if initiative.unassessed:
        return texts("report.card.finds", names=[titles[name] for name in initiative.unassessed])
    lifts = [
        texts("report.card.lift", practice=titles.get(name, name), level=level)
        for name, level in initiative.lifts.items()
    ]
    return texts.write(lifts, "list")


def build_restraint(wording: Wording, roadmap: Roadmap) -> Restraint:
    """What not to do, and what was left out."""
    texts = wording.texts
    risks = []
    for kind in S2_RISKS:
        carried = tuple(
            texts("report.restraint.item", number=each.number, text=each.recommendation.risk.text)
            for each in roadmap.initiatives
            if each.recommendation.risk.kind == kind
        )
        risks.append(
            (texts(f"report.restraint.{kind}.title"), texts(f"report.restraint.{kind}.text"), carried)
        )
    left_out = tuple((each.recommendation.title, texts.message(each.reason)) for each in roadmap.left_out)
    return Restraint(
        title=texts("report.restraint.title"),
        intro=texts("report.restraint.intro"),
        risks=tuple(risks),
        left_out_title=texts("report.restraint.left-out", n=len(left_out)) if left_out else "",
        left_out=left_out,
    )
