"""Names the rows of tables that could not be used: by their place where they have one, else by how many."""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.api import Column
from cxmaturity.errors import Problem
from cxmaturity.evidence.engines.model import ROW
from cxmaturity.evidence.handed import problems_of_results, without_handed_back
from cxmaturity.evidence.model import EvidenceRequest
from cxmaturity.evidence.reading import Reading, read_tables, titles_of
from cxmaturity.evidence.sources.opening import open_tables
from cxmaturity.evidence.typed import EMPTY, KIND, REASONS, wrong
from cxmaturity.plugins import Plugins

LISTED = 100
"""How many rows are named at most for one fault of one column: there may be millions."""
_KINDS = {
    "number": "not a number",
    "date": "not a date like 2026-01-31",
    "time": "not a time like 2026-01-31 14:30",
    "flag": "neither yes nor no",
}


def left_out(reading: Reading) -> Iterator[Problem]:
    """The rows of a table that a plugin's metrics could not use. No cell is ever repeated."""
    yield from reading.placed.left_out
    for column in reading.columns:
        for code in REASONS:
            if reading.quality.faults[column.name, code]:
                yield from _named(reading, column, code)


def _named(reading: Reading, column: Column, code: int) -> Iterator[Problem]:
    """The rows with one fault in one column."""
    what, title = f"column '{column.name}': {_what(column, code)}", reading.source.columns[column.name].title
    shown, more = reading.source.shown, reading.quality.faults[column.name, code]
    if reading.placed.relation.written:
        rows = _rows_with(reading, column.name, code)
        for file, line, number in reading.placed.places(rows, title):
            yield Problem(file or shown, line, number, what, "correct the cell")
        more -= len(rows)
    if more:
        rows_said = "row" if more == 1 else "rows"
        yield Problem(shown, 0, 0, f"{what} (in {more:,} {rows_said})", f"correct the column '{title}'")


def _rows_with(reading: Reading, name: str, code: int) -> list[int]:
    """The first rows with a fault, by number."""
    found = reading.table.filter(reading.table[wrong(name)] == code).select(ROW).order_by(ROW).limit(LISTED)
    return sorted(int(float(row[ROW] or 0)) for row in reading.engine.rows(found))


def _what(column: Column, code: int) -> str:
    if code == EMPTY:
        return "the cell is empty"
    if code == KIND:
        return _KINDS[column.kind]
    if column.kind in {"date", "time"}:
        return "not a day between 1900 and 2199"
    low, high = column.minimum, column.maximum
    return f"not between {low:g} and {high:g}" if low is not None and high is not None else "out of range"


def problems_of(request: EvidenceRequest, plugins: Plugins) -> tuple[Problem, ...]:
    """Everything that is wrong with tables and their rows, and with results that others handed back."""
    sources, results = request.sources, problems_of_results(request, plugins)
    plugins = without_handed_back(request, plugins)
    titles = titles_of(sources, plugins)
    with open_tables({name: sources[name] for name in titles}, titles) as opened:
        readings, problems = read_tables(sources, opened.tables, plugins)
        rows = [problem for reading in readings.values() for problem in left_out(reading)]
    return tuple(dict.fromkeys([*opened.problems, *problems, *rows, *results]))
