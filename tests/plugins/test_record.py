"""The last result is kept, and the next run says what has changed since."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

Install = Callable[..., EntryPoint]
Cli = Callable[..., Any]


def notes(done: Any) -> list[str]:
    """What a run says has changed."""
    start = "note: since the last assessment "
    return [line.removeprefix(start) for line in done.err.splitlines() if line.startswith(start)]


def kept(folder: Path) -> dict[str, Any]:
    """What was kept."""
    text = (folder / "reports" / "assessment.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


@pytest.mark.parametrize("command", [("assess",), ("report", "--format", "html")])
def test_the_result_is_kept_as_assess_prints_it(
    command: tuple[str, ...], three: Callable[..., Path], cli: Cli
) -> None:
    folder = three()
    first = cli(*command, folder)
    assert (first.code, notes(first)) == (0, [])
    assert kept(folder) == json.loads(cli("assess", "--json", folder).out)
    assert notes(cli(*command, folder)) == []


def test_another_version_is_named(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], cli: Cli
) -> None:
    folder = three()
    cli("assess", folder)
    install("acme", scorer("pass"), version="1.2")
    assert notes(cli("assess", folder)) == ["the plugin 'acme' 1.2 has come"]
    before = kept(folder)
    (ours,) = [each for each in before["plugins"] if each["name"] == "acme"]
    ours["version"] = "1.1"
    before["plugin_api"] = 0
    (folder / "reports" / "assessment.json").write_text(json.dumps(before), encoding="utf-8")
    assert notes(cli("assess", folder)) == [
        "the plugin API changed from 0 to 1",
        "the plugin 'acme' changed from 1.1 to 1.2",
    ]
    assert notes(cli("--no-third-party", "assess", folder)) == ["the plugin 'acme' has gone"]


def test_another_distribution_of_the_same_version_is_named(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], cli: Cli
) -> None:
    folder = three()
    install("acme", scorer("pass"))
    cli("assess", folder)
    before = kept(folder)
    (ours,) = [each for each in before["plugins"] if each["name"] == "acme"]
    ours["distribution"] = "somebody-elses"
    (folder / "reports" / "assessment.json").write_text(json.dumps(before), encoding="utf-8")
    assert notes(cli("assess", folder)) == ["the plugin 'acme' changed, though it is still called 1.2"]


def test_another_questionnaire_is_named(three: Callable[..., Path], cli: Cli) -> None:
    folder = three()
    cli("assess", folder)
    path = folder / "questionnaire.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Same meaning", "Meaning"), encoding="utf-8")
    assert notes(cli("assess", folder)) == ["the questionnaire 'small' changed, though it is still called 1"]


@pytest.mark.parametrize(
    "content", ["not JSON", "[]", '{"format": 2}', "{}", '{"format": 1, "plugins": [], "questionnaires": []}']
)
def test_a_file_that_is_none_of_ours_stays(content: str, three: Callable[..., Path], cli: Cli) -> None:
    folder = three()
    path = folder / "reports" / "assessment.json"
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    done = cli("assess", folder)
    assert done.code == 0
    assert "is no result of cxmaturity and was left as it is" in done.err
    assert path.read_text(encoding="utf-8") == content


def test_where_nothing_can_be_written_the_assessment_goes_on(three: Callable[..., Path], cli: Cli) -> None:
    folder = three()
    (folder / "reports").write_text("in the way", encoding="utf-8")
    done = cli("assess", folder)
    assert done.code == 0
    assert "cannot be written, so the next run cannot say what has changed" in done.err
