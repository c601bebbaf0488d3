"""Consistency of several questions that are to measure one thing: Cronbach's alpha, McDonald's omega.

Both come from the questions' covariance matrix, (items, items), so that a million raters cost no more
than ten. Bands and cautions: docs/statistics.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TWO_ITEMS = 2
_IDENTIFIED = 3
"""Fewer items than this have more loadings and error variances than covariances to find them from."""

_SMALLEST_ERROR = 1e-3
"""The lowest share of error in an item's variance that the fit may reach; at it, the fit is improper."""

_FLAT = 1e-4
"""At a minimum the slope of the discrepancy is smaller than this."""


def cronbach_alpha(covariance: NDArray[np.float64]) -> float | None:
    """Cronbach's alpha: k ÷ (k − 1) × (1 − sum of variances ÷ variance of the sum).

    At most 1; negative where questions contradict each other. ``None`` under two items or where their
    sum does not vary. L. J. Cronbach, *Coefficient alpha and the internal structure of tests*,
    Psychometrika 16, 1951.
    """
    items, whole = len(covariance), float(covariance.sum())
    if items < _TWO_ITEMS or whole <= 0:
        return None
    return items / (items - 1) * (1.0 - float(np.trace(covariance)) / whole)


def mcdonald_omega(covariance: NDArray[np.float64]) -> float | None:
    """McDonald's omega total of one common factor: (Σ λ)² ÷ ((Σ λ)² + Σ ψ), 0 to 1.

    λ are the loadings and ψ the error variances of the one-factor model, fitted by maximum likelihood.
    ``None`` with fewer than three items, with an item that does not vary, with a matrix that is not positive
    definite (such as one of pairwise counts may be), or where the fit is improper (a Heywood case: an
    item without error). R. P. McDonald, *Test Theory: A Unified Treatment*, 1999, ch. 6.
    """
    variances = np.diag(covariance)
    if len(covariance) < _IDENTIFIED or variances.min() <= 0:
        return None
    deviations = np.sqrt(variances)
    fitted = _one_factor(covariance / np.outer(deviations, deviations))
    if fitted is None:
        return None
    shares, loadings = fitted
    common = float(loadings @ deviations) ** 2
    return common / (common + float(shares @ variances))


def _one_factor(
    correlation: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Error shares and loadings, both (items,), of the one factor behind a correlation matrix.

    Maximum likelihood does not depend on the units of the items, so correlations do. The discrepancy is
    minimised over the logarithms of the error shares: for given shares the best loadings follow from
    the largest eigenvalue (D. N. Lawley & A. E. Maxwell, *Factor Analysis as a Statistical Method*,
    2nd ed. 1971, ch. 4).
    """
    from scipy.optimize import minimize  # lazy: only scales with several questions need it

    if np.linalg.eigvalsh(correlation)[0] <= np.finfo(float).eps * len(correlation):
        return None

    def discrepancy(logarithms: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        shares = np.exp(logarithms)
        rest, loadings = _loadings(correlation, shares)
        return float((rest - np.log(rest) - 1).sum()), (loadings**2 + shares - 1) / shares

    # where factor analyses start: an item's error is what the others do not explain of it
    start = np.log(1 / np.diag(np.linalg.inv(correlation)))
    bounds = [(np.log(_SMALLEST_ERROR), 0.0)] * len(correlation)
    found = minimize(discrepancy, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-15})
    shares = np.exp(found.x)
    # judged by the slope: at a perfect fit the search ends for want of digits and calls that a failure
    slope = np.abs(discrepancy(found.x)[1] * (shares < 1)).max()
    if found.x.min() <= np.log(_SMALLEST_ERROR) or slope > _FLAT:
        return None
    return shares, _loadings(correlation, shares)[1]


def _loadings(
    correlation: NDArray[np.float64], shares: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The other eigenvalues of the scaled matrix, and the loadings that its largest one gives."""
    scale = 1 / np.sqrt(shares)
    values, vectors = np.linalg.eigh(correlation * np.outer(scale, scale))
    return values[:-1], vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.0)) / scale
