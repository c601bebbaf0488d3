"""Which questions a role is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cxmaturity.errors import UserError
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.sheets.asked import asked_of


def test_everybody_is_asked_everything(small: Questionnaire) -> None:
    asked = asked_of(small)
    assert list(asked.questions()) == list(small.questions())
    assert (asked.not_asked, asked.minutes) == ((), 3)


def test_a_role_is_asked_what_it_can_answer(small: Questionnaire) -> None:
    asked = asked_of(small, "frontline")
    assert [each.id for each in asked.questions()] == [
        "retention.loyalty-and-value.scheme",
        "retention.loyalty-and-value.effort",
    ]
    assert [each.id for each in asked.dimensions] == ["retention"]
    assert len(asked.not_asked) == 5
    assert asked.minutes == 1  # of 3 minutes for 7 questions, 2 ÷ 7


def test_a_role_that_does_not_exist_is_named_with_those_that_do(small: Questionnaire) -> None:
    with pytest.raises(UserError, match="no role 'boss'; use one of leadership, frontline"):
        asked_of(small, "boss")


def test_a_role_without_questions_is_refused(small: Questionnaire) -> None:
    with pytest.raises(UserError, match="no question for the role 'guest'"):
        asked_of(replace(small, roles={**small.roles, "guest": "Guest"}), "guest")
