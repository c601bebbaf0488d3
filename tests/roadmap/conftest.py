"""Catalogues made up for one test, planned on a small assessment."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cxmaturity import assess, load
from cxmaturity.engagement import Engagement
from cxmaturity.plugins import Selection, load_plugins
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Drivers, Kpi, Recommendation, Risk

LOW: Mapping[str, Any] = {
    "culture.meaning.same": 1,
    "retention.loyalty-and-value.scheme": 1,
    "retention.loyalty-and-value.effort": 5,
    "retention.churn-insight.known": False,
    "retention.churn-insight.ways": ["none"],
    "retention.churn-insight.share": 0,
}


@pytest.fixture
def entry() -> Callable[..., Recommendation]:
    """``entry("culture.a", {"culture.meaning": 3}, days=5)`` is a recommendation."""

    def make(
        name: str,
        lifts: Mapping[str, int] | None = None,
        *,
        days: float = 1.0,
        cost: float = 0.0,
        weeks: float = 13,
        needs: tuple[str, ...] = (),
        risk: Any = "low",
        find_out: bool = False,
        **more: Any,
    ) -> Recommendation:
        made = Recommendation(
            id=name,
            plugin=name.partition(".")[0],
            title=f"Do {name}",
            aim="To get on.",
            why="It helps.",
            source="S0",
            idea="Doing",
            steps=("Do it.",),
            lifts=lifts or {},
            effort=Drivers(fixed=days),
            cost=Drivers(fixed=cost),
            weeks=weeks,
            owner="Ana",
            prerequisites=needs,
            kpi=Kpi("Done", "yes"),
            risk=Risk("delivery", risk, "It rains."),
            find_out=find_out,
        )
        return replace(made, **more)

    return make


class Quiet(tuple):  # type: ignore[type-arg]
    """A tuple that hypothesis can write down: the engagement's own words are 100 kB."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "low"


@pytest.fixture
def low(workspace: Callable[..., Path]) -> tuple[Engagement, Assessment]:
    """Everything answered, everything at 1.0."""
    engagement = load(
        workspace([{"id": "r01", "answers": dict(LOW)}]), selection=Selection(third_party=False)
    )
    return Quiet((engagement, assess(engagement)))


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
