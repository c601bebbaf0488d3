"""Places recommendations in quarters: the best gain for the effort first, under capacity and budget.

The arithmetic is in docs/methodology.md: effort spreads evenly over ceil(weeks ÷ 13) quarters, a
prerequisite ends in an earlier quarter, a lift counts from the quarter after completion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from statistics import median

from cxmaturity.api import Message
from cxmaturity.plugins import Plugins
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Initiative, LeftOut, Period, Recommendation, Roadmap, Size
from cxmaturity.roadmap.projection import Projector
from cxmaturity.roadmap.quarters import quarter_bounds
from cxmaturity.roadmap.selection import (
    RISK_DISCOUNT,
    Candidate,
    candidates,
    effective_score,
    prerequisite_unknown,
    quadrant,
    size_of,
)

WEEKS_PER_QUARTER = 13
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Capacity:
    """What there is to do it with: person-days per quarter from a month on, and a budget for all of it."""

    start: str
    quarters: int
    person_days: float
    budget: float | None


@dataclass
class _Plan:
    """A plan under way."""

    size: Size
    capacity: Capacity | None
    placed: dict[str, Initiative] = field(default_factory=dict)
    free: list[float] = field(default_factory=list)
    spent: float = 0.0

    def place(self, candidate: Candidate, gain: float) -> Message | None:
        """Put a candidate at its earliest quarter, or say why there is none."""
        entry = candidate.recommendation
        days, cost = entry.effort.amount(self.size), entry.cost.amount(self.size)
        quarters = ceil(entry.weeks / WEEKS_PER_QUARTER)
        start = None
        if self.capacity is not None:
            if self.capacity.budget is not None and self.spent + cost > self.capacity.budget + _NOTHING:
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
        return None

    def _earliest(self, entry: Recommendation, load: float, quarters: int) -> int | None:
        ends = [self.placed[name].end for name in entry.prerequisites if name in self.placed]
        first = max((end + 1 for end in ends if end is not None), default=0)
        for start in range(first, len(self.free) - quarters + 1):
            if all(self.free[quarter] + _NOTHING >= load for quarter in range(start, start + quarters)):
                return start
        return None


def plan(
    assessment: Assessment,
    plugins: Plugins,
    catalogue: tuple[Recommendation, ...],
    capacity: Capacity | None,
    *,
    may_cap: frozenset[str] = frozenset(),
) -> Roadmap:
    """The roadmap for an assessment.

    At each step the candidate is placed that, together with the prerequisites it still needs, adds
    most to the overall score per person-day, less a discount for risk; finding out comes first, then
    what lifts a dimension that caps the whole. What cannot be placed is left out with the reason.
    """
    projector = Projector(assessment, plugins, may_cap)
    open_ = candidates(assessment, catalogue)
    by_id = {entry.id: entry for entry in catalogue}
    left_out: list[LeftOut] = []
    for name in list(open_):
        unknown = prerequisite_unknown(open_[name].recommendation, assessment, by_id)
        if unknown is not None:
            entry = open_.pop(name).recommendation
            title = by_id[unknown].title if unknown in by_id else unknown
            left_out.append(LeftOut(entry, Message("left-out.unknown", {"title": title})))
    scale = assessment.dimensions[0].scale
    effective = {p.id: effective_score(p, scale) for p in assessment.practices()}
    state = _Plan(
        size_of(assessment), capacity, free=[capacity.person_days] * capacity.quarters if capacity else []
    )
    chooser = _Chooser(projector, {k: v for k, v in effective.items() if v is not None}, scale, state.size)
    while open_:
        name, gain = chooser.best(open_, state.placed)
        chain = _chain(name, open_, state.placed)
        for link in chain:
            if link not in open_:
                break
            candidate = open_.pop(link)
            own = gain if link == name else chooser.gain([candidate], state.placed.values())
            if own <= _NOTHING and not candidate.unassessed:
                left_out.append(LeftOut(candidate.recommendation, Message("left-out.no-gain")))
                continue
            reason = state.place(candidate, own)
            if reason is not None:
                left_out.append(LeftOut(candidate.recommendation, reason))
                left_out += _drop_dependants(link, open_, by_id)
    return _roadmap(projector, state, left_out)


@dataclass
class _Chooser:
    """Compares candidates by what they add."""

    projector: Projector
    effective: Mapping[str, float]
    scale: tuple[float, ...]
    size: Size

    def best(self, open_: Mapping[str, Candidate], placed: Mapping[str, Initiative]) -> tuple[str, float]:
        """The candidate to place next and its gain; ties go to the smaller effort, then to the id."""
        binding = {cap.source for cap in self.projector.assessment.overall.caps}
        ranked = []
        for name, candidate in open_.items():
            chain = [open_[link] for link in _chain(name, open_, placed)]
            gain = self.gain(chain, placed.values())
            days = sum(link.recommendation.effort.amount(self.size) for link in chain)
            worth = gain * (1 - RISK_DISCOUNT[candidate.recommendation.risk.rating]) / max(days, 1.0)
            tier = 0 if candidate.unassessed else 1 if candidate.recommendation.dimension in binding else 2
            ranked.append((tier, -worth, days, name, gain))
        _, _, _, name, gain = min(ranked)
        return name, gain

    def gain(self, chain: Sequence[Candidate], placed: Iterable[Initiative]) -> float:
        """What a chain of candidates adds to the overall score, on top of what is placed."""
        before = self._lifted({}, [initiative.lifts for initiative in placed])
        after = self._lifted(before, [candidate.lifts for candidate in chain])
        return self.projector.score(after) - self.projector.score(before)

    def _lifted(self, scores: Mapping[str, float], lifts: Iterable[Mapping[str, int]]) -> dict[str, float]:
        result = {**self.effective, **scores}
        for each in lifts:
            for practice, level in each.items():
                result[practice] = max(result[practice], self.scale[level - 1])
        return result


def _chain(name: str, open_: Mapping[str, Candidate], placed: Mapping[str, Initiative]) -> list[str]:
    """A candidate after the prerequisites that it still needs, in the order in which to do them."""
    chain: list[str] = []
    for earlier in open_[name].recommendation.prerequisites:
        if earlier in open_ and earlier not in placed:
            chain += [link for link in _chain(earlier, open_, placed) if link not in chain]
    return [*chain, name]


def _drop_dependants(
    name: str, open_: dict[str, Candidate], by_id: Mapping[str, Recommendation]
) -> list[LeftOut]:
    """Take out everything that needs a recommendation which could not be placed."""
    dropped: list[LeftOut] = []
    for other in list(open_):
        if other in open_ and name in open_[other].recommendation.prerequisites:
            entry = open_.pop(other).recommendation
            dropped.append(LeftOut(entry, Message("left-out.prerequisite", {"title": by_id[name].title})))
            dropped += _drop_dependants(other, open_, by_id)
    return dropped


def _roadmap(projector: Projector, state: _Plan, left_out: list[LeftOut]) -> Roadmap:
    initiatives = _numbered(list(state.placed.values()))
    lifting = [each for each in initiatives if each.lifts]  # the gain of finding out is not known
    effort_split = median([each.days for each in lifting]) if lifting else 0.0
    impact_split = median([each.gain for each in lifting]) if lifting else 0.0
    return Roadmap(
        initiatives=tuple(
            replace(each, quadrant=quadrant(each.days, each.gain, effort_split, impact_split))
            for each in initiatives
        ),
        periods=_periods(projector, state.capacity, initiatives),
        left_out=tuple(sorted(left_out, key=lambda each: each.recommendation.id)),
        finally_=projector.project(_lifts_done(initiatives, None)),
        size=state.size,
        budget=state.capacity.budget if state.capacity else None,
        cost=state.spent,
        effort_split=effort_split,
        impact_split=impact_split,
    )


def _numbered(placed: list[Initiative]) -> list[Initiative]:
    """The initiatives by start, then by the order in which they were chosen, numbered so."""
    ordered = sorted(placed, key=lambda each: (each.start or 0, each.number))
    return [replace(each, number=number) for number, each in enumerate(ordered, 1)]


def _lifts_done(initiatives: Iterable[Initiative], by: int | None) -> dict[str, int]:
    """What has been lifted by the end of a quarter: lifts of initiatives that ended in it or before."""
    lifts: dict[str, int] = {}
    for each in initiatives:
        if by is None or (each.end is not None and each.end <= by):
            for practice, level in each.lifts.items():
                lifts[practice] = max(level, lifts.get(practice, level))
    return lifts


def _periods(
    projector: Projector, capacity: Capacity | None, initiatives: Sequence[Initiative]
) -> tuple[Period, ...]:
    if capacity is None:
        return ()
    periods = []
    for number, (start, end) in enumerate(quarter_bounds(capacity.start, capacity.quarters)):
        under_way = [e for e in initiatives if e.start is not None and e.start <= number <= (e.end or 0)]
        lifts = _lifts_done(initiatives, number - 1)  # a lift counts from the quarter after
        periods.append(
            Period(
                start,
                end,
                capacity.person_days,
                sum(each.days / each.quarters for each in under_way),
                projector.project(lifts),
                projector.project(lifts, caps_follow=True),
            )
        )
    return tuple(periods)
