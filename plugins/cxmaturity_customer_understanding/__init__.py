"""Customer understanding: who customers are, what they value, how they buy, and what they want to get done.

A questionnaire of its own, which a workspace lists after a whole one. Nothing is asked before it does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cxmaturity.api import (
    Cap,
    DimensionResult,
    Finding,
    Message,
    Metric,
    QuestionResult,
    Scorer,
    State,
    declared_metrics,
    hookimpl,
    resource,
)
from cxmaturity_customer_understanding.profiles import PROFILE_COMPLETENESS

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

CXMATURITY_API = 1

JOBS = "customer-understanding.jobs-to-be-done"
FACTS = (
    "customer-understanding.who-they-are",
    "customer-understanding.how-they-buy",
    "customer-understanding.where-they-interact",
    "customer-understanding.relations-and-history",
)
"""The practices on who customers are and what they do, as against why they do it."""
REASONS = ("customer-understanding.what-they-value", JOBS)
APART = 1.0
"""How far the mean score of facts must lie above a reason's to be worth a finding: a convention of ours."""
FEWEST = 3
"""From how many people on it says something that half of them do not know."""


class CustomerUnderstandingScorer(Scorer):
    """The shared default, bound to what customers themselves were asked."""

    dimension = "customer-understanding"

    def caps(self, result: DimensionResult) -> Iterable[Cap]:
        """The dimension's level is at most one above that of jobs to be done.

        After S1: needs come to light by watching customers and asking them, not at a desk.
        """
        if JOBS in result.practices:
            titles = {"dimension": result.title, "practice": result.practices[JOBS].title}
            yield Cap(result.id, JOBS, 1, Message("customer-understanding.cap.desk", titles))

    def findings(self, result: DimensionResult) -> Iterable[Finding]:
        """Facts without reasons, and the question that most people could not answer."""
        yield from _facts_without_reasons(result)
        yield from _unknown(result)


def _facts_without_reasons(result: DimensionResult) -> Iterable[Finding]:
    """Says that facts are better known than reasons, where the lower score of the reasons is far below."""
    rated = {name: practice for name, practice in result.practices.items() if practice.level is not None}
    facts = [rated[name] for name in FACTS if name in rated]
    reasons = [rated[name] for name in REASONS if name in rated]
    if not facts or not reasons:
        return
    known = sum(practice.score or 0.0 for practice in facts) / len(facts)
    least = min(reasons, key=lambda practice: practice.score or 0.0)
    if round(known - (least.score or 0.0), 6) >= APART:
        values = {
            "facts": [practice.title for practice in facts],
            "known": known,
            "practice": least.title,
            "score": least.score,
        }
        message = Message("customer-understanding.finding.facts-without-reasons", values)
        yield Finding("gap", message, least.id)


def _unknown(result: DimensionResult) -> Iterable[Finding]:
    """The question with the largest share of don't knows, if that is half or more."""
    shares = {question.id: _share_unsure(question) for question in result.questions.values()}
    name = max(shares, key=lambda question: shares[question], default=None)
    if name is None or shares[name] < 1 / 2:
        return
    question = result.questions[name]
    unsure = question.states[State.DONT_KNOW]
    values = {"topic": question.topic, "n": unsure, "asked": unsure + question.n}
    yield Finding("gap", Message("customer-understanding.finding.unknown", values), question.id)


def _share_unsure(question: QuestionResult) -> float:
    """Don't knows ÷ don't knows and answers; 0 where these are too few together."""
    unsure = question.states.get(State.DONT_KNOW, 0)
    people = unsure + question.n
    return unsure / people if people >= FEWEST and not question.suppressed else 0.0


@hookimpl
def cxmaturity_scorers() -> list[Scorer]:
    """The scorer of customer understanding."""
    return [CustomerUnderstandingScorer()]


@hookimpl
def cxmaturity_questionnaires() -> list[Traversable]:
    """The questions: a part, which counts where a workspace names it."""
    return [resource(__name__, "customer-understanding")]


@hookimpl
def cxmaturity_metrics() -> list[Metric]:
    """The share of complete customer profiles."""
    calculations = {"profile-completeness": PROFILE_COMPLETENESS}
    return declared_metrics(resource(__name__, "metrics.yaml"), calculations)


@hookimpl
def cxmaturity_catalogues() -> list[Traversable]:
    """What to do about customer understanding."""
    return [resource(__name__, "recommendations.yaml")]


@hookimpl
def cxmaturity_translations() -> list[Traversable]:
    """The words of the messages above."""
    return [resource(__name__, "texts.en.yaml")]
