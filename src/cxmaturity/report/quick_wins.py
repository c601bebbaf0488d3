"""The page of quick wins: what is begun and completed in the first quarter."""

from __future__ import annotations

from cxmaturity.report.cards import kpi_sentence, means, outcome, part_titles, todays_figures
from cxmaturity.report.plan_context import QuickWin, QuickWinsPage
from cxmaturity.report.words import Wording
from cxmaturity.result import Assessment
from cxmaturity.roadmap.dates import began
from cxmaturity.roadmap.model import Initiative, Roadmap

_STEPS = 3


def build_quick_wins(wording: Wording, assessment: Assessment, roadmap: Roadmap) -> QuickWinsPage | None:
    """The page; ``None`` where nothing is both begun and completed in the first quarter."""
    wins = quick_wins(roadmap)
    if not wins:
        return None
    days = sum(each.days for each in wins)
    titles, figures = part_titles(assessment), todays_figures(wording, assessment)
    return QuickWinsPage(
        title=wording.texts("report.quick-wins.title", n=len(wins), days=days),
        text=wording.texts("report.quick-wins.text", n=len(wins)),
        wins=tuple(_win(wording, each, titles, figures) for each in wins),
    )


def quick_wins(roadmap: Roadmap) -> list[Initiative]:
    """The initiatives that begin in the first quarter and end in it, in the order of the roadmap."""
    return [each for each in roadmap.initiatives if began(roadmap, each) == each.end == 0]


def why_none(wording: Wording, roadmap: Roadmap) -> str:
    """Why there is no quick win; empty where there is one."""
    if quick_wins(roadmap):
        return ""
    started = any(began(roadmap, each) == 0 for each in roadmap.initiatives)
    return wording.texts(f"report.quick-wins.{'longer' if started else 'later'}")


def _win(
    wording: Wording, initiative: Initiative, titles: dict[str, str], figures: dict[str, str]
) -> QuickWin:
    texts, entry = wording.texts, initiative.recommendation
    return QuickWin(
        number=initiative.number,
        title=entry.title,
        dimension=titles.get(entry.dimension, entry.dimension),
        facts=(
            *means(wording, initiative),
            outcome(wording, initiative, titles),
            (texts("report.card.needs"), texts("report.card.nothing")),
        ),
        steps=entry.steps[:_STEPS],
        kpi=kpi_sentence(wording, initiative, figures),
    )
