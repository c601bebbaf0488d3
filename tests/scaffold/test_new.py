"""``cxmaturity plugins new``: what it asks, what it refuses, and that what it writes works with any text."""

from __future__ import annotations

import ast
import os
import stat
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import cxmaturity
from cxmaturity import scaffold
from cxmaturity.cli import cli as program
from cxmaturity.plugins import FIRST_PARTY, GROUP, Plugins, load_plugins
from cxmaturity.scaffold import NewPlugin, write_plugin
from cxmaturity.yamlfile.characters import FORBIDDEN

Cli = Callable[..., Any]

PART = "src/cxmaturity_accessibility/accessibility/questionnaire.yaml"
FILES = {
    ".github/workflows/tests.yaml",
    ".gitignore",
    "README.md",
    "example/assessment.yaml",
    "example/responses/answers.yaml",
    "pyproject.toml",
    "src/cxmaturity_accessibility/__init__.py",
    PART,
    "src/cxmaturity_accessibility/py.typed",
    "src/cxmaturity_accessibility/recommendations.yaml",
    "src/cxmaturity_accessibility/texts.en.yaml",
    "tests/test_plugin.py",
}

NAMES = [
    *("accessibility", "customer-effort", "3d-shops", "class", "json", "test"),
    *("123", "1e5", "2026-10-31", "null", "true", "no"),  # what YAML may take for something else than a text
    *("metric", "plain", "reason", "finding", "cap"),  # what texts of ours begin with
]

HOSTILE = [
    'say "no" to \'quotes\' and """more"""',
    "back\\slash \\n \\u0041 \\",
    "key: value # no comment",
    "- item, {a: b}, [c], & *d !e |f >g %h @i `j`",
    "{{ title }} {% raw %} {# note #} ${x} $(y) %s {0}",
    "{dimension:lower} {unknown}",
    "<script>alert('&amp;')</script> **bold** [link](http://x) _a_ # head",
    "Zugänglichkeit für alle – доступность 無障礙 ♿",
    "--- ... ? : -",
    "null",
    "a]b\ufeffc\u200fd\U0001f9d1\u200d\U0001f9bd",
]

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(
    lambda text: FORBIDDEN.sub("x", text)
)
"""Whatever the command lets pass."""


def plugin(name: str = "accessibility", text: str = "Accessibility") -> NewPlugin:
    """A plugin of which all is said in the same words."""
    return NewPlugin(name, title=text, description=text, author=text)


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a test runs in. Plugins that happen to be installed here have no say in it."""
    monkeypatch.setenv("CXMATURITY_PLUGINS", "")
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[NewPlugin, Path], Plugins]]:
    """``loaded(plugin, folder)``: our plugins and the written one, imported from its folder and forgotten."""
    packages: list[str] = []

    def load(new: NewPlugin, folder: Path) -> Plugins:
        packages.append(new.package)
        monkeypatch.delenv("CXMATURITY_PLUGINS")
        monkeypatch.syspath_prepend(folder / "src")
        ours = [each for each in entry_points(group=GROUP) if each.dist and each.dist.name == FIRST_PARTY]
        return load_plugins(found=[*ours, EntryPoint(new.name, new.package, GROUP)])

    yield load
    for package in packages:
        sys.modules.pop(package, None)


# ------------------------------------------------------------------------------------- what it writes


def test_it_writes_a_whole_distribution_and_says_what_comes_next(cli: Cli, here: Path) -> None:
    done = cli("plugins", "new", "accessibility", "--yes")
    assert (done.code, done.out) == (0, "cxmaturity-accessibility\n")
    assert files_in(here / "cxmaturity-accessibility") == FILES
    assert [path.name for path in here.iterdir()] == ["cxmaturity-accessibility"]
    for command in (
        "python -m pip install -e cxmaturity-accessibility",
        "cxmaturity plugins check accessibility",
        f"cxmaturity report {Path('cxmaturity-accessibility/example')}",
    ):
        assert f"`{command}`" in done.err


def test_what_is_said_stands_where_it_belongs(cli: Cli, here: Path) -> None:
    done = cli(
        *("plugins", "new", "customer-effort", "--output", "made/effort"),
        *("--title", "Customer effort"),
        *("--description", "How hard it is to be a customer."),
        *("--author", "North Star Advisers"),
    )
    assert (done.code, done.out) == (0, f"{Path('made/effort')}\n")
    folder = here / "made" / "effort"
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["name"] == "cxmaturity-customer-effort"
    assert project["project"]["description"] == "How hard it is to be a customer."
    assert project["project"]["authors"] == [{"name": "North Star Advisers"}]
    assert project["project"]["entry-points"] == {
        "cxmaturity": {"customer-effort": "cxmaturity_customer_effort"}
    }
    part = read(folder / "src/cxmaturity_customer_effort/customer-effort/questionnaire.yaml")
    (dimension,) = part["dimensions"]
    assert dimension["title"] == "Customer effort"
    assert dimension["practices"][0]["questions"][0]["text"] == "Who is responsible for customer effort?"
    assert part["sources"] == {
        "cxmaturity-customer-effort": "North Star Advisers, from their own practice; not published."
    }


def test_what_is_not_said_is_asked() -> None:
    asked = CliRunner().invoke(
        program,
        ["plugins", "new", "accessibility", "--author", "North Star Advisers"],
        input="Access for all\n\n",  # the second question gets its default
    )
    assert (asked.exit_code, asked.stdout) == (0, "cxmaturity-accessibility\n")
    assert "Title of the dimension [Accessibility]: " in asked.stderr
    assert "What it looks at, in one sentence [Somebody is responsible for accessibility, " in asked.stderr
    assert "organisation" not in asked.stderr  # the author was said
    part = read(Path("cxmaturity-accessibility", PART))
    assert part["title"] == "Access for all"
    assert part["description"].startswith("Somebody is responsible for accessibility")


def test_breaking_off_leaves_nothing(here: Path) -> None:
    asked = CliRunner().invoke(program, ["plugins", "new", "accessibility"], input="Access\n")
    assert asked.exit_code != 0
    assert list(here.iterdir()) == []


def test_a_text_of_several_lines_becomes_one(cli: Cli) -> None:
    cli("plugins", "new", "accessibility", "-y", "--title", "Access\n for\tall\r\n")
    part = read(Path("cxmaturity-accessibility", PART))
    assert part["title"] == "Access for all"


def test_an_empty_folder_may_be_there(cli: Cli, here: Path) -> None:
    (here / "mine").mkdir()
    assert cli("plugins", "new", "accessibility", "-y", "-o", "mine").code == 0
    assert files_in(here / "mine") == FILES


# ----------------------------------------------------------------------------------- what it refuses


@pytest.mark.parametrize(
    "name", ["Accessibility", "access_ibility", "-a", "a--b", "a b", "é", "a/b", "../a", ""]
)
def test_a_name_that_is_no_id_is_refused(name: str, cli: Cli, here: Path) -> None:
    done = cli("plugins", "new", "-y", "--", name)
    assert done.code == 2
    assert f"'{name}' cannot be the name of a plugin; use lower-case letters" in done.err
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("culture", "is a dimension that an installed plugin scores"),
        ("quick-scan", "is a questionnaire that is installed"),
        ("core", "is the name of an installed plugin"),
        ("overall", "is the id of the whole"),
        ("questionnaires", "would be in the package cxmaturity_questionnaires, which is there already"),
    ],
)
def test_a_name_that_is_taken_is_refused(name: str, why: str, cli: Cli, here: Path) -> None:
    done = cli("plugins", "new", name, "-y")
    assert (done.code, done.out) == (2, "")
    assert done.err == f"'{name}' {why}; choose another name, or uninstall what has it\n"
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("where", ["file", "folder"])
def test_what_is_there_is_left_alone(where: str, cli: Cli, here: Path) -> None:
    target = here / "mine"
    kept = target if where == "file" else target / "work.txt"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("mine", encoding="utf-8")
    done = cli("plugins", "new", "accessibility", "-y", "-o", "mine")
    assert done.code == 2
    assert "mine: exists and is not an empty folder; name a new one with --output" in done.err
    assert kept.read_text(encoding="utf-8") == "mine"
    assert files_in(here) == {kept.relative_to(here).as_posix()}


@pytest.mark.parametrize("option", ["title", "description", "author"])
@pytest.mark.parametrize(
    ("text", "why"),
    [("a\x07b", "has the character U+0007, which no text can hold"), (" \n", "is empty")],
)
def test_texts_that_no_file_can_hold_are_refused(
    option: str, text: str, why: str, cli: Cli, here: Path
) -> None:
    done = cli("plugins", "new", "accessibility", "-y", f"--{option}", text)
    assert done.code == 2
    assert f"the {option} {why}" in done.err
    assert list(here.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(cli: Cli, here: Path) -> None:
    (here / "file").write_text("", encoding="utf-8")
    done = cli("plugins", "new", "accessibility", "-y", "-o", "file/inside")
    assert done.code == 2
    assert f"{Path('file/inside')}: cannot be made" in done.err


def test_a_failure_leaves_nothing_half_written(cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.move", fails)
    done = cli("plugins", "new", "accessibility", "-y")
    assert done.code == 2
    assert "No space left on device" in done.err
    assert list(here.iterdir()) == []


# --------------------------------------------------------------------------------- any name, any text


@pytest.mark.parametrize("name", NAMES)
def test_any_name_gives_a_plugin_that_scores_its_example(
    name: str, here: Path, loaded: Callable[[NewPlugin, Path], Plugins]
) -> None:
    new = plugin(name)
    write_plugin(new, here / "new")
    plugins = loaded(new, here / "new")
    listed = plugins.named(name)
    assert (listed.state, listed.reason, listed.dimensions) == ("active", "", (name,))
    engagement = cxmaturity.load(here / "new" / "example", plugins=plugins)
    assessment = cxmaturity.assess(engagement)
    roadmap = cxmaturity.plan(engagement, assessment)
    assert (assessment.warnings, roadmap.warnings) == ((), ())
    dimension = assessment.dimensions[-1]
    assert (dimension.id, dimension.plugin, dimension.level, dimension.uncapped_level) == (name, name, 2, 3)
    placed = [each.recommendation.id for each in roadmap.initiatives]
    assert f"{name}.check-with-customers" in placed


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_gives_a_plugin_that_scores_its_example_and_keeps_it(
    text: str, here: Path, loaded: Callable[[NewPlugin, Path], Plugins]
) -> None:
    new = plugin(text=text)
    write_plugin(new, here / "new")
    plugins = loaded(new, here / "new")
    assert plugins.named("accessibility").state == "active"
    engagement = cxmaturity.load(here / "new" / "example", plugins=plugins)
    assessment = cxmaturity.assess(engagement)
    roadmap = cxmaturity.plan(engagement, assessment)
    assert (assessment.warnings, roadmap.warnings) == ((), ())
    dimension = assessment.dimensions[-1]
    assert (dimension.title, dimension.description) == (text, text)
    assert text[1:] in next(iter(dimension.questions.values())).text
    page = cxmaturity.render(engagement, assessment, roadmap, here / "report.html", format="html")
    assert page.path.is_file()


@settings(max_examples=30)
@given(TEXTS)
def test_every_file_holds_any_text(text: str) -> None:
    text = " ".join(text.split()) or "x"
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "new"
        write_plugin(plugin(text=text), folder)
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert (project["description"], project["authors"]) == (text, [{"name": text}])
        part = read(folder / PART)
        assert (part["title"], part["description"]) == (text, text)
        assert part["sources"]["cxmaturity-accessibility"].startswith(text)
        for path in folder.rglob("*.yaml"):
            read(path)


def test_python_modules_hold_nothing_of_the_texts(here: Path) -> None:
    write_plugin(plugin(), here / "one")
    write_plugin(plugin(text=HOSTILE[0]), here / "other")
    modules = [name for name in FILES if name.endswith(".py")]
    assert modules
    for name in modules:
        source = (here / "one" / name).read_text(encoding="utf-8")
        ast.parse(source)
        assert (here / "other" / name).read_text(encoding="utf-8") == source


def test_markup_in_a_text_is_none_in_the_readme(here: Path) -> None:
    write_plugin(plugin(text="*a* <b> [c](d) `e`"), here / "new")
    readme = (here / "new" / "README.md").read_text(encoding="utf-8")
    assert r"\*a\* \<b\> \[c\](d) \`e\`" in readme


def test_an_abbreviation_keeps_its_capitals_inside_a_sentence(here: Path) -> None:
    write_plugin(plugin("nps-care", "NPS care"), here / "new")
    part = read(here / "new/src/cxmaturity_nps_care/nps-care/questionnaire.yaml")
    assert part["dimensions"][0]["practices"][0]["questions"][0]["text"] == "Who is responsible for NPS care?"


# ------------------------------------------------------------------------------------ how it is made


def test_the_code_is_as_ruff_and_mypy_want_it(here: Path) -> None:
    write_plugin(plugin(), here / "new")
    for command in (
        ["ruff", "check", "--isolated", "new"],
        ["ruff", "format", "--isolated", "--check", "new"],
        ["mypy", "--strict", "--config-file=", "new/src", "new/tests"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", *command], capture_output=True, text=True, check=False, cwd=here
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_it_needs_neither_a_home_nor_programs_on_the_path(here: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cxmaturity", "plugins", "new", "accessibility", "-y"],
        cwd=here,
        env={name: value for name, value in os.environ.items() if name == "SYSTEMROOT"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "cxmaturity-accessibility\n"), done.stderr
    assert files_in(here / "cxmaturity-accessibility") == FILES


def test_braces_in_the_path_are_no_template(cli: Cli, here: Path) -> None:
    target = here / "{{ mine }} {# a #}"
    assert cli("plugins", "new", "accessibility", "-y", "-o", target).code == 0
    assert files_in(target) == FILES


def test_files_can_be_changed_even_if_the_template_cannot(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = copytree(scaffold.TEMPLATE, tmp_path / "installed")
    for path in template.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
    monkeypatch.setattr(scaffold, "TEMPLATE", template)
    write_plugin(plugin(), here / "new")
    for name in FILES:
        assert (here / "new" / name).stat().st_mode & stat.S_IWUSR


def test_every_file_of_the_template_is_marked_as_one() -> None:
    # else ruff, mypy, pip or pytest would take it for what it is to become
    plain = {path.name for path in scaffold.TEMPLATE.rglob("*") if path.is_file() and path.suffix != ".jinja"}
    assert plain == {"py.typed"}
