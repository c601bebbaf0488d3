"""95 % confidence intervals of scores from several raters.

A score is a weighted sum of means per question, and raters skip questions, so it is a sum of
ratios. Its variance follows by linearisation (Taylor series; W. G. Cochran, *Sampling Techniques*,
3rd ed. 1977, ch. 6; R. S. Woodruff, JASA 66, 1971): rater *i* moves the score by

    u_i = Σ_q a_q × (x_iq − mean_q)        a_q = share_q × 4 ÷ n_q, over the questions that i answered

and the variance is n ÷ (n − 1) × Σ u_i², n being the largest n_q. As Σ u_i² = aᵀGa with G the sums of
products of the deviations, one matrix of questions by questions serves every score that is made of
them. With one question, or with complete answers, this is exactly the textbook t interval of a mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cxmaturity.api import Interval
from cxmaturity.scoring.practice import mean_of
from cxmaturity.scoring.scale import SCALE_SPAN, score_of
from cxmaturity.scoring.student import t_quantile

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CHUNK = 16384
"""Rows at a time: 60 questions of them fit into the cache of one core."""

_DECIMALS = 9
"""Beyond them a sum of floats depends on the order in which people are read."""


@dataclass(frozen=True, slots=True)
class Moments:
    """What intervals need of the answers of some people.

    ``counts`` (questions,) is how many answered, ``means`` (questions,) their mean fraction, NaN where
    nobody did; ``cross`` (questions, questions) sums the products of the deviations from these means,
    where a question that somebody did not answer deviates by 0. All are float64.
    """

    counts: NDArray[np.float64]
    means: NDArray[np.float64]
    cross: NDArray[np.float64]


def moments(
    columns: Sequence[tuple[NDArray[Any], NDArray[np.float32]]],
) -> Moments:
    """The moments of questions, each given as codes (raters,) and what each code is worth (NaN: nothing)."""
    picked = [(codes, worth.astype(np.float64)) for codes, worth in columns]
    counted = [np.bincount(codes, minlength=len(worth)) for codes, worth in picked]
    scored = [~np.isnan(worth) for _, worth in picked]
    answered = np.array([float(counts[here].sum()) for counts, here in zip(counted, scored, strict=True)])
    means = np.array(
        [
            mean_of(counts[here], worth[here])
            for counts, here, (_, worth) in zip(counted, scored, picked, strict=True)
        ]
    )
    tables = [
        np.where(here, worth - mean, 0.0)
        for here, (_, worth), mean in zip(scored, picked, means, strict=True)
    ]
    return Moments(answered, means, _cross([codes for codes, _ in picked], tables))


def _cross(columns: Sequence[NDArray[Any]], tables: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Sums of products of ``tables[q][columns[q]]`` for each pair of questions, a block of rows at a time."""
    cross = np.zeros((len(columns), len(columns)))
    raters = len(columns[0]) if columns else 0
    block = np.empty((len(columns), min(_CHUNK, raters)))
    for start in range(0, raters, _CHUNK):
        width = min(_CHUNK, raters - start)
        for question, (codes, table) in enumerate(zip(columns, tables, strict=True)):
            block[question, :width] = table[codes[start : start + width]]
        part = block[:, :width]
        cross += part @ part.T
    return cross


def variance(shares: NDArray[np.float64], of: Moments) -> float:
    """The variance of a score, in squared points of the scale.

    ``shares`` (questions,) is each question's share in the score, 0 for one that has none; at least two
    people answered each of those that have one.
    """
    raters = float(of.counts[shares > 0].max())
    moves = np.divide(SCALE_SPAN * shares, of.counts, out=np.zeros_like(shares), where=of.counts > 0)
    return raters / (raters - 1) * max(0.0, float(moves @ of.cross @ moves))


def interval_95(value: float, variance: float, degrees: float) -> Interval:
    """The 95 % t interval around a score, clipped to the scale; ``degrees`` are those of Student's t."""
    half = t_quantile(degrees) * variance**0.5
    low, high = max(score_of(0), value - half), min(score_of(1), value + half)
    return min(round(low, _DECIMALS), value), max(round(high, _DECIMALS), value)


def finite_population(n: int, population: int) -> float:
    """By which a half-width shrinks when ``n`` of a whole ``population`` answered: √(1 − n ÷ N), 0 to 1.

    Nothing is left to chance once all have answered. W. G. Cochran, *Sampling Techniques*, 3rd ed. 1977,
    section 2.6; it holds for a simple random sample, which those who chose to answer are not.
    """
    return float(max(0.0, 1.0 - n / population) ** 0.5)


@dataclass(frozen=True, slots=True)
class Spread:
    """The variance of a score in squared points, and the degrees of freedom it is known with."""

    variance: float
    degrees: float


def summed(spreads: Sequence[Spread]) -> Spread:
    """The spread of a sum or difference of independent scores, of which there is at least one.

    F. E. Satterthwaite, *An approximate distribution of estimates of variance components*, Biometrics
    Bulletin 2, 1946; of two means it is the test of B. L. Welch, *The generalization of “Student’s”
    problem when several different population variances are involved*, Biometrika 34, 1947.
    """
    whole = sum(spread.variance for spread in spreads)
    if whole <= 0:
        return Spread(0.0, sum(spread.degrees for spread in spreads))
    # as shares of the whole, because squares of tiny variances would vanish
    return Spread(whole, 1 / sum((spread.variance / whole) ** 2 / spread.degrees for spread in spreads))


def difference_interval(difference: float, first: Spread, second: Spread) -> Interval:
    """The 95 % interval of the difference of two scores of different people, clipped to ±4."""
    spread = summed([first, second])
    half = t_quantile(spread.degrees) * spread.variance**0.5
    low, high = max(-SCALE_SPAN, difference - half), min(SCALE_SPAN, difference + half)
    return min(round(low, _DECIMALS), difference), max(round(high, _DECIMALS), difference)


def shares_of_questions(
    dimension_shares: Mapping[str, float], question_shares: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    """Each question's share in a score above its practice: the product of the shares on the way up."""
    return {
        question: outer * inner
        for practice, outer in dimension_shares.items()
        for question, inner in question_shares.get(practice, {}).items()
    }
