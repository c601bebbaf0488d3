"""Proposes how a file of customer data may be mapped; a person checks it.

It looks for the tables and columns that the plugins' metrics declare: by the words that exports use, the
kinds of values, and their limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cxmaturity.api import SEGMENT, Column, Metric
from cxmaturity.evidence.fitting import BY_VALUES, tells_apart, worth_of
from cxmaturity.evidence.profiles import ColumnProfile, TableProfile
from cxmaturity.evidence.querying import shape_of
from cxmaturity.evidence.reading import columns_of
from cxmaturity.evidence.synonyms import SAME, likeness, synonyms, words_of

_OF_THE_NAME = 3.0  # what the file's name counts, as much as a column
_PER_METRIC = 0.5


@dataclass(frozen=True, slots=True)
class Proposed:
    """A metric's column with the one of the file that is taken for it.

    ``values`` are those that mean yes; ``doubt`` says in a few words what is not sure, if anything.
    """

    name: str
    title: str
    values: tuple[str, ...] = ()
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a file may be read: as which table, and its columns.

    ``computed`` are the metrics that this suffices for; ``partly`` those that read a table beside it, by id
    with the tables; ``lacking`` those that need more columns of this one; ``options`` what has to be said of
    metrics. ``segments`` are other columns that tell customers apart; ``others`` are not mapped. ``snapshot``
    says that the rows need a period.
    """

    table: str
    columns: tuple[Proposed, ...]
    computed: tuple[str, ...]
    partly: Mapping[str, tuple[str, ...]]
    lacking: Mapping[str, tuple[str, ...]]
    options: Mapping[str, tuple[str, ...]]
    segments: tuple[str, ...]
    others: tuple[str, ...]
    snapshot: bool


def propose(profile: TableProfile, stem: str, metrics: Sequence[Metric]) -> Proposal | None:
    """What a file most likely is, by its columns and its name; ``None`` where nothing is like it."""
    tables = list(dict.fromkeys(table for metric in metrics for table in metric.tables))
    attempts = [_Attempt(profile, table, metrics) for table in tables]
    named = {attempt.table: attempt.worth + _named(stem, attempt.table) for attempt in attempts}
    useful = [attempt for attempt in attempts if attempt.enough]
    best = max(useful, key=lambda attempt: named[attempt.table], default=None)
    return best.proposal() if best is not None else None


def _named(stem: str, table: str) -> float:
    """What it counts that a file is called like a table."""
    said = set(words_of(stem).split())
    known = {words_of(table), *synonyms().tables.get(table, ())}
    return _OF_THE_NAME if any(set(word.split()) <= said for word in known) else 0.0


class _Attempt:
    """A file taken for one table: which of its columns would be which."""

    def __init__(self, profile: TableProfile, table: str, metrics: Sequence[Metric]) -> None:
        self.table = table
        self._profile = profile
        self._metrics = [metric for metric in metrics if table in metric.tables]
        self._wanted = [column for column in columns_of(self._metrics, table) if column.name != SEGMENT]
        self._likeness: dict[str, float] = {}
        self._found = dict(self._matches())
        self._computed = [metric for metric in self._metrics if self._shape(metric) is not None]

    @property
    def enough(self) -> bool:
        """Whether some metric could be computed, and by more than values that might be anything."""
        return bool(self._computed) and any(each >= SAME for each in self._likeness.values())

    @property
    def worth(self) -> float:
        """How much speaks for it: the likeness of columns, and metrics that it suffices for."""
        return sum(self._likeness.values()) + _PER_METRIC * len(self._computed)

    def _matches(self) -> Iterator[tuple[str, ColumnProfile]]:
        """Each wanted column with the one that is most like it; the most alike first, none twice."""
        pairs = [
            (worth_of(column, each, self.table), -place, -number, column, each)
            for place, column in enumerate(self._wanted)
            for number, each in enumerate(self._profile.columns)
        ]
        taken: set[str] = set()
        for worth, _, _, column, each in sorted(pairs, key=lambda pair: pair[:3], reverse=True):
            if worth and column.name not in self._likeness and each.title not in taken:
                self._likeness[column.name] = worth
                taken.add(each.title)
                yield column.name, each

    def _shape(self, metric: Metric) -> str | None:
        return shape_of(metric.tables[self.table], self._found)

    def proposal(self) -> Proposal:
        """The file as this table."""
        taken = {each.title for each in self._found.values()}
        segments = [
            each.title for each in self._profile.columns if tells_apart(each) and each.title not in taken
        ]
        segment = max(segments, key=lambda title: likeness(title, SEGMENT), default=None)
        columns = [
            _proposed(c, self._found[c.name], self._likeness[c.name])
            for c in self._wanted
            if c.name in self._found
        ]
        if segment is not None and likeness(segment, SEGMENT):
            columns.append(Proposed(SEGMENT, segment))
            taken.add(segment)
        alone = [metric.id for metric in self._computed if len(metric.tables) == 1]
        return Proposal(
            self.table,
            tuple(columns),
            tuple(alone),
            {
                m.id: tuple(t for t in m.tables if t != self.table)
                for m in self._computed
                if m.id not in alone
            },
            {m.id: self._missing(m) for m in self._metrics if m not in self._computed},
            {m.id: unsaid for m in self._computed if (unsaid := _unsaid(m))},
            tuple(title for title in segments if title not in taken),
            tuple(each.title for each in self._profile.columns if each.title not in taken),
            any(self._shape(metric) == "snapshot" for metric in self._computed),
        )

    def _missing(self, metric: Metric) -> tuple[str, ...]:
        """The columns that a metric needs: those of all its shapes, or of the one that lacks the fewest."""
        columns = metric.tables[self.table]
        lacking = [c for c in columns if c.required and c.name not in self._found]
        shapes = dict.fromkeys(c.shape for c in columns if c.shape)
        if shapes:
            nearest = min(shapes, key=lambda shape: sum(c.shape == shape for c in lacking))
            lacking = [c for c in lacking if c.shape in {"", nearest}]
        return tuple(column.name for column in lacking)


def _unsaid(metric: Metric) -> tuple[str, ...]:
    """The options that a workspace has to say."""
    return tuple(option.name for option in metric.options if option.default is None)


def _proposed(column: Column, each: ColumnProfile, worth: float) -> Proposed:
    doubts = []
    if worth < SAME:
        doubts.append("taken for its values" if worth == BY_VALUES else "its heading is only like it")
    if each.odd:
        cells = "1 cell is" if each.odd == 1 else f"{each.odd:,} cells are"
        doubts.append(f"{cells} no {each.kind}")
    if each.empty and not column.empty_allowed:
        cells = "1 cell is" if each.empty == 1 else f"{each.empty:,} cells are"
        doubts.append(f"{cells} empty")
    values: tuple[str, ...] = ()
    if column.kind == "flag":
        values = tuple(value for value, _ in each.values if words_of(value) in synonyms().yes)
        if len(values) != 1:
            values = ()
        if not values and each.kind != "flag":
            seen = " or ".join(f'"{value}"' for value, _ in each.values)
            doubts.append(f"say which value means yes: {seen}" if seen else "say which values mean yes")
    return Proposed(column.name, each.title, values, "; ".join(doubts))
