"""``cxmaturity init DIR``."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from cxmaturity.cli import Options
from cxmaturity.errors import Problem, UserError
from cxmaturity.plugins import load_plugins
from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.questionnaire.merging import conflicts, merge
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.sheets.asked import asked_of
from cxmaturity.sheets.yaml_sheet import yaml_sheet
from cxmaturity.workspace import FILE
from cxmaturity.yamlfile.characters import FORBIDDEN


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--questionnaire",
    "references",
    metavar="ID|FILE",
    multiple=True,
    default=("customer-centricity",),
    show_default=True,
    help="What is asked: see `cxmaturity questionnaires`. Several times: a whole one, then parts.",
)
@click.option("--name", help="The organisation's name.  [default: the folder's]")
@click.pass_obj
def command(options: Options, folder: Path, references: tuple[str, ...], name: str | None) -> None:
    """Start a workspace in DIR: a folder for one engagement.

    It runs as it is; fill in assessment.yaml and responses/first.yaml.
    """
    known = load_plugins(options.selection).known_questionnaires()
    asked = _asked(references, known)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError.about(folder, "exists and is not an empty folder", "name a new one")
    title = name or folder.resolve().name
    if FORBIDDEN.search(title):
        raise UserError.about("", "the name has a character that no text can hold", "write it without")
    try:
        _build(folder.resolve(), asked, [_reference(each, folder, known) for each in references], title)
    except OSError as error:
        what = f"cannot be made ({error.strerror})"
        raise UserError.about(folder, what, "name a folder where you may write") from None
    click.echo(folder)
    click.echo(
        f"Next: fill in {folder / FILE} and {folder / 'responses' / 'first.yaml'}, "
        f"then run `cxmaturity check {folder}` and `cxmaturity report {folder}`.",
        err=True,
    )


def _asked(references: Sequence[str], known: Mapping[str, Traversable]) -> Questionnaire:
    """What is to be asked, as one questionnaire; every problem of all of them at once."""
    read: list[Questionnaire] = []
    problems: list[Problem] = []
    for reference in references:
        try:
            read.append(load_questionnaire(reference, known=known))
        except UserError as error:
            problems += error.problems
    problems += [Problem(references[each.position], 0, 0, each.what, each.fix) for each in conflicts(read)]
    if problems:
        raise UserError(problems)
    return merge(read)


def _build(folder: Path, questionnaire: Questionnaire, references: Sequence[str], name: str) -> None:
    """Write a workspace beside its place and move it there, so that nothing half-written is left."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".cxmaturity-") as scratch:
        built = Path(scratch) / "workspace"
        _write(built, questionnaire, references, name)
        folder.mkdir(exist_ok=True)
        for part in sorted(built.iterdir()):
            shutil.move(part, folder / part.name)


def _reference(questionnaire: str, folder: Path, known: Mapping[str, Traversable]) -> str:
    """How ``assessment.yaml`` names the questionnaire: an id as it is, a file as seen from the workspace."""
    if questionnaire in known:
        return questionnaire
    return Path(os.path.relpath(questionnaire, folder)).as_posix()


def _write(folder: Path, questionnaire: Questionnaire, references: Sequence[str], name: str) -> None:
    for part in ("responses", "evidence", "reports"):
        (folder / part).mkdir(parents=True)
    template = files("cxmaturity.cli").joinpath("assessment.template.yaml").read_text(encoding="utf-8")
    quoted = [_quoted(reference) for reference in references]
    asked = quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"
    text = template.replace("@name@", _quoted(name)).replace("@questionnaire@", asked)
    (folder / FILE).write_text(text, encoding="utf-8")
    (folder / "responses" / "first.yaml").write_text(yaml_sheet(asked_of(questionnaire)), encoding="utf-8")


def _quoted(text: str) -> str:
    """A text as a double-quoted YAML scalar."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
