"""Tables that stay in the database that holds them: their columns are looked up, and nothing is copied."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

from cxmaturity.errors import Problem, UserError
from cxmaturity.evidence.engines.model import EngineError, RawColumn, Relation
from cxmaturity.evidence.engines.remote import RemoteEngine
from cxmaturity.evidence.sources.addresses import Address
from cxmaturity.evidence.sources.model import Placed
from cxmaturity.evidence.sources.naming import positions_of, table_in


class Databases:
    """The databases that are connected to, each once."""

    def __init__(self) -> None:
        self._engines: dict[Address, RemoteEngine] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for engine in self._engines.values():
            with suppress(EngineError):  # it may be gone by now
                engine.close()

    def table(self, address: Address, wanted: str, name: str, titles: Sequence[str]) -> Placed:
        """The columns that ``titles`` name in the table ``wanted``.

        Raises :class:`UserError` where there are none such, and
        :class:`~cxmaturity.evidence.engines.model.EngineError` where the database cannot be asked.
        """
        if not wanted:
            what = f"does not say which table holds '{name}'"
            raise UserError.about(address.shown, what, f"name it in evidence.{name}.table")
        if address not in self._engines:
            self._engines[address] = _connected(address)
        engine = self._engines[address]
        found = engine.table(wanted)
        if found is None:
            table_in(wanted, engine.tables(), address.shown, name)
            raise UserError.about(
                address.shown, f"there is no table '{wanted}'", f"correct evidence.{name}.table"
            )
        header = [column.name for column in found.columns]
        positions_of(titles, header, address.shown, where=f"the table '{wanted}'")
        kinds = {column.name: column for column in found.columns}
        if problems := [
            Problem(
                address.shown, 0, 0, f"the column '{title}' holds {kinds[title].kind}", "make a view of it"
            )
            for title in titles
            if kinds[title].type is None
        ]:
            raise UserError(problems)
        columns = {
            title: RawColumn(title, type_) for title in titles if (type_ := kinds[title].type) is not None
        }
        return Placed(Relation(engine, found.name, columns, schema=found.schema, catalog=found.catalog))


def _connected(address: Address) -> RemoteEngine:
    if address.kind == "PostgreSQL":
        from cxmaturity.evidence.engines.postgres import PostgresEngine  # lazy: an extra

        return PostgresEngine(address.url)
    from cxmaturity.evidence.engines.spark import SparkEngine  # lazy: an extra

    return SparkEngine(address.url)
