"""Culture limits the whole: what its plugin adds to an assessment, shown by taking it out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxmaturity import load


def answered(culture: object) -> list[dict[str, Any]]:
    """Retention at the top, culture as given."""
    answers = {
        "retention.loyalty-and-value.scheme": 5,
        "retention.loyalty-and-value.effort": 1,
        "retention.churn-insight.known": True,
        "retention.churn-insight.ways": ["calls", "letters"],
        "retention.churn-insight.share": 90,
    }
    return [{"id": "r01", "answers": {"culture.meaning.same": culture, **answers}}]


def test_without_the_plugin_nothing_limits_the_whole(
    workspace: Callable[..., Path], assessed: Callable[..., Any], without: Callable[[str], None]
) -> None:
    folder = workspace(answered("never"))
    data, _, _ = assessed(folder)
    # culture 1.0, retention 5.0: together 3.0, level 3 (from 2.6); culture level 1 lets it stand at 2
    overall = data["overall"]
    assert (overall["score"], overall["uncapped_level"], overall["level"]) == (3.0, 3, 2)
    (cap,) = overall["caps"]
    assert (cap["source"], cap["limit"]) == ("culture", 2)
    assert "at most one level above culture" in cap["reason"]
    assert "culture" in {entry.plugin for entry in load(folder).catalogue}

    without("culture")
    data, code, _ = assessed(folder)
    overall = data["overall"]
    assert code == 0
    assert (overall["score"], overall["level"], overall["caps"]) == (3.0, 3, [])
    assert data["dimensions"][0]["plugin"] is None
    assert data["dimensions"][0]["score"] == 1.0
    assert "culture" not in {entry.plugin for entry in load(folder).catalogue}


@pytest.mark.parametrize(
    ("culture", "uncapped", "level"),
    [
        ("never", 3, 2),  # (1 + 5) ÷ 2 = 3.0, culture level 1
        ("rarely", 4, 3),  # (2 + 5) ÷ 2 = 3.5, culture level 2
        ("sometimes", 4, 4),  # (3 + 5) ÷ 2 = 4.0, culture level 3: the cap does not bite
        ("always", 5, 5),
    ],
)
def test_the_whole_stands_at_most_one_level_above_culture(
    culture: str, uncapped: int, level: int, workspace: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    data, _, _ = assessed(workspace(answered(culture)))
    assert (data["overall"]["uncapped_level"], data["overall"]["level"]) == (uncapped, level)
    assert len(data["overall"]["caps"]) == (uncapped != level)


@pytest.mark.parametrize("culture", [None, "n/a", "dont-know"])
def test_culture_that_is_not_scored_caps_nothing(
    culture: object, workspace: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    data, code, _ = assessed(workspace(answered(culture)))
    assert code == 0
    assert (data["overall"]["level"], data["overall"]["caps"]) == (5, [])
    assert data["dimensions"][0]["score"] is None
