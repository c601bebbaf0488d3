"""Customer satisfaction (CSAT): the share of customers who ticked one of the two best boxes."""

from __future__ import annotations

from cxmaturity.api import Calculation, Measure, Rows, Scope, share_interval
from cxmaturity_feedback_loops.scales import by_score, counts_of, distribution, no_answers, off_scale


def satisfied_share(rows: Rows, scope: Scope) -> Measure:
    """Answers of at least ``highest − 1`` ÷ answers, as a fraction, with Wilson's interval.

    ``parts`` has how many those are.
    """
    counts = counts_of(rows)
    n = counts.total()
    if not n:
        return no_answers()
    lowest, highest = scope.number("lowest"), scope.number("highest")
    if refused := off_scale(counts, lowest, highest):
        return refused
    top = sum(count for score, count in counts.items() if score >= highest - 1)
    scores = range(int(lowest), int(highest) + 1)
    return Measure(
        top / n, n, share_interval(top, n), {"satisfied": top}, series=distribution(counts, scores)
    )


CSAT = Calculation(by_score, satisfied_share)
