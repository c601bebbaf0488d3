"""Finds the files that a workspace names: inside its folder, of one kind, and ordinary files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cxmaturity.errors import Problem, UserError
from cxmaturity.evidence.model import TableSource
from cxmaturity.evidence.sources.model import DataFile
from cxmaturity.paths import lies_inside, seen_from
from cxmaturity.responses.opening import open_file

MAX_FILES = 10_000
"""Files of one table: a pattern may match more than anybody meant."""
DATABASES = ("SQLite", "DuckDB")
"""Kinds of files that hold several tables."""
KINDS = {
    ".csv": "CSV",
    ".tsv": "CSV",
    ".jsonl": "JSON lines",
    ".ndjson": "JSON lines",
    ".parquet": "Parquet",
    ".xlsx": "XLSX",
    ".sqlite": "SQLite",
    ".sqlite3": "SQLite",
    ".db": "SQLite",
    ".duckdb": "DuckDB",
}
"""What is read, by the ending of a file's name."""
_PACKINGS = {".gz": "gzip", ".zst": "zstd"}
_PACKED = ("CSV", "JSON lines")
READABLE = (
    "it can be .csv, .tsv or .jsonl (also with .gz or .zst), .parquet, .xlsx, .sqlite or .duckdb, "
    "or an address that begins with postgresql:// or sc://"
)


def find_files(source: TableSource, name: str) -> list[DataFile]:
    """The files of a table, in the order of their names within each pattern.

    Raises :class:`UserError` with everything that is wrong with how the workspace names them.
    """
    files: dict[Path, DataFile] = {}
    problems: list[Problem] = []
    for pattern in source.sources:
        try:
            for path in _matching(source.folder, pattern, name):
                files.setdefault(path, _data_file(source.folder, path))
        except UserError as error:
            problems += error.problems
        if len(files) > MAX_FILES:
            what = f"more than {MAX_FILES:,} files match"
            raise UserError.about(pattern, what, f"name fewer in evidence.{name}.source")
    found = list(files.values())
    problems += _of_one_kind(found, source, name)
    for file in found:
        try:
            open_file(file.response).close()
        except UserError as error:
            problems += error.problems
    if problems:
        raise UserError(problems)
    return found


def _matching(folder: Path, pattern: str, name: str) -> Iterator[Path]:
    """The paths that a pattern names, none outside the folder."""
    if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
        raise UserError.about(pattern, "leads out of the workspace", "put the file into the folder")
    paths = [folder / pattern]
    if any(mark in pattern for mark in "*?[") and not _exists(paths[0]):
        try:
            paths = sorted(each for each in folder.glob(pattern) if _may_be_data(each))
        except (ValueError, IndexError, NotImplementedError):  # what pathlib makes of `**.csv`
            raise UserError.about(pattern, "is not a pattern", "write it as evidence/*.csv") from None
        if not paths:
            raise UserError.about(pattern, "no file matches", f"correct evidence.{name}.source")
    for path in paths:
        if not lies_inside(folder, path):
            what = "is a link that leads out of the workspace"
            raise UserError.about(seen_from(folder, path), what, "put the file itself into the folder")
        yield path


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # such as a name that is too long
        return False


def _may_be_data(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def _data_file(folder: Path, path: Path) -> DataFile:
    """A file with its kind, empty where nobody can read it."""
    ending = path.suffix.lower()
    packing = _PACKINGS.get(ending, "")
    kind = KINDS.get(path.with_suffix("").suffix.lower() if packing else ending, "")
    if packing and kind not in _PACKED:
        kind = ""
    return DataFile(path, seen_from(folder, path), kind, packing)


def _of_one_kind(files: list[DataFile], source: TableSource, name: str) -> Iterator[Problem]:
    """What is wrong with the kinds of a table's files."""
    unknown = [file for file in files if not file.kind]
    yield from (Problem(file.name, 0, 0, "nothing reads files of this kind", READABLE) for file in unknown)
    kinds = sorted({file.kind for file in files if file.kind})
    if unknown or not kinds:
        return
    if len(kinds) > 1:
        what = f"the files of '{name}' are of several kinds: {', '.join(kinds)}"
        yield Problem(source.shown, 0, 0, what, "name files of one kind")
    elif kinds[0] in DATABASES and len(files) > 1:
        what = f"the table '{name}' lies in several databases"
        yield Problem(source.shown, 0, 0, what, "name one of them")
    elif kinds[0] not in DATABASES and source.table:
        what = f"a file of the kind {kinds[0]} is one table by itself"
        yield Problem(source.shown, 0, 0, what, f"take out evidence.{name}.table")
