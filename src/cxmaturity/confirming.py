"""Evidenced: what a reviewer has seen proof of, beside what people say. It never enters a score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import fmean

from cxmaturity.api import Confirmed
from cxmaturity.errors import Problem
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.settings import AssessmentFile
from cxmaturity.suggesting import did_you_mean
from cxmaturity.yamlfile import YamlDocument


def check_confirmed(
    file: AssessmentFile, document: YamlDocument, questionnaire: Questionnaire
) -> Iterator[Problem]:
    """Ids under ``evidenced`` that are no practice of what is asked."""
    practices = [practice.id for practice in questionnaire.practices()]
    for name in file.evidenced:
        if name not in practices:
            fix = did_you_mean(name, practices, f"use an id such as {practices[0]}")
            yield document.problem(("evidenced", name), f"there is no practice '{name}'", fix, key=True)


def confirmed_values(file: AssessmentFile) -> Mapping[str, Confirmed]:
    """What reviewers have confirmed, by practice."""
    return {
        name: Confirmed(level=each.level, by=each.by, at=each.at, what=each.what)
        for name, each in file.evidenced.items()
    }


def evidenced_of(confirmed: Mapping[str, Confirmed], practices: Iterator[str]) -> float | None:
    """A dimension's evidenced score: the mean of what was confirmed of its practices.

    A level counts as the score of the same number, as the band of a metric does.
    """
    found = [confirmed[name].level for name in practices if name in confirmed]
    return fmean(found) if found else None
