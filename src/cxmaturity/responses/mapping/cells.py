"""What one cell of an export means, by its column's mapping."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cxmaturity.api import WORDS_FOR_STATES
from cxmaturity.responses.mapping.export import text_of

if TYPE_CHECKING:
    from cxmaturity.responses.mapping.format import ColumnFile, MappingFile

UNKNOWN = object()
"""What a cell means that the mapping does not know."""

_NUMBERS = {mark: re.compile(rf"[-+]?\d+(?:{re.escape(mark)}\d+)?") for mark in (".", ",")}
_ESCAPES = {"{newline}": "\n", "{cr}": "\r", "{tab}": "\t", "{quote}": '"', "{lbrace}": "{"}
_ESCAPED = re.compile("|".join(re.escape(each) for each in _ESCAPES))


def answer_of(value: Any, column: ColumnFile, mapping: MappingFile) -> Any:
    """The answer that a cell of a question's column gives, in a form that :class:`ResponseTable` takes.

    ``None`` is nothing said; :data:`UNKNOWN` what the mapping does not know.
    """
    text = text_of(value)
    said = _whole(text, column, mapping)
    if said is not None:
        return [said] if column.separator and said not in WORDS_FOR_STATES else said
    if not text:
        return None
    if column.kind == "number":
        return number_of(text, column.decimal)
    if column.kind == "text":
        return words_of(value, mapping)
    if not column.separator:
        return UNKNOWN
    labels = labels_in(text, column.answers.keys(), column.separator)
    return UNKNOWN if labels is None else [column.answers[label] for label in labels]


def _whole(text: str, column: ColumnFile, mapping: MappingFile) -> str | None:
    """What a cell means as a whole, also if a separator ends it: Microsoft Forms writes ``Don't know;``."""
    known = {**mapping.states, **column.answers}
    gap = (column.separator or "").strip()
    bare = text.removesuffix(gap).rstrip() if gap else text
    return known.get(text, known.get(bare) if bare else None)


def words_of(value: Any, mapping: MappingFile) -> str | None:
    """What somebody wrote, as it was written."""
    text = str(value) if text_of(value) else ""
    if mapping.tool == "limesurvey-vv":
        text = _ESCAPED.sub(lambda found: _ESCAPES[found[0]], text)
    return text or None


def number_of(text: str, decimal: str) -> Any:
    """A number, a percent sign behind it passed over."""
    digits = text.removesuffix("%").strip()
    if not _NUMBERS[decimal].fullmatch(digits):
        return UNKNOWN
    return float(digits.replace(",", "."))


def labels_in(text: str, labels: Collection[str], separator: str) -> list[str] | None:
    """The labels that a cell is made of, ``None`` if it holds anything else.

    A label may hold the separator itself, so that cells cannot be split: known labels are looked for, the
    longest first, each ended by the separator or by the cell's end. A separator at the end is passed over.
    """
    longest = sorted((label for label in labels if label), key=lambda label: (-len(label), label))
    gap = separator.strip()
    starts = _starts(text, gap) if gap else range(len(text) + 1)
    # from the end on: `rest` has what can be read from each place to the end
    rest: dict[int, tuple[str, int] | None] = {len(text): None}
    for start in reversed(starts):
        for label in longest:
            end = start + len(label)
            after = _after(text, end, gap) if text.startswith(label, start) else None
            if after in rest:
                rest[start] = (label, after)
                break
    return _followed(rest)


def _starts(text: str, gap: str) -> Sequence[int]:
    """Where a label may start: at the beginning, and behind each separator."""
    found = [0, *(match.end() for match in re.finditer(rf"{re.escape(gap)}\s*", text))]
    return [start for start in found if start < len(text)]


def _after(text: str, end: int, gap: str) -> int | None:
    """Where the next label would start behind one that ends here, ``None`` if it does not end here."""
    found = re.compile(rf"\s*(?:{re.escape(gap)}\s*|$)").match(text, end)
    return found.end() if found else None


def _followed(rest: Mapping[int, tuple[str, int] | None]) -> list[str] | None:
    if 0 not in rest:
        return None
    found = []
    step = rest[0]
    while step is not None:
        found.append(step[0])
        step = rest[step[1]]
    return found
