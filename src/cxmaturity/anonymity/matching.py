"""Who is the same person in two batches, and who answered otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.anonymity.batch import Batch, common_codes
from cxmaturity.anonymity.tables import numbered

if TYPE_CHECKING:
    from numpy.typing import NDArray

Pairs = tuple["NDArray[np.intp]", "NDArray[np.intp]"]


def hashed(respondents: Sequence[str]) -> NDArray[np.uint64]:
    """Each id as a number that it cannot be read from, uint64 (respondents,)."""
    digests = (blake2b(each.encode(), digest_size=8, person=b"cxmaturity").digest() for each in respondents)
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)


def contents(new: Batch, old: Batch) -> Pairs:
    """Numbers for what respondents of two batches said, attributes and answers: equal where it is equal.

    A question that only one of them has counts as unanswered in the other.
    """
    columns = [_values(new, old, attribute) for attribute in {**new.attributes, **old.attributes}]
    for question in {**new.columns, **old.columns}:
        coded, meanings = common_codes([new.columns.get(question), old.columns.get(question)])
        silent = ~meanings.answered & ~meanings.heard
        columns.append(
            np.concatenate(
                [
                    np.full(len(batch.people), -1) if codes is None else np.where(silent[codes], -1, codes)
                    for batch, codes in zip((new, old), coded, strict=True)
                ]
            )
        )
    start = np.zeros(len(new.people) + len(old.people), dtype=np.int64)
    number = numbered([start, *columns])[1]
    return number[: len(new.people)], number[len(new.people) :]


def _values(new: Batch, old: Batch, attribute: str) -> NDArray[np.int64]:
    """An attribute's values in both batches, numbered alike, -1 where not known."""
    known: dict[str, int] = {}
    parts = []
    for batch in (new, old):
        grouping = batch.attributes.get(attribute)
        if grouping is None:
            parts.append(np.full(len(batch.people), -1, dtype=np.int64))
            continue
        table = [known.setdefault(name, len(known)) for name in grouping.names]
        parts.append(np.append(np.array(table, dtype=np.int64), [-1])[grouping.numbers])
    return np.concatenate(parts)


def label(
    ids: NDArray[np.uint64], said: Pairs, before: Sequence[tuple[NDArray[np.uint64], NDArray[np.int64]]]
) -> NDArray[np.int64]:
    """The person that each respondent of a new batch is, int64 (respondents,).

    ``before`` are ids and people of former batches, the last first, and ``said`` the contents of the new and
    of the last. Who has the same id is the same person; of the others, who said the same. Where most of
    those with the same id said something else it is the other way round: ids may be row numbers, which
    move when a row comes between.
    """
    last_ids, last = before[0]
    free, taken = np.ones(len(ids), dtype=bool), np.ones(len(last), dtype=bool)
    people = np.full(len(ids), -1, dtype=np.int64)
    both, own = _common(ids, last_ids)
    together = np.split(numbered([np.concatenate([both, own]), np.concatenate(said)])[1], [len(ids)])
    alike, shared = (len(np.intersect1d(*each)) for each in (together, (both, own)))
    then = ((both, own), said) if 2 * alike >= shared else (said, (both, own))
    for new, old in ((together[0], together[1]), *then):
        at, of = _pairs(new, old, free, taken)
        people[at] = last[of]
        free[at], taken[of] = False, False
    for older_ids, older in before[1:]:
        both, own = _common(ids, older_ids)
        at, of = _pairs(both, own, free, ~np.isin(older, people))
        people[at] = older[of]
        free[at] = False
    highest = max(int(each.max(initial=-1)) for _, each in before)
    people[free] = np.arange(int(free.sum())) + highest + 1
    return people


def _common(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> Pairs:
    number = np.unique(np.concatenate([first, second]), return_inverse=True)[1]
    return number[: len(first)], number[len(first) :]


def _pairs(
    new: NDArray[np.intp], old: NDArray[np.intp], free: NDArray[np.bool_], taken: NDArray[np.bool_]
) -> Pairs:
    """Rows of two batches with equal keys, each used once, among those that are free."""
    at, of = np.flatnonzero(free), np.flatnonzero(taken)
    keys = [np.stack([each, _occurrence(each)]) for each in (new[at], old[of])]
    number = np.split(numbered(list(np.concatenate(keys, axis=1).astype(np.int64)))[1], [len(at)])
    _, first, second = np.intersect1d(number[0], number[1], return_indices=True)
    return at[first], of[second]


def _occurrence(keys: NDArray[np.intp]) -> NDArray[np.intp]:
    """The how manieth each key is of its like, from 0."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    result = np.empty(len(keys), dtype=np.intp)
    result[order] = np.arange(len(keys)) - np.searchsorted(ordered, ordered)
    return result


def changed(new: Batch, old: Batch, said: Pairs) -> tuple[int, int]:
    """How many people came or left, and how many changed what they said."""
    at, of = np.intersect1d(new.people, old.people, return_indices=True)[1:]
    moved = len(new.people) + len(old.people) - 2 * len(at)
    return moved, int(np.count_nonzero(said[0][at] != said[1][of]))
