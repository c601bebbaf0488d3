"""What comes out of holding two results against each other, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cxmaturity.api import Interval, Message, MetricUnit
from cxmaturity.following.differences import Difference, Estimate

Basis = Literal["all", "shared", "none"]
"""Over what a score is compared: all that was asked, the questions that both share, or not at all."""

Direction = Literal["better", "worse", "same"]

Status = Literal["done", "under-way", "not-begun", "unknown"]


@dataclass(frozen=True, slots=True)
class Round:
    """One of the two results: whose it is, of which day (ISO), and how many people answered."""

    organisation: str
    as_of: str | None
    respondents: int | None
    questionnaires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CapSeen:
    """A cap that bit in one of the two results: where it comes from, the level it leaves, why (in words)."""

    source: str
    limit: int
    reason: str


@dataclass(frozen=True, slots=True)
class Side:
    """Where something stood in one of the results, as that result shows it."""

    score: float | None
    interval: Interval | None
    level: int | None
    uncapped_level: int | None
    measured: float | None
    caps: tuple[CapSeen, ...]
    n: int | None
    reason: str | None
    suppressed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreChange:
    """How a practice, a dimension or the whole changed.

    ``before`` and ``after`` are as the results show them, ``None`` where it was not asked at all. ``first``
    and ``second`` are what is compared: the same scores, or (``basis`` is ``shared``) those over the
    ``shared`` of ``asked`` questions. Without a ``difference`` there is a ``reason``. ``same_questions`` says
    that both were asked the same, weighed alike, whoever answered. ``caps_gone`` bit before and do no longer,
    ``caps_come`` bite now and did not; both only of what could have capped both. The whole has no ``title``.
    """

    id: str
    title: str
    before: Side | None
    after: Side | None
    basis: Basis
    first: Estimate | None = None
    second: Estimate | None = None
    difference: Difference | None = None
    shared: int = 0
    asked: int = 0
    same_questions: bool = False
    caps_gone: tuple[CapSeen, ...] = ()
    caps_come: tuple[CapSeen, ...] = ()
    reason: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionChange(ScoreChange):
    """How a dimension changed, with its practices."""

    practices: tuple[ScoreChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricChange:
    """How a figure from customer data changed, in its ``unit``.

    ``direction`` is by which way of the metric is better, ``None`` where neither is. ``overlap`` says that
    the two periods have days in common. Without a ``difference`` there is a ``reason``.
    """

    id: str
    title: str
    unit: MetricUnit
    before: Estimate | None
    after: Estimate | None
    difference: Difference | None = None
    direction: Direction | None = None
    overlap: bool = False
    reason: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiOutcome:
    """What an initiative was to bring, and the metric that shows it, where one is computed."""

    name: str
    target: str
    metric: str | None
    change: MetricChange | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeOutcome:
    """What became of an initiative of the earlier plan.

    ``planned_start`` and ``planned_end`` are the first and last day that the plan gave it. ``month`` is when
    it was done, or since when it is under way (``YYYY-MM``), if that was said. ``late`` is how many months
    later than planned it ended; of what is under way, by how many its end is overdue, and of what has not
    begun, its beginning: 0 if it is on time, ``None`` where that cannot be told.
    """

    id: str
    title: str
    status: Status
    planned_start: str | None = None
    planned_end: str | None = None
    month: str | None = None
    late: int | None = None
    kpi: KpiOutcome | None = None


@dataclass(frozen=True, slots=True)
class OtherInitiative:
    """Something that was done or begun and that the earlier plan did not have."""

    id: str
    title: str
    status: Status
    month: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedScore:
    """What was predicted of a score, and what was found.

    ``gap`` is what was found less what was expected. Of it ``within`` lies inside the interval of what was
    found, so that chance may have made it, and ``beyond`` does not: they add up to the gap, with its sign.
    """

    id: str
    title: str
    today: float | None
    expected: float | None
    low: float | None
    found: Estimate | None
    gap: float | None = None
    within: float | None = None
    beyond: float | None = None
    reason: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What the earlier plan predicted for the day of the later result.

    ``when`` is ``before`` the plan's start (nothing of it could count yet), ``within`` a quarter of it, from
    ``start`` to ``end`` (ISO), or ``after`` its end. ``missing`` are initiatives that it took as complete by
    then and that are not done, ``ahead`` those done although it had them later or not at all: with any of
    them it was a prediction for another course. ``known`` says whether what was done is known at all.
    """

    when: Literal["before", "within", "after"]
    start: str | None
    end: str | None
    scores: tuple[PredictedScore, ...]
    missing: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True)
class NotComparable:
    """A question, practice, dimension or metric that is not compared, and why."""

    kind: Literal["dimension", "practice", "metric", "question"]
    id: str
    title: str
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two results of one organisation held against each other.

    ``predicted`` is ``None`` with a ``predicted_reason``. ``versions`` says which plugins and questionnaires
    are others, ``notes`` what else the two results do not have in common.
    """

    before: Round
    after: Round
    overall: ScoreChange
    dimensions: tuple[DimensionChange, ...]
    metrics: tuple[MetricChange, ...]
    initiatives: tuple[InitiativeOutcome, ...]
    others: tuple[OtherInitiative, ...]
    predicted: Prediction | None
    predicted_reason: Message | None
    not_comparable: tuple[NotComparable, ...]
    versions: tuple[Message, ...]
    notes: tuple[Message, ...]

    def practices(self) -> Iterator[ScoreChange]:
        """All practices, in order."""
        for dimension in self.dimensions:
            yield from dimension.practices
