"""Every message that a plugin gives has a text, and the values that the text has fields for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from cxmaturity.api import DimensionResult, Message, Metric, Scorer, Section, State
from cxmaturity.conformance.answering import (
    Sheet,
    alike_sheet,
    random_sheet,
    silent_sheet,
    with_unanswered_question,
)
from cxmaturity.conformance.asking import (
    Metrics,
    caps,
    combine_values,
    findings,
    no_scores,
    practice_scores,
)
from cxmaturity.conformance.figures import Tables, all_not_measured, in_band, made_up_tables, measured
from cxmaturity.conformance.subject import Case, Subject
from cxmaturity.conformance.trial import Trial
from cxmaturity.export import as_data
from cxmaturity.plugins import Plugin, PluginFailedError, Plugins, describe, guarded
from cxmaturity.report.pages import render_pages
from cxmaturity.report.theme import Theme
from cxmaturity.result import Assessment
from cxmaturity.roadmap.planning import Question, plan
from cxmaturity.roadmap.posing import Situation
from cxmaturity.roadmap.projection import Projector
from cxmaturity.texts import Texts

T = TypeVar("T")

_COLOUR = "#1f4e79"
_ROWS = (0, 1, 60)
_BANDS = (None, 1, 5)


def results_have_words(subject: Subject, words: Texts) -> Iterator[str]:
    """The reasons, caps and findings of all scorers, and the pages that the plugin adds to reports."""
    pages: dict[str, list[Section]] = {}
    for section in subject.sections:
        pages.setdefault(_about(section, subject), []).append(section)
    for case in subject.cases:
        for message in _reasons(case):
            yield from _unspeakable(message, words, "a reason")
        sections = pages.pop(case.dimension.id, [])
        for assessment, usual in _assessments(case, subject.plugin, words):
            said = partial(_said, case, assessment.dimensions[0])
            for what, message in said() if usual else _if_any(said):
                yield from _unspeakable(message, words, what)
            yield from _unwritten(sections, subject.plugin, assessment, words)
    for dimension, sections in pages.items():
        for assessment, _ in _assessments(subject.case(Scorer(), dimension), subject.plugin, words):
            yield from _unwritten(sections, subject.plugin, assessment, words)


def _about(section: Section, subject: Subject) -> str:
    """The dimension that a page is about; of one about the whole, any."""
    dimensions = (dimension.id for each in subject.known.values() for dimension in each.dimensions)
    return section.dimension or next(dimensions, "made-up")


def _assessments(case: Case, plugin: Plugin, words: Texts) -> Iterator[tuple[Assessment, bool]]:
    """What comes of all kinds of answers and data, and whether a scorer may not raise there."""
    figures = list(_figures(case))
    for sheets, usual in ((_usual, True), (_unusual, False)):
        for sheet in sheets(case):
            trial = Trial(case, plugin, sheet, words)
            for metrics in figures:
                yield trial.assessed(metrics), usual


def _said(case: Case, result: DimensionResult) -> list[tuple[str, Message]]:
    """The messages of caps and findings on a result."""
    return [
        *(("a cap", cap.reason) for cap in caps(case, result)),
        *(("a finding", finding.message) for finding in findings(case, result)),
    ]


def _if_any(call: Callable[[], list[T]]) -> list[T]:
    """What a call gives. That a scorer raises where answers are missing is another check's matter."""
    try:
        return call()
    except PluginFailedError:
        return []


def _usual(case: Case) -> Iterator[Sheet]:
    for where in (0.0, 0.5, 1.0):
        yield alike_sheet(case.questions, 5, where)
    for raters in (2, 7, 40):
        yield random_sheet(case.questions, raters, seed=raters)


def _unusual(case: Case) -> Iterator[Sheet]:
    yield random_sheet(case.questions, 1, seed=1)
    yield with_unanswered_question(random_sheet(case.questions, 7, seed=2))
    yield silent_sheet(case.questions, 3, State.UNANSWERED)


def _figures(case: Case) -> Iterator[Metrics]:
    """The case's metrics without data and, if it has any, in and out of bands."""
    yield all_not_measured(case.metrics)
    if case.metrics:
        for band in _BANDS:
            yield in_band(case.figures, band)


def _reasons(case: Case) -> list[Message]:
    """Why there is no score where nobody answered."""
    responses = silent_sheet(case.questions, 3, State.UNANSWERED).responses()
    scores = [
        *_if_any(lambda: list(practice_scores(case, responses).values())),
        *_if_any(lambda: [combine_values(case, no_scores(case))]),
    ]
    return [score.reason for score in scores if score.reason is not None]


def metrics_have_words(subject: Subject, words: Texts) -> Iterator[str]:
    """The descriptions of all metrics, of their parts, and the reasons for having no value."""
    for metric in subject.metrics:
        names = {"title", "name", "definition"}
        for tables in _tables(metric):
            result = measured(metric, tables)
            names |= result.parts.keys()
            names |= {"cohorts" if s.kind == "cohort" else s.id for s in result.series}
            if result.reason is not None:
                yield from _unspeakable(result.reason, words, f"the metric {metric.id}")
        for key in sorted(f"metric.{metric.id}.{name}" for name in names):
            if key not in words:
                yield f"there is no text '{key}', which describes the metric {metric.id}"


def _tables(metric: Metric) -> Iterator[Tables]:
    """Tables of no row, one and many, with and without what is not required: each once, as they take long."""
    made: list[Tables] = []
    for count in _ROWS:
        for mapped in (True, False):
            for tables in made_up_tables(metric, count, seed=count, mapped=mapped):
                if tables not in made:
                    made.append(tables)
                    yield tables


def _unwritten(
    sections: Sequence[Section], plugin: Plugin, assessment: Assessment, words: Texts
) -> Iterator[str]:
    """Why pages cannot be written."""
    if not sections:
        return
    roadmap = plan(Situation(assessment, Projector(assessment, Plugins(listed=(plugin,)))), Question())
    data = as_data(assessment, roadmap, words)
    for section in sections:
        alone = Plugins(listed=(plugin,), sections=((plugin.name, section),))
        pages = render_pages(alone, assessment, data, words, Theme.from_brand(_COLOUR))
        yield from (failed.reason for failed in pages.failed.values())


def _unspeakable(message: object, words: Texts, what: str) -> Iterator[str]:
    """Why a message cannot be put into words."""
    if not isinstance(message, Message):
        yield f"{what} gives a {type(message).__name__}, not a Message"
        return
    said = guarded(lambda: words.message(message))
    if isinstance(said, KeyError) and message.key not in words:
        yield f"{what} gives the message '{message.key}', which has no text"
    elif isinstance(said, BaseException):
        yield f"the text '{message.key}', which {what} gives, cannot be written: {describe(said)}"
