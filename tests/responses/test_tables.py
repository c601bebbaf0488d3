"""Tables of answers in wide and long form: what is read, what is left out, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxmaturity.api import State
from cxmaturity.errors import UserError
from cxmaturity.plugins import Selection, load_plugins
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.responses.cells import value_of
from cxmaturity.responses.model import Responses
from cxmaturity.responses.reading import read_responses

OURS = load_plugins(Selection(third_party=False))

SAME, SAID = "culture.meaning.same", "culture.meaning.said"
SCHEME, EFFORT = "retention.loyalty-and-value.scheme", "retention.loyalty-and-value.effort"
KNOWN, WAYS, SHARE = (f"retention.churn-insight.{name}" for name in ("known", "ways", "share"))

Read = Callable[..., Responses]


@pytest.fixture
def read(small: Questionnaire, tmp_path: Path) -> Read:
    """``read("a,b", "t.csv")`` writes a file and reads it against the small questionnaire."""

    def call(text: str, name: str = "t.csv") -> Responses:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_responses([path], small, OURS, names={path: name})

    return call


@pytest.fixture
def wrong(read: Read) -> Callable[..., list[str]]:
    """What is wrong with a file as a whole."""

    def problems(text: str, name: str = "t.csv") -> list[str]:
        with pytest.raises(UserError) as caught:
            read(text, name)
        return [str(problem) for problem in caught.value.problems]

    return problems


def left_out(responses: Responses) -> list[str]:
    return [str(problem) for problem in responses.left_out]


# --------------------------------------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (None, None),
        ("3", 3),
        ("3.0", 3),
        ("2.5", 2.5),
        ("2,5", "2,5"),
        ("true", True),
        ("no", "no"),
        ("012", "012"),
        ("n/a", "n/a"),
        ("9" * 50, "9" * 50),
    ],
)
def test_a_cell_says_what_it_would_say_in_yaml(text: str | None, value: object) -> None:
    read = value_of(text)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(("text", "value"), [("2,5", 2.5), ("-1,0", -1), ("1,2,3", "1,2,3"), ("2.5", 2.5)])
def test_where_commas_separate_nothing_they_are_decimal(text: str, value: object) -> None:
    assert value_of(text, decimal_comma=True) == value


# ----------------------------------------------------------------------------------------------- wide


WIDE = f"""\
Respondent,role,wave,seconds,{SAME},{SAID},{EFFORT},{KNOWN},{WAYS},{SHARE},note:{SAME}
r1,leadership,1,61.5,often,Nothing.,2,yes,calls;letters;,25.5,New here.
r2,frontline,,,2,,n/a,false,1|2,,
r3,frontline,2,30,,dont-know,5,,none,80,
"""


def test_wide_form(read: Read) -> None:
    responses = read(WIDE)
    assert responses.respondents == ("r1", "r2", "r3")
    assert responses.attributes["role"].values() == ("leadership", "frontline", "frontline")
    assert responses.attributes["wave"].values() == ("1", None, "2")
    # often: 3 of 4 steps; position 2: 1 of 4; effort 2 and 5, reversed: 3 and 0 of 4;
    # yes 1, no 0; both ways all of 4, none of them 0; a share of 25.5 is in the band from 20, 80 in the last
    assert np.array_equal(
        responses.fractions([SAME, EFFORT, KNOWN, WAYS, SHARE]),
        np.array([[0.75, 0.75, 1, 1, 0.5], [0.25, np.nan, 0, 1, np.nan], [np.nan, 0, np.nan, 0, 1]], "f"),
        equal_nan=True,
    )
    assert responses.states([EFFORT])[1] == [State.NOT_APPLICABLE]
    assert responses.texts == {(0, SAID): "Nothing."}
    assert responses.notes == {(0, SAME): "New here."}
    assert responses.seconds is not None
    assert np.array_equal(responses.seconds, np.array([61.5, np.nan, 30], "f"), equal_nan=True)
    assert (responses.survey, responses.left_out) == (True, ())


def test_without_ids_rows_are_called_by_file_and_row(read: Read) -> None:
    assert read(f"{SAME}\n1\n\n2\n", "shop.csv").respondents == ("shop-2", "shop-4")


def test_rows_that_cannot_be_used_are_left_out_each_with_its_reason(read: Read) -> None:
    responses = read(
        f"respondent,seconds,{SAME},{WAYS}\nr1,5,1,calls\n,5,1,\nr3,-1,1,\nr4,x,1,\nr5,,9,\nr6,1,1\nr7,,,calls;no\n"
    )
    assert responses.respondents == ("r1",)
    assert [(file.rows, file.left_out) for file in responses.files] == [(7, 6)]
    assert sorted((each.line, each.column) for each in responses.left_out) == [
        (3, 1),
        (4, 2),
        (5, 2),
        (6, 3),
        (7, 4),
        (8, 4),
    ]


def test_a_text_that_is_no_answer_is_named_at_its_cell(read: Read) -> None:
    responses = read(f"respondent;{SAME}\nr1;sometime\n")
    assert left_out(responses) == [
        # without what it says: nobody who answered a survey is to be quoted
        f"t.csv:2:2: {SAME}: this is no answer to it; correct the cell, or leave it empty"
    ]


def test_headings_that_are_wrong_are_all_named(wrong: Callable[..., list[str]]) -> None:
    assert wrong(f"respondent,{SAME},,{SAME},role,Role\nr1,1,x,1,,\n") == [
        "t.csv:1:3: the column has no heading; give it one",
        f"t.csv:1:4: two columns are called '{SAME}'; remove one of them",
        "t.csv:1:6: two columns are called 'role'; remove one of them",
    ]


def test_a_heading_that_is_no_question_is_named_once(wrong: Callable[..., list[str]]) -> None:
    assert wrong(f"respondent,{SAME},culture.meaning.sam\nr1,1,1\nr2,1,1\n") == [
        f"t.csv:1:3: there is no question 'culture.meaning.sam'; did you mean '{SAME}'?"
    ]


def test_a_column_without_heading_and_cells_is_passed_over(read: Read) -> None:
    assert read(f"respondent,{SAME},\nr1,1,\n").respondents == ("r1",)


def test_headings_of_others_need_a_mapping(wrong: Callable[..., list[str]]) -> None:
    (problem,) = wrong("ID,Start time,How is it?\n1,2026-01-01,good\n")
    fix = "run `cxmaturity responses map t.csv`, which proposes how to read it"
    assert problem == f"t.csv:1:1: no column is called as a question; {fix}"


# ----------------------------------------------------------------------------------------------- long


LONG = f"""\
respondent,role,question,answer,note,seconds,topic,text,options
r1,leadership,{SAME},often,New here.,61,Same meaning,Do they?,never | rarely
r2,,{SAME},2,,,,,
r1,,{WAYS},calls | letters,,,,,
r2,frontline,{SAID},Nothing.,,7,,,
r3,,{SAME},,,,,,
"""


def test_long_form(read: Read) -> None:
    responses = read(LONG)
    assert responses.respondents == ("r1", "r2", "r3")
    assert responses.attributes["role"].values() == ("leadership", "frontline", None)
    assert np.array_equal(
        responses.fractions([SAME, WAYS]),
        np.array([[0.75, 1], [0.25, np.nan], [np.nan, np.nan]], "f"),
        equal_nan=True,
    )
    assert responses.notes == {(0, SAME): "New here."}
    assert responses.texts == {(1, SAID): "Nothing."}
    assert responses.seconds is not None
    assert np.array_equal(responses.seconds, np.array([61, 7, np.nan], "f"), equal_nan=True)
    assert responses.left_out == ()


def test_long_rows_that_cannot_be_used_are_left_out(read: Read) -> None:
    responses = read(
        f"respondent,question,answer,role\nr1,{SAME},1,sales\n,{SAME},2,\nr1,,2,\nr1,{SAME},2,\nr1,{EFFORT},3,shop\n"
    )
    assert left_out(responses) == [
        "t.csv:3:1: 'respondent' is empty; fill it in, or remove the row",
        "t.csv:4:2: 'question' is empty; fill it in, or remove the row",
        "t.csv:5:2: row 2 has the same respondent and question; remove one of the two",
        "t.csv:6:4: 'role' is not what row 2 says of the same respondent; give each respondent one",
    ]
    assert responses.fractions([SAME]).tolist() == [[0.0]]


def test_a_long_table_that_names_nobody_is_of_one_person_called_as_the_file(read: Read) -> None:
    responses = read(f"respondent,role,question,answer\n,,{SAME},2\n,frontline,{EFFORT},3\n", "maria.csv")
    assert responses.respondents == ("maria",)
    assert responses.attributes["role"].values() == ("frontline",)
    assert responses.fractions([SAME, EFFORT]).tolist() == [[0.25, 0.5]]
    assert responses.left_out == ()
    assert read("respondent,question,answer\n").respondents == ()


def test_long_places(read: Read, wrong: Callable[..., list[str]]) -> None:
    responses = read(f"question,respondent,answer\n{SAME},r1,2\n{SAME},r2,x\n")
    assert [(each.line, each.column) for each in responses.left_out] == [(3, 3)]
    assert wrong("question,respondent,answer\nculture.x.y,r1,2\n")[0].startswith(
        "t.csv:2:1: there is no question 'culture.x.y'"
    )


def test_long_headings(wrong: Callable[..., list[str]]) -> None:
    problems = wrong(f"respondent,question,answer,answer,when\nr1,{SAME},1,1,x\n")
    ours = "respondent, question, answer, note, role, department, country, tenure, wave, seconds"
    assert problems == [
        "t.csv:1:4: two columns are called 'answer'; remove one of them",
        f"t.csv:1:5: a table with a row for each answer has no column 'when'; use only {ours}",
    ]


OPTIONS = st.sampled_from(["", "never", "rarely", "3", "4", "always", "n/a", "dont-know", "not-shown"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # nothing changes the questionnaire
@given(
    answers=st.lists(st.fixed_dictionaries({SAME: OPTIONS, SCHEME: OPTIONS}), min_size=1, max_size=6),
    data=st.data(),
)
def test_long_and_wide_form_of_the_same_answers_are_read_alike(
    answers: list[dict[str, str]],
    data: st.DataObject,
    tmp_path_factory: pytest.TempPathFactory,
    small: Questionnaire,
) -> None:
    folder = tmp_path_factory.mktemp("forms")
    wide = [f"r{number},{row[SAME]},{row[SCHEME]}" for number, row in enumerate(answers)]
    long = [
        f"r{number},{question},{answer}"
        for number, row in enumerate(answers)
        for question, answer in row.items()
    ]
    shuffled = data.draw(st.permutations(long))
    texts = {
        "wide.csv": [f"respondent,{SAME},{SCHEME}", *wide],
        "long.csv": ["respondent,question,answer", *shuffled],
    }
    seen = []
    for name, lines in texts.items():
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
        read = read_responses([folder / name], small, OURS)
        states = read.states([SAME, SCHEME]).tolist()
        fractions = read.fractions([SAME, SCHEME]).tolist()
        seen.append(
            {who: repr((s, f)) for who, s, f in zip(read.respondents, states, fractions, strict=True)}
        )
    assert seen[0] == seen[1]
