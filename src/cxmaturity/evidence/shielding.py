"""Keeps single customers out of results: small segments, and words that came out of the data.

A segment of fewer records than the minimum is not shown, and neither is as much of the others as it takes to
keep it from being found by subtraction: the next smallest, until those hidden are as many as the minimum.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from cxmaturity.api import Point, SegmentResult, Series, TrendPoint
from cxmaturity.yamlfile.characters import has_forbidden

MAX_SEGMENTS = 24
"""A column of more values tells single customers apart, and no groups."""
_LONGEST = 60
_PERSONAL = re.compile(r"@|(\d[\s()./-]?){7,}")

T = TypeVar("T", SegmentResult, TrendPoint)


def may_be_personal(label: str) -> bool:
    """Whether a word out of the data looks like an address, a telephone number or free text.

    One with control characters is none that anybody chose, and would garble terminals.
    """
    return len(label) > _LONGEST or has_forbidden(label) or _PERSONAL.search(label) is not None


def hidden(sizes: Sequence[int], minimum: int) -> set[int]:
    """Which of several groups may not be shown, by position: small ones, and what gives them away."""
    order = sorted(range(len(sizes)), key=lambda number: (sizes[number], number))
    small = [number for number in order if 0 < sizes[number] < minimum]
    kept = [number for number in order if sizes[number] >= minimum]
    while small and kept and sum(sizes[number] for number in small) < minimum:
        small.append(kept.pop(0))
    return set(small)


def shielded_segments(segments: Sequence[SegmentResult], minimum: int) -> tuple[SegmentResult, ...]:
    """Segments of which none is small; of the others not even the name is said, which may be somebody's."""
    if len(segments) > MAX_SEGMENTS:
        return ()
    gone = hidden([segment.n or 0 for segment in segments], minimum)
    return tuple(
        SegmentResult("", suppressed=True) if number in gone or may_be_personal(segment.name) else segment
        for number, segment in enumerate(segments)
    )


def shielded_trend(trend: Sequence[TrendPoint], minimum: int) -> tuple[TrendPoint, ...]:
    """A trend in which no point rests on too few records."""
    gone = hidden([point.n or 0 for point in trend], minimum)
    return tuple(
        TrendPoint(point.start, point.end, suppressed=True) if number in gone else point
        for number, point in enumerate(trend)
    )


def shielded_series(series: Sequence[Series], minimum: int) -> tuple[Series, ...]:
    """Series in which no words and no figures are those of too few."""
    return tuple(_shielded(each, minimum) for each in series)


def _shielded(series: Series, minimum: int) -> Series:
    if series.kind == "categories":
        gone = hidden([point.n for point in series.points], minimum)
        points = [
            Point("", None, suppressed=True) if number in gone or may_be_personal(point.label) else point
            for number, point in enumerate(series.points)
        ]
        return replace(series, points=tuple(points))
    if series.kind == "cohort":
        return replace(
            series,
            points=tuple(
                replace(point, value=None, n=0, suppressed=True) if 0 < point.n < minimum else point
                for point in series.points
            ),
        )
    return series
