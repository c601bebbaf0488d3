"""CSV files: DuckDB copies the columns wanted, as texts; the header is read by ourselves.

DuckDB first reads strictly, which is fast and notices everything. Only a file in which something is wrong is
read once more, leaving rows out; there DuckDB goes on silently after lines that are too long and quotes that
are never closed, so that :mod:`csv_faults` has to look for these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cxmaturity.errors import Problem, UserError
from cxmaturity.evidence.engines.duckdb import DuckDbEngine, StatementError, text
from cxmaturity.evidence.sources.csv_faults import NO_REJECTS, REJECTED, Rejects, line_ends_mended, rejects_of
from cxmaturity.evidence.sources.csv_header import Header, read_header
from cxmaturity.evidence.sources.csv_places import CsvPlaces
from cxmaturity.evidence.sources.model import DataFile, Part, Placed, placed
from cxmaturity.evidence.sources.naming import positions_of
from cxmaturity.evidence.sources.texts import MAX_ROW, check_lines
from cxmaturity.evidence.sources.written import WrittenTable

# with a size of which the sixteenth part is no whole number, DuckDB 2.0 loses rows between two buffers
_BUFFER = 16 * MAX_ROW
_COMMA = r"^[+-]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+),[0-9]+$"
_TOLERANT = (
    f", ignore_errors=true, store_rejects=true, rejects_table='{REJECTED}', rejects_scan='{REJECTED}_of'"
)


@dataclass(frozen=True)
class _CsvFile:
    """A file with its header, and where the columns wanted stand in it, from 0."""

    file: DataFile
    header: Header
    wanted: Sequence[int]


def read_csv_files(
    engine: DuckDbEngine, files: Sequence[DataFile], name: str, titles: Sequence[str]
) -> Placed:
    """One table of the columns that ``titles`` name, in all files. Raises :class:`UserError`."""
    table = WrittenTable(engine, name, titles)
    opened = _opened(files, titles)
    parts = []
    commas: set[str] = set()
    for each in opened:
        rejects, each = _put(table, each)  # noqa: PLW2901 - it may have had to be copied
        # the comma that separates cells is none of numbers, unless they stand in quotes, as thousands do
        if all(file.header.separator != "," for file in opened):
            commas |= _decimal_commas(table)
        where = dict(zip(titles, each.wanted, strict=True))
        places = CsvPlaces(each.file, each.header, where, table.cells_from(table.rows))
        parts.append(Part(table.keep(), places, rejects.problems, rejects.count))
    return placed(table.relation(commas), parts)


def _opened(files: Sequence[DataFile], titles: Sequence[str]) -> list[_CsvFile]:
    """The files with their headers, none of which lacks a column."""
    opened: list[_CsvFile] = []
    problems: list[Problem] = []
    for file in files:
        try:
            header = read_header(file)
            check_lines(file)
            where = "the file's first row"
            wanted = positions_of(titles, header.titles, file.name, line=1, where=where)
            opened.append(_CsvFile(file, header, wanted))
        except UserError as error:
            problems += error.problems
    if problems:
        raise UserError(problems)
    return opened


def _put(table: WrittenTable, each: _CsvFile, *, mended: bool = False) -> tuple[Rejects, _CsvFile]:
    """Stage the rows of a file: which were left out, and the file that was read in the end."""
    try:
        _put_rows(table, each, "")
    except StatementError:
        pass
    else:
        return NO_REJECTS, each
    try:
        _put_rows(table, each, _TOLERANT)
    except StatementError:
        if mended:
            what, fix = "is not a CSV file that can be read", "save it as CSV in UTF-8"
            raise UserError.about(each.file.name, what, fix) from None
    else:
        return rejects_of(table.engine, each.file, each.header), each
    # DuckDB gives up where lines end in several ways
    copy = replace(each.file, path=line_ends_mended(each.file, table.engine.folder), packing="")
    header = replace(each.header, line_end=b"\n")
    return _put(table, replace(each, file=copy, header=header), mended=True)


def _put_rows(table: WrittenTable, each: _CsvFile, more: str) -> None:
    """Stage the rows of a file but those of nothing but blanks. Raises :class:`StatementError`."""
    width = len(each.header.titles)
    names = ", ".join(f"'h{number}': 'VARCHAR'" for number in range(width))
    select = (
        f"SELECT {', '.join(f'h{number}' for number in each.wanted)} FROM read_csv("  # noqa: S608 - quoted
        f"{table.engine.reachable(each.file.path)}, auto_detect=false, header=true,"
        f" delim={text(each.header.separator)}, quote='\"', escape='\"', max_line_size={MAX_ROW},"
        f" buffer_size={_BUFFER}, compression='{each.file.packing or 'none'}', columns={{{names}}}{more})"
    )
    _forget_rejects(table.engine)
    table.put(select)
    if table.numbers(_blank(table.columns), 1):
        # looking at all columns takes half as long again, so that it is done only where it may matter
        _forget_rejects(table.engine)
        table.put(f"{select} WHERE NOT ({_blank([f'h{number}' for number in range(width)])})")


def _blank(columns: Sequence[str]) -> str:
    """That there is nothing in some cells: one after the other is looked at, as long as there is nothing."""
    return " AND ".join(f"({c} IS NULL OR starts_with({c}, ' ') AND trim({c}) = '')" for c in columns)


def _forget_rejects(engine: DuckDbEngine) -> None:
    for name in (REJECTED, f"{REJECTED}_of"):
        engine.execute(f"DROP TABLE IF EXISTS temp.{name}")


def _decimal_commas(table: WrittenTable) -> set[str]:
    """The columns in which some cell is a number with a decimal comma."""
    tests = (f"contains({c}, ',') AND regexp_matches(trim({c}), '{_COMMA}')" for c in table.columns)
    found = table.ask(*(f"coalesce(bool_or({test}), false)" for test in tests))
    return {title for title, has in zip(table.titles, found, strict=True) if has}
