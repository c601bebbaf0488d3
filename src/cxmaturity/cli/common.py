"""What several commands share: loading an engagement, and naming what failed on the way."""

from __future__ import annotations

from pathlib import Path

import click

from cxmaturity.cli import DONE, INCOMPLETE, Options
from cxmaturity.cli.tracebacks import show_tracebacks
from cxmaturity.engagement import Engagement, assess, load
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Roadmap

MOST_WARNINGS = 20


def load_and_assess(folder: Path, options: Options) -> tuple[Engagement, Assessment]:
    """An engagement and its assessment."""
    engagement = load(folder, third_party=options.third_party)
    return engagement, assess(engagement)


def report_warnings(
    engagement: Engagement, assessment: Assessment, roadmap: Roadmap, options: Options
) -> int:
    """Name on stderr whatever failed, and give the exit code that says so."""
    warnings = [engagement.texts.message(warning) for warning in (*assessment.warnings, *roadmap.warnings)]
    for warning in warnings[:MOST_WARNINGS]:
        click.echo(f"warning: {warning}", err=True)
    if len(warnings) > MOST_WARNINGS:
        click.echo(f"warning: and {len(warnings) - MOST_WARNINGS} more; see `cxmaturity check`", err=True)
    show_tracebacks(assessment.plugins, options)
    return INCOMPLETE if warnings else DONE
