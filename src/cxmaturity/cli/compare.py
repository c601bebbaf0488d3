"""``cxmaturity compare BEFORE AFTER``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cxmaturity.cli import DONE, Options
from cxmaturity.cli.common import load_and_assess, report_warnings
from cxmaturity.cli.record import keep_release
from cxmaturity.engagement import Engagement, plan
from cxmaturity.errors import UserError
from cxmaturity.export import as_data, as_text
from cxmaturity.following.building import compare_results
from cxmaturity.following.data import comparison_data
from cxmaturity.following.reading import as_result, read_result
from cxmaturity.texts import Texts, load_texts

if TYPE_CHECKING:
    from cxmaturity.following.model import Comparison
    from cxmaturity.following.schema import ResultPart

_SUFFIXES = (".pdf", ".html")
_LANGUAGE = "en"
"""What a comparison of two files is written in: a result does not say in which language it is."""


@dataclass(frozen=True, slots=True)
class _Read:
    """One of the two results; of a workspace with the engagement, and the exit code of its warnings."""

    result: ResultPart
    engagement: Engagement | None = None
    code: int = DONE


@click.command("compare")
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write it as a short report, .pdf or .html; its path is printed.",
)
@click.pass_obj
def command(options: Options, before: Path, after: Path, *, as_json: bool, output: Path | None) -> int:
    """Hold two assessments of one organisation against each other.

    BEFORE and AFTER are each a workspace, which is assessed now, or a result that `assess --json` has printed
    or a workspace keeps in reports/assessment.json. Says which scores changed by more than noise, what became
    of the earlier plan and its KPIs, and what it had predicted. Exit code 0: done; 1: done, but something was
    left out and is named; 2: the input is wrong.
    """
    if output is not None and output.suffix.lower() not in _SUFFIXES:
        have = " or ".join(_SUFFIXES)
        raise UserError.about(output, f"there is no format for '{output.suffix}'", f"use a name in {have}")
    first, second = (_read(path, options) for path in (before, after))
    _check_order(after, first.result, second.result)
    engagement = second.engagement or first.engagement
    texts = engagement.texts if engagement else load_texts(_LANGUAGE)
    comparison = compare_results(first.result, second.result)
    if as_json:
        click.echo(as_text(comparison_data(comparison, texts)), nl=False)
    if output is not None:
        _write(output, comparison, texts, engagement)
        click.echo(output, err=as_json)
    elif not as_json:
        from cxmaturity.cli.changes import print_changes  # lazy: rich

        print_changes(comparison, texts)
    return max(first.code, second.code)


def _read(path: Path, options: Options) -> _Read:
    """The result in a file, or of a workspace as it stands."""
    if not path.is_dir():
        return _Read(read_result(path))
    engagement, assessment = load_and_assess(path, options)
    roadmap = plan(engagement, assessment)
    keep_release(path, engagement)
    # by way of the text, so that a workspace and the file it keeps compare alike
    data = json.loads(as_text(as_data(assessment, roadmap, engagement.texts)))
    code = report_warnings(engagement, assessment, roadmap.warnings, options)
    return _Read(as_result(str(path), data), engagement, code)


def _check_order(after: Path, first: ResultPart, second: ResultPart) -> None:
    if first.as_of is not None and second.as_of is not None and second.as_of < first.as_of:
        what = f"this result, as of {second.as_of}, is earlier than the first, as of {first.as_of}"
        raise UserError.about(after, what, "name the earlier one first")


def _write(output: Path, comparison: Comparison, texts: Texts, engagement: Engagement | None) -> None:
    """Write the report, whole or not at all."""
    from cxmaturity.cli.progress import working
    from cxmaturity.outputs import write_whole
    from cxmaturity.report.changes import build_changes
    from cxmaturity.report.html import render_changes  # lazy: Jinja2
    from cxmaturity.report.theme import Theme
    from cxmaturity.settings import BrandFile

    with working("Writing the report"):
        brand = engagement.workspace.file.brand if engagement else BrandFile()
        html = render_changes(build_changes(comparison, texts, Theme.from_brand(brand.colour)), texts)
        if output.suffix.lower() == ".pdf":
            from cxmaturity.report.pdf import pdf_bytes

            write_whole(output, pdf_bytes(html))
        else:
            write_whole(output, html.encode("utf-8"))
