"""What a typed line means: an answer as files write it, a way to go, or nothing, with the reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.interview.inputs import MAX_LENGTH, Back, Give, Input, Move, Refused, understand
from cxmaturity.questionnaire.model import Question, Questionnaire
from cxmaturity.responses.answers import read_answer

Asked = Callable[[str], Question]
ALL = ["same", "said", "scheme", "effort", "known", "ways", "share"]


@pytest.mark.parametrize(
    ("name", "line", "value"),
    [
        ("same", "3", "sometimes"),  # the third of five
        ("same", " 3 ", "sometimes"),
        ("same", "Always", "always"),
        ("effort", "4", 4),
        ("known", "1", "no"),
        ("known", "2", "yes"),
        ("known", "YES", "yes"),
        ("ways", "1", ["calls"]),
        ("ways", "2,1", ["calls", "letters"]),
        ("ways", "1, letters", ["calls", "letters"]),
        ("ways", "1 2", ["calls", "letters"]),
        ("ways", "3", ["none"]),
        ("share", "40", 40),
        ("share", "12.5", 12.5),
        ("said", "Three answers", "Three answers"),
        ("said", "true", "true"),
        ("said", "B12", "B12"),
        ("said", "N/A", "n/a"),
        ("ways", "dont-know", "dont-know"),
        ("share", "n/a", "n/a"),
    ],
)
def test_answers_become_what_a_response_file_would_say(
    name: str, line: str, value: object, asked: Asked
) -> None:
    assert understand(asked(name), line, 7) == Give(value)


@pytest.mark.parametrize("name", ALL)
def test_letters_mean_the_same_at_every_question(name: str, asked: Asked) -> None:
    meant: dict[str, Input] = {
        "": Move.KEEP,
        "s": Give("unanswered"),
        "D": Give("dont-know"),
        "t": Move.NOTE,
        "q": Move.QUIT,
        "?": Move.HELP,
        "b": Back(),
        "b 2": Back(1),
        "B  7": Back(6),
    }
    assert {line: understand(asked(name), line, 7) for line in meant} == meant


@pytest.mark.parametrize("name", ALL)
def test_n_is_not_applicable_but_where_it_could_be_no(name: str, asked: Asked) -> None:
    meant = understand(asked(name), "n", 7)
    if name == "known":
        assert meant == Refused("'n' could be No, or not applicable", "type no, or n/a")
    else:
        assert meant == Give("n/a")


@pytest.mark.parametrize(
    ("name", "line", "what"),
    [
        ("same", "6", "there is no option 6"),
        ("same", "0", "there is no option 0"),
        ("same", "oftn", "'oftn' is not one of the options"),
        ("effort", "6", "'6' is not one of the options"),
        ("known", "3", "'3' is not one of the options"),
        ("ways", "1,1", "an option is ticked twice"),
        ("ways", "1,3", "'none' rules out every other option"),
        ("ways", ",", "',' is not one of the options"),
        ("share", "12,5", "'12,5' is not a number"),
        ("share", "~", "'~' is not a number"),
        ("share", "true", "'True' is not a number"),
        ("share", "101", "101 is too large"),
        ("share", "-1", "-1 is too small"),
        ("share", "9" * 30, "this number is too large"),
        ("same", "b 8", "there is no question 8"),
        ("same", "b 0", "there is no question 0"),
        ("same", "not-shown", "'not-shown' is for what nobody asked"),
        ("said", "red \x1b[31m", "the character U+001B cannot be kept"),
        ("said", "\udce9t\udce9", "the character U+DCE9 cannot be kept"),
        ("said", "x" * (MAX_LENGTH + 1), "the text is longer than 10,000 characters"),
    ],
)
def test_what_is_no_answer_is_refused_with_the_reason(name: str, line: str, what: str, asked: Asked) -> None:
    meant = understand(asked(name), line, 7)
    assert isinstance(meant, Refused)
    assert meant.what == what
    assert meant.fix


@given(line=st.text() | st.from_regex(r"[0-9, sdnbtq?.-]{0,6}", fullmatch=True), data=st.data())
def test_every_line_means_something_and_every_answer_is_one(
    small: Questionnaire, line: str, data: st.DataObject
) -> None:
    question = data.draw(st.sampled_from(list(small.questions())))
    meant = understand(question, line, 7)
    if isinstance(meant, Give):
        read_answer(question, meant.value)  # raises for an answer that the question does not have
        assert meant.value not in (None, "", [])
