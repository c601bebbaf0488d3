"""What the earlier plan predicted for the day of the later result, against what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import copysign
from typing import TYPE_CHECKING

from cxmaturity.api import Message
from cxmaturity.following.differences import Estimate
from cxmaturity.following.model import (
    InitiativeOutcome,
    OtherInitiative,
    PredictedScore,
    Prediction,
    ScoreChange,
)
from cxmaturity.following.scores import Scores

if TYPE_CHECKING:
    from cxmaturity.following.schema import PeriodPart, ProjectionPart, ProjectionsPart, ResultPart

_DECIMALS = 9


def prediction_of(
    before: ResultPart,
    after: ResultPart,
    scores: Scores,
    initiatives: Sequence[InitiativeOutcome],
    others: Sequence[OtherInitiative],
) -> Prediction | Message:
    """What was predicted and what was found, or why there is nothing to hold against it."""
    if before.plan is None:
        return Message("changes.predicted.none.no-plan")
    if not before.plan.periods:
        return Message("changes.predicted.none.no-quarters")
    if after.as_of is None:
        return Message("changes.predicted.none.no-day")
    periods = sorted(before.plan.periods, key=lambda period: period.start)
    if after.as_of < periods[0].start:
        rows = [_row(each, each.before.score if each.before else None, None) for each in _compared(scores)]
        return Prediction(when="before", start=None, end=periods[0].start, scores=tuple(rows))
    projections, start, end = _at(after.as_of, periods, before.plan.finally_)
    if projections is None:
        return Message("changes.predicted.none.no-end")
    missing, ahead = _off_course(start, initiatives, others)
    return Prediction(
        when="after" if end is None else "within",
        start=start,
        end=end,
        scores=tuple(_rows(projections, scores)),
        missing=missing,
        ahead=ahead,
        known=all(each.status != "unknown" for each in initiatives),
    )


def _at(
    day: str, periods: Sequence[PeriodPart], finally_: ProjectionsPart | None
) -> tuple[ProjectionsPart | None, str | None, str | None]:
    """What is projected for a day of the plan or after it, with first and last day of its quarter."""
    for period in periods:
        if period.start <= day <= period.end:
            return period, period.start, period.end
    return finally_, None, None


def _off_course(
    start: str | None, initiatives: Sequence[InitiativeOutcome], others: Sequence[OtherInitiative]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was to be complete before a day (or at all) and is not; and what is complete beyond that."""

    def due(each: InitiativeOutcome) -> bool:
        return each.planned_end is not None and (start is None or each.planned_end < start)

    missing = [e.title for e in initiatives if due(e) and e.status in {"under-way", "not-begun"}]
    ahead = [each.title for each in initiatives if not due(each) and each.status == "done"]
    return tuple(missing), (*ahead, *(each.title for each in others if each.status == "done"))


def _compared(scores: Scores) -> Iterator[ScoreChange]:
    yield scores.overall
    yield from scores.dimensions


def _rows(predicted: ProjectionsPart, scores: Scores) -> Iterator[PredictedScore]:
    yield _row(
        scores.overall,
        predicted.projected.overall.score,
        predicted.low.overall.score if predicted.low else None,
    )
    for each in scores.dimensions:
        if each.id in predicted.projected.dimensions:
            yield _row(each, _of(predicted.projected, each.id), _of(predicted.low, each.id))


def _of(projection: ProjectionPart | None, dimension: str) -> float | None:
    found = projection.dimensions.get(dimension) if projection else None
    return found.score if found else None


def _row(change: ScoreChange, expected: float | None, low: float | None) -> PredictedScore:
    """One score; with a gap only where the later result rests on the questions of the earlier one."""
    side = change.after
    found = Estimate(side.score, side.interval) if side and side.score is not None else None
    reason = change.reason if found is None else None
    if found is not None and not change.same_questions:
        reason = change.reason or Message("changes.reason.other-questions")
    elif expected is None and reason is None:
        reason = Message("changes.reason.not-predicted")
    gap = None if reason or found is None or expected is None else round(found.value - expected, _DECIMALS)
    within = None if gap is None or found is None else _inside(gap, found)
    return PredictedScore(
        id=change.id,
        title=change.title,
        today=change.before.score if change.before else None,
        expected=expected,
        low=low,
        found=found,
        gap=gap,
        within=within,
        beyond=None if gap is None or within is None else round(gap - within, _DECIMALS),
        reason=reason,
    )


def _inside(gap: float, found: Estimate) -> float | None:
    """The part of a gap that lies inside the interval of what was found, with the gap's sign."""
    if found.interval is None:
        return None
    low, high = found.interval
    reach = found.value - low if gap > 0 else high - found.value
    return round(copysign(min(abs(gap), max(0.0, reach)), gap), _DECIMALS)
