"""``cxmaturity init DIR``."""

from __future__ import annotations

import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

import click

from cxmaturity.errors import UserError
from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.questionnaire.model import Question, Questionnaire
from cxmaturity.workspace import FILE


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
    folder.parent.mkdir(parents=True, exist_ok=True)
    # built beside its place and moved there whole, so that nothing half-written is left
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".cxmaturity-") as scratch:
        built = Path(scratch) / "workspace"
        _write(built, asked, name or folder.resolve().name)
        if folder.exists():
            folder.rmdir()
        shutil.move(built, folder)
    click.echo(folder)
    click.echo(
        f"Next: fill in {folder / FILE} and {folder / 'responses' / 'first.yaml'}, "
        f"then run `cxmaturity check {folder}` and `cxmaturity report {folder}`.",
        err=True,
    )


def _write(folder: Path, questionnaire: Questionnaire, name: str) -> None:
    for part in ("responses", "evidence", "reports"):
        (folder / part).mkdir(parents=True)
    template = files("cxmaturity.cli").joinpath("assessment.template.yaml").read_text(encoding="utf-8")
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    text = template.replace("@name@", quoted).replace("@questionnaire@", questionnaire.id)
    (folder / FILE).write_text(text, encoding="utf-8")
    (folder / "responses" / "first.yaml").write_text(_responses(questionnaire), encoding="utf-8")


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
    if answers.kind == "number":
        hints = [f"#   a number of {answers.unit}"]
    if answers.kind == "text":
        hints = ["#   in your own words, in quotes; not scored"]
    return [f"      {line}" for line in (f"# {question.text}", *hints, f"{question.id}:")]
