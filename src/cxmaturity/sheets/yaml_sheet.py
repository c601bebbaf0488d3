"""An answer sheet as a YAML response file, with the possible answers as comments."""

from __future__ import annotations

import json
from collections.abc import Iterator

from cxmaturity.questionnaire.model import Question
from cxmaturity.sheets.asked import Asked

NAMED_BY_THEIR_WORDS = frozenset({"scale", "yes-no"})
"""Whose options are written as they read: the number, yes or no."""


EXAMPLE = "r01"


def yaml_sheet(asked: Asked, respondent: str | None = None) -> str:
    """A response file to fill in: every question with its answers as comments, nothing answered.

    It is for ``respondent``, whose role is open unless one role alone is asked. Without a respondent it shows
    what one looks like: :data:`EXAMPLE`, of the questionnaire's first role.
    """
    questionnaire = asked.questionnaire
    roles = ", ".join(questionnaire.roles)
    name = EXAMPLE if respondent is None else json.dumps(respondent, ensure_ascii=False)
    role = asked.role or (next(iter(questionnaire.roles)) if respondent is None else "")
    lines = [
        f"# Answers to “{_one_line(questionnaire.title)}” {_one_line(questionnaire.version)}.",
        "# Write an answer's number or id behind each question; a list for “tick all that apply”.",
        "# Where steps are described, choose the highest one of which every word is true.",
        "# n/a: does not apply; dont-know: you do not know; leave it empty to skip it.",
        f"# Copy the block of {_one_line(respondent or EXAMPLE)} for each further person.",
        "respondents:",
        f"  - id: {name}",
        f"    role: {role}          # {roles}",
        "    department:",
        "    answers:",
        *(f"      {line}" if line else "" for line in _answers(asked)),
        "    notes: {}",
    ]
    return "\n".join([*lines, ""])


def _answers(asked: Asked) -> Iterator[str]:
    for dimension in asked.dimensions:
        yield from ("", f"# {'=' * 12} {_one_line(dimension.title)} {'=' * 12}")
        for practice in dimension.practices:
            for question in practice.questions:
                yield from ("", f"# {_one_line(question.text)}")
                yield from (f"#   {_one_line(hint)}" for hint in hints(question))
                yield f"{question.id}:"
    if asked.not_asked:
        yield from ("", "# not asked of this role")
        yield from (f"{question}: not-shown" for question in asked.not_asked)


def hints(question: Question) -> list[str]:
    """How each possible answer is written, one line each."""
    answers = question.answers
    if answers.kind == "number":
        return [f"a number of {answers.unit}"]
    if answers.kind == "text":
        return ["in your own words, in quotes; not scored"]
    if answers.kind in NAMED_BY_THEIR_WORDS:
        return [option.id if option.id == option.text.lower() else option.text for option in answers.options]
    return [f"{number} {option.id}: {option.text}" for number, option in enumerate(answers.options, 1)]


def _one_line(text: str) -> str:
    """A text as a comment may hold it: a line end would end the comment."""
    return " ".join(text.splitlines())
