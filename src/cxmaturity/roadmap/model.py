"""Recommendations, and the roadmap that they are placed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cxmaturity.api import DimensionResult, Message, Standing

RiskKind = Literal["cost-to-serve", "unfit-customers", "changing-needs", "adoption", "delivery"]
Rating = Literal["low", "medium", "high"]
Quadrant = Literal["quick-win", "major-project", "fill-in", "reconsider"]


@dataclass(frozen=True, slots=True)
class Drivers:
    """A quantity that grows with the organisation: a fixed part, and parts per driver."""

    fixed: float = 0.0
    per_department: float = 0.0
    per_100_employees: float = 0.0

    def amount(self, size: Size) -> float:
        """The quantity for an organisation of this size."""
        return (
            self.fixed
            + self.per_department * size.departments
            + self.per_100_employees * size.employees / 100
        )


@dataclass(frozen=True, slots=True)
class Size:
    """How large an organisation is; ``assumed`` names what nobody said and was taken as given."""

    employees: int
    departments: int
    assumed: tuple[Literal["employees", "departments"], ...] = ()


@dataclass(frozen=True, slots=True)
class Kpi:
    """How one will see that it worked; ``metric`` is the id of a metric that the product computes."""

    name: str
    target: str
    metric: str | None = None


@dataclass(frozen=True, slots=True)
class Risk:
    """What goes wrong. The first three kinds are the costs and risks of source S2."""

    kind: RiskKind
    rating: Rating
    text: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """An entry of a plugin's catalogue.

    ``lifts`` leads from practices to the level that it can bring them to. ``effort`` is in
    person-days of own staff, ``cost`` in EUR paid to others, ``weeks`` the elapsed time: all three
    are the author's estimates. One with ``find_out`` is about practices that were not assessed.
    """

    id: str
    plugin: str
    title: str
    aim: str
    why: str
    source: str
    idea: str
    steps: tuple[str, ...]
    lifts: Mapping[str, int]
    effort: Drivers
    cost: Drivers
    weeks: float
    owner: str
    prerequisites: tuple[str, ...]
    kpi: Kpi
    risk: Risk
    find_out: bool = False

    @property
    def dimension(self) -> str:
        """The dimension whose catalogue it is in."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Initiative:
    """A recommendation placed on the roadmap.

    ``number`` counts from 1 in the order of the roadmap; ``start`` is the first quarter (from 0),
    ``None`` where no capacity is known; ``quarters`` how many it takes; ``days`` and ``cost`` are for
    this organisation; ``lifts`` only the assessed practices that it brings further; ``gain`` what it
    adds to the overall score at the moment it is chosen, with the prerequisites it needs.
    """

    number: int
    recommendation: Recommendation
    start: int | None
    quarters: int
    days: float
    cost: float
    lifts: Mapping[str, int]
    unassessed: tuple[str, ...]
    gain: float
    quadrant: Quadrant

    @property
    def end(self) -> int | None:
        """The last quarter, counted from 0."""
        return None if self.start is None else self.start + self.quarters - 1


@dataclass(frozen=True, slots=True)
class Projection:
    """Where the whole and the dimensions would stand."""

    overall: Standing
    dimensions: tuple[DimensionResult, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter: its first and last day (ISO), its capacity and load in person-days, and the standing in it.

    ``projected`` counts what was completed in earlier quarters, with measured caps as they are today;
    ``if_measured`` lets those caps follow, should the customer data come to show what was done.
    """

    start: str
    end: str
    capacity: float
    load: float
    projected: Projection
    if_measured: Projection


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A recommendation that would fit the result but is not on the roadmap, and why."""

    recommendation: Recommendation
    reason: Message


@dataclass(frozen=True, slots=True)
class Roadmap:
    """What to do, in which quarter, and where it leads.

    Without a capacity in the workspace there are no periods: the initiatives are in the order in
    which they pay. ``finally_`` is the projection once all of them are done, and
    ``finally_if_measured`` that with customer data following. ``warnings`` name plugins
    that failed while it was made, whose dimensions are held where they stand.
    """

    initiatives: tuple[Initiative, ...]
    periods: tuple[Period, ...]
    left_out: tuple[LeftOut, ...]
    finally_: Projection
    finally_if_measured: Projection
    size: Size
    budget: float | None
    cost: float
    effort_split: float
    impact_split: float
    warnings: tuple[Message, ...] = ()
