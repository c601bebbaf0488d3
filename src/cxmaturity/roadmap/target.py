"""What must hold for a target to be reached: its levels, turned into sums of practices by the scoring rules.

A level is reached when its minimum score is, and every cap lies as high: measured data at the level below or
higher, and whatever the plugins' caps follow from at as many levels as they ask for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cxmaturity.api import Cap, DimensionResult, PracticeResult, Standing
from cxmaturity.result import OVERALL, Assessment
from cxmaturity.roadmap.model import Target
from cxmaturity.roadmap.problem import Need, Position, WeightedSum
from cxmaturity.scoring.caps import MEASURED_OFFSET
from cxmaturity.scoring.scale import HIGHEST_LEVEL, LOWEST_LEVEL

ROUNDING = 4e-7
"""Scores this close below a level's minimum reach it, as levels are given to six decimals."""
_NEVER = Need("", "level", WeightedSum({}), 1.0)


@dataclass(frozen=True, slots=True)
class Conditions:
    """Turns levels into conditions.

    ``sums`` are the scores of dimensions and of the whole as sums of practices, ``since`` the levels to
    which practices were brought after the assessment; the sums start with these.
    ``caps`` stand in the order in which they are applied: one follows from a level that only the earlier have
    limited. ``follow`` lets measured data come to show what was done; otherwise it stays as it is.
    """

    assessment: Assessment
    sums: Mapping[str, WeightedSum]
    caps: Sequence[Cap]
    since: Mapping[str, int] = field(default_factory=dict)
    follow: bool = False

    def of(self, target: Target) -> tuple[Need, ...]:
        """All conditions of a target, each once."""
        wanted = [*target.dimensions.items(), *([(OVERALL, target.level)] if target.level else [])]
        known = {OVERALL, *(dimension.id for dimension in self.assessment.dimensions)}
        needs = [
            need
            for about, level in wanted
            if about in known
            for need in self._level(about, int(level), self.caps)
        ]
        return tuple({(need.about, need.kind, need.least): need for need in needs}.values())

    def _level(self, about: str, level: int, caps: Sequence[Cap]) -> Iterator[Need]:
        """The conditions of a level, of which the caps that come before it are applied."""
        if level <= LOWEST_LEVEL:
            return
        if level > HIGHEST_LEVEL:  # a cap below its source, which would have to stand higher than there is
            yield Need(about, "above", _NEVER.sum, _NEVER.least)
            return
        standing = self._standing(about)
        if standing.uncapped_level is None:  # no score, or too little answered for a level
            yield Need(about, "level", _NEVER.sum, _NEVER.least)
            return
        yield Need(about, "score", self._score(standing), self._minimum(level))
        yield from self._measured(standing, level)
        for number, cap in enumerate(caps):
            if cap.target == about and self._standing(cap.source).uncapped_level is not None:
                yield from self._level(cap.source, level - cap.offset, caps[:number])

    def _measured(self, standing: Standing, level: int) -> Iterator[Need]:
        """Customer data at most so many levels below."""
        below = level - MEASURED_OFFSET
        if standing.measured is None or below <= LOWEST_LEVEL:
            return
        total = WeightedSum({}, standing.measured)
        if self.follow:
            total = self._measured_sum(standing)
        yield Need(standing.id, "measured", total, self._minimum(below))

    def _minimum(self, level: int) -> float:
        return self._scale[level - 1] - ROUNDING

    def _score(self, standing: Standing) -> WeightedSum:
        if isinstance(standing, PracticeResult):
            return WeightedSum({standing.id: Position(1.0, self._now(standing.id, standing.score or 0.0))})
        return self.sums[standing.id]

    def _standing(self, about: str) -> Standing:
        if about == OVERALL:
            return self.assessment.overall
        parts: list[Standing] = [*self.assessment.dimensions, *self.assessment.practices()]
        return next(each for each in parts if each.id == about)

    def _measured_sum(self, standing: Standing) -> WeightedSum:
        """What customer data would show: a practice's own, or the mean of a dimension's practices."""
        parts = standing.practices if isinstance(standing, DimensionResult) else {standing.id: standing}
        measured = {name: each.measured for name, each in parts.items() if each.measured is not None}
        return WeightedSum(
            {name: Position(1 / len(measured), self._now(name, value)) for name, value in measured.items()}
        )

    def _now(self, practice: str, assessed: float) -> float:
        """Where a practice stands with what was brought about since."""
        since = self.since.get(practice)
        return max(assessed, self._scale[since - 1]) if since else assessed

    @property
    def _scale(self) -> tuple[float, ...]:
        return self.assessment.dimensions[0].scale
