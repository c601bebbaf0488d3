"""The dates of a roadmap that its quarters do not say."""

from __future__ import annotations

from cxmaturity.roadmap.model import Initiative, Prospect, Roadmap
from cxmaturity.roadmap.quarters import last_day, quarter_of


def deadline_day(roadmap: Roadmap, prospect: Prospect) -> str:
    """The target's last day (ISO): by default the plan's."""
    return last_day(prospect.target.by) if prospect.target.by else roadmap.periods[-1].end


def began(roadmap: Roadmap, initiative: Initiative) -> int | None:
    """The quarter in which an initiative begins, or began: negative before the plan.

    What is late still takes the plan's first quarter, so that this may lie before its ``start``.
    """
    month = roadmap.decisions.under_way.get(initiative.recommendation.id)
    if month is None or roadmap.capacity is None:
        return initiative.start
    return quarter_of(month, roadmap.capacity.start)
