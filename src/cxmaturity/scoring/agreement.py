"""Agreement between raters on one question: r_wg.

r_wg = 1 − s² ÷ σ², with s² the raters' variance (n − 1) and σ² the variance if answers were drawn at
random, each possible answer equally likely (L. R. James, R. G. Demaree & G. Wolf, *Estimating
within-group interrater reliability with and without response bias*, J. Applied Psychology 69, 1984).
For five even steps σ² = (5² − 1) ÷ 12 ÷ 4² = 0.125 in fractions. Negative values, which mean more
disagreement than chance, are set to 0, as the authors do.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import pvariance
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TWO_RATERS = 2


def r_wg(fractions: NDArray[np.float32], possible: Sequence[float]) -> float | None:
    """Agreement 0–1 of the raters' fractions on one question, NaN where not scored.

    ``possible`` holds the fraction of each answer that could be given. ``None`` under two raters
    or where the possible answers do not differ.
    """
    given = np.sort(fractions[~np.isnan(fractions)].astype(np.float64))  # in no order but its own
    chance = pvariance(possible) if len(possible) > 1 else 0.0
    if given.size < _TWO_RATERS or chance == 0:
        return None
    return max(0.0, 1.0 - float(given.var(ddof=1)) / chance)


def mean_agreement(agreements: Sequence[float | None]) -> float | None:
    """The plain mean of the agreements that exist, or ``None``."""
    known = [agreement for agreement in agreements if agreement is not None]
    return sum(known) / len(known) if known else None
