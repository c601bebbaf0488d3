"""What former results of a confidential workspace were made from, kept so that none differs by few people.

The file holds, for the last three results: a hash of each respondent's id, the groups and the answers as
codes, what was shown of them, and what people wrote as far as it was shown. It is as confidential as the
answer files beside it, and never leaves the workspace.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cxmaturity.anonymity.batch import Batch, Former, Mask
from cxmaturity.api import State
from cxmaturity.errors import UserError
from cxmaturity.outputs import write_whole
from cxmaturity.responses.model import Answer, AnswerColumn, Grouping, code_type, immutable

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLACE = (".cxmaturity", "released.npz")
MOST_KEPT = 3
_FORMAT = 1
_LARGEST = 4 << 30
_MASKS = ("sizes", "cells", "whole")


@dataclass(frozen=True, slots=True)
class Kept:
    """One result's ground: the batch, what was shown of it, the hashed ``ids``, and the texts by question."""

    former: Former
    ids: NDArray[np.uint64]
    texts: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the last results were made from, the latest first."""

    kept: tuple[Kept, ...]

    def followed_by(self, kept: Kept) -> Ledger:
        """The ledger with one more result."""
        return Ledger((kept, *self.kept)[:MOST_KEPT])


def write_ledger(folder: Path, ledger: Ledger) -> None:
    """Write a workspace's ledger, whole or not at all. Raises :class:`UserError` where it cannot be."""
    arrays: dict[str, NDArray[Any]] = {"format": np.array(_FORMAT), "results": np.array(len(ledger.kept))}
    for number, kept in enumerate(ledger.kept):
        arrays |= {f"{number}.{name}": array for name, array in _arrays(kept).items()}
    content = BytesIO()
    np.savez_compressed(content, **arrays)  # type: ignore[arg-type]  # no array is called allow_pickle
    write_whole(folder.joinpath(*PLACE), content.getvalue())


def _arrays(kept: Kept) -> dict[str, NDArray[Any]]:
    batch, mask = kept.former.batch, kept.former.mask
    said = {
        "minimum": kept.former.minimum,
        "attributes": {name: list(grouping.names) for name, grouping in batch.attributes.items()},
        "questions": {
            name: [_meaning(each) for each in column.meanings] for name, column in batch.columns.items()
        },
        "texts": {name: list(texts) for name, texts in kept.texts.items()},
    }
    rows = len(batch.people)
    return {
        "said": np.frombuffer(json.dumps(said).encode(), dtype=np.uint8),
        "people": batch.people,
        "ids": kept.ids,
        "groups": _stacked([each.numbers for each in batch.attributes.values()], rows, np.int32),
        "codes": _stacked([each.codes for each in batch.columns.values()], rows, _widest(batch)),
        **{name: getattr(mask, name) for name in _MASKS},
    }


def _widest(batch: Batch) -> np.dtype[Any]:
    """A type that holds the codes of all questions."""
    return np.result_type(np.uint16, *(each.codes for each in batch.columns.values()))


def _stacked(columns: list[NDArray[Any]], rows: int, kind: type[np.generic] | np.dtype[Any]) -> NDArray[Any]:
    return np.stack(columns).astype(kind) if columns else np.empty((0, rows), dtype=kind)


def _meaning(answer: Answer) -> list[Any]:
    fraction = None if np.isnan(answer.fraction) else answer.fraction
    return [int(answer.state), fraction, answer.position, sorted(answer.ticked)]


def read_ledger(folder: Path) -> Ledger | None:
    """A workspace's ledger, if it has one. Raises :class:`UserError` where the file is damaged."""
    path = folder.joinpath(*PLACE)
    if not path.exists():
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST:
                raise ValueError("too large")  # noqa: TRY301 - told like all other damage
        with np.load(path, allow_pickle=False) as arrays:
            if int(arrays["format"]) != _FORMAT:
                raise ValueError("another format")  # noqa: TRY301
            return Ledger(tuple(_kept(arrays, number) for number in range(int(arrays["results"]))))
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, zipfile.BadZipFile):
        fix = "restore it from a backup, or delete it if nobody has seen an earlier result"
        what = "what earlier results were made from cannot be read"
        raise UserError.about(str(path), what, fix) from None


def _kept(arrays: Mapping[str, NDArray[Any]], number: int) -> Kept:
    part = {name: arrays[f"{number}.{name}"] for name in ("people", "ids", "groups", "codes", *_MASKS)}
    said = json.loads(arrays[f"{number}.said"].tobytes())
    attributes = zip(said["attributes"].items(), part["groups"], strict=True)
    questions = zip(said["questions"].items(), part["codes"], strict=True)
    batch = Batch(
        part["people"],
        {name: Grouping(tuple(names), immutable(numbers)) for (name, names), numbers in attributes},
        {name: _column(meanings, codes) for (name, meanings), codes in questions},
    )
    return _checked(
        Kept(
            Former(batch, Mask(*(part[name] for name in _MASKS)), int(said["minimum"])),
            part["ids"],
            {name: tuple(texts) for name, texts in said["texts"].items()},
        )
    )


def _column(meanings: list[list[Any]], codes: NDArray[np.unsignedinteger[Any]]) -> AnswerColumn:
    answers = tuple(
        Answer(State(state), np.nan if fraction is None else fraction, position, frozenset(ticked))
        for state, fraction, position, ticked in meanings
    )
    if codes.max(initial=0) >= len(answers):
        raise ValueError("a code without a meaning")
    return AnswerColumn(immutable(codes.astype(code_type(len(answers)))), answers)


def _checked(kept: Kept) -> Kept:
    """What was read, if its parts fit together."""
    batch, mask, rows = kept.former.batch, kept.former.mask, len(kept.former.batch.people)
    groups = batch.groups
    shapes = [each.shape for each in (mask.sizes, mask.cells, mask.whole, kept.ids)]
    numbers = batch.numbers()
    if shapes != [(groups,), (groups, len(batch.columns)), (len(batch.columns),), (rows,)]:
        raise ValueError("arrays that do not fit together")
    if any(each.dtype != bool for each in (mask.sizes, mask.cells, mask.whole)) or numbers.max(
        initial=-1
    ) >= max(groups, 1):
        raise ValueError("groups that there are not")
    return kept
