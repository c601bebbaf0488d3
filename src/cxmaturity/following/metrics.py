"""How figures from customer data changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from cxmaturity.api import Message
from cxmaturity.following.differences import Difference, Estimate, difference_of
from cxmaturity.following.model import Direction, MetricChange

if TYPE_CHECKING:
    from cxmaturity.following.schema import MetricPart, ResultPart

_MONTH = 365.25 / 12

Days = tuple[str, str]
"""A period: the day before its first, and its last (ISO)."""


def metric_changes(before: ResultPart, after: ResultPart) -> tuple[MetricChange, ...]:
    """The figures that were measured in either result: in the later one's order, then what it has no more."""
    first, second = ({each.id: each for each in result.metrics} for result in (before, after))
    names = dict.fromkeys([*second, *first])
    changes = (_change(first.get(name), second.get(name)) for name in names)
    return tuple(each for each in changes if each.before or each.after)


def _change(before: MetricPart | None, after: MetricPart | None) -> MetricChange:
    here = after or before
    assert here is not None  # noqa: S101 - the name comes from one of them
    start = MetricChange(
        id=here.id,
        title=here.title or (before.title if before else "") or here.id,
        unit=here.unit,
        before=_estimate(before),
        after=_estimate(after),
        overlap=_overlap(before, after),
    )
    if before is None or after is None or start.before is None or start.after is None:
        return replace(start, reason=_missing(before, after))
    reason = _incomparable(before, after)
    if reason is not None:
        return replace(start, reason=reason)
    difference = difference_of(start.before, start.after)
    return replace(
        start,
        difference=difference,
        direction=_direction(after.higher_is_better, difference),
    )


def _estimate(metric: MetricPart | None) -> Estimate | None:
    if metric is None or metric.value is None:
        return None
    return Estimate(metric.value, metric.interval)


def _missing(before: MetricPart | None, after: MetricPart | None) -> Message:
    """Which of the two was not measured, and why."""
    for key, metric in (("before", before), ("after", after)):
        if metric is None or metric.value is None:
            reason = metric.reason if metric else None
            return Message(
                f"changes.reason.not-measured-{key}",
                {"reason": reason or Message("changes.reason.unsaid")},
            )
    raise AssertionError("both were measured")


def _incomparable(before: MetricPart, after: MetricPart) -> Message | None:
    """Why two values are no measures of the same, if they are not."""
    if before.unit != after.unit:
        return Message("changes.reason.other-unit")
    for (name, one), (_, other) in zip(before.parts, after.parts, strict=True):
        if None not in {one, other} and one != other:
            return Message(f"changes.reason.other-assumption.{name}", {"before": one, "after": other})
    if before.period and after.period:
        days = _days(before.period), _days(after.period)
        if _months(days[0]) != _months(days[1]):
            return Message("changes.reason.other-period", {"before": days[0], "after": days[1]})
    return None


def _days(period: Days) -> int:
    """How many days a period has."""
    first, last = (date.fromisoformat(day) for day in period)
    return (last - first).days


def _months(days: int) -> float:
    """Whole months, as months differ in length and so do years; what is shorter than half a one, as it is."""
    return round(days / _MONTH) or days / _MONTH


def _direction(higher_is_better: bool | None, difference: Difference) -> Direction | None:  # noqa: FBT001 - as the metric has it
    if higher_is_better is None:
        return None
    if difference.value == 0:
        return "same"
    return "better" if (difference.value > 0) == higher_is_better else "worse"


def _overlap(before: MetricPart | None, after: MetricPart | None) -> bool:
    """Whether the two periods share days."""
    if before is None or after is None or before.period is None or after.period is None:
        return False
    return after.period[0] < before.period[1] and before.period[0] < after.period[1]
