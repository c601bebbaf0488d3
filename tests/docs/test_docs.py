"""The documentation and the program say the same.

A block's info string says what it is: ``yaml title="assessment.yaml"`` is that file; ``python run="name"``
is run. A ``console`` block with one command and what it prints is compared with what it prints now;
``python tests/docs/test_docs.py`` writes these blocks anew. The plugin guide is held to the contract by
``test_hooks.py`` and ``test_contract.py``.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import chdir
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from pydantic import BaseModel

import cxmaturity
from cxmaturity import load
from cxmaturity.api import ResponseFile, State
from cxmaturity.cli import cli
from cxmaturity.cli.commands import OURS
from cxmaturity.plugins import load_plugins
from cxmaturity.questionnaire import schema
from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.report import context, plan_context
from cxmaturity.responses.limits import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_JSON,
    MAX_JSON_VALUES,
    MAX_LEFT_OUT,
    MAX_ROWS,
    MAX_UNZIPPED,
    MAX_WORKBOOK_CELLS,
)
from cxmaturity.responses.mapping.applying import read_mapped
from cxmaturity.responses.mapping.format import ColumnFile, MappingFile
from cxmaturity.responses.yaml_files import RespondentFile
from cxmaturity.roadmap.catalogue import read_catalogues
from cxmaturity.settings import AssessmentFile
from cxmaturity.yamlfile.reading import MAX_BYTES

CHECKOUT = Path(__file__).parents[2]
DOCS = CHECKOUT / "docs"
PAGES = [CHECKOUT / "README.md", CHECKOUT / "examples" / "README.md", *sorted(DOCS.rglob("*.md"))]
EXAMPLES = {"levels"}
"""Commands that an example of the plugin guide brings."""

Blocks = Callable[[str, str], dict[str, str]]

_CONSOLE = re.compile(
    r"^```console\n\$ cxmaturity ([^\n]+)\n((?!\$|```)[^\n].*?)^```$", re.MULTILINE | re.DOTALL
)
_PYTHON = re.compile(r"^```python *(.*)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_COMMAND = re.compile(r"(?:\$ |`)cxmaturity ([a-z]+)(?: ([a-z]+))?")
"""In a console or in backquotes; prose says "cxmaturity is …"."""


@cache  # pages show some of them twice
def printed(arguments: str) -> str:
    """What a command line prints on a terminal of 80 columns, without trailing blanks."""
    with chdir(CHECKOUT):
        result = CliRunner().invoke(
            cli, arguments.split(), prog_name="cxmaturity", terminal_width=78, env={"COLUMNS": "100"}
        )
    return "\n".join(line.rstrip() for line in result.stdout.strip().splitlines()) + "\n"


def renewed(page: str) -> str:
    """The text of a page with every console block as the program prints it now."""
    return _CONSOLE.sub(lambda match: f"```console\n$ cxmaturity {match[1]}\n{printed(match[1])}```", page)


def commands() -> dict[str, set[str]]:
    """Each command of ours with those inside it."""
    with cli.make_context("cxmaturity", ["--help"], resilient_parsing=True) as ctx:
        found = {name: cli.get_command(ctx, name) for name in OURS}
        return {
            name: set(each.list_commands(ctx)) if isinstance(each, click.Group) else set()
            for name, each in found.items()
        }


# ------------------------------------------------------------------------------------------- all pages


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_what_a_page_says_commands_print_is_what_they_print(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text == renewed(text), "write it anew with `python tests/docs/test_docs.py`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        if "://" in name or name.endswith(".png"):
            continue
        path = (page.parent / name).resolve() if name else page
        assert path.exists(), target
        if anchor:
            headings = _HEADING.findall(path.read_text(encoding="utf-8"))
            assert anchor in {re.sub(r"[^\w\- ]", "", h).lower().replace(" ", "-") for h in headings}, target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_every_python_block_is_run_or_imported(page: Path) -> None:
    kinds = _PYTHON.findall(page.read_text(encoding="utf-8"))
    assert [kind for kind in kinds if not re.fullmatch(r'(title|run)="[^"]+"', kind)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_pages_can_be_reached_from_the_readme(page: Path) -> None:
    seen: set[Path] = set()
    ahead = [CHECKOUT / "README.md"]
    while ahead:
        at = ahead.pop()
        if at in seen or at.suffix != ".md":
            continue
        seen.add(at)
        links = (target.partition("#")[0] for target in _LINK.findall(at.read_text(encoding="utf-8")))
        ahead += [(at.parent / name).resolve() for name in links if name and "://" not in name]
    assert page in seen


# -------------------------------------------------------------------------------------------- commands


def test_each_command_is_documented_with_its_help() -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    shown = {match[1] for match in _CONSOLE.finditer(page)}
    inner = {f"{name} {part}" for name, parts in commands().items() for part in parts}
    assert {"--help", *(f"{name} --help" for name in (*OURS, *inner))} <= shown


def test_pages_name_no_command_that_does_not_exist() -> None:
    known = commands()
    for page in PAGES:
        for name, part in _COMMAND.findall(page.read_text(encoding="utf-8")):
            assert name in {*known, *EXAMPLES}, f"{page}: {name}"
            if part and known.get(name):
                assert part in known[name], f"{page}: {name} {part}"


# --------------------------------------------------------------------------------------- files of users


def test_the_example_workspace_is_without_mistakes(workspace: Path) -> None:
    runner = CliRunner()
    checked = runner.invoke(cli, ["check", str(workspace)])
    assert (checked.exit_code, "nothing is wrong" in checked.output) == (0, True)
    assessed = runner.invoke(cli, ["--no-third-party", "assess", "--strict", str(workspace)])
    assert "Acme SRL" in assessed.output
    assert assessed.exit_code == 0


def test_the_example_answers_mean_what_the_page_says(workspace: Path) -> None:
    selection = cxmaturity.Selection(third_party=False)
    responses = cxmaturity.load(workspace, selection=selection).workspace.responses
    states = {
        "accessibility.daily-work.detours": (State.NOT_SHOWN, State.ANSWERED),
        "retention.churn-insight.reasons": (State.DONT_KNOW, State.NOT_APPLICABLE),
        "retention.loyalty-and-value.tricks": (State.ANSWERED, State.UNANSWERED),
    }
    for question, expected in states.items():
        assert tuple(responses.states([question])[:, 0]) == expected
    # position 4 of 5 is ¾; "no" to a reversed yes / no is 1; (2 + 1) of (2 + 1 + 1) ticked; (7 − 3) ÷ (7 − 1)
    assert responses.fractions(["retention.loyalty-and-value.calls"])[0, 0] == 0.75
    assert responses.fractions(["retention.loyalty-and-value.tricks"])[0, 0] == 1
    assert responses.fractions(["accessibility.checked-with-users.groups"])[0, 0] == 0.75
    assert responses.fractions(["accessibility.daily-work.detours"])[1, 0] == pytest.approx(4 / 6)


def test_the_example_of_agreed_values_holds(workspace: Path) -> None:
    page = (DOCS / "workspace.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```yaml\n(consensus:.*?)^```$", page, re.MULTILINE | re.DOTALL)
    settings = workspace / "assessment.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + block, encoding="utf-8")
    file = cxmaturity.load(workspace, selection=cxmaturity.Selection(third_party=False)).workspace.file
    assert list(file.consensus) == ["retention.loyalty-and-value.calls"]
    assert list(file.overrides) == ["accessibility.daily-work"]


def test_the_example_of_a_plan_holds(workspace: Path) -> None:
    page = (DOCS / "workspace.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```yaml\n(target:.*?)^```$", page, re.MULTILINE | re.DOTALL)
    settings = workspace / "assessment.yaml"
    kept = [
        line
        for line in settings.read_text(encoding="utf-8").splitlines()
        if not line.startswith(("target:", "capacity:"))
    ]
    settings.write_text("\n".join(kept) + f"\n{block}", encoding="utf-8")
    done = CliRunner().invoke(cli, ["--no-third-party", "plan", "--json", str(workspace)])
    assert done.exit_code == 0
    states = {each["id"]: each["state"] for each in json.loads(done.stdout)["recommendations"]}
    assert states["retention.keep-before-win"] == "under-way"
    assert states["retention.first-ninety-days"] == "pinned"


def test_every_skill_that_ours_need_is_named() -> None:
    page = (DOCS / "workspace.md").read_text(encoding="utf-8")
    catalogue, _ = read_catalogues(load_plugins(cxmaturity.Selection(third_party=False)))
    skills = {skill for entry in catalogue for skill in entry.skills}
    assert [skill for skill in sorted(skills) if f"`{skill}`" not in page] == []


def test_the_example_questionnaire_has_every_type_of_question(workspace: Path) -> None:
    questionnaire = load_questionnaire("questionnaire.yaml", base=workspace)
    kinds = {question.answers.kind for question in questionnaire.questions()}
    assert kinds == {"choice", "scale", "yes-no", "multiple", "number", "text"}


def test_the_example_translation_is_used(workspace: Path, blocks: Blocks, write: Callable[..., None]) -> None:
    write({"texts.ro.yaml": blocks("docs/questionnaires.md", "title")["texts.ro.yaml"]}, workspace)
    translated = load_questionnaire("questionnaire.yaml", base=workspace, language="ro")
    questions = {question.id: question for question in translated.questions()}
    assert translated.roles["leadership"] == "Conducere"
    assert translated.dimensions[1].title == "Retenția clienților"
    calls = questions["retention.loyalty-and-value.calls"]
    assert (calls.topic, calls.answers.options[0].text) == ("Apeluri înainte de reînnoire", "Nimeni.")
    trials = questions["accessibility.checked-with-users.trials"]
    assert trials.answers.options[0].text == "Nimeni din afara proiectului."


def test_the_example_selection_loads(workspace: Path, blocks: Blocks, write: Callable[..., None]) -> None:
    write({"short.yaml": blocks("docs/questionnaires.md", "title")["short.yaml"]}, workspace)
    short = load_questionnaire("short.yaml", base=workspace)
    assert [question.id.rpartition(".")[2] for question in short.questions()] == ["meaning", "alike"]


def test_every_questionnaire_that_is_shipped_is_listed_with_its_kind() -> None:
    page = (DOCS / "questionnaires.md").read_text(encoding="utf-8")
    runner = CliRunner()
    listed = runner.invoke(cli, ["--no-third-party", "questionnaires"], env={"COLUMNS": "200"}).stdout
    kinds = dict(re.findall(r"^ ?([a-z-]+) .*? (whole|part) ", listed, re.MULTILINE))
    assert kinds
    assert dict(re.findall(r"^\| `([a-z-]+)` \| (whole|part) \|", page, re.MULTILINE)) == kinds


def keys(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """The keys of a file format, dotted; those of mappings with free keys are left to prose."""
    for name, info in model.model_fields.items():
        annotation = info.annotation
        inner = [
            part for part in (annotation, *getattr(annotation, "__args__", ())) if isinstance(part, type)
        ]
        nested = next((part for part in inner if issubclass(part, BaseModel)), None)
        if nested is not None and "dict" not in str(annotation):
            yield from keys(nested, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


def test_every_key_of_a_workspace_is_documented() -> None:
    page = (DOCS / "workspace.md").read_text(encoding="utf-8")
    wanted = [*keys(AssessmentFile), *RespondentFile.model_fields]
    assert [key for key in wanted if f"`{key}`" not in page] == []


def test_answers_as_tables_are_read_as_the_page_shows_them(workspace: Path) -> None:
    settings = workspace / "assessment.yaml"
    text = settings.read_text(encoding="utf-8").replace("responses/*.yaml", "responses/*")
    settings.write_text(text, encoding="utf-8")
    responses = load(workspace).workspace.responses
    assert responses.respondents == ("k1", "k2", "r01", "r02", "o1", "o2", "s1", "s2", "s3")
    assert responses.left_out == ()
    # sight and movement are the first and the third of the options
    groups = responses.columns["accessibility.checked-with-users.groups"]
    ticked = [sorted(groups.meanings[code].ticked) for code in groups.codes.tolist()]
    assert ticked == [[0], [], [0, 2], [], [], [], [0, 2], [1, 2], []]


def test_the_limits_of_files_are_those_that_the_page_names() -> None:
    page = (DOCS / "workspace.md").read_text(encoding="utf-8")
    in_megabytes = {MAX_UNZIPPED, MAX_JSON, MAX_BYTES}
    named = {f"{size // 1_000_000} MB" for size in in_megabytes}
    counted = (MAX_ROWS, MAX_COLUMNS, MAX_CELL, MAX_WORKBOOK_CELLS, MAX_JSON_VALUES, MAX_LEFT_OUT)
    assert [limit for limit in (*named, *(f"{count:,}" for count in counted)) if limit not in page] == []


def test_every_key_of_a_questionnaire_is_documented() -> None:
    page = (DOCS / "questionnaires.md").read_text(encoding="utf-8")
    models = [m for m in vars(schema).values() if isinstance(m, type) and issubclass(m, schema.Strict)]
    names = {info.alias or name for model in models for name, info in model.model_fields.items()}
    assert sorted(name for name in names if f"`{name}`" not in page and f"\n{name}: " not in page) == []


def test_every_key_of_a_mapping_is_documented() -> None:
    page = (DOCS / "surveys.md").read_text(encoding="utf-8")
    names = [
        info.alias or name for model in (MappingFile, ColumnFile) for name, info in model.model_fields.items()
    ]
    assert [name for name in names if f"\n| `{name}` |" not in page] == []


def test_the_example_mapping_is_what_is_proposed_and_can_be_read(
    workspace: Path, blocks: Blocks, write: Callable[..., None]
) -> None:
    files = blocks("docs/surveys.md", "title")
    write(files, workspace)
    export, mapping = (workspace / "responses" / f"autumn.{suffix}" for suffix in ("csv", "map.yaml"))
    mapping.unlink()
    assert CliRunner().invoke(cli, ["--no-third-party", "responses", "map", str(export)]).exit_code == 0
    proposed = mapping.read_text(encoding="utf-8")
    assert proposed == files["responses/autumn.map.yaml"]
    mapping.write_text(proposed.replace("confirmed: no", "confirmed: yes"), encoding="utf-8")
    table = read_mapped(ResponseFile(export, "autumn.csv"), mapping)
    assert (list(table.respondents), table.left_out) == (["1", "2"], [])
    asked = {question.id for question in load_questionnaire("questionnaire.yaml", base=workspace).questions()}
    assert set(table.answers) <= asked


# ------------------------------------------------------------------------------- reports and Python API


def test_the_template_context_is_documented_field_by_field() -> None:
    page = (DOCS / "report-context.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    documented = {name: re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) for name, text in sections.items()}
    classes = {
        name: [each.name for each in fields(value)]
        for module in (context, plan_context)
        for name, value in vars(module).items()
        if is_dataclass(value) and value.__module__ == module.__name__
    }
    assert documented == classes


@pytest.mark.parametrize(
    ("page", "name", "output", "start"),
    [
        ("README.md", "api", "acme.pdf", b"%PDF"),
        ("docs/python.md", "four-stages", "acme.html", b"<!DOCTYPE html>"),
    ],
)
def test_the_python_api_works_as_pages_show(
    *,
    page: str,
    name: str,
    output: str,
    start: bytes,
    workspace: Path,
    blocks: Blocks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(workspace.parent)
    exec(compile(blocks(page, "run")[name], page, "exec"), {})  # noqa: S102 - our own documentation
    assert (workspace.parent / output).read_bytes().lstrip().startswith(start)


def test_another_plan_is_made_as_the_page_shows(
    workspace: Path, blocks: Blocks, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(workspace.parent)
    block = blocks("docs/python.md", "run")["another-plan"]
    exec(compile(block, "docs/python.md", "exec"), {})  # noqa: S102 - our own documentation
    _, *points = capsys.readouterr().out.splitlines()
    assert [point.split()[0] for point in points] == ["20", "40", "60"]


if __name__ == "__main__":
    os.environ["COLUMNS"] = "100"
    for each_page in PAGES:
        each_page.write_text(renewed(each_page.read_text(encoding="utf-8")), encoding="utf-8")
