"""What not to do: the risks of source S2 that the roadmap carries."""

from __future__ import annotations

from cxmaturity.report.plan_context import Restraint
from cxmaturity.report.words import Wording
from cxmaturity.roadmap.model import Roadmap

S2_RISKS = ("cost-to-serve", "unfit-customers", "changing-needs")


def build_restraint(wording: Wording, roadmap: Roadmap) -> Restraint:
    """What not to do."""
    texts = wording.texts
    return Restraint(
        title=texts("report.restraint.title"),
        intro=texts("report.restraint.intro"),
        risks=tuple(_risk(wording, roadmap, kind) for kind in S2_RISKS),
    )


def _risk(wording: Wording, roadmap: Roadmap, kind: str) -> tuple[str, str, tuple[str, ...]]:
    """A risk, and the initiatives that carry it."""
    texts = wording.texts
    carried = tuple(
        texts("report.restraint.item", number=each.number, text=each.recommendation.risk.text)
        for each in roadmap.initiatives
        if each.recommendation.risk.kind == kind
    )
    return texts(f"report.restraint.{kind}.title"), texts(f"report.restraint.{kind}.text"), carried
