"""One dimension: its plugin over what was answered and measured, and all that stands beside its score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import fmean
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.agreeing import agreed_question, practice_score, with_means
from cxmaturity.anonymity.release import Release
from cxmaturity.api import (
    Agreed,
    Cap,
    Confirmed,
    DimensionResult,
    Finding,
    Message,
    MetricResult,
    Note,
    PracticeAnswers,
    PracticeResult,
    QuestionResult,
    Reliability,
    Score,
    Scorer,
)
from cxmaturity.checks import checked_caps, checked_findings, checked_score
from cxmaturity.comparing import Group
from cxmaturity.confirming import evidenced_of
from cxmaturity.evidence.banding import measured_scores
from cxmaturity.findings import core_findings
from cxmaturity.plugins import PluginFailedError, Plugins, ask, guarded
from cxmaturity.questioning import question_result
from cxmaturity.questionnaire.model import Dimension, Practice, Question, Questionnaire
from cxmaturity.reliability import covariances, icc_of, of_questions
from cxmaturity.responses.model import NO_OPTION, Responses, immutable, read_only
from cxmaturity.result import OVERALL
from cxmaturity.sampling import Sample, Stratum
from cxmaturity.scoring.agreement import mean_known
from cxmaturity.scoring.interval import shares_of_questions
from cxmaturity.scoring.lever import find_lever
from cxmaturity.scoring.personal import Item, Part, spread_over_levels
from cxmaturity.scoring.practice import score_of_means
from cxmaturity.scoring.scale import score_of
from cxmaturity.standing import (
    basis_of,
    cap_dimension,
    caps_beyond,
    interval_of,
    states_of,
    with_level,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxmaturity.texts import Texts


@dataclass
class Run:
    """One assessment under way: its inputs, and the plugins as they fare.

    ``everyone`` is the raters as one sample and ``sample`` as they count; ``heard`` is what each question
    comes to by their answers (0–1), and ``means`` with what was agreed instead. ``groups`` holds the groups
    of each attribute, ``spread`` how raters spread over the levels, by the id of a practice, a dimension or
    the whole. ``agreed`` is what holds instead of means, ``confirmed`` what reviewers have seen proof of.
    """

    questionnaire: Questionnaire
    release: Release
    everyone: Sample
    sample: Sample
    heard: Mapping[str, float]
    means: Mapping[str, float]
    notes: Mapping[str, tuple[Note, ...]]
    metrics: Sequence[MetricResult]
    plugins: Plugins
    texts: Texts
    may_cap: frozenset[str]
    groups: Mapping[str, Sequence[Group]]
    spread: Mapping[str, tuple[int, ...]]
    agreed: Mapping[str, Agreed]
    confirmed: Mapping[str, Confirmed]
    caps_across: list[Cap] = field(default_factory=list)

    def strata(self) -> dict[str, list[Stratum]]:
        """The groups of each attribute as samples."""
        return {name: [group.stratum for group in groups] for name, groups in self.groups.items()}


def assess_dimension(run: Run, dimension: Dimension) -> DimensionResult:
    """One dimension, or "not assessed" with the plugin named if it fails in whatever it does."""
    scorer, plugin = run.plugins.scorers.get(dimension.id, (Scorer(), None))
    if plugin is None or run.plugins.named(plugin).usable:
        try:
            return _with_plugin(run, dimension, scorer, plugin)
        except PluginFailedError as failure:
            if plugin is None:
                raise failure.error from None  # the shared default is ours, so this is our bug
            run.plugins = run.plugins.failed(plugin, failure.error, f"scoring {dimension.id}")
    reason = Message("reason.plugin-failed", {"plugin": plugin})
    failed = _FailedScorer(reason)
    return replace(_with_plugin(run, dimension, failed, None), plugin=plugin, reason=reason)


class _FailedScorer(Scorer):
    """Stands in for a plugin that failed: nothing is scored, for the reason given."""

    def __init__(self, reason: Message) -> None:
        self._reason = reason

    def score_practice(self, answers: PracticeAnswers) -> Score:
        del answers
        return Score(None, reason=self._reason)

    def combine(self, practices: Mapping[str, Score], metrics: Mapping[str, MetricResult]) -> Score:
        del practices, metrics  # agreed values do not need the plugin, but the dimension does
        return Score(None, reason=self._reason)


def _with_plugin(run: Run, dimension: Dimension, scorer: Scorer, plugin: str | None) -> DimensionResult:
    answered = {practice.id: _score_practice(run, practice, scorer) for practice in dimension.practices}
    agreed = with_means(run.agreed, answered)
    scores = {name: practice_score(score, agreed.get(name)) for name, score in answered.items()}
    metrics = {metric.id: metric for metric in run.metrics if metric.dimension == dimension.id}

    def combine(practices: Mapping[str, Score]) -> Score:
        given = scorer.combine(MappingProxyType(dict(practices)), MappingProxyType(metrics))
        return _checked(run, given, dimension.id)

    combined = ask(lambda: combine(scores))
    lever = guarded(lambda: find_lever(scores, combine))
    measured = measured_scores(run.metrics, iter(scores))
    practices = {
        practice.id: replace(
            _practice_result(run, practice, scores[practice.id], agreed.get(practice.id)),
            measured=measured.get(practice.id),
            evidenced=_level_of(run.confirmed.get(practice.id)),
            confirmed=run.confirmed.get(practice.id),
        )
        for practice in dimension.practices
    }
    questions = [q for p in dimension.practices for q in p.questions if q.answers.scored]
    basis = basis_of(run.everyone, [question.id for question in questions])
    shares = question_shares(combined, scores)
    result = with_level(
        DimensionResult(
            id=dimension.id,
            title=dimension.title,
            description=dimension.description,
            weight=dimension.weight,
            score=combined.value,
            n=basis.n,
            coverage=basis.coverage,
            interval=interval_of(combined, shares, run.sample),
            agreement=mean_known([practice.agreement for practice in practices.values()]),
            reliability=reliability_of(run, questions, shares),
            states=basis.states,
            distribution=distribution_of(
                run, dimension.id, [questions_of(practice) for practice in dimension.practices]
            ),
            measured=fmean(measured.values()) if measured else None,
            evidenced=evidenced_of(run.confirmed, iter(scores)),
            contributions=combined.contributions,
            # a plugin that fails on scores that nobody has is named when planning asks it
            lever=None if isinstance(lever, BaseException) else lever,
            reason=combined.reason,
            suppressed=all(practice.suppressed for practice in practices.values()),
            practices=MappingProxyType(practices),
            metrics=MappingProxyType(metrics),
            scale=run.questionnaire.scale,
            plugin=plugin,
        ),
        run.questionnaire.scale,
    )
    return _with_caps_and_findings(run, result, scorer, plugin)


def _level_of(confirmed: Confirmed | None) -> float | None:
    return None if confirmed is None else float(confirmed.level)


def _with_caps_and_findings(
    run: Run, result: DimensionResult, scorer: Scorer, plugin: str | None
) -> DimensionResult:
    caps = ask(lambda: checked_caps(scorer.caps(result)))
    capped = cap_dimension(result, caps)
    findings: tuple[Finding, ...] = ask(lambda: checked_findings(scorer.findings(capped)))
    for message in (*(finding.message for finding in findings), *(cap.reason for cap in caps)):
        ask(lambda message=message: run.texts.message(message))  # type: ignore[misc]  # a missing text is its fault
    if plugin is not None and run.plugins.may_bind(plugin, run.may_cap):
        run.caps_across += caps_beyond(result, caps)
    return replace(capped, findings=(*findings, *core_findings(capped)))


def _score_practice(run: Run, practice: Practice, scorer: Scorer) -> Score:
    scored = tuple(question for question in practice.questions if question.answers.scored)
    ids = tuple(question.id for question in scored)
    weights = {question.id: question.weight for question in scored}

    def given() -> Score:
        if type(scorer).score_practice is Scorer.score_practice:
            # the default needs no more than means, and of a million people all the rest takes time
            return score_of_means({name: run.means.get(name, np.nan) for name in ids}, weights)
        return scorer.score_practice(_answers_of(run, practice.id, ids, list(weights.values())))

    score = ask(lambda: _checked(run, given(), practice.id))
    basis = basis_of(run.everyone, ids)
    return replace(score, coverage=basis.coverage, n=basis.n, weight=practice.weight)


def _answers_of(
    run: Run, practice: str, questions: tuple[str, ...], weights: Sequence[float]
) -> PracticeAnswers:
    """What a plugin sees of a practice's answers: copies, none of which it can write to."""
    arrays = (
        run.release.responses.fractions(questions),
        run.release.responses.states(questions),
        np.array(weights, dtype=np.float64),
        np.array([run.means.get(question, np.nan) for question in questions], dtype=np.float64),
    )
    read_only(*arrays)
    fractions, states, counting, means = arrays
    return PracticeAnswers(
        practice,
        questions,
        fractions,
        states,
        counting,
        MappingProxyType(_groups_of(run.release, questions)),
        means,
        fractions,
    )


def _groups_of(release: Release, questions: Sequence[str]) -> dict[str, NDArray[np.int32]]:
    """The raters' groups, -1 for those whose answers to these questions may not be shown.

    What a plugin makes of groups is shown, so it gets to know no more of them than anybody.
    """
    groups = {}
    for attribute, grouping in release.responses.attributes.items():
        shown = release.shown(attribute, questions)
        numbers = np.append(np.where(shown, np.arange(len(shown)), NO_OPTION), [NO_OPTION]).astype(np.int32)
        groups[attribute] = grouping.numbers if shown.all() else immutable(numbers[grouping.numbers])
    return groups


def _checked(run: Run, score: Score, about: str) -> Score:
    """A plugin's score, checked, and its reason in words that exist."""
    score = checked_score(score, about)
    if score.reason is not None:
        run.texts.message(score.reason)
    return score


def _practice_result(run: Run, practice: Practice, score: Score, agreed: Agreed | None) -> PracticeResult:
    scored = [question for question in practice.questions if question.answers.scored]
    questions = tuple(_question_result(run, question) for question in practice.questions)
    shares = {part.id: part.share for part in score.contributions}
    hidden = any(question.suppressed for question in questions) and score.value is None
    reason = Message("reason.suppressed", {"minimum": run.release.minimum}) if hidden else score.reason
    result = PracticeResult(
        id=practice.id,
        title=practice.title,
        description=practice.description,
        weight=practice.weight,
        score=score.value,
        n=score.n,
        coverage=score.coverage,
        interval=interval_of(score, shares, run.sample),
        agreement=mean_known([question.agreement for question in questions if question.weight > 0]),
        reliability=reliability_of(run, scored, shares),
        states=states_of(run.everyone, questions_of(practice)),
        distribution=distribution_of(run, practice.id, [[question.id] for question in scored]),
        contributions=score.contributions,
        reason=reason,
        suppressed=hidden,
        agreed=agreed,
        questions=questions,
    )
    return with_level(result, run.questionnaire.scale)


def _question_result(run: Run, question: Question) -> QuestionResult:
    mean = run.heard.get(question.id)
    interval = None if mean is None else run.sample.interval(score_of(mean), {question.id: 1.0})
    result = question_result(question, run.release.responses, run.notes, mean, interval)
    return agreed_question(result, run.agreed.get(question.id))


def reliability_of(run: Run, questions: Sequence[Question], shares: Mapping[str, float]) -> Reliability:
    """How alike raters answered the questions of a score, and how well these belong together."""
    everyone = run.everyone
    groups = icc_of(run.strata(), everyone.questions, shares)
    numbers = [everyone.questions.index(question.id) for question in questions]
    covariance = covariances(everyone.strata[0].moments, run.release.minimum)[np.ix_(numbers, numbers)]
    return of_questions(everyone.responses, questions, covariance, groups)


def distribution_of(run: Run, about: str, parts: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """How many raters stand at each level by their own answers; empty where that would say too much.

    If all stand at the same level, everybody's is known, as it is among too few. Who answered questions of
    one of the ``parts`` only stands where that part's figures say, so that what the level adds to these is
    about those who answered several: they must not be too few either.
    """
    counts, minimum = run.spread.get(about, ()), run.release.minimum
    heard = sum(counts)
    told = heard < minimum or max(counts, default=0) == heard or 0 < _several(run.everyone, parts) < minimum
    return () if not heard or (told and run.release.confidential) else counts


def _several(everyone: Sample, parts: Sequence[Sequence[str]]) -> int:
    """The most people who answered some two questions of different parts."""
    both = everyone.strata[0].moments.both
    owner = np.full(len(everyone.questions), NO_OPTION)
    for number, part in enumerate(parts):
        owner[[everyone.questions.index(question) for question in part]] = number
    different = (owner[:, np.newaxis] != owner) & (owner >= 0) & (owner[:, np.newaxis] >= 0)
    return int(both[different].max(initial=0))


def questions_of(*practices: Practice) -> list[str]:
    """The scored questions of practices, by full id."""
    return [q.id for practice in practices for q in practice.questions if q.answers.scored]


def spread_of(questionnaire: Questionnaire, responses: Responses) -> Mapping[str, tuple[int, ...]]:
    """How raters spread over the levels, of every practice, every dimension and the whole, by id."""
    dimensions = tuple(
        Part(d.id, d.weight, parts=tuple(_personal(practice, responses) for practice in d.practices))
        for d in questionnaire.dimensions
    )
    whole = Part(OVERALL, 1.0, parts=dimensions)
    return spread_over_levels(whole, questionnaire.scale, len(responses.respondents))


def _personal(practice: Practice, responses: Responses) -> Part:
    scored = [(q, responses.columns[q.id]) for q in practice.questions if q.answers.scored]
    items = tuple(Item(column.codes, column.worth, question.weight) for question, column in scored)
    return Part(practice.id, practice.weight, items)


def question_shares(combined: Score, practices: Mapping[str, Score]) -> dict[str, float]:
    """Each question's share in the score of something that is made of ``practices``."""
    inner = {name: {part.id: part.share for part in score.contributions} for name, score in practices.items()}
    return shares_of_questions({part.id: part.share for part in combined.contributions}, inner)
