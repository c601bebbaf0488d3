"""What is said of the plan: what it has to work with, where it leads, how good it is, what was kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cxmaturity.report.quick_wins import why_none
from cxmaturity.report.targets import goal_of, target_sentences, without_room
from cxmaturity.report.words import Wording
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Capacity, Prospect, Roadmap, Target
from cxmaturity.roadmap.problem import DISCOUNT

_QUOTED = 5
"""So many initiatives are named by their titles; more by their numbers in the chart."""


def plan_paragraphs(
    wording: Wording, assessment: Assessment, roadmap: Roadmap, target: Target
) -> Iterator[str]:
    """What stands before the chart: capacity and budget, the target, and what had to be assumed."""
    texts = wording.texts
    if not roadmap.initiatives:
        yield texts(f"report.roadmap.{'no-room' if without_room(roadmap) else 'none'}")
        if roadmap.periods and (said := " ".join(target_sentences(wording, assessment, roadmap))):
            yield said
        return
    if roadmap.capacity is None or not roadmap.periods:
        yield texts("report.roadmap.unplanned")
        if target:
            goal = goal_of(wording, roadmap, Prospect(target, reached=None, deadline=0))
            yield texts("report.roadmap.undated", goal=goal)
    else:
        yield " ".join(_means(wording, roadmap, roadmap.capacity))
        yield " ".join(target_sentences(wording, assessment, roadmap))
    if roadmap.size.assumed:
        yield wording.assumed(roadmap.size)


def plan_notes(wording: Wording, roadmap: Roadmap, titles: Mapping[str, str]) -> Iterator[str]:
    """What stands after the chart: how good the plan is, what binds, what was held or decided."""
    if not roadmap.periods or not roadmap.initiatives:
        return
    texts = wording.texts
    early = texts("report.roadmap.early", discount=DISCOUNT)
    yield " ".join((_quality(wording, roadmap), early, _binding(wording, roadmap)))
    if needed := _needed(wording, roadmap):
        yield needed
    if roadmap.held:
        yield texts("report.roadmap.held", n=len(roadmap.held), names=roadmap.held)
    decided = " ".join(_decided(wording, roadmap, titles))
    if decided:
        yield decided
    if why := why_none(wording, roadmap):
        yield why


def _needed(wording: Wording, roadmap: Roadmap) -> str:
    """What the target needs, or what it does not where that is less; empty where it needs nothing."""
    needed = [str(each.number) for each in roadmap.initiatives if each.needed]
    rest = [str(each.number) for each in roadmap.initiatives if not each.needed]
    if not needed:
        return ""
    key = "all-needed" if not rest else "needed" if len(needed) <= len(rest) else "needed-but"
    numbers = needed if key == "needed" else rest
    return wording.texts(f"report.roadmap.{key}", numbers=numbers, n=len(rest))


def _means(wording: Wording, roadmap: Roadmap, capacity: Capacity) -> Iterator[str]:
    """Capacity and budget."""
    texts = wording.texts
    least, most = min(capacity.person_days), max(capacity.person_days)
    if least == most:
        yield texts("report.roadmap.capacity", days=most)
    else:
        yield texts("report.roadmap.capacity-varies", least=least, most=most)
    if roadmap.budget is None:
        return
    key = "over-budget" if roadmap.over_budget else "budget" if roadmap.budget else "no-budget"
    yield texts(f"report.roadmap.{key}", cost=roadmap.cost, budget=roadmap.budget)


def _quality(wording: Wording, roadmap: Roadmap) -> str:
    """Whether it is proven that no plan is better, or by how much one may be."""
    texts, prospect = wording.texts, roadmap.prospect
    if roadmap.gap > 0:
        return texts(f"report.roadmap.quality.{'gap' if roadmap.gap < 1 else 'open'}", gap=roadmap.gap)
    if roadmap.status == "feasible":
        return texts("report.roadmap.quality.unsure")
    if roadmap.aim == "target" and prospect and prospect.reached:
        return texts(f"report.roadmap.quality.{'soonest' if roadmap.status == 'optimal' else 'later'}")
    return texts("report.roadmap.quality.best")


def _binding(wording: Wording, roadmap: Roadmap) -> str:
    """What keeps the plan from more."""
    texts = wording.texts
    if not roadmap.binding:
        return texts("report.roadmap.unbound")
    return texts("report.roadmap.binding", names=[texts.message(each) for each in roadmap.binding])


def _decided(wording: Wording, roadmap: Roadmap, titles: Mapping[str, str]) -> Iterator[str]:
    """What people decided and the plan keeps."""
    decisions = roadmap.decisions
    for state in ("under-way", "pinned"):
        found = [each for each in roadmap.initiatives if each.state == state]
        quoted = _quoted(wording, (each.recommendation.title for each in found))
        yield from _named(wording, state, quoted if len(found) <= _QUOTED else [str(e.number) for e in found])
    for decision, names in (("done", decisions.done), ("forbidden", decisions.forbid)):
        yield from _named(wording, decision, _quoted(wording, (titles.get(name, name) for name in names)))


def _quoted(wording: Wording, titles: Iterable[str]) -> list[str]:
    return [wording.texts("report.roadmap.quoted", title=title) for title in titles]


def _named(wording: Wording, decision: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield wording.texts(f"report.roadmap.decided.{decision}", n=len(names), names=names)
