"""What became of the earlier plan: its initiatives, and whether their KPIs moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxmaturity.following.model import (
    InitiativeOutcome,
    KpiOutcome,
    MetricChange,
    OtherInitiative,
    Status,
)

if TYPE_CHECKING:
    from cxmaturity.following.schema import InitiativePart, PeriodPart, ResultPart

_MONTHS_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class _Planned:
    """When an initiative was to start, its first quarter to end, and it to end: months from the year 0."""

    first: int
    first_quarter_ends: int
    last: int


def initiative_outcomes(
    before: ResultPart, after: ResultPart, metrics: tuple[MetricChange, ...]
) -> tuple[InitiativeOutcome, ...]:
    """What became of each initiative of the earlier plan, in its order."""
    changes = {metric.id: metric for metric in metrics}
    return tuple(_outcome(each, before, after, changes) for each in before.recommendations)


def other_initiatives(before: ResultPart, after: ResultPart) -> Iterator[OtherInitiative]:
    """What was done or begun since and was not in the earlier plan."""
    if after.plan is None:
        return
    earlier = before.plan.decisions if before.plan else None
    known = {each.id for each in before.recommendations} | (set(earlier.done) if earlier else set())
    titles = {each.id: each.title for each in after.recommendations}
    decisions = after.plan.decisions
    for name, month in decisions.done.items():
        if name not in known:
            yield OtherInitiative(name, titles.get(name, name), "done", month)
    for name, month in decisions.under_way.items():
        if name not in known and name not in decisions.done:
            yield OtherInitiative(name, titles.get(name, name), "under-way", month)


def _outcome(
    initiative: InitiativePart, before: ResultPart, after: ResultPart, metrics: Mapping[str, MetricChange]
) -> InitiativeOutcome:
    status, month = _status(initiative.id, after)
    span = planned_span(initiative, before.plan.periods if before.plan else [])
    kpi = initiative.kpi
    return InitiativeOutcome(
        id=initiative.id,
        title=initiative.title,
        status=status,
        planned_start=span[0] if span else None,
        planned_end=span[1] if span else None,
        month=month,
        late=_late(status, month, _planned(initiative), after.as_of),
        kpi=KpiOutcome(
            name=kpi.name,
            target=kpi.target,
            metric=kpi.metric,
            change=metrics.get(kpi.metric) if kpi.metric else None,
        )
        if kpi
        else None,
    )


def _status(name: str, after: ResultPart) -> tuple[Status, str | None]:
    """What the later result says of an initiative, and the month."""
    if after.plan is None:
        return "unknown", None
    decisions = after.plan.decisions
    if name in decisions.done:
        return "done", decisions.done[name]
    if name in decisions.under_way:
        return "under-way", decisions.under_way[name]
    return "not-begun", None


def planned_span(initiative: InitiativePart, periods: list[PeriodPart]) -> tuple[str, str] | None:
    """First and last day (ISO) that the plan gave an initiative, if it gave it any."""
    if initiative.start is None:
        return None
    starts = [period.start for period in periods]
    if initiative.start in starts:
        last = min(starts.index(initiative.start) + initiative.quarters, len(periods)) - 1
        return initiative.start, periods[last].end
    return initiative.start, _last_day(month_number(initiative.start) + 3 * initiative.quarters - 1)


def _planned(initiative: InitiativePart) -> _Planned | None:
    if initiative.start is None:
        return None
    first = month_number(initiative.start)
    return _Planned(first, first + _MONTHS_A_QUARTER - 1, first + _MONTHS_A_QUARTER * initiative.quarters - 1)


def _late(status: Status, month: str | None, planned: _Planned | None, as_of: str | None) -> int | None:
    """Months after the planned end that it was done; or, by the day of the result, that it is overdue."""
    if planned is None or status == "unknown":
        return None
    if status == "done":
        return None if month is None else max(0, month_number(month) - planned.last)
    if as_of is None:
        return None
    due = planned.last if status == "under-way" else planned.first_quarter_ends
    return max(0, month_number(as_of) - due)


def month_number(day: str) -> int:
    """The months from the year 0 to that of an ISO day or month."""
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def _last_day(month: int) -> str:
    from cxmaturity.roadmap.quarters import last_day

    return last_day(f"{month // 12:04d}-{month % 12 + 1:02d}")
