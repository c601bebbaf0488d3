"""Small assessments and recommendations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import making
import pytest

from cxmaturity import assess, load
from cxmaturity.engagement import Engagement
from cxmaturity.plugins import Selection, load_plugins
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Recommendation


@pytest.fixture(scope="session")
def entry() -> Callable[..., Recommendation]:
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
