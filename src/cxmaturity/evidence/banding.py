"""Bands: which are in force for a metric, what they make of its value, and what that makes of a practice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean

from cxmaturity.api import Bands, Metric, MetricResult
from cxmaturity.evidence.model import EvidenceRequest
from cxmaturity.plugins import Plugins
from cxmaturity.scoring.bands import band_of


def bands_in_force(request: EvidenceRequest, plugins: Plugins, plugin: str, metric: Metric) -> Bands | None:
    """The bands of a metric: the workspace's, else its own for the sector, else its own for all.

    None hold that run the wrong way, or where the metric may not cap. It may where its plugin scores the
    dimension, or nobody does, or its word counts beyond its own.
    """
    bands = request.bands.get(metric.id) or _own(metric, request.sector)
    if bands is None or bands.rising is not metric.higher_is_better:
        return None
    _, owner = plugins.scorers.get(metric.dimension, (None, plugin))  # nobody's dimension is anybody's
    return bands if owner == plugin or plugins.may_bind(plugin, request.may_cap) else None


def _own(metric: Metric, sector: str) -> Bands | None:
    """A metric's own bands: those that name the sector before those for all."""
    named = [each for each in metric.bands if sector.casefold() in map(str.casefold, each.sectors)]
    general = [each for each in metric.bands if not each.sectors]
    return next(iter((*named, *general)), None)


def level_of_value(value: float | None, bands: Bands | None) -> int | None:
    """The level that a value stands for, if there is both."""
    if value is None or bands is None:
        return None
    return band_of(value, bands.thresholds, higher_is_better=bands.rising)


def measured_scores(metrics: Sequence[MetricResult], practices: Iterator[str]) -> dict[str, float]:
    """The measured score of each practice that has banded metrics: the weighted mean of their levels.

    A metric in the band of level 3 counts as score 3, which lies inside that level's own range.
    """
    banded: dict[str, list[MetricResult]] = {}
    for metric in metrics:
        if metric.band is not None and metric.weight > 0:
            banded.setdefault(metric.practice, []).append(metric)
    return {
        practice: fmean([metric.band or 0 for metric in found], [metric.weight for metric in found])
        for practice in practices
        if (found := banded.get(practice))
    }
