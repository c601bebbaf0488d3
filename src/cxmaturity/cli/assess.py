"""``cxmaturity assess DIR``."""

from __future__ import annotations

from pathlib import Path

import click

from cxmaturity.cli import Options
from cxmaturity.cli.common import load_and_assess, report_warnings
from cxmaturity.cli.record import keep_record, keep_release, say_what_changed
from cxmaturity.engagement import plan
from cxmaturity.errors import Problem, UserError


@click.command("assess")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
@click.option("--strict", is_flag=True, help="Refuse, with exit code 2, if anything has to be left out.")
@click.pass_obj
def command(options: Options, folder: Path, *, as_json: bool, strict: bool) -> int:
    """Score the workspace DIR and say what to do next.

    The result is kept in DIR/reports/assessment.json, so that a later run can say which plugins and
    questionnaires have changed since. Exit code 0: done; 1: done, but something was left out and is
    named; 2: the input is wrong.
    """
    engagement, assessment = load_and_assess(folder, options)
    roadmap = plan(engagement, assessment)
    left_out = [engagement.texts.message(each) for each in (*assessment.warnings, *roadmap.warnings)]
    if strict and left_out:
        raise UserError(Problem("", 0, 0, text) for text in left_out)
    say_what_changed(folder, assessment, engagement.texts)
    keep_release(folder, engagement)
    keep_record(folder, engagement, assessment, roadmap)
    if as_json:
        from cxmaturity.export import as_data, as_text

        click.echo(as_text(as_data(assessment, roadmap, engagement.texts)), nl=False)
    else:
        from cxmaturity.cli.summary import print_summary  # lazy: rich

        print_summary(engagement, assessment, roadmap)
    return report_warnings(engagement, assessment, roadmap.warnings, options)
