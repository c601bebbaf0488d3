"""Intraclass correlations of a one-way analysis of variance: how alike the members of a group answer.

ICC(1) and ICC(2) of P. D. Bliese (*Within-group agreement, non-independence, and reliability*, in K. J.
Klein & S. W. J. Kozlowski, eds., Multilevel Theory, Research, and Methods in Organizations, 2000) are
ICC(1,1) and ICC(1,k) of P. E. Shrout & J. L. Fleiss (*Intraclass correlations: uses in assessing rater
reliability*, Psychological Bulletin 86, 1979).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TWO_GROUPS = 2

_ROUNDING = 1e-12
"""Under this mean square, in fractions or scores, answers differ by the rounding of their means alone."""


def icc(
    sizes: NDArray[np.int64], means: NDArray[np.float64], within_ss: NDArray[np.float64]
) -> tuple[float, float] | None:
    """ICC(1), the share of the variance that lies between groups, and ICC(2), how reliable their means are.

    All three are (groups,): how many answered, their mean, and the sum of squared deviations from it.
    Groups of nobody fall out. With mean squares MSB between and MSW within groups,

        ICC(1) = (MSB − MSW) ÷ (MSB + (n₀ − 1) × MSW)        ICC(2) = (MSB − MSW) ÷ MSB

    n₀ = (N − Σ n² ÷ N) ÷ (groups − 1) is the common size, or with unequal sizes what stands for it (R. R.
    Sokal & F. J. Rohlf, *Biometry*, ch. 9). Where groups differ less than chance would have it, both
    are 0. ``None`` under two groups, without a group of two, or where nobody differs from anybody.
    """
    present = sizes > 0
    n, mean = sizes[present].astype(np.float64), means[present]
    people, groups = float(n.sum()), n.size
    if groups < _TWO_GROUPS or people == groups:
        return None
    between = float(n @ (mean - float(n @ mean) / people) ** 2) / (groups - 1)
    within = float(within_ss[present].sum()) / (people - groups)
    if between + within < _ROUNDING:
        return None
    if between <= within:
        return 0.0, 0.0
    common = (people - float(n @ n) / people) / (groups - 1)
    return (between - within) / (between + (common - 1) * within), (between - within) / between
