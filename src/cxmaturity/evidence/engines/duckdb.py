"""DuckDB inside this process: a limit on memory, a folder to spill to, and no files but those named."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from cxmaturity.errors import UserError
from cxmaturity.evidence.engines.compiling import compiled
from cxmaturity.evidence.engines.model import Engine, EngineError

if TYPE_CHECKING:
    import duckdb
    from ibis.expr.types import Table

MEMORY_VARIABLE = "CXMATURITY_MEMORY"
"""The environment variable that says how much memory customer data may take, such as ``8GB``."""
MEMORY = "4GB"
_AMOUNT = re.compile(r"\d+(\.\d+)?\s*[KMGT]i?B", re.IGNORECASE)
_PATTERN = re.compile(r"[*?\[]")


class StatementError(EngineError):
    """DuckDB could not run a statement; ``cause`` is its own error, whose words may hold customers' data."""

    def __init__(self, cause: duckdb.Error) -> None:
        super().__init__(f"DuckDB cannot compute it ({type(cause).__name__})", "check the file")
        self.cause = cause


class DuckDbEngine(Engine):
    """A database in memory that is gone when it is closed."""

    dialect = "duckdb"
    name = "DuckDB"

    def __init__(self, files: Sequence[Path] = ()) -> None:
        """Open it; it can read ``files`` and nothing else, and downloads nothing."""
        import duckdb  # lazy: most commands compute nothing

        limit = memory_limit()
        self._folder = TemporaryDirectory(prefix="cxmaturity-")
        self.folder = Path(self._folder.name)
        self._connection = duckdb.connect(
            config={
                "memory_limit": limit,
                "temp_directory": self._folder.name,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        # beside a database lies what was written to it last
        allowed = [str(path.absolute()) + end for path in files for end in _endings(path)]
        self.execute(f"SET allowed_paths = [{', '.join(map(text, allowed))}]")
        self.execute(f"SET allowed_directories = [{text(self._folder.name)}]")
        for setting in ("enable_progress_bar = false", "TimeZone = 'UTC'", "enable_external_access = false"):
            self.execute(f"SET {setting}")
        self.execute("SET lock_configuration = true")

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> duckdb.DuckDBPyConnection:
        """Run one statement. Raises :class:`EngineError`, whose words hold nothing of the data."""
        import duckdb

        try:
            return self._connection.execute(sql, list(parameters))
        except duckdb.Error as error:
            raise _without_data(error) from error

    def fetch(self, sql: str, limit: int) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and at most ``limit`` rows that a query gives."""
        import duckdb

        result = self.execute(sql)
        names = [name for name, *_ in result.description or ()]
        try:
            return names, result.fetchmany(limit)
        except duckdb.Error as error:  # some of the work is done while rows are fetched
            raise _without_data(error) from error

    def kept(self, expression: Table, name: str) -> Table:
        """An expression as a table of its own: texts are read but once."""
        import ibis  # lazy: a fifth of a second

        self.execute(f"CREATE TABLE {quoted(name)} AS {compiled(expression, self.dialect)}")
        return ibis.table(expression.schema(), name=name)

    def columns(self, relation: str) -> dict[str, str]:
        """The columns of a table, view or function that reads a file: their names, and DuckDB's types."""
        _, rows = self.fetch(f"DESCRIBE SELECT * FROM {relation}", 1_000_000)  # noqa: S608 - the caller quotes
        return {name: kind for name, kind, *_ in rows}

    def reachable(self, path: Path) -> str:
        """A path in SQL; one that DuckDB would take for a pattern goes by a link."""
        if not _PATTERN.search(str(path)):
            return text(str(path.absolute()))
        suffixes = "".join(path.suffixes[-2:])
        link = self.folder / f"{len(list(self.folder.iterdir()))}{_PATTERN.sub('', suffixes)}"
        link.symlink_to(path.absolute())
        return text(str(link))

    def close(self) -> None:
        """Give back memory and disk."""
        self._connection.close()
        self._folder.cleanup()


def _endings(path: Path) -> tuple[str, ...]:
    return ("", ".wal") if path.suffix.lower() == ".duckdb" else ("",)


def _without_data(error: duckdb.Error) -> EngineError:
    """An error in words without any of the data."""
    import duckdb

    if isinstance(error, duckdb.OutOfMemoryException):
        fix = f"allow more, as in {MEMORY_VARIABLE}=8GB, and see that the disk has room"
        return EngineError(f"it needs more than {memory_limit()} of memory, or more disk than there is", fix)
    return StatementError(error)


def memory_limit() -> str:
    """How much memory may be taken. Raises :class:`UserError` where the environment says no amount."""
    amount = os.environ.get(MEMORY_VARIABLE, MEMORY)
    if not _AMOUNT.fullmatch(amount):
        raise UserError.about(MEMORY_VARIABLE, f"'{amount}' is no amount of memory", "write it as in 8GB")
    return amount


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text as SQL has it."""
    return "'" + value.replace("'", "''") + "'"
