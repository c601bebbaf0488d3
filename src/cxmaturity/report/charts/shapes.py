"""What charts are made of. All coordinates are points, from the chart's top left corner."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

PT_PER_MM = 72 / 25.4
FULL_WIDTH_MM = 170.0
"""The width of a report's text column."""

MARK = 3.6
"""The radius of a mark."""

MarkKind = Literal["perceived", "second", "measured", "evidenced", "missing"]
"""Filled circle, half-filled circle (what a second group says), thick ring, tick, hollow dashed square.

The same mark for the same thing in every chart."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle by its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def overlaps(self, other: Rect, slack: float = 0.01) -> bool:
        """Whether the two share more than a hair's breadth."""
        return (
            self.x < other.right - slack
            and other.x < self.right - slack
            and self.y < other.bottom - slack
            and other.y < self.bottom - slack
        )


@dataclass(frozen=True, slots=True)
class Point:
    """A place."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark by its centre."""

    kind: MarkKind
    x: float
    y: float


def mm(length: float) -> float:
    """Millimetres in points."""
    return length * PT_PER_MM


def finite(value: float, what: str) -> float:
    """The value; ``ValueError`` when it is not a finite number."""
    if not math.isfinite(value):
        raise ValueError(f"{what} is {value}, not a number that can be drawn")
    return value


def clamp(value: float, low: float, high: float) -> float:
    """The value, or the nearer of the two limits."""
    return min(max(value, low), high)
