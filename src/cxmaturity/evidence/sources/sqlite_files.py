"""SQLite databases: opened read-only, and the columns wanted of one table copied into DuckDB as texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from cxmaturity.errors import UserError
from cxmaturity.evidence.engines.duckdb import DuckDbEngine, quoted
from cxmaturity.evidence.sources.model import DataFile, Part, Placed, by_row, placed
from cxmaturity.evidence.sources.naming import positions_of, table_in
from cxmaturity.evidence.sources.written import BATCH, Cells, WrittenTable

_MAGIC = b"SQLite format 3\0"
_BROKEN = "the database cannot be read", "open it in its program, see that it is whole, and copy it again"
_MAX_CELL = 1_000_000


def read_sqlite_file(
    engine: DuckDbEngine, file: DataFile, name: str, titles: Sequence[str], wanted: str
) -> Placed:
    """The columns that ``titles`` name in the table ``wanted``. Raises :class:`UserError`."""
    _check_kind(file)
    table = WrittenTable(engine, name, titles)
    try:
        with closing(connected_to(file.path)) as connection:
            chosen = table_in(wanted, _tables(connection), file.name, name)
            header = [row[1] for row in connection.execute(f"PRAGMA table_xinfo({quoted(chosen)})")]
            positions_of(titles, header, file.name, where=f"the table '{chosen}'")
            table.put_rows(_batches(connection, chosen, titles, file))
    except sqlite3.Error:  # its words may hold a text that is not UTF-8
        raise UserError.about(file.name, *_BROKEN) from None
    part = Part(table.keep(), by_row(file.name))
    return placed(table.relation(), [part])


def _check_kind(file: DataFile) -> None:
    with file.path.open("rb") as opened:
        if opened.read(len(_MAGIC)) != _MAGIC:
            raise UserError.about(file.name, "is not a SQLite database", "correct its name")


def connected_to(path: Path) -> sqlite3.Connection:
    """A connection that writes nothing, not even beside the file, and runs no code out of it."""
    waiting = path.with_name(f"{path.name}-wal")
    journal = path.with_name(f"{path.name}-journal")
    # what a program has still to write into the file must be seen; without it, nothing may be locked
    mode = (
        "mode=ro"
        if any(each.exists() and each.stat().st_size for each in (waiting, journal))
        else "immutable=1"
    )
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_CELL)
    for setting in ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _tables(connection: sqlite3.Connection) -> list[str]:
    """The tables and views of a database."""
    found = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND substr(name, 1, 7) != 'sqlite_'"
    )
    return [name for (name,) in found]


def _batches(
    connection: sqlite3.Connection, table: str, titles: Sequence[str], file: DataFile
) -> Iterator[Sequence[Cells]]:
    """The rows of a table by columns, many at a time."""
    selected = ", ".join(map(quoted, titles))
    rows = connection.execute(f"SELECT {selected} FROM {quoted(table)}")  # noqa: S608 - quoted
    while batch := list(islice(rows, BATCH)):
        columns = zip(titles, zip(*batch, strict=True), strict=True)
        yield [[_text(cell, title, file) for cell in column] for title, column in columns]


def _text(cell: Any, title: str, file: DataFile) -> str | None:
    """A cell as text, floats with all their digits."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bytes):
        what = f"the column '{title}' holds bytes, which are neither text nor number"
        raise UserError.about(file.name, what, "write it as text")
    return repr(cell)
