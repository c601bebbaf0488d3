"""``cxmaturity questionnaires``."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from cxmaturity.cli import DONE, INCOMPLETE, Options
from cxmaturity.errors import UserError
from cxmaturity.plugins import load_plugins
from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.questionnaire.model import Question, Questionnaire


@click.group("questionnaires", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> int | None:
    """List the questionnaires, show one, or print the file format's JSON Schema."""
    if ctx.invoked_subcommand is not None:
        return None
    code: int = ctx.invoke(list_)
    return code


@command.command("list")
@click.pass_obj
def list_(options: Options) -> int:
    """List the questionnaires that come with cxmaturity and with plugins.

    A part is listed in a workspace after a whole one. Exit code 1 says that one of them cannot be read.
    """
    from cxmaturity.cli.terminal import print_table

    plugins = load_plugins(options.selection)
    known = plugins.known_questionnaires()
    rows, unreadable = [], []
    for name, (_, plugin) in sorted(plugins.questionnaires.items()):
        try:
            rows.append(_row(load_questionnaire(name, known=known), plugin))
        except UserError as error:
            unreadable += [f"{plugins.named(plugin).origin}: {problem}" for problem in error.problems]
    titles = ("id", "version", "kind", "questions", "minutes", "languages", "plugin", "title")
    print_table(titles, rows, unbroken=(titles.index("id"), titles.index("plugin")))
    for problem in unreadable:
        click.echo(problem, err=True)
    return INCOMPLETE if unreadable else DONE


def _row(questionnaire: Questionnaire, plugin: str) -> tuple[str, ...]:
    return (
        questionnaire.id,
        questionnaire.version,
        "whole" if questionnaire.whole else "part",
        str(sum(1 for _ in questionnaire.questions())),
        str(questionnaire.minutes),
        ", ".join(questionnaire.languages),
        plugin,
        questionnaire.title,
    )


@command.command("show")
@click.argument("reference", metavar="ID|FILE")
@click.option("--json", "as_json", is_flag=True, help="Print it as data.")
@click.pass_obj
def show(options: Options, reference: str, *, as_json: bool) -> None:
    """Show a questionnaire with all its questions and answers."""
    known = load_plugins(options.selection).known_questionnaires()
    questionnaire = load_questionnaire(reference, known=known)
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
