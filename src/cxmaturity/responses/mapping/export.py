"""A survey tool's export as a table: its rows of headings, and its columns with each different cell once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cxmaturity.api import CodedColumn, Problem
from cxmaturity.responses.mapping.format import Tool
from cxmaturity.responses.mapping.texts import one_line

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cxmaturity.responses.grid import Grid

_IMPORT_ID = re.compile(r"""["']ImportId["']\s*:\s*u?["']([^"']*)["']""")
_CHOICE_ID = re.compile(r"""["']choiceId["']\s*:\s*u?["']?([^"',}]*)["']?""")

Key = tuple[str, int]
"""By what a column is found: its code or else its heading, and how many before it have the same."""


@dataclass(frozen=True, slots=True)
class Export:
    """The table, its rows of headings apart.

    ``headings`` has a row of texts for each heading row. ``lines`` are the file's row numbers, from 1, of the
    rows below; ``left_out`` those that the reader of the table could not understand.
    """

    name: str
    tool: Tool
    headings: tuple[tuple[str, ...], ...]
    columns: tuple[CodedColumn, ...]
    lines: NDArray[np.int64]
    left_out: tuple[Problem, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """Each column's heading: what was asked."""
        several = self.tool == "qualtrics" and len(self.headings) > 2  # noqa: PLR2004 - names, texts, ImportId
        return self.headings[1 if several else 0]

    @property
    def codes(self) -> tuple[str | None, ...]:
        """Each column's id in the tool, ``None`` where the tool gives none."""
        match self.tool:
            case "qualtrics":
                return tuple(import_id(cell) for cell in self.headings[-1])
            case "limesurvey-vv":
                return self.headings[-1]
            case _:
                return (None,) * len(self.columns)

    @property
    def keys(self) -> tuple[Key, ...]:
        """By what each column is found again."""
        return numbered(
            [heading if code is None else code for heading, code in zip(self.titles, self.codes, strict=True)]
        )


def export_of(name: str, tool: Tool, grid: Grid) -> Export:
    """The export that a table with all its rows of headings is."""
    import numpy as np

    lines = range(grid.first_row, grid.first_row + grid.rows) if grid.lines is None else grid.lines
    return Export(
        name,
        tool,
        tuple(tuple(map(one_line, row)) for row in grid.heading_rows or (grid.headings,)),
        grid.columns,
        np.array(lines, dtype=np.int64),
        grid.left_out,
    )


def numbered(names: Sequence[str]) -> tuple[Key, ...]:
    """Names, each with how many before it are the same."""
    seen: Counter[str] = Counter()
    keys = []
    for name in names:
        keys.append((name, seen[name]))
        seen[name] += 1
    return tuple(keys)


def import_id(cell: str) -> str | None:
    """Qualtrics' id of a column from its JSON, which older exports write with single quotes."""
    found = _IMPORT_ID.search(cell)
    choice = _CHOICE_ID.search(cell)
    return None if found is None else f"{found[1]}{'_' + choice[1] if choice else ''}"


def cells_of(column: CodedColumn) -> list[str]:
    """The different cells of a column that some row has, on one line each, without the empty ones."""
    import numpy as np

    counts: list[int] = np.bincount(column.codes, minlength=len(column.values)).tolist()
    found = (value for value, count in zip(column.values, counts, strict=True) if count)
    return list(dict.fromkeys(text for text in map(text_of, found) if text))


def text_of(value: Any) -> str:
    """A cell on one line; empty where nothing is in it."""
    return "" if value is None else one_line(str(value))
