"""Which of DuckDB's types metrics can read: the many kinds of numbers, times and texts as few."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cxmaturity.errors import Problem, UserError
from cxmaturity.evidence.engines.duckdb import quoted

if TYPE_CHECKING:
    from ibis.expr.datatypes import DataType

_AS_IT_IS = re.compile(
    r"VARCHAR|BOOLEAN|U?(TINY|SMALL|BIG)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|DATE|TIMESTAMP"
)
_AS_TIMESTAMP = re.compile(r"TIMESTAMP_(S|MS|NS)")
_AS_TEXT = re.compile(r"ENUM\(.*\)|UUID|JSON|TIME|U?HUGEINT", re.DOTALL)


def selected(title: str, kind: str) -> tuple[str, str] | None:
    """A column in SQL, with its simple type; ``None`` where it holds nothing that metrics can read."""
    if _AS_IT_IS.fullmatch(kind):
        return quoted(title), kind
    if _AS_TIMESTAMP.fullmatch(kind):
        return f"{quoted(title)}::TIMESTAMP", "TIMESTAMP"
    if kind == "TIMESTAMP WITH TIME ZONE":  # the time in UTC, as everywhere
        return f"({quoted(title)} AT TIME ZONE 'UTC')", "TIMESTAMP"
    if _AS_TEXT.fullmatch(kind):
        return f"{quoted(title)}::VARCHAR", "VARCHAR"
    return None


def selection(titles: Sequence[str], kinds: Mapping[str, str], shown: str) -> list[tuple[str, str]]:
    """Columns in SQL with their simple types. Raises :class:`UserError` where metrics cannot read them."""
    found: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for title in titles:
        each = selected(title, kinds[title])
        if each is None:
            what = f"the column '{title}' holds {_in_words(kinds[title])}"
            problems.append(Problem(shown, 0, 0, what, "write it as text, numbers or dates"))
        else:
            found.append(each)
    if problems:
        raise UserError(problems)
    return found


def _in_words(kind: str) -> str:
    if kind in {"BLOB", "BIT"}:
        return "bytes"
    return f"values of the type {kind}" if kind.isalpha() else "lists or structures"


def family(kind: str) -> str:
    """What a simple type is of: of one family, several files can be one column."""
    if kind in {"VARCHAR", "BOOLEAN"}:
        return kind
    return "dates" if kind.startswith(("DATE", "TIME")) else "numbers"


def ibis_type(kind: str) -> DataType:
    """A type of DuckDB's as Ibis knows it."""
    from ibis.backends.sql.datatypes import DuckDBType  # lazy: Ibis

    found: DataType = DuckDBType.from_string(kind)
    return found
