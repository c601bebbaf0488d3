"""``cxmaturity report DIR``."""

from __future__ import annotations

from pathlib import Path

import click

from cxmaturity.cli import Options
from cxmaturity.cli.common import load_and_assess, report_warnings, reported
from cxmaturity.cli.record import keep_record, keep_release, say_what_changed
from cxmaturity.engagement import Engagement, plan, render
from cxmaturity.errors import UserError
from cxmaturity.plugins import PluginFailedError

DEFAULT = "pdf"


@click.command("report")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The file to write.  [default: DIR/reports/report.pdf]",
)
@click.option(
    "--format",
    "format_",
    metavar="NAME",
    help="pdf, html, json, or what a plugin brings.  [default: what FILE ends in, or pdf]",
)
@click.pass_obj
def command(options: Options, folder: Path, output: Path | None, format_: str | None) -> int:
    """Assess the workspace DIR and write the report; its path is printed.

    The result is kept in DIR/reports/assessment.json, so that a later run can say which plugins and
    questionnaires have changed since. Exit code 0: done; 1: done, but something was left out and is
    named; 2: the input is wrong.
    """
    engagement, assessment = load_and_assess(folder, options)
    from cxmaturity.cli.progress import working

    name = format_ or _format_of(output, engagement)
    with working("Writing the report"):
        roadmap = plan(engagement, assessment)
        keep_release(folder, engagement)
        target = output or folder / "reports" / f"report{_suffix(engagement, name)}"
        try:
            written = render(engagement, assessment, roadmap, target, format=name)
        except PluginFailedError as failure:
            raise reported(failure, options) from failure
        click.echo(written.path)
    say_what_changed(folder, assessment, engagement.texts)
    keep_record(folder, engagement, written.assessment, written.roadmap)
    return report_warnings(engagement, written.assessment, written.roadmap.warnings, options)


def _format_of(output: Path | None, engagement: Engagement) -> str:
    """The format of a file's name, where it has an ending."""
    if output is None or not output.suffix:
        return DEFAULT
    formats = engagement.plugins.formats
    for name, (each, _) in formats.items():
        if each.suffix == output.suffix.lower():
            return name
    have = ", ".join(each.suffix for each, _ in formats.values())
    raise UserError.about(
        output, f"there is no format for '{output.suffix}'", f"use one of {have}, or --format"
    )


def _suffix(engagement: Engagement, name: str) -> str:
    formats = engagement.plugins.formats
    return formats[name][0].suffix if name in formats else ""
