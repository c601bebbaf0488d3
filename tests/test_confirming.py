"""What a reviewer has seen proof of: beside the score, never in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SEEN = {"level": 2, "by": "R. Reviewer", "at": "2026-09-01", "what": "Minutes of the board, March 2026."}
PRACTICE = "retention.loyalty-and-value"


@pytest.fixture
def assess(workspace: Callable[..., Path], cli: Callable[..., Any]) -> Callable[..., Any]:
    def run(evidenced: dict[str, Any], *, answers: dict[str, Any] | None = None) -> Any:
        given = {f"{PRACTICE}.scheme": 5} if answers is None else answers
        folder = workspace([{"id": "r01", "answers": given}], {"evidenced": evidenced})
        return cli("assess", "--json", folder), folder

    return run


def practice_of(data: Any) -> Any:
    (dimension,) = [each for each in data["dimensions"] if each["id"] == "retention"]
    return dimension, next(each for each in dimension["practices"] if each["id"] == PRACTICE)


def test_it_stands_beside_the_score_with_who_when_and_what(assess: Callable[..., Any]) -> None:
    done, _ = assess({PRACTICE: SEEN})
    plain, _ = assess({})
    dimension, practice = practice_of(json.loads(done.out))
    _, without = practice_of(json.loads(plain.out))
    assert (practice["evidenced"], practice["confirmed"]) == (2.0, SEEN)
    assert dimension["evidenced"] == 2.0
    assert (practice["score"], practice["level"]) == (without["score"], without["level"])
    assert without["confirmed"] is None


def test_a_dimension_is_the_mean_of_what_was_confirmed_of_it(assess: Callable[..., Any]) -> None:
    done, _ = assess({PRACTICE: SEEN, "retention.churn-insight": {**SEEN, "level": 5}})
    assert practice_of(json.loads(done.out))[0]["evidenced"] == 3.5  # (2 + 5) ÷ 2


def test_a_practice_nobody_answered_still_has_it(assess: Callable[..., Any]) -> None:
    done, _ = assess({PRACTICE: SEEN}, answers={"culture.meaning.same": 4})
    dimension, practice = practice_of(json.loads(done.out))
    assert (dimension["score"], practice["score"]) == (None, None)
    assert (dimension["evidenced"], practice["evidenced"]) == (2.0, 2.0)


def test_a_practice_that_there_is_not_is_placed(assess: Callable[..., Any]) -> None:
    done, folder = assess({"retention.loyalty-and-values": SEEN})
    assert done.code == 2
    assert f"there is no practice 'retention.loyalty-and-values'; did you mean '{PRACTICE}'?" in done.err
    assert f"{folder}/assessment.yaml:" in done.err


@pytest.mark.parametrize(("key", "value"), [("level", 6), ("level", 0), ("at", "2026-02-30"), ("what", "")])
def test_a_record_that_is_not_whole_is_refused(key: str, value: object, assess: Callable[..., Any]) -> None:
    done, _ = assess({PRACTICE: {**SEEN, key: value}})
    assert done.code == 2
