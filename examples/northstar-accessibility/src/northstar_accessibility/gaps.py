"""The command ``cxmaturity accessibility-gaps DIR``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cxmaturity.api import DimensionResult, PracticeResult, UserError
from northstar_accessibility.barriers import lowest_question
from northstar_accessibility.scorer import DIMENSION

if TYPE_CHECKING:
    from cxmaturity.cli import Options

ENOUGH = 3
"""The level from which on a practice is no gap."""


@click.command("accessibility-gaps")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def command(options: Options, folder: Path) -> int:
    """List the practices of accessibility in the workspace DIR that are below level 3.

    Exit code 0: done; 1: done, but something was left out and is named; 2: the input is wrong.
    """
    import cxmaturity  # lazy: what comes with it is heavy, and --help needs none of it

    engagement = cxmaturity.load(folder, selection=options.selection)
    assessment = cxmaturity.assess(engagement)
    dimension = next((each for each in assessment.dimensions if each.id == DIMENSION), None)
    if dimension is None:
        fix = f"add '{DIMENSION}' to `questionnaire` in assessment.yaml"
        raise UserError.about(folder, f"'{DIMENSION}' is not asked there", fix)
    for line in gaps(dimension):
        click.echo(line)
    for warning in assessment.warnings:
        click.echo(f"warning: {engagement.texts.message(warning)}", err=True)
    return 1 if assessment.warnings else 0


def gaps(dimension: DimensionResult) -> Iterator[str]:
    """A line for each practice below the level or without one; where there is none, a line that says so."""
    practices = dimension.practices.values()
    below = [each for each in practices if each.level is None or each.level < ENOUGH]
    for practice in below:
        yield f"{practice.title}: {standing(practice)}"
    if not below:
        yield f"Every practice of {dimension.title.lower()} is at level {ENOUGH} or above."


def standing(practice: PracticeResult) -> str:
    """Where a practice stands, and which of its questions has the lowest answers."""
    if practice.suppressed:
        return "not shown"  # too few people answered for it to stay confidential who said what
    if practice.level is None:
        return "not assessed"
    lowest = lowest_question(practice.questions)
    return f"level {practice.level}" + (f"; lowest: {lowest.topic}" if lowest else "")
