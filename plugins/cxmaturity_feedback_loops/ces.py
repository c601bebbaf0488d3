"""Customer effort score (CES): the mean answer to the effort question, turned so that more is easier."""

from __future__ import annotations

from collections import Counter
from math import sqrt

from cxmaturity.api import Calculation, Interval, Measure, Rows, Scope
from cxmaturity_feedback_loops.scales import by_score, counts_of, distribution, no_answers, off_scale


def effort_score(rows: Rows, scope: Scope) -> Measure:
    """The mean answer on the organisation's own scale, with Student's interval.

    Where the low end means little effort, it is ``lowest + highest − mean``, so that higher is easier for
    everybody. ``parts`` has the mean as customers answered, and the ends of the scale.
    """
    counts = counts_of(rows)
    n = counts.total()
    if not n:
        return no_answers()
    lowest, highest = scope.number("lowest"), scope.number("highest")
    if refused := off_scale(counts, lowest, highest):
        return refused
    mean = sum(score * count for score, count in counts.items()) / n
    value = mean if scope.options["easy"] == "high" else lowest + highest - mean
    half = _half_width(counts, mean)
    interval: Interval | None = None
    if half is not None:
        interval = max(lowest, value - half), min(highest, value + half)
    parts = {"answered": mean, "lowest": lowest, "highest": highest}
    scores = range(int(lowest), int(highest) + 1)
    return Measure(value, n, interval, parts, series=distribution(counts, scores))


def _half_width(counts: Counter[float], mean: float) -> float | None:
    """Half of the 95 % interval of a mean: t × s ÷ √n.

    ``None`` where all customers answered alike, one alone included: what they differ by is not known then.
    """
    from scipy.special import stdtrit  # lazy: a tenth of a second

    if len(counts) == 1:
        return None
    n = counts.total()
    squares = sum(count * (score - mean) ** 2 for score, count in counts.items())
    return float(stdtrit(n - 1, 0.975)) * sqrt(squares / (n - 1) / n)


CES = Calculation(by_score, effort_score)
