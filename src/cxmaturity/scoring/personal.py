"""How raters spread over the levels: each by what their own answers come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from cxmaturity.scoring.scale import SCALE_BOTTOM, SCALE_SPAN

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CHUNK = 65536
"""Rows at a time, so that what is made of them stays in the cache."""

_TABLE = 4096
"""Values of a table that fits into the fastest cache."""

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


def _together(items: Sequence[Item]) -> list[list[Item]]:
    """The questions in groups, of which a table of all their answers together stays in the cache."""
    groups: list[list[Item]] = [[]]
    size = 1
    for item in items:
        size *= len(item.worth)
        if groups[-1] and size > _TABLE:
            groups.append([])
            size = len(item.worth)
        groups[-1].append(item)
    return groups if items else []


def _crossed(
    items: Sequence[Item], rows: slice
) -> tuple[NDArray[Any], NDArray[np.float32], NDArray[np.float32]]:
    """Some raters' answers to all of the questions as one code, and what each code is worth and weighs."""
    worths, counting = np.zeros(1, dtype=np.float32), np.zeros(1, dtype=np.float32)
    # numbers as small as will do; one question may have more answers than a table is meant to hold
    kind = np.min_scalar_type(prod(len(item.worth) for item in items)).type
    codes = np.zeros(rows.stop - rows.start, dtype=kind)
    for item in items:
        scored, weight = ~np.isnan(item.worth), np.float32(item.weight)
        worths = np.add.outer(worths, np.where(scored, item.worth, 0) * weight).ravel()
        counting = np.add.outer(counting, scored * weight).ravel()
        codes = codes * kind(len(item.worth)) + item.codes[rows]
    return codes.astype(np.intp), worths, counting


def _own(
    part: Part, rows: slice, limits: Sequence[np.float32], reached: dict[str, NDArray[np.int64]]
) -> NDArray[np.float32]:
    """The own fractions of some raters (NaN: none); ``reached`` adds up who reaches each level."""
    width = rows.stop - rows.start
    total, weights = np.zeros(width, dtype=np.float32), np.zeros(width, dtype=np.float32)
    for items in _together(part.items):
        codes, worths, counting = _crossed(items, rows)
        # codes are known to be in range; checking them again would cost as much as looking up
        total += np.take(worths, codes, mode="clip")
        weights += np.take(counting, codes, mode="clip")
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
