"""The page on barriers: for each practice the question with the lowest answers."""

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
from northstar_accessibility.scorer import DIMENSION


class Row(NamedTuple):
    """A practice in the table; ``None`` is what is not known or must not be shown."""

    practice: str
    score: float | None
    level: int | None
    question: QuestionResult | None
    said: Message | None


class BarriersSection(Section):
    """A table of the practices, under a sentence that says where to look first."""

    id = "barriers"
    name = Message("northstar-accessibility.barriers.name")
    dimension = DIMENSION

    def __init__(self) -> None:
        self.template = resource("northstar_accessibility", "barriers.html.j2")

    def content(self, data: Mapping[str, Any], dimension: DimensionResult | None) -> SectionContent | None:
        """The rows, or nothing where no question may be shown."""
        del data  # the dimension says it all
        rows = [row_of(practice) for practice in dimension.practices.values()] if dimension else []
        title = title_of(rows)
        return SectionContent(title, {"rows": rows}) if title else None


def row_of(practice: PracticeResult) -> Row:
    """What there is to show of a practice."""
    if practice.suppressed:
        return Row(practice.title, None, None, None, None)
    lowest = lowest_question(practice.questions)
    return Row(practice.title, practice.score, practice.level, lowest, most_said(lowest) if lowest else None)


def lowest_question(questions: Sequence[QuestionResult]) -> QuestionResult | None:
    """The question with the lowest score that may be shown; of equal ones the first."""
    known = [each for each in questions if each.score is not None and not each.suppressed]
    return min(known, key=lambda each: each.score or 0.0, default=None)


def most_said(question: QuestionResult) -> Message | None:
    """The answer given most often, of equally frequent ones the lowest, and by how many."""
    typical = question.typical
    if typical is None:
        return None
    values = {"text": typical.text.rstrip("."), "count": typical.count, "n": question.n}
    return Message("northstar-accessibility.barriers.answer", values)


def title_of(rows: Sequence[Row]) -> Message | None:
    """Which question has the lowest answers of all; of equal ones the first."""
    lowest = lowest_question([row.question for row in rows if row.question is not None])
    return Message("northstar-accessibility.barriers.title", {"topic": lowest.topic}) if lowest else None
