"""What one answer as written means: a state, and what it is worth."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import State
from cxmaturity.questionnaire.building import build_dimension
from cxmaturity.questionnaire.model import Question, Questionnaire
from cxmaturity.questionnaire.schema import DimensionFile
from cxmaturity.questionnaire.texts import QuestionnaireTexts
from cxmaturity.responses.answers import Answer, AnswerError, read_answer

ALL = ["same", "said", "scheme", "effort", "known", "ways", "share"]
Read = Callable[[str, Any], Answer]


@pytest.fixture
def read(small: Questionnaire) -> Read:
    """``read("same", 3)`` is the answer 3 to the question of that name."""

    def answer(name: str, value: object) -> Answer:
        question = next(each for each in small.questions() if each.id.endswith(f".{name}"))
        return read_answer(question, value)

    return answer


# -------------------------------------------------------------------------------- the four not scored


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(
    ("value", "state"),
    [
        (None, State.UNANSWERED),
        ("", State.UNANSWERED),
        ("unanswered", State.UNANSWERED),
        ("dont-know", State.DONT_KNOW),
        ("n/a", State.NOT_APPLICABLE),
        ("N/A", State.NOT_APPLICABLE),
        (" n/a ", State.NOT_APPLICABLE),
        ("not-shown", State.NOT_SHOWN),
    ],
)
def test_what_is_not_scored_is_one_of_four_states_and_no_number(
    name: str, value: object, state: State, read: Read
) -> None:
    answer = read(name, value)
    assert answer.state == state
    assert isnan(answer.fraction)
    assert (answer.position, answer.ticked, answer.text) == (-1, frozenset(), "")


def test_a_state_cannot_be_ticked_beside_options(read: Read) -> None:
    with pytest.raises(AnswerError, match="'n/a' is not one of the options"):
        read("ways", ["calls", "n/a"])


# -------------------------------------------------------------------------------- choices and scales


@pytest.mark.parametrize(
    ("name", "value", "position", "fraction"),
    [
        ("same", "never", 0, 0.0),
        ("same", "often", 3, 0.75),  # 3 of 4 steps
        ("same", 1, 0, 0.0),  # positions count from 1
        ("same", 5, 4, 1.0),
        ("effort", 1, 0, 1.0),  # reversed: 1 is the good end
        ("effort", 4, 3, 0.25),
        ("effort", "4", 3, 0.25),
        ("known", True, 1, 1.0),
        ("known", False, 0, 0.0),
        ("known", "yes", 1, 1.0),
        ("known", "no", 0, 0.0),
    ],
)
def test_an_option_is_named_by_its_id_or_its_position(
    name: str, value: object, position: int, fraction: float, read: Read
) -> None:
    assert read(name, value) == Answer(State.ANSWERED, fraction, position)


@pytest.mark.parametrize(
    ("name", "value", "what", "fix"),
    [
        ("same", "oftn", "'oftn' is not one of the options", "did you mean 'often'?"),
        (
            "same",
            "¿?",
            "'¿?' is not one of the options",
            "use one of never, rarely, sometimes, often, always",
        ),
        ("same", 0, "there is no option 0", "use 1 to 5, or an option's id"),
        ("same", 6, "there is no option 6", "use 1 to 5, or an option's id"),
        ("same", -1, "there is no option -1", "use 1 to 5, or an option's id"),
        ("same", 2.5, "'2.5' is not one of the options", "use one of"),
        ("same", True, "'True' is not one of the options", "use one of"),
        ("same", ["often"], "is not one of the options", ""),
        ("effort", 0, "'0' is not one of the options", "use one of 1, 2, 3, 4, 5"),
        ("effort", 6, "'6' is not one of the options", "use one of 1, 2, 3, 4, 5"),
        ("effort", True, "'True' is not one of the options", "use one of 1, 2, 3, 4, 5"),
        ("known", "Yes", "'Yes' is not one of the options", "did you mean 'yes'?"),
        ("known", "perhaps", "'perhaps' is not one of the options", "use one of no, yes"),
    ],
)
def test_what_is_no_option_is_refused_with_those_there_are(
    name: str, value: object, what: str, fix: str, read: Read
) -> None:
    with pytest.raises(AnswerError) as caught:
        read(name, value)
    assert what in caught.value.what
    assert fix in caught.value.fix


def test_a_long_answer_is_quoted_in_part(read: Read) -> None:
    with pytest.raises(AnswerError) as caught:
        read("same", "x" * 10_000)
    assert caught.value.what == f"'{'x' * 60}…' is not one of the options"


def test_a_scale_counts_by_its_numbers_not_by_positions() -> None:
    question = asked({"type": "scale", "minimum": 0, "maximum": 10, "labels": {"low": "a", "high": "b"}})
    assert read_answer(question, 1).fraction == 0.1  # one of ten steps, not the first of eleven options
    assert read_answer(question, 0).fraction == 0.0


# ------------------------------------------------------------------------------------ multiple choice


@pytest.mark.parametrize(
    ("value", "ticked", "fraction"),
    [
        (["calls"], {0}, 0.75),  # 3 of 3 + 1
        (["letters"], {1}, 0.25),
        (["calls", "letters"], {0, 1}, 1.0),
        (["letters", 1], {0, 1}, 1.0),
        (["none"], {2}, 0.0),
        ("calls", {0}, 0.75),
        ("calls;letters", {0, 1}, 1.0),
        ("letters | 1", {0, 1}, 1.0),
        (" letters; ", {1}, 0.25),
        (3, {2}, 0.0),
    ],
)
def test_peers_defect_ticks_count_by_what_they_are_worth(
    value: object, ticked: set[int], fraction: float, read: Read
) -> None:
    assert read("ways", value) == Answer(State.ANSWERED, fraction, ticked=frozenset(ticked))


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (["calls", "calls"], "an option is ticked twice"),
        (["calls", 1], "an option is ticked twice"),
        ("calls;1", "an option is ticked twice"),
        ("calls;mails", "'mails' is not one of the options"),
        ("calls,letters", "'calls,letters' is not one of the options"),
        (";", "';' is not one of the options"),
        (["calls", "none"], "'none' rules out every other option"),
        (["none", "letters", "calls"], "'none' rules out every other option"),
        (["calls", "mails"], "'mails' is not one of the options"),
        ([["calls"]], "is not one of the options"),
        (["calls", None], "is not one of the options"),
        ({"calls": True}, "is not one of the options"),
        (4, "there is no option 4"),
    ],
)
def test_ticks_that_cannot_be_are_refused(value: object, what: str, read: Read) -> None:
    with pytest.raises(AnswerError, match=what):
        read("ways", value)


# ----------------------------------------------------------------------------------- numbers and words


@pytest.mark.parametrize(("value", "fraction"), [(0, 0.0), (19.5, 0.0), (20, 0.5), (79.9, 0.5), (100, 1.0)])
def test_peers_defect_a_number_between_two_bands_has_one(value: float, fraction: float, read: Read) -> None:
    assert read("share", value) == Answer(State.ANSWERED, fraction)


@pytest.mark.parametrize(
    ("value", "what", "fix"),
    [
        ("30", "'30' is not a number", "give a number of percent"),
        ("30%", "'30%' is not a number", "give a number of percent"),
        (True, "'True' is not a number", "give a number of percent"),
        ([30], "is not a number", "give a number of percent"),
        (float("nan"), "'nan' is not a number", "give a number of percent"),
        (float("inf"), "'inf' is not a number", "give a number of percent"),
        (-0.5, "-0.5 is too small", "the smallest possible value is 0"),
        (100.5, "100.5 is too large", "the largest possible value is 100"),
    ],
)
def test_what_is_no_possible_number_is_refused(value: object, what: str, fix: str, read: Read) -> None:
    with pytest.raises(AnswerError) as caught:
        read("share", value)
    assert (what in caught.value.what, caught.value.fix) == (True, fix)


def test_a_number_without_a_maximum_has_none() -> None:
    question = asked(
        {"type": "number", "unit": "days", "bands": [{"from": 1, "score": 1}, {"from": 3, "score": 0}]}
    )
    assert read_answer(question, 10**9).fraction == 0.0


def test_words_are_kept_and_never_scored(read: Read) -> None:
    answer = read("said", "Everyone says something else.")
    assert (answer.state, answer.text) == (State.ANSWERED, "Everyone says something else.")
    assert isnan(answer.fraction)
    assert read("said", 2026).text == "2026"


# ------------------------------------------------------------------------------------------ invariants


def asked(content: dict[str, Any]) -> Question:
    """A question built as from a file."""
    common = {"id": "q", "topic": "t", "text": "t", "roles": ["r"], "evidence": "e"}
    question = {**common, "source": {"ref": "S0", "idea": "i"}, **content}
    practice = {"id": "p", "title": "t", "description": "d", "questions": [question]}
    file = DimensionFile.model_validate(
        {"id": "d", "title": "t", "description": "d", "practices": [practice]}
    )
    return build_dimension(file, {}, QuestionnaireTexts("en")).practices[0].questions[0]


IDS = st.lists(st.from_regex(r"[a-z][a-z0-9]{0,4}", fullmatch=True), min_size=2, max_size=6, unique=True)
FRACTIONS = st.floats(0, 1)
WORTHS = st.floats(0, 1e6) | st.just(0.0)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Any question of any type that the file format allows."""
    kind = draw(st.sampled_from(["choice", "scale", "yes-no", "multiple", "number", "text"]))
    ids = draw(IDS)
    content: dict[str, Any] = {"type": kind}
    if kind == "choice":
        scored = draw(st.booleans())
        content["options"] = [
            {"id": each, "text": "t", **({"score": draw(FRACTIONS)} if scored else {})} for each in ids
        ]
    elif kind == "scale":
        low = draw(st.integers(-20, 20))
        content |= {
            "minimum": low,
            "maximum": low + draw(st.integers(1, 20)),
            "reversed": draw(st.booleans()),
        }
        content["labels"] = {"low": "l", "high": "h"}
    elif kind == "yes-no":
        content["reversed"] = draw(st.booleans())
    elif kind == "multiple":
        worths = draw(st.lists(WORTHS, min_size=len(ids), max_size=len(ids)).filter(any))
        content["options"] = [
            {"id": each, "text": "t", "worth": worth, "exclusive": draw(st.booleans())}
            for each, worth in zip(ids, worths, strict=True)
        ]
    elif kind == "number":
        starts = sorted(draw(st.lists(st.integers(-100, 100), min_size=2, max_size=5, unique=True)))
        content["unit"] = "u"
        content["bands"] = [{"from": start, "score": draw(FRACTIONS)} for start in starts]
        content["maximum"] = draw(st.none() | st.integers(100, 200))
    return asked(content)


SCALARS = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats() | st.text(max_size=8)


@st.composite
def answered(draw: st.DrawFn) -> tuple[Question, Any]:
    """A question, and a value that may or may not be an answer to it."""
    question = draw(questions())
    ids = [option.id for option in question.answers.options]
    near = SCALARS | st.integers(-2, 12) | st.sampled_from([*ids, "n/a", "dont-know", "not-shown"])
    return question, draw(
        near | st.lists(near, max_size=4) | st.dictionaries(st.text(max_size=3), near, max_size=2)
    )


@given(answered())
def test_a_scored_answer_lies_between_0_and_1_and_no_other_has_a_number(case: tuple[Question, Any]) -> None:
    question, value = case
    try:
        answer = read_answer(question, value)
    except AnswerError:
        return
    if answer.state == State.ANSWERED and question.answers.scored:
        assert 0 <= answer.fraction <= 1
    else:
        assert isnan(answer.fraction)


@given(questions())
def test_every_option_can_be_given_by_id_and_by_number_with_the_same_result(question: Question) -> None:
    for position, option in enumerate(question.answers.options):
        by_id = read_answer(question, option.id)
        number: int | bool = int(option.id) if question.answers.kind == "scale" else position + 1
        if question.answers.kind == "yes-no":
            number = option.id == "yes"  # a position would read as its opposite: 1 is not yes
        assert by_id == read_answer(question, number)
        assert by_id.state == State.ANSWERED
        assert by_id.fraction == pytest.approx(min(1.0, option.fraction))
