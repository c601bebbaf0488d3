"""The 97.5 % quantile of Student's t."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1024)
def t_quantile(degrees: float) -> float:
    """The 97.5 % quantile of Student's t with ``degrees`` (≥ 1) degrees of freedom."""
    from scipy.special import stdtrit  # lazy: only assessments with several raters need scipy

    return float(stdtrit(degrees, 0.975))
