"""What the tests share: a small questionnaire, a workspace made from a dict, the command line."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from functools import cache, partial
from importlib.metadata import EntryPoint, entry_points
from io import StringIO
from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from cxmaturity.testing import CommandResult, RunCommand

try:
    import hypothesis
except ImportError:  # where the program runs on Spark it is not installed
    pass
else:
    # How long an example takes depends on what else the machine does; a test says what holds.
    hypothesis.settings.register_profile(
        "default",
        hypothesis.settings.get_profile("default"),
        deadline=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )

CHECKOUT = Path(__file__).parents[1]

QUESTIONNAIRE = """\
format: 1
id: small
version: "1"
language: en
title: A small questionnaire
description: Two dimensions, for tests.
minutes: 3
levels:
  - {level: 1, name: Incidental, minimum: 1.0, description: By luck.}
  - {level: 2, name: Emerging, minimum: 1.8, description: Here and there.}
  - {level: 3, name: Defined, minimum: 2.6, description: By rule.}
  - {level: 4, name: Managed, minimum: 3.4, description: By figures.}
  - {level: 5, name: Embedded, minimum: 4.2, description: By habit.}
roles: {leadership: Leadership, frontline: Front line}
sources: {S0: The source of the tests}
answer_sets:
  five:
    - {id: never, text: Nobody does it.}
    - {id: rarely, text: One team does it.}
    - {id: sometimes, text: Half of the teams do it.}
    - {id: often, text: Most teams do it.}
    - {id: always, text: Every team does it.}
dimensions:
  - id: culture
    title: Culture
    description: What people do unasked.
    practices:
      - id: meaning
        title: Meaning
        description: One meaning for all.
        questions:
          - {id: same, type: choice, topic: Same meaning, text: Do they mean the same?, answers: five,
             roles: [leadership], evidence: Notes., source: {ref: S0, idea: One meaning}}
          - {id: said, type: text, topic: In words, text: What do they say?,
             roles: [leadership], evidence: Notes., source: {ref: S0, idea: One meaning}}
  - id: retention
    title: Retention
    description: Who stays.
    practices:
      - id: loyalty-and-value
        title: Loyalty
        description: Staying pays.
        questions:
          - {id: scheme, type: choice, topic: Scheme, text: Does staying pay?, answers: five,
             roles: [leadership, frontline], evidence: The rules., source: {ref: S0, idea: Staying}}
          - {id: effort, type: scale, topic: Effort, text: How hard is it?, minimum: 1, maximum: 5, reversed: true,
             labels: {low: easy, high: hard}, roles: [frontline], evidence: Logs., source: {ref: S0, idea: Ease}}
      - id: churn-insight
        title: Churn insight
        description: Who leaves is known.
        questions:
          - {id: known, type: yes-no, topic: Known, text: Is it known who left?,
             roles: [leadership], evidence: A list., source: {ref: S0, idea: Knowing}}
          - {id: ways, type: multiple, topic: Ways, text: How do you find out?, roles: [leadership],
             evidence: Records., source: {ref: S0, idea: Asking},
             options: [{id: calls, text: By calls., worth: 3}, {id: letters, text: By letters., worth: 1},
                       {id: none, text: None of these., worth: 0, exclusive: true}]}
          - {id: share, type: number, topic: Share, text: Which share gives a reason?, unit: percent, maximum: 100,
             roles: [leadership], evidence: Records., source: {ref: S0, idea: Reasons},
             bands: [{from: 0, score: 0}, {from: 20, score: 0.5}, {from: 80, score: 1}]}
"""  # noqa: E501 - questions read best on one line
"""Every question type once; ids as the first-party plugins expect them."""

TEXTS = "metric: {visits: {title: Visits, name: visits, definition: How many came.}}\n"
"""For plugins made up for a test that bring the metric ``visits``."""


class _PlainDumper(yaml.SafeDumper):
    """Writes a value that stands in two places twice: aliases are refused when read."""

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True


def dump(data: object) -> str:
    """Data as YAML, keys in their order."""
    return yaml.dump(data, Dumper=_PlainDumper, sort_keys=False, allow_unicode=True)


@pytest.fixture(scope="session")
def questionnaire_text() -> str:
    """The small questionnaire as its file has it."""
    return QUESTIONNAIRE


def _write_workspace(
    folder: Path,
    respondents: list[dict[str, Any]] | None = None,
    settings: Mapping[str, Any] | None = None,
    files: Mapping[str, str] | None = None,
) -> Path:
    content: dict[str, Any] = {
        "organisation": {"name": "Acme"},
        "questionnaire": "questionnaire.yaml",
        "responses": ["responses/*.yaml"],
        **(settings or {}),
    }
    written = {
        "questionnaire.yaml": QUESTIONNAIRE,
        "assessment.yaml": dump(content),
        "responses/answers.yaml": dump({"respondents": respondents or []}),
        **(files or {}),
    }
    for name, text in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Callable[..., Path]:
    """Writes a workspace: ``workspace(respondents, settings, files)`` gives its folder.

    ``respondents`` is a list as in a response file; ``settings`` are merged into ``assessment.yaml``;
    ``files`` are written as they are.
    """
    return partial(_write_workspace, tmp_path / "acme")


@pytest.fixture(scope="session")
def shared_workspace(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The same for what several tests share; each call gives a folder of its own."""
    return lambda *content, **more: _write_workspace(
        tmp_path_factory.mktemp("shared") / "acme", *content, **more
    )


@pytest.fixture
def cli(cxmaturity_cli: RunCommand) -> RunCommand:
    """Runs a command line in this process: ``cli("assess", folder)``."""
    return cxmaturity_cli


@pytest.fixture(scope="session")
def ran() -> RunCommand:
    """The same, once for all tests that ask: ``ran("assess", folder)``.

    For what says the same again: a second call does not write anew what the first has written.
    """

    @cache
    def call(*arguments: str) -> CommandResult:
        from cxmaturity.cli import run

        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(list(arguments))
        return CommandResult(code, out.getvalue(), err.getvalue())

    return lambda *arguments: call(*map(str, arguments))


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., EntryPoint]]:
    """``install("acme", source)`` adds a third-party plugin to those found beside the first-party ones."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "texts.en.yaml").write_text(TEXTS, encoding="utf-8")
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(site))
    found = [
        point for point in entry_points(group="cxmaturity") if point.dist and point.dist.name == "cxmaturity"
    ]

    def add(
        name: str, source: str, *, distribution: str = "", version: str = "1.2", module: str = ""
    ) -> EntryPoint:
        module = module or f"made_up_{name.replace('-', '_')}"
        (site / f"{module}.py").write_text(dedent(source), encoding="utf-8")
        owner: Any = SimpleNamespace(name=distribution or f"{name}-cx", version=version)
        point = EntryPoint(name, module, "cxmaturity")._for(owner)
        found.append(point)
        return point

    monkeypatch.setattr(
        "cxmaturity.plugins.finding.entry_points", lambda group: [p for p in found if p.group == group]
    )
    yield add
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(site)):
            del sys.modules[name]


# ------------------------------------------------------------------- the wheel, away from the checkout


@pytest.fixture(scope="session")
def run() -> Callable[..., str]:
    """Runs a program: ``run(program, "plugins", cwd=folder)`` gives its stdout.

    The test fails, showing all that it said, if it does not end with 0.
    """

    def call(*command: str | Path, cwd: Path) -> str:
        # nothing of the environment that runs the tests may help
        own = ("PYTHON", "VIRTUAL_ENV", "CXMATURITY")
        clean = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    return call


@pytest.fixture(scope="session")
def wheel(run: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it would be published: built from the sdist, which has to suffice for that."""
    folder = tmp_path_factory.mktemp("dist")
    # without isolation: the build backend is a development requirement, so this needs no network
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, cwd=CHECKOUT)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def program(run: Callable[..., str], wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program in an environment that holds the wheel and what it requires, nothing else."""
    scripts = _environment(tmp_path_factory.mktemp("environment"))
    _pip_install(run, scripts, "--constraint", CHECKOUT / "constraints.txt", wheel)
    return scripts / "cxmaturity"


@pytest.fixture(scope="session")
def borrowing(
    run: Callable[..., str], wheel: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Path]:
    """``borrowing()`` gives the program in a new environment, where more can be installed.

    It holds the wheel, and borrows what else is needed from the environment that runs the tests: that is
    quick, and needs no network.
    """

    def make() -> Path:
        scripts = _environment(tmp_path_factory.mktemp("environment"))
        _pip_install(run, scripts, "--no-deps", "--no-index", wheel)
        (library,) = scripts.parent.rglob("site-packages")
        # only now, as what is borrowed holds this checkout, and pip would not install the same version again
        (library / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
        return scripts / "cxmaturity"

    return make


def _environment(folder: Path) -> Path:
    """The scripts of a new environment that holds nothing."""
    venv.create(folder)
    return folder / ("Scripts" if os.name == "nt" else "bin")


def _pip_install(run: Callable[..., str], scripts: Path, *arguments: str | Path) -> None:
    """Install into an environment with the pip of this one. Modules are compiled when they are imported."""
    command = (sys.executable, "-m", "pip", "--python", scripts / "python", "install")
    run(*command, "--quiet", "--disable-pip-version-check", "--no-compile", *arguments, cwd=scripts)
