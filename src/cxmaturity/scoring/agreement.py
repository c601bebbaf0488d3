"""Agreement between raters of one thing: r_wg, r_wg(J) and the average deviation.

All of them take how often each possible answer was given, so that a million raters cost no more than
ten. Formulas, bands and cautions: docs/statistics.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.scoring.null_distributions import Null, null_variance
from cxmaturity.scoring.scale import SCALE_SPAN

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TWO_RATERS = 2


def answer_variance(counts: NDArray[np.int64], fractions: NDArray[np.float64]) -> float | None:
    """The raters' variance s² (n − 1), in squared fractions; ``None`` under two raters.

    ``counts`` and ``fractions`` (options,) say how many raters gave each answer and what it is worth.
    """
    n = int(counts.sum())
    if n < _TWO_RATERS:
        return None
    deviations = fractions - float(counts @ fractions) / n
    return float(counts @ deviations**2) / (n - 1)


def r_wg(counts: NDArray[np.int64], fractions: NDArray[np.float64], null: Null = "uniform") -> float | None:
    """Agreement 0 to 1 on one question: r_wg = 1 − s² ÷ σ².

    ``counts`` and ``fractions`` (options,) say how many raters gave each answer and what it is worth;
    σ² is the variance without agreement, see :func:`null_variance`. Negative values, which mean more
    disagreement than chance, are set to 0, as the authors do. ``None`` under two raters or without σ².
    L. R. James, R. G. Demaree & G. Wolf, *Estimating within-group interrater reliability with and
    without response bias*, J. Applied Psychology 69, 1984.
    """
    observed, chance = answer_variance(counts, fractions), null_variance(fractions, null)
    if observed is None or chance is None:
        return None
    return max(0.0, 1.0 - observed / chance)


def r_wg_j(variances_mean: float, chance: float, items: int) -> float | None:
    """Agreement 0 to 1 on ``items`` questions about one thing: r_wg(J).

    ``variances_mean`` is the mean of the questions' variances s² and ``chance`` the variance without
    agreement σ², both in the same unit. Where s² exceeds σ² it is 0; ``None`` without a chance to vary.
    James, Demaree & Wolf 1984.
    """
    if chance <= 0 or items < 1:
        return None
    ratio = variances_mean / chance
    agreed = items * max(0.0, 1.0 - ratio)
    return agreed / (agreed + ratio)


def average_deviation(counts: NDArray[np.int64], fractions: NDArray[np.float64]) -> float | None:
    """How far answers lie from their mean on average, in score points (0 to 2); 0 is full agreement.

    ``counts`` and ``fractions`` as for :func:`r_wg`; ``None`` under two raters. M. J. Burke, L. M.
    Finkelstein & M. S. Dusig, *On average deviation indices for estimating interrater agreement*,
    Organizational Research Methods 2, 1999.
    """
    n = int(counts.sum())
    if n < _TWO_RATERS:
        return None
    mean = float(counts @ fractions) / n
    return SCALE_SPAN * float(counts @ np.abs(fractions - mean)) / n


def mean_known(figures: Sequence[float | None]) -> float | None:
    """The plain mean of the figures that exist, or ``None``."""
    known = [figure for figure in figures if figure is not None]
    return sum(known) / len(known) if known else None
