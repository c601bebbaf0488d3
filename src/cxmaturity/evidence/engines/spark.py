"""Spark, through Spark Connect: queries run in the cluster, and the client needs no Java.

A token that a server asks for is never in the workspace: it is taken from the environment.
"""

from __future__ import annotations

import os
import socket
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from cxmaturity.evidence.engines.model import EngineError
from cxmaturity.evidence.engines.remote import RemoteColumn, RemoteEngine, RemoteTable

if TYPE_CHECKING:
    from ibis.expr.datatypes import DataType

TOKEN_VARIABLE = "SPARK_REMOTE_TOKEN"  # noqa: S105 - where it stands, not what it is
_PORT = 15002
_SECONDS = 10
_TRIES = 4  # within five seconds; by itself the client tries for ten minutes
_NAMED = 10_000
_TYPES = {
    "tinyint": "int8",
    "smallint": "int16",
    "int": "int32",
    "bigint": "int64",
    "float": "float32",
    "double": "float64",
    "string": "string",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "timestamp('UTC')",
    "timestamp_ntz": "timestamp",
}
_SIZED = {"decimal": "", "varchar": "string", "char": "string"}

T = TypeVar("T")


class SparkEngine(RemoteEngine):
    """A session of a Spark Connect server."""

    dialect = "spark"
    name = "Spark"

    def __init__(self, address: str) -> None:
        """Connect. Raises :class:`EngineError`."""
        try:
            from pyspark.sql import SparkSession  # lazy: an extra, and a second
            from pyspark.sql.connect.client.retries import DefaultPolicy
        except ImportError:
            what, fix = "the client for Spark is not installed", "install cxmaturity[spark]"
            raise EngineError(what, fix) from None
        _check_reached(address)
        token = os.environ.get(TOKEN_VARIABLE)
        whole = f"{address.rstrip('/;')}{';' if '/;' in address else '/;'}token={token}" if token else address
        _silence()
        self._session = self._asked(lambda: SparkSession.builder.remote(whole).create())
        patient = self._session.client.get_retry_policies()
        self._session.client.set_retry_policies([DefaultPolicy(max_retries=_TRIES)])
        try:
            self._asked(lambda: self._session.conf.set("spark.sql.session.timeZone", "UTC"))
        except EngineError:
            self._session.release_session_on_close = False  # nobody would answer that either
            self._session.stop()
            raise
        self._session.client.set_retry_policies(patient)

    def fetch(self, sql: str, limit: int) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns and at most ``limit`` rows that a query gives."""
        return self._asked(lambda: self._fetch(sql, limit))

    def _fetch(self, sql: str, limit: int) -> tuple[list[str], list[tuple[Any, ...]]]:
        found = self._session.sql(f"SELECT * FROM ({sql}) LIMIT {limit}")  # noqa: S608 - compiled
        kinds = {field.name: field.dataType.typeName() for field in found.schema.fields}
        # a time would come in the zone of the machine that asks
        local = {
            name: found[name].cast("timestamp_ntz") for name, kind in kinds.items() if kind == "timestamp"
        }
        found = found.withColumns(local) if local else found
        return list(kinds), [tuple(row) for row in found.collect()]

    def tables(self) -> list[str]:
        """The tables and views of the schema in which Spark looks first."""
        rows = self._asked(lambda: self._session.sql("SHOW TABLES").limit(_NAMED).collect())
        return [row["tableName"] for row in rows]

    def table(self, name: str) -> RemoteTable | None:
        """A table by its name, alone or behind its schema's, and that behind its catalog's."""
        *before, last = name.split(".")
        if len(before) > 2 or not all([*before, last]):  # noqa: PLR2004 - a catalog and a schema
            return None
        quoted = ".".join(f"`{part.replace('`', '``')}`" for part in [*before, last])
        if not self._asked(lambda: self._session.catalog.tableExists(quoted)):
            return None
        fields = self._asked(lambda: self._session.table(quoted).schema.fields)
        columns = [_column(field.name, field.dataType.simpleString()) for field in fields]
        catalog, schema = ([None, None, *before])[-2:]
        return RemoteTable(last, columns, schema, catalog)

    def close(self) -> None:
        """End the session."""
        self._asked(self._session.stop)

    @staticmethod
    def _asked(ask: Callable[[], T]) -> T:
        """What the server answers. Raises :class:`EngineError`, whose words hold nothing of the data."""
        from grpc import RpcError  # lazy, as the client, which brings it
        from pyspark.errors import PySparkException

        try:
            with warnings.catch_warnings(category=UserWarning, action="ignore"):  # of what is raised as well
                return ask()
        except (PySparkException, RpcError) as error:
            if isinstance(error, PySparkException) and (condition := error.getCondition()):
                fix = "check the table's columns"
                raise EngineError(f"Spark cannot compute it ({condition})", fix) from None
            fix = f"see that it runs, and set {TOKEN_VARIABLE} if it wants a token"
            raise EngineError("Spark does not answer, or does not let us in", fix) from None


def _silence() -> None:
    """Keep the client from writing the server's errors to the terminal: they quote the data."""
    from pyspark.logger import PySparkLogger

    PySparkLogger.getLogger("SQLQueryContextLogger").disabled = True


def _check_reached(address: str) -> None:
    """Raise :class:`EngineError` where nobody listens: the client would try for many minutes."""
    parts = urlsplit(address)
    try:
        socket.create_connection((parts.hostname or "", parts.port or _PORT), _SECONDS).close()
    except OSError:
        raise EngineError("Spark cannot be reached", "correct the address, or start the server") from None


def _column(name: str, kind: str) -> RemoteColumn:
    return RemoteColumn(name, f"values of the type {kind}", _ibis_type(kind))


def _ibis_type(kind: str) -> DataType | None:
    import ibis.expr.datatypes as dt  # lazy: Ibis

    sized = _SIZED.get(kind.partition("(")[0])
    known = _TYPES.get(kind) if sized is None else sized or kind
    return dt.dtype(known) if known else None
