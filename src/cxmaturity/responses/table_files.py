"""Tables of answers in CSV, workbooks and Parquet: which form they have, and what they say."""

from __future__ import annotations

from cxmaturity.api import ResponseFile, ResponseTable
from cxmaturity.errors import UserError
from cxmaturity.responses.grid import read_grid
from cxmaturity.responses.long import is_long, long_table
from cxmaturity.responses.mapping.applying import read_mapped
from cxmaturity.responses.mapping.format import mapping_beside
from cxmaturity.responses.wide import is_wide, wide_table


def read_table(file: ResponseFile) -> ResponseTable:
    """What a table says whose headings are ours, in long or wide form, or that has a mapping beside it.

    Raises :class:`UserError` where it has neither, and with every problem of the table as a whole.
    """
    if mapping := mapping_beside(file.path):
        return read_mapped(file, mapping)
    grid = read_grid(file)
    if is_long(grid):
        return long_table(file, grid)
    if is_wide(grid):
        return wide_table(file, grid)
    fix = f"run `cxmaturity responses map {file.name}`, which proposes how to read it"
    raise UserError.about(file.name, "no column is called as a question", fix, line=1, column=1)
