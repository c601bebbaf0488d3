"""Culture: the dimension that limits all others.

Without a culture oriented to customers everything else stays superficial (source S0), so the overall
level may stand at most one above the culture level.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cxmaturity.api import Cap, DimensionResult, Message, Scorer, hookimpl, resource

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

CXMATURITY_API = 1


class CultureScorer(Scorer):
    """The shared default, and a cap on the whole."""

    dimension = "culture"

    def caps(self, result: DimensionResult) -> Iterable[Cap]:
        """The overall level is at most the culture level + 1."""
        yield Cap("overall", result.id, 1, Message("culture.cap.overall", {"culture": result.title}))


@hookimpl
def cxmaturity_scorers() -> list[Scorer]:
    """Culture."""
    return [CultureScorer()]


@hookimpl
def cxmaturity_catalogues() -> list[Traversable]:
    """What to do about culture."""
    return [resource(__name__, "recommendations.yaml")]


@hookimpl
def cxmaturity_translations() -> list[Traversable]:
    """The cap in words."""
    return [resource(__name__, "texts.en.yaml")]
