"""Places recommendations in quarters: the best gain for the effort first, under capacity and budget.

The arithmetic is in docs/methodology.md: effort spreads evenly over ceil(weeks ÷ 13) quarters, a
prerequisite ends in an earlier quarter, a lift counts from the quarter after completion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from cxmaturity.api import Message
from cxmaturity.plugins import Plugins, describe
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Initiative, LeftOut, Period, Recommendation, Roadmap, Size
from cxmaturity.roadmap.placing import NOTHING, Capacity, PlanState
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
    scale = assessment.dimensions[0].scale
    scores = {p.id: effective_score(p, scale) for p in assessment.practices()}
    size = size_of(assessment)
    free = [capacity.person_days] * capacity.quarters if capacity else []
    planner = _Planner(
        {entry.id: entry for entry in catalogue},
        candidates(assessment, catalogue),
        PlanState(size, capacity, free=free),
        _Chooser(
            projector, {name: score for name, score in scores.items() if score is not None}, scale, size
        ),
    )
    planner.leave_out_unknown(assessment)
    planner.place_all()
    return _roadmap(projector, planner.state, planner.left_out)


@dataclass
class _Planner:
    """Places candidates one after the other until none is open."""

    by_id: Mapping[str, Recommendation]
    open: dict[str, Candidate]
    state: PlanState
    chooser: _Chooser
    left_out: list[LeftOut] = field(default_factory=list)

    def leave_out_unknown(self, assessment: Assessment) -> None:
        """Leave out what builds on something that was not assessed, and what builds on that."""
        for name in list(self.open):
            if name not in self.open:
                continue  # it needed one that was left out
            unknown = prerequisite_unknown(self.open[name].recommendation, assessment, self.by_id)
            if unknown is not None:
                title = self.by_id[unknown].title if unknown in self.by_id else unknown
                self._leave_out(name, Message("left-out.unknown", {"title": title}))

    def place_all(self) -> None:
        """Place the best candidate after the prerequisites it needs, again and again."""
        while self.open:
            best = self.chooser.best(self.open, self.state.placed)
            for link in _chain(best, self.open, self.state.placed):
                if link in self.open:
                    self._settle(link, wanted=link == best)

    def _settle(self, name: str, *, wanted: bool) -> None:
        """Place one candidate, or leave it out. Only the one wanted must add to the score by itself."""
        candidate = self.open[name]
        gain = self.chooser.gain([candidate], self.state.placed.values())
        if candidate.lifts and self.state.covered(candidate):
            self.left_out.append(LeftOut(self.open.pop(name).recommendation, Message("left-out.no-gain")))
        elif wanted and gain <= NOTHING and not candidate.unassessed:
            self._leave_out(name, Message("left-out.no-points"))
        elif (reason := self.state.place(candidate, gain)) is not None:
            self._leave_out(name, reason)
        else:
            del self.open[name]

    def _leave_out(self, name: str, reason: Message) -> None:
        """Leave out a candidate and everything that needs it."""
        self.left_out.append(LeftOut(self.open.pop(name).recommendation, reason))
        for other in list(self.open):
            if other in self.open and name in self.open[other].recommendation.prerequisites:
                self._leave_out(other, Message("left-out.prerequisite", {"title": self.by_id[name].title}))


@dataclass
class _Chooser:
    """Compares candidates by what they add."""

    projector: Projector
    effective: Mapping[str, float]
    scale: tuple[float, ...]
    size: Size

    def best(self, open_: Mapping[str, Candidate], placed: Mapping[str, Initiative]) -> str:
        """The candidate to place next; ties go to the smaller effort, then to the id."""
        binding = {cap.source for cap in self.projector.assessment.overall.caps}
        ranked = []
        for name, candidate in open_.items():
            chain = [open_[link] for link in _chain(name, open_, placed)]
            gain = self.gain(chain, placed.values())
            days = sum(link.recommendation.effort.amount(self.size) for link in chain)
            worth = gain * (1 - RISK_DISCOUNT[candidate.recommendation.risk.rating]) / max(days, 1.0)
            tier = 0 if candidate.unassessed else 1 if candidate.recommendation.dimension in binding else 2
            ranked.append((tier, -worth, days, name))
        return min(ranked)[-1]

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


def _roadmap(projector: Projector, state: PlanState, left_out: list[LeftOut]) -> Roadmap:
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
        finally_if_measured=projector.project(_lifts_done(initiatives, None), caps_follow=True),
        size=state.size,
        budget=state.capacity.budget if state.capacity else None,
        cost=state.spent,
        effort_split=effort_split,
        impact_split=impact_split,
        warnings=tuple(_warning(projector, dimension) for dimension in sorted(projector.failed)),
    )


def _warning(projector: Projector, dimension: str) -> Message:
    """A plugin that failed on a hypothetical score, in words."""
    plugin = projector.plugins.named(str(projector.assessment.dimension(dimension).plugin))
    reason = f"planning {dimension}: {describe(projector.failed[dimension])}"
    values = {"plugin": plugin.name, "distribution": plugin.distribution, "reason": reason}
    return Message("warning.plugin-failed", values)


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
