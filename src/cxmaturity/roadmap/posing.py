"""Turns an assessment, catalogues, a capacity and people's decisions into the planning problem."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace

from cxmaturity.api import Message
from cxmaturity.result import OVERALL, Assessment
from cxmaturity.roadmap.checking import cost, load
from cxmaturity.roadmap.linearity import score_sum, weights_of
from cxmaturity.roadmap.model import Capacity, Decisions, LeftOut, Recommendation, Size, Target
from cxmaturity.roadmap.problem import Position, Problem, Task, WeightedSum, highest
from cxmaturity.roadmap.projection import Projector
from cxmaturity.roadmap.quarters import begun_quarter, quarter_of
from cxmaturity.roadmap.selection import (
    Candidate,
    candidates,
    effective_score,
    prerequisite_unknown,
    size_of,
)
from cxmaturity.roadmap.target import Conditions

UNPLANNED = Capacity("2000-01", (1.0,) * 40)
"""Stands in where no capacity is known: then there is an order, and no quarters."""
FINDING_OUT = 0.05
"""Levels: what finding out about one practice counts for in the plan. A convention of ours."""


@dataclass(frozen=True, slots=True)
class Posed:
    """The problem, and what is needed to read its plans.

    ``follows`` is the same problem if customer data follows what is done. ``held`` are dimensions that the
    model holds constant, ``left_out`` what is no task of it, with the reason.
    """

    problem: Problem
    follows: Problem
    candidates: Mapping[str, Candidate]
    size: Size
    held: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a plan is made from."""

    assessment: Assessment
    projector: Projector
    catalogue: tuple[Recommendation, ...] = ()
    capacity: Capacity = UNPLANNED
    target: Target = field(default_factory=Target)
    decisions: Decisions = field(default_factory=Decisions)

    @property
    def planned(self) -> bool:
        """Whether there is a capacity to plan with."""
        return self.capacity is not UNPLANNED

    @property
    def titles(self) -> dict[str, str]:
        """What dimensions, practices and the whole are called."""
        parts = [self.assessment.overall, *self.assessment.dimensions, *self.assessment.practices()]
        return {each.id: each.title for each in parts}

    @property
    def lifted_since(self) -> dict[str, int]:
        """What has been brought about since the day of the assessment, which therefore did not see it."""
        done, as_of = self.decisions.done, self.assessment.as_of
        months = ((entry, done.get(entry.id)) for entry in self.catalogue)
        return highest(
            entry.lifts for entry, month in months if month is not None and month > (as_of or month)[:7]
        )


def pose(situation: Situation) -> Posed:
    """The problem of a situation."""
    size = size_of(situation.assessment)
    fitting, left_out = _fitting(situation)
    sums, held = _sums(situation)
    tasks = tuple(_task(situation, candidate, size) for candidate in fitting.values())
    capacity, caps = situation.capacity, situation.projector.caps_today()
    today, follow = (
        Conditions(situation.assessment, sums, caps, situation.lifted_since, follow=each).of(situation.target)
        for each in (False, True)
    )
    problem = Problem(
        tasks=tasks,
        days=capacity.person_days,
        minima=_minima(situation),
        maturity=_maturity(situation, sums, fitting),
        skills=capacity.skills,
        budget=capacity.budget,
        target=today,
    )
    problem = _with_room(problem, situation.decisions)
    return Posed(problem, replace(problem, target=follow), fitting, size, held, tuple(left_out))


def _with_room(problem: Problem, decisions: Decisions) -> Problem:
    """The problem with at least the room that what is under way takes: it goes on in any case."""
    plan = {task.id: task.start or 0 for task in problem.tasks if task.id in decisions.under_way}
    if not plan:
        return problem

    def at_least(free: tuple[float, ...], skill: str | None) -> tuple[float, ...]:
        return tuple(max(amount, load(problem, plan, each, skill)) for each, amount in enumerate(free))

    return replace(
        problem,
        days=at_least(problem.days, None),
        skills={skill: at_least(free, skill) for skill, free in problem.skills.items()},
        budget=None if problem.budget is None else max(problem.budget, cost(problem, plan)),
    )


# ------------------------------------------------------------------------------------------------- tasks


def _fitting(situation: Situation) -> tuple[dict[str, Candidate], list[LeftOut]]:
    """What there is to choose from, and what of the catalogue fits but is not to be chosen."""
    decisions, catalogue = situation.decisions, situation.catalogue
    open_ = candidates(situation.assessment, catalogue, situation.lifted_since)
    for entry in catalogue:
        if entry.id in decisions.under_way or entry.id in decisions.pin:
            open_.setdefault(entry.id, Candidate(entry, {}))
    left_out = [  # what needs it has what it needs
        LeftOut(open_.pop(name).recommendation, Message("left-out.done"))
        for name in decisions.done
        if name in open_
    ]
    for name, reason in tuple(_refused(situation, open_)):  # leaving out changes what is open
        _leave_out(open_, left_out, name, reason, decisions.under_way)
    return dict(sorted(open_.items())), left_out


def _refused(situation: Situation, open_: Mapping[str, Candidate]) -> Iterator[tuple[str, Message]]:
    """What must not be done, what rules it out, and what builds on something nobody knows."""
    decisions, by_id = situation.decisions, {entry.id: entry for entry in situation.catalogue}
    settled = [name for name in (*decisions.done, *decisions.under_way) if name in by_id]
    certain = {*settled, *decisions.pin}
    for name, candidate in open_.items():
        entry = candidate.recommendation
        if name in decisions.under_way:
            continue
        if name in decisions.forbid:
            yield name, Message("left-out.forbidden")
        for other in settled:
            if other in entry.excludes or name in by_id[other].excludes:
                yield name, Message("left-out.excluded", {"title": by_id[other].title})
        unknown = prerequisite_unknown(entry, situation.assessment, by_id, certain)
        if unknown is not None:
            title = by_id[unknown].title if unknown in by_id else unknown
            yield name, Message("left-out.unknown", {"title": title})


def _leave_out(
    open_: dict[str, Candidate],
    left_out: list[LeftOut],
    name: str,
    reason: Message,
    begun: Container[str],
) -> None:
    """Leave out a candidate and everything that needs it, but for what has begun without it."""
    if name not in open_ or name in begun:
        return
    entry = open_.pop(name).recommendation
    left_out.append(LeftOut(entry, reason))
    for other in list(open_):
        if other in open_ and name in open_[other].recommendation.prerequisites:
            because = Message("left-out.prerequisite", {"title": entry.title})
            _leave_out(open_, left_out, other, because, begun)


def _task(situation: Situation, candidate: Candidate, size: Size) -> Task:
    entry, decisions, capacity = candidate.recommendation, situation.decisions, situation.capacity
    quarters, days = entry.quarters, entry.effort.amount(size)
    lifts = {
        **candidate.lifts,
        **({_found(entry.id): len(_minima(situation))} if candidate.unassessed else {}),
    }
    start = None
    if entry.id in decisions.under_way and situation.planned:
        start = begun_quarter(decisions.under_way[entry.id], capacity.start, quarters)
        if start + quarters > capacity.quarters:  # it goes on after the plan, which sees only its part of it
            days *= (capacity.quarters - start) / quarters
            quarters, lifts = capacity.quarters - start, {}
    elif (month := decisions.pin.get(entry.id)) and situation.planned:
        start = quarter_of(month, capacity.start)
    return Task(
        id=entry.id,
        quarters=quarters,
        days=days,
        cost=0.0 if _paid_before(situation, entry) else entry.cost.amount(size),
        lifts=lifts,
        skills={skill: days * share for skill, share in entry.skills.items()},
        needs=() if entry.id in decisions.under_way else entry.prerequisites,
        excludes=() if entry.id in decisions.under_way else entry.excludes,
        start=start,
        required=entry.id in decisions.under_way or entry.id in decisions.pin,
    )


def _paid_before(situation: Situation, entry: Recommendation) -> bool:
    """Whether it began before the plan, so that its cost was committed from another budget."""
    return situation.decisions.under_way.get(entry.id, situation.capacity.start) < situation.capacity.start


def _found(name: str) -> str:
    """Stands for what finding out brings to light, as if it were a practice."""
    return f"found-by:{name}"


def _minima(situation: Situation) -> tuple[float, ...]:
    return situation.assessment.dimensions[0].scale


# ------------------------------------------------------------------------------------------------ maturity


def _sums(situation: Situation) -> tuple[dict[str, WeightedSum], tuple[str, ...]]:
    """The scores of dimensions and of the whole as sums of practices, and what had to be held constant."""
    assessment, projector = situation.assessment, situation.projector
    starts = starting_scores(situation, effective=False)
    sums, held = {}, []
    for dimension in assessment.dimensions:
        weights = weights_of(projector, dimension) if dimension.score is not None else {}
        if weights is None or dimension.id in projector.failed:
            held.append(dimension.id)
            weights = {}
        sums[dimension.id] = score_sum(dimension, weights, starts)
    sums[OVERALL] = _whole(assessment, sums)
    return sums, tuple(held)


def _whole(assessment: Assessment, sums: Mapping[str, WeightedSum]) -> WeightedSum:
    """The weighted mean of the dimensions that have a score."""
    counted = [each for each in assessment.dimensions if each.score is not None and each.weight > 0]
    weight = sum(each.weight for each in counted)
    return WeightedSum(
        {
            name: Position(part.weight * each.weight / weight, part.start)
            for each in counted
            for name, part in sums[each.id].parts.items()
        },
        sum(sums[each.id].constant * each.weight for each in counted) / weight if weight else 0.0,
    )


def _maturity(
    situation: Situation, sums: Mapping[str, WeightedSum], fitting: Mapping[str, Candidate]
) -> WeightedSum:
    """What counts: the overall score from where practices stand in effect, and what is found out."""
    starts = starting_scores(situation, effective=True)
    minima = _minima(situation)
    parts = {name: Position(part.weight, starts[name]) for name, part in sums[OVERALL].parts.items()}
    for name, candidate in fitting.items():
        if candidate.unassessed:
            gain = FINDING_OUT * len(candidate.unassessed)
            parts[_found(name)] = Position(gain / (minima[-1] - minima[0]), minima[0])
    return WeightedSum(parts, sums[OVERALL].constant)


def starting_scores(situation: Situation, *, effective: bool) -> dict[str, float]:
    """Where practices stand before the plan, with what was done since the assessment.

    In effect a practice stands no higher than the level at which customer data holds it.
    """
    scale, since = _minima(situation), situation.lifted_since
    starts = {}
    for practice in situation.assessment.practices():
        score = effective_score(practice, scale) if effective else practice.score
        if score is not None:
            lifted = scale[since[practice.id] - 1] if practice.id in since else score
            starts[practice.id] = max(score, lifted)
    return starts
