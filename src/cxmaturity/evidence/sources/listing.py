"""Lists the columns of a source, and the files that nobody has mapped yet."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from cxmaturity.evidence.engines.duckdb import DuckDbEngine, StatementError, quoted, text
from cxmaturity.evidence.model import TableSource
from cxmaturity.evidence.sources.addresses import is_address
from cxmaturity.evidence.sources.csv_header import read_header
from cxmaturity.evidence.sources.finding import KINDS, find_files
from cxmaturity.evidence.sources.model import DataFile
from cxmaturity.evidence.sources.simple_types import selected
from cxmaturity.evidence.sources.sqlite_files import connected_to
from cxmaturity.evidence.sources.texts import unpacked
from cxmaturity.responses.grid import read_grid

FOLDER = "evidence"
"""Where customer data lies in a workspace."""
_LOOKED_AT = 1_000
_PACKED = (".gz", ".zst")


def unmapped_files(folder: Path) -> dict[str, TableSource]:
    """Each file of customer data in a workspace as a table of its own, by its name."""
    inside = folder / FOLDER
    names = sorted(path.name for path in inside.iterdir()) if inside.is_dir() else []
    return {name: TableSource((f"{FOLDER}/{name}",), folder, {}) for name in names if _is_read(name)}


def _is_read(name: str) -> bool:
    path = Path(name)
    ending = path.with_suffix("").suffix if path.suffix.lower() in _PACKED else path.suffix
    return ending.lower() in KINDS


def columns_in(source: TableSource, name: str) -> list[str]:
    """The titles of all columns of a source of files: those of the first, if it has several.

    Of a table in a database that has an address none are given: it may have hundreds. Raises
    :class:`UserError` and :class:`~cxmaturity.evidence.engines.model.EngineError`.
    """
    if is_address(source):
        return []
    file = find_files(source, name)[0]
    match file.kind:
        case "CSV":
            found: Sequence[str] = read_header(file).titles
        case "XLSX":
            found = read_grid(file.response).headings
        case "JSON lines":
            found = _keys(file)
        case "SQLite":
            found = _of_sqlite(file, source.table)
        case _:
            found = _of_duckdb(file, source.table)
    return [title for title in found if title]


def _keys(file: DataFile) -> list[str]:
    """The keys of the first lines, in the order in which they come up."""
    keys: dict[str, None] = {}
    with unpacked(file) as stream:
        for line in islice(stream, _LOOKED_AT):
            try:
                said = json.loads(line)
            except (ValueError, RecursionError):
                continue
            keys.update(dict.fromkeys(said if isinstance(said, dict) else ()))
    return list(keys)


def _of_sqlite(file: DataFile, table: str) -> list[str]:
    """The columns of a table; none where there is no such table, which is said when it is opened."""
    try:
        with closing(connected_to(file.path)) as connection:
            return [row[1] for row in connection.execute(f"PRAGMA table_xinfo({quoted(table)})")]
    except sqlite3.Error:
        return []


def _of_duckdb(file: DataFile, table: str) -> list[str]:
    """The columns of a Parquet file, or of a table in a database of DuckDB's; as above.

    Not those of lists, structures and bytes, which no metric reads.
    """
    engine = DuckDbEngine([file.path])
    try:
        if file.kind == "Parquet":
            lies = f"read_parquet({engine.reachable(file.path)}, hive_partitioning=false)"
        else:
            engine.execute(f"ATTACH {text(str(file.path.absolute()))} AS looked_at (TYPE duckdb, READ_ONLY)")
            *schema, last = table.split(".", 1)
            lies = ".".join(map(quoted, ["looked_at", *(schema or ["main"]), last]))
        return [title for title, kind in engine.columns(lies).items() if selected(title, kind)]
    except StatementError:
        return []
    finally:
        engine.close()
