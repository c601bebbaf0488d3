"""Runs the plugins over what was answered and measured, and builds the Assessment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import fmean
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.anonymity.release import Release
from cxmaturity.api import (
    Cap,
    DimensionResult,
    Finding,
    Message,
    MetricResult,
    Note,
    PracticeAnswers,
    PracticeResult,
    Score,
    Scorer,
    Standing,
)
from cxmaturity.checks import checked_caps, checked_findings, checked_score
from cxmaturity.errors import Problem
from cxmaturity.evidence.measuring import Evidence, measure, measured_scores
from cxmaturity.findings import core_findings
from cxmaturity.plugins import PluginFailedError, Plugins, ask, guarded
from cxmaturity.questioning import notes_by_question, question_result
from cxmaturity.questionnaire.model import Dimension, Practice, Questionnaire
from cxmaturity.responses.model import Responses, read_only
from cxmaturity.result import OVERALL, Assessment, DataQuality, Organisation, QuestionnaireRef, plugin_warning
from cxmaturity.sampling import Sample, sample_of
from cxmaturity.scoring.agreement import mean_agreement
from cxmaturity.scoring.combine import combine_scores
from cxmaturity.scoring.interval import shares_of_questions
from cxmaturity.scoring.lever import find_lever
from cxmaturity.standing import basis_of, cap_across, cap_dimension, caps_beyond, interval_of, with_level
from cxmaturity.workspace import Workspace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxmaturity.texts import Texts


@dataclass
class _Run:
    """One assessment under way: its inputs, and the plugins as they fare."""

    questionnaire: Questionnaire
    responses: Responses
    sample: Sample
    notes: Mapping[str, tuple[Note, ...]]
    groups: Mapping[str, NDArray[np.int32]]
    metrics: Sequence[MetricResult]
    plugins: Plugins
    texts: Texts
    may_cap: frozenset[str]
    means: Mapping[str, float]
    release: Release
    caps_across: list[Cap] = field(default_factory=list)


def assess(
    workspace: Workspace, plugins: Plugins, texts: Texts, problems: Sequence[Problem] = ()
) -> Assessment:
    """Assess a workspace. ``problems`` are mistakes already known that leave something out.

    Nothing here reads a clock or depends on order of arrival, so the same input gives the same result.
    """
    responses = workspace.release.responses
    notes, groups = notes_by_question(responses), responses.groups()
    asked = [question.id for question in workspace.questionnaire.questions() if question.answers.scored]
    sample = sample_of(responses, asked)
    while True:
        evidence, measured_with = measure(workspace.evidence(), plugins, texts)
        run = _Run(
            workspace.questionnaire,
            responses,
            sample,
            notes,
            groups,
            evidence.metrics,
            measured_with,
            texts,
            workspace.may_cap,
            sample.means,
            workspace.release,
        )
        dimensions = [_assess_dimension(run, dimension) for dimension in run.questionnaire.dimensions]
        if run.plugins == plugins:
            break
        plugins = run.plugins  # one has failed: once more, with nothing of it used anywhere
    overall, capped = cap_across(_overall(run, dimensions), dimensions, run.caps_across)
    evidence = replace(evidence, unreadable=(*problems, *evidence.unreadable))
    return _assessment(workspace, run, evidence, overall, capped)


def _assess_dimension(run: _Run, dimension: Dimension) -> DimensionResult:
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


def _with_plugin(run: _Run, dimension: Dimension, scorer: Scorer, plugin: str | None) -> DimensionResult:
    scores = {practice.id: _score_practice(run, practice, scorer) for practice in dimension.practices}
    metrics = {metric.id: metric for metric in run.metrics if metric.dimension == dimension.id}

    def combine(practices: Mapping[str, Score]) -> Score:
        given = scorer.combine(MappingProxyType(dict(practices)), MappingProxyType(metrics))
        return _checked(run, given, dimension.id)

    combined = ask(lambda: combine(scores))
    lever = guarded(lambda: find_lever(scores, combine))
    measured = measured_scores(run.metrics, iter(scores))
    practices = {
        practice.id: _practice_result(run, practice, scores[practice.id], measured.get(practice.id))
        for practice in dimension.practices
    }
    questions = [q.id for p in dimension.practices for q in p.questions if q.answers.scored]
    basis = basis_of(run.sample, questions)
    result = with_level(
        DimensionResult(
            id=dimension.id,
            title=dimension.title,
            description=dimension.description,
            weight=dimension.weight,
            score=combined.value,
            n=basis.n,
            coverage=basis.coverage,
            interval=interval_of(combined, _question_shares(combined, scores), run.sample),
            agreement=mean_agreement([practice.agreement for practice in practices.values()]),
            measured=fmean(measured.values()) if measured else None,
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


def _with_caps_and_findings(
    run: _Run, result: DimensionResult, scorer: Scorer, plugin: str | None
) -> DimensionResult:
    caps = ask(lambda: checked_caps(scorer.caps(result)))
    capped = cap_dimension(result, caps)
    findings: tuple[Finding, ...] = ask(lambda: checked_findings(scorer.findings(capped)))
    for message in (*(finding.message for finding in findings), *(cap.reason for cap in caps)):
        ask(lambda message=message: run.texts.message(message))  # type: ignore[misc]  # a missing text is its fault
    if plugin is not None and run.plugins.may_bind(plugin, run.may_cap):
        run.caps_across += caps_beyond(result, caps)
    return replace(capped, findings=(*findings, *core_findings(capped)))


def _score_practice(run: _Run, practice: Practice, scorer: Scorer) -> Score:
    scored = tuple(question for question in practice.questions if question.answers.scored)
    ids = tuple(question.id for question in scored)
    answers = _answers_of(run, practice.id, ids, [q.weight for q in scored])
    score = ask(lambda: _checked(run, scorer.score_practice(answers), practice.id))
    basis = basis_of(run.sample, ids)
    return replace(score, coverage=basis.coverage, n=basis.n, weight=practice.weight)


def _answers_of(
    run: _Run, practice: str, questions: tuple[str, ...], weights: Sequence[float]
) -> PracticeAnswers:
    """What a plugin sees of a practice's answers: copies, none of which it can write to."""
    arrays = (
        run.responses.fractions(questions),
        run.responses.states(questions),
        np.array(weights, dtype=np.float64),
        np.array([run.means.get(question, np.nan) for question in questions], dtype=np.float64),
    )
    read_only(*arrays)
    fractions, states, counting, means = arrays
    return PracticeAnswers(
        practice, questions, fractions, states, counting, MappingProxyType({**run.groups}), means, fractions
    )


def _checked(run: _Run, score: Score, about: str) -> Score:
    """A plugin's score, checked, and its reason in words that exist."""
    score = checked_score(score, about)
    if score.reason is not None:
        run.texts.message(score.reason)
    return score


def _practice_result(run: _Run, practice: Practice, score: Score, measured: float | None) -> PracticeResult:
    questions = tuple(question_result(question, run.responses, run.notes) for question in practice.questions)
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
        agreement=mean_agreement([question.agreement for question in questions if question.weight > 0]),
        measured=measured,
        contributions=score.contributions,
        reason=reason,
        suppressed=hidden,
        questions=questions,
    )
    return with_level(result, run.questionnaire.scale)


def _question_shares(combined: Score, practices: Mapping[str, Score]) -> dict[str, float]:
    inner = {name: {part.id: part.share for part in score.contributions} for name, score in practices.items()}
    return shares_of_questions({part.id: part.share for part in combined.contributions}, inner)


def _overall(run: _Run, dimensions: Sequence[DimensionResult]) -> Standing:
    """The weighted mean of the dimensions that have a score."""
    scores = {d.id: Score(d.score, d.contributions, weight=d.weight) for d in dimensions}
    combined = combine_scores(scores)
    questions = [question.id for question in run.questionnaire.questions() if question.answers.scored]
    basis = basis_of(run.sample, questions)
    shares: dict[str, float] = {}
    outer = {part.id: part.share for part in combined.contributions}
    for dimension in dimensions:
        practices = {
            name: Score(None, practice.contributions) for name, practice in dimension.practices.items()
        }
        for question, share in _question_shares(scores[dimension.id], practices).items():
            shares[question] = share * outer.get(dimension.id, 0.0)
    return with_level(
        Standing(
            id=OVERALL,
            title=run.texts("overall.title"),
            score=combined.value,
            n=basis.n,
            coverage=basis.coverage,
            interval=interval_of(combined, shares, run.sample),
            agreement=mean_agreement([dimension.agreement for dimension in dimensions]),
            contributions=combined.contributions,
            lever=find_lever(scores, combine_scores),
            reason=combined.reason,
            suppressed=all(dimension.suppressed for dimension in dimensions),
        ),
        run.questionnaire.scale,
    )


def _assessment(
    workspace: Workspace,
    run: _Run,
    evidence: Evidence,
    overall: Standing,
    dimensions: tuple[DimensionResult, ...],
) -> Assessment:
    organisation = workspace.file.organisation
    confidential = workspace.confidential
    everyone = len(run.responses.respondents)
    return Assessment(
        organisation=Organisation(
            organisation.name,
            organisation.sector,
            organisation.country,
            organisation.employees,
            organisation.departments or _departments(run.responses),
        ),
        as_of=evidence.as_of,
        questionnaires=tuple(
            QuestionnaireRef(each.id, each.version, each.sha256) for each in run.questionnaire.files
        ),
        overall=overall,
        dimensions=dimensions,
        metrics=evidence.metrics,
        plugins=run.plugins.listed,
        warnings=_warnings(run, evidence),
        notes=(*_notes(run, dimensions), *_weights(workspace, dimensions), *_held_back(run)),
        confidential=confidential,
        minimum=workspace.file.anonymity_minimum,
        quality=DataQuality(
            respondents=everyone, held_back=run.release.held_back, hidden=len(run.release.whole)
        ),
        raters=_raters(run) or {"": everyone},
    )


def _notes(run: _Run, dimensions: Sequence[DimensionResult]) -> tuple[Message, ...]:
    """The caps on the whole that cannot be applied, as what they follow from has no level."""
    unknown = {dimension.id: dimension.title for dimension in dimensions if dimension.level is None}
    return tuple(
        Message("cap.not-applied", {"title": unknown[cap.source]})
        for cap in run.caps_across
        if cap.target == OVERALL and cap.source in unknown
    )


def _weights(workspace: Workspace, dimensions: Sequence[DimensionResult]) -> tuple[Message, ...]:
    """That the workspace has dimensions count otherwise than the questionnaire does."""
    changed = workspace.file.weights
    titles = [dimension.title for dimension in dimensions if dimension.id in changed]
    return (Message("note.weights", {"n": len(titles), "titles": titles}),) if titles else ()


def _held_back(run: _Run) -> tuple[Message, ...]:
    """That too few people have come since the last result to show another."""
    n = run.release.held_back
    return (Message("note.held-back", {"n": n, "minimum": run.release.minimum}),) if n else ()


def _raters(run: _Run) -> dict[str, int]:
    """The respondents by role, where the number of each role may be shown."""
    role = run.responses.attributes.get("role")
    if role is None or not run.release.sizes["role"].all():
        return {}
    return dict(sorted((name or "", count) for name, count in role.counts().items() if count))


def _departments(responses: Responses) -> int | None:
    department = responses.attributes.get("department")
    return len(department.names) if department else None


def _warnings(run: _Run, evidence: Evidence) -> tuple[Message, ...]:
    """Everything that failed on the way, in a fixed order."""
    plugins = [plugin_warning(plugin) for plugin in run.plugins.listed if not plugin.in_order]
    tables = [Message("warning.problem", {"problem": str(problem)}) for problem in evidence.unreadable]
    rows = [Message("warning.row", {"problem": str(problem)}) for problem in evidence.left_out]
    return (*plugins, *tables, *rows)
