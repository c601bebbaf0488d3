"""Closing the loop: how many unhappy customers are contacted after their answer, and how soon."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cxmaturity.api import Calculation, Measure, Message, Rows, Scope, share, share_of
from cxmaturity_feedback_loops.durations import DAY, durations, median_time
from cxmaturity_feedback_loops.nps import DETRACTOR

if TYPE_CHECKING:
    from ibis.expr.types import Table


def detractors_contacted(tables: Mapping[str, Table], scope: Scope) -> Table:
    """Detractors of the period, and those of them who were contacted by its end.

    A contact before the answer is not one about it.
    """
    answers = _detractors(tables, scope)
    answered, contacted = answers["at"], answers.contacted
    about_it = answered.isnull() | (contacted >= answered)
    return share_of(answers, scope.period.by_end(contacted) & about_it, scope)


def closure_rate(rows: Rows, scope: Scope) -> Measure:
    """Detractors who were contacted ÷ detractors, as a fraction, with Wilson's interval."""
    measured = share(rows, scope)
    return measured if measured.n else Measure(None, reason=Message("feedback-loops.no-detractors"))


def days_to_contact(tables: Mapping[str, Table], scope: Scope) -> Table:
    """How long it takes from a detractor's answer to the contact."""
    return durations(_detractors(tables, scope), "at", "contacted", scope, scope.by)


def closure_time(rows: Rows, scope: Scope) -> Measure:
    """The median of the days from answer to contact, of detractors who were contacted by the period's end."""
    del scope
    return median_time(next(iter(rows), None), DAY)


def _detractors(tables: Mapping[str, Table], scope: Scope) -> Table:
    answers = tables["nps"]
    return answers.filter(answers.score <= DETRACTOR, scope.period.holds(answers["at"]))


LOOP_CLOSURE_RATE = Calculation(detractors_contacted, closure_rate)
LOOP_CLOSURE_TIME = Calculation(days_to_contact, closure_time, additive=False)
