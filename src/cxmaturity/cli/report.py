"""``cxmaturity report DIR``."""

from __future__ import annotations

from pathlib import Path

import click

from cxmaturity.cli import Options
from cxmaturity.cli.common import load_and_assess, report_warnings
from cxmaturity.engagement import plan, render


@click.command("report")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The PDF to write.  [default: DIR/reports/report.pdf]",
)
@click.pass_obj
def command(options: Options, folder: Path, output: Path | None) -> int:
    """Assess the workspace DIR and write the report as PDF; its path is printed.

    Exit code 0: done; 1: done, but something was left out and is named; 2: the input is wrong.
    """
    engagement, assessment = load_and_assess(folder, options)
    from cxmaturity.cli.progress import working

    with working("Writing the report"):
        target = output or folder / "reports" / "report.pdf"
        roadmap = plan(engagement, assessment)
        click.echo(render(engagement, assessment, roadmap, target))
    return report_warnings(engagement, assessment, roadmap, options)
