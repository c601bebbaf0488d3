"""What is asked of one column of customer data, and what the answers say of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cxmaturity.api import Cell, ColumnKind
from cxmaturity.evidence.profiles import ColumnProfile
from cxmaturity.evidence.sources.model import Placed
from cxmaturity.evidence.synonyms import is_personal
from cxmaturity.evidence.typed import FINE, wrong

if TYPE_CHECKING:
    from ibis.expr.types import Table

MOST_EXACT = 1_000_000
"""In tables of more rows, the numbers of different values are estimates."""
_ENOUGH = 0.9  # of the filled cells, to say that a column holds numbers though some are none
_LIKE_TELEPHONES = 1e8  # whole numbers from here on may be telephone numbers: no range is said
_LENGTH_OF_A_DAY = len("2026-01-31")


def kinds_of(placed: Placed, title: str) -> tuple[ColumnKind, ...]:
    """The kinds that a column may be of beside a text: any if it was written, else that of its type."""
    raw = placed.relation.columns[title].type
    if raw.is_boolean():
        return ("flag",)
    if raw.is_numeric():
        return ("number",)
    if raw.is_timestamp():
        return ("time",)
    if raw.is_date():
        return ("date",)
    return ("number", "flag", "date") if placed.relation.written and raw.is_string() else ()


@dataclass(frozen=True, slots=True)
class Look:
    """What is asked of one column."""

    title: str
    number: int
    kinds: tuple[ColumnKind, ...]
    as_of: str | None
    rows: int
    is_key: bool

    def name(self, kind: ColumnKind) -> str:
        """The column as this kind, in the typed table."""
        return f"{kind}_{self.number}"

    @property
    def exact(self) -> bool:
        """Whether different values are counted, not estimated."""
        return self.rows <= MOST_EXACT

    def figures(self, table: Table) -> Iterator[tuple[str, Any]]:
        """The aggregates, each with its name."""
        import ibis  # lazy: a fifth of a second

        text = table[self.name("text")]
        length = text.length()
        yield self._figure("filled"), text.count()
        yield self._figure("distinct"), text.nunique() if self.exact else text.approx_nunique()
        yield self._figure("shortest"), length.min()
        yield self._figure("longest"), length.max()
        for kind in self.kinds:
            cell = table[self.name(kind)]
            fine = (table[wrong(self.name(kind))] == FINE) & cell.notnull()
            yield self._figure(kind), table.count(where=fine)
            if kind == "flag":
                continue
            yield self._figure(f"{kind} low"), cell.min(where=fine)
            yield self._figure(f"{kind} high"), cell.max(where=fine)
            if kind in {"date", "time"} and self.as_of:
                day = cell.date() if kind == "time" else cell
                later = fine & (day > ibis.date(self.as_of))
                yield self._figure(f"{kind} future"), table.count(where=later)

    def _figure(self, what: str) -> str:
        return f"{what} {self.number}"

    def found(self, row: Mapping[str, Cell]) -> ColumnProfile:
        """What came of it."""

        def figure(what: str) -> Cell:
            return row.get(self._figure(what))

        filled = count(figure("filled"))
        kind = next((k for k in self.kinds if filled and count(figure(k)) >= _ENOUGH * filled), None)
        profile = ColumnProfile(
            self.title,
            "text" if filled else "nothing",
            self.rows - filled,
            0,
            min(count(figure("distinct")), filled),  # estimates may be beyond
            not self.exact,
        )
        if not filled:
            return profile
        if kind is None:
            return replace(profile, shortest=count(figure("shortest")), longest=count(figure("longest")))
        low, high = figure(f"{kind} low"), figure(f"{kind} high")
        if self.is_key or is_personal(self.title) or _telephones(high):
            low = high = None
        odd = filled - count(figure(kind))
        if kind == "date" and count(figure("longest")) > _LENGTH_OF_A_DAY and not odd:
            kind = "time"
            future = figure("date future")
        else:
            future = figure(f"{kind} future")
        return replace(
            profile,
            kind=kind,  # type: ignore[arg-type]  # none of them is a key
            odd=odd,
            low=low,
            high=high,
            future=None if future is None else count(future),
        )


def _telephones(high: Cell) -> bool:
    return isinstance(high, int | float) and high >= _LIKE_TELEPHONES and float(high).is_integer()


def count(value: Cell) -> int:
    """A count as an engine gives it."""
    return int(float(value or 0))
