"""Customer journey: is the work on it carried through all six steps, in their order?"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from cxmaturity.api import (
    Cap,
    DimensionResult,
    Finding,
    Message,
    PracticeResult,
    Scorer,
    Section,
    hookimpl,
    resource,
)
from cxmaturity_customer_journey.steps import DIMENSION, STEPS, StepsSection

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

CXMATURITY_API = 1
WANTED = f"{DIMENSION}.wanted-experience"
BOUND = ("gaps", "success-measures")
"""What means nothing before it is said what is wanted."""
MUCH = 1.0
"""How many points of score between two neighbouring steps are worth a finding."""

Pair = tuple[PracticeResult, PracticeResult]
"""A step and the next one."""


class CustomerJourneyScorer(Scorer):
    """The shared default, bound by the order of the steps: the wanted experience comes before its gaps."""

    dimension = DIMENSION

    def caps(self, result: DimensionResult) -> Iterable[Cap]:
        """Gaps and measures are each at most one level above the wanted experience."""
        wanted = result.practices.get(WANTED)
        for name in BOUND:
            practice = result.practices.get(f"{DIMENSION}.{name}")
            if wanted and practice:
                values = {"practice": practice.title, "source": wanted.title}
                reason = Message(f"customer-journey.cap.{name}", values)
                yield Cap(target=practice.id, source=WANTED, offset=1, reason=reason)

    def findings(self, result: DimensionResult) -> Iterable[Finding]:
        """The first step far ahead of the one before it, and the first far behind."""
        steps = neighbours(result)
        for earlier, later in [pair for pair in steps if rise(*pair) >= MUCH][:1]:
            yield Finding("gap", compared("middle", earlier, later), earlier.id)
        for earlier, later in [pair for pair in steps if rise(*pair) <= -MUCH][:1]:
            yield Finding("gap", compared("stops", earlier, later), later.id)


def neighbours(result: DimensionResult) -> list[Pair]:
    """Each step with the next, where both have a level that may be shown."""
    practices = [result.practices.get(step) for step in STEPS]
    known = [None if step is None or step.suppressed or step.level is None else step for step in practices]
    return [(earlier, later) for earlier, later in pairwise(known) if earlier and later]


def rise(earlier: PracticeResult, later: PracticeResult) -> float:
    """How much higher the later step scores; rounded, since 3.4 - 2.4 is a hair below 1."""
    return round((later.score or 0.0) - (earlier.score or 0.0), 6)


def compared(key: str, earlier: PracticeResult, later: PracticeResult) -> Message:
    """The sentence on two neighbouring steps."""
    values = {
        "earlier": earlier.title,
        "earlier_score": earlier.score,
        "later": later.title,
        "later_score": later.score,
    }
    return Message(f"customer-journey.finding.{key}", values)


@hookimpl
def cxmaturity_scorers() -> list[Scorer]:
    """What scores the dimension."""
    return [CustomerJourneyScorer()]


@hookimpl
def cxmaturity_catalogues() -> list[Traversable]:
    """The recommendations for the six steps."""
    return [resource(__name__, "recommendations.yaml")]


@hookimpl
def cxmaturity_questionnaires() -> list[Traversable]:
    """The part that asks about the six steps; a workspace names it to have it asked."""
    return [resource(__name__, "customer-journey")]


@hookimpl
def cxmaturity_sections() -> list[Section]:
    """The page that shows the steps in their order."""
    return [StepsSection()]


@hookimpl
def cxmaturity_translations() -> list[Traversable]:
    """The English texts."""
    return [resource(__name__, "texts.en.yaml")]
