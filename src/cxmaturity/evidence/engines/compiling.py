"""Compiles expressions into the SQL of an engine; Ibis does it, without any client of that engine."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ibis.expr.types import Table

_COMPILERS = {
    "duckdb": "DuckDBCompiler",
    "postgres": "PostgresCompiler",  # ours, which is made of Ibis' own
    "snowflake": "SnowflakeCompiler",
    "bigquery": "BigQueryCompiler",
    "trino": "TrinoCompiler",
    "spark": "PySparkCompiler",
}
DIALECTS = tuple(_COMPILERS)
"""What SQL can be written in."""


class CannotExpressError(Exception):
    """A dialect has no words for something that an expression does."""


def compiled(expression: Table, dialect: str, *, pretty: bool = False) -> str:
    """An expression in SQL. Raises :class:`CannotExpressError`."""
    from ibis.common.exceptions import OperationNotDefinedError, UnsupportedOperationError

    try:
        compiler = _compiler(dialect)
        return str(compiler.to_sqlglot(expression.unbind()).sql(dialect=compiler.dialect, pretty=pretty))
    except (OperationNotDefinedError, UnsupportedOperationError) as error:
        raise CannotExpressError(_missing(error)) from None


def _missing(error: Exception) -> str:
    """What there are no words for, as Ibis calls it."""
    named = re.search(r"'(\w+)' operation", str(error))
    return named[1] if named else str(error)


def _compiler(dialect: str) -> Any:
    """The compiler of a dialect."""
    from ibis.backends.sql import compilers

    if dialect == "postgres":
        from cxmaturity.evidence.engines.postgres_compiler import ByteOrderCompiler

        return ByteOrderCompiler()
    if dialect == "spark":
        _set_spark_options()
    found: Callable[[], Any] | Any = getattr(compilers, _COMPILERS[dialect])
    return found() if isinstance(found, type) else found


def _set_spark_options() -> None:
    """Set what the compiler for Spark asks for: only its backend does, which needs a client to load."""
    import ibis
    from ibis.config import Config

    class SparkOptions(Config):  # type: ignore[misc]  # Ibis has no types
        treat_nan_as_null: bool = False

    if ibis.options.pyspark is None:
        ibis.options.pyspark = SparkOptions()
