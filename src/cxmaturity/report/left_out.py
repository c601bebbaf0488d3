"""The page of what fits the result but is not on the roadmap, by reason."""

from __future__ import annotations

from collections.abc import Sequence

from cxmaturity.report.plan_context import LeftOutGroup, LeftOutPage
from cxmaturity.report.words import Wording
from cxmaturity.roadmap.model import LeftOut, Roadmap

REASONS = (
    "forbidden",
    "done",
    "pinned",
    "excluded",
    "no-gain",
    "no-points",
    "held",
    "outweighed",
    "over-days",
    "over-skill",
    "over-budget",
    "capacity",
    "budget",
    "time",
    "after",
    "prerequisite",
    "unknown",
)
"""Why something was left out, as keys of texts: decisions first, then what lies in the thing itself."""
_UNGROUPED = 8
"""So many rows are read without headings between them."""


def build_left_out(wording: Wording, roadmap: Roadmap) -> LeftOutPage | None:
    """The page; ``None`` where nothing was left out."""
    texts, count = wording.texts, len(roadmap.left_out)
    if not count:
        return None
    return LeftOutPage(
        title=texts("report.left-out.title", n=count),
        text=texts("report.left-out.text"),
        groups=tuple(_groups(wording, roadmap.left_out)),
    )


def _groups(wording: Wording, left_out: Sequence[LeftOut]) -> list[LeftOutGroup]:
    """What was left out by reason; a short list without headings."""
    ordered = sorted(left_out, key=lambda each: (REASONS.index(_kind(each)), each.recommendation.title))
    if len(ordered) <= _UNGROUPED:
        return [LeftOutGroup("", _rows(wording, ordered))]
    return [
        LeftOutGroup(wording.texts(f"report.left-out.reason.{kind}"), _rows(wording, rows))
        for kind in REASONS
        if (rows := [each for each in ordered if _kind(each) == kind])
    ]


def _rows(wording: Wording, left_out: Sequence[LeftOut]) -> tuple[tuple[str, str], ...]:
    texts = wording.texts
    return tuple(
        (each.recommendation.title, texts("report.sentence", text=texts.message(each.reason)))
        for each in left_out
    )


def _kind(left_out: LeftOut) -> str:
    return left_out.reason.key.removeprefix("left-out.")
