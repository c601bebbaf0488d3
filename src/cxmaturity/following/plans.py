"""What became of the earlier plan: its initiatives, and whether their KPIs moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxmaturity.following.model import (
    InitiativeOutcome,
    KpiOutcome,
    MetricChange,
    OtherInitiative,
    Status,
)
from cxmaturity.roadmap.quarters import begun_quarter, quarter_span

if TYPE_CHECKING:
    from cxmaturity.following.schema import InitiativePart, PeriodPart, ResultPart


@dataclass(frozen=True, slots=True)
class _Planned:
    """The days (ISO) that the plan gave an initiative: its first, the last of its first quarter, its last."""

    start: str
    first_quarter_ends: str
    end: str


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
    planned = _planned(initiative, before.plan.periods if before.plan else [])
    kpi = initiative.kpi
    return InitiativeOutcome(
        id=initiative.id,
        title=initiative.title,
        status=status,
        planned_start=planned.start if planned else None,
        planned_end=planned.end if planned else None,
        month=month,
        late=_late(status, month, planned, after.as_of),
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


def _planned(initiative: InitiativePart, periods: Sequence[PeriodPart]) -> _Planned | None:
    """When the plan had an initiative, if it placed it. It counts in quarters from its first one on."""
    if initiative.start is None:
        return None
    month = initiative.start[:7]
    first_month = min((period.start[:7] for period in periods), default=month)
    first = begun_quarter(month, first_month, initiative.quarters)
    return _Planned(
        start=initiative.start,
        first_quarter_ends=quarter_span(first_month, first)[1],
        end=quarter_span(first_month, first + initiative.quarters - 1)[1],
    )


def _late(status: Status, month: str | None, planned: _Planned | None, as_of: str | None) -> int | None:
    """Months after the planned end that it was done; or, by the day of the result, that it is overdue."""
    if planned is None or status == "unknown":
        return None
    if status == "done":
        return None if month is None else _months_after(planned.end, month)
    if as_of is None:
        return None
    return _months_after(planned.end if status == "under-way" else planned.first_quarter_ends, as_of)


def _months_after(due: str, day: str) -> int:
    """By how many months a day (or month, ISO) lies after the month of another; 0 if it does not."""
    months = [int(each[:4]) * 12 + int(each[5:7]) for each in (due, day)]
    return max(0, months[1] - months[0])
