"""PostgreSQL: queries run in the database, in one transaction that can only read.

Who may read there is never in the workspace: PostgreSQL's own client library takes it from the environment
(PGUSER, PGPASSWORD, PGPASSFILE) or from the user's service file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cxmaturity.evidence.engines.model import EngineError
from cxmaturity.evidence.engines.remote import RemoteColumn, RemoteEngine, RemoteTable

if TYPE_CHECKING:
    import psycopg
    from ibis.expr.datatypes import DataType

_TIMEOUT_MINUTES = 30
_SETTINGS = f"SET LOCAL statement_timeout = '{_TIMEOUT_MINUTES}min'; SET LOCAL TIME ZONE 'UTC'"
_NAMED = 10_000
_READABLE = "c.relkind IN ('r', 'p', 'v', 'm', 'f') AND has_table_privilege(c.oid, 'SELECT')"
_SYSTEM = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'"
_TABLES = f"""
    SELECT c.oid, n.nspname, c.relname, pg_table_is_visible(c.oid)
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE {_READABLE} AND {_SYSTEM} ORDER BY 2, 3 LIMIT {_NAMED}
"""  # noqa: S608 - of our own
_COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, NULL),
           coalesce(b.typname, t.typname), coalesce(b.typtype, t.typtype)
    FROM pg_attribute AS a JOIN pg_type AS t ON t.oid = a.atttypid
    LEFT JOIN pg_type AS b ON t.typtype = 'd' AND b.oid = t.typbasetype
    WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
_TYPES = {
    "int2": "int16",
    "int4": "int32",
    "int8": "int64",
    "float4": "float32",
    "float8": "float64",
    "numeric": "decimal",
    "text": "string",
    "varchar": "string",
    "bpchar": "string",
    "name": "string",
    "bool": "boolean",
    "date": "date",
    "timestamp": "timestamp",
    "timestamptz": "timestamp('UTC')",
    "uuid": "uuid",
}
_AS_TEXT = frozenset({"citext"})  # as enumerations: read as texts, into which they have to be cast
_REFUSED = (
    ("28", "does not let us in", "set PGUSER and PGPASSWORD, or name a service of your service file"),
    ("3D", "has no such database", "correct the address"),
    ("42501", "does not let us read that", "ask for the right to read the table"),
    (
        "57014",
        f"needs more than {_TIMEOUT_MINUTES} minutes",
        "name a smaller table, or a view",
    ),
    ("53", "is too busy or has no room", "try later"),
)
_UNREACHED = (
    "cannot be reached, or does not let us in",
    ("correct the address, and set PGUSER and PGPASSWORD or name a service of your service file"),
)


class PostgresEngine(RemoteEngine):
    """A connection to a database of PostgreSQL."""

    dialect = "postgres"
    name = "PostgreSQL"

    def __init__(self, address: str) -> None:
        """Connect. Raises :class:`EngineError`, whose words say nothing of who connects."""
        try:
            import psycopg  # lazy: an extra, and a fifth of a second
        except ImportError:
            what, fix = "the client for PostgreSQL is not installed", "install cxmaturity[postgres]"
            raise EngineError(what, fix) from None
        try:
            # prepared statements are none of poolers'
            self._connection: psycopg.Connection[Any] = psycopg.connect(
                address,
                connect_timeout=20,
                prepare_threshold=None,
                application_name="cxmaturity",
                require_auth="!password",  # whoever wrote the address must not be told the password
            )
            self._connection.read_only = True
            # one look at the data for all queries: figures that go together agree
            self._connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            self._connection.execute(_SETTINGS)
        except psycopg.Error as error:
            raise _without_data(error, *_UNREACHED) from None

    def fetch(self, sql: str, limit: int) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and at most ``limit`` rows that a query gives."""
        return self._fetch(f"SELECT * FROM ({sql}) AS all_rows LIMIT {limit}")  # noqa: S608 - compiled

    def tables(self) -> list[str]:
        """The tables and views that may be read: such on the search path by their names alone as well."""
        return [name for _, schema, table, alone in self._tables() for name in _names(schema, table, alone)]

    def table(self, name: str) -> RemoteTable | None:
        """A table by its name, alone or behind its schema's."""
        for oid, schema, table, alone in self._tables():
            if name in _names(schema, table, alone):
                _, rows = self._fetch(_COLUMNS, oid)
                return RemoteTable(table, [_column(*row) for row in rows], schema)
        return None

    def close(self) -> None:
        """Disconnect."""
        self._connection.close()

    def _tables(self) -> list[tuple[Any, ...]]:
        return self._fetch(_TABLES)[1]

    def _fetch(self, sql: str, *values: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Run a query in the transaction, which goes on after it has failed."""
        import psycopg

        try:
            with self._connection.transaction():
                # without values, % is no sign of theirs
                result = self._connection.execute(sql.encode(), values or None)
                return [column.name for column in result.description or ()], result.fetchall()
        except psycopg.Error as error:
            kind = type(error).__name__
            raise _without_data(error, f"cannot compute it ({kind})", "check the table's columns") from None


def _names(schema: str, table: str, alone: bool) -> tuple[str, ...]:  # noqa: FBT001 - as PostgreSQL says it
    return (table, f"{schema}.{table}") if alone else (f"{schema}.{table}",)


def _column(name: str, kind: str, base: str, sort: str) -> RemoteColumn:
    return RemoteColumn(name, f"values of the type {kind}", _ibis_type(base, sort))


def _ibis_type(base: str, sort: str) -> DataType | None:
    import ibis.expr.datatypes as dt  # lazy: Ibis

    if sort == "e" or base in _AS_TEXT:
        return dt.unknown
    return dt.dtype(_TYPES[base]) if base in _TYPES else None


def _without_data(error: psycopg.Error, what: str, fix: str) -> EngineError:
    """An error of the database in words without anything out of it, or of the address."""
    state = error.sqlstate or ""
    for start, known, remedy in _REFUSED:
        if state.startswith(start):
            return EngineError(f"PostgreSQL {known}", remedy)
    return EngineError(f"PostgreSQL {what}", fix)
