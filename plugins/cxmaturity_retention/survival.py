"""What share of customers is still there so many years after joining, where some joined but lately.

E. L. Kaplan & P. Meier, *Nonparametric estimation from incomplete observations*, Journal of the American
Statistical Association 53, 1958, in whole years: in each year, of those whose year is over, some stayed. The
shares multiply, and nobody counts in a year that has not ended for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tenure:
    """``customers`` who joined ``observed`` whole years ago and stayed for ``stayed`` of them."""

    observed: int
    stayed: int
    customers: int


@dataclass(frozen=True, slots=True)
class Age:
    """After so many ``years``: of how many is it known, how many of these stayed, and the share of all."""

    years: int
    known: int
    stayed: int
    share: float


def curve(tenures: Sequence[Tenure]) -> list[Age]:
    """The share that is there after 0, 1, 2, … years, as far as anybody is known who could be."""
    found, share = [], 1.0
    for years in range(max((tenure.observed for tenure in tenures), default=-1) + 1):
        known = [tenure for tenure in tenures if tenure.observed >= years]
        before = sum(tenure.customers for tenure in known if tenure.stayed >= years - 1)
        stayed = sum(tenure.customers for tenure in known if tenure.stayed >= years)
        if not before and share:
            break
        share *= stayed / before if before else 0.0
        found.append(Age(years, sum(tenure.customers for tenure in known), stayed, share))
    return found


def survivors(tenures: Sequence[Tenure]) -> list[list[float]]:
    """Customers as cohorts of those who joined equally long ago: how many at first, after 1, 2, … years."""
    return [
        [
            float(sum(t.customers for t in tenures if t.observed == observed and t.stayed >= years))
            for years in range(observed + 1)
        ]
        for observed in sorted({tenure.observed for tenure in tenures})
    ]
