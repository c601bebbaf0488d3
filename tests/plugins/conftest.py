"""What the tests of plugins share: plugins made from a scorer, workspaces for them, and their results."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from cxmaturity.testing import RunCommand

ACCESSIBILITY = """\
  - id: accessibility
    title: Accessibility
    description: Everyone can be a customer.
    practices:
      - id: barriers
        title: Barriers
        description: There are none.
        questions:
          - {id: known, type: choice, topic: Known, text: Are they known?, answers: five,
             roles: [leadership], evidence: A list., source: {ref: S0, idea: Barriers}}
          - {id: gone, type: choice, topic: Gone, text: Are they gone?, answers: five,
             roles: [leadership], evidence: A list., source: {ref: S0, idea: Barriers}}
"""
"""A dimension that no first-party plugin claims."""

RESPONDENTS = [
    {
        "id": "r01",
        "role": "leadership",
        "answers": {
            "culture.meaning.same": 3,
            "retention.loyalty-and-value.scheme": 4,
            "retention.loyalty-and-value.effort": 2,
            "retention.churn-insight.known": True,
            "retention.churn-insight.share": 30,
            "accessibility.barriers.known": 5,
            "accessibility.barriers.gone": 2,
        },
    },
    {
        "id": "r02",
        "role": "frontline",
        "answers": {
            "culture.meaning.same": 2,
            "retention.loyalty-and-value.scheme": 3,
            "retention.churn-insight.ways": ["calls"],
            "accessibility.barriers.known": 3,
        },
    },
]

PROLOGUE = """\
from cxmaturity.api import Calculation, Cap, Column, Contribution, Finding, Measure, Message
from cxmaturity.api import Metric, Score, Scorer, hookimpl
CXMATURITY_API = 1
"""


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """``without("culture")`` takes a first-party plugin out, as if it had never been installed."""

    def take_out(name: str) -> None:
        kept = [point for point in entry_points(group="cxmaturity") if point.name != name]
        monkeypatch.setattr(
            "cxmaturity.plugins.finding.entry_points", lambda group: [p for p in kept if p.group == group]
        )

    return take_out


@pytest.fixture
def scorer() -> Callable[..., str]:
    """``scorer(body)`` is the source of a plugin whose scorer has these methods."""

    def source(body: str, *, dimension: str = "accessibility", more: str = "") -> str:
        methods = "".join(f"    {line}\n" for line in dedent(body).strip().splitlines())
        return (
            f"{PROLOGUE}\nclass Made(Scorer):\n    dimension = {dimension!r}\n{methods}\n"
            "@hookimpl\ndef cxmaturity_scorers():\n    return [Made()]\n\n" + dedent(more)
        )

    return source


@pytest.fixture
def three(workspace: Callable[..., Path]) -> Callable[..., Path]:
    """A workspace with the dimension accessibility beside culture and retention."""

    def write(settings: dict[str, Any] | None = None, files: dict[str, str] | None = None) -> Path:
        return _with_accessibility(workspace(RESPONDENTS, settings, files))

    return write


def _with_accessibility(folder: Path) -> Path:
    with (folder / "questionnaire.yaml").open("a", encoding="utf-8") as file:
        file.write(ACCESSIBILITY)
    return folder


@pytest.fixture(scope="session")
def alone(shared_workspace: Callable[..., Path], ran: RunCommand) -> Callable[..., Any]:
    """``alone(settings, files)`` is the data of such a workspace without anybody else's plugin.

    It is assessed once for all tests: ask before you install one.
    """
    folders: dict[str, Path] = {}

    def data(settings: dict[str, Any] | None = None, files: dict[str, str] | None = None) -> Any:
        key = json.dumps([settings, files])
        if key not in folders:
            folders[key] = _with_accessibility(shared_workspace(RESPONDENTS, settings, files))
        done = ran("assess", "--json", folders[key])
        assert (done.code, done.err) == (0, "")
        return done.json()

    return data


@pytest.fixture
def assessed(cli: Callable[..., Any]) -> Callable[..., tuple[Any, int, str]]:
    """``assessed(folder)`` runs ``assess --json`` and gives the data, the exit code and stderr."""

    def run(folder: Path, *options: str) -> tuple[Any, int, str]:
        done = cli(*options, "assess", "--json", folder)
        assert done.out, done.err
        return json.loads(done.out), done.code, done.err

    return run


@pytest.fixture
def others() -> Callable[..., str]:
    """``others(data, "accessibility")`` is the JSON of all that the dimension has no part in."""

    def bytes_of(data: Any, dimension: str) -> str:
        kept = [each for each in data["dimensions"] if each["id"] != dimension]
        metrics = [each for each in data["metrics"] if each["dimension"] != dimension]
        return json.dumps([kept, metrics, data["as_of"], data["questionnaires"]])

    return bytes_of
