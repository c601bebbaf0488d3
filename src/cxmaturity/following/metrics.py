"""How figures from customer data changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cxmaturity.api import Message
from cxmaturity.following.differences import Difference, Estimate, difference_of
from cxmaturity.following.model import Direction, MetricChange

if TYPE_CHECKING:
    from cxmaturity.following.schema import MetricPart, ResultPart


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
    )
    if start.before is None or start.after is None:
        return replace(start, reason=_missing(before, after))
    if before is None or after is None or before.unit != after.unit:
        return replace(start, reason=Message("changes.reason.other-unit"))
    difference = difference_of(start.before, start.after)
    return replace(
        start,
        difference=difference,
        direction=_direction(after.higher_is_better, difference),
        overlap=_overlap(before.period, after.period),
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


def _direction(higher_is_better: bool | None, difference: Difference) -> Direction | None:  # noqa: FBT001 - as the metric has it
    if higher_is_better is None:
        return None
    if difference.value == 0:
        return "same"
    return "better" if (difference.value > 0) == higher_is_better else "worse"


def _overlap(before: tuple[str, str] | None, after: tuple[str, str] | None) -> bool:
    """Whether two periods share days: each is the day before its first, and its last (ISO)."""
    return before is not None and after is not None and after[0] < before[1] and before[0] < after[1]
