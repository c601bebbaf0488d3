"""An answer sheet as CSV: one row per question, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from cxmaturity.questionnaire.model import Dimension, Practice, Questionnaire
from cxmaturity.sheets.asked import Asked, asked_of
from cxmaturity.sheets.long_csv import csv_sheet


def rows(asked: Asked) -> list[dict[str, str]]:
    """The rows by heading."""
    return list(csv.DictReader(io.StringIO(csv_sheet(asked).decode("utf-8-sig"), newline="")))


def test_every_question_has_a_row_with_its_answers(small: Questionnaire) -> None:
    found = {row["question"]: row for row in rows(asked_of(small))}
    assert list(found) == [question.id for question in small.questions()]
    ways = found["retention.churn-insight.ways"]
    assert ways["options"] == "1 calls: By calls. | 2 letters: By letters. | 3 none: None of these."
    assert (ways["respondent"], ways["role"], ways["answer"], ways["note"]) == ("", "", "", "")
    assert found["culture.meaning.said"]["options"] == ""


def test_what_a_role_is_not_asked_stands_last_as_not_shown(small: Questionnaire) -> None:
    found = rows(asked_of(small, "frontline"))
    assert [row["answer"] for row in found] == ["", "", *["not-shown"] * 5]
    assert {row["role"] for row in found} == {"frontline"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+a", "'+a"),
        ("-a", "'-a"),
        ("@a", "'@a"),
        ("\ta", "'\ta"),
        ("\ra", "'\ra"),
        ("-1.5", "-1.5"),
        ("a=1", "a=1"),
    ],
)
def test_no_text_becomes_a_formula(small: Questionnaire, text: str, written: str) -> None:
    question = replace(next(small.questions()), text=text)
    practice = Practice("d.p", "", "", 1.0, (question,))
    asked = Asked(small, None, (Dimension("d", "", "", 1.0, (practice,)),))
    assert rows(asked)[0]["text"] == written
