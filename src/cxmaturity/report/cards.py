"""The recommendation cards."""

from __future__ import annotations

from cxmaturity.report.plan_context import Card
from cxmaturity.report.words import Wording
from cxmaturity.result import Assessment
from cxmaturity.roadmap.dates import began
from cxmaturity.roadmap.model import Initiative, Roadmap
from cxmaturity.roadmap.quarters import quarter_span


def build_cards(wording: Wording, assessment: Assessment, roadmap: Roadmap) -> tuple[Card, ...]:
    """One card for each initiative."""
    titles, figures = part_titles(assessment), todays_figures(wording, assessment)
    return tuple(_card(wording, each, roadmap, titles, figures) for each in roadmap.initiatives)


def part_titles(assessment: Assessment) -> dict[str, str]:
    """What dimensions and practices are called."""
    return {each.id: each.title for d in assessment.dimensions for each in (*d.practices.values(), d)}


def _card(
    wording: Wording,
    initiative: Initiative,
    roadmap: Roadmap,
    titles: dict[str, str],
    figures: dict[str, str],
) -> Card:
    texts, entry = wording.texts, initiative.recommendation
    numbers = {each.recommendation.id: str(each.number) for each in roadmap.initiatives}
    needs = [
        texts("report.card.number", number=numbers[name]) for name in entry.prerequisites if name in numbers
    ]
    return Card(
        number=initiative.number,
        title=entry.title,
        dimension=_dimension(wording, initiative, titles),
        when=_when(wording, initiative, roadmap),
        aim=entry.aim,
        why=entry.why,
        source=texts("report.card.source", ref=entry.source, idea=entry.idea),
        steps=entry.steps,
        facts=(
            *means(wording, initiative),
            (texts("report.card.weeks"), texts("report.card.duration", weeks=entry.weeks)),
            outcome(wording, initiative, titles),
            (texts("report.card.needs"), ", ".join(needs) or texts("report.card.nothing")),
        ),
        kpi=kpi_sentence(wording, initiative, figures),
        risk=texts(
            "report.card.risk", rating=texts(f"report.rating.{entry.risk.rating}"), text=entry.risk.text
        ),
    )


def _when(wording: Wording, initiative: Initiative, roadmap: Roadmap) -> str:
    """Its quarters, also those before and after the plan; empty where no capacity is known."""
    first = began(roadmap, initiative)
    if first is None or initiative.end is None or roadmap.capacity is None:
        return ""
    start, _ = quarter_span(roadmap.capacity.start, first)
    _, end = quarter_span(roadmap.capacity.start, initiative.end)
    return wording.quarters(start, end)


def _dimension(wording: Wording, initiative: Initiative, titles: dict[str, str]) -> str:
    """Its dimension, and whether it is under way or fixed by hand."""
    title = titles.get(initiative.recommendation.dimension, initiative.recommendation.dimension)
    if initiative.state == "planned":
        return title
    return wording.texts(f"report.card.{initiative.state}", dimension=title)


def means(wording: Wording, initiative: Initiative) -> tuple[tuple[str, str], ...]:
    """What an initiative takes: its owner, effort and cost, each with its label."""
    texts = wording.texts
    return (
        (texts("report.card.owner"), initiative.recommendation.owner),
        (texts("report.card.effort"), _effort(wording, initiative)),
        (texts("report.card.cost"), texts("report.card.euro", cost=initiative.cost)),
    )


def outcome(wording: Wording, initiative: Initiative, titles: dict[str, str]) -> tuple[str, str]:
    """What an initiative lifts or finds out about, with its label."""
    label = wording.texts("report.card.finds-out" if initiative.unassessed else "report.card.lifts")
    return label, _lifts(wording, initiative, titles)


def _effort(wording: Wording, initiative: Initiative) -> str:
    """Its person-days, and which of them need scarce skills."""
    texts = wording.texts
    if not initiative.skills:
        return texts("report.card.days", days=initiative.days)
    skills = [texts("report.card.skill", days=days, skill=skill) for skill, days in initiative.skills.items()]
    return texts("report.card.days-skills", days=initiative.days, skills=skills)


def todays_figures(wording: Wording, assessment: Assessment) -> dict[str, str]:
    """What customer data shows today, by metric."""
    return {metric.id: wording.figure(metric) for metric in assessment.metrics if metric.value is not None}


def kpi_sentence(wording: Wording, initiative: Initiative, figures: dict[str, str]) -> str:
    """How one will see that it worked, with today's figure where customer data gives it."""
    kpi = initiative.recommendation.kpi
    today = figures.get(kpi.metric or "")
    key = "report.card.kpi-today" if today else "report.card.kpi"
    return wording.texts(key, name=kpi.name, target=kpi.target, today=today)


def _lifts(wording: Wording, initiative: Initiative, titles: dict[str, str]) -> str:
    """What an initiative lifts to which level, or what it finds out about."""
    texts = wording.texts
    if initiative.unassessed:
        return texts("report.card.finds", names=[titles[name] for name in initiative.unassessed])
    if not initiative.lifts:
        return texts("report.card.lifts-nothing")
    return texts.write([_lift(wording, initiative, titles, name) for name in initiative.lifts], "list")


def _lift(wording: Wording, initiative: Initiative, titles: dict[str, str], practice: str) -> str:
    """A practice with the level that it is brought to, and the low one where that is another."""
    level, low = initiative.lifts[practice], initiative.low.get(practice, 0)
    key = "lift" if low == level else "lift-low" if low else "lift-perhaps"
    return wording.texts(f"report.card.{key}", practice=titles.get(practice, practice), level=level, low=low)
