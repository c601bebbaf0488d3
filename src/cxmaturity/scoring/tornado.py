"""How much a score hangs on its weights: each of them lowered and raised by itself, all else as it is.

The chart of it is known as a tornado: the widest bar on top (T. G. Eschenbach, *Spiderplots versus Tornado
Diagrams for Sensitivity Analysis*, Interfaces 22, 1992).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from cxmaturity.api import Score

CHANGE = 0.2
"""By which part of itself a weight moves, down and up."""

_SAME = 9  # decimals: widths that differ by less come from rounding


@dataclass(frozen=True, slots=True)
class Swing:
    """Where a score lies with the weight of the part ``id`` lowered to 80 %, and raised to 120 %."""

    id: str
    lower: float
    higher: float

    @property
    def width(self) -> float:
        """By how much the two differ, in points of the scale."""
        return abs(self.higher - self.lower)


def find_swings(
    parts: Mapping[str, Score], combine: Callable[[Mapping[str, Score]], Score]
) -> tuple[Swing, ...]:
    """The swing of each part that has a score, the widest first.

    ``combine`` puts the parts together anew each time, so it need not be linear. Where it gives no score with
    a weight changed, the part is left out.
    """
    swings = []
    for name, score in parts.items():
        lower, higher = (
            combine({**parts, name: replace(score, weight=score.weight * factor)}).value
            for factor in (1 - CHANGE, 1 + CHANGE)
        )
        if score.value is not None and lower is not None and higher is not None:
            swings.append(Swing(name, lower, higher))
    return tuple(sorted(swings, key=lambda swing: -round(swing.width, _SAME)))
