"""What is said of flagged answers: names where people are known, at most a number where they are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from cxmaturity import assess, load
from cxmaturity.flagging import as_flags
from cxmaturity.plugins import Selection
from cxmaturity.responses.flags import FoundFlag
from cxmaturity.responses.model import Responses
from cxmaturity.result import Flag

STEPS = (1, 2, 3, 4, 6, 7, 8, 9, 11, 12)


def people(number: int) -> Responses:
    return Responses([f"r{each}" for each in range(number)], {}, {})


def found(*rows: int) -> list[FoundFlag]:
    return [FoundFlag("speed", np.array(rows, dtype=np.intp))]


def test_named_people_are_named() -> None:
    flags = as_flags(found(0, 2), people(4), confidential=False, minimum=5)
    assert flags == (Flag(kind="speed", count=2, respondents=("r0", "r2")),)


def test_an_id_that_comes_twice_is_named_once_and_counted_twice() -> None:
    responses = Responses(["a", "b", "a"], {}, {})
    (flag,) = as_flags(found(0, 2), responses, confidential=False, minimum=5)
    assert (flag.count, flag.respondents) == (2, ("a",))


@pytest.mark.parametrize(
    ("flagged", "count"), [(1, None), (4, None), (5, 5), (15, 15), (16, None), (20, None)]
)
def test_unnamed_people_are_counted_if_enough_are_flagged_and_enough_are_not(
    flagged: int, count: int | None
) -> None:
    # of 20 people at least 5 have to be on either side
    flags = as_flags(found(*range(flagged)), people(20), confidential=True, minimum=5)
    assert [flag.count for flag in flags if flag.kind == "speed"] == [count]


def test_unnamed_people_are_not_given_away_by_a_kind_that_is_listed() -> None:
    none, some = (as_flags(each, people(20), confidential=True, minimum=5) for each in ((), found(1, 2)))
    assert none == some
    assert [flag.kind for flag in none] == ["straight-lining", "speed", "same-id", "same-answers"]


def test_the_result_says_whose_answers_are_alike_to_the_last_one(workspace: Callable[..., Path]) -> None:
    # 17 people, ten questions: each answer is given by about 1 in 5, 16 × √(0.2 ^ 10) ≈ 0.005
    text = (workspace() / "questionnaire.yaml").read_text(encoding="utf-8")
    old = text[text.index("          - {id: same,") : text.index("          - {id: said,")]
    new = "".join(old.replace("id: same", f"id: same{number}") for number in range(10))
    rows = [[(a * step + b * step * step) % 5 + 1 for step in STEPS] for a in range(4) for b in range(1, 5)]
    people = [
        {"id": f"r{n}", "answers": {f"culture.meaning.same{q}": each for q, each in enumerate(row)}}
        for n, row in enumerate([*rows, rows[3]])
    ]
    settings = {"confidential": False}
    folder = workspace(people, settings, {"questionnaire.yaml": text.replace(old, new)})
    flags = assess(load(folder, selection=Selection(third_party=False))).quality.flags
    assert flags == (Flag(kind="same-answers", count=2, respondents=("r3", "r16")),)
