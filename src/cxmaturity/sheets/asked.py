"""What one person is asked: the questions of a questionnaire that their role can answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from cxmaturity.errors import UserError
from cxmaturity.questionnaire.model import Dimension, Question, Questionnaire, only


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one person.

    ``role`` is an id of the questionnaire's, or ``None`` for everybody; ``dimensions`` hold the questions to
    be asked, ``not_asked`` are the full ids of the others.
    """

    questionnaire: Questionnaire
    role: str | None
    dimensions: tuple[Dimension, ...]
    not_asked: tuple[str, ...] = ()

    def questions(self) -> Iterator[Question]:
        """The questions to be asked, in order."""
        for dimension in self.dimensions:
            for practice in dimension.practices:
                yield from practice.questions

    @property
    def minutes(self) -> int:
        """How long it takes: of the questionnaire's minutes, the share of the questions asked, at least 1."""
        count = sum(1 for _ in self.questions())
        return max(1, ceil(self.questionnaire.minutes * count / (count + len(self.not_asked))))


def asked_of(questionnaire: Questionnaire, role: str | None = None) -> Asked:
    """What is asked of a role, or of everybody.

    Raises :class:`UserError` for a role that the questionnaire does not have or that it asks nothing.
    """
    if role is None:
        return Asked(questionnaire, None, questionnaire.dimensions)
    if role not in questionnaire.roles:
        fix = f"use one of {', '.join(questionnaire.roles)}"
        raise UserError.about("", f"the questionnaire has no role '{role}'", fix)
    every = tuple(questionnaire.questions())
    answerable = {question.id for question in every if role in question.roles}
    if not answerable:
        fix = "choose another role, or leave --role out"
        raise UserError.about("", f"the questionnaire has no question for the role '{role}'", fix)
    return Asked(
        questionnaire,
        role,
        only(questionnaire.dimensions, answerable),
        tuple(question.id for question in every if question.id not in answerable),
    )
