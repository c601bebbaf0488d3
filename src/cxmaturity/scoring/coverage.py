"""Coverage: how much of what was asked was answered."""

from __future__ import annotations

from collections.abc import Mapping

from cxmaturity.api import State

LEVEL_COVERAGE = 0.5
"""Under this coverage there is a score but no level."""


def coverage(states: Mapping[State, int]) -> float | None:
    """Answered ÷ applicable cells (0–1), given the cells of each state; ``None`` if none is applicable.

    Not applicable and not shown are not applicable cells; unanswered and don't know are applicable
    ones without an answer.
    """
    answered = states.get(State.ANSWERED, 0)
    applicable = answered + states.get(State.UNANSWERED, 0) + states.get(State.DONT_KNOW, 0)
    return answered / applicable if applicable else None
