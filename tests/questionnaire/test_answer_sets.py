"""What each type of question offers, and which fraction of what is possible each answer is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.questionnaire.model import AnswerSet, Band, Option, Question

Edited = Callable[..., Path]
Asked = Callable[..., Question]


@pytest.fixture
def asked(edited: Edited) -> Asked:
    """``asked(id, (old, new), …)`` is one question of the small questionnaire, with texts replaced."""

    def find(name: str, *changes: tuple[str, str]) -> Question:
        questions = load_questionnaire(str(edited(*changes))).questions()
        return next(question for question in questions if question.id.endswith(f".{name}"))

    return find


def fractions(question: Question) -> dict[str, float]:
    return {option.id: option.fraction for option in question.answers.options}


# -------------------------------------------------------------------------------------------- choices


def test_the_options_of_a_choice_are_evenly_spaced_worst_first(asked: Asked) -> None:
    question = asked("same")
    # five options, four steps: 0/4, 1/4, 2/4, 3/4, 4/4
    assert fractions(question) == {"never": 0, "rarely": 0.25, "sometimes": 0.5, "often": 0.75, "always": 1}
    assert question.answers.kind == "choice"
    assert question.answers.options[1].text == "One team does it."
    assert question.answers.possible == (0, 0.25, 0.5, 0.75, 1)


def test_a_choice_may_have_options_of_its_own(asked: Asked) -> None:
    own = "options: [{id: no, text: No.}, {id: partly, text: Partly.}, {id: yes, text: Yes.}]"
    question = asked("scheme", ("text: Does staying pay?, answers: five", f"text: Pays?, {own}"))
    assert fractions(question) == {"no": 0, "partly": 0.5, "yes": 1}  # 0/2, 1/2, 2/2


def test_options_may_say_themselves_what_they_are_worth(asked: Asked) -> None:
    own = "options: [{id: a, text: A., score: 1}, {id: b, text: B., score: 0.1}, {id: c, text: C., score: 0}]"
    question = asked("scheme", ("text: Does staying pay?, answers: five", f"text: Pays?, {own}"))
    assert fractions(question) == {"a": 1, "b": 0.1, "c": 0}


# --------------------------------------------------------------------------------------------- scales


def test_a_scale_runs_from_its_low_to_its_high_end_with_both_labelled(asked: Asked) -> None:
    question = asked("effort", ("reversed: true", "reversed: false"))
    assert fractions(question) == {"1": 0, "2": 0.25, "3": 0.5, "4": 0.75, "5": 1}
    assert [option.text for option in question.answers.options] == ["1 (easy)", "2", "3", "4", "5 (hard)"]


def test_a_reversed_scale_is_worth_most_at_its_low_end(asked: Asked) -> None:
    assert fractions(asked("effort")) == {"1": 1, "2": 0.75, "3": 0.5, "4": 0.25, "5": 0}


def test_a_scale_from_0_to_10_has_eleven_steps(asked: Asked) -> None:
    question = asked("effort", ("minimum: 1, maximum: 5, reversed: true", "minimum: 0, maximum: 10"))
    assert len(question.answers.options) == 11
    assert fractions(question)["7"] == 0.7  # 7 of 10 steps


def test_a_scale_may_start_below_zero(asked: Asked) -> None:
    question = asked("effort", ("minimum: 1, maximum: 5, reversed: true", "minimum: -2, maximum: 2"))
    assert fractions(question) == {"-2": 0, "-1": 0.25, "0": 0.5, "1": 0.75, "2": 1}


# --------------------------------------------------------------------------------------- yes or no, words


def test_yes_is_worth_all_and_no_nothing(asked: Asked) -> None:
    assert fractions(asked("known")) == {"no": 0, "yes": 1}


def test_a_reversed_yes_is_worth_nothing(asked: Asked) -> None:
    question = asked("known", ("{id: known, type: yes-no,", "{id: known, type: yes-no, reversed: true,"))
    assert fractions(question) == {"no": 1, "yes": 0}


def test_free_text_is_never_scored(asked: Asked) -> None:
    question = asked("said")
    assert question.answers.kind == "text"
    assert not question.answers.scored
    assert question.answers.possible == ()


# -------------------------------------------------------------------------------------- multiple choice


def test_options_to_tick_are_worth_their_share_of_all_that_could_be_ticked(asked: Asked) -> None:
    question = asked("ways")
    # 3 + 1 + 0 = 4
    assert fractions(question) == {"calls": 3 / 4, "letters": 1 / 4, "none": 0}
    assert [option.exclusive for option in question.answers.options] == [False, False, True]
    assert question.answers.possible == ()  # its answers are sets of options


@pytest.mark.parametrize(("ticked", "worth"), [((), 0), ((0,), 0.75), ((1,), 0.25), ((0, 1), 1), ((2,), 0)])
def test_peers_defect_a_multiple_choice_is_scored_by_worth_not_by_the_number_of_ticks(
    ticked: tuple[int, ...], worth: float, asked: Asked
) -> None:
    # calls 3, letters 1, none 0 of 4: one tick is worth 3/4, 1/4 or nothing
    assert asked("ways").answers.of_options(frozenset(ticked)) == worth


def test_an_exclusive_option_does_not_lessen_what_the_others_can_reach(asked: Asked) -> None:
    """It can never be ticked with the others, so what could be ticked at most is 3 + 1, not 3 + 1 + 4."""
    question = asked("ways", ("worth: 0, exclusive", "worth: 4, exclusive"))
    assert question.answers.of_options(frozenset({0, 1})) == 1
    assert question.answers.of_options(frozenset({0})) == 0.75
    assert question.answers.of_options(frozenset({2})) == 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.data())
def test_the_fraction_of_ticks_never_exceeds_1_and_grows_with_each_tick(
    worths: list[float], data: st.DataObject
) -> None:
    whole = sum(worths) or 1.0
    answers = AnswerSet(
        "multiple", tuple(Option(str(n), "", worth / whole) for n, worth in enumerate(worths))
    )
    ticked = data.draw(st.frozensets(st.sampled_from(range(len(worths)))))
    fewer = data.draw(st.frozensets(st.sampled_from(sorted(ticked)))) if ticked else ticked
    assert 0 <= answers.of_options(fewer) <= answers.of_options(ticked) + 1e-12
    assert answers.of_options(ticked) <= 1


# -------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("value", "fraction"),
    [(0, 0), (19, 0), (19.5, 0), (19.999, 0), (20, 0.5), (79.5, 0.5), (80, 1), (100, 1)],
)
def test_peers_defect_bands_have_no_gaps(value: float, fraction: float, asked: Asked) -> None:
    """A band reaches up to the next one's start: what lies between two whole numbers has a band too."""
    question = asked("share")
    assert question.answers.of_number(value) == fraction
    assert question.answers.unit == "percent"
    assert question.answers.maximum == 100


def test_the_possible_fractions_of_a_number_are_those_of_its_bands(asked: Asked) -> None:
    assert asked("share").answers.possible == (0, 0.5, 1)


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=8, unique=True).map(sorted),
    st.floats(0, 2e6),
    st.data(),
)
def test_every_number_from_the_first_start_on_has_exactly_one_band(
    starts: list[float], above: float, data: st.DataObject
) -> None:
    scores = data.draw(st.lists(st.floats(0, 1), min_size=len(starts), max_size=len(starts)))
    answers = AnswerSet("number", bands=tuple(map(Band, starts, scores)))
    value = starts[0] + above
    ends = [*(later for _, later in pairwise(starts)), float("inf")]
    inside = [score for start, end, score in zip(starts, ends, scores, strict=True) if start <= value < end]
    assert [answers.of_number(value)] == inside


# ----------------------------------------------------------------------- what else a question carries


def test_peers_defect_a_weight_of_0_stays_0(asked: Asked) -> None:
    assert asked("known", ("{id: known, type: yes-no,", "{id: known, type: yes-no, weight: 0,")).weight == 0
    assert asked("known").weight == 1


def test_a_question_says_who_can_answer_it_what_entitles_to_it_and_where_it_comes_from(asked: Asked) -> None:
    question = asked("effort", ("evidence: Logs.", "evidence: Logs., help: Count minutes."))
    assert question.id == "retention.loyalty-and-value.effort"
    assert question.practice == "retention.loyalty-and-value"
    assert question.topic == "Effort"
    assert question.roles == ("frontline",)
    assert question.evidence == "Logs."
    assert question.source == "S0"
    assert question.help == "Count minutes."
