"""The page on the six steps: where does the chain break first?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from cxmaturity.api import (
    DimensionResult,
    Message,
    PracticeResult,
    QuestionResult,
    Section,
    SectionContent,
    resource,
)

DIMENSION = "customer-journey"
STEPS = tuple(
    f"{DIMENSION}.{name}"
    for name in (
        "mapped-journeys",
        "wanted-experience",
        "gaps",
        "success-measures",
        "team-actions",
        "training",
    )
)
"""The practices in the order in which they build on each other."""
NEEDED = 3
"""The level from which on a step carries the next one."""


class Row(NamedTuple):
    """A step in the table; ``None`` is what is not known or must not be shown."""

    number: int
    title: str
    score: float | None
    level: int | None
    uncapped: int | None
    said: tuple[Message, ...]


class StepsSection(Section):
    """A table of the six steps in their order, under a sentence that says where they break."""

    id = "six-steps"
    name = Message("customer-journey.steps.name")
    dimension = DIMENSION

    def __init__(self) -> None:
        self.template = resource("cxmaturity_customer_journey", "steps.html.j2")

    def content(self, data: Mapping[str, Any], dimension: DimensionResult | None) -> SectionContent | None:
        """The rows, or nothing where no step has a level."""
        del data  # the dimension says it all
        rows = rows_of(dimension) if dimension else []
        if all(row.level is None for row in rows):
            return None
        return SectionContent(title_of(rows), {"rows": rows, "needed": NEEDED})


def rows_of(dimension: DimensionResult) -> list[Row]:
    """One row per step that the questionnaire has, numbered as in the whole chain."""
    practices = dimension.practices
    return [row_of(number, practices[step]) for number, step in enumerate(STEPS, 1) if step in practices]


def row_of(number: int, practice: PracticeResult) -> Row:
    """What there is to show of one step."""
    if practice.suppressed:
        return Row(number, practice.title, None, None, None, ())
    said = tuple(answer for question in practice.questions for answer in most_said(question))
    return Row(number, practice.title, practice.score, practice.level, practice.uncapped_level, said)


def most_said(question: QuestionResult) -> list[Message]:
    """The answer given most often, unless nobody gave one or the anonymity minimum hides it."""
    typical = question.typical
    if typical is None or question.suppressed:
        return []
    values = {
        "topic": question.topic,
        "text": typical.text.rstrip("."),
        "count": typical.count,
        "answered": question.n,
    }
    return [Message("customer-journey.steps.answer", values)]


def title_of(rows: Sequence[Row]) -> Message:
    """Where the chain breaks first. An unknown step before the break may be the real one."""
    broken = next((row for row in rows if row.level is not None and row.level < NEEDED), None)
    before = rows[: rows.index(broken)] if broken else rows
    known = all(row.level is not None for row in before) and len(rows) == len(STEPS)
    key = f"customer-journey.steps.{'breaks' if broken else 'holds'}{'' if known else '-known'}"
    return Message(key, {"number": broken.number, "step": broken.title} if broken else {})
