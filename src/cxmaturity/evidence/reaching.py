"""How far the dates of a metric's tables reach into its period, and what follows where they end early.

Nothing in a table says that it was kept up to the day of the assessment. If records are counted from it and
it has no date in the period, nor after it, it says nothing of the period. One that is silent for longer than
ever between the days of a busy year has ended. Of one with few dates a silence says nothing: there the latest
date in all of the customer data has to do. A period that the workspace states is taken as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from itertools import pairwise
from typing import Literal

from cxmaturity.api import Message, Period
from cxmaturity.evidence.period import last_twelve_months
from cxmaturity.evidence.quality import DAYS
from cxmaturity.evidence.querying import Plan
from cxmaturity.evidence.reading import Reading

WEEK = 7
"""Days for which a table may be silent before anything is made of it."""
BUSY = 100
"""So many silences have to be shorter: of as many alike, the last is the longest once in a hundred times."""
_TENTH = 10

Kind = Literal["outdated", "ended", "behind"]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """That a metric's tables do not reach to the end of the period: ``last`` is the day that they reach.

    ``outdated``: a table ends before the period begins. ``ended``: it ends in the period, which is to end
    with it. ``behind``: no table of the customer data goes on for longer, so that the period may hold more
    than is counted; then no ``table`` is named.
    """

    kind: Kind
    table: str
    last: str
    period: Period

    @property
    def reason(self) -> Message:
        """Why nothing is measured from a table that is outdated."""
        first = date.fromisoformat(self.period.start) + timedelta(days=1)
        values = {
            "table": self.table,
            "last": self.last,
            "start": first.isoformat(),
            "end": self.period.end,
        }
        return Message("reason.outdated", values)


@dataclass(frozen=True)
class Reaches:
    """How far the tables of a workspace reach, each looked at once."""

    readings: Mapping[tuple[str, str], Reading]
    _silences: dict[int, list[int]] = field(default_factory=dict)

    def shortfall(self, plan: Plan) -> Shortfall | None:
        """How a metric's tables fall short of its period, the worst of them; ``None`` where none does."""
        period, stated = plan.scope.period, plan.readings[plan.metric.table].source.period
        lasts = sorted((last, name) for name in dated_tables(plan) if (last := plan.readings[name].reached()))
        if not period.known or not lasts:
            return None
        for last, table in lasts:
            if last <= period.start:
                if self._is_outdated(plan, table) or self._has_ended(plan.readings[table], last, period.end):
                    return Shortfall("outdated", table, last, period)
            elif not stated and self._has_ended(plan.readings[table], last, period.end):
                return Shortfall("ended", table, last, period)
        anywhere = max(day for reading in self.readings.values() for day in reading.days())
        if not stated and _days(anywhere, period.end) > slack(period):
            return Shortfall("behind", "", anywhere, period)
        return None

    @staticmethod
    def _is_outdated(plan: Plan, table: str) -> bool:
        """Whether records are counted from a table that has no date in the period, nor after it."""
        return table == plan.metric.table and max(plan.readings[table].days()) <= plan.scope.period.start

    def _has_ended(self, reading: Reading, last: str, end: str) -> bool:
        """Whether a table is silent up to a day for longer than ever in the year before its last date."""
        silence = _days(last, end)
        if silence <= WEEK:
            return False
        if id(reading) not in self._silences:
            days = _days_with_records(reading, last)
            self._silences[id(reading)] = [_days(*pair) for pair in pairwise(days)]
        silences = self._silences[id(reading)]
        return len(silences) >= BUSY and max(silences) < silence


def slack(period: Period) -> int:
    """How many days before the end of a period all data may end: a tenth of it, and a week at least."""
    return max(WEEK, _days(period.start, period.end) // _TENTH)


def said(found: Iterable[tuple[str, Shortfall]]) -> tuple[tuple[Message, ...], tuple[Message, ...]]:
    """What is to be said of metrics, by id: warnings of what is not measured, notes on what is of less."""
    together: dict[Shortfall, list[str]] = {}
    for metric, each in found:
        together.setdefault(each, []).append(metric)
    warnings, notes = [], []
    for each, metrics in together.items():
        if each.kind == "outdated":
            warnings.append(Message("warning.outdated", {"metrics": metrics, "reason": each.reason}))
        else:
            values = {"table": each.table, "last": each.last, "end": each.period.end, "metrics": metrics}
            notes.append(Message(f"note.{each.kind}", values))
    return tuple(warnings), tuple(notes)


def dated_tables(plan: Plan) -> list[str]:
    """The tables of which a metric reads dates, but for those of what is due: they are written in advance."""
    return [
        name
        for name, columns in plan.metric.tables.items()
        if (read := [c for c in columns if c.kind in DAYS and c.name in plan.scope.mapped[name]])
        and not any(column.ahead for column in read)
    ]


def _days_with_records(reading: Reading, last: str) -> Sequence[str]:
    """The days in the year up to a table's last date on which something is dated."""
    year = last_twelve_months(last)
    days = [day.filter(year.holds(day.day)) for day in reading.dated()]
    rows = reading.engine.rows(reduce(lambda one, other: one.union(other), days).distinct())
    return sorted(str(row["day"])[:10] for row in rows)


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
