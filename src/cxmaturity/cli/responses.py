"""``cxmaturity responses``: answers that survey tools have collected."""

from __future__ import annotations

from pathlib import Path

import click

from cxmaturity.api import ResponseFile
from cxmaturity.cli import Options
from cxmaturity.errors import UserError
from cxmaturity.outputs import write_whole
from cxmaturity.plugins import load_plugins
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.workspace import FILE, read_settings
from cxmaturity.yamlfile import read_yaml


@click.group("responses")
def command() -> None:
    """Read what survey tools have collected."""


@command.command("map")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--questionnaire",
    "references",
    metavar="ID|FILE",
    multiple=True,
    help="What was asked. May be given several times.  [default: what the workspace asks]",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the mapping.  [default: FILE's name with .map.yaml, beside it]",
)
@click.pass_obj
def map_(options: Options, file: Path, references: tuple[str, ...], output: Path | None) -> None:
    """Propose how to read the export of a survey tool.

    FILE is an export of LimeSurvey, Qualtrics, Microsoft Forms or Google Forms, or any table with a row of
    headings. The mapping says for each column what it is taken for and how sure that is. It is for you to
    check: nothing is read before it says `confirmed: yes`.
    """
    from cxmaturity.responses.mapping.format import place_of_mapping
    from cxmaturity.responses.mapping.proposing import propose
    from cxmaturity.responses.mapping.recognising import read_export
    from cxmaturity.responses.mapping.writing import TOOLS, mapping_text, summary

    _refuse_other_files(file)
    place = output or place_of_mapping(file)
    _refuse_confirmed(place)
    export = read_export(ResponseFile(file, str(file)))
    proposal = propose(export, _asked(file, references, options))
    write_whole(place, mapping_text(proposal, file.name).encode("utf-8"))
    click.echo(place)
    tool = TOOLS[proposal.tool]
    said = "\n".join(summary(proposal, "in the file"))
    click.echo(
        f"{tool[0].upper()}{tool[1:]}: {said}\n"
        f"Next: check {place}, set `confirmed: yes` in it, then run `cxmaturity check` on the workspace.",
        err=True,
    )


def _refuse_other_files(file: Path) -> None:
    """Only tables have columns to be mapped."""
    from cxmaturity.builtin import TableReader, WorkbookReader

    suffixes = (*TableReader.suffixes, *WorkbookReader.suffixes)
    if file.suffix.lower() not in suffixes:
        fix = f"name what the survey tool has exported, a file that ends in one of {', '.join(suffixes)}"
        raise UserError.about(file, "is no table that could be mapped", fix)


def _refuse_confirmed(place: Path) -> None:
    """Only a proposal that nobody has confirmed may be written over."""
    if not place.exists():
        return
    fix = "name another file with -o, or move it away"
    try:
        data = read_yaml(place).data
    except UserError:
        raise UserError.about(place, "is no mapping that could be written over", fix) from None
    if not isinstance(data, dict) or data.get("confirmed") != "no":
        raise UserError.about(place, "is a confirmed mapping, or none; it is left as it is", fix)


def _asked(file: Path, references: tuple[str, ...], options: Options) -> list[Questionnaire]:
    """The questionnaires that were named, else those of the workspace that the file lies in."""
    from cxmaturity.responses.mapping.asking import in_all_languages

    if references:
        known = load_plugins(options.selection).known_questionnaires()
        return in_all_languages(references, None, known)
    folder = next((each for each in file.resolve().parents if (each / FILE).is_file()), None)
    if folder is None:
        fix = "name what was asked with --questionnaire, or put the file into a workspace"
        raise UserError.about(file, f"lies in no folder with an {FILE}", fix)
    _, settings, plugins = read_settings(folder, options.selection)
    return in_all_languages(settings.questionnaire, folder, plugins.known_questionnaires())
