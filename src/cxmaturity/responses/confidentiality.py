"""The anonymity minimum, applied once and before anything is scored.

A question that fewer people answered than the minimum is blanked, with who did not know or had no
case: it then enters no mean, no count and no report. What single people wrote is left out altogether.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cxmaturity.api import State
from cxmaturity.responses.model import NO_OPTION, Responses, read_only


def confidential_view(responses: Responses, minimum: int) -> Responses:
    """The responses as far as they may be used when every group needs ``minimum`` people."""
    answered = (responses.states == State.ANSWERED).sum(axis=0)
    silent = (responses.states == State.UNANSWERED) | (responses.states == State.NOT_SHOWN)
    few = (~silent).any(axis=0) & (answered < minimum)
    fractions, states, positions = (
        responses.fractions.copy(),
        responses.states.copy(),
        responses.positions.copy(),
    )
    fractions[:, few] = np.nan
    positions[:, few] = NO_OPTION
    states[:, few] = State.NOT_SHOWN  # what is blanked is not asked, so it lowers no coverage
    hidden = frozenset(question for question, hide in zip(responses.questions, few, strict=True) if hide)
    read_only(fractions, states, positions)
    return replace(
        responses,
        fractions=fractions,
        states=states,
        positions=positions,
        ticked={question: ticks for question, ticks in responses.ticked.items() if question not in hidden},
        notes={},
        texts={},
        hidden=hidden,
    )
