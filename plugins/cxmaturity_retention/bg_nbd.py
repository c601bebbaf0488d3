"""BG/NBD model: who still buys, and how often they will, where nobody says that they have left.

P. S. Fader, B. G. S. Hardie & K. L. Lee, *“Counting your customers” the easy way: an alternative to the
Pareto/NBD model*, Marketing Science 24(2), 2005. While alive a customer buys at random with a rate of their
own, λ ~ gamma(r, rate alpha); after each purchase they leave with a probability of their own, p ~ beta(a, b).
The likelihood is taken in logarithms (Fader & Hardie, *Overcoming the BG/NBD model's #NUM! error*, 2013).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from cxmaturity_retention.likelihood import highest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Unfitted = Literal["nobody-observed", "nobody-repeats"]
"""Why there is no fit: no customers, or none who bought again."""

_NODES = 128
"""Keeps the error of expected purchases under 10⁻⁶ of them, from horizons tiny to 10,000 × alpha."""

_AS_IF_NONE = 1e-200
"""A chance of leaving as small as this acts as 0 does, and can be divided by."""


@dataclass(frozen=True, slots=True)
class Histories:
    """What customers did until now; all (customers,), times in any one unit since the first purchase.

    ``x`` purchases after the first, the last of them at ``t_x`` (0 without any), seen until ``age`` (the
    literature's T); ``weight`` customers share these very values. ``ValueError`` where that cannot be.
    """

    x: NDArray[np.float64]
    t_x: NDArray[np.float64]
    age: NDArray[np.float64]
    weight: NDArray[np.float64]

    def __post_init__(self) -> None:
        if not self.x.shape == self.t_x.shape == self.age.shape == self.weight.shape:
            raise ValueError("histories need arrays of one shape")
        if not ((self.x >= 0) & (self.t_x >= 0) & (self.t_x <= self.age) & (self.weight > 0)).all():
            raise ValueError("histories need x ≥ 0, 0 ≤ t_x ≤ age and weight > 0")
        if ((self.x == 0) != (self.t_x == 0)).any():
            raise ValueError("t_x is 0 for those without a repeat purchase, and for them alone")


@dataclass(frozen=True, slots=True)
class BgNbd:
    """The parameters, ``alpha`` in units of time, and ``n`` customers.

    ``converged`` is what :func:`cxmaturity_retention.likelihood.highest` says.
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    converged: bool
    n: float


def fit_bg_nbd(of: Histories) -> BgNbd | Unfitted:
    """The model of highest likelihood, or why there is none."""
    import numpy as np

    if of.x.size == 0:
        return "nobody-observed"
    if not of.x.any():
        return "nobody-repeats"
    n = float(of.weight.sum())
    # in mean ages, so that neither start nor bounds depend on the unit of time
    unit = float(of.weight @ of.age) / n
    scaled = Histories(of.x, of.t_x / unit, of.age / unit, of.weight)
    start = np.array([1.0, n / float(of.weight @ of.x), 1.0, 1.0])
    (r, alpha, a, b), value, converged = highest(lambda at: _likelihood(at, scaled), start, n)
    # x purchase times, each with a density per unit of time
    value -= float(of.weight @ of.x) * np.log(unit)
    return BgNbd(float(r), float(alpha * unit), float(a), float(b), float(value), converged, n)


def probability_alive(fit: BgNbd, of: Histories) -> NDArray[np.float64]:
    """The probability that each customer has not left, (customers,); 1 without a repeat purchase."""
    import numpy as np

    alive, gone = _alive_and_gone(np.array([fit.r, fit.alpha, fit.a, fit.b]), of)
    return np.asarray(np.exp(alive - np.logaddexp(alive, gone)))


def conditional_purchases(fit: BgNbd, of: Histories, time: float) -> NDArray[np.float64]:
    """How many purchases to expect of each customer within ``time`` from now, (customers,)."""
    return probability_alive(fit, of) * _purchases_if_alive(fit, of.x, of.age, time)


def _likelihood(at: NDArray[np.float64], of: Histories) -> tuple[float, NDArray[np.float64]]:
    """The log-likelihood, and its slopes in r, alpha, a and b."""
    import numpy as np
    from scipy.special import betaln, gammaln, psi

    r, alpha, a, b = at
    alive, gone = _alive_and_gone(at, of)
    either = np.logaddexp(alive, gone)
    values = gammaln(r + of.x) - gammaln(r) + r * np.log(alpha) + betaln(a, b + of.x) - betaln(a, b) + either
    left = np.exp(gone - either)
    stayed, after = 1 - left, psi(a + b) - psi(a + b + of.x)
    waited = stayed * np.log(alpha + of.age) + left * np.log(alpha + of.t_x)
    pace = stayed / (alpha + of.age) + left / (alpha + of.t_x)
    slopes = [
        psi(r + of.x) - psi(r) + np.log(alpha) - waited,
        r / alpha - (r + of.x) * pace,
        after + left / a,
        after + psi(b + of.x) - psi(b) - left / (b + np.maximum(of.x, 1) - 1),
    ]
    return float(of.weight @ values), np.array(slopes) @ of.weight


def _alive_and_gone(
    at: NDArray[np.float64], of: Histories
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Logarithms of what being alive, and having left after the last purchase, add to the likelihood."""
    import numpy as np

    r, alpha, a, b = at
    gone = np.log(a) - np.log(b + np.maximum(of.x, 1) - 1) - (r + of.x) * np.log(alpha + of.t_x)
    return -(r + of.x) * np.log(alpha + of.age), np.where(of.x > 0, gone, -np.inf)


def _purchases_if_alive(
    fit: BgNbd, x: NDArray[np.float64], age: NDArray[np.float64], time: float
) -> NDArray[np.float64]:
    """Purchases within ``time`` of customers who have not left: the mean of (1 − e^(−λ p time)) ÷ p.

    They have λ ~ gamma(r + x, alpha + age) and p ~ beta(a, b + x), independently. The mean over λ is
    (1 − (1 + p τ)^−(r + x)) ÷ p with τ = time ÷ (alpha + age); over p it is taken numerically. The paper's
    closed form has poles at a = 1 and a + b = 1, and its 2F1 overflows in scipy for who buys often.
    """
    import numpy as np
    from scipy.special import betaincinv

    of_x, at = np.unique(x, return_inverse=True)
    shape, tau = fit.r + x, time / (fit.alpha + age)
    total = np.zeros(x.shape)
    for quantile, weight in _quantiles():
        p = np.maximum(betaincinv(fit.a, fit.b + of_x, quantile), _AS_IF_NONE)[at]
        total += weight * -np.expm1(-shape * np.log1p(p * tau)) / p
    return total


@lru_cache(maxsize=1)
def _quantiles() -> tuple[tuple[float, float], ...]:
    """At which quantiles of p to take a mean over it, each with its weight; so p itself needs no density.

    Gauss–Legendre, drawn towards 0 and 1, where the quantile function may be steep.
    """
    import numpy as np

    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    u = (nodes + 1) / 2
    quantiles = u**3 * (10 - 15 * u + 6 * u**2)
    return tuple(zip(quantiles.tolist(), (15 * weights * u**2 * (1 - u) ** 2).tolist(), strict=True))
