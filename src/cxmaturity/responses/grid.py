"""A table as it was written: headings and cells as text, before anybody says what they mean."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cxmaturity.api import CodedColumn, ResponseFile
from cxmaturity.errors import Problem, UserError
from cxmaturity.responses.limits import MAX_CELL, MAX_COLUMNS, MAX_LEFT_OUT, MAX_ROWS, MAX_TEXT
from cxmaturity.yamlfile.characters import FORBIDDEN, has_forbidden, name_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BATCH = 4096
_COST = 150  # of a text in memory: the object, its place in a dict and in a list
_LISTED = 60  # of one that is only listed
_BYTE, _TWO_BYTES = 1 << 8, 1 << 16

Cells = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of texts.

    ``headings`` are those of its first row. In ``columns`` a cell is its text as written, without the
    blanks around it, and ``None`` where it is empty: numbers of workbooks and Parquet files without a
    needless ``.0``, dates as ISO. Where nearly all cells of a column differ, its values may repeat.
    ``first_row`` is the number that the first row below the headings has in the file, ``rows`` how many
    there are, ``left_out`` those that are no rows of this table. ``heading_rows`` are all rows of headings,
    ``lines`` the number of each row in the file (in a text file: of its first line), ``decimal_comma``
    whether the file may write 2,5 for two and a half.
    """

    headings: tuple[str, ...]
    columns: tuple[CodedColumn, ...]
    first_row: int
    rows: int
    left_out: tuple[Problem, ...] = ()
    heading_rows: tuple[tuple[str, ...], ...] = ()
    lines: Sequence[int] | None = None
    decimal_comma: bool = False

    def line(self, row: int) -> int:
        """The number in the file of a row, which counts from 0."""
        return self.first_row + row if self.lines is None else self.lines[row]


def read_grid(file: ResponseFile, *, header_rows: int = 1) -> Grid:
    """The table in a CSV, TSV, XLSX or Parquet file, by its suffix.

    ``header_rows`` is how many rows of headings stand on top of it; Parquet has none but the names of its
    columns. Raises :class:`UserError` where there is no table, or where the file is larger than anything that
    ``limits.py`` allows.
    """
    match file.path.suffix.lower():  # lazy imports: each of them builds grids
        case ".parquet":
            from cxmaturity.responses.parquet_files import read_parquet

            return read_parquet(file)
        case ".xlsx":
            from cxmaturity.responses.xlsx_files import read_xlsx

            return read_xlsx(file, header_rows)
        case _:
            from cxmaturity.responses.csv_files import read_csv

            return read_csv(file, header_rows)


class _Codes(dict[str | None, int]):
    """A number for each different cell, in the order in which they come."""

    def __init__(self) -> None:
        super().__init__()
        self.values_seen: list[str | None] = []
        self.size = 0

    def __missing__(self, cell: str | None) -> int:
        text = (cell.strip() or None) if cell else None
        if text != cell:
            code = self[text]
        else:
            code = len(self.values_seen)
            self.values_seen.append(text)
        self.size += len(cell or "") + _COST
        self[cell] = code
        return code

    def one_by_one(self, cells: Cells) -> range:
        """Numbers for cells that are not looked up, as nearly all differ: most are ids, or the time."""
        before = len(self.values_seen)
        self.clear()
        texts = [cell or "" for cell in cells] if None in cells else cells
        stripped: list[str | None] = list(map(str.strip, texts))  # type: ignore[arg-type]  # None is gone
        self.values_seen += [text or None for text in stripped] if "" in stripped else stripped
        self.size += sum(map(len, stripped)) + _LISTED * len(cells)  # type: ignore[arg-type]
        return range(before, len(self.values_seen))


class Column:
    """A column that grows, one byte a cell as long as that suffices."""

    def __init__(self) -> None:
        self.codes = array("B")
        self.known = _Codes()

    @property
    def size(self) -> int:
        """About the bytes that its different values take."""
        return self.known.size

    def extend(self, cells: Cells) -> None:
        """More cells, with or without blanks around them."""
        if len(self.known.values_seen) > max(_TWO_BYTES, len(self.codes) // 2):
            codes: Iterable[int] = self.known.one_by_one(cells)
        else:
            codes = list(map(self.known.__getitem__, cells))
        different = len(self.known.values_seen)
        kind = "B" if different <= _BYTE else "H" if different <= _TWO_BYTES else "I"
        if kind != self.codes.typecode:
            self.codes = array(kind, self.codes)
        self.codes.extend(codes)

    def coded(self) -> CodedColumn:
        """The column as it is now."""
        import numpy as np

        codes: NDArray[Any] = np.frombuffer(self.codes, dtype=self.codes.typecode)
        return CodedColumn(codes, tuple(self.known.values_seen))


class GridBuilder:
    """Makes a grid from rows as they are read, within the limits."""

    def __init__(self, file: ResponseFile, heading_rows: Sequence[Cells], at: Sequence[int]) -> None:
        self._file = file
        self._width = max((len(row) for row in heading_rows), default=0)
        padded = [[*row, *[""] * (self._width - len(row))] for row in heading_rows]
        self._heading_rows = tuple(
            checked_headings(file, row, line) for row, line in zip(padded, at, strict=True)
        )
        self._columns = [Column() for _ in range(self._width)]
        self._lines = array("I")
        self._waiting: list[Cells] = []
        self._left_out: list[Problem] = []

    def add(self, cells: Cells, line: int) -> None:
        """A row, the number of which in the file is ``line``; an empty one is passed over."""
        if not any(cells):
            return
        if len(cells) != self._width:
            self.leave_out(line, *_other_length(len(cells), self._width))
            return
        self._waiting.append(cells)
        self._lines.append(line)
        if len(self._waiting) == _BATCH:
            self._code()

    def leave_out(self, line: int, column: int, what: str, fix: str) -> None:
        """A row that cannot be understood."""
        self._left_out.append(Problem(self._file.name, line, column, what, fix))
        if len(self._left_out) > MAX_LEFT_OUT:
            what = f"more than {MAX_LEFT_OUT:,} rows cannot be understood"
            few = self._left_out[:3]
            raise UserError([*few, Problem(self._file.name, 0, 0, what, "export the file again")])

    def _code(self) -> None:
        if not self._waiting:
            return
        for column, cells in zip(self._columns, zip(*self._waiting, strict=True), strict=True):
            column.extend(cells)
        self._waiting.clear()
        if len(self._lines) > MAX_ROWS:
            raise UserError.about(self._file.name, f"has more than {MAX_ROWS:,} rows", "split the file")
        if sum(column.size for column in self._columns) > MAX_TEXT:
            fix = "leave out the columns that are no answers, or split the file"
            raise UserError.about(self._file.name, "holds more text than fits into memory", fix)

    def grid(self, *, decimal_comma: bool = False) -> Grid:
        """All rows that were added, without those that hold what no text can hold."""
        self._code()
        columns = [column.coded() for column in self._columns]
        self._columns.clear()
        return without_bad_cells(
            self._file,
            Grid(
                headings=self._heading_rows[0],
                columns=tuple(columns),
                first_row=self._lines[0] if self._lines else 0,
                rows=len(self._lines),
                left_out=tuple(self._left_out),
                heading_rows=self._heading_rows,
                lines=self._lines,
                decimal_comma=decimal_comma,
            ),
        )


def checked_headings(file: ResponseFile, row: Cells, line: int) -> tuple[str, ...]:
    """Headings without the blanks around them. Raises :class:`UserError` where they are none."""
    if len(row) > MAX_COLUMNS:
        what = f"has more than {MAX_COLUMNS:,} columns"
        raise UserError.about(file.name, what, "leave out what is not about the survey", line=line, column=1)
    titles = tuple((cell or "").strip() for cell in row)
    for number, title in enumerate(titles, 1):
        if found := FORBIDDEN.search(title):
            what = f"the heading has the invisible control character {name_of(found[0])}"
            raise UserError.about(file.name, what, "remove it", line=line, column=number)
    return titles


def _other_length(cells: int, width: int) -> tuple[int, str, str]:
    """That a row has too few or too many cells: the column where it shows, what is wrong, what to do."""
    kind = "few" if cells < width else "many"
    what = f"the row has too {kind} cells: {cells}, and there are {width} headings"
    return min(cells, width) + 1, what, "give it a cell for each heading, or export the file again"


def without_bad_cells(file: ResponseFile, grid: Grid) -> Grid:
    """A grid without the rows a cell of which holds what no text of ours can hold."""
    import numpy as np

    problems: dict[int, Problem] = {}
    for number, column in enumerate(grid.columns):
        for code, fault in _faults(column):
            for row in np.flatnonzero(column.codes == code).tolist():
                problems.setdefault(row, Problem(file.name, grid.line(row), number + 1, *fault))
    if len(problems) > MAX_LEFT_OUT:
        raise UserError(sorted(problems.values())[:MAX_LEFT_OUT])
    return without_rows(grid, problems)


def _faults(column: CodedColumn) -> Iterator[tuple[int, tuple[str, str]]]:
    """The values of a column that cannot be used, each with what is wrong and what to do."""
    texts = [text for text in column.values if isinstance(text, str)]
    batches = (texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH))
    if all(_in_order("".join(batch), batch) for batch in batches):
        return  # as good as always, and found out in a tenth of the time
    for code, text in enumerate(column.values):
        if not isinstance(text, str):
            continue
        if found := FORBIDDEN.search(text):
            yield code, (f"the cell has the invisible control character {name_of(found[0])}", "remove it")
        elif len(text) > MAX_CELL:
            yield code, (f"the cell has more than {MAX_CELL:,} characters", "shorten it")


def _in_order(together: str, texts: Sequence[str]) -> bool:
    """Whether none of some texts has what it must not have, or is too long."""
    if has_forbidden(together):
        return False
    return len(together) <= MAX_CELL or max(map(len, texts)) <= MAX_CELL


def without_rows(grid: Grid, problems: Mapping[int, Problem]) -> Grid:
    """A grid without the rows that have a problem, which are left out instead."""
    import numpy as np

    if not problems:
        return grid
    stays = np.ones(grid.rows, dtype=bool)
    stays[list(problems)] = False
    lines = [grid.line(row) for row in np.flatnonzero(stays).tolist()]
    return replace(
        grid,
        columns=tuple(_selected(each, stays) for each in grid.columns),
        first_row=lines[0] if lines else grid.first_row,
        rows=len(lines),
        left_out=tuple(sorted([*grid.left_out, *problems.values()])),
        lines=lines,
    )


def _selected(column: CodedColumn, stays: NDArray[np.bool_]) -> CodedColumn:
    """Some rows of a column, without the values that only others have: these may be what is wrong."""
    import numpy as np

    codes = column.codes[stays]
    used = np.bincount(codes, minlength=len(column.values)).tolist()
    values = (value if count else None for value, count in zip(column.values, used, strict=True))
    return CodedColumn(codes, tuple(values))
