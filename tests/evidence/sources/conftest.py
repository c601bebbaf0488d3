"""Reads tables as metrics do: from files in a folder, through the opening, typing and naming of bad cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cxmaturity.api import Column
from cxmaturity.errors import Problem
from cxmaturity.evidence.faults import left_out
from cxmaturity.evidence.model import ColumnSource, TableSource
from cxmaturity.evidence.quality import quality_of
from cxmaturity.evidence.reading import Reading
from cxmaturity.evidence.sources.opening import open_tables
from cxmaturity.evidence.typed import fine, typed

COLUMNS = (
    Column("customer", "text"),
    Column("score", "number", minimum=0, maximum=10),
    Column("until", "date", empty_allowed=True),
)
MAPPING = {"customer": "id", "score": "answer", "until": "left"}


@dataclass
class Found:
    """What came of reading a table: its good rows, the rows left out, and why it could not be opened."""

    rows: list[dict[str, Any]]
    left_out: list[Problem]
    problems: list[Problem]
    rows_seen: int = 0
    written: bool = True

    @property
    def places(self) -> list[tuple[int, int]]:
        return [(problem.line, problem.column) for problem in self.left_out]

    @property
    def said(self) -> str:
        return "\n".join(map(str, [*self.left_out, *self.problems]))


Read = Callable[..., Found]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """``read({"a.csv": content})`` reads all files as one table, ``read({}, source=[…])`` those named."""

    def run(
        files: Mapping[str, str | bytes],
        mapping: Mapping[str, str] = MAPPING,
        columns: Sequence[Column] = COLUMNS,
        *,
        source: Sequence[str] = (),
        table: str = "",
    ) -> Found:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        named = TableSource(
            tuple(source or files),
            tmp_path,
            {name: ColumnSource(title) for name, title in mapping.items()},
            table,
        )
        with open_tables({"nps": named}, {"nps": list(mapping.values())}) as opened:
            if "nps" not in opened.tables:
                return Found([], [], list(opened.problems))
            placed = opened.tables["nps"]
            mapped = tuple(column for column in columns if column.name in mapping)
            each = typed(placed.relation, named, mapped)
            quality = quality_of(placed, each, mapped)
            reading = Reading(placed, named, mapped, each, quality)
            names = [column.name for column in mapped]
            good = each.filter(fine(each, names))
            rows = placed.relation.engine.rows(good)
            if placed.relation.written:
                rows.sort(key=lambda row: int(str(row["row_number"])))
            return Found(
                [{name: row[name] for name in names} for row in rows],
                list(left_out(reading)),
                list(opened.problems),
                quality.rows,
                placed.relation.written,
            )

    return run
