"""The documentation and the program say the same.

A block's info string says what it is: ``yaml title="assessment.yaml"`` is that file; ``python run="name"``
is run. A ``console`` block with one command and what it prints is compared with what it prints now;
``python tests/docs/test_docs.py`` writes these blocks anew.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import fields, is_dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import BaseModel

import cxmaturity
from cxmaturity import hookspecs
from cxmaturity.api import Column, Metric, PracticeAnswers, State
from cxmaturity.cli import COMMANDS, cli
from cxmaturity.plugins import FIRST_PARTY, GROUP, Plugins, load_plugins
from cxmaturity.questionnaire import schema
from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.report import context
from cxmaturity.responses.reading import RespondentFile
from cxmaturity.roadmap import catalogue
from cxmaturity.texts import KINDS
from cxmaturity.workspace import AssessmentFile

CHECKOUT = Path(__file__).parents[2]
DOCS = CHECKOUT / "docs"
PAGES = [CHECKOUT / "README.md", CHECKOUT / "examples" / "README.md", *sorted(DOCS.rglob("*.md"))]

_BLOCK = re.compile(r"^```(\w+)(?: (title|run)=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CONSOLE = re.compile(r"^```console\n\$ cxmaturity ([^\n]+)\n((?!\$)[^\n].*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def blocks(page: Path, kind: str) -> dict[str, str]:
    """The blocks of a page that have a ``title`` or are to be ``run``, by that name."""
    found = _BLOCK.findall(page.read_text(encoding="utf-8"))
    return {name: text for _, attribute, name, text in found if attribute == kind}


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


def write(files: dict[str, str], folder: Path) -> None:
    """Write files into a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The workspace of docs/workspace.md with the questionnaire of docs/questionnaires.md."""
    folder = tmp_path / "acme"
    questionnaire = blocks(DOCS / "questionnaires.md", "title")["questionnaire.yaml"]
    logo = (CHECKOUT / "examples" / "demo" / "logo.svg").read_text(encoding="utf-8")
    write({"questionnaire.yaml": questionnaire, "logo.svg": logo}, folder)
    write(blocks(DOCS / "workspace.md", "title"), folder)
    return folder


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder to import example plugins from; what was imported there is forgotten afterwards."""
    folder = tmp_path / "modules"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    before = set(sys.modules)
    yield folder
    for name in set(sys.modules) - before:
        if name.startswith("acme"):
            del sys.modules[name]


def example(page: str, module: str, folder: Path, *, beside_ours: bool = False) -> Plugins:
    """Write the files of a page into an importable folder, and load one module of them as a plugin."""
    files = blocks(DOCS / "plugins" / page, "title")
    package = next((name for name in files if name.endswith("__init__.py")), "").partition("/")[0]
    write(files, folder)
    if package:
        recommendations = blocks(DOCS / "plugins" / "catalogues.md", "title")
        write(recommendations, folder / package)
    elif "texts.en.yaml" in files:
        # a plugin of one module in its docs; a package in life, so that its texts lie beside it
        (folder / f"{module}.py").unlink()
        write(
            {"__init__.py": files[f"{module}.py"], "texts.en.yaml": files["texts.en.yaml"]}, folder / module
        )
    ours = [point for point in entry_points(group=GROUP) if point.dist and point.dist.name == FIRST_PARTY]
    point = EntryPoint(module.replace("_", "-"), module, GROUP)
    return load_plugins(found=[*(ours if beside_ours else ()), point])


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
    found = _BLOCK.findall(page.read_text(encoding="utf-8"))
    assert [text for language, attribute, _, text in found if language == "python" and not attribute] == []


# -------------------------------------------------------------------------------------------- commands


def test_each_command_is_documented_with_its_help() -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    shown = {match[1] for match in _CONSOLE.finditer(page)}
    assert {f"{name} --help" for name in COMMANDS} | {"--help"} <= shown
    parts = cli.get_command(
        cli.make_context("cxmaturity", ["--help"], resilient_parsing=True), "questionnaires"
    )
    assert {f"questionnaires {name} --help" for name in parts.commands} <= shown  # type: ignore[union-attr]


def test_pages_name_no_command_that_does_not_exist() -> None:
    for page in PAGES:
        # in a console or in backquotes; prose says "cxmaturity is …"
        for name in re.findall(r"(?:\$ |`)cxmaturity ([a-z]+)", page.read_text(encoding="utf-8")):
            assert name in COMMANDS, f"{page}: {name}"


# --------------------------------------------------------------------------------------- files of users


def test_the_example_workspace_is_without_mistakes(workspace: Path) -> None:
    runner = CliRunner()
    checked = runner.invoke(cli, ["check", str(workspace)])
    assert (checked.exit_code, "nothing is wrong" in checked.output) == (0, True)
    assessed = runner.invoke(cli, ["--no-third-party", "assess", "--strict", str(workspace)])
    assert "Acme SRL" in assessed.output
    assert assessed.exit_code == 0


def test_the_example_answers_mean_what_the_page_says(workspace: Path) -> None:
    responses = cxmaturity.load(workspace, third_party=False).workspace.responses
    column = dict(zip(responses.questions, range(len(responses.questions)), strict=True))
    states = {
        "accessibility.daily-work.detours": (State.NOT_SHOWN, State.ANSWERED),
        "retention.churn-insight.reasons": (State.DONT_KNOW, State.NOT_APPLICABLE),
        "retention.loyalty-and-value.tricks": (State.ANSWERED, State.UNANSWERED),
    }
    for question, expected in states.items():
        assert tuple(responses.states[:, column[question]]) == expected
    # position 4 of 5 is ¾; "no" to a reversed yes / no is 1; (2 + 1) of (2 + 1 + 1) ticked; (7 − 3) ÷ (7 − 1)
    assert responses.fractions[0, column["retention.loyalty-and-value.calls"]] == 0.75
    assert responses.fractions[0, column["retention.loyalty-and-value.tricks"]] == 1
    assert responses.fractions[0, column["accessibility.checked-with-users.groups"]] == 0.75
    assert responses.fractions[1, column["accessibility.daily-work.detours"]] == pytest.approx(4 / 6)


def test_the_example_questionnaire_has_every_type_of_question(workspace: Path) -> None:
    questionnaire = load_questionnaire("questionnaire.yaml", base=workspace)
    kinds = {question.answers.kind for question in questionnaire.questions()}
    assert kinds == {"choice", "scale", "yes-no", "multiple", "number", "text"}


def test_the_example_translation_is_used(workspace: Path) -> None:
    write({"texts.ro.yaml": blocks(DOCS / "questionnaires.md", "title")["texts.ro.yaml"]}, workspace)
    translated = load_questionnaire("questionnaire.yaml", base=workspace, language="ro")
    questions = {question.id: question for question in translated.questions()}
    assert translated.roles["leadership"] == "Conducere"
    assert translated.dimensions[1].title == "Retenția clienților"
    calls = questions["retention.loyalty-and-value.calls"]
    assert (calls.topic, calls.answers.options[0].text) == ("Apeluri înainte de reînnoire", "Nimeni.")
    trials = questions["accessibility.checked-with-users.trials"]
    assert trials.answers.options[0].text == "Nimeni din afara proiectului."


def test_the_example_selection_loads(workspace: Path) -> None:
    write({"short.yaml": blocks(DOCS / "questionnaires.md", "title")["short.yaml"]}, workspace)
    short = load_questionnaire("short.yaml", base=workspace)
    assert [question.id.rpartition(".")[2] for question in short.questions()] == ["meaning", "alike"]


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


def test_every_key_of_a_questionnaire_is_documented() -> None:
    page = (DOCS / "questionnaires.md").read_text(encoding="utf-8")
    models = [m for m in vars(schema).values() if isinstance(m, type) and issubclass(m, schema.Strict)]
    names = {info.alias or name for model in models for name, info in model.model_fields.items()}
    assert sorted(name for name in names if f"`{name}`" not in page and f"\n{name}: " not in page) == []


# --------------------------------------------------------------------------------------------- plugins


def test_every_hook_is_documented() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in (DOCS / "plugins").glob("*.md"))
    hooks = [name for name in vars(hookspecs) if name.startswith("cxmaturity_")]
    assert [hook for hook in hooks if f"Hook: `{hook}`" not in pages] == []
    index = (DOCS / "plugins" / "index.md").read_text(encoding="utf-8")
    assert [hook for hook in hooks if f"| `{hook}` |" not in index] == []


@pytest.mark.parametrize(
    ("page", "module"),
    [
        ("index.md", "acme_accessibility"),
        ("scorers.md", "acme_balanced"),
        ("scorers.md", "acme_weakest"),
        ("scorers.md", "acme_findings"),
        ("metrics.md", "acme_reach"),
        ("translations.md", "acme_demo"),
    ],
)
def test_each_example_plugin_loads(page: str, module: str, modules: Path) -> None:
    (listed,) = example(page, module, modules).listed
    assert (listed.state, listed.reason) == ("active", "")


@pytest.mark.parametrize(
    ("page", "module"),
    [
        ("index.md", "acme_accessibility"),
        ("scorers.md", "acme_balanced"),
        ("metrics.md", "acme_reach"),
    ],
)
def test_each_example_of_a_test_runs(page: str, module: str, modules: Path) -> None:
    example(page, module, modules)
    code = blocks(DOCS / "plugins" / page, "run")[module.replace("_", "-")]
    exec(compile(code, page, "exec"), {})  # noqa: S102 - our own documentation


def test_the_complete_plugin_scores_caps_and_recommends(workspace: Path, modules: Path) -> None:
    plugins = example("index.md", "acme_accessibility", modules, beside_ours=True)
    engagement = cxmaturity.load(workspace, plugins=plugins)
    assessment = cxmaturity.assess(engagement)
    assert assessment.warnings == ()
    dimension = assessment.dimension("accessibility")
    assert dimension.plugin == "acme-accessibility"
    roadmap = cxmaturity.plan(engagement, assessment)
    assert "accessibility.trials" in {each.recommendation.id for each in roadmap.initiatives}
    scorer, _ = engagement.plugins.scorers["accessibility"]
    (reason,) = (cap.reason for cap in scorer.caps(dimension))
    assert engagement.texts.message(reason).startswith(
        "What nobody concerned has tried is not yet known to work"
    )


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        # practices 1 + 4 × (0 + 0.75) ÷ 2 = 2.5 and, weight 2, 1 + 4 × 4/6 = 11/3
        ("acme_weakest", 2.5),
        ("acme_balanced", (2.5 + 2 * 11 / 3) / 3),
    ],
)
def test_each_example_scorer_scores(module: str, expected: float, workspace: Path, modules: Path) -> None:
    plugins = example("scorers.md", module, modules, beside_ours=True)
    (claimed,) = plugins.named(module.replace("_", "-")).dimensions
    for file in workspace.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace("id: accessibility", f"id: {claimed}")
        file.write_text(text.replace("accessibility.", f"{claimed}."), encoding="utf-8")
    assessment = cxmaturity.assess(cxmaturity.load(workspace, plugins=plugins))
    assert assessment.warnings == ()
    assert assessment.dimension(claimed).score == pytest.approx(expected)


def test_the_example_metric_is_measured_as_the_page_maps_it(workspace: Path, modules: Path) -> None:
    plugins = example("metrics.md", "acme_reach", modules)
    page = (DOCS / "plugins" / "metrics.md").read_text(encoding="utf-8")
    (mapping,) = (text for language, kind, _, text in _BLOCK.findall(page) if language == "yaml" and not kind)
    settings = "organisation: {name: Acme}\nquestionnaire: questionnaire.yaml\n"
    requests = "date,number of contacts\n2026-03-01,1\n2026-03-02,3\n2026-03-03,1\n2026-03-04,1\n"
    write({"assessment.yaml": settings + mapping, "evidence/requests.csv": requests}, workspace)
    engagement = cxmaturity.load(workspace, plugins=plugins)
    assessment = cxmaturity.assess(engagement)
    assert assessment.warnings == ()
    (metric,) = assessment.metrics
    assert (metric.value, metric.band) == (0.75, 4)
    for key in ("title", "name", "definition", *metric.parts):
        assert f"metric.{metric.id}.{key}" in engagement.texts


def test_the_example_catalogue_loads(tmp_path: Path) -> None:
    write(blocks(DOCS / "plugins" / "catalogues.md", "title"), tmp_path)
    read = catalogue.read_catalogue(tmp_path / "recommendations.yaml", "acme")
    assert [each.find_out for each in read] == [False, False, True]


def test_every_key_of_a_catalogue_is_documented() -> None:
    page = (DOCS / "plugins" / "catalogues.md").read_text(encoding="utf-8")
    models = [m for m in vars(catalogue).values() if isinstance(m, type) and issubclass(m, BaseModel)]
    names = {name for model in models for name in model.model_fields if model is not BaseModel}
    names -= catalogue.CatalogueFile.model_fields.keys()
    assert sorted(name for name in names if f"`{name}`" not in page) == []


def test_the_example_message_reads_as_the_page_says(workspace: Path, modules: Path) -> None:
    texts = cxmaturity.load(workspace, plugins=example("translations.md", "acme_demo", modules)).texts
    from acme_demo import message  # type: ignore[import-not-found]

    page = (DOCS / "plugins" / "translations.md").read_text(encoding="utf-8")
    assert f"*{texts.message(message)}*" in " ".join(page.split())


def test_every_kind_of_field_is_documented() -> None:
    page = (DOCS / "plugins" / "translations.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in page] == []


@pytest.mark.parametrize(
    ("page", "described"),
    [("scorers.md", PracticeAnswers), ("metrics.md", Metric), ("metrics.md", Column)],
)
def test_every_field_of_the_contract_is_documented(page: str, described: Any) -> None:
    text = (DOCS / "plugins" / page).read_text(encoding="utf-8")
    assert [each.name for each in fields(described) if f"`{each.name}`" not in text] == []


# ------------------------------------------------------------------------------- reports and Python API


def test_the_template_context_is_documented_field_by_field() -> None:
    page = (DOCS / "report-context.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    documented = {name: re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) for name, text in sections.items()}
    classes = {
        name: [each.name for each in fields(value)]
        for name, value in vars(context).items()
        if is_dataclass(value) and value.__module__ == context.__name__
    }
    assert documented == classes


def test_the_python_api_works_as_the_readme_shows(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace.parent)
    code = blocks(CHECKOUT / "README.md", "run")["api"]
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own documentation
    assert (workspace.parent / "acme.pdf").read_bytes().startswith(b"%PDF")


if __name__ == "__main__":
    os.environ["COLUMNS"] = "100"
    for each_page in PAGES:
        each_page.write_text(renewed(each_page.read_text(encoding="utf-8")), encoding="utf-8")
