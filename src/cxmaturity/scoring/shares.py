"""The interval of a share, such as customers lost among customers."""

from __future__ import annotations

from math import sqrt

from cxmaturity.api import Interval

_Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution


def share_interval(count: int, n: int) -> Interval:
    """The 95 % score interval of ``count`` out of ``n``, as fractions (E. B. Wilson, JASA 22, 1927)."""
    share, z2 = count / n, _Z * _Z
    centre = share + z2 / (2 * n)
    half = _Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    low, high = (centre - half) / (1 + z2 / n), (centre + half) / (1 + z2 / n)
    # of none and of all, one end is the share itself but for rounding
    return min(max(0.0, low), share), max(min(1.0, high), share)
