"""Shifted-beta-geometric model: how retention of a contract's customers goes on after what was seen.

P. S. Fader & B. G. S. Hardie, *How to project customer retention*, Journal of Interactive Marketing 21,
2007. Each customer leaves at the end of a period with a probability of their own, and these vary like a beta
distribution with alpha and beta. Those likely to leave go first, so that retention rises with tenure:

    r_t = (beta + t − 1) ÷ (alpha + beta + t − 1)        S(t) = r_1 × … × r_t

Cohorts of any age then count alike: in its t-th period a customer stays with r_t or leaves with 1 − r_t.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cxmaturity_retention.likelihood import highest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Unfitted = Literal[
    "nobody-observed", "nobody-lost", "everybody-lost", "too-few-periods", "lost-only-at-first", "not-rising"
]
"""Why there is no fit. Only the first period is known (``too-few-periods``); all losses fell into it, so that
customers would either leave at once or never (``lost-only-at-first``); or retention does not rise with
tenure, as the model has it (``not-rising``). ``everybody-lost`` is everybody in their first period."""

_TWO_PERIODS = 2


@dataclass(frozen=True, slots=True)
class Sbg:
    """The parameters; the log-likelihood (without binomial coefficients); whether the search came to rest."""

    alpha: float
    beta: float
    log_likelihood: float
    converged: bool


def fit_sbg(cohorts: Sequence[Sequence[float]]) -> Sbg | Unfitted:
    """The model of highest likelihood, or why there is none.

    A cohort is its customers at the start and after 1, 2, … periods. ``ValueError`` where customers are
    negative or become more.
    """
    import numpy as np

    kept, lost = _kept_and_lost(cohorts)
    reason = _degenerate(kept, lost)
    if reason is not None:
        return reason
    risk, before = kept + lost, np.arange(len(kept))

    def likelihood(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        alpha, beta = at
        value = kept @ np.log(beta + before) + lost.sum() * np.log(alpha)
        common = (risk / (alpha + beta + before)).sum()
        slope = [lost.sum() / alpha - common, (kept / (beta + before)).sum() - common]
        return float(value - risk @ np.log(alpha + beta + before)), np.array(slope)

    start = np.array([lost.sum(), kept.sum()]) / risk.sum()
    (alpha, beta), value, converged = highest(likelihood, start, float(risk.sum()))
    return Sbg(float(alpha), float(beta), value, converged)


def retention(fit: Sbg, periods: int) -> NDArray[np.float64]:
    """r_1 … r_periods, (periods,): the share of those there after t − 1 periods who stay for the t-th."""
    import numpy as np

    before = np.arange(periods)
    return np.asarray((fit.beta + before) / (fit.alpha + fit.beta + before))


def project(fit: Sbg, customers: float, age: int, periods: int) -> NDArray[np.float64]:
    """How many of ``customers``, ``age`` periods old, are there after 1 … periods more, (periods,)."""
    import numpy as np

    return np.asarray(customers * np.cumprod(retention(fit, age + periods)[age:]))


def _kept_and_lost(cohorts: Sequence[Sequence[float]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Over all cohorts, how many stayed and left in their t-th period; both (longest cohort − 1,)."""
    import numpy as np

    periods = max((len(cohort) - 1 for cohort in cohorts), default=0)
    kept, lost = np.zeros(max(periods, 0)), np.zeros(max(periods, 0))
    for cohort in cohorts:
        survivors = np.asarray(cohort, dtype=float)
        left = -np.diff(survivors)
        if not (np.isfinite(survivors).all() and (survivors >= 0).all() and (left >= 0).all()):
            raise ValueError("survivors of a cohort must be counts that never rise")
        kept[: left.size] += survivors[1:]
        lost[: left.size] += left
    return kept, lost


def _degenerate(kept: NDArray[np.float64], lost: NDArray[np.float64]) -> Unfitted | None:
    """Why the likelihood has no maximum among finite positive alpha and beta, if it has none."""
    import numpy as np

    risk, before = kept + lost, np.arange(len(kept))
    reasons: list[tuple[Unfitted, bool]] = [
        ("nobody-observed", risk.sum() == 0),
        ("nobody-lost", lost.sum() == 0),
        ("everybody-lost", kept.sum() == 0),
        ("too-few-periods", int(np.count_nonzero(risk)) < _TWO_PERIODS),
        ("lost-only-at-first", lost[1:].sum() == 0),
        # the slope of the likelihood in 1 ÷ (alpha + beta) at 0, where all are alike and retention is flat
        ("not-rising", before @ (kept * risk.sum() - risk * kept.sum()) <= 0),
    ]
    return next((reason for reason, holds in reasons if holds), None)
