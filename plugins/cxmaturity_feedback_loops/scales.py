"""Answers on a scale, counted by score: what the figures of survey questions are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cxmaturity.api import Measure, Message, Point, Rows, Scope, Series

if TYPE_CHECKING:
    from ibis.expr.types import Table

Counts = Mapping[float, int]
"""How many customers gave each score."""


def by_score(tables: Mapping[str, Table], scope: Scope) -> Table:
    """How many answers of the period (``n``) there are of each score, in the one table that a metric reads.

    Those without a date count. Grouped by score, a scan takes three quarters of the time that counting each
    group of scores takes.
    """
    (answers,) = tables.values()
    answers = answers.filter(scope.period.holds(answers["at"]))
    return answers.group_by(*scope.by, "score").aggregate(n=answers.count())


def counts_of(rows: Rows) -> Counter[float]:
    """The counts by score, over rows of all segments and quarters."""
    counts: Counter[float] = Counter()
    for row in rows:
        counts[float(row["score"] or 0)] += round(float(row["n"] or 0))
    return counts


def distribution(counts: Counter[float], scores: range) -> tuple[Series, ...]:
    """The share of each score; nothing if some answer lies between the scores or beyond them."""
    n = counts.total()
    if sum(counts[score] for score in scores) < n:
        return ()
    points = tuple(Point(str(score), counts[score] / n, counts[score]) for score in scores)
    return (Series("answers", "distribution", points),)


def no_answers() -> Measure:
    """No figure, as nobody answered."""
    return Measure(None, reason=Message("feedback-loops.no-answers"))


def off_scale(counts: Counter[float], lowest: float, highest: float) -> Measure | None:
    """No figure where some answer lies beyond the scale that the workspace states: it is another one."""
    beyond = sum(count for score, count in counts.items() if not lowest <= score <= highest)
    if not beyond:
        return None
    values = {"n": beyond, "lowest": lowest, "highest": highest}
    return Measure(None, reason=Message("feedback-loops.off-scale", values))
