"""What the cells of a table of answers say: values instead of texts, each different one once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cxmaturity.api import CodedColumn, ResponseFile
from cxmaturity.errors import Problem
from cxmaturity.responses.grid import Grid
from cxmaturity.responses.model import ATTRIBUTES
from cxmaturity.yamlfile.scalars import resolve

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESPONDENT, QUESTION, ANSWER, NOTE, SECONDS = "respondent", "question", "answer", "note", "seconds"
NOTE_PREFIX = "note:"
"""Before the question's id, it names the column of what was written beside the answer."""
ABOUT_PEOPLE = (RESPONDENT, *ATTRIBUTES, SECONDS)
"""The columns of a table that are no answers."""

QUESTION_ID = re.compile(r"[a-z0-9-]+\.[a-z0-9-]+\.[a-z0-9-]+")
_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")


def value_of(text: object, *, decimal_comma: bool = False) -> object:
    """What a cell's text says: numbers and true or false as YAML has them, 3.0 as 3, anything else as text.

    With ``decimal_comma``, 2,5 is two and a half.
    """
    if not isinstance(text, str):
        return None
    if decimal_comma and _COMMA.fullmatch(text):
        text = text.replace(",", ".")
    try:
        value = resolve(text)
    except OverflowError:  # a number of so many digits is none, and the core will say so
        return text
    return int(value) if isinstance(value, float) and value.is_integer() else value


def answers_of(column: CodedColumn, *, decimal_comma: bool) -> CodedColumn:
    """A column of texts as answers."""
    values = tuple(value_of(text, decimal_comma=decimal_comma) for text in column.values)
    return CodedColumn(column.codes, values)


def listed(column: CodedColumn) -> list[Any]:
    """A column as the list of its cells."""
    values = column.values
    return [values[code] for code in column.codes.tolist()]


def where(column: CodedColumn, wanted: Sequence[bool]) -> list[int]:
    """The rows whose value is one of those wanted, of which there is a flag for each value."""
    import numpy as np

    if not any(wanted):
        return []
    rows: list[int] = np.flatnonzero(np.array(wanted)[column.codes]).tolist()
    return rows


def empty_rows(column: CodedColumn) -> list[int]:
    """The rows in which a column says nothing."""
    return where(column, [value is None for value in column.values])


def seconds_of(column: CodedColumn, *, decimal_comma: bool) -> NDArray[np.float64]:
    """A column of durations as float64 (rows,), NaN where it says none of 0 or more."""
    import numpy as np

    from cxmaturity.responses.coding import looked_up

    values = [value_of(text, decimal_comma=decimal_comma) for text in column.values]
    table = [float(str(value)) if _is_duration(value) else np.nan for value in values]
    return looked_up(np.array(table, dtype=np.float64), column.codes)


def wrong_seconds(file: ResponseFile, grid: Grid, names: Mapping[str, int]) -> dict[int, Problem]:
    """The rows whose duration is none, given the position of each column by its name."""
    if SECONDS not in names:
        return {}
    column = grid.columns[names[SECONDS]]
    values = [value_of(text, decimal_comma=grid.decimal_comma) for text in column.values]
    rows = where(column, [value is not None and not _is_duration(value) for value in values])
    what, fix = "'seconds' is not a number of 0 or more", "correct or empty the cell"
    return {row: Problem(file.name, grid.line(row), names[SECONDS] + 1, what, fix) for row in rows}


def _is_duration(value: object) -> bool:
    return type(value) in {int, float} and float(str(value)) >= 0
