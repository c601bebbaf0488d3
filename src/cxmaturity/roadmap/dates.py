"""The dates of a roadmap that its quarters do not say."""

from __future__ import annotations

from cxmaturity.roadmap.model import Initiative, Prospect, Roadmap
from cxmaturity.roadmap.quarters import last_day, quarter_of, quarter_span


def deadline_day(roadmap: Roadmap, prospect: Prospect) -> str:
    """The target's last day (ISO): by default the one after the last quarter, when all is complete."""
    if prospect.target.by:
        return last_day(prospect.target.by)
    return quarter_span(roadmap.periods[0].start[:7], len(roadmap.periods))[0]


def began(roadmap: Roadmap, initiative: Initiative) -> int | None:
    """The quarter in which an initiative begins, or began: negative before the plan.

    What is late still takes the plan's first quarter, so that this may lie before its ``start``.
    """
    month = roadmap.decisions.under_way.get(initiative.recommendation.id)
    if month is None or roadmap.capacity is None:
        return initiative.start
    return quarter_of(month, roadmap.capacity.start)
