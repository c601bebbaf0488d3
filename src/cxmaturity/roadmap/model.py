"""Recommendations, and the roadmap that they are placed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Literal

from cxmaturity.api import DimensionResult, Message, Standing
from cxmaturity.roadmap.checking import TOLERANCE

WEEKS_PER_QUARTER = 13

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

    ``low`` leads from practices to the level that the author estimates at least, where it is below
    the lift: 1 is perhaps nothing. ``skills`` leads from scarce skills to the share (0 to 1) of the
    effort that needs them; together at most 1. ``excludes`` names recommendations that are
    alternatives to this one: a plan has one of them at most, whichever of the two names the other.
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
    low: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[str, float] = field(default_factory=dict)
    excludes: tuple[str, ...] = ()

    @property
    def dimension(self) -> str:
        """The dimension whose catalogue it is in."""
        return self.id.partition(".")[0]

    @property
    def quarters(self) -> int:
        """The whole quarters that it takes."""
        return ceil(self.weeks / WEEKS_PER_QUARTER)

    def low_lift(self, practice: str) -> int:
        """The level that it brings one of its practices to at least, by its author's estimate."""
        return self.low.get(practice, self.lifts[practice])


@dataclass(frozen=True, slots=True)
class Capacity:
    """What there is to do it with, from a month on.

    ``person_days`` has one number for each quarter, ``skills`` the part of them per scarce skill (one that
    is not named is not limited), ``budget`` (EUR) is for all of it; ``None`` is no limit.
    """

    start: str
    person_days: tuple[float, ...]
    budget: float | None = None
    skills: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    @property
    def quarters(self) -> int:
        """How many quarters there are."""
        return len(self.person_days)

    def lasting(self, quarters: int) -> Capacity:
        """The same for so many quarters: where it has fewer, more of them like its last."""
        more = quarters - self.quarters
        skills = {skill: (*free, *free[-1:] * more) for skill, free in self.skills.items()}
        return replace(self, person_days=(*self.person_days, *self.person_days[-1:] * more), skills=skills)


@dataclass(frozen=True, slots=True)
class Target:
    """Where the organisation wants to be: the whole, single dimensions, and by the end of which month."""

    level: int | None = None
    by: str | None = None
    dimensions: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.level is not None or bool(self.dimensions)


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people have decided: must be done (from a month, if given), must not be, is done, is under way.

    ``done`` has the month in which something was completed, where that is known: what was completed after
    the day of the assessment counts as lifted, what was completed before it has been assessed.
    """

    pin: Mapping[str, str | None] = field(default_factory=dict)
    forbid: tuple[str, ...] = ()
    done: Mapping[str, str | None] = field(default_factory=dict)
    under_way: Mapping[str, str] = field(default_factory=dict)


Aim = Literal["target", "maturity"]
"""The two questions: the target at the soonest, or the most maturity under the capacity."""
Status = Literal["optimal", "feasible", "infeasible"]
InitiativeState = Literal["planned", "pinned", "under-way"]


@dataclass(frozen=True, slots=True)
class Initiative:
    """A recommendation placed on the roadmap.

    ``number`` counts from 1 in the order of the roadmap; ``start`` is the first quarter (from 0, negative
    where it began before the plan), ``None`` where no capacity is known; ``quarters`` how many it takes;
    ``days`` (of these ``skills`` by skill) and ``cost`` are for this organisation; ``lifts`` only the
    assessed practices that it brings further, ``low`` as far as its author is sure of; ``gain`` what it adds
    to the overall score on top of those that end before it. ``needed`` is what the target needs; the
    others use the capacity that is left.
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
    low: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[str, float] = field(default_factory=dict)
    state: InitiativeState = "planned"
    needed: bool = False

    @property
    def end(self) -> int | None:
        """The last quarter, counted from 0."""
        return None if self.start is None else self.start + self.quarters - 1

    def runs_in(self, quarter: int) -> bool:
        """Whether it runs in a quarter, counted from 0."""
        return self.start is not None and self.start <= quarter < self.start + self.quarters


@dataclass(frozen=True, slots=True)
class Projection:
    """Where the whole and the dimensions would stand."""

    overall: Standing
    dimensions: tuple[DimensionResult, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a point in time stands: as expected, at the least, and if customer data follows.

    ``projected`` counts the expected lifts of what was completed, ``low`` the low ones (both are their
    authors' estimates), with measured caps as they are today; ``if_measured`` counts the expected lifts and
    lets those caps follow, should the customer data come to show what was done.
    """

    projected: Projection
    low: Projection
    if_measured: Projection


@dataclass(frozen=True, slots=True)
class SkillLoad:
    """The person-days of one skill in a quarter, and how many there are."""

    load: float
    capacity: float


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter: its first and last day (ISO), its capacity and load in person-days, and where it stands.

    What was completed in earlier quarters counts.
    """

    start: str
    end: str
    capacity: float
    load: float
    outlook: Outlook
    skills: Mapping[str, SkillLoad] = field(default_factory=dict)

    @property
    def projected(self) -> Projection:
        """With the expected lifts, and customer data as it is."""
        return self.outlook.projected


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A recommendation that would fit the result but is not on the roadmap, and why."""

    recommendation: Recommendation
    reason: Message


ShortageKind = Literal["person-days", "skill", "budget", "quarters"]


@dataclass(frozen=True, slots=True)
class Shortage:
    """The least that must be added for the target to hold at a point: of one thing, or of some together.

    ``amount`` is person-days in each quarter, EUR, or quarters; ``skill`` says which, where it is of a skill.
    ``least`` is false where it suffices, but nobody knows whether less would.
    """

    kind: ShortageKind
    amount: float
    skill: str = ""
    least: bool = True


def timely(reached: int | None, deadline: int) -> bool:
    """Whether a target that is reached at a point (``None``: at none) holds at its deadline."""
    return reached is not None and reached <= deadline


def time_among(added: Iterable[Shortage]) -> int:
    """How many quarters of time there are among additions: by so many later the target holds with them."""
    return sum(int(each.amount) for each in added if each.kind == "quarters")


@dataclass(frozen=True, slots=True)
class Prospect:
    """What becomes of the target.

    Points count quarters: at ``reached`` everything counts that ended before quarter ``reached``; ``None``
    is never within the plan. ``deadline`` is the point that holds on the target's last day, by default the
    end of the plan. ``needs_data``: it is reached only if customer data comes to show what was done.
    ``proven`` is false where the search ended before it was known that it cannot be reached earlier, or
    for less, or at all.
    ``ways`` are single additions of which each alone makes the target hold at ``ways_at``: at the
    deadline where it is missed, else one quarter sooner, where more time is none of them. ``together`` are
    additions that do so only all at once, where none does alone; further quarters are among them where it
    takes these as well. ``obstacles`` are what no capacity mends.
    """

    target: Target
    reached: int | None
    deadline: int
    needs_data: bool = False
    proven: bool = True
    ways_at: int | None = None
    ways: tuple[Shortage, ...] = ()
    together: tuple[Shortage, ...] = ()
    obstacles: tuple[Message, ...] = ()

    @property
    def in_time(self) -> bool:
        """Whether the target holds at its deadline."""
        return timely(self.reached, self.deadline)


@dataclass(frozen=True, slots=True)
class Roadmap:
    """What to do, in which quarter, and where it leads.

    Without a capacity in the workspace there are no periods: the initiatives are in the order in
    which they pay. ``finally_`` is where it stands once all of them are done. ``status`` is
    ``infeasible`` where the target is not reached in time, and the plan is then the next best; else
    ``optimal``, or ``feasible`` with the ``gap`` by which a better plan may still exceed it (a part of
    its worth). ``gained`` is in level-quarters. ``binding`` says what keeps it from more, ``held`` names
    the dimensions whose score is no weighted mean, so that the plan could not weigh what is done for
    them. ``warnings`` name plugins that failed while it was made, whose dimensions are held where
    they stand.
    """

    initiatives: tuple[Initiative, ...]
    periods: tuple[Period, ...]
    left_out: tuple[LeftOut, ...]
    finally_: Outlook
    size: Size
    cost: float
    effort_split: float
    impact_split: float
    capacity: Capacity | None = None
    aim: Aim = "maturity"
    status: Status = "optimal"
    gap: float = 0.0
    gained: float = 0.0
    prospect: Prospect | None = None
    binding: tuple[Message, ...] = ()
    held: tuple[str, ...] = ()
    decisions: Decisions = field(default_factory=Decisions)
    warnings: tuple[Message, ...] = ()

    @property
    def budget(self) -> float | None:
        """EUR for all of it, ``None`` where there is no limit."""
        return self.capacity.budget if self.capacity else None

    @property
    def over_budget(self) -> bool:
        """Whether what is under way takes more than the budget; nothing else may."""
        return self.budget is not None and self.cost > self.budget + TOLERANCE
