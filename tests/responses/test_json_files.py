"""Answers in JSON: as in YAML, as a list of rows, as lines."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cxmaturity.errors import UserError
from cxmaturity.plugins import Selection, load_plugins
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.responses.model import Responses
from cxmaturity.responses.reading import read_responses

OURS = load_plugins(Selection(third_party=False))
DEEP = "[" * 900 + "]" * 900  # Python reads it, but whatever looks into it would run out of stack
SAME, WAYS, SHARE = "culture.meaning.same", "retention.churn-insight.ways", "retention.churn-insight.share"


@pytest.fixture
def read(small: Questionnaire, tmp_path: Path) -> Callable[..., Responses]:
    """``read(data)`` or ``read(text, "t.jsonl")`` writes a file and reads it."""

    def call(data: Any, name: str = "t.json") -> Responses:
        path = tmp_path / name
        content = data if isinstance(data, str | bytes) else json.dumps(data)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_responses([path], small, OURS, names={path: name})

    return call


@pytest.fixture
def wrong(read: Callable[..., Responses]) -> Callable[..., str]:
    """What is wrong with a file."""

    def problems(data: Any, name: str = "t.json") -> str:
        with pytest.raises(UserError) as caught:
            read(data, name)
        return str(caught.value)

    return problems


def test_the_form_of_yaml(read: Callable[..., Responses]) -> None:
    responses = read(
        {
            "respondents": [
                {
                    "id": "r1",
                    "role": "sales",
                    "answers": {SAME: "often", WAYS: ["calls"]},
                    "notes": {SAME: "New."},
                },
                {"id": "r2", "answers": {SHARE: 90}},
            ]
        }
    )
    assert responses.respondents == ("r1", "r2")
    # often: 3 of 4 steps; calls: 3 of 4; 90: the last band
    assert np.array_equal(
        responses.fractions([SAME, WAYS, SHARE]),
        np.array([[0.75, 0.75, np.nan], [np.nan, np.nan, 1]], "f"),
        equal_nan=True,
    )
    assert responses.notes == {(0, SAME): "New."}
    assert responses.survey


ROWS = [
    {"respondent": "r1", "role": "sales", "seconds": 12, SAME: 4, WAYS: ["calls", 2], f"note:{SAME}": "New."},
    {SAME: None, SHARE: 30.5},
]


@pytest.mark.parametrize("name", ["t.json", "t.jsonl"])
def test_rows(name: str, read: Callable[..., Responses]) -> None:
    text = json.dumps(ROWS) if name == "t.json" else "\n".join(map(json.dumps, ROWS)) + "\n\n"
    responses = read(text, name)
    assert responses.respondents == ("r1", "t-2")
    assert np.array_equal(
        responses.fractions([SAME, WAYS, SHARE]),
        np.array([[0.75, 1, np.nan], [np.nan, np.nan, 0.5]], "f"),
        equal_nan=True,
    )
    assert responses.seconds is not None
    assert np.array_equal(responses.seconds, np.array([12, np.nan], "f"), equal_nan=True)
    assert responses.notes == {(0, SAME): "New."}
    assert responses.attributes["role"].values() == ("sales", None)


def test_rows_that_are_none_are_left_out(read: Callable[..., Responses]) -> None:
    lines = [
        json.dumps({"respondent": "r1", SAME: 1}),
        "[1]",
        "{",
        json.dumps({"respondent": " "}),
        json.dumps({"respondent": "r5", "role": 3}),
        json.dumps({"respondent": "r6", "seconds": True}),
        json.dumps({"respondent": "r7", SAME: "a\x07"}),
        '{"respondent": "r8", "respondent": "r9"}',
        f'{{"respondent": "r9", "{SAME}": {DEEP}}}',
        json.dumps({"respondent": "r10", SAME: 9}),
    ]
    responses = read("\n".join(lines), "t.jsonl")
    assert responses.respondents == ("r1",)
    assert [(each.line, each.what) for each in responses.left_out] == [
        (2, "the row is no object of questions and answers"),
        (3, "this is not valid JSON"),
        (4, "'respondent' is no id"),
        (5, "'role' is not a text"),
        (6, "'seconds' is not a number of 0 or more"),
        (7, "a text has the control character U+0007"),
        (8, "an object has the key 'respondent' twice"),
        (9, "lists or objects lie in each other too deeply"),
        (10, f"{SAME}: this is no answer to it"),
    ]
    assert "row 2: the row is no object" in str(read([ROWS[0], 3]).left_out[0])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "t.json: the file is empty"),
        ('{"respondents": [}', "t.json:1:18: this is not valid JSON"),
        ('{"respondents": [{"id": "a", "id": "b"}]}', "an object has the key 'id' twice"),
        ('{"respondents": [{"id": "a", "answers": {"a.b.c": NaN}}]}', "NaN is no value of JSON"),
        ('[{"a.b.c": 1e999}]', "a number is too large"),
        (f'[{{"a.b.c": {"9" * 5000}}}]', "a number is too large"),
        ("[" * 100_000, "lie in each other too deeply"),
        ('{"respondents": [{"id": "a", "answers": {"a.b.c": ' + DEEP + "}}]}", "in each other too deeply"),
        ('{"respondents": [{"id": "a\\u0000"}]}', "a text has the control character U+0000"),
        ('{"respondents": [{"id": "a", "rôle": "x"}]}', "unknown key"),
        ("3", "t.json: "),
        (b'["\xe9"]', "t.json:1:1: is not UTF-8 text (byte 2)"),
        ('["' + "x" * 16_000_000 + '"]', "is larger than 16,000,000 bytes"),
        ("[" + "[],[]," * 500_000 + "[]]", "has more than 1,000,000 values"),
    ],
    ids=[*"abcdefghijklmn"],
)
def test_what_is_no_file_of_answers(content: str | bytes, said: str, wrong: Callable[..., str]) -> None:
    assert said in wrong(content)
