"""The difference of two independent estimates, with its interval."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot

from cxmaturity.api import Interval

_DECIMALS = 9
"""Beyond them a difference of equal scores may be rounding, and a mean of fives more than 5."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval, where there is one."""

    value: float
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """How far two estimates are apart: the second less the first, with the 95 % interval if both have one."""

    value: float
    interval: Interval | None = None

    @property
    def clear(self) -> bool | None:
        """Whether it is more than noise: the interval does not hold 0. ``None`` where that is not known."""
        return None if self.interval is None else not self.interval[0] <= 0 <= self.interval[1]


def difference_of(first: Estimate, second: Estimate) -> Difference:
    """The second less the first, its limits from the two separate intervals by the method MOVER.

    With the estimates a and their limits l, u (G. Y. Zou & A. Donner, *Construction of confidence limits
    about effect measures: a general approach*, Statistics in Medicine 27, 2008; of proportions R. G.
    Newcombe, *Interval estimation for the difference between independent proportions*, ibid. 17, 1998)::

        d = a2 − a1
        low = d − √((a2 − l2)² + (u1 − a1)²)        high = d + √((u2 − a2)² + (a1 − l1)²)

    It takes the two as independent. Where the same people answered twice, what they have in common cancels
    out, so that the true interval is mostly narrower.
    """
    value = round(second.value - first.value, _DECIMALS)
    if first.interval is None or second.interval is None:
        return Difference(value)
    (low_1, high_1), (low_2, high_2) = first.interval, second.interval
    down = hypot(second.value - low_2, high_1 - first.value)
    up = hypot(high_2 - second.value, first.value - low_1)
    return Difference(value, (round(value - down, _DECIMALS), round(value + up, _DECIMALS)))


def weighted(parts: Iterable[tuple[float, Estimate]]) -> Estimate | None:
    """The weighted mean of estimates, as pairs of a weight and an estimate; ``None`` if nothing weighs.

    Its limits lie as far from it as the weighted mean of the parts' limits from theirs. That is the worst
    case, a perfect correlation: the standard deviation of a sum is at most the sum of the standard
    deviations. One part without an interval leaves the whole without one.
    """
    counted = [(weight, part) for weight, part in parts if weight > 0]
    whole = sum(weight for weight, _ in counted)
    if not whole:
        return None
    value = round(sum(weight * part.value for weight, part in counted) / whole, _DECIMALS)
    known = [(weight, part.interval) for weight, part in counted if part.interval is not None]
    if len(known) < len(counted):
        return Estimate(value)
    low, high = (
        round(sum(weight * interval[end] for weight, interval in known) / whole, _DECIMALS) for end in (0, 1)
    )
    return Estimate(value, (low, high))
