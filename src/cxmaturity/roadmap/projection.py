"""Where the organisation would stand once practices are lifted: the plugins' own rules, run again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from statistics import fmean
from types import MappingProxyType

from cxmaturity.api import Cap, DimensionResult, PracticeResult, Score, Scorer
from cxmaturity.checks import checked_caps, checked_score
from cxmaturity.plugins import PluginFailedError, Plugins, ask
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Outlook, Projection
from cxmaturity.scoring.combine import combine_scores
from cxmaturity.standing import as_score, cap_across, cap_dimension, caps_beyond, with_level


@dataclass(frozen=True, slots=True)
class Projector:
    """Projects one assessment.

    A plugin that fails on a hypothetical score is noted in ``failed``, and its dimension is held where
    it stands today.
    """

    assessment: Assessment
    plugins: Plugins
    may_cap: frozenset[str] = frozenset()
    failed: dict[str, BaseException] = field(default_factory=dict)

    def project(self, lifts: Mapping[str, int], *, caps_follow: bool = False) -> Projection:
        """The standing with practices lifted to levels.

        New score = max(score, the level's inclusive minimum); lifts never add up, and a practice that
        was not assessed stays so. With ``caps_follow`` customer data is taken to come to show the
        lifted level; otherwise measured caps stay as they are today.
        """
        projected = [
            self._dimension(dimension, lifts, caps_follow=caps_follow)
            for dimension in self.assessment.dimensions
        ]
        dimensions = [dimension for dimension, _ in projected]
        scores = {d.id: Score(d.score, weight=d.weight) for d in dimensions}
        overall = self.assessment.overall
        overall = replace(
            overall,
            score=combine_scores(scores).value,
            level=None,
            uncapped_level=None,
            caps=(),
            interval=None,
        )
        scale = dimensions[0].scale
        caps = [cap for d, caps in projected if self._may_bind(d) for cap in caps_beyond(d, caps)]
        return Projection(*cap_across(with_level(overall, scale), dimensions, caps))

    def outlook(self, lifts: Mapping[str, int], low: Mapping[str, int]) -> Outlook:
        """The standing with the expected and with the low lifts, and if customer data follows."""
        return Outlook(self.project(lifts), self.project(low), self.project(lifts, caps_follow=True))

    def combined(self, dimension: DimensionResult, scores: Mapping[str, float]) -> float | None:
        """The plugin's score of a dimension with some of its practices at these scores."""
        practices = {
            name: as_score(replace(practice, score=scores.get(name, practice.score)))
            for name, practice in dimension.practices.items()
        }
        return self._combine(dimension, practices).value

    def score(self, scores: Mapping[str, float]) -> float:
        """The overall score (0 if there is none) with practices at these scores, by every ``combine``."""
        parts = {
            dimension.id: Score(self.combined(dimension, scores), weight=dimension.weight)
            for dimension in self.assessment.dimensions
        }
        return combine_scores(parts).value or 0.0

    def caps_today(self) -> list[Cap]:
        """The caps that plugins set today, in the order in which they are applied.

        First those inside dimensions, then those on the whole and on other dimensions as far as they may.
        """
        within: list[Cap] = []
        beyond: list[Cap] = []
        for dimension in self.assessment.dimensions:
            caps = self._caps(dimension)
            inside = {dimension.id, *dimension.practices}
            within += [cap for cap in caps if {cap.target, cap.source} <= inside]
            beyond += caps_beyond(dimension, caps) if self._may_bind(dimension) else []
        return [*within, *beyond]

    def _scorer(self, dimension: DimensionResult) -> Scorer:
        scorer, name = self.plugins.scorers.get(dimension.id, (Scorer(), None))
        return scorer if name is None or self.plugins.named(name).usable else Scorer()

    def _may_bind(self, dimension: DimensionResult) -> bool:
        name = dimension.plugin
        return name is not None and self.plugins.may_bind(name, self.may_cap)

    def _combine(self, dimension: DimensionResult, practices: Mapping[str, Score]) -> Score:
        """The plugin's score of a dimension with these practices, or today's if the plugin fails."""
        scorer, today = self._scorer(dimension), Score(dimension.score, dimension.contributions)
        if dimension.id in self.failed:
            return today
        try:
            combined = ask(
                lambda: checked_score(
                    scorer.combine(MappingProxyType(dict(practices)), dimension.metrics), dimension.id
                )
            )
        except PluginFailedError as failure:
            self.failed[dimension.id] = failure.error
            return today
        return combined

    def _caps(self, dimension: DimensionResult) -> tuple[Cap, ...]:
        if dimension.id in self.failed:
            return ()
        try:
            return ask(lambda: checked_caps(self._scorer(dimension).caps(dimension)))
        except PluginFailedError as failure:
            self.failed[dimension.id] = failure.error
            return ()

    def _dimension(
        self, dimension: DimensionResult, lifts: Mapping[str, int], *, caps_follow: bool
    ) -> tuple[DimensionResult, tuple[Cap, ...]]:
        """A dimension with practices lifted, and the caps that its plugin gives then."""
        practices = {
            name: _lifted(practice, lifts.get(name), dimension.scale, caps_follow=caps_follow)
            for name, practice in dimension.practices.items()
        }
        combined = self._combine(
            dimension, {name: as_score(practice) for name, practice in practices.items()}
        )
        measured = [practice.measured for practice in practices.values() if practice.measured is not None]
        result = replace(
            dimension,
            practices=MappingProxyType(practices),
            score=combined.value,
            contributions=combined.contributions,
            measured=fmean(measured) if measured else None,
            level=None,
            uncapped_level=None,
            caps=(),
            interval=None,
        )
        result = with_level(result, dimension.scale)
        caps = self._caps(result)
        return cap_dimension(result, caps), caps


def _lifted(
    practice: PracticeResult, level: int | None, scale: tuple[float, ...], *, caps_follow: bool
) -> PracticeResult:
    fresh = replace(practice, level=None, uncapped_level=None, caps=(), interval=None)
    if level is None or practice.score is None:
        return with_level(fresh, scale)
    measured = practice.measured
    if caps_follow and measured is not None:
        measured = max(measured, scale[level - 1])
    return with_level(replace(fresh, score=max(practice.score, scale[level - 1]), measured=measured), scale)
