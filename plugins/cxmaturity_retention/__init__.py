"""Retention: who stays, who buys again and what that is worth.

Churn is the number of customers lost in the last twelve months over the customers at their start (source S0).
Beside it stand the retention curve, lifetime value, repeat purchases, and the time that journeys take.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cxmaturity.api import (
    DimensionResult,
    Finding,
    Message,
    Metric,
    Scorer,
    declared_metrics,
    hookimpl,
    resource,
)
from cxmaturity_retention.buying import PURCHASE_FREQUENCY, REPEAT_RATE
from cxmaturity_retention.churn import CHURN_RATE, RETENTION_RATE
from cxmaturity_retention.clv import CUSTOMER_LIFETIME_VALUE
from cxmaturity_retention.journeys import JOURNEY_COMPLETION_TIME
from cxmaturity_retention.predicted_value import PREDICTED_LIFETIME_VALUE
from cxmaturity_retention.retention_curve import RETENTION_CURVE

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

CXMATURITY_API = 1

CALCULATIONS = {
    "churn-rate": CHURN_RATE,
    "retention-rate": RETENTION_RATE,
    "retention-curve": RETENTION_CURVE,
    "customer-lifetime-value": CUSTOMER_LIFETIME_VALUE,
    "predicted-lifetime-value": PREDICTED_LIFETIME_VALUE,
    "repeat-rate": REPEAT_RATE,
    "purchase-frequency": PURCHASE_FREQUENCY,
    "journey-completion-time": JOURNEY_COMPLETION_TIME,
}


class RetentionScorer(Scorer):
    """The shared default, and what churn means in customers."""

    dimension = "retention"

    def findings(self, result: DimensionResult) -> Iterable[Finding]:
        """How many customers left, where churn was measured."""
        churn = result.metrics.get("churn-rate")
        if churn is not None and churn.value is not None and churn.period is not None:
            values = {**churn.parts, "rate": churn.value, "end": churn.period[1]}
            yield Finding("note", Message("retention.finding.churn", values), churn.id)


@hookimpl
def cxmaturity_scorers() -> list[Scorer]:
    """Retention."""
    return [RetentionScorer()]


@hookimpl
def cxmaturity_metrics() -> list[Metric]:
    """What tables of customers, of their purchases and of their journeys show."""
    return declared_metrics(resource(__name__, "metrics.yaml"), CALCULATIONS)


@hookimpl
def cxmaturity_catalogues() -> list[Traversable]:
    """What to do about retention."""
    return [resource(__name__, "recommendations.yaml")]


@hookimpl
def cxmaturity_translations() -> list[Traversable]:
    """The metrics and the finding in words."""
    return [resource(__name__, "texts.en.yaml")]
