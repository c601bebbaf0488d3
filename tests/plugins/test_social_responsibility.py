"""Claims that nobody can check limit their dimension, shown by taking the plugin out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxmaturity import load

SOCIAL = """\
  - id: social-responsibility
    title: Social responsibility
    description: What is given back.
    practices:
      - id: giving
        title: Giving
        description: There is some.
        questions:
          - {id: given, type: choice, topic: Given, text: Is it given?, answers: five,
             roles: [leadership], evidence: A list., source: {ref: S0, idea: Giving}}
      - id: transparency
        title: Transparency
        description: It can be checked.
        questions:
          - {id: checked, type: choice, topic: Checked, text: Is it checked?, answers: five,
             roles: [leadership], evidence: A list., source: {ref: S0, idea: Checking}}
"""


@pytest.fixture
def folder(workspace: Callable[..., Path]) -> Callable[..., Path]:
    def write(given: object, checked: object) -> Path:
        answers = {
            "social-responsibility.giving.given": given,
            "social-responsibility.transparency.checked": checked,
        }
        path = workspace([{"id": "r01", "answers": answers}])
        with (path / "questionnaire.yaml").open("a", encoding="utf-8") as file:
            file.write(SOCIAL)
        return path

    return write


def own(data: Any) -> Any:
    return next(each for each in data["dimensions"] if each["id"] == "social-responsibility")


def claims(data: Any) -> list[Any]:
    return [
        each
        for each in own(data)["findings"]
        if "claimed to stand a whole level or more above" in each["text"]
    ]


def test_without_the_plugin_claims_count_unchecked(
    folder: Callable[..., Path], assessed: Callable[..., Any], without: Callable[[str], None]
) -> None:
    path = folder(5, 1)
    data, _, _ = assessed(path)
    # (5 + 1) ÷ 2 = 3.0, level 3; transparency is level 1, so at most 2
    assert (own(data)["score"], own(data)["uncapped_level"], own(data)["level"]) == (3.0, 3, 2)
    (cap,) = own(data)["caps"]
    assert (cap["source"], cap["limit"]) == ("social-responsibility.transparency", 2)
    (claim,) = claims(data)
    assert (claim["kind"], claim["about"]) == ("contradiction", "social-responsibility.transparency")
    assert claim["text"].startswith("Transparency stands at 1.0; ")
    assert "giving is claimed" in claim["text"].lower()
    assert "social-responsibility" in {entry.plugin for entry in load(path).catalogue}

    without("social-responsibility")
    data, code, _ = assessed(path)
    assert code == 0
    assert (own(data)["score"], own(data)["level"], own(data)["caps"]) == (3.0, 3, [])
    assert claims(data) == []
    assert "social-responsibility" not in {entry.plugin for entry in load(path).catalogue}


@pytest.mark.parametrize(("given", "checked", "found"), [(4, 3, 1), (4, 4, 0), (3, 4, 0)])
def test_a_claim_is_named_from_a_whole_score_ahead(
    given: int, checked: int, found: int, folder: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    data, _, _ = assessed(folder(given, checked))
    assert len(claims(data)) == found


def test_unanswered_transparency_caps_nothing(
    folder: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    data, code, _ = assessed(folder(5, "dont-know"))
    assert code == 0
    assert own(data)["score"] == 5.0
    assert (own(data)["level"], own(data)["caps"], claims(data)) == (5, [], [])  # coverage is just 50 %
