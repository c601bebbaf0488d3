"""Parquet files: read where they lie, as a view, each column of its own type."""

from __future__ import annotations

from collections.abc import Sequence

from cxmaturity.errors import Problem, UserError
from cxmaturity.evidence.engines.duckdb import DuckDbEngine, StatementError, quoted
from cxmaturity.evidence.engines.model import RawColumn, Relation
from cxmaturity.evidence.sources.model import DataFile, Placed
from cxmaturity.evidence.sources.naming import positions_of
from cxmaturity.evidence.sources.simple_types import family, ibis_type, selection
from cxmaturity.responses.parquet_files import check_footer

MAX_FOOTER = 200_000_000
"""The table of contents of a file with thousands of row groups; what it is unpacked to counts as memory."""


def read_parquet_files(
    engine: DuckDbEngine, files: Sequence[DataFile], name: str, titles: Sequence[str]
) -> Placed:
    """One table of the columns that ``titles`` name, in all files. Raises :class:`UserError`."""
    groups: dict[tuple[tuple[str, str], ...], list[DataFile]] = {}
    problems: list[Problem] = []
    for file in files:
        try:
            groups.setdefault(_columns(engine, file, titles), []).append(file)
        except UserError as error:
            problems += error.problems
    problems += _of_one_family(groups, titles)
    if problems:
        raise UserError(problems)
    selects = " UNION ALL ".join(_select(engine, columns, of) for columns, of in groups.items())
    engine.execute(f"CREATE VIEW {quoted(name)} AS {selects}")
    kinds = engine.columns(quoted(name))
    return Placed(
        Relation(
            engine, name, {t: RawColumn(f"c{n}", ibis_type(kinds[f"c{n}"])) for n, t in enumerate(titles)}
        )
    )


def _columns(engine: DuckDbEngine, file: DataFile, titles: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The columns of a file in SQL, with their types."""
    check_footer(file.response, MAX_FOOTER)
    try:
        kinds = engine.columns(_read(engine, [file]))
    except StatementError:
        raise UserError.about(file.name, "the Parquet file is damaged", "export it again") from None
    positions_of(titles, list(kinds), file.name, where="the file")
    return tuple(selection(titles, kinds, file.name))


def _read(engine: DuckDbEngine, files: Sequence[DataFile]) -> str:
    paths = ", ".join(engine.reachable(file.path) for file in files)
    return f"read_parquet([{paths}], hive_partitioning=false)"


def _select(engine: DuckDbEngine, columns: Sequence[tuple[str, str]], files: Sequence[DataFile]) -> str:
    selected = ", ".join(f"{sql} AS c{number}" for number, (sql, _) in enumerate(columns))
    return f"SELECT {selected} FROM {_read(engine, files)}"  # noqa: S608 - quoted


def _of_one_family(
    groups: dict[tuple[tuple[str, str], ...], list[DataFile]], titles: Sequence[str]
) -> list[Problem]:
    """Columns that are dates in one file and text in another."""
    problems: list[Problem] = []
    if not groups:
        return problems
    (first, (other, *_)), *rest = groups.items()
    for columns, files in rest:
        for title, (_, kind), (_, theirs) in zip(titles, columns, first, strict=True):
            if family(kind) != family(theirs):
                what = f"the column '{title}' holds {kind}, and {theirs} in {other.name}"
                problems.append(Problem(files[0].name, 0, 0, what, "write it alike in all files"))
    return problems
