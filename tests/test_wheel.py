"""The wheel is complete, and works in a clean environment away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from configparser import ConfigParser
from pathlib import Path
from zipfile import ZipFile

import pytest

CHECKOUT = Path(__file__).parents[1]

# where each folder's files lie in the wheel
SHIPPED = {"src": "", "plugins": "", "questionnaires": "", "examples/demo": "cxmaturity/examples/demo/"}
NOT_SHIPPED = {"__pycache__", "reports"}  # what the program writes

PLUGINS = {
    "culture": "cxmaturity_culture",
    "data-access": "cxmaturity_data_access",
    "feedback-loops": "cxmaturity_feedback_loops",
    "retention": "cxmaturity_retention",
    "social-responsibility": "cxmaturity_social_responsibility",
}


def run(*command: str | Path, cwd: Path) -> str:
    """The command's stdout; fails, showing all it said, if it does not end with 0."""
    # nothing of the environment that runs the tests may help
    own = ("PYTHON", "VIRTUAL_ENV")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it would be published: built from the sdist, which has to suffice for that."""
    folder = tmp_path_factory.mktemp("dist")
    # without isolation: the build backend is a development requirement, so this needs no network
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, cwd=CHECKOUT)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in an environment that holds the wheel and what it requires, nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    options = ("--quiet", "--disable-pip-version-check", "--constraint", CHECKOUT / "constraints.txt")
    run(scripts / "python", "-m", "pip", "install", *options, wheel, cwd=folder)
    return scripts / "cxmaturity"


def shipped_files() -> set[str]:
    """Every file of the checkout that belongs into the wheel, by its name there."""
    return {
        target + path.relative_to(CHECKOUT / source).as_posix()
        for source, target in SHIPPED.items()
        for path in (CHECKOUT / source).rglob("*")
        if path.is_file() and NOT_SHIPPED.isdisjoint(path.relative_to(CHECKOUT).parts)
    }


def test_the_wheel_holds_every_file_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == shipped_files()


@pytest.mark.parametrize(
    "name",
    [
        "cxmaturity/py.typed",
        "cxmaturity/report/fonts/Inter-Regular.ttf",
        "cxmaturity/report/fonts/Inter-SemiBold.ttf",
        "cxmaturity/report/fonts/OFL.txt",
        "cxmaturity/report/templates/charts.svg.j2",
        "cxmaturity/examples/demo/assessment.yaml",
        "cxmaturity_questionnaires/customer-centricity/culture.yaml",
        *(f"{package}/recommendations.yaml" for package in PLUGINS.values()),
    ],
)
def test_the_wheel_holds_what_is_not_python_too(wheel: Path, name: str) -> None:
    with ZipFile(wheel) as archive:
        assert name in archive.namelist()


def test_the_wheel_announces_the_program_and_the_plugins(wheel: Path) -> None:
    entry_points = ConfigParser()
    with ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/entry_points.txt"))
        entry_points.read_string(archive.read(name).decode())
    assert dict(entry_points["console_scripts"]) == {"cxmaturity": "cxmaturity.cli:main"}
    assert dict(entry_points["cxmaturity"]) == PLUGINS


def test_the_installed_demo_renders_its_report(program: Path, tmp_path: Path) -> None:
    run(program, "demo", "-o", "out.pdf", cwd=tmp_path)
    report = (tmp_path / "out.pdf").read_bytes()
    assert report.startswith(b"%PDF")
    assert len(report) > 50_000


def test_the_installed_program_finds_every_plugin(program: Path, tmp_path: Path) -> None:
    listed = run(program, "plugins", cwd=tmp_path)
    assert [name for name in PLUGINS if name not in listed] == []


def test_the_installed_program_finds_the_questionnaire(program: Path, tmp_path: Path) -> None:
    assert "customer-centricity" in run(program, "questionnaires", cwd=tmp_path)
