"""What engines do that hold data already: they say which tables there are, and of which columns."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxmaturity.evidence.engines.model import Engine

if TYPE_CHECKING:
    from ibis.expr.datatypes import DataType


@dataclass(frozen=True, slots=True)
class RemoteColumn:
    """A column: its name, its type in the database's own words, and Ibis' type if metrics can read it."""

    name: str
    kind: str
    type: DataType | None


@dataclass(frozen=True, slots=True)
class RemoteTable:
    """A table: its name, where it lies, and its columns."""

    name: str
    columns: Sequence[RemoteColumn]
    schema: str | None = None
    catalog: str | None = None


class RemoteEngine(Engine):
    """A database somewhere else."""

    @abstractmethod
    def tables(self) -> list[str]:
        """The tables that may be read, as people name them."""

    @abstractmethod
    def table(self, name: str) -> RemoteTable | None:
        """A table by its name, alone or behind its schema's; ``None`` where there is none."""
