"""Where practices, dimensions and the whole stand: coverage, interval, level and caps around a score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from cxmaturity.api import Cap, DimensionResult, Interval, Message, PracticeResult, Score, Standing, State
from cxmaturity.result import OVERALL
from cxmaturity.sampling import Sample, raters_of
from cxmaturity.scoring.caps import apply_cap, cap_by_measured
from cxmaturity.scoring.coverage import LEVEL_COVERAGE, coverage
from cxmaturity.scoring.scale import level_of

S = TypeVar("S", bound=Standing)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a score rests on: its cells by state, their coverage (0–1) and its number of raters."""

    states: Mapping[State, int]
    coverage: float | None
    n: int


def basis_of(sample: Sample, questions: Sequence[str]) -> Basis:
    """The basis of whatever is made of these scored questions."""
    states = states_of(sample, questions)
    return Basis(states, coverage(states), raters_of(sample.responses, questions))


def states_of(sample: Sample, questions: Sequence[str]) -> Mapping[State, int]:
    """How many cells of questions are in each state."""
    states = dict.fromkeys(State, 0)
    for question in questions:
        for state, count in sample.responses.columns[question].by_state().items():
            states[state] += count
    return MappingProxyType(states)


def interval_of(score: Score, shares: Mapping[str, float], sample: Sample) -> Interval | None:
    """The plugin's interval, or the one that follows from each question's share in the score."""
    if score.interval is not None or score.value is None:
        return score.interval
    return sample.interval(score.value, shares)


def as_score(practice: PracticeResult) -> Score:
    """A practice's result as the score that ``combine`` takes."""
    return Score(
        practice.score,
        practice.contributions,
        practice.reason,
        coverage=practice.coverage,
        n=practice.n,
        weight=practice.weight,
    )


def with_level(standing: S, scale: Sequence[float]) -> S:
    """The standing with its level and, where there is a score but no level, the reason.

    An agreed value rests on whoever agreed, so coverage does not bind it.
    """
    if standing.score is None:
        return standing
    if standing.agreed is None and (standing.coverage or 0.0) < LEVEL_COVERAGE:
        reason = Message("reason.low-coverage", {"coverage": standing.coverage or 0.0})
        return replace(standing, reason=standing.reason or reason)
    level = level_of(standing.score, scale)
    return replace(standing, level=level, uncapped_level=level)


def cap_dimension(result: DimensionResult, caps: Iterable[Cap]) -> DimensionResult:
    """A dimension after the caps inside it: by measured data first, then those that its plugin gave.

    Caps from or on anything outside the dimension do nothing here.
    """
    practices = {name: cap_by_measured(practice, result.scale) for name, practice in result.practices.items()}
    result = replace(cap_by_measured(result, result.scale), practices=MappingProxyType(practices))
    for cap in caps:
        result = _bind(result, cap)
    return result


def _bind(result: DimensionResult, cap: Cap) -> DimensionResult:
    levels = {name: practice.level for name, practice in result.practices.items()}
    level = {**levels, result.id: result.level}.get(cap.source)
    if level is None:
        return result
    if cap.target == result.id:
        return apply_cap(result, cap.source, level + cap.offset, cap.reason)
    if cap.target in result.practices:
        capped: PracticeResult = apply_cap(
            result.practices[cap.target], cap.source, level + cap.offset, cap.reason
        )
        return replace(result, practices=MappingProxyType({**result.practices, cap.target: capped}))
    return result


def caps_beyond(result: DimensionResult, caps: Iterable[Cap]) -> list[Cap]:
    """The caps by which a dimension wants to bind something outside itself."""
    inside = {result.id, *result.practices}
    return [cap for cap in caps if cap.source == result.id and cap.target not in inside]


def cap_across(
    overall: Standing, dimensions: Sequence[DimensionResult], caps: Iterable[Cap]
) -> tuple[Standing, tuple[DimensionResult, ...]]:
    """The caps that bind the whole or other dimensions, applied after all those inside dimensions."""
    by_id = {dimension.id: dimension for dimension in dimensions}
    for cap in caps:
        source = by_id.get(cap.source)
        if source is None or source.level is None:
            continue
        limit = source.level + cap.offset
        if cap.target == OVERALL:
            overall = apply_cap(overall, cap.source, limit, cap.reason)
        elif cap.target in by_id:
            by_id[cap.target] = apply_cap(by_id[cap.target], cap.source, limit, cap.reason)
    return overall, tuple(by_id.values())
