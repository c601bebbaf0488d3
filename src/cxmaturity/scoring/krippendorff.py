"""Krippendorff's alpha: agreement of few raters, with gaps, corrected for chance.

K. Krippendorff, *Computing Krippendorff's Alpha-Reliability*, Annenberg School for Communication, 2011;
*Content Analysis*, 4th ed. 2018, ch. 12. With o_ck the coincidences of the values c and k, n_c their
totals, n the number of pairable values and δ² the squared distance of two values,

    alpha = 1 − (n − 1) × Σ o_ck δ²_ck ÷ Σ n_c n_k δ²_ck
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_A_PAIR = 2


def ordinal_alpha(counts: NDArray[np.int64]) -> float | None:
    """Alpha of ordered answers; see :func:`alpha`."""
    return alpha(counts, ordinal_distances)


def alpha(
    counts: NDArray[np.int64], distances: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> float | None:
    """Krippendorff's alpha: 1 is perfect agreement, 0 that of chance, less is worse than chance.

    ``counts`` (units, values) says how often each unit, such as a question, got each value. A unit with
    fewer than two ratings has no pair and falls out. ``distances`` gives δ², (values, values) with 0 on
    the diagonal, from how often each value was given (values,). ``None`` without a pair or where all
    values are the same, because nothing then shows whether raters could have differed.
    """
    pairable = counts[counts.sum(axis=1) >= _A_PAIR].astype(np.float64)
    totals = pairable.sum(axis=0)
    squared = distances(totals)
    expected = float(totals @ squared @ totals)
    if expected == 0:
        return None
    # δ² of a value and itself is 0, so that the pairs of a rating with itself need not be taken out
    per_unit = ((pairable @ squared) * pairable).sum(axis=1)
    observed = float((per_unit / (pairable.sum(axis=1) - 1)).sum())
    return 1.0 - (float(totals.sum()) - 1) * observed / expected


def ordinal_distances(totals: NDArray[np.float64]) -> NDArray[np.float64]:
    """δ² of ordered values: (all ratings from c to k, the ends by half)², float64 (values, values)."""
    middle = np.cumsum(totals) - totals / 2
    squared: NDArray[np.float64] = np.subtract.outer(middle, middle) ** 2
    return squared
