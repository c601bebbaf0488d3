"""A plan as people read it: numbered initiatives, quarters with their load, and where each leads."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import median

from cxmaturity.roadmap.model import (
    Initiative,
    InitiativeState,
    Outlook,
    Period,
    Projection,
    Roadmap,
    SkillLoad,
)
from cxmaturity.roadmap.posing import Posed, Situation, starting_scores
from cxmaturity.roadmap.problem import highest
from cxmaturity.roadmap.quarters import quarter_bounds
from cxmaturity.roadmap.selection import Candidate, quadrant


def describe_plan(situation: Situation, posed: Posed, start: Mapping[str, int | None]) -> Roadmap:
    """A plan, given as the quarter in which each task starts (``None``: there are no quarters)."""
    initiatives = _with_gains(situation, _numbered(_initiatives(situation, posed, start)))
    lifting = [each for each in initiatives if each.lifts]  # the gain of finding out is not known
    effort_split = median([each.days for each in lifting]) if lifting else 0.0
    impact_split = median([each.gain for each in lifting]) if lifting else 0.0
    periods = _periods(situation, initiatives) if situation.planned else ()
    final = _outlook(situation, initiatives, None)
    return Roadmap(
        initiatives=tuple(
            replace(each, quadrant=quadrant(each.days, each.gain, effort_split, impact_split))
            for each in initiatives
        ),
        periods=periods,
        left_out=posed.left_out,
        finally_=final,
        size=posed.size,
        cost=sum(task.cost for task in posed.problem.tasks if task.id in start),
        effort_split=effort_split,
        impact_split=impact_split,
        gained=_gained(periods, final),
        decisions=situation.decisions,
    )


def _initiatives(situation: Situation, posed: Posed, start: Mapping[str, int | None]) -> Iterator[Initiative]:
    for number, (name, quarter) in enumerate(start.items()):
        candidate = posed.candidates[name]
        entry = candidate.recommendation
        days = entry.effort.amount(posed.size)
        yield Initiative(
            number=number,
            recommendation=entry,
            start=quarter,
            quarters=entry.quarters,
            days=days,
            cost=entry.cost.amount(posed.size),
            lifts=candidate.lifts,
            unassessed=candidate.unassessed,
            gain=0.0,
            quadrant="fill-in",
            low=_low(candidate),
            skills={skill: days * share for skill, share in entry.skills.items()},
            state=_state(situation, name),
        )


def _state(situation: Situation, name: str) -> InitiativeState:
    if name in situation.decisions.under_way:
        return "under-way"
    return "pinned" if name in situation.decisions.pin else "planned"


def _low(candidate: Candidate) -> dict[str, int]:
    """The low lifts, without those that may come to nothing."""
    lows = {name: candidate.recommendation.low_lift(name) for name in candidate.lifts}
    return {name: level for name, level in lows.items() if level > 1}


def _numbered(placed: Iterable[Initiative]) -> list[Initiative]:
    """By start, then by end, then as they came, numbered so."""
    ordered = sorted(placed, key=lambda each: (each.start or 0, each.end or 0, each.number))
    return [replace(each, number=number) for number, each in enumerate(ordered, 1)]


def _with_gains(situation: Situation, initiatives: Sequence[Initiative]) -> list[Initiative]:
    """What each adds to the overall score on top of those that end before it, or with it but come first."""
    scale = situation.assessment.dimensions[0].scale
    scores = starting_scores(situation, effective=True)
    before, gains = situation.projector.score(scores), {}
    for each in sorted(initiatives, key=lambda each: (each.end or 0, each.number)):
        for practice, level in each.lifts.items():
            scores[practice] = max(scores[practice], scale[level - 1])
        after = situation.projector.score(scores)
        gains[each.number], before = after - before, after
    return [replace(each, gain=gains[each.number]) for each in initiatives]


def _periods(situation: Situation, initiatives: Sequence[Initiative]) -> tuple[Period, ...]:
    capacity = situation.capacity
    periods = []
    for number, (start, end) in enumerate(quarter_bounds(capacity.start, capacity.quarters)):
        running = [each for each in initiatives if each.runs_in(number)]
        periods.append(
            Period(
                start,
                end,
                capacity.person_days[number],
                sum(each.days / each.quarters for each in running),
                _outlook(situation, initiatives, number),
                {
                    skill: SkillLoad(
                        sum(each.skills.get(skill, 0.0) / each.quarters for each in running), free[number]
                    )
                    for skill, free in capacity.skills.items()
                },
            )
        )
    return tuple(periods)


def leads_to(situation: Situation, posed: Posed, start: Container[str]) -> Projection:
    """Where a plan leads by its end, with the expected lifts and customer data as it is."""
    lifts = (task.lifts for task in posed.problem.tasks if task.id in start)  # none if it ends after the plan
    return situation.projector.project(highest([situation.lifted_since, *lifts]))


def _outlook(situation: Situation, initiatives: Iterable[Initiative], point: int | None) -> Outlook:
    """Where it stands with what ended before a quarter, or within the plan; a lift counts from the next."""
    last = situation.capacity.quarters if point is None else point
    ended = [each for each in initiatives if each.end is None or each.end < last]
    since = situation.lifted_since
    return situation.projector.outlook(
        highest([since, *(each.lifts for each in ended)]), highest([since, *(each.low for each in ended)])
    )


def _gained(periods: Sequence[Period], final: Outlook) -> float:
    """Level-quarters: what the projected overall score has gained by the end of each quarter, summed up."""
    today = periods[0].projected.overall.score if periods else None
    if today is None:
        return 0.0
    points = [*(period.projected for period in periods[1:]), final.projected]
    return sum((point.overall.score or today) - today for point in points)
