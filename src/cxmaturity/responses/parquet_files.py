"""Reads Parquet with DuckDB, which also numbers the different values: a cell costs one byte on its way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cxmaturity.api import CodedColumn, ResponseFile
from cxmaturity.errors import Problem, UserError
from cxmaturity.responses.grid import Cells, Column, Grid, checked_headings, without_bad_cells
from cxmaturity.responses.limits import (
    DUCKDB_MEMORY,
    MAX_CELL,
    MAX_PARQUET_CHUNK,
    MAX_PARQUET_FOOTER,
    MAX_ROWS,
    MAX_TEXT,
)
from cxmaturity.responses.opening import open_file

if TYPE_CHECKING:
    import duckdb

_MAGIC = b"PAR1"
_TAIL = 8  # the footer's length in four bytes, and the magic
_WHOLE = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"})
_TEXTS = re.compile(
    r"VARCHAR|BOOLEAN|FLOAT|DOUBLE|DECIMAL\(.*\)|U?BIGINT|U?HUGEINT|DATE|TIME|TIMESTAMP.*|UUID|ENUM\(.*\)"
)
_NUMBERS = re.compile(r"FLOAT|DOUBLE|DECIMAL.*")
_FEW = 64  # so many different texts are found fastest one after the other
_BYTE = 255
_AT_ONCE = 16  # columns that are fetched together: 16 bytes a row
_BATCH = 50_000
_BATCH_BYTES = 20_000_000  # a text that the file has once comes as often as there are rows with it
_BROKEN = "export it again"


def read_parquet(file: ResponseFile) -> Grid:
    """The table in a Parquet file; rows are numbered from 1.

    Raises :class:`UserError` where the file is none, or has columns of lists or structures.
    """
    import duckdb

    check_footer(file)
    with _connected(file) as connection:
        try:
            table = _Table(file, connection)
            return table.grid()
        except duckdb.OutOfMemoryException:
            what = "needs more memory to unpack than a survey does"
            raise UserError.about(file.name, what, "write it with smaller row groups, or split it") from None
        except duckdb.Error:  # its words may hold what somebody answered
            raise UserError.about(file.name, "the Parquet file is damaged", _BROKEN) from None


def check_footer(file: ResponseFile, limit: int = MAX_PARQUET_FOOTER) -> None:
    """Whether a file is Parquet, its table of contents whole and not too large, by default for a survey.

    Raises :class:`UserError` otherwise.
    """
    with open_file(file) as opened:
        start = opened.read(len(_MAGIC))
        size = opened.seek(0, 2)
        opened.seek(max(0, size - _TAIL))
        tail = opened.read()
    if start != _MAGIC:
        raise UserError.about(file.name, "is not a Parquet file", "correct its name, or export it again")
    length = int.from_bytes(tail[:4], "little")
    if not tail.endswith(_MAGIC) or length > size - 2 * len(_MAGIC):
        raise UserError.about(file.name, "the Parquet file is cut off", "copy or export it again")
    if length > limit:
        what = f"its table of contents is larger than {limit:,} bytes"
        raise UserError.about(file.name, what, "write it with fewer columns or larger row groups")


@contextmanager
def _connected(file: ResponseFile) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that can read this one file and nothing else, and downloads nothing."""
    import duckdb

    quoted = _quoted(str(file.path.absolute()), "'")
    with duckdb.connect(
        config={
            "memory_limit": DUCKDB_MEMORY,
            "temp_directory": "",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    ) as connection:
        connection.execute(f"SET allowed_paths = [{quoted}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET enable_progress_bar = false")  # it would write to the terminal
        connection.execute("SET lock_configuration = true")
        yield connection


def _quoted(text: str, mark: str) -> str:
    """A text as SQL has it: a string between ``'``, a name between ``"``."""
    return mark + text.replace(mark, mark * 2) + mark


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of the file: its name and DuckDB's type."""

    name: str
    type: str

    @property
    def sql(self) -> str:
        """Its name in a query."""
        return _quoted(self.name, '"')

    @property
    def text(self) -> str:
        """Its value as text in a query."""
        return self.sql if self.type == "VARCHAR" else f"{self.sql}::VARCHAR"


@dataclass(frozen=True, slots=True)
class _Coding:
    """How DuckDB turns a column into numbers, and what each number stands for."""

    field: _Field
    sql: str
    values: tuple[str | None, ...]


class _Table:
    """The columns of one Parquet file."""

    def __init__(self, file: ResponseFile, connection: duckdb.DuckDBPyConnection) -> None:
        self._file = file
        self._path = str(file.path.absolute())
        self._connection = connection
        self._fields = [_Field(name, kind) for name, kind, *_ in self._rows("DESCRIBE SELECT * FROM {}")]

    def grid(self) -> Grid:
        """All columns as a grid."""
        headings = checked_headings(self._file, [field.name for field in self._fields], 1)
        self._check_types()
        rows = self._check_size()
        codings = {coding.field: coding for coding in self._codings()}
        columns = self._coded(list(codings.values()))
        for field in self._fields:
            if field not in columns:
                columns[field] = self._many(field)
        grid = Grid(headings, tuple(columns[field] for field in self._fields), 1, rows, (), (headings,))
        return without_bad_cells(self._file, grid)

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query gives in which ``{}`` stands for the file."""
        return self._query(query).fetchall()

    def _query(self, query: str, source: str = "read_parquet(?)") -> duckdb.DuckDBPyConnection:
        return self._connection.execute(query.replace("{}", source), [self._path])

    def _check_types(self) -> None:
        problems = [
            Problem(self._file.name, 1, number, f"the column holds {_kind(field.type)}", "write it as text")
            for number, field in enumerate(self._fields, 1)
            if field.type not in _WHOLE and not _TEXTS.fullmatch(field.type)
        ]
        if problems:
            raise UserError(problems)

    def _check_size(self) -> int:
        """The number of rows. Raises :class:`UserError` where there are too many, or their texts too long."""
        query = "SELECT coalesce(sum(num_rows), 0), coalesce(max(num_row_groups), 0) FROM {}"
        ((rows, _),) = self._query(query, "parquet_file_metadata(?)").fetchall()
        if rows > MAX_ROWS:
            raise UserError.about(self._file.name, f"has more than {MAX_ROWS:,} rows", "split the file")
        query = "SELECT column_id, max(total_uncompressed_size) FROM {} GROUP BY 1 ORDER BY 1"
        large = [
            self._fields[number]
            for number, size in self._query(query, "parquet_metadata(?)").fetchall()
            if size > MAX_PARQUET_CHUNK and self._fields[number].type == "VARCHAR"
        ]
        for field in large:
            ((longest,),) = self._rows(f"SELECT max(strlen({field.sql})) FROM {{}}")  # noqa: S608 - quoted
            if (longest or 0) > 4 * MAX_CELL:  # bytes, and a character has at most four
                number = self._fields.index(field) + 1
                what = f"the column has a text of more than {MAX_CELL:,} characters"
                raise UserError.about(self._file.name, what, "shorten it", line=1, column=number)
        return int(rows)

    def _codings(self) -> Iterator[_Coding]:
        """How to number the columns of few different values; other columns have none."""
        whole = [field for field in self._fields if field.type in _WHOLE]
        if whole:
            ends = ", ".join(f"min({field.sql}), max({field.sql})" for field in whole)
            (found,) = self._rows(f"SELECT {ends} FROM {{}}")  # noqa: S608 - names are quoted
            for field, low, high in zip(whole, found[::2], found[1::2], strict=True):
                if low is None or high - low < _BYTE:
                    yield _of_whole(field, low or 0, high or 0)
        done = {*whole}
        for field in self._fields:
            if field in done:
                continue
            texts = self._rows(f"SELECT DISTINCT {field.text} AS value FROM {{}} LIMIT {_FEW + 2}")  # noqa: S608
            said = sorted(text for (text,) in texts if text is not None)
            if len(said) <= _FEW:
                yield _of_texts(field, said)

    def _coded(self, codings: Sequence[_Coding]) -> dict[_Field, CodedColumn]:
        """The columns of few different values, some at a time so that few bytes are held twice."""
        columns = {}
        for start in range(0, len(codings), _AT_ONCE):
            group = codings[start : start + _AT_ONCE]
            selected = ", ".join(f"{coding.sql} AS c{number}" for number, coding in enumerate(group))
            arrays = self._query(f"SELECT {selected} FROM {{}}").fetchnumpy()  # noqa: S608 - names are quoted
            for number, coding in enumerate(group):
                columns[coding.field] = CodedColumn(arrays[f"c{number}"], coding.values)
        return columns

    def _many(self, field: _Field) -> CodedColumn:
        """A column of many different values, numbered as they come."""
        column = Column()
        ((longest,),) = self._rows(f"SELECT max(strlen({field.text})) FROM {{}}")  # noqa: S608 - quoted
        batch_size = max(1, min(_BATCH, _BATCH_BYTES // max(longest or 0, 1)))
        result = self._query(f"SELECT {field.text} FROM {{}}")  # noqa: S608 - names are quoted
        while batch := result.fetchmany(batch_size):
            texts = [text for (text,) in batch]
            # a column takes blanks off itself
            column.extend(_rendered(field, texts) if _NUMBERS.fullmatch(field.type) else texts)
            if column.size > MAX_TEXT:
                raise UserError.about(self._file.name, "holds more text than fits into memory", "split it")
        return column.coded()


def _kind(name: str) -> str:
    """What a type of DuckDB's is called, in words, if it is none of a cell."""
    return "lists or structures" if name.endswith("]") or "(" in name else f"values of the type {name}"


def _of_whole(field: _Field, low: int, high: int) -> _Coding:
    values = *(str(value) for value in range(low, high + 1)), None
    empty = high - low + 1
    return _Coding(field, f"coalesce({field.sql}::BIGINT - ({low}), {empty})::UTINYINT", values)


def _of_texts(field: _Field, said: Sequence[str]) -> _Coding:
    known = ", ".join(_quoted(text, "'") for text in said)
    sql = f"coalesce(list_position([{known}]::VARCHAR[], {field.text}), 0)::UTINYINT"
    return _Coding(field, sql, (None, *_rendered(field, said)))


def _rendered(field: _Field, texts: Cells) -> list[str | None]:
    """Texts as a grid has them: without blanks around them, and numbers without a needless ``.0``."""
    if _NUMBERS.fullmatch(field.type):
        # what Python calls NaN is how pandas writes that there is nothing
        return [None if text in {None, "nan"} else text.removesuffix(".0") for text in texts]
    return [(text or "").strip() or None for text in texts]
