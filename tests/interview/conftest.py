"""The small questionnaire, loaded, and its questions by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.questionnaire.model import Question, Questionnaire


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, questionnaire_text: str) -> Questionnaire:
    """The small questionnaire; a module's tests share it, as property tests must."""
    file = tmp_path_factory.mktemp("small") / "questionnaire.yaml"
    file.write_text(questionnaire_text, encoding="utf-8")
    return load_questionnaire(str(file))


@pytest.fixture(scope="module")
def asked(small: Questionnaire) -> Callable[[str], Question]:
    """``asked("same")`` is the question of that name."""
    return lambda name: next(each for each in small.questions() if each.id.endswith(f".{name}"))


@pytest.fixture
def folder(workspace: Callable[..., Path]) -> Path:
    """A workspace of the small questionnaire in which nobody has answered."""
    path = workspace()
    (path / "responses" / "answers.yaml").unlink()
    return path
