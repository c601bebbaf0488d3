"""Coverage: how much of what was asked was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.api import State

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEVEL_COVERAGE = 0.5
"""Under this coverage there is a score but no level."""


def coverage(states: NDArray[np.uint8]) -> float | None:
    """Answered ÷ applicable cells (0–1) of an array of :class:`State`; ``None`` if none is applicable.

    Not applicable and not shown are not applicable cells; unanswered and don't know are applicable
    ones without an answer.
    """
    answered = int(np.count_nonzero(states == State.ANSWERED))
    exempt = int(np.count_nonzero((states == State.NOT_APPLICABLE) | (states == State.NOT_SHOWN)))
    applicable = int(states.size) - exempt
    return answered / applicable if applicable else None


def raters(states: NDArray[np.uint8]) -> int:
    """How many raters (rows) answered at least one of the questions (columns)."""
    return int(np.count_nonzero((states == State.ANSWERED).any(axis=1)))
