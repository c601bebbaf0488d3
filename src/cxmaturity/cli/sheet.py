"""``cxmaturity sheet DIR``."""

from __future__ import annotations

from pathlib import Path

import click

from cxmaturity.cli import DONE, INCOMPLETE, Options
from cxmaturity.errors import UserError
from cxmaturity.outputs import write_whole
from cxmaturity.settings import AssessmentFile
from cxmaturity.sheets.asked import Asked, asked_of
from cxmaturity.workspace import CONFIDENTIAL_FROM, FILE, read_asking
from cxmaturity.yamlfile.characters import FORBIDDEN

SUFFIXES = {".xlsx": "xlsx", ".csv": "csv", ".yaml": "yaml", ".yml": "yaml"}


@click.command("sheet")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The file to write.  [default: DIR/answers.xlsx, or as the role and the format say]",
)
@click.option("--role", help="Ask only what this role can answer.")
@click.option("--lang", "language", help="The language of the questions.  [default: the workspace's]")
@click.option("--csv", "format_", flag_value="csv", help="Write CSV, one row per question.")
@click.option("--yaml", "format_", flag_value="yaml", help="Write a YAML response file.")
@click.pass_obj
def command(  # noqa: PLR0913 - a parameter for each option
    options: Options,
    folder: Path,
    *,
    output: Path | None,
    role: str | None,
    language: str | None,
    format_: str | None,
) -> int:
    """Write an answer sheet for the workspace DIR; its path is printed.

    It is an Excel workbook, unless FILE ends in .csv or .yaml. One person fills it in; put among the
    workspace's responses, it is read as it is. Questions that a role cannot answer count as not shown to it.
    """
    asking = read_asking(folder, language=language, selection=options.selection)
    asked = asked_of(asking.questionnaire, role)
    format_ = _format_of(output, format_)
    target = output or folder / f"answers{f'-{role}' if role else ''}.{format_}"
    _write_new(target, _content(format_, asked, asking.file, target))
    click.echo(target)
    responses = folder / "responses"
    hint = f"let people fill it in, put their files into {responses}, and name these under `responses`"
    click.echo(f"Next: {hint} in {folder / FILE}, as responses/*{target.suffix}.", err=True)
    for problem in asking.missing:
        click.echo(f"warning: {problem}", err=True)
    return INCOMPLETE if asking.missing else DONE


def _write_new(target: Path, content: bytes) -> None:
    """Write a sheet, but not over anything else: it may be one that somebody has filled in."""
    if target.exists() and (not target.is_file() or target.read_bytes() != content):
        raise UserError.about(
            target, "is there already, and is not this sheet", "name another with -o, or move it"
        )
    write_whole(target, content)


def _format_of(output: Path | None, asked_for: str | None) -> str:
    """The format that an option or the file's name asks for; the two may not contradict each other."""
    suffix = output.suffix.lower() if output is not None else ""
    named = SUFFIXES.get(suffix)
    if asked_for and named and asked_for != named:
        fix = f"leave out --{asked_for}, or let the name end in .{asked_for}"
        raise UserError.about(output or "", f"--{asked_for} does not write files ending in '{suffix}'", fix)
    if output is not None and not named and not asked_for:
        fix = f"use one of {', '.join(SUFFIXES)}, or --csv or --yaml"
        raise UserError.about(output, f"there is no format for '{suffix}'", fix)
    return asked_for or named or "xlsx"


def _content(format_: str, asked: Asked, file: AssessmentFile, target: Path) -> bytes:
    match format_:
        case "csv":
            from cxmaturity.sheets.long_csv import csv_sheet

            return csv_sheet(asked)
        case "yaml":
            from cxmaturity.sheets.yaml_sheet import yaml_sheet

            return yaml_sheet(asked, FORBIDDEN.sub("", target.stem)).encode("utf-8")
        case _:
            return _workbook(asked, file)


def _workbook(asked: Asked, file: AssessmentFile) -> bytes:
    """The workbook, in the colours and the language of the workspace.

    The product's own words come in the questionnaire's language if there are any, else in English.
    """
    from cxmaturity.report.theme import Theme
    from cxmaturity.sheets.front import Confidentiality, Sender
    from cxmaturity.sheets.look import Colours
    from cxmaturity.sheets.workbook import workbook
    from cxmaturity.texts import languages, load_texts

    language = asked.questionnaire.language
    theme = Theme.from_brand(file.brand.colour)
    sender = Sender(
        organisation=file.organisation.name,
        name=file.brand.name,
        colours=Colours(theme.accent, theme.wash, theme.line, theme.muted, theme.ink),
        confidentiality=Confidentiality(file.confidential, file.anonymity_minimum, CONFIDENTIAL_FROM),
        as_of=file.as_of,
    )
    return workbook(asked, sender, load_texts(language if language in languages() else "en"))
