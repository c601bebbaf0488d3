"""Whether a column of a file may be one that metrics read: by its heading, what it holds, and limits."""

from __future__ import annotations

from collections.abc import Mapping

from cxmaturity.api import Column
from cxmaturity.evidence.profiles import ColumnProfile
from cxmaturity.evidence.synonyms import likeness

BY_VALUES = 0.4
"""What it counts that numbers are just within the limits."""
_TWO = 2

_FITTING: Mapping[str, frozenset[str]] = {
    "key": frozenset({"text", "number"}),
    "text": frozenset({"text", "number"}),
    "number": frozenset({"number"}),
    "date": frozenset({"date", "time"}),
    "time": frozenset({"date", "time"}),
}
"""What a column of a kind may hold; flags are looked at by themselves."""


def worth_of(column: Column, each: ColumnProfile, table: str) -> float:
    """How much speaks for a column of the file: its heading, and numbers that are just within its limits."""
    if not _fits(column, each):
        return 0.0
    return likeness(each.title, column.name, table) + (BY_VALUES if _only_such(column, each) else 0.0)


def _only_such(column: Column, each: ColumnProfile) -> bool:
    """Whether values alone say something: numbers that keep within two limits and come near both."""
    if column.kind != "number" or column.minimum is None or column.maximum is None:
        return False
    return each.low == column.minimum and each.high == column.maximum


def _fits(column: Column, each: ColumnProfile) -> bool:
    """Whether a column of the file may be what is wanted, by what it holds."""
    if each.kind == "nothing":
        return column.empty_allowed
    if column.kind == "flag":
        return each.kind == "flag" or _is_two_valued(each)
    if column.kind == "text" and _is_two_valued(each):
        return False
    return each.kind in _FITTING[column.kind] and _within(column, each)


def _within(column: Column, each: ColumnProfile) -> bool:
    """Whether numbers keep within the limits."""
    low, high = each.low, each.high
    if column.kind != "number" or not isinstance(low, int | float) or not isinstance(high, int | float):
        return True
    return (column.minimum is None or low >= column.minimum) and (
        column.maximum is None or high <= column.maximum
    )


def _is_two_valued(each: ColumnProfile) -> bool:
    return each.distinct == _TWO and each.kind in {"text", "number", "flag"}


def tells_apart(each: ColumnProfile) -> bool:
    """Whether a column could be the segment: a few texts that may be shown."""
    return each.kind in {"text", "flag"} and len(each.values) >= _TWO
