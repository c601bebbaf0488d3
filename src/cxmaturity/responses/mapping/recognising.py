"""Which survey tool an export comes from, and how many rows of headings it has."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from cxmaturity.api import ResponseFile
from cxmaturity.errors import UserError
from cxmaturity.responses.grid import Grid, read_grid
from cxmaturity.responses.mapping import words
from cxmaturity.responses.mapping.export import Export, export_of, import_id, text_of
from cxmaturity.responses.mapping.format import Tool
from cxmaturity.responses.mapping.texts import plain_words

_MOST_HEADINGS = 3
_VV_CODES = frozenset({"id", "submitdate", "lastpage", "startlanguage"})
_ENOUGH = 2  # headings of a tool's own, so that one of them by chance decides nothing


def read_export(file: ResponseFile) -> Export:
    """A file as the export of the tool that it shows signs of. Raises :class:`UserError` without headings."""
    grid = read_grid(file)
    if not grid.columns:
        what, fix = "the first row has no headings", "name the columns there"
        raise UserError.about(file.name, what, fix, line=1, column=1)
    tool, heading_rows = recognised([grid.headings, *_first_rows(grid, _MOST_HEADINGS - 1)])
    more = grid if heading_rows == 1 else read_grid(file, header_rows=heading_rows)
    return export_of(file.name, tool, more)


def recognised(rows: Sequence[Sequence[str]]) -> tuple[Tool, int]:
    """The tool that the first rows of a table show the signs of, and how many of them are headings."""
    for number, row in enumerate(rows):
        if any(import_id(cell) for cell in row):
            return "qualtrics", number + 1
    if len(rows) > 1 and len(_VV_CODES & set(rows[1])) > _ENOUGH:
        return "limesurvey-vv", 2
    return _by_headings([plain_words(_text(cell)) for cell in rows[0]]), 1


def _first_rows(grid: Grid, count: int) -> list[tuple[str, ...]]:
    rows = range(min(count, grid.rows))
    return [tuple(text_of(column.values[int(column.codes[row])]) for column in grid.columns) for row in rows]


def _by_headings(headings: Sequence[str]) -> Tool:
    if headings and headings[0] in words.TIMESTAMPS:
        return "google-forms"
    if {"start time", "completion time"} <= set(headings) or (
        headings[:1] == ["id"] and _some(headings[1:3], words.STARTS) and _some(headings[1:3], words.ENDS)
    ):
        return "microsoft-forms"
    if sum(heading in words.LIMESURVEY for heading in headings) >= _ENOUGH:
        return "limesurvey"
    return "table"


def _some(headings: Sequence[str], known: Collection[str]) -> bool:
    return any(heading in known for heading in headings)


def _text(heading: str) -> str:
    """A heading without LimeSurvey's code before the text: ``id. Response ID``."""
    code, dot, text = heading.partition(". ")
    return text if dot and code.isidentifier() else heading
