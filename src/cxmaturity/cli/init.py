"""``cxmaturity init DIR``."""

from __future__ import annotations

import os
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

import click

from cxmaturity.errors import UserError
from cxmaturity.questionnaire.loading import load_questionnaire, shipped
from cxmaturity.questionnaire.model import Question, Questionnaire
from cxmaturity.workspace import FILE
from cxmaturity.yamlfile.characters import FORBIDDEN


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--questionnaire",
    default="customer-centricity",
    show_default=True,
    help="What is asked: see `cxmaturity questionnaires`.",
)
@click.option("--name", help="The organisation's name.  [default: the folder's]")
def command(folder: Path, questionnaire: str, name: str | None) -> None:
    """Start a workspace in DIR: a folder for one engagement.

    It runs as it is; fill in assessment.yaml and responses/first.yaml.
    """
    asked = load_questionnaire(questionnaire)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError.about(folder, "exists and is not an empty folder", "name a new one")
    title = name or folder.resolve().name
    if FORBIDDEN.search(title):
        raise UserError.about("", "the name has a character that no text can hold", "write it without")
    try:
        _build(folder.resolve(), asked, _reference(questionnaire, folder), title)
    except OSError as error:
        what = f"cannot be made ({error.strerror})"
        raise UserError.about(folder, what, "name a folder where you may write") from None
    click.echo(folder)
    click.echo(
        f"Next: fill in {folder / FILE} and {folder / 'responses' / 'first.yaml'}, "
        f"then run `cxmaturity check {folder}` and `cxmaturity report {folder}`.",
        err=True,
    )


def _build(folder: Path, questionnaire: Questionnaire, reference: str, name: str) -> None:
    """Write a workspace beside its place and move it there, so that nothing half-written is left."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".cxmaturity-") as scratch:
        built = Path(scratch) / "workspace"
        _write(built, questionnaire, reference, name)
        folder.mkdir(exist_ok=True)
        for part in sorted(built.iterdir()):
            shutil.move(part, folder / part.name)


def _reference(questionnaire: str, folder: Path) -> str:
    """How ``assessment.yaml`` names the questionnaire: an id as it is, a file as seen from the workspace."""
    if questionnaire in shipped():
        return questionnaire
    return Path(os.path.relpath(questionnaire, folder)).as_posix()


def _write(folder: Path, questionnaire: Questionnaire, reference: str, name: str) -> None:
    for part in ("responses", "evidence", "reports"):
        (folder / part).mkdir(parents=True)
    template = files("cxmaturity.cli").joinpath("assessment.template.yaml").read_text(encoding="utf-8")
    text = template.replace("@name@", _quoted(name)).replace("@questionnaire@", _quoted(reference))
    (folder / FILE).write_text(text, encoding="utf-8")
    (folder / "responses" / "first.yaml").write_text(_responses(questionnaire), encoding="utf-8")


def _quoted(text: str) -> str:
    """A text as a double-quoted YAML scalar."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _responses(questionnaire: Questionnaire) -> str:
    """A response file to fill in: every question with its answers as comments, nothing answered."""
    lines = [
        f"# Answers to “{questionnaire.title}” {questionnaire.version}.",
        "# Write an answer's number or id behind each question; a list for “tick all that apply”.",
        "# Where steps are described, choose the highest one of which every word is true.",
        "# n/a: does not apply; dont-know: you do not know; leave it empty to skip it.",
        "# Copy the block of r01 for each further person.",
        "respondents:",
        "  - id: r01",
        f"    role: {next(iter(questionnaire.roles))}          # {', '.join(questionnaire.roles)}",
        "    department:",
        "    answers:",
    ]
    for dimension in questionnaire.dimensions:
        lines += ["", f"      # {'=' * 12} {dimension.title} {'=' * 12}"]
        for practice in dimension.practices:
            for question in practice.questions:
                lines += ["", *_question(question)]
    return "\n".join([*lines, "    notes: {}", ""])


def _question(question: Question) -> list[str]:
    answers = question.answers
    hints = [f"#   {number} {option.id}: {option.text}" for number, option in enumerate(answers.options, 1)]
    if answers.kind in {"scale", "yes-no"}:
        hints = [
            f"#   {option.id}" if option.id == option.text.lower() else f"#   {option.text}"
            for option in answers.options
        ]
    if answers.kind == "number":
        hints = [f"#   a number of {answers.unit}"]
    if answers.kind == "text":
        hints = ["#   in your own words, in quotes; not scored"]
    lines = [f"# {question.text}", *hints, f"{question.id}:"]
    return [f"      {' '.join(line.split(chr(10)))}" for line in lines]
