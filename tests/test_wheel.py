"""The wheel is complete, and works in a clean environment away from the checkout."""

from __future__ import annotations

from collections.abc import Callable
from configparser import ConfigParser
from pathlib import Path
from zipfile import ZipFile

import pytest

from cxmaturity.cli.commands import OURS

Run = Callable[..., str]

CHECKOUT = Path(__file__).parents[1]

# where each folder's files lie in the wheel
SHIPPED = {"src": "", "plugins": "", "questionnaires": "", "examples/demo": "cxmaturity/examples/demo/"}
NOT_SHIPPED = {"__pycache__", "reports", ".cxmaturity"}  # what the program writes

PLUGINS = {
    "culture": "cxmaturity_culture",
    "customer-journey": "cxmaturity_customer_journey",
    "customer-understanding": "cxmaturity_customer_understanding",
    "data-access": "cxmaturity_data_access",
    "feedback-loops": "cxmaturity_feedback_loops",
    "retention": "cxmaturity_retention",
    "social-responsibility": "cxmaturity_social_responsibility",
}


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
    assert dict(entry_points["cxmaturity"]) == {"core": "cxmaturity.builtin", **PLUGINS}
    assert dict(entry_points["cxmaturity.commands"]) == {
        name: f"cxmaturity.cli.{name}:command" for name in OURS
    }


def test_the_installed_demo_renders_its_report(run: Run, program: Path, tmp_path: Path) -> None:
    run(program, "demo", "-o", "out.pdf", cwd=tmp_path)
    report = (tmp_path / "out.pdf").read_bytes()
    assert report.startswith(b"%PDF")
    assert len(report) > 50_000


def test_the_installed_program_finds_every_plugin(run: Run, program: Path, tmp_path: Path) -> None:
    listed = run(program, "plugins", cwd=tmp_path)
    assert [name for name in PLUGINS if name not in listed] == []


def test_the_installed_program_finds_the_questionnaire(run: Run, program: Path, tmp_path: Path) -> None:
    assert "customer-centricity" in run(program, "questionnaires", cwd=tmp_path)
