"""The example of a third-party plugin: built, installed like a stranger's, used, and taken out again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest
from pypdf import PdfReader

Run = Callable[..., str]

EXAMPLES = Path(__file__).parents[2] / "examples"
SOURCE = EXAMPLES / "northstar-accessibility"
NAME = "northstar-accessibility"
HOOKS = [
    "scorers",
    "questionnaires",
    "readers",
    "formats",
    "sections",
    "catalogues",
    "metrics",
    "translations",
    "commands",
]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with the example workspace and nothing else."""
    copytree(SOURCE / "example", tmp_path / "example", ignore=ignore_patterns("reports"))
    return tmp_path


@pytest.fixture(scope="module")
def plugin_wheel(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plugin's wheel, built from its folder alone."""
    folder = tmp_path_factory.mktemp("northstar")
    copytree(SOURCE, folder / "source", ignore=ignore_patterns("reports"))
    run(
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--wheel",
        "--outdir",
        folder,
        cwd=folder / "source",
    )
    (built,) = folder.glob("*.whl")
    return built


def pip(run: Run, program: Path, *arguments: str | Path) -> None:
    """Run pip in the program's environment, without a network."""
    python = program.with_name("python")
    options = ("--quiet", "--disable-pip-version-check", "--no-input")
    run(python, "-m", "pip", *arguments, *options, cwd=program.parent)


@pytest.fixture(scope="module")
def northstar(run: Run, borrowing: Callable[[], Path], plugin_wheel: Path) -> Path:
    """The program with the plugin installed beside it."""
    cxmaturity = borrowing()
    pip(run, cxmaturity, "install", "--no-deps", "--no-index", plugin_wheel)
    return cxmaturity


def assessed(run: Run, program: Path, folder: Path) -> Any:
    return json.loads(run(program, "assess", folder, "--json", cwd=folder))


def state(run: Run, program: Path, folder: Path) -> tuple[object, ...]:
    """All that can be seen of an environment: its files, its plugins, its commands, what it assesses."""
    packages = sorted(program.parents[1].rglob("site-packages/**/*"))
    return (
        [path for path in packages if "__pycache__" not in path.parts],
        json.loads(run(program, "plugins", "--json", cwd=folder)),
        run(program, "--help", cwd=folder),
        run(program, "questionnaires", cwd=folder),
        assessed(run, program, folder / "demo"),
    )


def test_without_it_everything_is_as_before(
    run: Run, borrowing: Callable[[], Path], plugin_wheel: Path, tmp_path: Path
) -> None:
    cxmaturity = borrowing()
    copytree(EXAMPLES / "demo", tmp_path / "demo", ignore=ignore_patterns("reports"))
    before = state(run, cxmaturity, tmp_path)
    pip(run, cxmaturity, "install", "--no-deps", "--no-index", plugin_wheel)
    beside = assessed(run, cxmaturity, tmp_path / "demo")
    pip(run, cxmaturity, "uninstall", "--yes", NAME)
    assert state(run, cxmaturity, tmp_path) == before
    # and while it is there, a workspace that asks for nothing of it differs in the list of plugins alone
    *_, data = before
    assert beside | {"plugins": []} == data | {"plugins": []}  # type: ignore[operator]
    assert NAME in {plugin["name"] for plugin in beside["plugins"]}


def test_it_is_listed_with_all_that_it_brings(run: Run, northstar: Path, here: Path) -> None:
    listed = {each["name"]: each for each in json.loads(run(northstar, "plugins", "--json", cwd=here))}
    assert listed[NAME] == {
        "name": NAME,
        "version": "1.0.0",
        "distribution": NAME,
        "api": 1,
        "hooks": HOOKS,
        "dimensions": ["accessibility"],
        "state": "active",
        "reason": None,
        "notes": [],
    }
    assert {each["state"] for each in listed.values()} == {"active"}


def test_it_passes_every_check(run: Run, northstar: Path, here: Path) -> None:
    verdicts = json.loads(run(northstar, "plugins", "check", NAME, "--json", cwd=here))
    assert {check["outcome"] for check in verdicts["checks"]} == {"passed"}


def test_its_dimension_is_scored_by_it(run: Run, northstar: Path, here: Path) -> None:
    data = assessed(run, northstar, here / "example")
    assert data["warnings"] == []
    scored = {dimension["id"]: dimension for dimension in data["dimensions"]}
    assert scored["accessibility"]["plugin"] == NAME
    # half the mean of its practices, half the lowest of them
    practices = [practice["score"] for practice in scored["accessibility"]["practices"]]
    assert scored["accessibility"]["score"] == pytest.approx((sum(practices) / 3 + min(practices)) / 2)
    assert [metric["id"] for metric in data["metrics"] if metric["value"] is not None] == [
        "first-contact-rate"
    ]
    assert [each["id"] for each in data["questionnaires"]] == ["quick-scan", "accessibility"]


def test_its_page_is_in_the_pdf_and_in_the_contents(run: Run, northstar: Path, here: Path) -> None:
    run(northstar, "report", "example", "-o", "a.pdf", cwd=here)
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(here / "a.pdf").pages]
    title = "The lowest answers are those on trials before launch"
    contents, page = [text for text in pages if title in text]
    assert "Contents" in contents
    assert f"This page comes from the plugin {NAME} ({NAME} 1.0.0)." in page
    assert "Nobody outside the project (2 of 3)" in page


def test_the_roadmap_is_written_in_its_format(run: Run, northstar: Path, here: Path) -> None:
    run(northstar, "report", "example", "--format", "markdown", "-o", "a.md", cwd=here)
    text = (here / "a.md").read_text(encoding="utf-8")
    assert text.startswith("# What Harbour Stationers is to do\n\n1. **")
    assert "    - Lifts *Checked with users* to level 4\n" in text


def test_its_command_is_listed_and_runs(run: Run, northstar: Path, here: Path) -> None:
    assert "accessibility-gaps  From northstar-accessibility 1.0.0." in run(northstar, "--help", cwd=here)
    printed = run(northstar, "accessibility-gaps", "example", cwd=here)
    assert printed == "Checked with users: level 1; lowest: Trials before launch\n"


def test_a_mistake_in_its_file_is_named_with_its_place(northstar: Path, here: Path) -> None:
    tablet = here / "example" / "responses" / "staff-room.kiosk"
    with tablet.open("a", encoding="utf-8") as file:
        file.write("t6\tfrontline\n")
    done = subprocess.run(
        [northstar, "check", "example"], cwd=here, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert (
        "staff-room.kiosk:7:3: the line has 2 cells, the first line 24; give each column one cell"
        in done.stderr
    )


def test_its_own_tests_pass(tmp_path: Path) -> None:
    installed = tmp_path / "site"
    source = copytree(SOURCE, tmp_path / "source", ignore=ignore_patterns("reports"))
    options = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-index", "--no-build-isolation")
    commands = (
        ["pip", "install", *options, "--target", installed, source],
        ["pytest", "-q", "-p", "no:cacheprovider"],
    )
    path = {"PYTHONPATH": str(installed)}
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=source,
            env=clean | path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
