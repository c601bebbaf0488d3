"""Response files: many respondents, many files, and every mistake in them at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from cxmaturity.api import State
from cxmaturity.errors import UserError
from cxmaturity.plugins import Selection, load_plugins
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.responses.model import Responses, code_type
from cxmaturity.responses.reading import read_responses

OURS = load_plugins(Selection(third_party=False))
Files = Callable[..., list[Path]]

SAME, SAID = "culture.meaning.same", "culture.meaning.said"
SCHEME, EFFORT = "retention.loyalty-and-value.scheme", "retention.loyalty-and-value.effort"
WAYS, SHARE = "retention.churn-insight.ways", "retention.churn-insight.share"


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """``files(a="…", b=[respondents])`` writes ``a.yaml``, ``b.yaml`` and gives their paths."""

    def write(**contents: str | list[dict[str, Any]]) -> list[Path]:
        paths = []
        for name, content in contents.items():
            path = tmp_path / f"{name}.yaml"
            text = content if isinstance(content, str) else yaml.safe_dump({"respondents": content})
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        return paths

    return write


@pytest.fixture
def read(small: Questionnaire, files: Files) -> Callable[..., Responses]:
    """``read(a=[respondents])`` writes response files and reads them."""
    return lambda **contents: read_responses(files(**contents), small, OURS)


@pytest.fixture
def wrong(small: Questionnaire, files: Files) -> Callable[..., list[str]]:
    """``wrong(a="…")`` is what is wrong with response files, without the folder's name."""

    def problems(**contents: str | list[dict[str, Any]]) -> list[str]:
        paths = files(**contents)
        with pytest.raises(UserError) as caught:
            read_responses(paths, small, OURS, names={path: path.name for path in paths})
        return [str(problem) for problem in caught.value.problems]

    return problems


def groups_of(responses: Responses) -> dict[str, tuple[str | None, ...]]:
    return {name: grouping.values() for name, grouping in responses.attributes.items()}


# ------------------------------------------------------------------------------------------ what is read


def test_answers_become_columns(read: Callable[..., Responses]) -> None:
    responses = read(
        a=[
            {"id": "r1", "role": "leadership", "answers": {SAME: "often", SHARE: 30, WAYS: ["letters"]}},
            {"id": "r2", "answers": {SAME: "n/a", EFFORT: 2, SAID: "Nothing."}, "notes": {SAME: "New here."}},
        ]
    )
    assert responses.respondents == ("r1", "r2")
    assert len(responses.questions) == 7
    # often: 3 of 4 steps; effort 2, reversed: 3 of 4; 30 percent: band from 20; letters: 1 of 4
    assert responses.fractions([SAME, SHARE, WAYS])[0].tolist() == [0.75, 0.5, 0.25]
    assert responses.fractions([EFFORT])[1] == 0.75
    assert np.isnan(responses.fractions([SAME, SAID, WAYS, SHARE])[1]).all()
    assert responses.states([SAME, SAID, EFFORT, SHARE])[1].tolist() == [
        State.NOT_APPLICABLE,
        State.ANSWERED,
        State.ANSWERED,
        State.UNANSWERED,
    ]
    said = {name: column.meanings[column.codes[0]] for name, column in responses.columns.items()}
    assert [said[name].position for name in (SAME, WAYS, SHARE)] == [3, -1, -1]
    assert said[WAYS].ticked == {1}
    assert responses.texts == {(1, SAID): "Nothing."}
    assert responses.notes == {(1, SAME): "New here."}
    assert groups_of(responses) == {"role": ("leadership", None)}
    assert responses.hidden == frozenset()


def test_the_four_states_that_are_not_scored_stay_apart(read: Callable[..., Responses]) -> None:
    answers = {SAME: "n/a", SCHEME: "dont-know", EFFORT: "not-shown", SHARE: None}
    responses = read(a=[{"id": "r1", "answers": answers}])
    assert responses.states([SAME, SCHEME, EFFORT, SHARE, WAYS])[0].tolist() == [
        State.NOT_APPLICABLE,
        State.DONT_KNOW,
        State.NOT_SHOWN,
        State.UNANSWERED,
        State.UNANSWERED,  # left out
    ]
    assert np.isnan(responses.fractions(responses.questions)).all()


def test_files_are_joined_in_their_order(read: Callable[..., Responses]) -> None:
    responses = read(b=[{"id": "r9"}, {"id": "r1"}], a=[{"id": "r5", "role": "leadership"}])
    assert responses.respondents == ("r9", "r1", "r5")
    assert groups_of(responses) == {"role": (None, None, "leadership")}


def test_groups_are_numbered_by_name_and_the_unknown_is_minus_1(read: Callable[..., Responses]) -> None:
    responses = read(
        a=[{"id": "1", "department": "sales"}, {"id": "2"}, {"id": "3", "department": "it", "tenure": "2"}]
    )
    assert {name: list(numbers) for name, numbers in responses.groups().items()} == {
        "department": [1, -1, 0],
        "tenure": [-1, -1, 0],
    }


def test_nobody_at_all_is_no_rows_but_all_columns(
    read: Callable[..., Responses], small: Questionnaire
) -> None:
    for nobody in (read(a=[]), read_responses([], small, OURS)):
        assert nobody.fractions(nobody.questions).shape == (0, 7)
        assert nobody.states(nobody.questions).shape == (0, 7)


@pytest.mark.parametrize(
    ("meanings", "type_"),
    [(1, np.uint8), (256, np.uint8), (257, np.uint16), (65_536, np.uint16), (65_537, np.uint32)],
)
def test_codes_take_no_more_bytes_than_tell_their_meanings_apart(meanings: int, type_: type) -> None:
    assert code_type(meanings) == type_


def test_what_was_read_cannot_be_changed(read: Callable[..., Responses]) -> None:
    responses = read(a=[{"id": "r1", "role": "leadership", "answers": {SAME: 3, WAYS: ["calls"]}}])
    for array in (*(column.codes for column in responses.columns.values()), *responses.groups().values()):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
        with pytest.raises(ValueError, match="cannot set WRITEABLE"):
            array.flags.writeable = True


# ------------------------------------------------------------------------------------------ what is wrong


def test_an_unknown_question_is_placed_at_its_id_with_a_suggestion(wrong: Callable[..., list[str]]) -> None:
    text = """\
respondents:
  - id: r1
    answers:
      culture.meaning.smae: 3
      weather: 1
    notes: {culture.meaning.sam: Why?}
"""
    assert wrong(a=text) == [
        "a.yaml:4:7: there is no question 'culture.meaning.smae'; did you mean 'culture.meaning.same'?",
        "a.yaml:5:7: there is no question 'weather'; see the ids with `cxmaturity questionnaires show ID`",
        "a.yaml:6:13: there is no question 'culture.meaning.sam'; did you mean 'culture.meaning.same'?",
    ]


def test_an_answer_that_cannot_be_is_placed_at_its_value(wrong: Callable[..., list[str]]) -> None:
    text = f"""\
respondents:
  - id: r1
    answers:
      {SAME}: 7
      {WAYS}: [calls, none]
      {SHARE}: lots
"""
    assert wrong(a=text) == [
        f"a.yaml:4:29: {SAME}: there is no option 7; use 1 to 5, or an option's id",
        f"a.yaml:5:37: {WAYS}: 'none' rules out every other option; tick it alone, or leave it out",
        f"a.yaml:6:38: {SHARE}: 'lots' is not a number; give a number of percent",
    ]


def test_a_respondent_listed_twice_names_both_places(wrong: Callable[..., list[str]]) -> None:
    text = "respondents:\n  - id: r1\n  - id: r2\n  - id: r1\n"
    fix = "give each respondent one entry and one id"
    assert wrong(a=text, b="respondents: [{id: r2}]\n") == [
        f"a.yaml:4:9: respondent 'r1' is listed twice, first at a.yaml:2:9; {fix}",
        f"b.yaml:1:20: respondent 'r2' is listed twice, first at a.yaml:3:9; {fix}",
    ]


def test_every_file_is_read_before_anything_is_reported(wrong: Callable[..., list[str]]) -> None:
    found = wrong(
        broken="respondents: [\n",
        form="respondents:\n  - {id: 7}\n  - {name: r2}\n",
        empty="",
        answers=f"respondents: [{{id: r1, answers: {{{SAME}: 9}}}}]\n",
    )
    assert {line.split(":")[0] for line in found} == {
        "broken.yaml",
        "form.yaml",
        "empty.yaml",
        "answers.yaml",
    }
    assert len(found) == 6  # in form.yaml: a number as id, an unknown key, a missing id


def test_a_file_that_is_gone_is_named(small: Questionnaire, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"gone\.yaml: there is no such file"):
        read_responses([tmp_path / "gone.yaml"], small, OURS)


def test_a_question_answered_twice_by_one_person_is_refused(wrong: Callable[..., list[str]]) -> None:
    text = f"respondents:\n  - id: r1\n    answers:\n      {SAME}: 1\n      {SAME}: 5\n"
    (line,) = wrong(a=text)
    assert line.startswith("a.yaml:5:7: ")
