"""Sums over raters, of everybody and of each group, in one pass over the answers.

Raters are sorted by the groups that they belong to, so that those who share all of them lie side by side. The
sums of such a cell are added to everybody's and to each of its groups': what would take a pass over all
answers for each attribute takes one for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Coded = tuple["NDArray[Any]", "NDArray[np.float32]"]
"""A question: codes (raters,), and what each code is worth (NaN: nothing)."""

_CHUNK = 8192
"""Rows at a time, so that what is made of them stays in the cache of one core."""

_LEAST = 256
"""Raters in a cell on average: with fewer, adding up the cells costs more than another pass."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """The groups of an attribute: each rater's number among them, int32 (raters,), -1 for none; how many."""

    numbers: NDArray[np.int32]
    count: int


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of products over raters, each float64 (questions, questions).

    ``products`` of what two questions are worth; ``worth`` of what the first is worth, over those who
    answered the second too; ``both`` how many answered both. Not answered is 0 everywhere. As fractions
    are float32, ``worth`` is exact for any number of raters that fits into memory.
    """

    products: NDArray[np.float64]
    worth: NDArray[np.float64]
    both: NDArray[np.float64]


def sums_of(questions: Sequence[Coded], groupings: Sequence[Grouped]) -> tuple[Sums, list[list[Sums]]]:
    """The sums of everybody, and for each grouping those of each group."""
    raters, size = len(questions[0][0]) if questions else 0, 2 * len(questions)
    groups = [np.zeros((each.count + 1, size, size)) for each in groupings]  # the last one for those of none
    whole = np.zeros((size, size))
    for position, together in enumerate(_passes(groupings, raters)):
        for numbers, part in _cells(questions, [groupings[each] for each in together]):
            if position == 0:
                whole += part
            for each, number in zip(together, numbers, strict=True):
                groups[each][number] += part
    return _split(whole), [[_split(each) for each in found[:-1]] for found in groups]


def _passes(groupings: Sequence[Grouped], raters: int) -> list[list[int]]:
    """Which groupings to cross with each other: as long as their cells are large enough."""
    passes: list[list[int]] = [[]]
    cells = 1
    for position, grouping in enumerate(groupings):
        cells *= grouping.count + 1
        if passes[-1] and cells * _LEAST > raters:
            passes.append([])
            cells = grouping.count + 1
        passes[-1].append(position)
    return passes


def _cells(
    questions: Sequence[Coded], groupings: Sequence[Grouped]
) -> Iterator[tuple[list[int], NDArray[np.float64]]]:
    """The sums of the raters of each cell, in parts: their group's number in each grouping, and the sums."""
    shape = [each.count + 1 for each in groupings]
    columns, edges, numbers = _sorted(questions, groupings, shape)
    raters = int(edges[-1])
    block = np.empty((2 * len(questions), min(_CHUNK, raters)))
    for start in range(0, raters, _CHUNK):
        stop = min(start + _CHUNK, raters)
        _look_up(columns, slice(start, stop), block)
        first, last = np.searchsorted(edges, [start, stop - 1], side="right") - 1
        for cell in range(first, last + 1):
            begin, end = max(int(edges[cell]), start) - start, min(int(edges[cell + 1]), stop) - start
            part = block[:, begin:end]
            yield numbers[cell], part @ part.T


def _sorted(
    questions: Sequence[Coded], groupings: Sequence[Grouped], shape: Sequence[int]
) -> tuple[Sequence[Coded], NDArray[np.intp], list[list[int]]]:
    """The questions by cell, where each cell that somebody is in starts, and its groups' numbers."""
    raters = len(questions[0][0]) if questions else 0
    if not groupings:
        return questions, np.array([0, raters]), [[]]
    places = [each.numbers % size for each, size in zip(groupings, shape, strict=True)]  # -1 is the last
    cell = np.ravel_multi_index(places, shape)
    order = np.argsort(cell.astype(np.min_scalar_type(int(np.prod(shape)))), kind="stable")
    counts = np.bincount(cell, minlength=1)
    present = np.flatnonzero(counts)
    edges = np.concatenate([[0], np.cumsum(counts[present])])
    numbers = np.column_stack(np.unravel_index(present, shape)).tolist()
    return [(np.take(codes, order, mode="clip"), worth) for codes, worth in questions], edges, numbers


def _look_up(questions: Sequence[Coded], rows: slice, block: NDArray[np.float64]) -> None:
    """Put what some raters' answers are worth into a block, and below it whether they answered."""
    width = rows.stop - rows.start
    for number, (codes, worth) in enumerate(questions):
        answered = ~np.isnan(worth)
        for row, table in ((number, np.where(answered, worth, 0)), (len(questions) + number, answered)):
            # codes are known to be in range; checking them again would cost as much as looking up
            np.take(table.astype(np.float64), codes[rows], out=block[row, :width], mode="clip")


def _split(sums: NDArray[np.float64]) -> Sums:
    """The quarters of a matrix of all sums."""
    half = len(sums) // 2
    return Sums(sums[:half, :half], sums[:half, half:], sums[half:, half:])
