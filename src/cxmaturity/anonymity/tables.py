"""From what people answered, over all batches, to the systems of sums that an attacker has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from cxmaturity.anonymity.batch import Batch
from cxmaturity.anonymity.span import Sums, System

if TYPE_CHECKING:
    from numpy.typing import NDArray

ABSENT = -1
_FEW = 4


def numbered(columns: Sequence[NDArray[np.int64]]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows of several columns (each from -1 on) numbered so that equal ones have one number.

    Returns a row of each number, and each row's number.
    """
    key = np.zeros(len(columns[0]), dtype=np.int64)
    size = 1
    for column in columns:
        span = int(column.max(initial=ABSENT)) + 2
        if size > np.iinfo(np.int64).max // (span * 2):
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
            size = int(key.max(initial=0)) + 1
        key = key * span + column + 1
        size *= span
    if size > _FEW * len(key):
        _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
        return first, inverse
    row = np.full(size, ABSENT, dtype=np.intp)  # much faster than sorting, where there are so few
    row[key] = np.arange(len(key))
    found = row >= 0
    number = np.cumsum(found) - 1
    return row[found], number[key]


@dataclass(frozen=True, slots=True)
class Joint:
    """Everybody of several batches, alike people put together.

    ``groups`` are, per batch, the groups of each kind of people (kinds, attributes), -1 where not known;
    ``there`` (kinds, batches) whether they were there at all. ``kind`` (people,) is each person's, and
    ``place`` per batch where in it each person is found, or nowhere (``ABSENT``); ``None`` where everybody is
    found in turn.
    """

    groups: tuple[NDArray[np.int64], ...]
    there: NDArray[np.bool_]
    kind: NDArray[np.intp]
    place: tuple[NDArray[np.int64] | None, ...]


def join(batches: Sequence[Batch]) -> Joint:
    """The people of all batches, each once."""
    if len(batches) == 1:
        numbers = batches[0].numbers()
        first, kind = numbered([np.zeros(len(numbers), dtype=np.int64), *numbers.T])
        return Joint((numbers[first],), np.ones((len(first), 1), dtype=bool), kind, (None,))
    everybody = np.unique(np.concatenate([batch.people for batch in batches]))
    groups, place = [], []
    for batch in batches:
        where = np.full(len(everybody), ABSENT, dtype=np.int64)
        where[np.searchsorted(everybody, batch.people)] = np.arange(len(batch.people))
        place.append(where)
        groups.append(_at(batch.numbers(), where))
    columns = [column for each in groups for column in each.T]
    first, kind = numbered([*columns, *(np.minimum(where, 0) for where in place)])
    there = np.stack([where[first] >= 0 for where in place], axis=1)
    return Joint(tuple(each[first] for each in groups), there, kind, tuple(place))


def _at(values: NDArray[np.int64], where: NDArray[np.int64] | None) -> NDArray[np.int64]:
    """``values[where]``, ``ABSENT`` for nowhere; as they stand without a ``where``."""
    if where is None:
        return values
    missing = np.full((1, *values.shape[1:]), ABSENT, dtype=np.int64)
    found: NDArray[np.int64] = np.concatenate([values, missing])[where]
    return found


@dataclass(frozen=True, slots=True)
class Answers:
    """What people answered to one question: alike people with alike answers put together.

    ``kind`` (cells,), ``codes`` (cells, batches) with ``ABSENT``, ``count`` (cells,) how many people.
    """

    kind: NDArray[np.intp]
    codes: NDArray[np.int64]
    count: NDArray[np.int64]


def answers_of(joint: Joint, coded: Sequence[NDArray[np.int64] | None]) -> Answers:
    """The answers to one question, given the codes in each batch (``None``: not asked there)."""
    absent = np.full(len(joint.kind), ABSENT, dtype=np.int64)
    codes = [
        absent if given is None else _at(given, where)
        for given, where in zip(coded, joint.place, strict=True)
    ]
    spans = [int(column.max(initial=ABSENT)) + 2 for column in (joint.kind, *codes)]
    if prod(spans) <= _FEW * len(joint.kind):  # then counting them all is much faster than finding first ones
        counts = np.bincount(_keys([joint.kind, *codes], spans), minlength=prod(spans))
        present = np.flatnonzero(counts)
        kind, *code = (each - 1 for each in np.unravel_index(present, spans))
        return Answers(kind, np.stack(code, axis=1), counts[present])
    first, inverse = numbered([joint.kind.astype(np.int64), *codes])
    return Answers(
        joint.kind[first],
        np.stack([code[first] for code in codes], axis=1),
        np.bincount(inverse, minlength=len(first)),
    )


def _keys(columns: Sequence[NDArray[Any]], spans: Sequence[int]) -> NDArray[Any]:
    """One number for each row of several columns, each from -1 on and below its span less one."""
    small = (
        np.int32 if prod(spans) <= np.iinfo(np.int32).max else np.int64
    )  # half the memory is half the time
    key: NDArray[Any] = columns[0].astype(small)
    offset = 1  # what the ones that make columns start from 0 come to
    for column, span in zip(columns[1:], spans[1:], strict=True):
        key *= small(span)
        key += column.astype(small, copy=False)
        offset = offset * span + 1
    key += small(offset)
    return key


def counts_of(joint: Joint, answers: Answers, meanings: int, groups: int) -> NDArray[np.int64]:
    """How many of everybody and of each group of the first batch gave each answer: (1 + groups, meanings)."""
    code = answers.codes[:, 0]
    there = code >= 0
    code, count, kind = code[there], answers.count[there], answers.kind[there]
    result = np.zeros((groups + 1, meanings), dtype=np.int64)
    np.add.at(result[0], code, count)
    for column in joint.groups[0].T:
        group = column[kind]
        np.add.at(result, (group[group >= 0] + 1, code[group >= 0]), count[group >= 0])
    return result


def _given(codes: NDArray[np.int64], counting: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which answers there are and count."""
    given: NDArray[np.bool_] = np.append(counting, [False])[codes]  # ABSENT is the last
    return given


def system_of(
    joint: Joint,
    answers: Answers,
    counting: NDArray[np.bool_],
    told: Mapping[int, int],
    shown: Sequence[NDArray[np.bool_]],
) -> System:
    """The sums of one question's answers of some kinds, as far as they are shown.

    ``counting`` (meanings,) says which answers are summed, ``told`` leads from each that gives people
    away to a number (equal for those that give the same away), ``shown`` is per batch (1 + groups,) of
    whom sums are shown, everybody first. The rows are the shown ones of every batch in turn.
    """
    given = _given(answers.codes, counting)
    some = given.any(axis=1)
    given, codes, kind, count = given[some], answers.codes[some], answers.kind[some], answers.count[some]
    slot = _slots(codes, given)
    patterns = [_patterns(each, seen) for each, seen in zip(joint.groups, shown, strict=True)]
    pattern = np.stack([of_kind[kind] for _, of_kind in patterns], axis=1)
    pattern[slot == ABSENT] = ABSENT
    first, owner = numbered([*pattern.T, *slot.T])
    having = [np.flatnonzero((slot[first] == own).any(axis=1)) for own in range(slot.shape[1])]
    at, answer = (
        np.concatenate([first[each] for each in having]),
        np.repeat(np.arange(len(having)), [len(each) for each in having]),
    )
    return System(
        sums=tuple(
            Sums(
                int(seen.sum()),
                bool(seen[0]),
                visible,
                np.where(slot[at, b] == answer, pattern[at, b], ABSENT),
            )
            for b, ((visible, _), seen) in enumerate(zip(patterns, shown, strict=True))
        ),
        owner=np.concatenate(having),
        people=np.bincount(owner, count, minlength=len(first)).astype(np.float64),
        alike=np.concatenate(
            [_alike(codes[:, own], owner, told, len(first))[each] for own, each in enumerate(having)]
        ),
    )


def _slots(codes: NDArray[np.int64], given: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each batch the first one in which the person gave the same answer, ``ABSENT`` where none."""
    slot = np.full(codes.shape, ABSENT, dtype=np.int64)
    for later in range(codes.shape[1]):
        for earlier in range(later, -1, -1):
            same = given[:, later] & given[:, earlier] & (codes[:, later] == codes[:, earlier])
            slot[same, later] = earlier
    return slot


def _patterns(
    groups: NDArray[np.int64], shown: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The shown sums that count whom: (patterns, attributes), and each kind's pattern."""
    row = np.where(shown, np.cumsum(shown) - 1, ABSENT)
    visible = np.append(row[1:], [ABSENT])[groups]
    first, number = numbered([np.full(len(groups), ABSENT, dtype=np.int64), *visible.T])
    return visible[first], number.astype(np.int64)


def _alike(
    codes: NDArray[np.int64], owner: NDArray[np.intp], told: Mapping[int, int], owners: int
) -> NDArray[np.int64]:
    """What all people of each owner told with an answer, -1 where they differ or it tells nothing."""
    table = np.full(int(codes.max(initial=0)) + 2, ABSENT, dtype=np.int64)
    for code, tells in told.items():
        if code < len(table) - 1:
            table[code] = tells
    telling = table[codes]
    order = np.argsort(owner, kind="stable")
    starts = np.searchsorted(owner[order], np.arange(owners))
    least = np.minimum.reduceat(telling[order], starts)
    most = np.maximum.reduceat(telling[order], starts)
    return np.where(least == most, least, ABSENT)
