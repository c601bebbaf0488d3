"""Retention curve: who is still there one, two, three … years after joining, and who is expected to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from cxmaturity.api import (
    Calculation,
    Measure,
    Message,
    Point,
    Rows,
    Scope,
    Series,
    share_interval,
)
from cxmaturity_retention.sbg import Sbg, fit_sbg, project
from cxmaturity_retention.survival import Age, Tenure, curve, survivors

if TYPE_CHECKING:
    from ibis.expr.types import Table

COHORTS = 10
"""The calendar years of joining that are looked at, the last included."""
AHEAD = 3
"""The years for which the model looks ahead."""
FEWEST = 30
"""Customers from whom on a year of the curve is drawn, and a model fitted: fewer make it jump."""
_DAY, _LEAP_DAY = 100, 229  # days of the year, written as month and day
_LONG_AGO = "1900-01-01"


def customers_by_tenure(tables: Mapping[str, Table], scope: Scope) -> Table:
    """Customers by the year in which they joined, and by whole years since then and until they left.

    ``observed`` is how many anniversaries of joining there were up to the end of the period, ``stayed`` of
    how many of them the customer was there, empty for those who still are. Who came back counts as never
    gone.
    """
    customers, end = tables["customers"], date.fromisoformat(scope.period.end or _LONG_AGO)
    joined = customers.filter(scope.period.by_end(customers.since))
    gone = scope.period.by_end(joined.until)
    each = joined.group_by(*scope.by, "customer").aggregate(
        since=joined.since.min(), until=joined.until.max(where=gone), there=joined.count(where=~gone)
    )
    recent = each.filter(each.since.year() > end.year - COHORTS)
    since, until = recent.since, recent.until
    today = end.month * _DAY + end.day
    observed = end.year - since.year() - (_in_year(since) > today).ifelse(1, 0)
    # who leaves on an anniversary was not there on it, as with churn
    stayed = until.year() - since.year() - (_in_year(since) >= _in_year(until)).ifelse(1, 0)
    tenure = recent.mutate(
        joined=since.year(), observed=observed, stayed=(recent.there == 0).ifelse(stayed, None)
    )
    return tenure.group_by(*scope.by, "joined", "observed", "stayed").aggregate(customers=tenure.count())


def _in_year(day: Any) -> Any:
    """Where in its year a day lies, as anniversaries compare; every year has a 28 February for a 29th."""
    place = day.month() * _DAY + day.day()
    return (place == _LEAP_DAY).ifelse(_LEAP_DAY - 1, place)


def one_year_retention(rows: Rows, scope: Scope) -> Measure:
    """Customers there one year after joining ÷ those who joined at least a year ago, with Wilson's interval.

    The series are each cohort by years since joining, all of them together (``observed``), and what the
    shifted-beta-geometric model expects from there (``projected``).
    """
    del scope
    cohorts: dict[int, list[Tenure]] = {}
    for row in rows:
        observed, stayed = int(row["observed"] or 0), row["stayed"]
        tenure = Tenure(
            observed, observed if stayed is None else max(int(stayed), 0), int(row["customers"] or 0)
        )
        cohorts.setdefault(int(row["joined"] or 0), []).append(tenure)
    tenures = [tenure for cohort in cohorts.values() for tenure in cohort]
    ages = curve(tenures)
    if len(ages) <= 1:
        return Measure(None, reason=Message("retention.nobody-a-year"))
    first = ages[1]
    by_cohort = {joined: curve(cohorts[joined]) for joined in sorted(cohorts)}
    series = [
        Series(str(joined), "cohort", _points(found)) for joined, found in by_cohort.items() if len(found) > 1
    ]
    drawn = [age for age in ages if age.known >= FEWEST]
    if len(drawn) > 1:
        series.append(Series("observed", "curve", _points(drawn)))
        series += _projected(tenures, drawn[-1])
    return Measure(
        first.stayed / first.known,
        first.known,
        share_interval(first.stayed, first.known),
        {"joined": first.known, "stayed": first.stayed},
        series=tuple(series),
    )


def _points(ages: Sequence[Age]) -> tuple[Point, ...]:
    return tuple(Point(str(age.years), age.share, age.known) for age in ages)


def _projected(tenures: Sequence[Tenure], last: Age) -> list[Series]:
    """What the model expects from the last year observed on, where it can be fitted."""
    fit = fit_sbg(survivors(tenures))
    if not isinstance(fit, Sbg) or not fit.converged:
        return []
    shares = [last.share, *map(float, project(fit, last.share, last.years, AHEAD))]
    points = tuple(Point(str(last.years + number), share) for number, share in enumerate(shares))
    return [Series("projected", "projection", points)]


RETENTION_CURVE = Calculation(customers_by_tenure, one_year_retention, additive=False)
