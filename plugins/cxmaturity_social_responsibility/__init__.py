"""Social responsibility: a claim counts as far as somebody outside can check it.

Whatever is given and done, the dimension's level may stand at most one above that of transparency:
claims that nobody can check are not yet responsibility (source S0, expected by users). What can be counted
of it is: what is given, suppliers that were screened, and commitments that were met.
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
    Scorer,
    declared_metrics,
    hookimpl,
    resource,
)
from cxmaturity_social_responsibility.commitments import COMMITMENTS_MET
from cxmaturity_social_responsibility.giving import GIVING_SHARE
from cxmaturity_social_responsibility.suppliers import SUPPLIERS_SCREENED

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

CXMATURITY_API = 1
TRANSPARENCY = "social-responsibility.transparency"
AHEAD = 1.0


class SocialResponsibilityScorer(Scorer):
    """The shared default, with a cap and a finding where claims run ahead of what can be checked."""

    dimension = "social-responsibility"

    def caps(self, result: DimensionResult) -> Iterable[Cap]:
        """Claims that nobody can check limit the dimension."""
        reason = Message("social-responsibility.cap.claims", {"dimension": result.title})
        yield Cap(result.id, TRANSPARENCY, 1, reason)

    def findings(self, result: DimensionResult) -> Iterable[Finding]:
        """The practices that stand a whole score or more above transparency."""
        transparency = result.practices.get(TRANSPARENCY)
        if transparency is None or transparency.score is None:
            return
        ahead = [
            practice.title
            for practice in result.practices.values()
            if practice.score is not None and practice.score - transparency.score >= AHEAD
        ]
        if ahead:
            values = {"practices": ahead, "n": len(ahead), "checked": transparency.score}
            yield Finding(
                "contradiction", Message("social-responsibility.finding.claims", values), TRANSPARENCY
            )


@hookimpl
def cxmaturity_scorers() -> list[Scorer]:
    """Social responsibility."""
    return [SocialResponsibilityScorer()]


@hookimpl
def cxmaturity_metrics() -> list[Metric]:
    """Figures on giving, suppliers and commitments."""
    calculations = {
        "giving-share": GIVING_SHARE,
        "suppliers-screened": SUPPLIERS_SCREENED,
        "commitments-met": COMMITMENTS_MET,
    }
    return declared_metrics(resource(__name__, "metrics.yaml"), calculations)


@hookimpl
def cxmaturity_catalogues() -> list[Traversable]:
    """What to do about social responsibility."""
    return [resource(__name__, "recommendations.yaml")]


@hookimpl
def cxmaturity_translations() -> list[Traversable]:
    """The metrics, the cap and the finding in words."""
    return [resource(__name__, "texts.en.yaml")]
