"""Agreed values: what a workshop agreed on or a reviewer set, in place of what the raters' answers come to.

Nothing is lost by it: whoever decided, when and why stand beside the value, and so does the raters' mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from cxmaturity.api import Agreed, Contribution, QuestionResult, Score
from cxmaturity.errors import Problem
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.scoring.scale import fraction_of
from cxmaturity.settings import AgreedFile, AssessmentFile
from cxmaturity.suggesting import did_you_mean
from cxmaturity.yamlfile import YamlDocument

AGREED = "agreed"
"""The one part that an agreed score is made of."""


def check_agreed(
    file: AssessmentFile, document: YamlDocument, questionnaire: Questionnaire
) -> Iterator[Problem]:
    """What is wrong with the ids under ``consensus`` and ``overrides``, given what is asked."""
    scored = {question.id: question.answers.scored for question in questionnaire.questions()}
    practices = [practice.id for practice in questionnaire.practices()]
    otherwise = f"use an id such as {practices[0]}"
    for name in file.consensus:
        if name in scored and not scored[name]:
            what, fix = f"the question '{name}' is not scored", "agree on one that is, or on its practice"
            yield document.problem(("consensus", name), what, fix, key=True)
        elif name not in scored and name not in practices:
            what = f"there is no question or practice '{name}'"
            known = [*practices, *(each for each in scored if scored[each])]
            fix = did_you_mean(name, known, otherwise)
            yield document.problem(("consensus", name), what, fix, key=True)
    for name in file.overrides:
        loc = ("overrides", name)
        if name in scored:
            fix = f"name its practice, {name.rpartition('.')[0]}, or record it under `consensus`"
            yield document.problem(
                loc, f"'{name}' is a question, and a review is of a practice", fix, key=True
            )
        elif name not in practices:
            fix = did_you_mean(name, practices, otherwise)
            yield document.problem(loc, f"there is no practice '{name}'", fix, key=True)
        if name in file.consensus:
            what = f"'{name}' is under `consensus` as well"
            yield document.problem(loc, what, "keep the one that is to hold", key=True)


def agreed_values(file: AssessmentFile) -> Mapping[str, Agreed]:
    """What holds instead of means, by full id of question or practice; the means are not filled in yet."""
    return {
        **{name: _agreed("consensus", each) for name, each in file.consensus.items()},
        **{name: _agreed("review", each) for name, each in file.overrides.items()},
    }


def _agreed(kind: Literal["consensus", "review"], value: AgreedFile) -> Agreed:
    return Agreed(
        kind=kind,
        score=value.score,
        mean=None,
        by=value.by,
        at=value.at,
        why=value.why,
    )


def agreed_means(agreed: Mapping[str, Agreed], questionnaire: Questionnaire) -> Mapping[str, float]:
    """The fractions (0–1) that hold instead of the means of questions, by full id."""
    asked = {question.id for question in questionnaire.questions()}
    return {name: fraction_of(value.score) for name, value in agreed.items() if name in asked}


def with_means(agreed: Mapping[str, Agreed], practices: Mapping[str, Score]) -> Mapping[str, Agreed]:
    """The values agreed on these practices, each with the score that the answers come to beside it."""
    return {
        name: replace(agreed[name], mean=score.value) for name, score in practices.items() if name in agreed
    }


def practice_score(score: Score, agreed: Agreed | None) -> Score:
    """A practice's score: the agreed value where there is one, which is made of nothing else.

    It has no interval: those who agreed are no sample of anybody.
    """
    if agreed is None:
        return score
    whole = (Contribution(AGREED, agreed.score, 1.0),)
    return replace(score, value=agreed.score, contributions=whole, reason=None, interval=None)


def agreed_question(result: QuestionResult, agreed: Agreed | None) -> QuestionResult:
    """A question's result with the agreed value, if there is one, in place of the mean."""
    if agreed is None:
        return result
    return replace(result, score=agreed.score, interval=None, agreed=replace(agreed, mean=result.score))
