"""Gamma-Gamma model: what a purchase of each customer is worth on average.

P. S. Fader & B. G. S. Hardie, *The Gamma-Gamma model of monetary value*, 2013 (brucehardie.com/notes/025).
Purchases of a customer vary like a gamma distribution of shape p and rate nu, and nu between customers like
one of shape q and rate gamma; what is spent does not depend on how often. The mean m of few purchases is
drawn to that of all customers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cxmaturity_retention.likelihood import highest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Unfitted = Literal["nobody-spent", "values-alike", "infinite-mean"]
"""Why there is no fit: nobody bought for more than 0, all customers spend the same on average, or values
scatter so widely (q ≤ 1) that they have no mean."""


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """The parameters, ``gamma`` in units of money; ``n`` customers; ``converged`` as in BG/NBD."""

    p: float
    q: float
    gamma: float
    log_likelihood: float
    converged: bool
    n: float

    @property
    def mean(self) -> float:
        """The mean value of a purchase over all customers: p gamma ÷ (q − 1)."""
        return self.p * self.gamma / (self.q - 1)


def fit_gamma_gamma(
    x: NDArray[np.float64], mean: NDArray[np.float64], weight: NDArray[np.float64]
) -> GammaGamma | Unfitted:
    """The model of highest likelihood, or why there is none.

    All three are (customers,): how many purchases, their mean value, and how many customers have these very
    values. Who bought nothing, or for nothing, tells nothing and is left out of the fit and of its ``n``.
    """
    import numpy as np

    spent = (x > 0) & (mean > 0)
    x, mean, weight = x[spent], mean[spent], weight[spent]
    if x.size == 0:
        return "nobody-spent"
    if np.ptp(mean) <= np.finfo(float).eps * mean.max():
        return "values-alike"
    n = float(weight.sum())
    # in mean values, so that neither start nor bounds depend on the currency
    unit = float(weight @ mean) / n
    (p, q, gamma), value, converged = highest(
        lambda at: _likelihood(at, x, mean / unit, weight), np.array([2.0, 3.0, 1.0]), n
    )
    if q <= 1:
        return "infinite-mean"
    # each mean has a density per unit of money
    return GammaGamma(float(p), float(q), float(gamma * unit), float(value - n * np.log(unit)), converged, n)


def conditional_value(
    fit: GammaGamma, x: NDArray[np.float64], mean: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What a purchase of each customer is worth on average, (customers,): p (gamma + x m) ÷ (p x + q − 1).

    Both are (customers,), as in the fit; for those without purchases (``x`` 0) it is the mean of all.
    """
    return fit.p * (fit.gamma + x * mean) / (fit.p * x + fit.q - 1)


def _likelihood(
    at: NDArray[np.float64], x: NDArray[np.float64], mean: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """The log-likelihood of the means, and its slopes in p, q and gamma."""
    import numpy as np
    from scipy.special import betaln, psi

    p, q, gamma = at
    px, total = p * x, gamma + x * mean
    share, rest = np.log(x * mean / total), np.log(gamma / total)
    values = px * share + q * rest - betaln(px, q) - np.log(mean)
    slopes = [
        x * (psi(px + q) - psi(px) + share),
        psi(px + q) - psi(q) + rest,
        q / gamma - (px + q) / total,
    ]
    return float(weight @ values), np.array(slopes) @ weight
