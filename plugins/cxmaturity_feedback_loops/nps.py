"""Net Promoter Score with its 95 % adjusted Wald interval."""

from __future__ import annotations

from cxmaturity.api import Calculation, Interval, Measure, Rows, Scope
from cxmaturity_feedback_loops.scales import by_score, counts_of, distribution, no_answers

PROMOTER, DETRACTOR = 9, 6
_ANSWERS = range(11)
_Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution


def net_promoter_score(rows: Rows, scope: Scope) -> Measure:
    """100 × (promoters − detractors) ÷ answers, in points over the answers of the period.

    ``parts`` has the shares of promoters, passives and detractors (0–1).
    """
    del scope
    counts = counts_of(rows)
    n = counts.total()
    if not n:
        return no_answers()
    promoters = sum(count for score, count in counts.items() if score >= PROMOTER)
    detractors = sum(count for score, count in counts.items() if score <= DETRACTOR)
    parts = {
        "promoters": promoters / n,
        "passives": (n - promoters - detractors) / n,
        "detractors": detractors / n,
    }
    return Measure(
        100 * (promoters - detractors) / n,
        n,
        _adjusted_wald(promoters, detractors, n),
        parts,
        series=distribution(counts, _ANSWERS),
    )


def _adjusted_wald(promoters: int, detractors: int, n: int) -> Interval:
    """The interval in points: ¾ of a promoter and of a detractor added, n + 3.

    B. Rocks, *Interval Estimation for the "Net Promoter Score"*, The American Statistician 70, 2016.
    """
    p, d = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    half = _Z * ((p + d - (p - d) ** 2) / (n + 3)) ** 0.5
    return 100 * max(-1.0, p - d - half), 100 * min(1.0, p - d + half)


NPS = Calculation(by_score, net_promoter_score)
