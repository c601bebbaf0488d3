"""A plugin from nothing to a page in the PDF, by the very commands that its README lists."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

NEW = "cxmaturity plugins new accessibility --yes --title 'Access for all'"
FOLDER = "cxmaturity-accessibility"
TRIED = """\
python -m pip install -e ".[test]"
cxmaturity plugins
cxmaturity plugins check accessibility
python -m pytest
cxmaturity report example -o accessibility.pdf
"""
"""What the README has one try. Stands here too, so that nothing is left out unnoticed."""


class Environment:
    """A virtual environment, and a shell in which it is active."""

    def __init__(self, scripts: Path) -> None:
        self.scripts = scripts

    def run(self, command: str, cwd: Path) -> str:
        """What a shell command prints; fails, showing all it said, if it does not end with 0."""
        own = ("PYTHON", "VIRTUAL_ENV", "PIP_", "CXMATURITY")  # of the environment that runs the tests
        clean = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        # of these, 0 means without: pip reads the variable as it reads the option's opposite
        offline = {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        path = f"{self.scripts}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(  # noqa: S602 - what the README lists, as one would type it
            command,
            shell=True,
            cwd=cwd,
            env=clean | offline | {"PATH": path, "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout


@pytest.fixture(scope="module")
def environment(borrowing: Callable[[], Path]) -> Environment:
    """An environment with the wheel, which borrows what else is needed."""
    return Environment(borrowing().parent)


@pytest.fixture(scope="module")
def folder(environment: Environment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The new plugin's folder."""
    here = tmp_path_factory.mktemp("here")
    assert environment.run(NEW, cwd=here) == f"{FOLDER}\n"
    return here / FOLDER


def test_from_nothing_to_a_plugin_in_the_pdf(environment: Environment, folder: Path) -> None:
    readme = (folder / "README.md").read_text(encoding="utf-8")
    (tried,) = re.findall(r"## Try it\n.*?```sh\n(.*?)```", readme, re.DOTALL)
    assert tried == TRIED
    printed = [environment.run(command, cwd=folder) for command in tried.splitlines()]

    listed, checked, tested = printed[1:4]
    assert re.search(r"^ *accessibility .* active *$", listed, re.MULTILINE)
    assert "accessibility: 10 of 10 checks passed" in checked
    assert re.search(r"\d+ passed in", tested)
    assert "failed" not in tested

    pages = [page.extract_text() for page in PdfReader(folder / "accessibility.pdf").pages]
    text = " ".join(" ".join(pages).split())
    assert "Access for all: 2.7 would be level 3, but caps hold it at level 2" in text
    assert "Check access for all with customers once a year" in text
    assert "The authors of cxmaturity-accessibility, from their own practice; not published." in text


def test_what_else_the_readme_says_to_run_works(environment: Environment, folder: Path) -> None:
    environment.run("python -m pip install -e .", cwd=folder)
    readme = (folder / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^ *(cxmaturity (?:init|check) .*)$", readme, re.MULTILINE)
    assert len(commands) == 3
    for command in commands:
        environment.run(command, cwd=folder)
    assert "nothing is wrong" in environment.run("cxmaturity check acme", cwd=folder)
    environment.run("python -m build --no-isolation", cwd=folder)
    assert sorted(path.name for path in (folder / "dist").iterdir()) == [
        "cxmaturity_accessibility-0.1.0-py3-none-any.whl",
        "cxmaturity_accessibility-0.1.0.tar.gz",
    ]
