"""The questionnaires that a survey may have asked, in all their languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

from cxmaturity.errors import Problem, UserError
from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.questionnaire.model import Questionnaire


def in_all_languages(
    references: Sequence[str], base: Path | None, known: Mapping[str, Traversable]
) -> list[Questionnaire]:
    """Each questionnaire in its own language, and then in the others that it has.

    ``references`` are ids or paths from ``base`` on. Raises :class:`UserError` with every problem of each.
    """
    read: list[Questionnaire] = []
    problems: list[Problem] = []
    for reference in references:
        try:
            own = load_questionnaire(reference, base=base, known=known)
            others = [language for language in own.languages if language != own.language]
            read += [
                own,
                *(load_questionnaire(reference, base=base, language=each, known=known) for each in others),
            ]
        except UserError as error:
            problems += error.problems
    if problems:
        raise UserError(problems)
    return read
