"""The small questionnaire with this or that changed, and what is wrong with it then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cxmaturity.errors import Problem, UserError
from cxmaturity.questionnaire.loading import load_questionnaire


@pytest.fixture
def edited(workspace: Callable[..., Path]) -> Callable[..., Path]:
    """``edited((old, new), …)`` is the file of the small questionnaire with these texts replaced."""

    def write(*changes: tuple[str, str], files: dict[str, str] | None = None) -> Path:
        path = workspace(files=files) / "questionnaire.yaml"
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def problems() -> Callable[..., tuple[Problem, ...]]:
    """``problems(path)`` is what is wrong with a questionnaire."""

    def load(path: Path, language: str | None = None) -> tuple[Problem, ...]:
        with pytest.raises(UserError) as caught:
            load_questionnaire(str(path), language=language)
        return caught.value.problems

    return load


@pytest.fixture
def located() -> Callable[[Path, str], str]:
    """``located(path, words)`` is ``file:line:column`` of the one place in a file where the words stand."""

    def find(path: Path, words: str) -> str:
        text = path.read_text(encoding="utf-8")
        assert text.count(words) == 1, f"{words!r} stands {text.count(words)} times"
        before = text[: text.index(words)]
        return f"{path}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"

    return find


@pytest.fixture
def small_ships(workspace: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """As if the small questionnaire came with the product; gives its folder."""
    package = workspace().parent / "shipped"
    folder = package / "small"
    folder.mkdir(parents=True)
    (package / "schemas").mkdir()
    text = (workspace() / "questionnaire.yaml").read_text(encoding="utf-8")
    (folder / "questionnaire.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("cxmaturity.questionnaire.shipped.files", lambda _: package)
    return folder
