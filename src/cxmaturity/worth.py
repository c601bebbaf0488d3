"""What one percentage point of yearly churn is worth to this organisation, from its own figures alone.

    worth = customers at the start × 1 % × customer lifetime value

after S. Gupta and D. R. Lehmann, *Customers as Assets*, Journal of Interactive Marketing 17, 2003. What other
companies report is quoted in the report and never enters here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cxmaturity.api import Interval, Message, MetricResult
from cxmaturity.result import Assessment

CHURN = "churn-rate"
LIFETIME_VALUE = "customer-lifetime-value"
POINT = 0.01
"""A percentage point."""

Basis = Literal["margin", "revenue"]
"""What the amounts are: margin, or revenue where the organisation states a margin of all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChurnWorth:
    """What it is worth if one percentage point fewer of the customers leave within a year.

    Amounts are in the currency of the purchases. ``customers`` were there at the start of the ``period``
    (as of a metric); each customer kept is worth ``each``, the customer lifetime value, up to ``each_high``,
    the upper end of its 95 % interval, and at the least ``each_low``: the first year of it alone, at the
    lower end. ``margin`` is the organisation's own assumption (0–1).
    """

    customers: int
    each_low: float
    each: float
    each_high: float
    margin: float
    period: tuple[str, str] | None
    point: float = POINT

    @property
    def kept(self) -> float:
        """How many customers a point is."""
        return self.customers * self.point

    @property
    def low(self) -> float:
        """Those kept stay for one more year, at the lower end of what they may bring."""
        return self.kept * self.each_low

    @property
    def value(self) -> float:
        """Those kept are worth the customer lifetime value."""
        return self.kept * self.each

    @property
    def high(self) -> float:
        """Those kept are worth the upper end of the customer lifetime value."""
        return self.kept * self.each_high

    @property
    def basis(self) -> Basis:
        """What the amounts are."""
        return "revenue" if self.margin == 1 else "margin"

    @property
    def caveats(self) -> tuple[Message, Message]:
        """What is assumed, and what the value is not, in a sentence each."""
        second = (
            Message("report.worth.caveat.revenue")
            if self.basis == "revenue"
            else Message("report.worth.caveat.margin", {"margin": self.margin})
        )
        return Message("report.worth.caveat.average"), second


def churn_worth(assessment: Assessment) -> ChurnWorth | Message:
    """What a point of churn is worth, or what is missing to say so."""
    churn, lifetime = _measured(assessment, CHURN), _measured(assessment, LIFETIME_VALUE)
    if churn is None and lifetime is None:
        return Message("report.worth.reason.neither")
    if churn is None:
        return _missing(assessment, CHURN)
    if lifetime is None:
        return _missing(assessment, LIFETIME_VALUE)
    if churn.n * POINT < 1:
        return Message("report.worth.reason.few-customers", {"n": churn.n})
    return _worth(churn, lifetime)


def has_retention_figures(assessment: Assessment) -> bool:
    """Whether anything is known that the worth of a point rests on."""
    return any(_measured(assessment, name) for name in (CHURN, LIFETIME_VALUE))


def _measured(assessment: Assessment, name: str) -> MetricResult | None:
    return next((each for each in assessment.metrics if each.id == name and each.value is not None), None)


def _missing(assessment: Assessment, name: str) -> Message:
    """Which figure is not measured, and why; a plugin that failed computes none and says nothing of it."""
    reason = next((each.reason for each in assessment.metrics if each.id == name), None)
    key = f"report.worth.reason.{name}"
    return Message(f"{key}.unknown") if reason is None else Message(f"{key}.why", {"why": reason})


def _worth(churn: MetricResult, lifetime: MetricResult) -> ChurnWorth | Message:
    """The arithmetic; a value without a range is none."""
    value, first_year = lifetime.value or 0.0, lifetime.parts.get("first_year_value")
    margin = lifetime.parts.get("margin_share")
    if lifetime.interval is None or first_year is None or margin is None:
        return Message("report.worth.reason.no-range")
    if value <= 0:
        return Message("report.worth.reason.nothing")
    return ChurnWorth(
        customers=churn.n,
        each_low=_least(value, first_year, lifetime.interval),
        each=value,
        each_high=max(lifetime.interval[1], value),
        margin=margin,
        period=churn.period,
    )


def _least(value: float, first_year: float, interval: Interval) -> float:
    """The first year's part of the value, lowered as far as the lower end of the interval is below the value.

    This errs on the safe side: the share who come back moves a lifetime more than its first year.
    """
    return min(first_year * min(interval[0] / value, 1.0), value)
