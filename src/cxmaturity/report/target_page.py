"""The page on the target: what becomes of it, and what it would take to be there in time, or sooner."""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.report.charts import ChartWords
from cxmaturity.report.plan_context import TargetPage
from cxmaturity.report.targets import (
    either,
    from_quarter,
    short_goal,
    unproven,
    verdict,
    way_phrase,
    way_phrases,
)
from cxmaturity.report.tradeoff_chart import tradeoff_caption, tradeoff_chart, tradeoff_title
from cxmaturity.report.words import Wording
from cxmaturity.roadmap.model import Capacity, Prospect, Roadmap, Shortage, time_among
from cxmaturity.roadmap.tradeoff import Tradeoff


def build_target(
    wording: Wording, words: ChartWords, roadmap: Roadmap, tradeoff: Tradeoff | None
) -> TargetPage | None:
    """The page; ``None`` where neither a target needs more words nor a trade-off has anything to show."""
    if not roadmap.periods or not roadmap.initiatives:
        return None
    texts, prospect = wording.texts, roadmap.prospect
    chart = tradeoff_chart(wording, words, roadmap, tradeoff) if tradeoff else None
    caption = tradeoff_caption(wording, roadmap, tradeoff) if tradeoff and chart else ""
    if prospect is not None and _has_more(prospect, shown=chart is not None):
        ways = tuple(_ways(wording, roadmap, prospect))
        return TargetPage(
            name=texts("report.name.target"),
            title=_title(wording, roadmap, prospect),
            paragraphs=tuple(_paragraphs(wording, roadmap, prospect)),
            ways_title=_ways_title(wording, prospect, len(ways)) if ways else "",
            ways=ways,
            chart_title=texts("report.tradeoff.title") if chart else "",
            chart=chart,
            caption=caption,
        )
    if tradeoff is None or chart is None:
        return None
    title = tradeoff_title(wording, tradeoff)
    return TargetPage(texts("report.name.tradeoff"), title, (), "", (), "", chart, caption)


def _has_more(prospect: Prospect, *, shown: bool) -> bool:
    """Whether there is more to say of the target than the roadmap says.

    That nothing helps, or what stands in the way, fills no page of its own without a chart that shows it.
    """
    looked = prospect.ways_at is not None or bool(prospect.obstacles)
    return bool(prospect.ways or prospect.together) or (shown and looked)


def _title(wording: Wording, roadmap: Roadmap, prospect: Prospect) -> str:
    """What it takes, in a sentence."""
    ways, timely = way_phrases(wording, prospect), prospect.in_time
    if ways:
        key = "sooner" if timely else "takes"
    elif prospect.together:
        key = "sooner-together" if timely else "together"
    elif prospect.obstacles:
        key = "needs-data" if prospect.needs_data else "blocked"
    else:
        key = "soonest" if timely else "stuck"
    goal = short_goal(wording, roadmap, prospect)
    said = either(wording, ways) if ways else ""
    return wording.texts(f"report.target.title.{key}", goal=goal, ways=said)


def _paragraphs(wording: Wording, roadmap: Roadmap, prospect: Prospect) -> Iterator[str]:
    yield verdict(wording, roadmap, prospect)
    yield from unproven(wording, prospect)


def _ways_title(wording: Wording, prospect: Prospect, count: int) -> str:
    key = "all" if prospect.together else "sooner" if prospect.in_time else "any"
    return wording.texts(f"report.target.ways.{key}", n=count)


def _ways(wording: Wording, roadmap: Roadmap, prospect: Prospect) -> Iterator[str]:
    """Each addition with what it comes to and from when the target then holds."""
    point, capacity = prospect.ways_at, roadmap.capacity
    if point is None or capacity is None:
        return
    for way in prospect.ways or prospect.together:
        yield wording.texts(
            f"report.target.ways.{'each-if' if prospect.needs_data else 'each'}",
            way=way_phrase(wording, way),
            in_all=_in_all(wording, capacity, way),
            when=from_quarter(wording, roadmap, point + time_among(prospect.together or [way])),
        )


def _in_all(wording: Wording, capacity: Capacity, way: Shortage) -> str:
    """What an addition comes to with what there is, where that is one number.

    Time has none: it is counted from the target's date, and not from the end of the plan.
    """
    have = {
        "person-days": set(capacity.person_days),
        "skill": set(capacity.skills.get(way.skill, ())),
        "budget": {capacity.budget or 0.0},
        "quarters": set[float](),
    }[way.kind]
    if len(have) != 1:
        return ""
    (now,) = have
    return wording.texts(f"report.target.ways.in-all.{way.kind}", now=now, then=now + way.amount)
