"""The planning problem as numbers: tasks, capacities, what counts as maturity, and what the target needs.

The formulation is in docs/planning.md. Quarters count from 0. *Point* ``t`` is the beginning of quarter
``t``: what ended in quarter ``t − 1`` or before counts there; the last point is the end of the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

DISCOUNT = 0.03
"""What a quarter of waiting takes off a gain: about 11 % a year. A convention of ours."""
TIE = 0.001
"""Level-quarters: the most that all tie-breaks together may weigh against maturity."""

DAYS, BUDGET, SKILL = "days", "budget", "skill:"
"""The names of what limits a plan; that of a skill has the skill after it."""

Start = Mapping[str, int]
"""A plan: the quarter in which each chosen task starts (negative where it is under way)."""


def limit_name(skill: str | None) -> str:
    """The name of the limit on person-days, in all or of one skill."""
    return DAYS if skill is None else f"{SKILL}{skill}"


def highest(lifts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The highest level by practice: lifts never add up."""
    levels: dict[str, int] = {}
    for each in lifts:
        for practice, level in each.items():
            levels[practice] = max(level, levels.get(practice, level))
    return levels


@dataclass(frozen=True, slots=True)
class Task:
    """A recommendation in numbers, for one organisation.

    It runs ``quarters`` in a row and takes ``days`` person-days in all, of which ``skills`` of each
    skill; both spread evenly. ``cost`` (EUR) falls under the budget, ``lifts`` are levels by practice.
    Each of ``needs`` ends before it starts; none of ``excludes`` is in the same plan. A task with a
    ``start`` starts then or never; one that is ``required`` must be in the plan.
    """

    id: str
    quarters: int
    days: float
    cost: float = 0.0
    lifts: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[str, float] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    start: int | None = None
    required: bool = False

    def apart(self, other: Task) -> bool:
        """Whether the two exclude each other."""
        return other.id in self.excludes or self.id in other.excludes

    def load(self, skill: str | None = None) -> float:
        """The person-days that it takes in each of its quarters, in all or of one skill."""
        return (self.days if skill is None else self.skills.get(skill, 0.0)) / self.quarters


@dataclass(frozen=True, slots=True)
class Position:
    """A practice in a weighted sum: its weight, and where it stands before anything is done (1–5)."""

    weight: float
    start: float


@dataclass(frozen=True, slots=True)
class WeightedSum:
    """``constant`` + Σ weight × where the practice stands.

    A practice that is lifted to a level stands at the level's minimum or at its start, whichever is higher.
    """

    parts: Mapping[str, Position]
    constant: float = 0.0

    def value(self, reached: Mapping[str, float]) -> float:
        """The sum with practices lifted to these scores."""
        return self.constant + sum(
            part.weight * max(part.start, reached.get(name, part.start)) for name, part in self.parts.items()
        )


@dataclass(frozen=True, slots=True)
class Need:
    """One condition of the target: the sum is at least ``least``.

    ``about`` is the id of what it is about, ``kind`` whether answers or customer data must show it.
    """

    about: str
    kind: str
    sum: WeightedSum
    least: float


@dataclass(frozen=True, slots=True)
class Problem:
    """All that a plan depends on.

    ``days`` is the capacity of each quarter in person-days, ``skills`` the part of it per skill (a skill
    that is not named is not limited); ``budget`` holds for everything, ``None`` is no limit. ``minima`` are
    the inclusive minimum scores of level 1 to 5. ``maturity`` is what counts, ``target`` what must hold
    together for the target to be reached; empty where there is none.
    """

    tasks: tuple[Task, ...]
    days: tuple[float, ...]
    minima: tuple[float, ...]
    maturity: WeightedSum
    skills: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    budget: float | None = None
    target: tuple[Need, ...] = ()

    @property
    def quarters(self) -> int:
        """How many quarters there are."""
        return len(self.days)

    @property
    def limits(self) -> list[str]:
        """The names of what limits a plan."""
        names = [limit_name(skill) for skill, _ in self.capacities]
        return [*names, BUDGET] if self.budget is not None else names

    @property
    def capacities(self) -> tuple[tuple[str | None, tuple[float, ...]], ...]:
        """The person-days of each quarter: in all (``None``), and of each skill that is limited."""
        return ((None, self.days), *self.skills.items())

    def raised(self, lifts: Iterable[Mapping[str, int]]) -> dict[str, float]:
        """The score to which these lifts together raise each practice."""
        return {practice: self.minima[level - 1] for practice, level in highest(lifts).items()}
