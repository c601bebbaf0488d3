"""Rows of a survey that cannot be used: counted, named, and refused where a user wants that."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SAME = "culture.meaning.same"
TABLE = f"respondent,{SAME}\nr1,4\nr2,9\n,1\nr4,1,1\n" + "".join(f"s{number},2\n" for number in range(5))
FILE = "responses/survey.csv"


@pytest.fixture
def folder(workspace: Callable[..., Path]) -> Path:
    """A workspace with a survey three rows of which cannot be used."""
    settings = {"responses": [FILE], "confidential": False}
    return workspace(settings=settings, files={FILE: TABLE})


def named(place: str | Path) -> list[str]:
    long = "the row has too many cells: 3, and there are 2 headings"
    return [
        f"{place}:3:2: {SAME}: this is no answer to it; correct the cell, or leave it empty",
        f"{place}:4:1: 'respondent' is empty; give each respondent an id",
        f"{place}:5:3: {long}; give it a cell for each heading, or export the file again",
    ]


def test_an_assessment_leaves_them_out_and_says_so(folder: Path, cli: Callable[..., Any]) -> None:
    done = cli("assess", folder, "--json")
    assert done.code == 1
    result = json.loads(done.out)
    assert result["overall"]["n"] == 6
    assert sorted(result["warnings"]) == [f"row left out: {problem}" for problem in named(FILE)]
    assert (folder / FILE).read_text(encoding="utf-8") == TABLE


def test_a_row_with_several_mistakes_is_named_once(folder: Path, cli: Callable[..., Any]) -> None:
    scheme = "retention.loyalty-and-value.scheme"
    table = f"respondent,{SAME},{scheme}\nr1,4,4\nr2,9,9\n" + "".join(f"s{n},2,2\n" for n in range(5))
    (folder / FILE).write_text(table, encoding="utf-8")
    said = "this is no answer to it"
    first = f"{FILE}:3:2: {SAME}: {said}, and 1 more in this row; correct the cell, or leave it empty"
    result = json.loads(cli("assess", folder, "--json").out)
    assert result["warnings"] == [f"row left out: {first}"]
    assert result["quality"]["left_out"] == [first]
    assert result["quality"]["files"][-1]["left_out"] == 1
    checked = cli("check", folder).err.splitlines()
    assert [line.split(said)[0] for line in checked] == [
        f"{folder / FILE}:3:2: {SAME}: ",
        f"{folder / FILE}:3:3: {scheme}: ",
    ]


def test_strict_refuses_them(folder: Path, cli: Callable[..., Any]) -> None:
    done = cli("assess", folder, "--strict")
    assert (done.code, done.out) == (2, "")
    assert all(problem in done.err for problem in named(FILE))


def test_check_lists_them(folder: Path, cli: Callable[..., Any]) -> None:
    done = cli("check", folder)
    assert done.code == 2
    assert sorted(done.err.splitlines()) == named(folder / FILE)


def test_in_a_confidential_assessment_they_are_only_counted(folder: Path, cli: Callable[..., Any]) -> None:
    path = folder / "assessment.yaml"
    path.write_text(path.read_text("utf-8").replace("confidential: false", "confidential: true"), "utf-8")
    done = cli("assess", "--json", folder)
    result = json.loads(done.out)
    said = "3 rows of the response files were left out; `cxmaturity check` says which, and why."
    assert (done.code, result["warnings"]) == (1, [said])
    assert result["quality"]["files"] == [{"name": "", "rows": 9, "left_out": 3}]
    assert result["quality"]["left_out"] == []
    assert "survey" not in done.out
