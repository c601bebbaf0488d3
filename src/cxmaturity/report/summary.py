"""The executive summary: prose made of this organisation's own facts."""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.api import DimensionResult, MetricResult, PracticeResult
from cxmaturity.findings import CONTRADICTION, metric_values, quoted
from cxmaturity.report.appendix import WARNINGS
from cxmaturity.report.context import Figure, Summary
from cxmaturity.report.gaps import apart_sentence, widest_gap
from cxmaturity.report.targets import target_sentences, without_room
from cxmaturity.report.telling import most_telling
from cxmaturity.report.words import MISSING, Wording, people
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Roadmap
from cxmaturity.scoring.scale import level_of

ACTIONS = 3
CLOSE = 0.3
"""Scores closer than this are called close."""


def build_summary(wording: Wording, assessment: Assessment, roadmap: Roadmap) -> Summary:
    """The summary of an assessment and its roadmap."""
    texts = wording.texts
    paragraphs = (
        " ".join(_standing(wording, assessment)),
        " ".join(_profile(wording, assessment)),
        " ".join(_evidence(wording, assessment)),
        " ".join(_confidence(wording, assessment)),
        " ".join(_plan(wording, assessment, roadmap)),
    )
    first = roadmap.initiatives[:ACTIONS]
    return Summary(
        title=_title(wording, assessment),
        figures=tuple(_figures(wording, assessment)),
        paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph),
        actions=tuple(
            texts("report.summary.action", title=each.recommendation.title, aim=each.recommendation.aim)
            for each in first
        ),
        actions_title=texts("report.summary.actions") if first else "",
    )


def _title(wording: Wording, assessment: Assessment) -> str:
    overall, name = assessment.overall, assessment.organisation.name
    if overall.score is None:
        return wording.texts("report.summary.title.none", organisation=name)
    if overall.level is None:
        return wording.texts(
            "report.summary.title.partial", organisation=name, coverage=overall.coverage or 0
        )
    level = wording.levels[overall.level - 1]
    key = "report.summary.title.level"
    if overall.caps:
        key = "report.summary.title.capped"
    elif (overall.interval is None and not _decided(assessment)) or _span(wording, assessment) > 1:
        key = "report.summary.title.provisional"
    binding = _title_of(assessment, overall.caps[-1].source) if overall.caps else ""
    return wording.texts(key, organisation=name, level=overall.level, name=level.name, binding=binding)


def _title_of(assessment: Assessment, dimension: str) -> str:
    titles = {each.id: each.title for each in assessment.dimensions}
    return titles.get(dimension, dimension)


_FIGURES, _BESIDE, _NAMED = 3, 4, 2
"""How many metrics stand in the row of figures, are held against a score, are named without a norm."""


def _figures(wording: Wording, assessment: Assessment) -> Iterator[Figure]:
    texts, overall = wording.texts, assessment.overall
    remark = ""
    if overall.interval:
        remark = texts("report.figure.interval", low=overall.interval[0], high=overall.interval[1])
    yield Figure(wording.score(overall.score), texts("report.figure.score"), remark)
    name = wording.levels[overall.level - 1].name if overall.level else wording.reason(overall)
    yield Figure(str(overall.level or MISSING), texts("report.figure.level"), name)
    for metric in most_telling(assessment)[:_FIGURES]:
        band = texts("report.figure.band", band=metric.band) if metric.band else texts("report.no-norm")
        yield Figure(wording.short(metric, metric.value), texts(f"metric.{metric.id}.title"), band)
    asked = texts("report.figure.coverage", coverage=overall.coverage or 0.0)
    yield Figure(
        texts.write(people(assessment), "whole"), texts("report.figure.people", n=people(assessment)), asked
    )


def _standing(wording: Wording, assessment: Assessment) -> Iterator[str]:
    texts, overall = wording.texts, assessment.overall
    values = {"organisation": assessment.organisation.name, "score": overall.score}
    if overall.score is None:
        yield texts("report.summary.none", reason=wording.reason(overall), **values)
        return
    if overall.level is None or overall.uncapped_level is None:
        yield texts("report.summary.no-level", reason=wording.reason(overall), **values)
        return
    level = wording.levels[overall.level - 1]
    yield texts("report.summary.level", level=overall.level, name=level.name, **values)
    if overall.caps:
        reached = wording.levels[overall.uncapped_level - 1]
        yield texts("report.summary.uncapped", level=overall.uncapped_level, name=reached.name)
        yield from wording.caps(overall.caps)
    yield texts("report.summary.meaning", name=level.name, description=level.description)


def _profile(wording: Wording, assessment: Assessment) -> Iterator[str]:
    """Strongest and weakest dimension, and the lowest practice in the words of those who answered."""
    texts = wording.texts
    scored = [dimension for dimension in assessment.dimensions if dimension.score is not None]
    unscored = [dimension for dimension in assessment.dimensions if dimension.score is None]
    if len(scored) > 1 and assessment.overall.level is not None:
        best = max(scored, key=lambda each: each.score or 0.0)
        worst = min(scored, key=lambda each: each.score or 0.0)
        key = (
            "report.summary.even"
            if (best.score or 0) - (worst.score or 0) < CLOSE
            else "report.summary.profile"
        )
        yield texts(key, best=best.title, best_score=best.score, worst=worst.title, worst_score=worst.score)
    lowest = _lowest(assessment)
    if lowest is not None:
        yield from _in_their_words(wording, lowest)
    for key, hidden in (("missing", False), ("not-shown", True)):
        names = [dimension.title for dimension in unscored if dimension.suppressed == hidden]
        if names:
            yield texts(f"report.summary.{key}", n=len(names), names=names)


def _levels_of_interval(wording: Wording, assessment: Assessment) -> tuple[int, int]:
    """The levels of the two ends of the overall interval; both 0 without one."""
    if assessment.overall.interval is None:
        return 0, 0
    low, high = assessment.overall.interval
    minima = [level.minimum for level in wording.levels]
    return level_of(low, minima), level_of(high, minima)


def _span(wording: Wording, assessment: Assessment) -> int:
    """Over how many levels the overall interval reaches, beyond the first."""
    lowest, highest = _levels_of_interval(wording, assessment)
    return highest - lowest


def _lowest(assessment: Assessment) -> PracticeResult | None:
    scored = [practice for practice in assessment.practices() if practice.score is not None]
    return min(scored, key=lambda practice: (practice.score, practice.id), default=None)


def _in_their_words(wording: Wording, practice: PracticeResult) -> Iterator[str]:
    """The lowest question of a practice, quoted."""
    answered = [
        q
        for q in practice.questions
        if q.score is not None and q.typical is not None and q.kind != "multiple"
    ]
    if not answered:
        yield wording.texts("report.summary.lowest", practice=practice.title, score=practice.score)
        return
    question = min(answered, key=lambda each: (each.score, each.id))
    typical = question.typical
    if typical is not None:
        key = "report.summary.quote.one" if question.n == 1 else "report.summary.quote.many"
        yield wording.texts(
            key,
            practice=practice.title,
            score=practice.score,
            topic=question.topic,
            count=typical.count,
            n=question.n,
            anchor=quoted(typical),
        )


def _evidence(wording: Wording, assessment: Assessment) -> Iterator[str]:
    """Each metric beside what people say of the practice that it measures."""
    texts = wording.texts
    measured = most_telling(assessment)
    if not measured:
        yield texts("report.summary.no-data", organisation=assessment.organisation.name)
        return
    practices = {practice.id: practice for practice in assessment.practices()}
    banded = [m for m in measured if m.band is not None and _scored(practices.get(m.practice))]
    for metric in banded[:_BESIDE]:
        yield _beside(wording, metric, practices[metric.practice])
    if any(_gap(metric, practices[metric.practice]) >= CONTRADICTION for metric in banded):
        yield texts("report.summary.declared", organisation=assessment.organisation.name)
    unbanded = [m for m in measured if m.band is None]
    if unbanded:
        figures = [f"{texts(f'metric.{m.id}.name')} {wording.figure(m)}" for m in unbanded]
        if len(figures) > _NAMED:
            key = "report.summary.unbanded-many" if banded else "report.summary.unbanded-only"
            yield texts(key, n=len(figures))
        else:
            yield texts("report.summary.unbanded", n=len(figures), figures=figures)


def _scored(practice: PracticeResult | None) -> bool:
    """Whether there is a score to hold a metric against."""
    return practice is not None and practice.score is not None


def _gap(metric: MetricResult, practice: PracticeResult) -> float:
    """How far what people say lies above what a metric shows."""
    return (practice.score or 0.0) - (metric.band or 0)


def _beside(wording: Wording, metric: MetricResult, practice: PracticeResult) -> str:
    gap = _gap(metric, practice)
    key = "over" if gap >= CONTRADICTION else "under" if gap <= -CONTRADICTION else "agree"
    values = {"practice": practice.title, "score": practice.score, **metric_values(metric)}
    title = wording.texts.message(values.pop("metric"))  # type: ignore[arg-type]
    figure = wording.texts.message(values.pop("figure"))  # type: ignore[arg-type]
    return wording.texts(f"report.summary.beside.{key}", metric=title, figure=figure, **values)


def _confidence(wording: Wording, assessment: Assessment) -> Iterator[str]:
    """How many answered, how sure the score is, and where people see things differently."""
    texts = wording.texts
    if assessment.overall.score is None:
        yield from _not_counted(wording, assessment)
        return
    yield from _precision(wording, assessment)
    differing = [p for p in assessment.practices() if p.agreement is not None and p.n >= assessment.minimum]
    if differing:
        least = min(differing, key=lambda practice: (practice.agreement, practice.id))
        yield texts("report.summary.agreement", practice=least.title, agreement=least.agreement)
    for comparison in assessment.comparisons[:1]:  # the one that the workspace names first
        widest = widest_gap(assessment, comparison)
        if widest is not None:
            yield texts("report.sentence", text=apart_sentence(wording, comparison, widest))
    yield from _not_counted(wording, assessment)


def _precision(wording: Wording, assessment: Assessment) -> Iterator[str]:
    """How sure the score is, or why that is not known."""
    texts, overall, count = wording.texts, assessment.overall, people(assessment)
    if overall.interval is None:
        key = "decided" if _decided(assessment) else "alone" if count == 1 else "no-interval"
        yield texts(f"report.summary.{key}", n=count)
        return
    low, high = overall.interval
    yield texts("report.summary.interval", n=count, low=low, high=high)
    if overall.level is not None and _span(wording, assessment) > 1:
        lowest, highest = _levels_of_interval(wording, assessment)
        yield texts("report.summary.provisional", lowest=lowest, highest=highest)


def _decided(assessment: Assessment) -> bool:
    """Whether a value that was agreed or set is part of the result."""
    return any(
        practice.agreed is not None or any(question.agreed is not None for question in practice.questions)
        for practice in assessment.practices()
    )


def _not_counted(wording: Wording, assessment: Assessment) -> Iterator[str]:
    """What is not shown, and what was left out on the way."""
    texts, hidden = wording.texts, assessment.quality.hidden
    if hidden:
        yield texts("report.summary.hidden", n=hidden, minimum=assessment.minimum)
    counted = [warning.values["n"] for warning in assessment.warnings if warning.key == "warning.rows"]
    for n in counted:  # a confidential assessment names no row
        yield texts("report.summary.rows", n=n)
    named = len(assessment.warnings) - len(counted)
    if named:
        key = "warnings" if named <= WARNINGS else "many-warnings"
        yield texts(f"report.summary.{key}", n=named, named=WARNINGS)


def _plan(wording: Wording, assessment: Assessment, roadmap: Roadmap) -> Iterator[str]:
    texts = wording.texts
    if not roadmap.initiatives:
        key = "report.roadmap.no-room" if without_room(roadmap) else "report.summary.no-plan"
        yield texts(key, organisation=assessment.organisation.name)
        if roadmap.periods:
            yield from target_sentences(wording, assessment, roadmap, brief=True)
        return
    days = sum(each.days for each in roadmap.initiatives)
    values = {"n": len(roadmap.initiatives), "days": days}
    if not roadmap.periods:
        yield texts("report.summary.unplanned", **values)
        return
    yield texts("report.summary.plan", quarters=len(roadmap.periods), cost=roadmap.cost, **values)
    yield from target_sentences(wording, assessment, roadmap, brief=True)


def dimension_message(wording: Wording, dimension: DimensionResult) -> str:
    """A dimension in one sentence, the title of its page."""
    texts = wording.texts
    values = {"dimension": dimension.title, "score": dimension.score}
    if dimension.score is None:
        return texts(f"report.dimension.{'hidden' if dimension.suppressed else 'none'}", **values)
    if dimension.level is None:
        return texts("report.dimension.no-level", coverage=dimension.coverage or 0.0, **values)
    values |= {"level": dimension.level, "name": wording.levels[dimension.level - 1].name}
    if dimension.caps:
        return texts("report.dimension.capped", uncapped=dimension.uncapped_level, **values)
    scored = [practice for practice in dimension.practices.values() if practice.score is not None]
    if not scored:  # a plugin may score a dimension otherwise than by its practices
        return texts("report.dimension.even", **values)
    best = max(scored, key=lambda practice: (practice.score, practice.id))
    worst = min(scored, key=lambda practice: (practice.score, practice.id))
    if (best.score or 0) - (worst.score or 0) < CLOSE:
        return texts("report.dimension.even", **values)
    return texts("report.dimension.level", best=best.title, worst=worst.title, **values)
