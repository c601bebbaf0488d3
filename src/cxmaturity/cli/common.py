"""What several commands share: loading an engagement, and naming what failed on the way."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from cxmaturity.api import Message
from cxmaturity.cli import DONE, INCOMPLETE, Options, ReportedError
from cxmaturity.cli.tracebacks import show_notes, show_tracebacks
from cxmaturity.engagement import Engagement, assess, load
from cxmaturity.plugins import PluginFailedError
from cxmaturity.result import Assessment

MOST_WARNINGS = 20


def reported(failure: PluginFailedError, options: Options) -> ReportedError:
    """Name a plugin's failure on stderr, and give what ends the command with exit code 1."""
    click.echo(str(failure), err=True)
    if options.traceback:
        click.echo("".join(traceback.format_exception(failure.error)), err=True)
    return ReportedError()


def load_and_assess(folder: Path, options: Options) -> tuple[Engagement, Assessment]:
    """An engagement and its assessment."""
    engagement = load(folder, selection=options.selection)
    return engagement, assess(engagement)


def report_warnings(
    engagement: Engagement, assessment: Assessment, planning: Sequence[Message], options: Options
) -> int:
    """Name on stderr whatever failed, while planning too, and give the exit code that says so."""
    warnings = [engagement.texts.message(warning) for warning in (*assessment.warnings, *planning)]
    for warning in warnings[:MOST_WARNINGS]:
        click.echo(f"warning: {warning}", err=True)
    if len(warnings) > MOST_WARNINGS:
        click.echo(f"warning: and {len(warnings) - MOST_WARNINGS} more; see `cxmaturity check`", err=True)
    show_notes(assessment.plugins)
    show_tracebacks(assessment.plugins, options)
    return INCOMPLETE if warnings else DONE
