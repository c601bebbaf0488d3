"""``cxmaturity check FILE|DIR``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from cxmaturity.cli import Options
from cxmaturity.errors import Problem, UserError
from cxmaturity.questionnaire.shipped import FILE as QUESTIONNAIRE


@click.command("check")
@click.argument("path", metavar="FILE|DIR", type=click.Path(path_type=Path))
@click.pass_obj
def command(options: Options, path: Path) -> int:
    """Name everything that is wrong with FILE or DIR.

    A folder is a workspace with all its files, or a questionnaire's; a file is a questionnaire, a
    dimension of one, or a catalogue of recommendations. Exit code 0: nothing is wrong; 2: something is.
    """
    if not path.exists():
        raise UserError.about(path, "there is no such file or folder", "correct the name")
    inside = path / QUESTIONNAIRE
    if path.is_dir() and inside.is_file() and not (path / "assessment.yaml").exists():
        path = inside
    if path.is_dir() or path.name == "assessment.yaml":
        done = _check_workspace(path if path.is_dir() else path.parent, options)
    else:
        done = _check_file(path, options)
    click.echo(done)
    return 0


def _check_workspace(folder: Path, options: Options) -> str:
    """Everything about a workspace: its files, its mapping, and each row of its evidence."""
    from cxmaturity.engagement import check_plan, check_settings
    from cxmaturity.evidence.configuring import evidence_of
    from cxmaturity.evidence.faults import problems_of
    from cxmaturity.roadmap.catalogue import read_catalogues
    from cxmaturity.workspace import read_workspace

    reading = read_workspace(folder, selection=options.selection)
    problems: list[Problem] = [*reading.problems]
    if reading.file is not None and reading.plugins is not None:
        catalogue, plugins = read_catalogues(reading.plugins)
        decided = check_plan(reading.file, reading.document, catalogue, plugins)
        problems += [*decided.wrong, *decided.left_out]
        problems += check_settings(
            reading.file, reading.document, folder, plugins, third_party=options.third_party
        )
        rows = problems_of(evidence_of(reading.file, folder), plugins)
        problems += [replace(problem, file=str(folder / problem.file)) for problem in rows]
    if reading.workspace is not None:
        problems += reading.workspace.missing
        rows_left_out = reading.workspace.responses.left_out
        problems += [replace(problem, file=str(folder / problem.file)) for problem in rows_left_out]
    if problems or reading.workspace is None:
        raise UserError(problems)
    workspace = reading.workspace
    asked = sum(1 for _ in workspace.questionnaire.questions())
    counts = f"respondents: {len(workspace.responses.respondents)}, questions: {asked}"
    return f"{folder}: nothing is wrong ({counts}, evidence tables: {len(workspace.file.evidence)})"


def _check_file(path: Path, options: Options) -> str:
    from cxmaturity.yamlfile import read_yaml, validate

    document = read_yaml(path)
    keys = document.data.keys() if isinstance(document.data, dict) else set()
    if "recommendations" in keys:
        from cxmaturity.roadmap.catalogue import read_catalogue

        return f"{path}: nothing is wrong ({len(read_catalogue(path, path.name))} recommendations)"
    if "respondents" in keys:
        fix = "check its workspace instead: `cxmaturity check DIR`"
        raise UserError.about(path, "answers can only be checked against their questionnaire", fix)
    if "practices" in keys and "dimensions" not in keys:
        from cxmaturity.questionnaire.checking import Node, check_dimension
        from cxmaturity.questionnaire.schema import DimensionFile

        _, problems = validate(document, DimensionFile)
        problems += check_dimension(Node(document.data, document, ()))
        if problems:
            raise UserError(problems)
        return f"{path}: nothing is wrong with its form; check its questionnaire for what it refers to"
    from cxmaturity.plugins import load_plugins
    from cxmaturity.questionnaire.loading import load_questionnaire

    known = load_plugins(options.selection).known_questionnaires()
    questionnaire = load_questionnaire(str(path), known=known)
    return f"{path}: nothing is wrong ({sum(1 for _ in questionnaire.questions())} questions)"
