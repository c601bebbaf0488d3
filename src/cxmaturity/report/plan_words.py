"""What is said of the plan: what it has to work with, where it leads, how good it is, what was kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cxmaturity.report.quick_wins import why_none
from cxmaturity.report.targets import target_sentences
from cxmaturity.report.words import Wording
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Capacity, Roadmap
from cxmaturity.roadmap.problem import DISCOUNT


def plan_paragraphs(wording: Wording, assessment: Assessment, roadmap: Roadmap) -> Iterator[str]:
    """What stands before the chart: capacity and budget, the target, and what had to be assumed."""
    texts = wording.texts
    if not roadmap.initiatives:
        yield texts(
            "report.roadmap.no-room" if roadmap.periods and roadmap.left_out else "report.roadmap.none"
        )
        return
    if roadmap.capacity is None or not roadmap.periods:
        yield texts("report.roadmap.unplanned")
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
    needed = [str(each.number) for each in roadmap.initiatives if each.needed]
    if needed:
        rest = len(roadmap.initiatives) - len(needed)
        yield texts(f"report.roadmap.{'needed' if rest else 'all-needed'}", numbers=needed, n=rest)
    if roadmap.held:
        yield texts("report.roadmap.held", n=len(roadmap.held), names=roadmap.held)
    decided = " ".join(_decided(wording, roadmap, titles))
    if decided:
        yield decided
    if why := why_none(wording, roadmap):
        yield why


def _means(wording: Wording, roadmap: Roadmap, capacity: Capacity) -> Iterator[str]:
    """Capacity and budget."""
    texts = wording.texts
    least, most = min(capacity.person_days), max(capacity.person_days)
    if least == most:
        yield texts("report.roadmap.capacity", days=most)
    else:
        yield texts("report.roadmap.capacity-varies", least=least, most=most)
    if roadmap.budget == 0:
        yield texts("report.roadmap.no-budget")
    elif roadmap.budget is not None:
        yield texts("report.roadmap.budget", cost=roadmap.cost, budget=roadmap.budget)


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
        names = (each.recommendation.title for each in roadmap.initiatives if each.state == state)
        yield from _named(wording, state, names)
    yield from _named(wording, "done", (titles.get(name, name) for name in decisions.done))
    yield from _named(wording, "forbidden", (titles.get(name, name) for name in decisions.forbid))


def _named(wording: Wording, decision: str, names: Iterable[str]) -> Iterator[str]:
    quoted = [wording.texts("report.roadmap.quoted", title=name) for name in names]
    if quoted:
        yield wording.texts(f"report.roadmap.decided.{decision}", n=len(quoted), names=quoted)
