"""``cxmaturity questionnaires``."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from cxmaturity.questionnaire.loading import load_questionnaire, shipped
from cxmaturity.questionnaire.model import Question, Questionnaire


@click.group("questionnaires", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List the questionnaires, show one, or print the file format's JSON Schema."""
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_)


@command.command("list")
def list_() -> None:
    """List the questionnaires that come with cxmaturity."""
    from cxmaturity.cli.terminal import print_table

    loaded = [load_questionnaire(name) for name in shipped()]
    print_table(
        ("id", "version", "questions", "minutes", "languages", "title"),
        [
            (
                each.id,
                each.version,
                str(sum(1 for _ in each.questions())),
                str(each.minutes),
                ", ".join(each.languages),
                each.title,
            )
            for each in loaded
        ],
    )


@command.command("show")
@click.argument("reference", metavar="ID|FILE")
@click.option("--json", "as_json", is_flag=True, help="Print it as data.")
def show(reference: str, *, as_json: bool) -> None:
    """Show a questionnaire with all its questions and answers."""
    questionnaire = load_questionnaire(reference)
    if as_json:
        click.echo(json.dumps(asdict(questionnaire), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(questionnaire)))


def _lines(questionnaire: Questionnaire) -> list[str]:
    lines = [f"{questionnaire.title} ({questionnaire.id} {questionnaire.version})", questionnaire.description]
    for dimension in questionnaire.dimensions:
        lines += ["", f"# {dimension.title}"]
        for practice in dimension.practices:
            lines += ["", f"## {practice.title}: {practice.description}"]
            for question in practice.questions:
                lines += ["", *_question(question)]
    return lines


def _question(question: Question) -> list[str]:
    answers = question.answers
    lines = [question.id, f"  {question.text}"]
    lines += [f"    {number}. {option.id}: {option.text}" for number, option in enumerate(answers.options, 1)]
    lines += [f"    from {band.start:g} {answers.unit}: {band.fraction:.0%}" for band in answers.bands]
    if answers.kind == "text":
        lines.append("    in your own words; not scored")
    return [*lines, f"  Asked of: {', '.join(question.roles)}", f"  Evidence: {question.evidence}"]


@command.command("schema")
@click.argument("part", type=click.Choice(["questionnaire", "dimension"]), default="questionnaire")
def schema(part: str) -> None:
    """Print the JSON Schema of a questionnaire file, or of a dimension in a file of its own."""
    click.echo(schema_text(part), nl=False)


def schema_text(part: str) -> str:
    """The JSON Schema that editors use, as text."""
    from pydantic import TypeAdapter

    from cxmaturity.questionnaire.schema import DimensionFile, QuestionnaireFile, SelectionFile

    model: TypeAdapter[object] = TypeAdapter(
        DimensionFile if part == "dimension" else QuestionnaireFile | SelectionFile
    )
    return (
        json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.json_schema()}, indent=2
        )
        + "\n"
    )
