"""What is read of a table as it was written, and why one is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cxmaturity.api import ResponseFile
from cxmaturity.errors import UserError
from cxmaturity.responses.grid import Grid, read_grid


@pytest.fixture(scope="session")
def rows_of() -> Callable[[Grid], list[tuple[object, ...]]]:
    """``rows_of(grid)`` is its rows, each with the values of its cells."""

    def rows(grid: Grid) -> list[tuple[object, ...]]:
        columns = [[column.values[code] for code in column.codes.tolist()] for column in grid.columns]
        return list(zip(*columns, strict=True))

    return rows


@pytest.fixture(scope="session")
def wrong() -> Callable[[ResponseFile], str]:
    """``wrong(file)`` is what is wrong with a file that cannot be read."""

    def problems(file: ResponseFile) -> str:
        with pytest.raises(UserError) as caught:
            read_grid(file)
        return str(caught.value)

    return problems
