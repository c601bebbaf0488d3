"""``cxmaturity evidence sql DIR``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cxmaturity.cli import DONE, INCOMPLETE, Options
from cxmaturity.errors import UserError
from cxmaturity.evidence.engines.compiling import DIALECTS

if TYPE_CHECKING:
    from cxmaturity.evidence.exporting import Export

_RESULTS = "evidence/results"


@click.command("sql")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--dialect", required=True, type=click.Choice(DIALECTS), help="Whose SQL it is to be.")
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write each query into a file of its own.  [default: all of them to stdout]",
)
@click.pass_obj
def command(options: Options, folder: Path, *, dialect: str, output: Path | None) -> int:
    """Write the queries of the metrics whose tables the workspace DIR maps.

    Somebody who may run them where the data lies saves each result as a CSV file. Named under `results`,
    these are taken in place of running the queries. Exit code 1 says that a metric cannot be written.
    """
    from cxmaturity.evidence.configuring import evidence_of
    from cxmaturity.evidence.exporting import export, undated
    from cxmaturity.workspace import FILE, read_settings

    document, file, plugins = read_settings(folder, options.selection)
    request = evidence_of(file, folder)
    if dated := undated(request, plugins):
        what = f"it states no day that {', '.join(dated)} would be as of"
        raise UserError([document.problem((), what, "add `as_of`, such as the day of the latest data")])
    done = export(request, plugins, dialect)
    if not done.queries and not done.left_out:
        fix = "map one: `cxmaturity evidence map FILE` proposes how"
        raise UserError(
            [document.problem(("evidence",), f"{FILE} maps no table that suffices for a metric", fix)]
        )
    _write(done, output)
    for each in done.left_out:
        click.echo(
            f"{'note' if each.meant else 'warning'}: {each.metric} is not written: {each.why}", err=True
        )
    if output is not None and done.queries:
        click.echo(f"Next: {_next(folder, FILE)}", err=True)
    return DONE if all(each.meant for each in done.left_out) else INCOMPLETE


def _write(done: Export, output: Path | None) -> None:
    """Write the queries, each as a file whose path is printed, or all of them to stdout."""
    from cxmaturity.outputs import write_whole

    for query in done.queries:
        if output is None:
            click.echo(f"-- {query.name}\n{query.sql}")
        else:
            target = output / f"{query.name}.sql"
            write_whole(target, query.sql.encode("utf-8"))
            click.echo(target)


def _next(folder: Path, file: str) -> str:
    return (
        f"let each be run, put the results into {folder / _RESULTS}, and add to {folder / file}: "
        f"results: [{_RESULTS}/*.csv]"
    )
