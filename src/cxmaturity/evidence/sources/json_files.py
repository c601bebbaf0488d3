"""JSON lines: DuckDB copies the keys wanted of each line as texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cxmaturity.errors import Problem, UserError
from cxmaturity.evidence.engines.duckdb import DuckDbEngine, StatementError, text
from cxmaturity.evidence.sources.model import LISTED, DataFile, Part, Place, Placed, placed, row_place
from cxmaturity.evidence.sources.naming import positions_of
from cxmaturity.evidence.sources.texts import check_encoding, unpacked
from cxmaturity.evidence.sources.written import WrittenTable

MAX_OBJECT = 16_000_000
"""Bytes of a line."""
_FARTHEST = 10_000_000
_LOOKED_AT = 1000
_FIX = 'write {"customer": …} on a line of its own, in UTF-8'


def read_json_files(
    engine: DuckDbEngine, files: Sequence[DataFile], name: str, titles: Sequence[str]
) -> Placed:
    """One table of the keys that ``titles`` name, in all files. Raises :class:`UserError`.

    A key may be missing in some lines, where its cell is empty, but not in all of them.
    """
    table = WrittenTable(engine, name, titles, filtered=True)
    parts: list[Part] = []
    found: set[str] = set()
    for file in files:
        check_encoding(file)
        try:
            parts.append(_part(table, file, found))
        except StatementError:
            what = f"a line is longer than {MAX_OBJECT:,} bytes, or the file is broken"
            raise UserError.about(file.name, what, "export it again") from None
    if table.rows:
        _check_keys(engine, files, titles, found)
    return placed(table.relation(), parts)


def _part(table: WrittenTable, file: DataFile, found: set[str]) -> Part:
    """Put the lines of a file into the table, and the titles of which there is something into ``found``."""
    pointers = ", ".join(map(_pointer, table.titles))
    cells = ", ".join(f"cells[{number}]" for number in range(1, len(table.titles) + 1))
    table.put(
        f"SELECT {cells}, fine FROM (SELECT json_extract_string(json, [{pointers}]) AS cells,"  # noqa: S608 - quoted
        f" coalesce(json_type(json) = 'OBJECT', false) AS fine FROM {_lines(table.engine, file)})"
    )
    fine, *counts = table.ask("count(*) FILTER (fine)", *(f"count({column})" for column in table.columns))
    found.update(title for title, count in zip(table.titles, counts, strict=True) if count)
    wrong = table.numbers("NOT fine", LISTED)
    rows = table.keep()
    if rows and not fine:
        raise UserError.about(file.name, "no line is a JSON object", _FIX)
    places = _LinePlaces(file)
    left_out = [Problem(*place, "the line is no JSON object", _FIX) for place in places(wrong, "")]
    more = rows - int(str(fine)) - len(wrong)
    if more:
        left_out.append(Problem(file.name, 0, 0, f"{more:,} more lines are no JSON objects", _FIX))
    return Part(rows, places, left_out, rows - int(str(fine)))


def _lines(engine: DuckDbEngine, file: DataFile) -> str:
    compression = f"compression='{file.packing or 'uncompressed'}'"
    size = f"maximum_object_size={MAX_OBJECT}"
    return f"read_ndjson_objects({engine.reachable(file.path)}, ignore_errors=true, {compression}, {size})"


def _pointer(title: str) -> str:
    """A key as JSON Pointer has it (RFC 6901)."""
    return text("/" + title.replace("~", "~0").replace("/", "~1"))


def _check_keys(
    engine: DuckDbEngine, files: Sequence[DataFile], titles: Sequence[str], found: set[str]
) -> None:
    """Raise :class:`UserError` for keys that no line has: of the ones ``found`` some line says something."""
    for file in files:
        if missing := [title for title in titles if title not in found]:
            exist = ", ".join(
                f"coalesce(bool_or(json_exists(json, {_pointer(title)})), false)" for title in missing
            )
            _, (row,) = engine.fetch(f"SELECT {exist} FROM {_lines(engine, file)}", 1)  # noqa: S608 - quoted
            found.update(title for title, exists in zip(missing, row, strict=True) if exists)
    if missing := [title for title in titles if title not in found]:
        some = f"(FROM {_lines(engine, files[0])} LIMIT {_LOOKED_AT})"
        _, keys = engine.fetch(f"SELECT DISTINCT unnest(json_keys(json)) FROM {some}", _LOOKED_AT)  # noqa: S608
        positions_of(missing, [key for (key,) in keys], files[0].name, where="the file's lines")


@dataclass
class _LinePlaces:
    """The lines of a file's rows, blank ones passed over; counted when somebody asks, as far as needed."""

    file: DataFile
    known: dict[int, int] = field(default_factory=dict)

    def __call__(self, rows: Sequence[int], title: str) -> Sequence[Place]:
        """Where some rows stand."""
        del title  # all of them stand on one line
        near = [row for row in rows if row <= _FARTHEST]
        if any(row not in self.known for row in near):
            self._count(near)
        return [
            (self.file.name, self.known[row], 1) if row in self.known else row_place(self.file.name, row)
            for row in rows
        ]

    def _count(self, rows: Sequence[int]) -> None:
        wanted, row = set(rows), 0
        with unpacked(self.file) as stream:
            for number, line in enumerate(stream, 1):
                row += bool(line.strip())
                if row in wanted:
                    self.known.setdefault(row, number)
                if row >= rows[-1]:
                    return
