"""Start-up stays light: what is heavy is imported by the function that uses it."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "babel",
    "jinja2",
    "numpy",
    "openpyxl",
    "pydantic",
    "rich",
    "scipy",
    "weasyprint",
    "xlsxwriter",
    "yaml",
}

PLUGINS = (
    "cxmaturity.builtin",
    "cxmaturity.testing",
    "cxmaturity_culture",
    "cxmaturity_customer_journey",
    "cxmaturity_customer_understanding",
    "cxmaturity_data_access",
    "cxmaturity_feedback_loops",
    "cxmaturity_retention",
    "cxmaturity_social_responsibility",
)


def imported_by(*arguments: str) -> set[str]:
    """The top-level packages that Python imports when run with these arguments."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments], capture_output=True, text=True, check=True
    )
    # each line reads "import time:  self [us] | cumulative | package.module", indented by depth
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}


def test_the_measure_sees_imports() -> None:
    assert "yaml" in imported_by("-c", "import yaml")


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_the_command_line_starts_without_heavy_libraries(option: str) -> None:
    packages = imported_by("-m", "cxmaturity", option)
    assert "cxmaturity" in packages
    assert packages.isdisjoint(HEAVY)


@pytest.mark.parametrize("module", ["cxmaturity", "cxmaturity.api", "cxmaturity.hookspecs", *PLUGINS])
def test_importing_a_module_that_everybody_loads_is_light(module: str) -> None:
    packages = imported_by("-c", f"import {module}")
    assert module.partition(".")[0] in packages
    assert packages.isdisjoint(HEAVY)


def test_a_workspace_is_looked_at_without_arrays() -> None:
    # a workspace that is broken, or that is to be written or asked about, has none
    packages = imported_by("-c", "import cxmaturity.workspace")
    assert "pydantic" in packages
    assert packages.isdisjoint({"numpy", "scipy", "duckdb", "openpyxl"})
