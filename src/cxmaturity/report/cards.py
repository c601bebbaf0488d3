"""The recommendation cards, and what not to do."""

from __future__ import annotations

from cxmaturity.report.context import Card, Restraint
from cxmaturity.report.words import Wording
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Initiative, Roadmap

S2_RISKS = ("cost-to-serve", "unfit-customers", "changing-needs")


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
    needs = [
        texts("report.card.number", number=numbers[name]) for name in entry.prerequisites if name in numbers
    ]
    lifts = texts("report.card.finds-out" if initiative.unassessed else "report.card.lifts")
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
            (lifts, _lifts(wording, initiative, titles)),
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
    left_out = tuple(
        (each.recommendation.title, texts("report.sentence", text=texts.message(each.reason)))
        for each in roadmap.left_out
    )
    return Restraint(
        title=texts("report.restraint.title"),
        intro=texts("report.restraint.intro"),
        risks=tuple(risks),
        left_out_title=texts("report.restraint.left-out", n=len(left_out)) if left_out else "",
        left_out=left_out,
    )
