"""The sections on the result: overall level, profile, measures, and one per dimension."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxmaturity.api import DimensionResult, Standing
from cxmaturity.report.agreed import build_agreed
from cxmaturity.report.charts import (
    BarRow,
    ChartWords,
    HeatCell,
    HeatRow,
    RadarAxis,
    ShareKind,
    bars,
    heat_map,
    level_scale,
    radar,
)
from cxmaturity.report.charts.level_scale import LevelScale
from cxmaturity.report.charts.shapes import FULL_WIDTH_MM
from cxmaturity.report.context import DimensionSection, Overview, Profile, Unassessed
from cxmaturity.report.summary import CLOSE, dimension_message
from cxmaturity.report.words import MISSING, Wording, contribution_rows, raise_sentence
from cxmaturity.result import Assessment
from cxmaturity.scoring.rounding import rounded_to_sum

_COMPACT_MM = 74.0
"""A scale beside five facts."""
_HALF_MM = 80.0
"""Two metrics stand side by side."""

_SHARES: tuple[tuple[str, ShareKind], ...] = (
    ("promoters", "strong"),
    ("passives", "middle"),
    ("detractors", "weak"),
)


def _scale(wording: Wording, words: ChartWords, standing: Standing, *, compact: bool) -> LevelScale:
    return level_scale(
        standing.score,
        standing.level,
        standing.uncapped_level,
        [level.name for level in wording.levels],
        [level.minimum for level in wording.levels],
        standing.interval,
        title=wording.texts("report.chart.scale", title=standing.title, score=wording.score(standing.score)),
        words=words,
        width_mm=_COMPACT_MM if compact else FULL_WIDTH_MM,
        compact=compact,
        hidden=standing.suppressed,
    )


def build_overview(wording: Wording, words: ChartWords, assessment: Assessment) -> Overview:
    """The overall level with its reasons."""
    texts, overall = wording.texts, assessment.overall
    parts: dict[str, Standing] = {dimension.id: dimension for dimension in assessment.dimensions}
    if overall.score is None:
        title = texts("report.overview.none")
    elif overall.level is None:
        title = texts("report.overview.no-level", score=overall.score)
    elif overall.caps:
        binding = parts[overall.caps[-1].source].title
        title = texts(
            "report.overview.capped", level=overall.level, uncapped=overall.uncapped_level, binding=binding
        )
    else:
        title = texts("report.overview.level", level=overall.level, score=overall.score)
    reason = wording.reason(overall)
    explanation = texts("report.sentence", text=reason) if reason else ""
    if overall.score is not None and overall.level is not None:
        minimum = wording.levels[(overall.uncapped_level or 1) - 1].minimum
        explanation = texts(
            "report.overview.explanation", score=overall.score, level=overall.uncapped_level, minimum=minimum
        )
    return Overview(
        title=title,
        scale=_scale(wording, words, overall, compact=False),
        explanation=explanation,
        caps=(*wording.caps(overall.caps), *(texts.message(note) for note in assessment.notes)),
        contributions=contribution_rows(wording, overall.contributions, parts),
        total=wording.texts.write(overall.score, "points") if overall.score is not None else "",
        raise_most=raise_sentence(wording, overall, parts),
    )


def build_profile(wording: Wording, words: ChartWords, assessment: Assessment) -> Profile:
    """Radar and heat map."""
    texts = wording.texts
    scored = sorted(
        (d for d in assessment.dimensions if d.score is not None), key=lambda d: (-(d.score or 0), d.id)
    )
    if len(scored) < len(assessment.dimensions):
        title = texts("report.profile.few", n=len(scored), all=len(assessment.dimensions))
    elif (scored[0].score or 0.0) - (scored[-1].score or 0.0) < CLOSE:
        title = texts("report.profile.even")
    else:
        title = texts("report.profile.title", best=scored[0].title, worst=scored[-1].title)
    practices = [practice for practice in assessment.practices() if practice.score is not None]
    weak = [practice for practice in practices if (practice.level or 5) <= 2]  # noqa: PLR2004 - levels 1 and 2
    unknown = sum(1 for practice in assessment.practices() if practice.score is None)
    return Profile(
        title=title,
        radar=radar(
            [RadarAxis(d.title, d.score, d.measured, d.suppressed) for d in assessment.dimensions],
            title=texts("report.chart.radar"),
            words=words,
        ),
        caption=texts("report.profile.caption"),
        heat_title=texts("report.heat.title", n=len(weak), all=len(practices))
        if practices
        else texts("report.heat.none"),
        heat_map=heat_map(
            [
                HeatRow(
                    d.title,
                    [HeatCell(p.title, p.score, p.level, hidden=p.suppressed) for p in d.practices.values()],
                )
                for d in assessment.dimensions
            ],
            title=texts("report.chart.heat"),
            words=words,
        ),
        heat_caption=" ".join(
            (
                texts("report.heat.unknown", n=unknown) if unknown else texts("report.heat.caption"),
                *_precision(wording, practices),
            )
        ),
    )


def _precision(wording: Wording, practices: Sequence[Standing]) -> Iterator[str]:
    """How wide the practices' intervals are at most."""
    known = [(p.interval, p) for p in practices if p.interval is not None]
    if known:
        (low, high), practice = max(known, key=lambda pair: (pair[0][1] - pair[0][0], pair[1].id))
        yield wording.texts("report.heat.precision", low=low, high=high, practice=practice.title)


def _known_otherwise(wording: Wording, dimension: DimensionResult) -> str:
    """What there is on a dimension that nobody gave a scored answer to: figures, and what a reviewer saw."""
    shown = [
        f"{wording.metric(metric.id, 'name', metric.id)} {wording.figure(metric)}"
        for metric in dimension.metrics.values()
        if metric.value is not None
    ]
    shown += [
        wording.texts("report.unassessed.confirmed", practice=each.title, level=each.confirmed.level)
        for each in dimension.practices.values()
        if each.confirmed is not None
    ]
    return wording.texts("report.unassessed.evidence", shown=shown) if shown else ""


def build_dimension(wording: Wording, words: ChartWords, dimension: DimensionResult) -> DimensionSection:
    """The section of one dimension."""
    texts = wording.texts
    parts: dict[str, Standing] = dict(dimension.practices)
    shares = {part.id: part.share for part in dimension.contributions}
    said = {
        kind: tuple(texts.message(f.message) for f in dimension.findings if f.kind == kind)
        for kind in ("strength", "gap", "disagreement", "contradiction", "note")
    }
    capped_practices = [cap for practice in dimension.practices.values() for cap in practice.caps]
    note = texts("report.dimension.default") if dimension.plugin is None else ""
    if dimension.score is None or dimension.level is None:
        note = " ".join(filter(None, (texts("report.sentence", text=wording.reason(dimension)), note)))
    if dimension.score is None:
        note = " ".join(filter(None, (note, _known_otherwise(wording, dimension))))
    hidden = [practice.title for practice in dimension.practices.values() if practice.suppressed]
    if hidden and not dimension.suppressed:
        said_hidden = texts("report.dimension.hidden-practices", n=len(hidden), names=hidden)
        note = " ".join(filter(None, (note, said_hidden)))
    return DimensionSection(
        id=dimension.id,
        assessed=dimension.score is not None,
        name=dimension.title,
        title=dimension_message(wording, dimension),
        description=dimension.description,
        scale=_scale(wording, words, dimension, compact=True),
        facts=_facts(wording, dimension),
        bars=bars(
            [
                BarRow(
                    p.title,
                    p.score,
                    p.level,
                    p.interval,
                    shares.get(name),
                    wording.confidence(p),
                    hidden=p.suppressed,
                )
                for name, p in dimension.practices.items()
            ],
            title=texts("report.chart.bars", dimension=dimension.title),
            words=words,
        ),
        caption=texts("report.dimension.caption"),
        caps=tuple(dict.fromkeys((*wording.caps(dimension.caps), *wording.caps(capped_practices)))),
        agreed=build_agreed(wording, dimension),
        strengths=said["strength"],
        gaps=said["gap"],
        others=(*said["contradiction"], *said["disagreement"], *said["note"]),
        explanation=_sum(wording, dimension),
        raise_most=raise_sentence(wording, dimension, parts),
        note=note,
        practices=texts(
            "report.unassessed.practices", names=[practice.title for practice in dimension.practices.values()]
        ),
    )


def build_unassessed(wording: Wording, dimensions: Sequence[DimensionResult]) -> Unassessed | None:
    """What the page of the dimensions without a score says of them all; ``None`` without any."""
    texts = wording.texts
    without = [dimension for dimension in dimensions if dimension.score is None]
    if not without:
        return None
    hidden = sum(dimension.suppressed for dimension in without)
    kind = "unassessed" if not hidden else "hidden" if hidden == len(without) else "either"
    said = {"unassessed": hidden < len(without), "hidden": hidden > 0}
    return Unassessed(
        name=texts(f"report.name.{kind}"),
        title=texts(f"report.{kind}.title", n=len(without)),
        paragraphs=tuple(texts(f"report.{name}.text") for name, holds in said.items() if holds),
    )


def _sum(wording: Wording, dimension: DimensionResult) -> str:
    """The sum that makes the score, in a sentence."""
    if dimension.score is None:
        return ""
    texts = wording.texts
    points = rounded_to_sum([part.points for part in dimension.contributions])
    adds = [
        texts("report.sum.adds", part=dimension.practices[part.id].title, points=shown)
        for part, shown in zip(dimension.contributions, points, strict=True)
        if part.id in dimension.practices
    ]
    return texts("report.sum.sentence", adds=adds, total=dimension.score)


def _facts(wording: Wording, dimension: DimensionResult) -> tuple[tuple[str, str], ...]:
    texts = wording.texts
    return (
        (texts("report.fact.people"), MISSING if dimension.suppressed else texts.write(dimension.n, "whole")),
        (texts("report.fact.interval"), wording.interval(dimension.interval)),
        (texts("report.fact.coverage"), wording.percent(dimension.coverage)),
        (texts("report.fact.agreement"), wording.agreement(dimension.agreement)),
        (texts("report.fact.measured"), wording.score(dimension.measured)),
    )
