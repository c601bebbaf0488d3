"""An upright axis of values in any unit, fitted to what it has to show."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

from cxmaturity.report.charts.axis import Interval
from cxmaturity.report.charts.shapes import Line, Mark, clamp, finite
from cxmaturity.report.charts.text import SMALL, Text, clip

Write = Callable[[float, int], str]
"""How a value of the axis is written: the value, and how many decimals tell it from its neighbours."""

_STEPS, _FEW_STEPS, _LOW = 4, 2, 60.0
"""Into how many steps an axis falls, roughly; one that is low has fewer, so that its numbers stay apart."""
_LEAST_SPAN = 0.1
"""Of the largest value: a change that is smaller shall not look like a leap."""
_NICE = ((1.0, 0), (2.0, 0), (2.5, 1), (5.0, 0))
"""Steps that are easy to count in, with the decimals that each adds."""
_SLACK = 1e-9
_MOST_NUMBER, _BEFORE_PLOT = 64.0, 6.0


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """Values from the lowest of ``ticks`` at ``bottom`` to the highest at ``top``."""

    ticks: tuple[float, ...]
    digits: int
    top: float
    bottom: float

    def at(self, value: float) -> float:
        """Where a value stands, at most at an end."""
        low, high = self.ticks[0], self.ticks[-1]
        share = (clamp(value, low, high) - low) / (high - low)
        return self.bottom - share * (self.bottom - self.top)

    @property
    def zero(self) -> float | None:
        """Where 0 stands, if the axis has one."""
        return self.at(0.0) if self.ticks[0] <= 0 <= self.ticks[-1] else None

    def grid(self, left: float, right: float) -> tuple[Line, ...]:
        """A line at each tick."""
        return tuple(Line(left, self.at(tick), right, self.at(tick)) for tick in self.ticks)

    def written(self, write: Write) -> tuple[str, ...]:
        """The ticks in words, no wider than an axis may be."""
        return tuple(clip(write(tick, self.digits), _MOST_NUMBER, SMALL) for tick in self.ticks)


@dataclass(frozen=True, slots=True)
class Plot:
    """Periods side by side from ``left`` on, each ``slot`` wide, over an axis of values."""

    axis: ValueAxis
    left: float
    slot: float

    def x(self, index: int) -> float:
        """A period's middle."""
        return self.left + self.slot * (index + 0.5)

    def path(self, values: Sequence[float | None]) -> tuple[Line, ...]:
        """Lines between neighbours that are both known; a gap stays open."""
        return tuple(
            Line(self.x(index), self.axis.at(one), self.x(index + 1), self.axis.at(other))
            for index, (one, other) in enumerate(pairwise(values))
            if one is not None and other is not None
        )

    def marks(self, values: Sequence[float | None]) -> tuple[Mark, ...]:
        """A ring at each value: what is measured."""
        return tuple(
            Mark("measured", self.x(index), self.axis.at(value))
            for index, value in enumerate(values)
            if value is not None
        )


def numbers(axis: ValueAxis, written: Sequence[str]) -> tuple[tuple[Text, ...], float]:
    """The ticks' numbers at the left edge, right-aligned; and where the plot begins."""
    right = max(map(SMALL.width, written), default=0.0)
    texts = tuple(
        Text(right, SMALL.centred(axis.at(tick)), (number,), SMALL, "end", "muted")
        for tick, number in zip(axis.ticks, written, strict=True)
    )
    return texts, right + _BEFORE_PLOT


def fitted(
    values: Sequence[float],
    top: float,
    bottom: float,
    limits: Interval | None = None,
    digits: int | None = None,
) -> ValueAxis:
    """An axis with room for all values between round numbers.

    It begins at 0 where that costs it less than half of its height, and elsewhere near the values.
    ``limits`` are what no such value can be beyond, ``digits`` the most decimals of its numbers.
    """
    low, high = _span([finite(value, "a value") for value in values], limits)
    step, needed = _step((high - low) / (_STEPS if bottom - top >= _LOW else _FEW_STEPS), digits)
    first, last = math.floor(low / step + _SLACK), math.ceil(high / step - _SLACK)
    ticks = tuple(round(step * n, needed) for n in range(first, max(first + 1, last) + 1))
    return ValueAxis(ticks, needed, top, bottom)


def _span(values: Sequence[float], limits: Interval | None) -> Interval:
    low, high = min(values), max(values)
    least = max(abs(low), abs(high)) * _LEAST_SPAN or 1.0
    if high - low < least:
        middle = (low + high) / 2
        bottom, top = (0.0, math.inf) if low >= 0 else (-math.inf, 0.0) if high <= 0 else (low, high)
        bottom, top = limits or (bottom, top)
        low = min(low, max(bottom, middle - least / 2))
        high = max(high, min(top, middle + least / 2))
    if 0 <= low < high - low:
        return 0.0, high
    return (low, 0.0) if low - high < high <= 0 else (low, high)


def _step(rough: float, most: int | None) -> tuple[float, int]:
    """The next larger of 1, 2, 2.5 and 5 times a power of ten that has so few decimals, and how many."""
    return next(
        (factor * 10.0**power, max(0, digits - power))
        for power in count(math.floor(math.log10(rough)))
        for factor, digits in _NICE
        if factor * 10.0**power >= rough * (1 - _SLACK) and (most is None or digits - power <= most)
    )
