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
from cxmaturity.scoring.scale import LOWEST_LEVEL

ROUNDING = 4e-7
"""Scores this close below a level's minimum reach it, as levels are given to six decimals."""
_NEVER = Need("", "level", WeightedSum({}), 1.0)


@dataclass(frozen=True, slots=True)
class Conditions:
    """Turns levels into conditions.

    ``sums`` are the scores of dimensions and of the whole as sums of practices, from where they stand today.
    ``follow`` lets measured data come to show what was done; otherwise it stays as it is.
    """

    assessment: Assessment
    sums: Mapping[str, WeightedSum]
    caps: Sequence[Cap]
    follow: bool = False
    _seen: set[tuple[str, int]] = field(default_factory=set)

    def of(self, target: Target) -> tuple[Need, ...]:
        """All conditions of a target, each once."""
        self._seen.clear()
        wanted = [*target.dimensions.items(), *([(OVERALL, target.level)] if target.level else [])]
        known = {OVERALL, *(dimension.id for dimension in self.assessment.dimensions)}
        return tuple(
            need for about, level in wanted if about in known for need in self._level(about, int(level))
        )

    def _level(self, about: str, level: int) -> Iterator[Need]:
        if level <= LOWEST_LEVEL or (about, level) in self._seen:
            return
        self._seen.add((about, level))
        standing = self._standing(about)
        if standing.uncapped_level is None:  # no score, or too little answered for a level
            yield Need(about, "level", _NEVER.sum, _NEVER.least)
            return
        yield Need(about, "score", self._score(standing), self._minimum(level))
        yield from self._measured(standing, level)
        for cap in self.caps:
            if cap.target == about and self._standing(cap.source).uncapped_level is not None:
                yield from self._level(cap.source, level - cap.offset)

    def _measured(self, standing: Standing, level: int) -> Iterator[Need]:
        """Customer data at most so many levels below."""
        below = level - MEASURED_OFFSET
        if standing.measured is None or below <= LOWEST_LEVEL:
            return
        total = WeightedSum({}, standing.measured)
        if self.follow:
            total = _measured_sum(standing)
        yield Need(standing.id, "measured", total, self._minimum(below))

    def _minimum(self, level: int) -> float:
        return self.assessment.dimensions[0].scale[level - 1] - ROUNDING

    def _score(self, standing: Standing) -> WeightedSum:
        if isinstance(standing, PracticeResult):
            return WeightedSum({standing.id: Position(1.0, standing.score or 0.0)})
        return self.sums[standing.id]

    def _standing(self, about: str) -> Standing:
        if about == OVERALL:
            return self.assessment.overall
        parts: list[Standing] = [*self.assessment.dimensions, *self.assessment.practices()]
        return next(each for each in parts if each.id == about)


def _measured_sum(standing: Standing) -> WeightedSum:
    """What customer data would show: a practice's own, or the mean of a dimension's measured practices."""
    if isinstance(standing, DimensionResult):
        measured = {name: each.measured for name, each in standing.practices.items()}
        known = {name: value for name, value in measured.items() if value is not None}
        return WeightedSum({name: Position(1 / len(known), value) for name, value in known.items()})
    return WeightedSum({standing.id: Position(1.0, standing.measured or 0.0)})
