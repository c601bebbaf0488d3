"""How raters spread over the levels: each by what their own answers come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cxmaturity.scoring.scale import SCALE_BOTTOM, SCALE_SPAN

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CHUNK = 16384
"""Rows at a time, so that what is made of them stays in the cache."""

_ROUNDING = 1e-6
"""Own means are float32: who reaches a level on paper must reach it here too."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question: codes (raters,), what each code is worth (NaN: nothing), and its weight."""

    codes: NDArray[Any]
    worth: NDArray[np.float32]
    weight: float


@dataclass(frozen=True, slots=True)
class Part:
    """Something with a score, made of questions or of other parts; ``weight`` counts in what is above."""

    id: str
    weight: float
    items: tuple[Item, ...] = ()
    parts: tuple[Part, ...] = ()


def spread_over_levels(whole: Part, minima: Sequence[float], raters: int) -> Mapping[str, tuple[int, ...]]:
    """How many raters stand at each level, of the whole and of every part of it, by id.

    A rater's own fraction is the weighted mean over what they answered, part by part on the way up; who
    answered nothing of a part stands nowhere in it. ``minima`` are the inclusive minimum scores of the
    levels, lowest first.
    """
    limits = [np.float32((minimum - SCALE_BOTTOM) / SCALE_SPAN - _ROUNDING) for minimum in minima[1:]]
    reached: dict[str, NDArray[np.int64]] = {}
    for start in range(0, raters, _CHUNK):
        _own(whole, slice(start, min(start + _CHUNK, raters)), limits, reached)
    return {
        name: tuple(int(here - beyond) for here, beyond in zip(counts, [*counts[1:], 0], strict=True))
        for name, counts in reached.items()
    }


def _own(
    part: Part, rows: slice, limits: Sequence[np.float32], reached: dict[str, NDArray[np.int64]]
) -> NDArray[np.float32]:
    """The own fractions of some raters (NaN: none); ``reached`` adds up who reaches each level."""
    width = rows.stop - rows.start
    total, weights = np.zeros(width, dtype=np.float32), np.zeros(width, dtype=np.float32)
    for item in part.items:
        scored = ~np.isnan(item.worth)
        codes, weight = item.codes[rows], np.float32(item.weight)
        total += np.take(np.where(scored, item.worth, 0) * weight, codes)
        weights += np.take(scored * weight, codes)
    for inner in part.parts:
        own = _own(inner, rows, limits, reached)
        here, weight = ~np.isnan(own), np.float32(inner.weight)
        np.add(total, own * weight, out=total, where=here)
        weights += here * weight
    fractions = np.full(width, np.nan, dtype=np.float32)
    np.divide(total, weights, out=fractions, where=weights > 0)
    counts = [np.count_nonzero(weights > 0), *(np.count_nonzero(fractions >= limit) for limit in limits)]
    reached[part.id] = reached.get(part.id, 0) + np.array(counts, dtype=np.int64)
    return fractions
