"""Which question comes next, whatever was said: no answer is lost, and one resumed is the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import State
from cxmaturity.interview.dialogue import Interview, annotate, back, begin, give, keep
from cxmaturity.interview.inputs import Back, Give, Move, understand
from cxmaturity.interview.record import Record, read_record, written
from cxmaturity.questionnaire.model import Question, Questionnaire

SAME, SAID = "culture.meaning.same", "culture.meaning.said"
LINES = st.lists(
    st.sampled_from(
        [
            "1",
            "2",
            "40",
            "1,2",
            "9",
            "words",
            "no",
            "s",
            "d",
            "n",
            "n/a",
            "",
            "b",
            "b 1",
            "b 5",
            "t",
            "?",
            "!",
        ]
    ),
    max_size=40,
)


def entered(interview: Interview, lines: Sequence[str]) -> Interview:
    """The interview after these lines, as the terminal has it; the note is always the same."""
    for line in lines:
        if interview.question is None:
            interview = back(interview) if line == "b" else interview
            continue
        match understand(interview.question, line, len(interview.questions)):
            case Give(value):
                interview = give(interview, value)
            case Back(to):
                interview = back(interview, to)
            case Move.KEEP:
                interview = keep(interview)
            case Move.NOTE:
                interview = annotate(interview, "Noted.")
            case _:
                pass
    return interview


def resumed(interview: Interview, small: Questionnaire, role: str | None = None) -> Interview:
    """The interview as it goes on after its process was killed: from its file."""
    content = written(interview.record)
    return begin(small, read_record(content, "r07.yaml", "r07", small), role=role)


@pytest.fixture
def fresh(small: Questionnaire) -> Interview:
    return begin(small, Record("r07"))


def names(interview: Interview) -> list[str]:
    """Which questions come, if each is left as it is or skipped, by name."""
    seen = []
    while interview.question is not None:
        seen.append(interview.question.id.rpartition(".")[2])
        interview = give(interview, "unanswered")
    return seen


def test_questions_come_in_their_order_and_those_skipped_once_more(fresh: Interview) -> None:
    order = ["same", "said", "scheme", "effort", "known", "ways", "share"]
    assert names(fresh) == order * 2


def test_after_going_back_it_goes_on_where_it_was(fresh: Interview) -> None:
    at_scheme = entered(fresh, ["3", "words"])
    changed = entered(at_scheme, ["b", "b", "4"])
    assert (changed.at, changed.record.answers) == (2, {SAME: "often", SAID: "words"})
    assert entered(at_scheme, ["b", ""]) == at_scheme


def test_back_stops_at_the_first_question_and_leads_back_from_the_end(fresh: Interview) -> None:
    assert back(fresh).at == 0
    done = entered(fresh, ["d"] * 4 + ["d", "d", "d"])
    assert (done.question, done.left) == (None, 0)
    assert back(done).at == 6
    assert back(done, 2).at == 2


def test_where_nothing_is_asked_there_is_no_way_back(small: Questionnaire) -> None:
    interview = begin(small, Record("r07"), role="nobody")
    assert (interview.questions, interview.question) == ((), None)
    assert back(interview) == interview


def test_nothing_entered_is_no_answer(fresh: Interview) -> None:
    assert keep(fresh) == fresh


def test_only_what_was_skipped_is_offered_again(fresh: Interview) -> None:
    once = entered(fresh, ["3", "s", "3", "s", "no", "d", "40"])
    assert once.again
    assert (once.left, names(once)) == (2, ["said", "effort"])
    answered = entered(once, ["At last.", "s"])
    assert answered.question is None
    assert answered.record.answers[SAID] == "At last."


def test_counts_say_what_became_of_the_questions(fresh: Interview) -> None:
    # one answered, one don't know, one not applicable, one skipped, three not dealt with
    assert entered(fresh, ["3", "d", "n", "s"]).counts() == {
        State.ANSWERED: 1,
        State.DONT_KNOW: 1,
        State.NOT_APPLICABLE: 1,
        State.UNANSWERED: 4,
    }


def test_a_role_is_asked_its_own_questions_and_the_rest_are_not_shown(small: Questionnaire) -> None:
    interview = begin(small, Record("r07"), role="frontline")
    assert [question.id.rpartition(".")[2] for question in interview.questions] == ["scheme", "effort"]
    assert interview.record.answers == {
        SAME: "not-shown",
        SAID: "not-shown",
        "retention.churn-insight.known": "not-shown",
        "retention.churn-insight.ways": "not-shown",
        "retention.churn-insight.share": "not-shown",
    }
    assert resumed(interview, small) == interview  # without naming the role again


def test_a_role_does_not_take_back_what_was_answered(small: Questionnaire) -> None:
    interview = begin(small, Record("r07", answers={SAME: "often"}), role="frontline")
    assert interview.record.answers[SAME] == "often"
    assert interview.questions[0].id == SAME


def test_answers_keep_the_order_of_the_questions_and_strangers_follow(small: Questionnaire) -> None:
    record = Record("r07", answers={"other.part.question": 3, SAID: "words"})
    interview = give(begin(small, record), "often")
    assert list(interview.record.answers.items()) == [
        (SAME, "often"),
        (SAID, "words"),
        ("other.part.question", 3),
    ]


def test_notes_are_changed_and_removed(fresh: Interview) -> None:
    noted = annotate(annotate(fresh, "First."), "Second.")
    assert (noted.record.notes, noted.at) == ({SAME: "Second."}, 0)
    assert annotate(noted, "").record.notes == {}


def test_at_the_end_there_is_nothing_to_answer(fresh: Interview) -> None:
    done = entered(fresh, ["d"] * 7)
    with pytest.raises(ValueError, match="every question has been dealt with"):
        give(done, 3)


@given(lines=LINES)
def test_no_sequence_of_inputs_loses_an_answer(lines: list[str], small: Questionnaire) -> None:
    interview = begin(small, Record("r07"))
    expected: dict[str, object] = {}
    for line in lines:
        question: Question | None = interview.question
        if question is not None:
            meant = understand(question, line, len(interview.questions))
            if isinstance(meant, Give):
                expected[question.id] = meant.value
        interview = entered(interview, [line])
        assert interview.record.answers == expected


@given(lines=LINES, role=st.sampled_from([None, "frontline"]))
def test_the_file_read_again_is_the_state(lines: list[str], role: str | None, small: Questionnaire) -> None:
    interview = entered(begin(small, Record("r07"), role=role), lines)
    again = resumed(interview, small, role)
    assert (again.record, again.questions, again.counts()) == (
        interview.record,
        interview.questions,
        interview.counts(),
    )


@given(lines=LINES, killed=st.integers(0, 40))
def test_resumed_after_any_prefix_is_as_if_uninterrupted(
    lines: list[str], killed: int, small: Questionnaire
) -> None:
    """Without steps back, which a new process does not know of, and until skipped ones come again."""
    lines = [line for line in lines if not line.startswith("b")]
    halfway = entered(begin(small, Record("r07")), lines[:killed])
    if halfway.again:
        return
    assert resumed(halfway, small) == halfway
    assert entered(resumed(halfway, small), lines[killed:]) == entered(halfway, lines[killed:])


@given(lines=LINES)
def test_whoever_gets_to_the_end_has_dealt_with_everything(lines: list[str], small: Questionnaire) -> None:
    interview = entered(begin(small, Record("r07")), lines)
    if interview.question is None:
        assert interview.again
    else:
        assert 0 <= interview.at < len(interview.questions)  # type: ignore[operator]


def test_going_back_undoes_nothing(fresh: Interview, asked: Callable[[str], Question]) -> None:
    interview = entered(fresh, ["3", "words", "b", "b"])
    assert interview.question == asked("same")
    assert interview.record.answers == {SAME: "sometimes", SAID: "words"}
