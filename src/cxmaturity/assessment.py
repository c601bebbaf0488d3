"""Runs the plugins over what was answered and measured, and builds the Assessment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from cxmaturity.agreeing import agreed_means, agreed_values
from cxmaturity.api import DimensionResult, Message, Score, Standing
from cxmaturity.comparing import (
    DEFAULT,
    About,
    Group,
    abouts_of,
    comparable,
    compare,
    groups_of,
    nobody_of,
    with_score,
)
from cxmaturity.confirming import confirmed_values
from cxmaturity.dimensions import (
    Run,
    assess_dimension,
    distribution_of,
    question_shares,
    questions_of,
    spread_of,
)
from cxmaturity.errors import Problem
from cxmaturity.evidence.measuring import measure
from cxmaturity.evidence.model import Evidence
from cxmaturity.flagging import as_flags
from cxmaturity.invited import invited_in_all
from cxmaturity.plugins import Plugins
from cxmaturity.quality import quality_of, rows_warning
from cxmaturity.questioning import notes_by_question
from cxmaturity.reliability import icc_of, of_questions
from cxmaturity.responses.flags import find_flags
from cxmaturity.responses.model import ATTRIBUTES, Responses
from cxmaturity.result import (
    OVERALL,
    Assessment,
    Comparison,
    Flag,
    GroupResult,
    Organisation,
    QuestionnaireRef,
    plugin_warning,
)
from cxmaturity.sampling import Sample, sample_of, tally
from cxmaturity.scoring.agreement import mean_known
from cxmaturity.scoring.combine import combine_scores
from cxmaturity.scoring.interval import shares_of_questions
from cxmaturity.scoring.lever import find_lever
from cxmaturity.standing import basis_of, cap_across, interval_of, with_level
from cxmaturity.texts import Texts
from cxmaturity.workspace import Workspace


def assess(
    workspace: Workspace, plugins: Plugins, texts: Texts, problems: Sequence[Problem] = ()
) -> Assessment:
    """Assess a workspace. ``problems`` are mistakes already known that leave something out.

    Nothing here reads a clock or depends on order of arrival, so the same input gives the same result.
    """
    release = workspace.release
    notes = notes_by_question(release.responses)
    asked = tuple(question.id for question in workspace.questionnaire.questions() if question.answers.scored)
    tallied = tally(release.responses, asked, comparable(release.responses))
    groups = {each: groups_of(release, tallied, workspace.file.invited, each) for each in ATTRIBUTES}
    population = invited_in_all(workspace.file.invited, release.responses)
    everyone = sample_of(release.responses, tallied, population, release.minimum)
    agreed = agreed_values(workspace.file)
    decided = agreed_means(agreed, workspace.questionnaire)
    sample = replace(_as_they_count(everyone, groups, workspace.file.balance), decided=frozenset(decided))
    heard = sample.means
    spread = spread_of(workspace.questionnaire, release.responses)
    while True:
        evidence, measured_with = measure(workspace.evidence(), plugins, texts)
        run = Run(
            workspace.questionnaire,
            release,
            everyone,
            sample,
            heard,
            {**heard, **decided},
            notes,
            evidence.metrics,
            measured_with,
            texts,
            workspace.may_cap,
            groups,
            spread,
            agreed,
            confirmed_values(workspace.file),
        )
        dimensions = [assess_dimension(run, dimension) for dimension in run.questionnaire.dimensions]
        if run.plugins == plugins:
            break
        plugins = run.plugins  # one has failed: once more, with nothing of it used anywhere
    overall, capped = cap_across(_overall(run, dimensions), dimensions, run.caps_across)
    evidence = replace(evidence, unreadable=(*problems, *evidence.unreadable))
    return _assessment(workspace, run, evidence, overall, capped)


def _as_they_count(everyone: Sample, groups: Mapping[str, Sequence[Group]], balance: str | None) -> Sample:
    """The raters as they count: group by group where the groups of an attribute are to count alike."""
    strata = tuple(group.stratum for group in groups.get(balance or "", ()))
    return replace(everyone, strata=strata) if strata else everyone


def _overall(run: Run, dimensions: Sequence[DimensionResult]) -> Standing:
    """The weighted mean of the dimensions that have a score."""
    scores = {d.id: Score(d.score, d.contributions, weight=d.weight) for d in dimensions}
    combined = combine_scores(scores)
    questions = [question for question in run.questionnaire.questions() if question.answers.scored]
    basis = basis_of(run.everyone, [question.id for question in questions])
    inner = {d.id: question_shares(scores[d.id], _contributions_of(d)) for d in dimensions}
    shares = shares_of_questions({part.id: part.share for part in combined.contributions}, inner)
    return with_level(
        Standing(
            id=OVERALL,
            title=run.texts("overall.title"),
            score=combined.value,
            n=basis.n,
            coverage=basis.coverage,
            interval=interval_of(combined, shares, run.sample),
            agreement=mean_known([dimension.agreement for dimension in dimensions]),
            reliability=of_questions(
                run.release.responses,
                questions,
                np.empty((0, 0)),  # what dimensions have in common is no one thing
                icc_of(run.strata(), run.everyone.questions, shares),
            ),
            states=basis.states,
            distribution=distribution_of(
                run, OVERALL, [questions_of(*each.practices) for each in run.questionnaire.dimensions]
            ),
            contributions=combined.contributions,
            lever=find_lever(scores, combine_scores),
            reason=combined.reason,
            suppressed=all(dimension.suppressed for dimension in dimensions),
        ),
        run.questionnaire.scale,
    )


def _contributions_of(dimension: DimensionResult) -> dict[str, Score]:
    """The practices with what they are made of."""
    return {name: Score(None, practice.contributions) for name, practice in dimension.practices.items()}


def _assessment(
    workspace: Workspace,
    run: Run,
    evidence: Evidence,
    overall: Standing,
    dimensions: tuple[DimensionResult, ...],
) -> Assessment:
    organisation = workspace.file.organisation
    confidential = workspace.confidential
    abouts = abouts_of(overall, dimensions)
    return Assessment(
        organisation=Organisation(
            organisation.name,
            organisation.sector,
            organisation.country,
            organisation.employees,
            organisation.departments or _departments(run.release.responses),
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
        notes=(
            *_notes(run, dimensions),
            *_weights(workspace, dimensions),
            *_people(workspace, run),
            *_held_back(run),
            *evidence.notes,
        ),
        confidential=confidential,
        minimum=workspace.file.anonymity_minimum,
        quality=quality_of(run.release, workspace.file.invited, overall.states, _flags(workspace, run)),
        balanced=_balance(workspace, run),
        groups=tuple(_groups(workspace, run, abouts[0])),
        comparisons=_comparisons(workspace, run, abouts),
        raters=_raters(run),
    )


def _groups(workspace: Workspace, run: Run, whole: About) -> Iterator[GroupResult]:
    """The groups of each attribute, those of which nobody answered last."""
    for attribute, groups in run.groups.items():
        yield from (with_score(group, whole.shares) for group in groups)
        yield from nobody_of(workspace.file.invited, attribute, groups)


def _comparisons(workspace: Workspace, run: Run, abouts: Sequence[About]) -> tuple[Comparison, ...]:
    """The pairs of groups that the workspace names, else who leads and who meets the customers."""
    named = [(each.attribute, *each.groups) for each in workspace.file.compare] or [DEFAULT]
    hidden = Message("reason.suppressed", {"minimum": run.release.minimum})
    found = []
    for attribute, first, second in named:
        by_name = {group.result.name: group for group in run.groups[attribute]}
        if first in by_name and second in by_name:
            found.append(compare(by_name[first], by_name[second], abouts, hidden))
    return tuple(found)


def _raters(run: Run) -> dict[str, int]:
    """The number of respondents by role; all together where not every role's may be shown."""
    role = run.release.responses.attributes.get("role")
    if role is None or not run.release.sizes["role"].all():
        return {"": len(run.release.responses.respondents)}
    return dict(sorted((name or "", count) for name, count in role.counts().items() if count))


def _held_back(run: Run) -> Iterator[Message]:
    """That too few people have come to show another result; that earlier results hide something."""
    release = run.release
    if release.held_back:
        yield Message("note.held-back", {"n": release.held_back, "minimum": release.minimum})
    hidden = bool(release.whole) or not all(each.all() for each in release.cells.values())
    if release.earlier and hidden:
        yield Message("note.earlier")


def _notes(run: Run, dimensions: Sequence[DimensionResult]) -> tuple[Message, ...]:
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


def _flags(workspace: Workspace, run: Run) -> tuple[Flag, ...]:
    """The answers that deserve a second look; nothing new of them where the last result is given again."""
    responses, minimum = workspace.responses, workspace.file.anonymity_minimum
    found = () if run.release.held_back else find_flags(responses, responses.questions)
    return as_flags(found, responses, confidential=workspace.confidential, minimum=minimum)


def _balance(workspace: Workspace, run: Run) -> str:
    """The attribute whose groups count alike, if anybody is in one."""
    balance = workspace.file.balance or ""
    return balance if run.groups.get(balance) else ""


def _people(workspace: Workspace, run: Run) -> Iterator[Message]:
    """Decisions on how people count and are compared, and what cannot be done of it."""
    if workspace.file.balance and not _balance(workspace, run):
        yield Message("note.nobody-in", {"attribute": Message(f"attribute.{workspace.file.balance}")})
    if attribute := _balance(workspace, run):
        name = Message(f"attribute.{attribute}")
        yield Message("note.balanced", {"attribute": name})
        unknown = run.release.responses.attributes[attribute].counts()[None]
        if unknown and run.release.sizes[attribute].all():  # else it would help to find the size of another
            yield Message("note.no-group", {"attribute": name, "n": unknown})
    role, known = run.release.responses.attributes.get("role"), run.questionnaire.roles
    others = [name for name in (role.names if role else ()) if name not in known]
    if others and known:
        yield Message("note.unknown-roles", {"n": len(others), "roles": others, "known": list(known)})
    for each in workspace.file.compare:
        here = {group.result.name for group in run.groups[each.attribute]}
        for missing in [name for name in each.groups if name not in here][:1]:
            first, second = each.groups
            yield Message("note.not-compared", {"first": first, "second": second, "missing": missing})


def _departments(responses: Responses) -> int | None:
    department = responses.attributes.get("department")
    return len(department.names) if department else None


def _warnings(run: Run, evidence: Evidence) -> tuple[Message, ...]:
    """Everything that failed on the way, in a fixed order."""
    plugins = [plugin_warning(plugin) for plugin in run.plugins.listed if not plugin.in_order]
    tables = [Message("warning.problem", {"problem": str(problem)}) for problem in evidence.unreadable]
    rows = [Message("warning.row", {"problem": str(problem)}) for problem in evidence.left_out]
    return (*plugins, *tables, *evidence.outdated, *rows_warning(run.release), *rows)
