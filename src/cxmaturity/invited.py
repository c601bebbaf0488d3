"""How many people were asked: what the workspace says, held against who answered."""

from __future__ import annotations

from collections.abc import Mapping

from cxmaturity.errors import Problem
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.responses.model import ATTRIBUTES, Responses
from cxmaturity.settings import AssessmentFile, InvitedFile
from cxmaturity.yamlfile import YamlDocument


def invited_in_all(invited: InvitedFile, responses: Responses) -> int | None:
    """How many people were asked: as the workspace says, else the sum over the groups of an attribute.

    There is a sum only of an attribute that is known of everybody who answered, and of which no group that
    anybody is in has been left out.
    """
    if invited.total is not None:
        return invited.total
    for attribute, grouping in responses.attributes.items():
        asked: Mapping[str, int] = getattr(invited, attribute)
        if asked and asked.keys() >= {*grouping.names} and not grouping.counts()[None]:
            return sum(asked.values())
    return None


def check_invited(
    file: AssessmentFile, document: YamlDocument, responses: Responses, questionnaire: Questionnaire
) -> list[Problem]:
    """Numbers of invited people that cannot be, given who answered."""
    invited, answered = file.invited, len(responses.respondents)
    problems = []
    if invited.total is not None and invited.total < answered:
        what = f"{invited.total} people were invited, and {answered} answered"
        problems.append(document.problem(("invited",), what, "correct the number"))
    for attribute in ATTRIBUTES:
        whole = sum(getattr(invited, attribute).values())
        if invited.total is not None and whole > invited.total:
            what = f"{whole} people were invited by {attribute}, and {invited.total} in all"
            problems.append(document.problem(("invited", attribute), what, "correct one of the numbers"))
    for attribute, grouping in responses.attributes.items():
        counts = grouping.counts()
        for name, asked in getattr(invited, attribute).items():
            loc = ("invited", attribute, name)
            if name not in counts and not (attribute == "role" and name in questionnaire.roles):
                fix = f"use one of {', '.join(grouping.names)}, or leave it out"
                problems.append(document.problem(loc, f"nobody of '{name}' has answered", fix, key=True))
            elif counts.get(name, 0) > asked:
                what = f"{asked} people of '{name}' were invited, and {counts[name]} answered"
                problems.append(document.problem(loc, what, "correct the number"))
    return problems
