"""The appendix: method, coverage, answers as far as confidentiality allows, plugins, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cxmaturity.api import DimensionResult, QuestionResult, State
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.report.agreed import agreed_sentence
from cxmaturity.report.charts import ChartWords, distribution
from cxmaturity.report.context import AnswerGroup, AnswerRow, Appendix
from cxmaturity.report.quality import state_name
from cxmaturity.report.trust import build_spread, build_trust, trust_help
from cxmaturity.report.words import MISSING, Wording
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Roadmap
from cxmaturity.roadmap.problem import DISCOUNT

_METHOD = (
    "scale",
    "combine",
    "coverage",
    "caps",
    "interval",
    "agreement",
    "measured",
    "roadmap",
    "confidential",
)
_SHORT_SHA = 12
WARNINGS = 40
"""So many are named; the rest is counted."""


def build_appendix(
    wording: Wording,
    words: ChartWords,
    assessment: Assessment,
    roadmap: Roadmap,
    questionnaire: Questionnaire,
) -> Appendix:
    """The appendix of an assessment."""
    texts = wording.texts
    warnings = tuple(texts.message(warning) for warning in (*assessment.warnings, *roadmap.warnings))
    more = len(warnings) - WARNINGS
    return Appendix(
        title=texts("report.appendix.title"),
        method=tuple(
            (
                texts(f"report.method.{name}.title"),
                texts(f"report.method.{name}.text", minimum=assessment.minimum, discount=DISCOUNT),
            )
            for name in _METHOD
        ),
        levels=tuple(
            (f"{level.number} {level.name}", wording.score(level.minimum), level.description)
            for level in questionnaire.levels
        ),
        coverage=tuple(_coverage(wording, assessment)),
        coverage_title=texts("report.coverage.title", coverage=assessment.overall.coverage or 0.0),
        trust=build_trust(wording, words, assessment),
        trust_help=trust_help(wording),
        spread=build_spread(wording, words, assessment),
        answers_title=texts("report.answers.title"),
        answers_note=texts("report.answers.confidential", minimum=assessment.minimum)
        if assessment.confidential
        else texts("report.answers.open"),
        answers=tuple(
            AnswerGroup(
                texts("report.answers.practice", dimension=dimension.title, practice=practice.title),
                tuple(_answer(wording, words, question) for question in practice.questions),
            )
            for dimension in assessment.dimensions
            for practice in dimension.practices.values()
        ),
        warnings=(*warnings[:WARNINGS], texts("report.more", n=more)) if more > 0 else warnings,
        plugins=tuple((p.name, p.version, p.distribution, p.reason or p.state) for p in assessment.plugins),
        questionnaires=tuple(
            texts("report.questionnaire", id=each.id, version=each.version, sha256=each.sha256[:_SHORT_SHA])
            for each in assessment.questionnaires
        ),
        sources=tuple(_sources(assessment, roadmap, questionnaire)),
    )


def _coverage(wording: Wording, assessment: Assessment) -> Iterator[tuple[str, ...]]:
    """A header, then per dimension the cells by state, coverage and agreement."""
    texts = wording.texts
    states = (State.ANSWERED, State.UNANSWERED, State.DONT_KNOW, State.NOT_APPLICABLE, State.NOT_SHOWN)
    names = [state_name(wording, state) for state in states]
    yield (
        texts("report.coverage.dimension"),
        texts("report.fact.people"),
        *names,
        texts("report.fact.coverage"),
        texts("report.fact.agreement"),
    )
    for dimension in assessment.dimensions:
        counts = _cells(dimension)
        yield (
            dimension.title,
            MISSING if dimension.suppressed else texts.write(dimension.n, "whole"),
            *(MISSING if dimension.suppressed else texts.write(counts[state], "whole") for state in states),
            wording.percent(dimension.coverage),
            wording.agreement(dimension.agreement),
        )


def _cells(dimension: DimensionResult) -> Counter[State]:
    counts: Counter[State] = Counter()
    for question in dimension.questions.values():
        if question.kind != "text":
            counts.update(question.states)
    return counts


def _answer(wording: Wording, words: ChartWords, question: QuestionResult) -> AnswerRow:
    texts = wording.texts
    if question.suppressed:
        answer = texts("report.answers.hidden")
    elif not question.n:
        answer = texts("report.answers.none")
    else:
        answer = _said(wording, question)
    single = question.kind in {"choice", "scale", "yes-no"} and question.n > 1 and not question.suppressed
    counts = [option.count for option in question.distribution]
    return AnswerRow(
        topic=question.topic,
        text=question.text,
        score=wording.score(question.score),
        interval=wording.interval(question.interval) if question.interval else "",
        n=MISSING if question.suppressed else texts.write(question.n, "whole"),
        answer=answer,
        chart=distribution(
            counts,
            [option.text for option in question.distribution],
            title=texts("report.chart.distribution", topic=question.topic),
            words=words,
            width_mm=35.0,
            height_mm=4.6,
        )
        if single
        else None,
        agreed=agreed_sentence(wording, question.agreed) if question.agreed else "",
        notes=tuple(
            texts("report.answers.note", respondent=n.respondent, text=n.text) if n.respondent else n.text
            for n in question.notes
        ),
    )


def _said(wording: Wording, question: QuestionResult) -> str:
    """The answers in words: the one most often given, or for ticks how often each."""
    texts = wording.texts
    if question.kind == "multiple":
        ticks = [
            texts("report.answers.tick", text=option.text.rstrip("."), n=option.count)
            for option in question.distribution
            if option.count
        ]
        return "; ".join(ticks)
    typical = question.typical
    if typical is None:
        return ""
    if question.n == 1:
        return typical.text
    return texts("report.answers.most", text=typical.text.rstrip("."), count=typical.count, n=question.n)


def _sources(
    assessment: Assessment, roadmap: Roadmap, questionnaire: Questionnaire
) -> Iterator[tuple[str, str]]:
    """The sources that anything in the report rests on."""
    used = {
        question.source for dimension in assessment.dimensions for question in dimension.questions.values()
    }
    used |= {each.recommendation.source for each in roadmap.initiatives}
    used |= {metric.source for metric in assessment.metrics}
    for ref, citation in questionnaire.sources.items():
        if ref in used:
            yield ref, citation
