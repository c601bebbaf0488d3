"""The page of quick wins: what is begun and completed in the first quarter."""

from __future__ import annotations

from cxmaturity.report.cards import effort_phrase, kpi_sentence, lift_phrase, todays_figures
from cxmaturity.report.plan_context import QuickWin, QuickWinsPage
from cxmaturity.report.words import Wording
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Initiative, Roadmap

_STEPS = 3


def build_quick_wins(wording: Wording, assessment: Assessment, roadmap: Roadmap) -> QuickWinsPage | None:
    """The page; ``None`` where nothing is both begun and completed in the first quarter."""
    wins = quick_wins(roadmap)
    if not wins:
        return None
    days = sum(each.days for each in wins)
    return QuickWinsPage(
        title=wording.texts("report.quick-wins.title", n=len(wins), days=days),
        text=wording.texts("report.quick-wins.text", n=len(wins)),
        wins=tuple(_win(wording, assessment, each) for each in wins),
    )


def quick_wins(roadmap: Roadmap) -> list[Initiative]:
    """The initiatives that start in the first quarter and end in it, in the order of the roadmap."""
    return [each for each in roadmap.initiatives if each.start == 0 and each.end == 0]


def why_none(wording: Wording, roadmap: Roadmap) -> str:
    """Why there is no quick win; empty where there is one, or no dates are known."""
    if not roadmap.periods or not roadmap.initiatives or quick_wins(roadmap):
        return ""
    started = sum(1 for each in roadmap.initiatives if each.start is not None and each.start <= 0)
    return wording.texts(f"report.quick-wins.{'longer' if started else 'later'}")


def _win(wording: Wording, assessment: Assessment, initiative: Initiative) -> QuickWin:
    texts, entry = wording.texts, initiative.recommendation
    titles = {each.id: each.title for d in assessment.dimensions for each in (*d.practices.values(), d)}
    lifts = texts("report.card.finds-out" if initiative.unassessed else "report.card.lifts")
    return QuickWin(
        number=initiative.number,
        title=entry.title,
        dimension=titles.get(entry.dimension, entry.dimension),
        facts=(
            (texts("report.card.owner"), entry.owner),
            (texts("report.card.effort"), effort_phrase(wording, initiative)),
            (texts("report.card.cost"), texts("report.card.euro", cost=initiative.cost)),
            (lifts, lift_phrase(wording, initiative, titles)),
            (texts("report.card.needs"), texts("report.card.nothing")),
        ),
        steps=entry.steps[:_STEPS],
        kpi=kpi_sentence(wording, initiative, todays_figures(wording, assessment)),
    )
