"""``cxmaturity evidence profile DIR``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cxmaturity.cli import DONE, INCOMPLETE, Options
from cxmaturity.cli.progress import working
from cxmaturity.errors import UserError

if TYPE_CHECKING:
    from cxmaturity.evidence.profiles import ColumnProfile, TableProfile

_MOST_NAMED = 20


@click.command("profile")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the profiles as JSON.")
@click.pass_obj
def command(options: Options, folder: Path, *, as_json: bool) -> int:
    """What the customer data of the workspace DIR is like.

    Looks at each table that assessment.yaml maps or, if it maps none, at each file in DIR/evidence. No text
    is shown, only its length and how many are different; except for the values of a column that has at most
    12, each in 5 rows or more. Exit code 1 says that a table or a row could not be read.
    """
    from cxmaturity.evidence.configuring import evidence_of
    from cxmaturity.evidence.looking import profiles_of
    from cxmaturity.evidence.sources.listing import FOLDER, unmapped_files
    from cxmaturity.workspace import read_settings

    _, file, plugins = read_settings(folder, options.selection)
    sources = evidence_of(file, folder).sources or unmapped_files(folder)
    if not sources:
        raise UserError.about(folder / FOLDER, "there is no customer data", "put a file into the folder")
    with working("Looking at the data"):
        metrics = [metric for _, metric in plugins.metrics]
        profiles, problems = profiles_of(sources, metrics, as_of=file.as_of)
    if as_json:
        data = {"format": 1, "as_of": file.as_of, "tables": [_data(profile) for profile in profiles]}
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        _print(profiles, file.as_of)
    named = [replace(problem, file=str(folder / problem.file)) for problem in problems[:_MOST_NAMED]]
    for problem in named:
        click.echo(f"warning: {problem}", err=True)
    if len(problems) > _MOST_NAMED:
        click.echo(f"warning: and {len(problems) - _MOST_NAMED} more; see `cxmaturity check`", err=True)
    return INCOMPLETE if problems else DONE


def _data(profile: TableProfile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "source": profile.source,
        "engine": profile.engine,
        "rows": profile.rows,
        "dropped": profile.dropped,
        "doubles": profile.doubles,
        "repeated_keys": dict(profile.repeated),
        "columns": [_column_data(column) for column in profile.columns],
    }


def _column_data(column: ColumnProfile) -> dict[str, Any]:
    return {
        "title": column.title,
        "kind": column.kind,
        "empty": column.empty,
        "odd": column.odd,
        "distinct": column.distinct,
        "approximate": column.approximate,
        "low": column.low,
        "high": column.high,
        "shortest": column.shortest,
        "longest": column.longest,
        "future": column.future,
        "values": [{"value": value, "rows": rows} for value, rows in column.values] or None,
    }


def _print(profiles: list[TableProfile], as_of: str | None) -> None:
    from cxmaturity.cli.terminal import print_table

    for profile in profiles:
        click.echo("\n".join(_heading(profile)))
        print_table(
            ("column", "holds", "empty", "different", "from – to", "values (rows)"),
            [_row(column, profile.rows, as_of) for column in profile.columns],
            unbroken=(1, 2, 3),  # a survey's question may be a title
        )


def _heading(profile: TableProfile) -> Iterator[str]:
    name = "" if profile.source.endswith(f"/{profile.name}") else f"{profile.name}: "
    yield f"{name}{profile.source}, {_many(profile.rows, 'row')}, {_many(len(profile.columns), 'column')}"
    if profile.dropped:
        yield f"  {_many(profile.dropped, 'row')} could not be read"
    if profile.doubles:
        yield f"  {_many(profile.doubles, 'row')} like an earlier one in every cell"
    for title, count in profile.repeated.items():
        if count:
            yield f"  {_many(count, 'row')} like an earlier one in '{title}'"


def _row(column: ColumnProfile, rows: int, as_of: str | None) -> tuple[str, ...]:
    kind = {"flag": "yes/no", "nothing": "–"}.get(column.kind, column.kind)
    if column.odd:
        kind += f", {column.odd:,} not"
    empty = f"{column.empty:,} ({column.empty / rows:.0%})" if column.empty and rows else ""
    different = f"{'≈ ' if column.approximate else ''}{column.distinct:,}"
    values = ", ".join(f"{value} ({count:,})" for value, count in column.values)
    return column.title, kind, empty, different, _range(column, as_of), values


def _range(column: ColumnProfile, as_of: str | None) -> str:
    if column.longest is not None:
        lengths = dict.fromkeys((column.shortest or 0, column.longest))
        said = " to ".join(f"{length:,}" for length in lengths)
        return f"{said} character{'' if said == '1' else 's'}"
    if column.low is None or column.high is None:
        return ""
    ends = dict.fromkeys(map(_shown, (column.low, column.high)))
    said = " – ".join(ends)
    return f"{said}; {column.future:,} after {as_of}" if column.future else said


def _shown(end: Any) -> str:
    """A number or date for people."""
    if isinstance(end, int | float):
        return f"{end:,.6g}" if abs(end) < 1e6 else f"{end:,.0f}"  # noqa: PLR2004 - a million
    return str(end)[:16].replace("T", " ").removesuffix(" 00:00")


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
