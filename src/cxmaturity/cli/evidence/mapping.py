"""``cxmaturity evidence map FILE``."""

from __future__ import annotations

from pathlib import Path

import click

from cxmaturity.cli import DONE, INCOMPLETE, Options
from cxmaturity.cli.progress import working
from cxmaturity.errors import UserError
from cxmaturity.paths import seen_from


@click.command("map")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--table", default="", metavar="NAME", help="Which table, if FILE is a database.")
@click.pass_obj
def command(options: Options, file: Path, table: str) -> int:
    """Propose how FILE, an export of customer data, is to be read.

    Prints what is to be put into assessment.yaml: which of the tables that metrics read it most likely is,
    and which of its columns are theirs. It is for you to check.
    """
    from cxmaturity.evidence.looking import profiles_of
    from cxmaturity.evidence.model import TableSource
    from cxmaturity.evidence.pasting import proposal_text
    from cxmaturity.evidence.proposing import propose
    from cxmaturity.plugins import load_plugins
    from cxmaturity.workspace import FILE, read_settings

    if not file.is_file():
        raise UserError.about(file, "there is no such file", "correct the name")
    file = file.resolve()
    folder = next((each for each in file.parents if (each / FILE).is_file()), None)
    plugins = read_settings(folder, options.selection)[2] if folder else load_plugins(options.selection)
    metrics = [metric for name, metric in plugins.metrics if plugins.named(name).usable]
    base = folder or file.parent
    source = seen_from(base, file)
    with working("Looking at the file"):
        profiles, problems = profiles_of({file.stem: TableSource((source,), base, {}, table)})
    if not profiles:
        raise UserError(problems)
    (profile,) = profiles
    proposal = propose(profile, table or file.name.partition(".")[0], metrics)
    if proposal is None:
        tables = ", ".join(sorted({name for metric in metrics for name in metric.tables})) or "none"
        fix = f"map its columns yourself; the tables are: {tables}"
        raise UserError.about(file, "is like no table that a metric could be computed from", fix)
    click.echo(proposal_text(proposal, source, table), nl=False)
    for problem in problems:
        click.echo(f"warning: {problem}", err=True)
    if folder is None:
        click.echo("Next: put the file into a workspace, under evidence, and correct `source`.", err=True)
    else:
        click.echo(
            f"Next: check it, put it into {folder / FILE}, then run `cxmaturity check {folder}`.", err=True
        )
    return INCOMPLETE if problems else DONE
