"""Feedback loops: reads the Net Promoter Score with its promoters, passives and detractors.

NPS is the share of promoters (9–10) minus that of detractors (0–6) on the question how likely one is
to recommend, in points from −100 to 100; passives are 7–8 (source S0).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cxmaturity.api import Column, DimensionResult, Finding, Message, Metric, Scorer, hookimpl, resource
from cxmaturity_feedback_loops.nps import net_promoter_score

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

CXMATURITY_API = 1


class FeedbackLoopsScorer(Scorer):
    """The shared default, and what the three groups of customers ask for."""

    dimension = "feedback-loops"

    def findings(self, result: DimensionResult) -> Iterable[Finding]:
        """The three groups, where NPS was measured: each needs a treatment of its own."""
        nps = result.metrics.get("nps")
        if nps is not None and nps.value is not None:
            values = {**nps.parts, "nps": nps.value, "n": nps.n}
            more = "promoters" if nps.parts["promoters"] >= nps.parts["detractors"] else "detractors"
            yield Finding("note", Message(f"feedback-loops.finding.{more}", values), nps.id)


@hookimpl
def cxmaturity_scorers() -> list[Scorer]:
    """Feedback loops."""
    return [FeedbackLoopsScorer()]


@hookimpl
def cxmaturity_metrics() -> list[Metric]:
    """NPS, from a table of single answers."""
    return [
        Metric(
            id="nps",
            dimension="feedback-loops",
            practice="feedback-loops.closing-the-loop",
            unit="points",
            higher_is_better=True,
            source="S0",
            table="nps",
            columns=(
                Column("score", "number", minimum=0, maximum=10),
                Column("at", "date", required=False),
            ),
            compute=net_promoter_score,
        )
    ]


@hookimpl
def cxmaturity_catalogues() -> list[Traversable]:
    """What to do about feedback loops."""
    return [resource(__name__, "recommendations.yaml")]


@hookimpl
def cxmaturity_translations() -> list[Traversable]:
    """The metric and the finding in words."""
    return [resource(__name__, "texts.en.yaml")]
