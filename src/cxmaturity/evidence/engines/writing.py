"""Writes SQL for others to run: as exact as the dialect allows, and said where it is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cxmaturity.evidence.engines.compiling import compiled

if TYPE_CHECKING:
    from ibis.expr.types import Table

_NO_EXACT_QUANTILES = frozenset({"bigquery", "trino"})
_NO_SECONDS_OF_LOCAL_TIMES = frozenset({"bigquery"})


@dataclass(frozen=True, slots=True)
class WrittenSql:
    """A statement, and whether quantiles in it are approximate, as its dialect has no others."""

    text: str
    approximate: bool = False


def written(expression: Table, dialect: str) -> WrittenSql:
    """An expression in SQL for people to read.

    Raises :class:`~cxmaturity.evidence.engines.compiling.CannotExpressError`.
    """
    import ibis.expr.operations as ops  # lazy: a fifth of a second
    from ibis.expr import datatypes

    approximate = False

    def put(node: Any, changed: dict[str, Any] | None) -> Any:
        nonlocal approximate
        node = node.__recreate__(changed) if changed else node
        if dialect in _NO_EXACT_QUANTILES and isinstance(node, ops.Median | ops.Quantile):
            approximate = True
            if isinstance(node, ops.Median):
                return ops.ApproxMedian(node.arg, node.where)
            return ops.ApproxQuantile(node.arg, node.quantile, node.where)
        if dialect in _NO_SECONDS_OF_LOCAL_TIMES and isinstance(node, ops.ExtractEpochSeconds):
            return ops.ExtractEpochSeconds(ops.Cast(node.arg, datatypes.Timestamp("UTC")))
        return node

    rewritten = expression.op().replace(put).to_expr()
    return WrittenSql(compiled(rewritten, dialect, pretty=True), approximate)
