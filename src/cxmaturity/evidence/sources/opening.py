"""Opens the tables that a workspace names, each where it lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from cxmaturity.errors import Problem, UserError
from cxmaturity.evidence.engines.duckdb import DuckDbEngine
from cxmaturity.evidence.engines.model import EngineError
from cxmaturity.evidence.model import TableSource
from cxmaturity.evidence.sources.addresses import Address, address_of, is_address
from cxmaturity.evidence.sources.csv_files import read_csv_files
from cxmaturity.evidence.sources.databases import Databases
from cxmaturity.evidence.sources.duckdb_files import read_duckdb_file
from cxmaturity.evidence.sources.finding import find_files
from cxmaturity.evidence.sources.json_files import read_json_files
from cxmaturity.evidence.sources.model import DataFile, Placed
from cxmaturity.evidence.sources.parquet_files import read_parquet_files
from cxmaturity.evidence.sources.sqlite_files import read_sqlite_file
from cxmaturity.evidence.sources.xlsx_files import read_xlsx_files

_FILES = {
    "CSV": read_csv_files,
    "JSON lines": read_json_files,
    "Parquet": read_parquet_files,
    "XLSX": read_xlsx_files,
}
_DATABASES = {"SQLite": read_sqlite_file, "DuckDB": read_duckdb_file}


@dataclass(frozen=True)
class OpenTables:
    """The tables that could be opened, by name, and what is wrong with the others."""

    tables: Mapping[str, Placed]
    problems: Sequence[Problem]


@contextmanager
def open_tables(
    sources: Mapping[str, TableSource], titles: Mapping[str, Sequence[str]]
) -> Iterator[OpenTables]:
    """The tables of a workspace as long as they are needed; ``titles`` are the columns wanted of each."""
    problems: list[Problem] = []
    tables: dict[str, Placed] = {}
    places: dict[str, Address | list[DataFile]] = {}
    for name, source in sources.items():
        with _noted(problems, name, source.shown):
            places[name] = address_of(source, name) if is_address(source) else find_files(source, name)
    with ExitStack() as stack:
        files = [file.path for each in places.values() if isinstance(each, list) for file in each]
        here = stack.enter_context(_duckdb(files)) if files else None
        databases = stack.enter_context(Databases())
        for name, place in places.items():
            source = sources[name]
            if isinstance(place, Address):
                with _noted(problems, name, place.shown):
                    tables[name] = databases.table(place, source.table, name, titles[name])
            elif here is not None:
                with _noted(problems, name, source.shown):
                    tables[name] = _from_files(here, place, source, name, titles[name])
        yield OpenTables(tables, problems)


@contextmanager
def _noted(problems: list[Problem], name: str, shown: str) -> Iterator[None]:
    """What keeps a table from being opened is noted, and the others go on."""
    try:
        yield
    except UserError as error:
        problems += error.problems
    except EngineError as error:
        problems.append(Problem(shown, 0, 0, f"the table '{name}': {error.what}", error.fix))


@contextmanager
def _duckdb(files: Sequence[Path]) -> Iterator[DuckDbEngine]:
    engine = DuckDbEngine(files)
    try:
        yield engine
    finally:
        engine.close()


def _from_files(
    engine: DuckDbEngine, files: Sequence[DataFile], source: TableSource, name: str, titles: Sequence[str]
) -> Placed:
    kind = files[0].kind
    if kind in _DATABASES:
        return _DATABASES[kind](engine, files[0], name, titles, source.table)
    return _FILES[kind](engine, files, name, titles)
