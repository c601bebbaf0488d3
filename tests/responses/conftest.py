"""The small questionnaire, loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.questionnaire.model import Questionnaire


@pytest.fixture
def small(workspace: Callable[..., Path]) -> Questionnaire:
    """The small questionnaire."""
    return load_questionnaire(str(workspace() / "questionnaire.yaml"))
