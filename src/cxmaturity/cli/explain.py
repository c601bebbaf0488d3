"""``cxmaturity explain DIR``."""

from __future__ import annotations

from pathlib import Path

import click

from cxmaturity.cli import Options
from cxmaturity.cli.common import load_and_assess, report_warnings
from cxmaturity.cli.record import keep_release
from cxmaturity.explaining import explain
from cxmaturity.result import OVERALL


@click.command("explain")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("name", metavar="[QUESTION|PRACTICE|DIMENSION]", default=OVERALL)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def command(options: Options, folder: Path, name: str, *, as_json: bool) -> int:
    """Explain a score of the workspace DIR: the whole, or what is named.

    What it is made of, what caps cost, what would raise it most, how much it moves if weights do, and what it
    rests on. Of an id the last part suffices where it is the only one. Exit code 0: done; 1: done, but
    something was left out and is named; 2: the input is wrong.
    """
    engagement, assessment = load_and_assess(folder, options)
    keep_release(folder, engagement)
    explanation = explain(assessment, engagement.plugins, engagement.texts, name)
    if as_json:
        from cxmaturity.export import as_text, explanation_data

        click.echo(as_text(explanation_data(explanation, engagement.texts)), nl=False)
    else:
        from cxmaturity.cli.explanation import print_explanation  # lazy: rich

        print_explanation(explanation, engagement.texts, engagement.workspace.questionnaire)
    return report_warnings(engagement, assessment, (), options)
