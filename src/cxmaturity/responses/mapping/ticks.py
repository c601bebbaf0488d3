"""Multiple choices for which a tool writes a column per option, put together again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

from cxmaturity.api import CodedColumn
from cxmaturity.responses.mapping.cells import UNKNOWN
from cxmaturity.responses.mapping.export import text_of
from cxmaturity.responses.mapping.format import NOT_TICKED, TICKED

if TYPE_CHECKING:
    from cxmaturity.responses.mapping.format import ColumnFile, MappingFile

_RISING = (None, "not-shown", "unanswered", "n/a", "dont-know", NOT_TICKED)
"""What a question without a tick is, if its columns differ: the last of these that one of them says."""

Ticks = tuple[tuple[str, ...], int]
"""The options ticked so far, and the place in the order above of what was said where nothing is ticked."""


def tick_of(value: Any, column: ColumnFile, mapping: MappingFile) -> Any:
    """What a cell says of one option: :data:`Ticks`, or :data:`UNKNOWN`."""
    text = text_of(value)
    said = column.answers.get(text, mapping.states.get(text))
    if said == TICKED:
        return (column.option,), 0
    if said in _RISING[1:]:
        return (), _RISING.index(said)
    return UNKNOWN if text else ((), 0)


def joined_ticks(columns: Sequence[CodedColumn]) -> CodedColumn:
    """The columns of a question's options as its answers: a list of what is ticked, else a state.

    Nothing ticked is the empty list where a tool says of an option that it is not ticked. As in any file that
    is unanswered: that none applies is an option of its own.
    """
    whole = reduce(_pair, columns)
    return CodedColumn(whole.codes, tuple(map(_answer, whole.values)))


def _pair(one: CodedColumn, other: CodedColumn) -> CodedColumn:
    """Two columns as one, with each combination of their values that some row has."""
    import numpy as np

    both = one.codes.astype(np.int64) * len(other.values) + other.codes
    found, codes = np.unique(both, return_inverse=True)
    values = tuple(
        _together(one.values[each // len(other.values)], other.values[each % len(other.values)])
        for each in found.tolist()
    )
    return CodedColumn(codes.astype(np.uint32), values)


def _together(one: Any, other: Any) -> Ticks | None:
    """``None`` stands for an unknown cell, whose row is left out."""
    if one is None or other is None:
        return None
    return one[0] + other[0], max(one[1], other[1])


def _answer(ticks: Any) -> Any:
    if ticks is None:
        return None
    options, said = ticks
    if options:
        return list(options)
    return [] if _RISING[said] == NOT_TICKED else _RISING[said]
