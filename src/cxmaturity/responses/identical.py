"""Respondents who come more than once: by their id, or by answers that are alike to the last one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.responses.model import AnswerColumn, Grouping

if TYPE_CHECKING:
    from numpy.typing import NDArray

BY_CHANCE = 0.05
"""How many others may be expected to have given the same answers by chance, for these to be pointed out."""
INFORMATION = 0.5
"""What counts of the improbability of a row of answers: one person's answers resemble each other."""

_CHUNK = 16384  # rows at a time, so that the sums stay in the cache of a core
_SEED = 20120501  # of the multipliers: any will do, as what they bring together is compared exactly


def same_ids(respondents: Sequence[str]) -> NDArray[np.intp]:
    """The rows whose id comes more than once; those without an id are left alone."""
    hashes = np.fromiter(map(hash, respondents), dtype=np.int64, count=len(respondents))
    near = _repeated(hashes, hashes != hash("")).tolist()
    times = Counter(respondents[row] for row in near)
    return np.array([row for row in near if times[respondents[row]] > 1], dtype=np.intp)


def _repeated(numbers: NDArray[np.integer], candidates: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The rows of candidates whose number another candidate has."""
    ordered = np.sort(numbers[candidates])
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    if not twice.size:
        return np.empty(0, dtype=np.intp)
    place = np.minimum(np.searchsorted(twice, numbers), twice.size - 1)
    return np.flatnonzero(candidates & (twice[place] == numbers))


def same_answers(
    columns: Sequence[AnswerColumn], groups: Sequence[Grouping], candidates: NDArray[np.bool_]
) -> NDArray[np.intp]:
    """The rows of candidates (rows,) that equal another's in all answers and groups, beyond chance.

    Sums of codes times random numbers find what may be equal; that alone is then compared.
    """
    parts = [*(column.codes for column in columns), *(group.numbers for group in groups)]
    rows = _repeated(_sums(parts, len(candidates)), candidates)
    rows = rows[_expected(columns, rows) <= BY_CHANCE]
    if not rows.size:
        return rows
    exact = np.column_stack([part[rows] for part in parts])
    _, group, times = np.unique(exact, axis=0, return_inverse=True, return_counts=True)
    return rows[times[group.reshape(-1)] > 1]


def _sums(parts: Sequence[NDArray[np.integer]], rows: int) -> NDArray[np.uint64]:
    """One number a row (rows,), the same for rows that are the same."""
    by = np.random.default_rng(_SEED).integers(1, 2**64, size=len(parts), dtype=np.uint64)
    sums = np.zeros(rows, dtype=np.uint64)
    for start in range(0, rows, _CHUNK):
        chunk = sums[start : start + _CHUNK]
        for part, factor in zip(parts, by, strict=True):
            chunk += part[start : start + _CHUNK].astype(np.uint64) * factor
    return sums


def _expected(columns: Sequence[AnswerColumn], rows: NDArray[np.intp]) -> NDArray[np.float64]:
    """How many others would have given each row's answers by chance: (rows,).

    By chance an answer comes as often as it does among all who answered its question.
    """
    logarithm = np.zeros(len(rows))
    for column in columns:
        counts = column.counts[: column.answered]
        share = np.ones(len(column.meanings))
        share[: column.answered] = np.maximum(counts, 1) / max(1, int(counts.sum()))
        logarithm += np.log(share)[column.codes[rows]]
    others = len(columns[0].codes) - 1 if columns else 0
    expected: NDArray[np.float64] = others * np.exp(INFORMATION * logarithm)
    return expected
