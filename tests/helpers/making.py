"""Assessments, recommendations and situations made up in code: no files, so that many can be tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from cxmaturity.api import (
    Cap,
    Contribution,
    DimensionResult,
    Message,
    MetricResult,
    PracticeResult,
    Score,
    Scorer,
    Standing,
)
from cxmaturity.plugins import Plugin, Plugins
from cxmaturity.result import OVERALL, Assessment, DataQuality, Organisation
from cxmaturity.roadmap.model import Capacity, Drivers, Kpi, Recommendation, Risk
from cxmaturity.roadmap.posing import Situation
from cxmaturity.roadmap.projection import Projector

MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)
AS_OF = "2026-12-31"

Combine = Callable[[Mapping[str, float], Mapping[str, float]], float]
"""From the scores and weights of practices to the dimension's score."""


class Made(Scorer):
    """A scorer with a combine and caps of one's own; neither is the shared default."""

    def __init__(self, combine: Combine | None = None, caps: Iterable[tuple[str, str, int]] = ()) -> None:
        self._own, self._limits = combine, tuple(caps)

    def combine(self, practices: Mapping[str, Score], metrics: Mapping[str, MetricResult]) -> Score:
        known = {name: each.value for name, each in practices.items() if each.value is not None}
        if self._own is None or not known:
            return super().combine(practices, metrics)
        value = self._own(known, {name: each.weight for name, each in practices.items()})
        return Score(value, (Contribution(next(iter(known)), value, 1.0),))

    def caps(self, result: DimensionResult) -> Iterable[Cap]:
        del result
        return [
            Cap(target, source, offset, Message("cap", {"by": source}))
            for target, source, offset in self._limits
        ]


def entry(
    name: str,
    lifts: Mapping[str, int] | None = None,
    *,
    days: float = 1.0,
    cost: float = 0.0,
    weeks: float = 13,
    needs: tuple[str, ...] = (),
    risk: Any = "low",
    find_out: bool = False,
    **more: Any,
) -> Recommendation:
    """``entry("culture.a", {"culture.meaning": 3}, days=5)`` is a recommendation."""
    made = Recommendation(
        id=name,
        plugin=name.partition(".")[0],
        title=f"Do {name}",
        aim="To get on.",
        why="It helps.",
        source="S0",
        idea="Doing",
        steps=("Do it.",),
        lifts=lifts or {},
        effort=Drivers(fixed=days),
        cost=Drivers(fixed=cost),
        weeks=weeks,
        owner="Ana",
        prerequisites=needs,
        kpi=Kpi("Done", "yes"),
        risk=Risk("delivery", risk, "It rains."),
        find_out=find_out,
    )
    return replace(made, **more)


def quarters(count: int, days: float = 100.0, budget: float | None = None, **skills: float) -> Capacity:
    """So many quarters from January 2027 on, all alike."""
    each = {skill: (free,) * count for skill, free in skills.items()}
    return Capacity("2027-01", (days,) * count, budget, each)


def situation(
    practices: Mapping[str, float | None],
    catalogue: Iterable[Recommendation] = (),
    *,
    measured: Mapping[str, float] | None = None,
    weights: Mapping[str, float] | None = None,
    coverage: Mapping[str, float] | None = None,
    scorers: Mapping[str, Scorer] | None = None,
    foreign: Iterable[str] = (),
    may_cap: Iterable[str] = (),
    scale: tuple[float, ...] = MINIMA,
    **more: Any,
) -> Situation:
    """``situation({"culture.meaning": 1.0}, catalogue)``: practices by full id, with what they stand at.

    ``weights`` and ``coverage`` are of practices and dimensions by id (else 1), ``foreign`` the dimensions
    whose plugin is a third party's, ``more`` goes into the situation.
    """
    weights, coverage, measured = weights or {}, coverage or {}, measured or {}
    dimensions = []
    for name in dict.fromkeys(each.partition(".")[0] for each in practices):
        group = [each for each in practices if each.startswith(f"{name}.")]
        parts = {
            each: PracticeResult(
                id=each,
                title=each,
                weight=weights.get(each, 1.0),
                score=practices[each],
                coverage=coverage.get(each, 1.0),
                measured=measured.get(each),
            )
            for each in group
        }
        dimensions.append(
            DimensionResult(
                id=name,
                title=name,
                weight=weights.get(name, 1.0),
                coverage=coverage.get(name, 1.0),
                practices=MappingProxyType(parts),
                scale=scale,
                plugin=name,
            )
        )
    owned = {each.id: ((scorers or {}).get(each.id, Scorer()), each.id) for each in dimensions}
    plugins = Plugins(
        tuple(Plugin(n, "1", "acme-cx" if n in tuple(foreign) else "cxmaturity") for n in owned),
        scorers=owned,
    )
    assessment = _assessed(dimensions, plugins, frozenset(may_cap), coverage.get(OVERALL, 1.0))
    projector = Projector(assessment, plugins, frozenset(may_cap))
    return Situation(assessment, projector, tuple(catalogue), **more)


def _assessed(
    dimensions: list[DimensionResult], plugins: Plugins, may_cap: frozenset[str], coverage: float
) -> Assessment:
    """Scored and levelled by the plugins' rules."""
    overall = Standing(id=OVERALL, title="Overall", coverage=coverage)
    raw = Assessment(
        organisation=Organisation("Acme", "", "", 100, 5),
        as_of=AS_OF,
        questionnaires=(),
        overall=overall,
        dimensions=tuple(dimensions),
        metrics=(),
        plugins=plugins.listed,
        warnings=(),
        confidential=False,
        minimum=5,
        notes=(),
        raters={},
        quality=DataQuality(respondents=1),
    )
    scored = Projector(raw, plugins, may_cap).project({})
    return replace(raw, overall=scored.overall, dimensions=scored.dimensions)
