"""Where a likelihood is highest: what the models of buying and staying have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BOUND = 1e-6, 1e6
"""Between them parameters are sought, time being measured in mean ages: beyond, customers are all alike."""

_FLAT = 1e-5
"""At a maximum the mean log-likelihood changes by less than this for a parameter e times as high."""


def highest(
    likelihood: Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]],
    start: NDArray[np.float64],
    n: float,
) -> tuple[NDArray[np.float64], float, bool]:
    """Where a likelihood of positive parameters is highest, how high, and whether that is a maximum.

    ``likelihood`` gives the logarithm and its slopes (parameters,); ``n`` is what it sums over. It is no
    maximum where the search ends on a slope, or at a bound: the data do not tell a parameter then.
    """
    import numpy as np
    from scipy.optimize import minimize

    def descent(logarithms: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slopes = likelihood(np.exp(logarithms))
        return -value / n, -slopes * np.exp(logarithms) / n

    low, high = np.log(_BOUND)
    options = {"ftol": 1e-15, "gtol": 1e-9, "maxiter": 1000}
    found = minimize(
        descent,
        np.log(start),
        jac=True,
        method="L-BFGS-B",
        bounds=[(low, high)] * start.size,
        options=options,
    )
    # judged by the slope: at a maximum the search may end for want of digits and call that a failure
    inside = bool((found.x > low).all() and (found.x < high).all())
    flat = bool(np.abs(descent(found.x)[1]).max() < _FLAT)
    return np.exp(found.x), -float(found.fun) * n, inside and flat
