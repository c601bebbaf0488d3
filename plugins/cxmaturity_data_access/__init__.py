"""Data access: customer data helps only those who can reach it.

Records, analyses and tools count for little while the people who serve customers cannot see them, so
the dimension's level may stand at most one above that of democratised access (source S0,
recommendation 1). What can be counted of it is: how complete the customer records are and how many of
them twice there, contacts that are put down to a customer, and who can reach the data and does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cxmaturity.api import (
    Cap,
    DimensionResult,
    Finding,
    Message,
    Metric,
    Scorer,
    declared_metrics,
    hookimpl,
    resource,
)
from cxmaturity_data_access.completeness import CRM_COMPLETENESS
from cxmaturity_data_access.contacts import CHANNELS_JOINED
from cxmaturity_data_access.duplicates import DUPLICATE_CUSTOMERS
from cxmaturity_data_access.likely import LIKELY_DUPLICATES
from cxmaturity_data_access.staff import STAFF_USING_ACCESS, STAFF_WITH_ACCESS

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

CXMATURITY_API = 1
ACCESS = "data-access.democratised-access"
OUT_OF_REACH = 0.25


class DataAccessScorer(Scorer):
    """The shared default, with a cap and a finding where data is out of reach."""

    dimension = "data-access"

    def caps(self, result: DimensionResult) -> Iterable[Cap]:
        """Data that nobody can reach limits the dimension."""
        yield Cap(result.id, ACCESS, 1, Message("data-access.cap.reach", {"dimension": result.title}))

    def findings(self, result: DimensionResult) -> Iterable[Finding]:
        """For each question on access: how many describe data that most people cannot reach."""
        access = result.practices.get(ACCESS)
        for question in access.questions if access else ():
            if question.kind != "choice":
                continue
            low = sum(option.count for option in question.distribution if option.fraction <= OUT_OF_REACH)
            if low and question.score is not None:  # without one it may not be shown
                values = {"topic": question.topic, "low": low, "n": question.n, "score": question.score}
                yield Finding("gap", Message("data-access.finding.reach", values), question.id)


@hookimpl
def cxmaturity_scorers() -> list[Scorer]:
    """Data access."""
    return [DataAccessScorer()]


@hookimpl
def cxmaturity_metrics() -> list[Metric]:
    """Figures on customer records, contacts and access."""
    calculations = {
        "crm-completeness": CRM_COMPLETENESS,
        "duplicate-customers": DUPLICATE_CUSTOMERS,
        "likely-duplicates": LIKELY_DUPLICATES,
        "channels-joined": CHANNELS_JOINED,
        "staff-with-access": STAFF_WITH_ACCESS,
        "staff-using-access": STAFF_USING_ACCESS,
    }
    return declared_metrics(resource(__name__, "metrics.yaml"), calculations)


@hookimpl
def cxmaturity_catalogues() -> list[Traversable]:
    """What to do about data access."""
    return [resource(__name__, "recommendations.yaml")]


@hookimpl
def cxmaturity_translations() -> list[Traversable]:
    """The metrics, the cap and the finding in words."""
    return [resource(__name__, "texts.en.yaml")]
