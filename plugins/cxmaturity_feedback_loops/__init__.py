"""Feedback loops: what customers say when asked, what they complain of, and what becomes of it.

Reads the Net Promoter Score with its promoters, passives and detractors (source S0), and measures answers,
complaints and mentions (S0 to S2); see ``metrics.yaml``, and a module for each family of figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cxmaturity.api import (
    DimensionResult,
    Finding,
    Message,
    Metric,
    Scorer,
    declared_metrics,
    hookimpl,
    resource,
)
from cxmaturity_feedback_loops.ces import CES
from cxmaturity_feedback_loops.complaint_rate import COMPLAINTS_PER_THOUSAND
from cxmaturity_feedback_loops.complaint_time import COMPLAINT_RESOLUTION_TIME
from cxmaturity_feedback_loops.csat import CSAT
from cxmaturity_feedback_loops.loop_closure import LOOP_CLOSURE_RATE, LOOP_CLOSURE_TIME
from cxmaturity_feedback_loops.mentions import MENTION_ANSWER_TIME, MENTIONS_ANSWERED
from cxmaturity_feedback_loops.mystery_shopping import MYSTERY_SHOPPING_SCORE
from cxmaturity_feedback_loops.nps import NPS
from cxmaturity_feedback_loops.repeated_complaints import REPEATED_COMPLAINTS
from cxmaturity_feedback_loops.response_rate import SURVEY_RESPONSE_RATE

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

CXMATURITY_API = 1

_CALCULATIONS = {
    "nps": NPS,
    "loop-closure-rate": LOOP_CLOSURE_RATE,
    "loop-closure-time": LOOP_CLOSURE_TIME,
    "csat": CSAT,
    "ces": CES,
    "survey-response-rate": SURVEY_RESPONSE_RATE,
    "complaints-per-thousand": COMPLAINTS_PER_THOUSAND,
    "complaint-resolution-time": COMPLAINT_RESOLUTION_TIME,
    "repeated-complaints": REPEATED_COMPLAINTS,
    "mystery-shopping-score": MYSTERY_SHOPPING_SCORE,
    "mentions-answered": MENTIONS_ANSWERED,
    "mention-answer-time": MENTION_ANSWER_TIME,
}


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
    """Figures from customers' answers, complaints and mentions, and from checks by test customers."""
    return declared_metrics(resource(__name__, "metrics.yaml"), _CALCULATIONS)


@hookimpl
def cxmaturity_catalogues() -> list[Traversable]:
    """What to do about feedback loops."""
    return [resource(__name__, "recommendations.yaml")]


@hookimpl
def cxmaturity_translations() -> list[Traversable]:
    """The metrics and the finding in words."""
    return [resource(__name__, "texts.en.yaml")]
