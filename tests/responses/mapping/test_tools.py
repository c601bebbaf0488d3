"""Each tool's export: recognised, proposed, confirmed and read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cxmaturity.api import ResponseTable
from cxmaturity.responses.mapping.proposing import Proposal, Proposed

Proposals = Callable[[str], Proposal]
Read = Callable[..., ResponseTable]
Said = Callable[..., list[Any]]

SAME, SAID, SHARE = "culture.meaning.same", "culture.meaning.said", "retention.churn-insight.share"
WAYS, KNOWN = "retention.churn-insight.ways", "retention.churn-insight.known"
EFFORT, SCHEME = "retention.loyalty-and-value.effort", "retention.loyalty-and-value.scheme"


def column(proposal: Proposal, start: str) -> Proposed:
    (found,) = [each for each in proposal.columns if each.heading.startswith(start)]
    return found


@pytest.mark.parametrize(
    ("name", "tool", "heading_rows", "unsure"),
    [
        ("limesurvey.csv", "limesurvey", 1, ["lunch. Where do you have lunch?"]),
        ("limesurvey_codes.csv", "limesurvey", 1, ["Q7"]),
        ("limesurvey_vv.csv", "limesurvey-vv", 2, []),
        ("qualtrics.csv", "qualtrics", 3, ["Does staying pay? - Other - Text"]),
        ("qualtrics_single_quotes.csv", "qualtrics", 3, ["Does staying pay? - Other - Text"]),
        ("microsoft_forms.csv", "microsoft-forms", 1, []),
        ("google_forms.csv", "google-forms", 1, []),
        ("google_sheet.csv", "google-forms", 1, []),
        ("table.csv", "table", 1, ["Who", "Do they say anything?"]),
    ],
)
def test_the_tool_is_known_and_what_is_not_known_is_not_guessed(
    name: str, tool: str, heading_rows: int, unsure: list[str], proposed: Proposals
) -> None:
    proposal = proposed(name)
    assert (proposal.tool, proposal.heading_rows) == (tool, heading_rows)
    not_sure = [each for each in proposal.columns if each.sure == "unsure"]
    assert [each.heading for each in not_sure] == unsure
    assert all(each.keys == {"is": "ignore"} for each in not_sure)
    assert proposal.unsure == len(unsure)


def test_limesurvey_with_full_texts(mapped: Read, said: Said) -> None:
    table = mapped("limesurvey.csv")
    assert table.survey
    assert table.respondents == ["11", "12", "13"]  # the incomplete one stays
    assert said(table, "role") == ["leadership", "frontline", "frontline"]
    assert said(table, SAME) == ["sometimes", "not-shown", None]
    assert said(table, SAID) == ["Service; always", None, None]
    assert said(table, SCHEME) == ["always", "dont-know", "never"]
    assert said(table, EFFORT) == ["3", "5", "1"]
    assert said(table, KNOWN) == ["yes", "not-shown", "no"]
    assert said(table, WAYS) == [["calls"], "not-shown", []]
    assert said(table, SHARE) == [25.0, None, 12.5]
    assert table.notes == {(0, SAME): "Ask the branch; then us"}
    assert table.left_out == []
    seconds = table.seconds
    assert seconds is not None
    # 09:05:02 to 09:15:02; never sent; 11:05:00 to 11:30:00
    assert [seconds[0], seconds[2]] == [600, 1500]
    assert seconds[1] != seconds[1]  # NaN


def test_limesurvey_with_codes_takes_them_as_positions_and_says_so(
    proposed: Proposals, mapped: Read, said: Said
) -> None:
    same = column(proposed("limesurvey_codes.csv"), "same")
    assert same.keys["answers"]["AO02"] == "rarely"
    assert "position" in same.how["AO01"]
    table = mapped("limesurvey_codes.csv")
    assert said(table, SAME) == ["never", "always"]
    assert said(table, WAYS) == [["calls"], ["letters"]]


def test_limesurvey_vv_with_its_escapes(mapped: Read, said: Said) -> None:
    table = mapped("limesurvey_vv.csv")
    assert said(table, SAME) == ["never", "not-shown"]
    assert said(table, WAYS) == [["calls"], "not-shown"]
    assert said(table, SAID) == ["one\ntwo {x}", None]
    assert table.seconds is not None
    assert table.seconds[0] == 60


@pytest.mark.parametrize("name", ["qualtrics.csv", "qualtrics_single_quotes.csv"])
def test_qualtrics_without_previews(name: str, mapped: Read, said: Said) -> None:
    table = mapped(name)
    assert table.respondents == ["R_1", "R_3"]
    # rows 1 to 4 are headings, as one of them has a line end; 5 and 6 the first answer
    assert table.left_out == []  # row 7 is a preview, which is no mistake
    assert said(table, SAME) == ["never", "unanswered"]
    assert said(table, WAYS) == [["calls", "letters"], "not-shown"]  # blank, as -99 is in use
    assert said(table, SAID) == ['Some, "words"\nand more', "not-shown"]
    assert said(table, SHARE) == [12.0, "not-shown"]
    assert said(table, "department") == ["Sales", None]
    assert table.seconds is not None
    assert table.seconds.tolist() == [602, 240]


def test_microsoft_forms_with_separators_at_the_end(mapped: Read, said: Said) -> None:
    table = mapped("microsoft_forms.csv")
    assert table.respondents == ["1", "2"]
    assert said(table, "role") == ["leadership", "frontline"]
    assert said(table, WAYS) == [["calls", "letters"], ["none"]]
    assert said(table, EFFORT) == ["4", "2"]
    assert table.seconds is not None
    assert table.seconds.tolist() == [600, 120]  # over midnight, month first
    (problem,) = table.left_out
    assert (problem.line, problem.column) == (4, 8)
    assert "wait" not in str(problem)


def test_google_forms_in_english(mapped: Read, said: Said) -> None:
    table = mapped("google_forms.csv")
    assert table.respondents == ["google_forms-2", "google_forms-3"]
    assert said(table, "department") == ["Sales", "Service"]
    assert said(table, SAME) == ["sometimes", "always"]
    assert said(table, WAYS) == [["calls", "letters"], ["calls"]]
    assert said(table, SCHEME) == ["dont-know", "n/a"]
    assert table.seconds is None  # there is one time only


def test_google_sheets_in_romanian_with_options_that_hold_separators(mapped: Read, said: Said) -> None:
    table = mapped("google_sheet.csv")
    assert said(table, SAME) == ["never", "dont-know"]  # "Nu stiu" without its accent
    assert said(table, WAYS) == [["calls", "letters"], ["letters"]]


def test_a_table_whose_headings_are_ids(mapped: Read, said: Said) -> None:
    table = mapped("table.csv")
    assert said(table, SAME) == ["sometimes", "always"]  # positions 3 and 5
    assert said(table, SHARE) == [1.5, 20.0]


def test_who_answered_is_never_read(proposed: Proposals) -> None:
    personal = {
        "limesurvey.csv": ["token", "ipaddr"],
        "qualtrics.csv": ["IP Address", "Recipient Last Name"],
        "microsoft_forms.csv": ["Email", "Name"],
    }
    for name, headings in personal.items():
        proposal = proposed(name)
        for heading in headings:
            assert column(proposal, heading).keys == {"is": "ignore"}
