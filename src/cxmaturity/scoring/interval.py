"""95 % confidence intervals of scores from several raters.

A score is a weighted sum of means per question, and raters skip questions, so it is a sum of
ratios. Its variance follows by linearisation (Taylor series; W. G. Cochran, *Sampling Techniques*,
3rd ed. 1977, ch. 6; R. S. Woodruff, JASA 66, 1971): rater *i* moves the score by

    u_i = Σ_q share_q × 4 × (x_iq − mean_q) ÷ n_q        over the questions that i answered

and the variance is n ÷ (n − 1) × Σ u_i². With one question, or with complete answers, this is
exactly the textbook t interval of a mean. Raters are taken as a sample from a large group.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.api import Interval
from cxmaturity.scoring.practice import column_means
from cxmaturity.scoring.scale import SCALE_SPAN, score_of
from cxmaturity.scoring.student import t_quantile

if TYPE_CHECKING:
    from numpy.typing import NDArray


def influence(fractions: NDArray[np.float32], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much each rater moves a score: float64 (raters,), in score units, summing to 0.

    ``fractions`` is (raters, questions) with NaN where not scored, ``shares`` (questions,) each
    question's share in the score, 0 for one that has none.
    """
    present = ~np.isnan(fractions)
    deviations = np.where(present, fractions - column_means(fractions), 0.0)
    counts = np.maximum(present.sum(axis=0), 1)
    # summed row by row, not by a matrix product, whose last digit may depend on a row's position
    weighted: NDArray[np.float64] = SCALE_SPAN * (deviations / counts * shares).sum(axis=1)
    return weighted


def interval_95(value: float, influences: NDArray[np.float64], n: int) -> Interval | None:
    """The 95 % t interval around a score, clipped to the scale; ``None`` under two raters.

    ``n`` is the number of raters who answered anything that the score is made of.
    """
    if n < 2:  # noqa: PLR2004 - one rater has no spread
        return None
    variance = n / (n - 1) * fsum(move * move for move in influences.tolist())
    half = t_quantile(n - 1) * variance**0.5
    return max(score_of(0), value - half), min(score_of(1), value + half)


def shares_of_questions(
    dimension_shares: Mapping[str, float], question_shares: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    """Each question's share in a score above its practice: the product of the shares on the way up."""
    return {
        question: outer * inner
        for practice, outer in dimension_shares.items()
        for question, inner in question_shares.get(practice, {}).items()
    }
