"""What is proposed, and how sure: by texts in all languages, topics, ids; nothing that is open is decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmaturity.api import ResponseFile
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.responses.mapping.format import MappingFile
from cxmaturity.responses.mapping.matching import index_of
from cxmaturity.responses.mapping.proposing import Proposal, Proposed, propose
from cxmaturity.responses.mapping.recognising import read_export
from cxmaturity.responses.mapping.writing import mapping_text, summary
from cxmaturity.yamlfile import parse_yaml, validate

Make = Callable[..., Proposal]
SAME, WAYS = "culture.meaning.same", "retention.churn-insight.ways"


@pytest.fixture
def make(tmp_path: Path, languages: Sequence[Questionnaire]) -> Make:
    """``make("Known", "Yes", "No")`` is the proposal for a table of that one column."""

    def build(headings: str, *cells: str) -> Proposal:
        (tmp_path / "t.csv").write_text("\n".join([headings, *cells]) + "\n", encoding="utf-8")
        return propose(read_export(ResponseFile(tmp_path / "t.csv", "t.csv")), languages)

    return build


def only(proposal: Proposal) -> Proposed:
    (found,) = proposal.columns
    return found


@pytest.mark.parametrize(
    ("heading", "sure", "why"),
    [
        ("Do they mean the same?", "exact", "the question's text (en)"),
        ("12. DO THEY MEAN THE SAME", "exact", "the question's text (en)"),
        ("Înțeleg la fel?", "exact", "the question's text (ro)"),
        ("Same meaning", "exact", "the question's topic (en)"),
        ("culture.meaning.same", "exact", "the question's id"),
        ("culturemeaningsame", "exact", "the question's id"),
        ("same", "exact", "the last part of the question's id"),
        ("Do they all mean the same?", "close", "its text is nearly that of the question (91% alike)"),
    ],
)
def test_a_question_is_known_by_its_names(heading: str, sure: str, why: str, make: Make) -> None:
    column = only(make(heading, "never"))
    assert (column.keys["question"], column.sure, column.why) == (SAME, sure, why)


def test_what_is_not_near_enough_is_left_with_its_candidates(make: Make) -> None:
    column = only(make("What do they mean by the same?", "never"))
    assert (column.keys, column.sure) == ({"is": "ignore"}, "unsure")
    assert SAME in column.candidates


def test_two_columns_that_may_be_the_same_question_are_both_left_open(make: Make) -> None:
    proposal = make("Same meaning;Do they mean the same?", "never;never")
    assert [column.sure for column in proposal.columns] == ["unsure", "unsure"]
    assert {each for column in proposal.columns for each in column.candidates} == {SAME}


def test_an_exact_column_outdoes_one_that_is_close(make: Make) -> None:
    proposal = make("Do they mean the same?;Do they all mean the same?", "never;never")
    assert [column.sure for column in proposal.columns] == ["exact", "unsure"]


def test_options_in_columns_of_their_own_outdo_the_question_as_a_whole(make: Make) -> None:
    proposal = make("How do you find out?;How do you find out? [By calls.]", "x;Yes")
    assert [column.sure for column in proposal.columns] == ["unsure", "exact"]


@pytest.mark.parametrize(
    ("heading", "attribute", "sure"),
    [
        ("Department", "department", "exact"),
        ("In which department do you work?", "department", "close"),
        ("Kraj", "country", "exact"),
        ("Vechime", "tenure", "exact"),
        ("Wave", "wave", "exact"),
    ],
)
def test_attributes_are_known_by_a_word(heading: str, attribute: str, sure: str, make: Make) -> None:
    column = only(make(heading, "x"))
    assert (column.keys, column.sure) == ({"attribute": attribute}, sure)


def test_roles_are_translated_to_those_of_the_questionnaire(make: Make) -> None:
    column = only(make("Role", "leadership", "Front  line", "Front-lines", "Cook"))
    assert column.keys["values"] == {
        "leadership": "leadership",
        "Front line": "frontline",
        "Front-lines": "frontline",
    }
    assert "close" in column.how["Front-lines"]
    assert list(column.unknown) == ["Cook"]


def test_roles_of_ones_own_stay_as_they_are_and_are_shown(make: Make) -> None:
    proposal = make("Role", "Cook", "Waiter")
    assert only(proposal).keys == {"attribute": "role"}
    text = mapping_text(proposal, "t.csv")
    expected = """\
    attribute: role
    # values:
      # unknown cells: 2; they stand for themselves
      # "Cook": ?
      # "Waiter": ?
"""
    assert expected in text


def test_codes_of_an_attribute_are_shown_and_plain_values_are_not(make: Make) -> None:
    assert list(only(make("Department", "AO01", "AO02")).unknown) == ["AO01", "AO02"]
    assert only(make("Department", "Sales", "AO02")).unknown == {}
    assert only(make("Department", "")).unknown == {}


def test_columns_with_unknown_labels_are_counted_and_marked(make: Make) -> None:
    proposal = make("same;known;Role", "Pigeons;yes;Cook", "Every team does it.;no;Cook")
    assert (proposal.unsure, proposal.unfinished) == (0, 2)
    text = mapping_text(proposal, "t.csv")
    assert "# 2 columns have labels that are not known yet: complete them below.\n" in text
    assert "column 1, exact: the last part of the question's id; has labels that are not known yet" in text
    assert "column 2, exact: the last part of the question's id\n" in text
    (one,) = summary(make("same", "Pigeons"), "below")[1:]
    assert one == "1 column has labels that are not known yet: complete them below."
    assert len(summary(make("same", "never"), "below")) == 1


def test_where_no_label_is_known_the_key_stands_above_them_as_a_comment(make: Make) -> None:
    text = mapping_text(make("share", "many"), "t.csv")
    key = "    kind: number\n    # answers:\n"
    below = f'{key}      # unknown cell: 1; rows with them are left out\n      # "many": ?'
    assert below in text


def test_words_for_states_are_known_among_numbers_too(make: Make) -> None:
    column = only(make("share", "12", "Don't know", "N/A", "many"))
    assert column.keys["answers"] == {"Don't know": "dont-know", "N/A": "n/a"}
    assert list(column.unknown) == ["many"]


def test_codes_behind_those_of_the_options_leave_the_others_known(make: Make) -> None:
    column = only(make("same", "AO06", "AO01", "AO07"))  # five options; 6 and 7 may be don't know and n/a
    assert column.keys["answers"]["AO01"] == "never"
    assert column.keys["answers"]["AO05"] == "always"
    assert list(column.unknown) == ["AO06", "AO07"]


@pytest.mark.parametrize("cells", [("1", "7"), ("AO01", "B7"), ("AO01", "AO0006"), ("AO06", "AO07")])
def test_other_codes_are_no_positions(cells: tuple[str, ...], make: Make) -> None:
    """A scale of seven may have been asked instead, or two questions put together."""
    assert list(only(make("same", *cells)).unknown) == list(cells)


def test_a_label_that_is_like_no_option_is_shown_and_not_mapped(make: Make) -> None:
    proposal = make("same", "Nobody does it.", "Nobody doess it", "Pigeons", "Don't know")
    column = only(proposal)
    assert column.keys["answers"] == {
        "Nobody does it.": "never",
        "Nobody doess it": "never",
        "One team does it.": "rarely",  # nobody has chosen it yet
        "Half of the teams do it.": "sometimes",
        "Most teams do it.": "often",
        "Every team does it.": "always",
        "Don't know": "dont-know",
    }
    assert list(column.unknown) == ["Pigeons"]
    assert '# "Pigeons": ?' in mapping_text(proposal, "t.csv")


def test_many_unknown_cells_are_counted_and_not_repeated(make: Make) -> None:
    text = mapping_text(make("same", *(f"my own words {number}" for number in range(11))), "t.csv")
    assert "unknown cells: 11" in text
    assert "my own words" not in text


def test_a_column_without_answers_knows_the_questions_own_labels(make: Make) -> None:
    column = make("same;known", ";yes").columns[0]
    assert column.keys["answers"]["Nobody does it."] == "never"


def test_two_columns_for_one_attribute_leave_the_second_open(make: Make) -> None:
    proposal = make("Department;Departament", "a;b")
    assert [column.keys for column in proposal.columns] == [{"attribute": "department"}, {"is": "ignore"}]
    assert proposal.columns[1].sure == "unsure"


def test_a_time_that_is_none_is_not_needed(make: Make) -> None:
    assert only(make("Start time", "soon")).keys == {"is": "ignore"}


def test_a_date_with_day_and_month_open_is_said_to_be(make: Make) -> None:
    column = only(make("Start time", "3/11/26 09:15"))
    assert column.keys == {"is": "start", "dates": "month-first"}
    assert "other way round" in column.why


def test_the_same_export_gives_the_same_proposal(proposed: Callable[[str], Proposal]) -> None:
    texts = {mapping_text(proposed("limesurvey.csv"), "limesurvey.csv") for _ in range(2)}
    assert len(texts) == 1


def test_every_question_of_a_shipped_questionnaire_is_known_by_its_text() -> None:
    from cxmaturity.questionnaire.loading import load_questionnaire

    whole = load_questionnaire("customer-centricity")
    index = index_of([whole])
    matches = {question.id: index.match([question.text]) for question in whole.questions()}
    assert {name: str(match.subject) for name, match in matches.items()} == {name: name for name in matches}


@given(
    st.text(max_size=80), st.dictionaries(st.text(min_size=1, max_size=1000), st.just("never"), max_size=3)
)
@settings(max_examples=60)
def test_whatever_headings_and_labels_hold_the_file_says_them_again(
    heading: str, labels: dict[str, str]
) -> None:
    from cxmaturity.responses.mapping.texts import one_line

    heading = one_line(heading)
    answers = {one_line(label): option for label, option in labels.items() if one_line(label)}
    keys = {"question": SAME, **({"answers": answers} if answers else {})}
    column = Proposed(heading, None, keys, "unsure", "because", ("\n",))
    text = mapping_text(Proposal("table", 1, {"": "not-shown"}, (column,)), "t\n.csv")
    file, problems = validate(parse_yaml(text, "t.map.yaml"), MappingFile)
    assert problems == []
    assert file is not None
    assert (file.columns[0].heading, file.columns[0].answers) == (heading, answers)
    assert file.states == {"": "not-shown"}


@pytest.mark.parametrize(
    ("heading", "option"),
    [
        ("How do you find out? [By call.]", "calls"),
        ("How do you find out? - Selected Choice - By letter", "letters"),
        ("Q7. How do you find out? (By calling)", ""),
        ("How do you find out? [Other]", ""),
    ],
)
def test_an_option_in_a_column_of_its_own_may_be_nearly_the_same(
    heading: str, option: str, make: Make
) -> None:
    column = only(make(heading, "Yes"))
    if option:
        assert (column.sure, column.keys["question"], column.keys["option"]) == ("close", WAYS, option)
    else:
        assert (column.sure, column.candidates) == ("unsure", (WAYS,))


def test_a_hint_behind_a_question_is_no_part_of_it(make: Make) -> None:
    column = only(make("Which share gives a reason? (in %)", "12"))
    assert (column.sure, column.keys["question"]) == ("close", "retention.churn-insight.share")


def test_codes_in_one_cell_are_all_known(make: Make) -> None:
    column = only(make("ways", '"1,2"', "1"))
    assert column.keys["answers"] | {"1": "calls", "2": "letters", "3": "none"} == column.keys["answers"]
    assert column.keys["separator"] == ","
    assert column.unknown == {}


def test_a_scale_is_known_by_the_number_that_a_label_starts_with(make: Make) -> None:
    column = only(make("effort", "3 - neither", "9 - off the scale"))
    assert column.keys["answers"]["3 - neither"] == "3"
    assert column.how["3 - neither"] == "the number that it starts with"
    assert list(column.unknown) == ["9 - off the scale"]


def test_the_column_of_an_option_may_hold_states_its_own_text_or_what_is_not_known(make: Make) -> None:
    column = only(make("ways [calls]", "By calls.", "Don't know", "2"))
    assert column.keys["answers"] == {"By calls.": "ticked", "Don't know": "dont-know"}
    assert list(column.unknown) == ["2"]  # some exports have 1 for yes and 2 for no


def test_a_label_too_long_for_a_plain_key_is_written_all_the_same() -> None:
    label = "long " * 250 + "label"
    column = Proposed("a", None, {"question": SAME, "answers": {label: "never"}}, "exact", "because")
    text = mapping_text(Proposal("table", 1, {}, (column,)), "t.csv")
    assert parse_yaml(text, "t.map.yaml").data["columns"][0]["answers"] == {label: "never"}
