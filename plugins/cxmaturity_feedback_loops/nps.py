"""Net Promoter Score with its 95 % adjusted Wald interval."""

from __future__ import annotations

from cxmaturity.api import Interval, Measure, Message, Rows

PROMOTER, DETRACTOR = 9, 6
_Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution


def net_promoter_score(rows: Rows, period: tuple[str, str]) -> Measure:
    """NPS in points over the answers of the period; answers without a date count always.

    ``parts`` has the shares of promoters, passives and detractors (0–1).
    """
    start, end = period
    scores = [row["score"] for row in rows if row["at"] is None or start < str(row["at"]) <= end]
    n = len(scores)
    if not n:
        return Measure(None, reason=Message("feedback-loops.no-answers"))
    promoters = sum(1 for score in scores if float(score or 0) >= PROMOTER)
    detractors = sum(1 for score in scores if float(score or 0) <= DETRACTOR)
    parts = {
        "promoters": promoters / n,
        "passives": (n - promoters - detractors) / n,
        "detractors": detractors / n,
    }
    return Measure(100 * (promoters - detractors) / n, n, _adjusted_wald(promoters, detractors, n), parts)


def _adjusted_wald(promoters: int, detractors: int, n: int) -> Interval:
    """The interval in points: ¾ of a promoter and of a detractor added, n + 3.

    B. Rocks, *Interval Estimation for the "Net Promoter Score"*, The American Statistician 70, 2016.
    """
    p, d = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    half = _Z * ((p + d - (p - d) ** 2) / (n + 3)) ** 0.5
    return 100 * max(-1.0, p - d - half), 100 * min(1.0, p - d + half)
