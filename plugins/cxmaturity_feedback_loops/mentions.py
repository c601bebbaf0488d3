"""Mentions in social media: how many are answered, and how soon."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cxmaturity.api import Calculation, Measure, Rows, Scope, share, share_of
from cxmaturity_feedback_loops.durations import HOUR, durations, median_time

if TYPE_CHECKING:
    from ibis.expr.types import Table


def mentions_with_answer(tables: Mapping[str, Table], scope: Scope) -> Table:
    """Mentions of the period, and those of them that were answered by its end."""
    mentions = tables["mentions"].filter(scope.period.holds(tables["mentions"]["at"]))
    return share_of(mentions, scope.period.by_end(mentions.answered), scope)


def time_to_answer(tables: Mapping[str, Table], scope: Scope) -> Table:
    """How long it takes from a mention to its answer."""
    return durations(tables["mentions"], "at", "answered", scope, scope.by)


def answer_time(rows: Rows, scope: Scope) -> Measure:
    """The median of the hours from mention to answer, of mentions answered by the period's end."""
    del scope
    return median_time(next(iter(rows), None), HOUR)


MENTIONS_ANSWERED = Calculation(mentions_with_answer, share)
MENTION_ANSWER_TIME = Calculation(time_to_answer, answer_time, additive=False)
