"""What other capacities would bring, as a chart with its words."""

from __future__ import annotations

from itertools import pairwise

from cxmaturity.report.charts import ChartWords, TradeoffPoint
from cxmaturity.report.charts import Tradeoff as TradeoffChart
from cxmaturity.report.charts import tradeoff as draw
from cxmaturity.report.words import Wording
from cxmaturity.roadmap import tradeoff as made
from cxmaturity.roadmap.model import Roadmap
from cxmaturity.roadmap.tradeoff import Tradeoff
from cxmaturity.scoring.scale import shown

_VISIBLE = 0.005
"""Points of the score that show as a slope in the chart."""


def tradeoff_chart(
    wording: Wording, words: ChartWords, roadmap: Roadmap, tradeoff: Tradeoff
) -> TradeoffChart | None:
    """The chart; ``None`` where all amounts come to the same, or to nothing that can be projected."""
    outcomes = {(_reached(tradeoff, point), _shown(point)) for point in tradeoff.points}
    if len(outcomes) == 1 or any(point.score is None for point in tradeoff.points):
        return None
    texts, dated = wording.texts, _dated(tradeoff)
    return draw(
        [
            TradeoffPoint(
                point.amount,
                texts.write(point.amount, "decimal"),
                _reached(tradeoff, point) if dated else None,
                point.score,
                current=point.amount == tradeoff.now,
            )
            for point in tradeoff.points
        ],
        _lanes(wording, roadmap),
        amount=texts("report.tradeoff.amount"),
        score=texts("report.tradeoff.score"),
        reached=texts("report.tradeoff.reached") if dated else "",
        title=texts("report.tradeoff.title"),
        words=words,
    )


def tradeoff_caption(wording: Wording, roadmap: Roadmap, tradeoff: Tradeoff) -> str:
    """What to see in it, and how sure that is."""
    texts = wording.texts
    said = [texts("report.tradeoff.caption")]
    if _dated(tradeoff):
        if any(_reached(tradeoff, point) is None for point in tradeoff.points):
            said.append(texts("report.tradeoff.dated"))
        scores = [point.score or 0.0 for point in tradeoff.points]
        if any(more < less - _VISIBLE for less, more in pairwise(scores)):
            said.append(texts("report.tradeoff.dip"))
        if _conditional(tradeoff):
            said.append(texts("report.tradeoff.needs-data"))
    elif tradeoff.aim == "target" and all(_reached(tradeoff, point) is None for point in tradeoff.points):
        said.append(texts("report.tradeoff.none", n=len(roadmap.periods)))
    gap = max(point.gap for point in tradeoff.points)
    if gap > 0:
        said.append(texts(f"report.tradeoff.{'gap' if gap < 1 else 'open'}", gap=gap))
    return " ".join(said)


def tradeoff_title(wording: Wording, tradeoff: Tradeoff) -> str:
    """What more would bring, or what less would cost, in a sentence."""
    now = next((point for point in tradeoff.points if point.amount == tradeoff.now), tradeoff.points[0])
    most, least = tradeoff.points[-1], tradeoff.points[0]
    for key, other in (("more", most), ("less", least)):
        if _shown(other) != _shown(now):
            return wording.texts(
                f"report.tradeoff.{key}",
                amount=other.amount,
                score=other.score,
                now_amount=now.amount,
                now=now.score,
            )
    return wording.texts("report.tradeoff.when")


def _dated(tradeoff: Tradeoff) -> bool:
    """Whether there are dates to show: some amount reaches the target, and it does not hold today."""
    reached = {_reached(tradeoff, point) for point in tradeoff.points}
    return tradeoff.aim == "target" and reached not in ({None}, {0})


def _conditional(tradeoff: Tradeoff) -> bool:
    """Whether all dates there are hold only if customer data follows."""
    reached = [point for point in tradeoff.points if point.reached is not None]
    return bool(reached) and all(point.needs_data for point in reached)


def _reached(tradeoff: Tradeoff, point: made.TradeoffPoint) -> int | None:
    """The point at which the target holds. Where some dates hold with data as it is, others do not count."""
    return None if point.needs_data and not _conditional(tradeoff) else point.reached


def _shown(point: made.TradeoffPoint) -> float | None:
    return None if point.score is None else shown(point.score)


def _lanes(wording: Wording, roadmap: Roadmap) -> list[str]:
    """Points in time as short names: quarters, and after the last one."""
    names = [wording.short_quarter(period.start) for period in roadmap.periods]
    last = wording.short_end(roadmap.periods[-1].end)
    return [*names, wording.texts("report.tradeoff.after", quarter=last)]
