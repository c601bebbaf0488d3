"""Reading by a mapping: only a confirmed one that fits; what it does not know is left out and named."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan
from pathlib import Path
from typing import Any

import pytest

from cxmaturity.api import ResponseFile, ResponseTable
from cxmaturity.errors import UserError
from cxmaturity.responses.mapping.applying import read_mapped
from cxmaturity.responses.mapping.format import mapping_beside

Said = Callable[..., list[Any]]
Read = Callable[..., ResponseTable]

SAME, WAYS = "culture.meaning.same", "retention.churn-insight.ways"
HEAD = "format: 1\nconfirmed: yes\ntool: table\n"
TWO = """\
columns:
  - {heading: Same, question: culture.meaning.same, answers: {Never: never, Always: always}}
  - {heading: Who, is: respondent}
"""


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """``read(export, mapping)`` reads a table by a mapping, both given as texts."""

    def do(export: str, mapping: str, head: str = HEAD) -> ResponseTable:
        (tmp_path / "t.csv").write_text(export, encoding="utf-8")
        (tmp_path / "t.map.yaml").write_text(head + mapping, encoding="utf-8")
        return read_mapped(ResponseFile(tmp_path / "t.csv", "folder/t.csv"), tmp_path / "t.map.yaml")

    return do


def problems(read: Read, *texts: str) -> list[str]:
    with pytest.raises(UserError) as caught:
        read(*texts)
    return [str(problem) for problem in caught.value.problems]


def test_a_mapping_belongs_to_the_file_of_the_same_name(tmp_path: Path) -> None:
    assert mapping_beside(tmp_path / "survey.csv") is None
    (tmp_path / "survey.map.yaml").touch()
    assert mapping_beside(tmp_path / "survey.csv") == tmp_path / "survey.map.yaml"
    assert mapping_beside(tmp_path / "survey.old.csv") is None


def test_a_files_name_makes_ids_that_a_text_can_hold(tmp_path: Path) -> None:
    export, mapping = tmp_path / "t\x07.csv", tmp_path / "t\x07.map.yaml"
    export.write_text("Same,Who\nNever,\n", encoding="utf-8")
    mapping.write_text(HEAD + TWO, encoding="utf-8")
    assert list(read_mapped(ResponseFile(export, export.name), mapping).respondents) == ["t-2"]


def test_nothing_is_read_before_the_mapping_is_confirmed(read: Read) -> None:
    what = "the mapping has not been confirmed"
    fix = "check what it says of each column, then set `confirmed: yes`"
    found = problems(read, "Same,Who\n", TWO, HEAD.replace("yes", "no"))
    assert found == [f"folder/t.map.yaml:2:12: {what}; {fix}"]


def test_headings_that_no_longer_match_are_all_named(read: Read) -> None:
    anew = "propose a mapping anew with `cxmaturity responses map`"
    silent = "folder/t.map.yaml does not say what the column"
    gone = f"folder/t.map.yaml:5:15: folder/t.csv has no column “Same”; remove it, or {anew}"
    renamed = f"folder/t.csv:1:1: {silent} “Samme” is; add it there, or {anew}"
    added = f"folder/t.csv:1:3: {silent} “More” is; add it there, or {anew}"
    assert problems(read, "Samme,Who,More\nNever,a,b\n", TWO) == [gone, renamed, added]


def test_columns_may_have_moved(read: Read, said: Said) -> None:
    table = read("Who,Same\na,Never\n", TWO)
    assert (table.respondents, said(table, SAME)) == (["a"], ["never"])


def test_columns_of_the_same_heading_are_told_apart_by_their_order(read: Read) -> None:
    mapping = """\
columns:
  - {heading: Why, note: culture.meaning.same}
  - {heading: Why, note: retention.churn-insight.known}
  - {heading: Same, question: culture.meaning.same, answers: {Never: never}}
"""
    table = read("Why,Why,Same\none,two,Never\n", mapping)
    assert table.notes == {(0, SAME): "one", (0, "retention.churn-insight.known"): "two"}


def test_a_question_that_was_reworded_under_its_id_is_not_taken_for_the_old_one(
    mapped: Read,
) -> None:
    with pytest.raises(UserError, match=r"column 12 of qualtrics\.csv has another heading now"):
        mapped("qualtrics.csv", lambda text: text.replace("Do they mean the same?", "Is it the same?"))


def test_a_row_with_a_value_that_is_not_mapped_is_left_out_and_not_quoted(read: Read, said: Said) -> None:
    table = read("Same,Who\nNever,a\nSecret,b\nAlways,c\n", TWO)
    assert (table.respondents, said(table, SAME)) == (["a", "c"], ["never", "always"])
    (problem,) = table.left_out
    assert (problem.file, problem.line, problem.column) == ("folder/t.csv", 3, 1)
    assert str(problem).endswith(
        "culture.meaning.same: the cell is not among the `answers` of its mapping; "
        "add it there (folder/t.map.yaml)"
    )


def test_a_row_with_several_mistakes_counts_once(read: Read) -> None:
    mapping = TWO + "  - {heading: Share, question: retention.churn-insight.share, kind: number}\n"
    table = read("Same,Who,Share\nwhat,a,many\nNever,b,lots\n", mapping)
    assert [(each.line, each.column) for each in table.left_out] == [(2, 1), (3, 3)]
    assert "lots" not in str(table.left_out[1])


def test_rows_that_the_table_itself_does_not_have_are_left_out_too(read: Read) -> None:
    table = read("Same,Who\nNever,a\nNever\n", TWO)
    assert [each.line for each in table.left_out] == [3]


def test_rows_that_the_mapping_passes_over_are_no_mistakes(read: Read, said: Said) -> None:
    mapping = TWO + "  - {heading: Status, leave_out: [Survey Preview]}\n"
    rows = "Never,a,Survey Preview\nAlways,b,IP Address\nwhat,c,Survey Preview\nwhat,d,IP Address\n"
    table = read("Same,Who,Status\n" + rows, mapping)
    assert (table.respondents, said(table, SAME)) == (["b"], ["always"])
    assert [(each.line, each.column) for each in table.left_out] == [(5, 1)]
    assert read("Same,Who,Status\n", mapping).respondents == []


def test_a_state_alone_is_no_tick_though_a_separator_ends_it(read: Read, said: Said) -> None:
    labels = "answers: {Calls: calls, Letters: letters, Don't know: dont-know}, separator: ';'"
    mapping = f"""\
states: {{N/A: not-shown}}
columns:
  - {{heading: Ways, question: {WAYS}, {labels}}}
"""
    table = read('Ways\n"Don\'t know;"\n"N/A; "\n"Calls;"\n"Calls;Letters;"\n";"\n', mapping)
    assert said(table, WAYS) == ["dont-know", "not-shown", ["calls"], ["calls", "letters"]]
    assert [each.line for each in table.left_out] == [6]


def test_empty_cells_of_one_column_may_mean_not_shown(read: Read, said: Said) -> None:
    share = "retention.churn-insight.share"
    mapping = f"""\
columns:
  - {{heading: Same, question: {SAME}, answers: {{Never: never, "": not-shown}}}}
  - {{heading: Ways, question: {WAYS}, separator: ";", answers: {{Calls: calls, "": not-shown}}}}
  - {{heading: Share, question: {share}, kind: number, answers: {{"": not-shown}}}}
  - {{heading: Known, question: retention.churn-insight.known, answers: {{Yes: "yes"}}}}
"""
    table = read("Same,Ways,Share,Known\n,,,Yes\nNever,Calls;,5,\n", mapping)
    assert said(table, SAME) == ["not-shown", "never"]
    assert said(table, WAYS) == ["not-shown", ["calls"]]
    assert said(table, share) == ["not-shown", 5.0]
    assert said(table, "retention.churn-insight.known") == ["yes", None]


def test_attributes_are_translated_where_the_mapping_says_how(read: Read, said: Said) -> None:
    mapping = """\
columns:
  - {heading: Job, attribute: role, values: {Boss: leadership}}
  - {heading: Team, attribute: department}
  - {heading: Same, question: culture.meaning.same, answers: {1: never}}
"""
    table = read("Job,Team,Same\nBoss,Sales,1\n,,1\nCook,Sales,1\n", mapping)
    assert said(table, "role") == ["leadership", None]
    assert said(table, "department") == ["Sales", None]
    assert [(each.line, each.column) for each in table.left_out] == [(4, 1)]


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        ("Y,Y", ["calls", "letters"]),
        ("Y,", ["calls"]),
        ("Y,NA", ["calls"]),  # what is ticked outdoes what was not shown
        ("N,", []),
        ("N,NA", []),
        ("NA,", "not-shown"),
        ("DK,NA", "dont-know"),
        (",", None),
    ],
)
def test_options_in_columns_of_their_own_become_one_answer(
    cells: str, answer: object, read: Read, said: Said
) -> None:
    labels = "answers: {Y: ticked, N: not-ticked, DK: dont-know}"
    mapping = f"""\
states: {{NA: not-shown}}
columns:
  - {{heading: C, question: {WAYS}, option: calls, {labels}}}
  - {{heading: L, question: {WAYS}, option: letters, {labels}}}
  - {{heading: Who, is: respondent}}
"""
    assert said(read(f"C,L,Who\nN,Y,a\n{cells},b\n", mapping), WAYS) == [["letters"], answer]


def test_a_row_with_an_unknown_cell_for_one_option_is_left_out(read: Read, said: Said) -> None:
    options = "".join(
        f"  - {{heading: {each[0]}, question: {WAYS}, option: {each}, answers: {{Y: ticked}}}}\n"
        for each in ("calls", "letters")
    )
    table = read("c,l\nY,Y\n?,Y\nY,?\n", f"columns:\n{options}")
    assert said(table, WAYS) == [["calls", "letters"]]
    assert [(each.line, each.column) for each in table.left_out] == [(3, 1), (4, 2)]


def test_an_empty_cell_means_what_the_mapping_says(read: Read, said: Said) -> None:
    states = 'states: {"": not-shown, "-99": unanswered}\n'
    table = read("Same,Who\n,a\n-99,b\nNever,c\n", states + TWO)
    assert said(table, SAME) == ["not-shown", "unanswered", "never"]


def test_seconds_as_the_tool_says_or_from_start_to_end(read: Read) -> None:
    columns = """\
columns:
  - {heading: Same, question: culture.meaning.same, answers: {Never: never}}
  - {heading: S, is: start, dates: day-first}
  - {heading: E, is: end, dates: day-first}
"""
    rows = "Never,3.11.2026 09:00,3.11.2026 09:02\nNever,3.11.2026 09:00,2.11.2026 09:00\nNever,soon,\n"
    seconds = read("Same,S,E\n" + rows, columns).seconds
    assert seconds is not None
    assert seconds[0] == 120
    assert [isnan(value) for value in seconds] == [False, True, True]  # backwards, and none: not known
    taken = columns + "  - {heading: T, is: seconds}\n"
    said = "Same,S,E,T\nNever,3.11.2026 09:00,3.11.2026 09:02,95.5\nNever,,,-1\nNever,,,fast\n"
    seconds = read(said, taken).seconds
    assert seconds is not None
    assert seconds[0] == 95.5
    assert [isnan(value) for value in seconds] == [False, True, True]


def test_respondents_without_an_id_are_called_by_their_row(read: Read) -> None:
    assert read("Same,Who\nNever,\nNever,b\n", TWO).respondents == ["t-2", "b"]


def test_places_lead_to_the_cells(read: Read) -> None:
    mapping = TWO + "  - {heading: Why, note: culture.meaning.same}\n"
    table = read("Who,Why,Same\na,x,what\nb,y,Never\n", mapping)
    places = table.places
    assert places is not None
    assert places(0, "answer", SAME) == (3, 3)  # the first row is left out
    assert places(0, "note", SAME) == (3, 2)
    assert places(0, "question", SAME) == (1, 3)
    assert places(0, "respondent") == (3, 1)


@pytest.mark.parametrize(
    ("columns", "wrong"),
    [
        ("[{heading: a}]", "4:11: a column is exactly one of"),
        ("[{heading: a, question: q, note: q}]", "a column is exactly one of"),
        ("[{heading: a, is: ignore, answers: {x: y}}]", "`answers` makes sense beside `question` only"),
        ("[{heading: a, question: q, dates: day-first}]", "`dates` makes sense beside `is` only"),
        ("[{heading: a, question: q, separator: ' '}]", "a separator needs a character"),
        ("[{heading: a, question: q, anwsers: {}}]", "4:37: unknown key `anwsers`"),
        ("[{heading: a, question: q}, {heading: b, question: q}]", "another column is the same"),
        ("[{heading: a, question: q}, {heading: b, question: q, option: o}]", "another column is the same"),
        ("[]", "4:10: "),
        ("[{heading: a, is: ignore}]\nstates: {x: gone}", "5:13: this is no state"),
    ],
)
def test_a_mistake_in_a_mapping_has_its_place(columns: str, wrong: str, read: Read) -> None:
    found = problems(read, "a\n1\n", f"columns: {columns}\n")
    assert any(wrong in problem for problem in found), found
    assert all(problem.startswith("folder/t.map.yaml:") for problem in found)


def test_options_named_without_quotes_are_texts(read: Read, said: Said) -> None:
    mapping = """\
columns:
  - {heading: E, question: retention.loyalty-and-value.effort, answers: {low: 1, high: 5}}
  - {heading: K, question: retention.churn-insight.known, answers: {1: yes, 0: no, t: true}}
"""
    table = read("E,K\nlow,1\nhigh,0\nlow,t\n", mapping)
    assert said(table, "retention.loyalty-and-value.effort") == ["1", "5", "1"]
    assert said(table, "retention.churn-insight.known") == ["yes", "no", "yes"]
