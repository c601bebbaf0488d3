"""The roadmap as JSON: ``plan`` in the result, the initiatives beside it, and what ``--what-if`` comes to.

Dates are ISO days. What holds at the beginning of a quarter has the quarter's first day; what holds only once
all is complete has the day after the last quarter.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from typing import Any

from cxmaturity.api import Standing
from cxmaturity.roadmap.dates import deadline_day
from cxmaturity.roadmap.model import (
    Capacity,
    Decisions,
    Initiative,
    Outlook,
    Period,
    Projection,
    Prospect,
    Roadmap,
    Shortage,
)
from cxmaturity.roadmap.quarters import quarter_span
from cxmaturity.roadmap.tradeoff import Tradeoff, TradeoffPoint
from cxmaturity.texts import Texts

FORMAT = 1


def plan_data(roadmap: Roadmap, texts: Texts) -> dict[str, Any]:
    """The plan as plain dicts and lists; its initiatives are :func:`initiative_data`."""
    solved = roadmap.capacity is not None
    return {
        "format": FORMAT,
        "question": roadmap.aim,
        "status": roadmap.status if solved else None,
        "gap": _gap(roadmap.gap) if solved else None,
        "gained": roadmap.gained if solved else None,
        "cost": roadmap.cost,
        "budget": roadmap.budget,
        "target": _target(roadmap, roadmap.prospect, texts) if roadmap.prospect else None,
        "periods": [_period(period, number, roadmap) for number, period in enumerate(roadmap.periods)],
        "finally": _outlook(roadmap.finally_),
        "left_out": [
            {
                "id": each.recommendation.id,
                "title": each.recommendation.title,
                "reason": texts.message(each.reason),
            }
            for each in roadmap.left_out
        ],
        "binding": [texts.message(each) for each in roadmap.binding],
        "held": list(roadmap.held),
        "decisions": _decisions(roadmap.decisions),
    }


def initiative_data(initiative: Initiative, roadmap: Roadmap) -> dict[str, Any]:
    """An initiative as a plain dict."""
    entry = initiative.recommendation
    return {
        "number": initiative.number,
        "id": entry.id,
        "title": entry.title,
        "find_out": entry.find_out,
        "lifts": dict(initiative.lifts),
        "low": dict(initiative.low),
        "days": initiative.days,
        "skills": dict(initiative.skills),
        "cost": initiative.cost,
        "weeks": entry.weeks,
        "owner": entry.owner,
        "prerequisites": list(entry.prerequisites),
        "kpi": {"name": entry.kpi.name, "target": entry.kpi.target, "metric": entry.kpi.metric},
        "start": _start(initiative, roadmap),
        "quarters": initiative.quarters,
        "state": initiative.state,
        "needed": initiative.needed,
        "gain": initiative.gain,
        "quadrant": initiative.quadrant,
        "plugin": entry.plugin,
    }


def tradeoff_data(tradeoff: Tradeoff, capacity: Capacity) -> dict[str, Any]:
    """What the plan comes to for other amounts, as plain dicts and lists."""
    return {
        "format": FORMAT,
        "vary": tradeoff.vary,
        "question": tradeoff.aim,
        "now": tradeoff.now,
        "points": [_point(each, capacity) for each in tradeoff.points],
    }


def day_of(point: int, capacity: Capacity) -> str:
    """The day from which on a point holds: the first of the quarter that it is the beginning of."""
    return quarter_span(capacity.start, point)[0]


def _point(point: TradeoffPoint, capacity: Capacity) -> dict[str, Any]:
    return {
        "amount": point.amount,
        "reached": None if point.reached is None else day_of(point.reached, capacity),
        "in_time": point.in_time,
        "needs_data": point.needs_data,
        "score": point.score,
        "level": point.level,
        "initiatives": point.initiatives,
        "cost": point.cost,
        "status": point.status,
        "gap": _gap(point.gap),
    }


def _gap(gap: float) -> float | None:
    """A gap as a number of JSON, which has no infinity: where the search found no bound nothing is known."""
    return gap if isfinite(gap) else None


def _start(initiative: Initiative, roadmap: Roadmap) -> str | None:
    """The first day of its first quarter; of what is under way, of the month in which it began."""
    if initiative.start is None:
        return None
    begun = roadmap.decisions.under_way.get(initiative.recommendation.id)
    return f"{begun}-01" if begun else roadmap.periods[initiative.start].start


def _target(roadmap: Roadmap, prospect: Prospect, texts: Texts) -> dict[str, Any]:
    target = prospect.target

    def day(point: int | None) -> str | None:
        return None if point is None or roadmap.capacity is None else day_of(point, roadmap.capacity)

    return {
        "level": target.level,
        "by": target.by,
        "dimensions": dict(target.dimensions),
        "reached": day(prospect.reached),
        "in_time": prospect.in_time,
        "needs_data": prospect.needs_data,
        "proven": prospect.proven,
        "deadline": deadline_day(roadmap, prospect),
        "ways": _shortages(prospect.ways),
        "ways_at": day(prospect.ways_at),
        "together": _shortages(prospect.together),
        "obstacles": [texts.message(each) for each in prospect.obstacles],
    }


def _shortages(shortages: Iterable[Shortage]) -> list[dict[str, Any]]:
    return [
        {"kind": each.kind, "amount": each.amount, "skill": each.skill, "least": each.least}
        for each in shortages
    ]


def _period(period: Period, number: int, roadmap: Roadmap) -> dict[str, Any]:
    return {
        "start": period.start,
        "end": period.end,
        "capacity": period.capacity,
        "load": period.load,
        "skills": {
            skill: {"load": each.load, "capacity": each.capacity} for skill, each in period.skills.items()
        },
        "initiatives": [each.recommendation.id for each in running(roadmap, number)],
        **_outlook(period.outlook),
    }


def running(roadmap: Roadmap, quarter: int) -> list[Initiative]:
    """The initiatives that run in a quarter, counted from 0."""
    return [each for each in roadmap.initiatives if each.runs_in(quarter)]


def _outlook(outlook: Outlook) -> dict[str, Any]:
    return {
        "projected": _projection(outlook.projected),
        "low": _projection(outlook.low),
        "if_measured": _projection(outlook.if_measured),
    }


def _projection(projection: Projection) -> dict[str, Any]:
    return {
        "overall": _standing(projection.overall),
        "dimensions": {each.id: _standing(each) for each in projection.dimensions},
    }


def _standing(standing: Standing) -> dict[str, Any]:
    return {"score": standing.score, "level": standing.level}


def _decisions(decisions: Decisions) -> dict[str, Any]:
    return {
        "pin": dict(decisions.pin),
        "forbid": list(decisions.forbid),
        "done": dict(decisions.done),
        "under_way": dict(decisions.under_way),
    }
