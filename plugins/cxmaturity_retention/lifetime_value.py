"""What customers are worth: the discounted margin on the purchases still to be expected of each.

P. S. Fader, B. G. S. Hardie & K. L. Lee, *RFM and CLV: using iso-value curves for customer base analysis*,
Journal of Marketing Research 42, 2005. As how often and for how much do not depend on each other,

    value = margin × mean value of a purchase × Σ_k (purchases in the k-th period) ÷ (1 + rate)^k
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxmaturity_retention.bg_nbd import BgNbd, Histories, conditional_purchases
from cxmaturity_retention.gamma_gamma import GammaGamma, conditional_value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Terms:
    """How far ahead is looked and what counts.

    ``periods``, each ``length`` long in the histories' unit of time; ``rate``, by which money loses value per
    period; ``margin``, the fraction of a purchase that is earned.
    """

    periods: int
    length: float
    rate: float
    margin: float


def lifetime_values(
    buying: BgNbd, spending: GammaGamma, of: Histories, mean: NDArray[np.float64], terms: Terms
) -> NDArray[np.float64]:
    """What each customer's purchases within the horizon are worth now, (customers,), in units of money.

    ``mean`` (customers,) is the mean value of each customer's ``x`` purchases after the first; of no account
    where there are none. A period's purchases are discounted as if made at its end.
    """
    import numpy as np

    total, before = np.zeros(of.x.shape), np.zeros(of.x.shape)
    for period in range(1, terms.periods + 1):
        until = conditional_purchases(buying, of, period * terms.length)
        total += (until - before) / (1 + terms.rate) ** period
        before = until
    return terms.margin * conditional_value(spending, of.x, mean) * total


def mean_lifetime_value(values: NDArray[np.float64], of: Histories) -> float:
    """The mean of ``values`` (customers,) over the people they stand for, of whom there is at least one."""
    return float(values @ of.weight / of.weight.sum())
