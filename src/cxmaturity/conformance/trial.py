"""An assessment of made-up answers, for what looks at results: findings, caps and pages of the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from cxmaturity.api import Cap, DimensionResult, Message, MetricResult, PracticeAnswers, Score, Scorer
from cxmaturity.assessment import assess
from cxmaturity.checks import checked_caps, checked_score
from cxmaturity.conformance.answering import Sheet
from cxmaturity.conformance.asking import Metrics
from cxmaturity.conformance.figures import all_not_measured
from cxmaturity.conformance.subject import Case
from cxmaturity.plugins import Plugin, Plugins, guarded
from cxmaturity.result import Assessment
from cxmaturity.settings import AssessmentFile
from cxmaturity.texts import Texts
from cxmaturity.workspace import Workspace
from cxmaturity.yamlfile import YamlDocument


class _Tolerant(Scorer):
    """A plugin's scorer, with the default in place of whatever is not as it must be.

    So a defect in scores is not seen a second time in findings and caps. Reasons are plain, as whether they
    have a text is looked at elsewhere.
    """

    def __init__(self, scorer: Scorer, metrics: Metrics) -> None:
        self._scorer = scorer
        self._metrics = metrics

    def score_practice(self, answers: PracticeAnswers) -> Score:
        return _valid(lambda: self._scorer.score_practice(answers)) or Scorer().score_practice(answers)

    def combine(self, practices: Mapping[str, Score], metrics: Mapping[str, MetricResult]) -> Score:
        del metrics  # made up ones stand in for them
        given = _valid(lambda: self._scorer.combine(practices, self._metrics))
        return given or Scorer().combine(practices, self._metrics)

    def caps(self, result: DimensionResult) -> Iterable[Cap]:
        given = guarded(lambda: checked_caps(self._scorer.caps(result)))
        return () if isinstance(given, BaseException) else [replace(cap, reason=_PLAIN) for cap in given]


_PLAIN = Message.plain("made up")


def _valid(call: Callable[[], Score]) -> Score | None:
    score = guarded(lambda: checked_score(call(), ""))
    if isinstance(score, BaseException):
        return None
    return score if score.reason is None else replace(score, reason=_PLAIN)


class Trial:
    """Made-up answers, and what the core makes of them with the findings and caps of nobody but itself."""

    def __init__(self, case: Case, plugin: Plugin, sheet: Sheet, texts: Texts) -> None:
        self._case = case
        self._plugin = plugin
        self._sheet = sheet
        self._texts = texts

    def assessed(self, metrics: Metrics) -> Assessment:
        """The assessment with made-up data beside the answers."""
        looks = type(self._case.scorer).combine is not Scorer.combine
        whole = self._assess(metrics) if looks else self._without_data
        dimension = replace(whole.dimensions[0], metrics=MappingProxyType({**metrics}), findings=())
        return replace(whole, dimensions=(dimension,), metrics=tuple(metrics.values()))

    @cached_property
    def _without_data(self) -> Assessment:
        """What the core makes of the answers alone: all that data could change is what ``combine`` gives."""
        return self._assess(all_not_measured(self._case.metrics))

    def _assess(self, metrics: Metrics) -> Assessment:
        case = self._case
        file = AssessmentFile.model_validate(
            {"organisation": {"name": "Made-up Ltd"}, "questionnaire": "made-up", "confidential": False}
        )
        scorers = {case.dimension.id: (_Tolerant(case.scorer, metrics), self._plugin.name)}
        plugins = Plugins(listed=(self._plugin,), scorers=scorers)
        document = YamlDocument("assessment.yaml", {})
        responses = self._sheet.responses()
        workspace = Workspace(Path(), document, file, case.questionnaire, responses, plugins)
        return assess(workspace, plugins, self._texts)
