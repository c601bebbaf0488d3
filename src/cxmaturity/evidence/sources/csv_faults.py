"""What is wrong with a CSV file that DuckDB could not read strictly: rows to leave out, or the whole file.

DuckDB names rows by their first byte, and the lines of ours are counted up to it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cxmaturity.errors import Problem, UserError
from cxmaturity.evidence.engines.duckdb import DuckDbEngine
from cxmaturity.evidence.sources.csv_header import Header
from cxmaturity.evidence.sources.model import LISTED, DataFile, row_place
from cxmaturity.evidence.sources.texts import BLOCK, MAX_ROW, lines_at, not_utf_8, unpacked

REJECTED = "cxmaturity_rejected_rows"
"""DuckDB's table of rows that it left out."""
_FARTHEST = 4_000_000_000
"""The byte up to which lines are counted: two seconds, or a minute where it is compressed."""
_ENCODING, _SIZE, _QUOTE, _FEW = (
    "INVALID ENCODING",
    "LINE SIZE OVER MAXIMUM",
    "UNQUOTED VALUE",
    "MISSING COLUMNS",
)
_NEVER = "a quote that opens in this row is never closed", "close the quote, or export the file again"


@dataclass(frozen=True, slots=True)
class Rejects:
    """How many rows of a file were left out, and why the first of them."""

    count: int
    problems: tuple[Problem, ...]


NO_REJECTS = Rejects(0, ())


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that was left out: its number with the header as 1, its first byte from 0, and the reason."""

    number: int
    at: int
    column: int
    error: str


def rejects_of(engine: DuckDbEngine, file: DataFile, header: Header) -> Rejects:
    """The rows that DuckDB left out. Raises :class:`UserError` where the rest cannot be trusted either."""
    _, found = engine.fetch(
        f"SELECT error_type, count(*), min(byte_position) - 1 FROM temp.{REJECTED} GROUP BY ALL",  # noqa: S608 - of our own
        100,
    )
    first = {kind: (int(count), int(at)) for kind, count, at in found}
    if _ENCODING in first:
        raise not_utf_8(file)
    if _SIZE in first:
        what = f"a row has more than {MAX_ROW:,} bytes: perhaps a quote is never closed"
        raise _whole(file, header, first[_SIZE][1], what, "close the quote, or shorten the cell")
    if _QUOTE in first:
        _check_quotes(engine, file, header, first[_QUOTE][0])
    if not first:
        what, fix = "is not a CSV file that can be read", "save it as CSV in UTF-8, with every quote closed"
        raise UserError.about(file.name, what, fix)
    return _listed(engine, file, header)


def _check_quotes(engine: DuckDbEngine, file: DataFile, header: Header, count: int) -> None:
    """Raise :class:`UserError` if a quote is never closed: DuckDB would go on in the middle of some row."""
    if count > LISTED:
        what = f"more than {LISTED} rows have a quote in the middle of a cell"
        raise UserError.about(file.name, what, "export the file again, with quotes inside cells doubled")
    sql = f"SELECT byte_position - 1 FROM temp.{REJECTED} WHERE error_type = '{_QUOTE}' ORDER BY 1"  # noqa: S608
    _, rows = engine.fetch(sql, count)
    offsets = [int(at) for (at,) in rows]
    for at, start in zip(offsets, _starts(file, offsets), strict=True):
        if _goes_on(start, header):
            raise _whole(file, header, at, *_NEVER)


def _starts(file: DataFile, offsets: Sequence[int]) -> Iterator[bytes]:
    """What follows some bytes (rising), as far as a row may go."""
    held, before = b"", 0
    with unpacked(file) as stream:
        for at in offsets:
            while at > before + len(held) and (block := stream.read(min(BLOCK, at - before - len(held)))):
                before, held = before + len(held), block
            held = held[at - before :]
            before = at
            held += stream.read(MAX_ROW - len(held))
            yield held


def _goes_on(start: bytes, header: Header) -> bool:
    """Whether a row with a quote in the wrong place does not end with its line."""
    rows = header.rows(io.StringIO(start.decode("utf-8", "replace"), newline=""))
    try:
        next(rows, None)
    except csv.Error:
        return rows.line_num > 1
    return False


def _listed(engine: DuckDbEngine, file: DataFile, header: Header) -> Rejects:
    """All rows that were left out, and the first of them by name."""
    # what DuckDB calls a row may begin with the end of the line before, and with blank lines
    at = "min(CASE WHEN error_type = '{}' THEN byte_position ELSE line_byte_position + {} END) - 1"
    ends = "length(csv_line) - length(ltrim(csv_line, chr(10) || chr(13)))"
    _, found = engine.fetch(
        f"SELECT line, {at.format(_QUOTE, ends)}, min(column_idx), min(error_type) "  # noqa: S608 - of our own
        f"FROM temp.{REJECTED} GROUP BY line ORDER BY line LIMIT {LISTED}",
        LISTED,
    )
    rows = [_Row(*row) for row in found]
    near = [row.at for row in rows if row.at <= _FARTHEST]
    lines = dict(zip(near, lines_at(file, near, header.line_end), strict=True))
    problems = []
    for row in rows:
        column, what, fix = _said(row, len(header.titles))
        place = (
            (file.name, lines[row.at], column) if row.at in lines else row_place(file.name, row.number - 1)
        )
        problems.append(Problem(*place, what, fix))
    _, ((count,),) = engine.fetch(f"SELECT count(DISTINCT line) FROM temp.{REJECTED}", 1)  # noqa: S608
    if count > len(rows):
        what = f"{count - len(rows):,} more rows have too few or too many cells"
        problems.append(Problem(file.name, 0, 0, what, "export the file again"))
    return Rejects(count, tuple(problems))


def _said(row: _Row, width: int) -> tuple[int, str, str]:
    """What is wrong with a row: the column where it shows, what is wrong, what to do."""
    if row.error == _QUOTE:
        fix = "put the cell in quotes, and double each quote in it"
        return row.column, "a quote stands in the middle of a cell", fix
    fix = "give it a cell for each title, or export the file again"
    if row.error == _FEW:
        return row.column + 1, f"the row is too short: {row.column} of {width} cells", fix
    return width + 1, f"the row is too long: it has more than {width} cells", fix


def _whole(file: DataFile, header: Header, at: int, what: str, fix: str) -> UserError:
    """That a file cannot be read for what stands at some byte."""
    (line,) = lines_at(file, [at], header.line_end)
    return UserError.about(file.name, what, fix, line=line, column=1)


def line_ends_mended(file: DataFile, folder: Path) -> Path:
    """A copy of a file, unpacked, in which all lines end alike."""
    path = folder / f"mended-{len(list(folder.iterdir()))}.csv"
    held = b""
    with unpacked(file) as source, path.open("wb") as target:
        while block := source.read(BLOCK):
            block = held + block  # one line end may lie in two blocks
            held = b"\r" if block.endswith(b"\r") else b""
            whole = block[: len(block) - len(held)]
            target.write(whole.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
        target.write(b"\n" * len(held))
    return path
