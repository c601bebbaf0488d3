"""DuckDB's own databases: attached read-only, and one table read where it lies."""

from __future__ import annotations

from collections.abc import Sequence

from cxmaturity.errors import UserError
from cxmaturity.evidence.engines.duckdb import DuckDbEngine, StatementError, quoted, text
from cxmaturity.evidence.engines.model import RawColumn, Relation
from cxmaturity.evidence.sources.model import DataFile, Placed
from cxmaturity.evidence.sources.naming import positions_of, table_in
from cxmaturity.evidence.sources.simple_types import ibis_type, selection

_MAIN = "main"


def read_duckdb_file(
    engine: DuckDbEngine, file: DataFile, name: str, titles: Sequence[str], wanted: str
) -> Placed:
    """The columns that ``titles`` name in the table ``wanted``. Raises :class:`UserError`."""
    database = f"{name} database"
    try:
        path = text(str(file.path.absolute()))
        engine.execute(f"ATTACH {path} AS {quoted(database)} (TYPE duckdb, READ_ONLY)")
    except StatementError:
        what = "is no database that this version of DuckDB can read, or is open for writing elsewhere"
        raise UserError.about(file.name, what, "close it, or export the table as Parquet") from None
    tables = _tables(engine, database)
    schema, table = tables[table_in(wanted, list(tables), file.name, name)]
    lies = f"{quoted(database)}.{quoted(schema)}.{quoted(table)}"
    try:
        kinds = engine.columns(lies)
    except StatementError:  # a view of something that is not there, or not in the database
        what = f"the table '{wanted}' cannot be read by itself"
        raise UserError.about(file.name, what, "name one that holds the data") from None
    positions_of(titles, list(kinds), file.name, where=f"the table '{wanted}'")
    chosen = selection(titles, kinds, file.name)
    selected = ", ".join(f"{sql} AS c{number}" for number, (sql, _) in enumerate(chosen))
    engine.execute(f"CREATE VIEW {quoted(name)} AS SELECT {selected} FROM {lies}")  # noqa: S608 - quoted
    columns = {
        title: RawColumn(f"c{number}", ibis_type(kind))
        for number, (title, (_, kind)) in enumerate(zip(titles, chosen, strict=True))
    }
    return Placed(Relation(engine, name, columns))


def _tables(engine: DuckDbEngine, database: str) -> dict[str, tuple[str, str]]:
    """The tables and views of a database, as people name them: those of other schemas with the schema."""
    known = "SELECT table_schema, table_name FROM information_schema.tables"
    _, rows = engine.fetch(f"{known} WHERE table_catalog = {text(database)}", 10_000)
    return {name if schema == _MAIN else f"{schema}.{name}": (schema, name) for schema, name in rows}
