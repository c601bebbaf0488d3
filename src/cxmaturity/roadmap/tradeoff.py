"""What the plan comes to for other amounts of one thing: the trade-off between capacity, date and level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cxmaturity.api import Message
from cxmaturity.roadmap.checking import cost
from cxmaturity.roadmap.describing import leads_to
from cxmaturity.roadmap.model import Aim, Roadmap, Status, timely
from cxmaturity.roadmap.planning import Question, failures, find
from cxmaturity.roadmap.posing import Situation, pose

Varied = Literal["person-days", "budget", "level"]
"""What can be other than it is: person-days in each quarter, EUR in all, the level to be reached."""


@dataclass(frozen=True, slots=True)
class TradeoffPoint:
    """The plan for one amount.

    ``reached`` is the point at which the target holds (``None``: not within the plan; ``needs_data``: only
    if customer data follows), ``deadline`` the one that holds on its last day, ``score`` and ``level`` are
    where the plan leads once it is complete, ``initiatives`` and ``cost`` what it holds and takes.
    """

    amount: float
    reached: int | None
    deadline: int
    needs_data: bool
    score: float | None
    level: int | None
    initiatives: int
    cost: float
    status: Status
    gap: float

    @property
    def in_time(self) -> bool:
        """Whether the target holds at its deadline."""
        return timely(self.reached, self.deadline)


@dataclass(frozen=True, slots=True)
class Tradeoff:
    """The plans for other amounts of one thing, in ascending order; ``now`` is today's, if there is one.

    ``warnings`` name plugins that failed meanwhile, whose dimensions are held where they stand.
    """

    vary: Varied
    aim: Aim
    now: float | None
    points: tuple[TradeoffPoint, ...]
    warnings: tuple[Message, ...] = ()


def trade_off(situation: Situation, question: Question, vary: Varied, amounts: Sequence[float]) -> Tradeoff:
    """Plan anew for each amount, everything else alike."""
    aim: Aim = "target" if question.aim == "target" and (situation.target or vary == "level") else "maturity"
    points = tuple(_points(situation, question, vary, amounts))
    return Tradeoff(vary, aim, _now(situation, vary), points, failures(situation.projector))


def point_of(roadmap: Roadmap, amount: float) -> TradeoffPoint:
    """A plan that was made already, as what it comes to for an amount."""
    prospect, overall = roadmap.prospect, roadmap.finally_.projected.overall
    return TradeoffPoint(
        amount,
        prospect.reached if prospect else None,
        prospect.deadline if prospect else len(roadmap.periods),
        bool(prospect and prospect.needs_data),
        overall.score,
        overall.level,
        len(roadmap.initiatives),
        roadmap.cost,
        roadmap.status,
        roadmap.gap,
    )


def _points(
    situation: Situation, question: Question, vary: Varied, amounts: Sequence[float]
) -> Iterator[TradeoffPoint]:
    for amount in sorted(set(amounts)):
        varied = _varied(situation, vary, amount)
        posed = pose(varied)
        found = find(posed, varied, replace(question, target=varied.target))
        overall = leads_to(varied, posed, found.solution.start).overall
        yield TradeoffPoint(
            amount,
            found.solution.reached,
            found.deadline,
            found.needs_data,
            overall.score,
            overall.level,
            len(found.solution.start),
            cost(found.problem, found.solution.start),
            found.status,
            found.solution.gap,
        )


def _varied(situation: Situation, vary: Varied, amount: float) -> Situation:
    capacity = situation.capacity
    if vary == "budget":
        return replace(situation, capacity=replace(capacity, budget=amount))
    if vary == "level":
        return replace(situation, target=replace(situation.target, level=int(amount)))
    return replace(situation, capacity=replace(capacity, person_days=(amount,) * capacity.quarters))


def _now(situation: Situation, vary: Varied) -> float | None:
    """Today's amount; ``None`` where there is none or the quarters differ."""
    capacity = situation.capacity
    if vary == "budget":
        return capacity.budget
    if vary == "level":
        return situation.target.level
    return capacity.person_days[0] if len(set(capacity.person_days)) == 1 else None
