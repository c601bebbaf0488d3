"""A plan under way: what is placed in which quarter, what is left of capacity and budget."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil

from cxmaturity.api import Message
from cxmaturity.roadmap.model import Initiative, Recommendation, Size
from cxmaturity.roadmap.selection import Candidate

WEEKS_PER_QUARTER = 13
NOTHING = 1e-9
"""Less than this is rounding."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """What there is to do it with: person-days per quarter from a month on, and a budget for all of it."""

    start: str
    quarters: int
    person_days: float
    budget: float | None


@dataclass
class PlanState:
    """What has been placed so far.

    ``free`` holds the person-days left per quarter; ``met`` the quarter in which what a recommendation
    brings is there, be it by itself or by others.
    """

    size: Size
    capacity: Capacity | None
    placed: dict[str, Initiative] = field(default_factory=dict)
    free: list[float] = field(default_factory=list)
    spent: float = 0.0
    met: dict[str, int] = field(default_factory=dict)

    def covered(self, candidate: Candidate) -> bool:
        """Whether what is placed brings all that a candidate would; then it is met when that ends."""
        ends: list[int] = []
        for practice, level in candidate.lifts.items():
            by = [each for each in self.placed.values() if each.lifts.get(practice, 0) >= level]
            if not by:
                return False
            ends.append(min(each.end or 0 for each in by))
        self.met[candidate.recommendation.id] = max(ends, default=0)
        return True

    def place(self, candidate: Candidate, gain: float) -> Message | None:
        """Put a candidate at its earliest quarter, or say why there is none."""
        entry = candidate.recommendation
        days, cost = entry.effort.amount(self.size), entry.cost.amount(self.size)
        quarters = ceil(entry.weeks / WEEKS_PER_QUARTER)
        start = None
        if self.capacity is not None:
            if self.capacity.budget is not None and self.spent + cost > self.capacity.budget + NOTHING:
                return Message("left-out.budget", {"cost": cost, "left": self.capacity.budget - self.spent})
            start = self._earliest(entry, days / quarters, quarters)
            if start is None:
                return Message("left-out.capacity", {"days": days, "weeks": entry.weeks})
            for quarter in range(start, start + quarters):
                self.free[quarter] -= days / quarters
        self.spent += cost
        self.placed[entry.id] = Initiative(
            len(self.placed) + 1,
            entry,
            start,
            quarters,
            days,
            cost,
            candidate.lifts,
            candidate.unassessed,
            gain,
            "fill-in",
        )
        self.met[entry.id] = self.placed[entry.id].end or 0
        return None

    def _earliest(self, entry: Recommendation, load: float, quarters: int) -> int | None:
        ends = [self.met[name] for name in entry.prerequisites if name in self.met]
        first = max((end + 1 for end in ends), default=0)
        for start in range(first, len(self.free) - quarters + 1):
            if all(self.free[quarter] + NOTHING >= load for quarter in range(start, start + quarters)):
                return start
        return None
