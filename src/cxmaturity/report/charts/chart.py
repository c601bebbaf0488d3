"""What every chart is."""

from __future__ import annotations

from dataclasses import dataclass

from cxmaturity.report.charts.shapes import PT_PER_MM
from cxmaturity.report.charts.text import clean


@dataclass(frozen=True, slots=True)
class Chart:
    """One sentence that says what the chart shows, and its size in points."""

    title: str
    width: float
    height: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", clean(self.title))

    @property
    def width_mm(self) -> float:
        """The printed width."""
        return round(self.width / PT_PER_MM, 3)

    @property
    def height_mm(self) -> float:
        """The printed height."""
        return round(self.height / PT_PER_MM, 3)
