"""Data that people cannot reach limits its dimension, shown by taking the plugin out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxmaturity import load

DATA_ACCESS = """\
  - id: data-access
    title: Data access
    description: Who sees customer data.
    practices:
      - id: democratised-access
        title: Democratised access
        description: Those who serve see it.
        weight: 0.5
        questions:
          - {id: reach, type: choice, topic: Reach, text: Who can reach it?, answers: five,
             roles: [leadership], evidence: A list., source: {ref: S0, idea: Access}}
          - {id: share, type: yes-no, topic: Share, text: Is it shared?, weight: 0,
             roles: [leadership], evidence: A list., source: {ref: S0, idea: Access}}
      - id: records
        title: Records
        description: There are some.
        questions:
          - {id: kept, type: choice, topic: Kept, text: Are they kept?, answers: five,
             roles: [leadership], evidence: A list., source: {ref: S0, idea: Records}}
"""


@pytest.fixture
def folder(workspace: Callable[..., Path]) -> Callable[..., Path]:
    def write(reach: list[object], kept: object = 5) -> Path:
        people = [
            {
                "id": f"r{number}",
                "answers": {
                    "data-access.democratised-access.reach": each,
                    "data-access.democratised-access.share": False,
                    "data-access.records.kept": kept,
                },
            }
            for number, each in enumerate(reach)
        ]
        path = workspace(people)
        with (path / "questionnaire.yaml").open("a", encoding="utf-8") as file:
            file.write(DATA_ACCESS)
        return path

    return write


def own(data: Any) -> Any:
    return next(each for each in data["dimensions"] if each["id"] == "data-access")


def test_without_the_plugin_data_out_of_reach_limits_nothing(
    folder: Callable[..., Path], assessed: Callable[..., Any], without: Callable[[str], None]
) -> None:
    path = folder([1, 1, 2])
    data, _, _ = assessed(path)
    # access (1 + 1 + 2) ÷ 3 = 1.333, level 1, weight 0.5; records 5: (0.667 + 5) ÷ 1.5 = 3.778, level 4
    assert own(data)["score"] == pytest.approx((0.5 * 4 / 3 + 5) / 1.5)
    assert (own(data)["uncapped_level"], own(data)["level"]) == (4, 2)
    (cap,) = own(data)["caps"]
    assert (cap["source"], cap["limit"]) == ("data-access.democratised-access", 2)
    assert "democratised access" in cap["reason"]
    about = [each["text"] for each in own(data)["findings"] if "out of reach" in each["text"]]
    words = "3 of 3 answers on “reach” are among the two lowest steps (score 1.3)."
    assert about == [f"Customer data is out of reach for some: {words}"]
    assert "data-access" in {entry.plugin for entry in load(path).catalogue}

    without("data-access")
    data, code, _ = assessed(path)
    assert code == 0
    assert (own(data)["level"], own(data)["caps"], own(data)["plugin"]) == (4, [], None)
    assert not [each for each in own(data)["findings"] if "out of reach" in each["text"]]
    assert "data-access" not in {entry.plugin for entry in load(path).catalogue}


def test_one_answer_is_spoken_of_in_the_singular(
    folder: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    data, _, _ = assessed(folder([2]))
    assert any("the one answer on “reach”" in each["text"] for each in own(data)["findings"])


def test_data_in_reach_is_neither_capped_nor_found_wanting(
    folder: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    data, _, _ = assessed(folder([4, 5, 3]))
    assert own(data)["caps"] == []
    assert not [each for each in own(data)["findings"] if "out of reach" in each["text"]]


def test_unanswered_access_caps_nothing(folder: Callable[..., Path], assessed: Callable[..., Any]) -> None:
    data, code, _ = assessed(folder(["n/a"], kept=5))
    assert code == 0
    assert (own(data)["score"], own(data)["level"], own(data)["caps"]) == (5.0, 5, [])


def test_a_questionnaire_without_that_practice_works(
    folder: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    path = folder([1])
    for name in ("questionnaire.yaml", "responses/answers.yaml"):
        text = (path / name).read_text(encoding="utf-8")
        text = text.replace("democratised-access", "other-access")
        (path / name).write_text(text, encoding="utf-8")
    data, code, _ = assessed(path)
    assert code == 0
    assert own(data)["caps"] == []
