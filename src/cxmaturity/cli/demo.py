"""``cxmaturity demo``."""

from __future__ import annotations

from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from cxmaturity.cli import Options
from cxmaturity.cli.common import load_and_assess, report_warnings
from cxmaturity.cli.progress import working
from cxmaturity.engagement import plan, render


@click.command("demo")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="cxmaturity-demo.pdf",
    show_default=True,
    help="The PDF to write.",
)
@click.pass_obj
def command(options: Options, output: Path) -> int:
    """Assess the example that comes with cxmaturity, a made-up company, and write its report.

    The PDF's path is printed.
    """
    with as_file(demo_workspace()) as folder, working("Assessing the example and writing its report"):
        engagement, assessment = load_and_assess(folder, options)
        roadmap = plan(engagement, assessment)
        written = render(engagement, assessment, roadmap, output)
        click.echo(written.path)
        return report_warnings(engagement, written.assessment, written.roadmap.warnings, options)


def demo_workspace() -> Traversable:
    """The example: inside the installed package, or in ``examples/`` of a checkout that runs in place."""
    package = files("cxmaturity")
    installed = package.joinpath("examples", "demo")
    if installed.is_dir():
        return installed
    return package.joinpath("..", "..", "examples", "demo")
