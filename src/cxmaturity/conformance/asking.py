"""Calls to a scorer. Whatever it raises becomes a :class:`cxmaturity.plugins.PluginFailedError`."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from numbers import Real
from types import MappingProxyType

import numpy as np

from cxmaturity.api import Cap, Contribution, DimensionResult, Finding, Message, MetricResult, Score
from cxmaturity.checks import checked_caps, checked_findings
from cxmaturity.conformance.answering import practice_answers
from cxmaturity.conformance.figures import all_not_measured
from cxmaturity.conformance.subject import Case
from cxmaturity.plugins import PluginError, PluginFailedError, ask
from cxmaturity.questionnaire.model import Practice
from cxmaturity.responses.model import Responses

Metrics = Mapping[str, MetricResult]
_GAPS = 0.25
_RATERS = 7


def practice_score(case: Case, practice: Practice, responses: Responses) -> Score:
    """The scorer's score of a practice."""
    answers = practice_answers(practice, responses)
    return ask(lambda: _a_score(case.scorer.score_practice(answers)), f"score_practice of {practice.id}")


def practice_scores(case: Case, responses: Responses) -> dict[str, Score]:
    """The scorer's scores of all practices, by id."""
    return {practice.id: practice_score(case, practice, responses) for practice in case.dimension.practices}


def combined(case: Case, practices: Mapping[str, Score], metrics: Metrics | None = None) -> Score:
    """The scorer's score of the dimension; without ``metrics`` none of them has data."""
    given = all_not_measured(case.metrics) if metrics is None else metrics
    return ask(
        lambda: _a_score(case.scorer.combine(MappingProxyType(dict(practices)), given)),
        f"combine of {case.dimension.id}",
    )


def caps(case: Case, result: DimensionResult) -> tuple[Cap, ...]:
    """The scorer's caps on a result."""
    return ask(lambda: checked_caps(case.scorer.caps(result)), f"caps of {case.dimension.id}")


def findings(case: Case, result: DimensionResult) -> tuple[Finding, ...]:
    """The scorer's findings on a result."""
    return ask(lambda: checked_findings(case.scorer.findings(result)), f"findings of {case.dimension.id}")


def _a_score(score: Score) -> Score:
    """A plugin's score, if it is one; what it says is for the single checks to judge."""
    if not isinstance(score, Score):
        raise PluginError(f"it gave a {type(score).__name__}, not a Score")
    value: object = score.value
    if value is not None and (isinstance(value, bool) or not isinstance(value, Real)):
        raise PluginError(f"it gave a Score whose value is a {type(value).__name__}, not a number")
    return score


def number(score: Score) -> float | None:
    """The value of a score as a plain number; one that is none, as NaN, is no value."""
    return None if score.value is None or not isfinite(score.value) else float(score.value)


def hypothetical(practice: Practice, value: float | None) -> Score:
    """The score of a practice as the core hands it to ``combine``."""
    if value is None:
        reason = Message("reason.no-scored-answers")
        return Score(None, reason=reason, coverage=0.0, weight=practice.weight)
    share = 1 / len(practice.questions)
    parts = tuple(Contribution(question.id, value, share) for question in practice.questions)
    return Score(value, parts, coverage=1.0, n=_RATERS, weight=practice.weight)


def random_scores(case: Case, seed: int, *, gaps: bool = False) -> dict[str, float | None]:
    """Scores of practices at random; with ``gaps`` some of them have none."""
    random = np.random.default_rng(seed)
    return {
        practice.id: None if gaps and random.random() < _GAPS else float(random.uniform(1.0, 5.0))
        for practice in case.dimension.practices
    }


def no_scores(case: Case) -> dict[str, float | None]:
    """Practices of which none has a score."""
    return {practice.id: None for practice in case.dimension.practices}


def combine_values(case: Case, values: Mapping[str, float | None]) -> Score:
    """The scorer's score of the dimension with practices at these scores."""
    practices = {practice.id: practice for practice in case.dimension.practices}
    return combined(case, {name: hypothetical(practices[name], value) for name, value in values.items()})


def try_combine(case: Case, values: Mapping[str, float | None]) -> Score | None:
    """The same; ``None`` where practices have no score and it raises, which is for one check alone to say."""
    try:
        return combine_values(case, values)
    except PluginFailedError:
        if None not in values.values():
            raise
        return None
