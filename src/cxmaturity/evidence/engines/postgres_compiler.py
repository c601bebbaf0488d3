"""The compiler for PostgreSQL, in whose SQL texts have the order that they have everywhere else.

Other engines compare texts byte by byte, PostgreSQL as some language does, which the database's owner chose:
the lowest of several texts would be another one there.
"""

from __future__ import annotations

from typing import Any

import ibis.expr.operations as ops
import sqlglot.expressions as sge
from ibis.backends.sql.compilers import PostgresCompiler

_ORDERING = (
    *(ops.Less, ops.LessEqual, ops.Greater, ops.GreaterEqual, ops.Between, ops.SortKey),
    *(ops.Min, ops.Max, ops.ArgMin, ops.ArgMax, ops.Least, ops.Greatest),
)
_BYTES, _AS_BEFORE = "C", "default"


class ByteOrderCompiler(PostgresCompiler):  # type: ignore[misc]  # Ibis has no types
    """Ibis' own, but for what depends on the order of texts."""

    __slots__ = ()

    def visit_node(self, op: Any, **arguments: Any) -> Any:
        """An operation in SQL."""
        if isinstance(op, ops.WindowFunction) and _is_text(op) and isinstance(op.func, _ORDERING):
            # the order that a function's result has is said behind its window
            arguments["func"] = arguments["func"].unnest().this
            return _collated(super().visit_node(op, **arguments), _AS_BEFORE)
        if not isinstance(op, _ORDERING):
            return super().visit_node(op, **arguments)
        for name, sql in arguments.items():
            arguments[name] = _in_bytes(getattr(op, name), sql)
        found = super().visit_node(op, **arguments)
        # else it could not be compared with other texts
        return _collated(found, _AS_BEFORE) if _is_text(op) and not isinstance(op, ops.SortKey) else found


def _in_bytes(value: Any, sql: Any) -> Any:
    """An argument in SQL; texts, also several of them, are compared as bytes."""
    if isinstance(value, tuple):
        return tuple(map(_in_bytes, value, sql))
    return _collated(sql, _BYTES) if _is_text(value) else sql


def _is_text(value: Any) -> bool:
    return isinstance(value, ops.Value) and bool(value.dtype.is_string())


def _collated(sql: Any, order: str) -> sge.Paren:
    return sge.paren(sge.Collate(this=sql, expression=sge.to_identifier(order, quoted=True)), copy=False)
