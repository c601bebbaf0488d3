"""What the plan comes to for other amounts of one thing: the trade-off between capacity, date and level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cxmaturity.roadmap.checking import cost
from cxmaturity.roadmap.describing import describe_plan
from cxmaturity.roadmap.model import Aim, Status
from cxmaturity.roadmap.planning import Question, find
from cxmaturity.roadmap.posing import Situation, pose

Varied = Literal["person-days", "budget", "level"]
"""What can be other than it is: person-days in each quarter, EUR in all, the level to be reached."""


@dataclass(frozen=True, slots=True)
class TradeoffPoint:
    """The plan for one amount.

    ``reached`` is the point at which the target holds (``None``: not within the plan; ``needs_data``: only
    if customer data follows), ``score`` and ``level`` are where the plan leads once it is complete,
    ``initiatives`` and ``cost`` what it holds and takes.
    """

    amount: float
    reached: int | None
    needs_data: bool
    score: float | None
    level: int | None
    initiatives: int
    cost: float
    status: Status
    gap: float


@dataclass(frozen=True, slots=True)
class Tradeoff:
    """The plans for other amounts of one thing, in ascending order; ``now`` is today's, if there is one."""

    vary: Varied
    aim: Aim
    now: float | None
    points: tuple[TradeoffPoint, ...]


def trade_off(situation: Situation, question: Question, vary: Varied, amounts: Sequence[float]) -> Tradeoff:
    """Plan anew for each amount, everything else alike."""
    aim: Aim = "target" if question.aim == "target" and (situation.target or vary == "level") else "maturity"
    return Tradeoff(vary, aim, _now(situation, vary), tuple(_points(situation, question, vary, amounts)))


def _points(
    situation: Situation, question: Question, vary: Varied, amounts: Sequence[float]
) -> Iterator[TradeoffPoint]:
    for amount in sorted(set(amounts)):
        varied = _varied(situation, vary, amount)
        posed = pose(varied)
        found = find(posed, varied, replace(question, target=varied.target))
        roadmap = describe_plan(varied, posed, found.solution.start)
        overall = roadmap.finally_.projected.overall
        yield TradeoffPoint(
            amount,
            found.solution.reached,
            found.needs_data,
            overall.score,
            overall.level,
            len(roadmap.initiatives),
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
