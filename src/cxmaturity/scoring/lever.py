"""Where one more point would add most: each part raised by itself, and the whole put together anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from cxmaturity.api import Lever, Score
from cxmaturity.scoring.scale import SCALE_BOTTOM, SCALE_SPAN

_TOP = SCALE_BOTTOM + SCALE_SPAN
_SAME = 9  # decimals: gains that differ by less come from rounding, and the lowest part is named


def find_lever(parts: Mapping[str, Score], combine: Callable[[Mapping[str, Score]], Score]) -> Lever | None:
    """The part whose next point raises the whole most, or ``None`` where none raises it.

    A part near the top is raised to the top. Of parts that add the same, it is the one that stands lowest.
    ``combine`` need not be linear, which is why it is asked anew for each part.
    """
    today = combine(parts).value
    levers = []
    for name, score in parts.items():
        if today is None or score.value is None or score.value >= _TOP:
            continue
        after = min(score.value + 1.0, _TOP)
        raised = combine({**parts, name: replace(score, value=after)}).value
        if raised is not None and round(raised - today, _SAME) > 0:
            levers.append(Lever(name, score.value, after, raised - today))
    return max(levers, key=lambda lever: (round(lever.gain, _SAME), -lever.value), default=None)
