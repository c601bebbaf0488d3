"""Sums over raters, of everybody and of each group, in one pass over the answers.

Raters are sorted by the groups that they belong to, so that those who share all of them lie side by side. The
sums of such a cell are added to everybody's and to each of its groups': what would take a pass over all
answers for each attribute takes one for all.

Most answers are worth a whole number of equal steps. As such they are multiplied and added without any
rounding, so that sums do not depend on the order of raters, and in four bytes instead of eight.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Coded = tuple["NDArray[Any]", "NDArray[np.float32]"]
"""A question: codes (raters,), and what each code is worth (NaN: nothing)."""

_Scaled = tuple["NDArray[Any]", "NDArray[Any]", "NDArray[Any]"]
"""A question: codes (raters,), and of each code how many steps it is worth, and whether it is an answer."""

_CHUNK = 8192
"""Rows at a time, so that what is made of them stays in the cache of one core."""

_MOST_STEPS = 32
"""With so many steps, sums over a chunk are below 2²⁴, up to which float32 knows each whole number."""

_STEP_ROUNDING = 1e-5
"""How far from a whole number of steps a worth may be, which is float32."""

_LEAST = 256
"""Raters in a cell on average: with fewer, adding up the cells costs more than another pass."""

_SHARES = 2
"""How many parts the raters are divided into, each for a thread: so many on every machine."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """The groups of an attribute: each rater's number among them, int32 (raters,), -1 for none; how many."""

    numbers: NDArray[np.int32]
    count: int


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of products over raters, each float64 (questions, questions).

    ``products`` of what two questions are worth; ``worth`` of what the first is worth, over those who
    answered the second too; ``both`` how many answered both. Not answered is 0 everywhere.
    """

    products: NDArray[np.float64]
    worth: NDArray[np.float64]
    both: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Cells:
    """Questions with their raters sorted by cell, all who are in the same group of each of some groupings.

    Cell ``i`` is the rows from ``edges[i]`` to ``edges[i + 1]``, in the groups ``numbers[i]``.
    """

    questions: Sequence[_Scaled]
    edges: NDArray[np.intp]
    numbers: Sequence[Sequence[int]]


def sums_of(questions: Sequence[Coded], groupings: Sequence[Grouped]) -> tuple[Sums, list[list[Sums]]]:
    """The sums of everybody, and for each grouping those of each group."""
    steps = [_steps_of(worth) for _, worth in questions]
    scale = np.array([each or 1 for each in steps], dtype=np.float64)
    kind = np.dtype(np.float32 if all(steps) else np.float64)
    tables = [_tables(worth, each, kind) for (_, worth), each in zip(questions, scale, strict=True)]
    scaled = [(codes, *both) for (codes, _), both in zip(questions, tables, strict=True)]
    passes = _passes(groupings, len(questions[0][0]) if questions else 0)
    added = [_added(_sorted(scaled, each), [one.count for one in each], kind) for each in passes]
    groups = [[_split(each, scale) for each in one[1:]] for _, found in added for one in found]
    return _split(added[0][0], scale), groups


def _steps_of(worth: NDArray[np.float32]) -> int | None:
    """Into how many equal steps the way from 0 to 1 falls so that each worth is a whole number of them."""
    known = worth[~np.isnan(worth)].astype(np.float64)
    for steps in range(1, _MOST_STEPS + 1):
        if (np.abs(known * steps - np.rint(known * steps)) < _STEP_ROUNDING).all():
            return steps
    return None


def _tables(
    worth: NDArray[np.float32], steps: float, kind: np.dtype[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """How many steps each code is worth, whole ones as float32, and whether it is an answer: 1 or 0."""
    answered = ~np.isnan(worth)
    known = np.where(answered, worth, 0).astype(np.float64) * steps
    return (np.rint(known) if kind == np.float32 else known).astype(kind), answered.astype(kind)


def _passes(groupings: Sequence[Grouped], raters: int) -> list[list[Grouped]]:
    """Which groupings to cross with each other: those that follow each other while cells are large enough."""
    passes: list[list[Grouped]] = [[]]
    cells = 1
    for grouping in groupings:
        cells *= grouping.count + 1
        if passes[-1] and cells * _LEAST > raters:
            passes.append([])
            cells = grouping.count + 1
        passes[-1].append(grouping)
    return passes


def _sorted(questions: Sequence[_Scaled], groupings: Sequence[Grouped]) -> _Cells:
    """The questions with their raters sorted by the groups that they are in."""
    raters = len(questions[0][0]) if questions else 0
    if not groupings or not questions:
        return _Cells(questions, np.array([0, raters]), [[0] * len(groupings)])
    shape = [each.count + 1 for each in groupings]
    cell = np.zeros(raters, dtype=np.int32)
    for grouping, size in zip(groupings, shape, strict=True):
        cell = cell * np.int32(size) + grouping.numbers + 1  # those of none come first
    order = np.argsort(cell.astype(np.min_scalar_type(int(np.prod(shape)))), kind="stable")
    counts = np.bincount(cell)
    present = np.flatnonzero(counts)
    # codes are known to be in range; checking them again would cost as much as looking up
    moved = [(np.take(codes, order, mode="clip"), worth, answered) for codes, worth, answered in questions]
    numbers = np.column_stack(np.unravel_index(present, shape)).tolist()
    return _Cells(moved, np.concatenate([[0], np.cumsum(counts[present])]), numbers)


def _added(
    cells: _Cells, counts: Sequence[int], kind: np.dtype[Any]
) -> tuple[NDArray[np.float64], list[NDArray[np.float64]]]:
    """The sums of everybody, (2 × questions)², and for each grouping of those of none and of each group."""
    raters = int(cells.edges[-1])
    chunks = -(-raters // _CHUNK)
    limits = [min(raters, _CHUNK * (chunks * part // _SHARES)) for part in range(_SHARES)] + [raters]
    with ThreadPoolExecutor(_SHARES) as pool:
        parts = list(
            pool.map(lambda k: _share(cells, counts, kind, limits[k], limits[k + 1]), range(_SHARES))
        )
    everybody = sum((whole for whole, _ in parts[1:]), start=parts[0][0])
    return everybody, [
        sum(each[1:], start=each[0]) for each in zip(*(found for _, found in parts), strict=True)
    ]


def _share(
    cells: _Cells, counts: Sequence[int], kind: np.dtype[Any], first: int, last: int
) -> tuple[NDArray[np.float64], list[NDArray[np.float64]]]:
    """The same over the rows from ``first`` to ``last``."""
    size = 2 * len(cells.questions)
    whole, groups = np.zeros((size, size)), [np.zeros((count + 1, size, size)) for count in counts]
    block = np.empty((size, min(_CHUNK, last - first)), dtype=kind)
    for start in range(first, last, _CHUNK):
        stop = min(start + _CHUNK, last)
        _look_up(cells.questions, slice(start, stop), block)
        here = np.searchsorted(cells.edges, [start, stop - 1], side="right") - 1
        for cell in range(here[0], here[1] + 1):
            begin, end = max(int(cells.edges[cell]), start), min(int(cells.edges[cell + 1]), stop)
            part = block[:, begin - start : end - start]
            product = part @ part.T
            whole += product
            for found, number in zip(groups, cells.numbers[cell], strict=True):
                found[number] += product
    return whole, groups


def _look_up(questions: Sequence[_Scaled], rows: slice, block: NDArray[Any]) -> None:
    """Put what some raters' answers are worth into a block, and below it whether they answered."""
    width = rows.stop - rows.start
    for number, (codes, worth, answered) in enumerate(questions):
        places = codes[rows].astype(np.intp)
        np.take(worth, places, out=block[number, :width], mode="clip")
        np.take(answered, places, out=block[len(questions) + number, :width], mode="clip")


def _split(sums: NDArray[np.float64], scale: NDArray[np.float64]) -> Sums:
    """The quarters of a matrix of all sums, in fractions again."""
    half = len(sums) // 2
    return Sums(
        sums[:half, :half] / np.outer(scale, scale),
        sums[:half, half:] / scale[:, np.newaxis],
        sums[half:, half:],
    )
