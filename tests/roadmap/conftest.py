"""Small assessments, and the modules that make up what is planned."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cxmaturity import assess, load
from cxmaturity.engagement import Engagement
from cxmaturity.plugins import Selection, load_plugins
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Recommendation


@pytest.fixture(scope="session")
def making() -> ModuleType:
    """The module that makes up situations."""
    return _beside("making")


@pytest.fixture(scope="session")
def entry(making: ModuleType) -> Callable[..., Recommendation]:
    """``entry("culture.a", {"culture.meaning": 3}, days=5)`` is a recommendation."""
    made: Callable[..., Recommendation] = making.entry
    return made


@pytest.fixture
def judge(workspace: Callable[..., Path]) -> Callable[..., tuple[Engagement, Assessment]]:
    """``judge({...})`` assesses one respondent's answers; ``edit`` changes the questionnaire's text."""

    def run(
        answers: Mapping[str, Any],
        edit: Callable[[str], str] = str,
        settings: Mapping[str, Any] | None = None,
        files: Mapping[str, str] | None = None,
    ) -> tuple[Engagement, Assessment]:
        folder = workspace([{"id": "r01", "answers": dict(answers)}], settings, files)
        path = folder / "questionnaire.yaml"
        path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")
        engagement = load(folder, plugins=load_plugins(Selection(third_party=False)))
        return engagement, assess(engagement)

    return run


@pytest.fixture(scope="session")
def brute_force() -> ModuleType:
    """The module that tries every plan of a small problem."""
    return _beside("brute_force")


@pytest.fixture(scope="session")
def instances() -> ModuleType:
    """The module that makes up small problems."""
    return _beside("instances")


def _beside(name: str) -> ModuleType:
    # importlib mode: modules of a test folder cannot be imported
    spec = importlib.util.spec_from_file_location(f"roadmap_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where its dataclasses look up their annotations
    spec.loader.exec_module(module)
    return module
