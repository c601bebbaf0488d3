"""Retention: reads the churn rate.

Churn is the number of customers lost in the last twelve months over the customers at their start
(source S0).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cxmaturity.api import Column, DimensionResult, Finding, Message, Metric, Scorer, hookimpl, resource
from cxmaturity_retention.churn import churn_rate

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

CXMATURITY_API = 1


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
    """Churn rate, from a table of customers with the dates they joined and left."""
    return [
        Metric(
            id="churn-rate",
            dimension="retention",
            practice="retention.loyalty-and-value",
            unit="fraction",
            higher_is_better=False,
            source="S0",
            table="customers",
            columns=(
                Column("customer", "text"),
                Column("since", "date"),
                Column("until", "date", empty_allowed=True),
            ),
            compute=churn_rate,
        )
    ]


@hookimpl
def cxmaturity_catalogues() -> list[Traversable]:
    """What to do about retention."""
    return [resource(__name__, "recommendations.yaml")]


@hookimpl
def cxmaturity_translations() -> list[Traversable]:
    """The metric and the finding in words."""
    return [resource(__name__, "texts.en.yaml")]
