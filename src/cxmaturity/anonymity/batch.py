"""Answers as one result was, or is to be, made from: who, in which groups, and what they answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.api import State
from cxmaturity.responses.model import AnswerColumn, Grouping

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Mask:
    """What of a batch may be shown.

    ``sizes`` (groups,) says of which groups it may be shown how many people they have, ``cells``
    (groups, questions) of which what they answered, ``whole`` (questions,) the same of everybody together.
    The groups are those of each attribute in turn.
    """

    sizes: NDArray[np.bool_]
    cells: NDArray[np.bool_]
    whole: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Batch:
    """One set of answers. ``people`` int64 (respondents,) are numbers that stay a person's over batches."""

    people: NDArray[np.int64]
    attributes: Mapping[str, Grouping]
    columns: Mapping[str, AnswerColumn]

    @property
    def groups(self) -> int:
        """How many groups there are, over all attributes."""
        return sum(len(each.names) for each in self.attributes.values())

    def numbers(self) -> NDArray[np.int64]:
        """Each respondent's group (respondents, attributes) among all groups, -1 where not known."""
        numbers = np.full((len(self.people), len(self.attributes)), -1, dtype=np.int64)
        start = 0
        for position, grouping in enumerate(self.attributes.values()):
            numbers[:, position] = np.where(grouping.numbers < 0, -1, grouping.numbers + start)
            start += len(grouping.names)
        return numbers


@dataclass(frozen=True, slots=True)
class Former:
    """A batch that a result was made from, what was shown of it, and under which minimum."""

    batch: Batch
    mask: Mask
    minimum: int


@dataclass(frozen=True, slots=True)
class Meanings:
    """What the codes of a question mean: ``answered`` and ``heard`` (meanings,), and which can be told apart.

    ``told`` (meanings,) are answers that give somebody away where everybody gave them: not those to
    free text, of which only that there are any is shown.
    """

    answered: NDArray[np.bool_]
    heard: NDArray[np.bool_]
    told: NDArray[np.bool_]


_SILENT = (State.UNANSWERED, State.NOT_SHOWN)


def common_codes(columns: Sequence[AnswerColumn | None]) -> tuple[list[NDArray[np.int64] | None], Meanings]:
    """The answers to one question in several batches, coded alike; ``None`` where it was not asked."""
    known: dict[object, int] = {}
    states: list[State] = []
    told: list[bool] = []
    coded: list[NDArray[np.int64] | None] = []
    for column in columns:
        if column is None:
            coded.append(None)
            continue
        table = []
        for meaning in column.meanings:
            key = (meaning.state, meaning.position, meaning.ticked)
            if meaning.position < 0 and not meaning.ticked:  # of a number the worth is all that there is
                key = (*key, repr(meaning.fraction))  # type: ignore[assignment]
            if key not in known:
                states.append(meaning.state)
                told.append(meaning.state is State.ANSWERED and not np.isnan(meaning.fraction))
            table.append(known.setdefault(key, len(known)))
        coded.append(np.take(np.array(table, dtype=np.int64), column.codes))
    return coded, Meanings(
        np.array([state is State.ANSWERED for state in states], dtype=bool),
        np.array([state not in _SILENT for state in states], dtype=bool),
        np.array(told, dtype=bool),
    )
