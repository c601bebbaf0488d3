"""How far answers would vary without agreement: the yardstick that r_wg is held against.

If every answer were equally likely, the variance would be that of the answers themselves. People also
lean to one end of a scale, out of politeness or caution, and then agree less than a uniform yardstick
makes it seem. J. M. LeBreton and J. L. Senter (*Answers to 20 Questions About Interrater Reliability
and Interrater Agreement*, Organizational Research Methods 11, 2008, table 2) tabulate the variance of
such distributions, in squared steps of a scale whose options lie one apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Null = Literal["uniform", "slight-skew", "moderate-skew", "heavy-skew", "triangular", "normal"]
"""How people are taken to answer who do not agree."""

_TABULATED: tuple[Null, ...] = ("slight-skew", "moderate-skew", "heavy-skew", "triangular", "normal")

_VARIANCES: Mapping[int, tuple[float, ...]] = {
    5: (1.34, 0.90, 0.44, 1.32, 1.04),
    6: (1.85, 1.26, 0.69, 1.45, 1.25),
    7: (2.90, 2.14, 1.39, 2.10, 1.40),
    8: (3.47, 2.79, 2.35, 2.81, 1.73),
    9: (5.66, 4.73, 3.16, 3.00, 1.58),
    10: (6.30, 5.09, 3.46, 2.89, 1.45),
    11: (7.31, 6.32, 4.02, 3.32, 1.40),
}
"""By number of options: the variances in the order of ``_TABULATED``, as printed."""


def null_variance(fractions: NDArray[np.float64], null: Null = "uniform") -> float | None:
    """The variance of answers drawn at random, in squared fractions.

    ``fractions`` (options,) holds what each possible answer is worth, in their order. Uniform works for
    any answers that differ; the others need evenly spaced ones, 5 to 11 of them, and are ``None``
    elsewhere.
    """
    if fractions.size == 0 or np.ptp(fractions) == 0:
        return None
    if null == "uniform":
        return float(fractions.var())
    steps = np.diff(fractions)
    if fractions.size not in _VARIANCES or not np.allclose(steps, steps[0]):
        return None
    tabulated = _VARIANCES[fractions.size][_TABULATED.index(null)]
    return tabulated * float(steps.mean()) ** 2
