"""The page on what the answers rest on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from cxmaturity.api import Agreed, State
from cxmaturity.errors import Problem
from cxmaturity.responses.model import ResponseFileRead
from cxmaturity.result import Comparison, DataQuality, Flag, Gap, GroupResult

MakeGap = Callable[..., Gap]
Compare = Callable[..., Comparison]


def notes(bench: Any, **changes: Any) -> dict[str, str]:
    return dict(bench.report(**changes).quality.notes)


@pytest.mark.parametrize(
    ("quality", "title"),
    [
        (DataQuality(respondents=1), "One person answered; how many were asked is not known"),
        (DataQuality(respondents=4000), "4,000 people answered; how many were asked is not known"),
        (DataQuality(respondents=23, invited=38, response_rate=23 / 38), "23 of 38 people answered (61%)"),
    ],
)
def test_the_title_says_how_many_of_those_asked_answered(
    bench: Any, quality: DataQuality, title: str
) -> None:
    assert bench.report(quality=quality).quality.title == title


def test_the_answered_share_leaves_out_what_nobody_was_to_answer(bench: Any) -> None:
    states = {
        State.ANSWERED: 60,
        State.UNANSWERED: 15,
        State.DONT_KNOW: 5,
        State.NOT_APPLICABLE: 10,
        State.NOT_SHOWN: 30,
    }
    page = bench.report(quality=DataQuality(respondents=6, states=states)).quality
    # 60 of 60 + 15 + 5
    assert ("75%", "60 of 80") in [(figure.value, figure.remark) for figure in page.figures]
    assert page.cells is not None
    # of all 120: 50 %, 4.2 %, 12.5 %, 8.3 %, 25 %, as whole numbers that add up
    assert [label.percent.lines[0] for label in page.cells.labels] == ["50%", "4%", "13%", "8%", "25%"]
    assert [segment.kind for segment in page.cells.segments] == [
        *("strong", "middle", "weak", "missing", "missing")
    ]


def test_without_cells_there_is_no_bar(bench: Any) -> None:
    assert bench.report(quality=DataQuality(respondents=0)).quality.cells is None


def test_groups_name_roles_first_and_hide_what_is_hidden(bench: Any) -> None:
    groups = (
        GroupResult(attribute="department", name="Sales", n=5, score=2.5),
        GroupResult(
            attribute="role",
            name="leadership",
            n=12,
            invited=14,
            response_rate=12 / 14,
            score=3.69,
            interval=(3.4, 3.9),
        ),
        GroupResult(attribute="role", name="frontline", suppressed=True),
    )
    assert bench.report(groups=groups).quality.groups == (
        ("Role: Leadership", "14", "12", "86%", "3.6", "3.4–3.9"),
        ("Role: Front line", "–", "not shown", "–", "–", "–"),
        ("Department: Sales", "–", "5", "–", "2.5", "–"),
    )


def test_many_groups_and_reasons_are_counted(bench: Any) -> None:
    groups = tuple(GroupResult(attribute="country", name=f"C{n}", n=9) for n in range(23))
    problems = tuple(Problem("a.csv", n, 1, "no such answer", "use another") for n in range(2, 15))
    files = (ResponseFileRead("a.csv", 40, 13), ResponseFileRead("b.yaml", 1, 0))
    quality = DataQuality(respondents=28, files=files, left_out=problems)
    page = bench.report(groups=groups, quality=quality).quality
    assert len(page.groups) == 21
    assert page.groups[-1][0] == "and 3 more"
    assert page.files == ("a.csv: 40 rows, 13 left out", "b.yaml: one row, 0 left out")
    assert page.left_out[0] == "a.csv:2:1: no such answer; use another"
    assert len(page.left_out) == 11
    assert page.left_out[-1] == "and 3 more"
    assert ("13", "Rows left out", "of 41 read") in [(f.value, f.label, f.remark) for f in page.figures]


def test_flags_are_counted_and_name_only_whom_they_may(bench: Any) -> None:
    flags = (
        Flag(kind="straight-lining", count=1),
        Flag(kind="speed", count=None),
        Flag(kind="same-id", count=12, respondents=tuple(f"r{n}" for n in range(12))),
        Flag(kind="same-answers", count=2, respondents=("r1", "r2")),
    )
    page = bench.report(quality=DataQuality(respondents=20, flags=flags)).quality
    assert page.flags == (
        "One person gave the same answer nearly throughout.",
        "12 respondents share an id with another (r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, and 2 more).",
        "2 respondents gave exactly the answers of another (r1, r2).",
        (
            "Of these signs no number is shown, as nobody, fewer than 5 people, or all but fewer than 5 bear "
            "them: answers faster than the questions can be read."
        ),
    )


def test_confidentiality_says_what_is_hidden(bench: Any) -> None:
    hidden = GroupResult(attribute="role", name="frontline", suppressed=True)
    said = notes(
        bench,
        confidential=True,
        groups=(hidden,),
        quality=DataQuality(respondents=20, hidden=2, held_back=3),
    )["Confidentiality"]
    assert "fewer than 5 people" in said
    assert said.endswith(
        "2 questions are not shown. One group is not shown. "
        "3 respondents are held back until more have answered."
    )
    assert "not confidential" in notes(bench, confidential=False)["Confidentiality"]


def test_it_says_how_people_are_weighed(bench: Any) -> None:
    assert notes(bench)["Who counts how much"].startswith("Every respondent counts alike")
    assert "(role)" in notes(bench, balanced="role")["Who counts how much"]


def test_of_one_person_it_explains_neither_weights_nor_intervals(bench: Any) -> None:
    several = {"Who counts how much", "What an interval means"}
    assert several <= notes(bench).keys()
    alone = replace(bench.assessment.overall, interval=None)
    assert not several & notes(bench, quality=DataQuality(respondents=1), overall=alone).keys()


def test_it_says_what_cannot_be_compared(bench: Any, gap: MakeGap, comparison: Compare) -> None:
    assert notes(bench)["Comparisons"] == "No two groups are compared."
    hidden = comparison(gap("overall", "Overall", suppressed=True))
    shown = comparison(gap("overall", "Overall", 3.0, 2.0))
    assert notes(bench, comparisons=(hidden, shown))["Comparisons"] == (
        "Leadership and front line cannot be compared: nobody, or too few people of one of them, answered."
    )
    assert "Comparisons" not in notes(bench, comparisons=(shown,))


def test_agreed_values_are_counted(bench: Any) -> None:
    assert "Agreed values" not in notes(bench)
    agreed = Agreed(kind="review", score=3.0, mean=2.0, by="Ana", at="2026-10-12", why="Seen.")
    culture, *others = bench.assessment.dimensions
    dimensions = (replace(culture, agreed=agreed), *others)
    assert notes(bench, dimensions=dimensions)["Agreed values"].startswith("One value was agreed or set")


def test_what_files_and_groups_are_called_is_printed_as_it_is(bench: Any) -> None:
    evil = "<img src=x onerror=alert(1)>"
    quality = DataQuality(
        respondents=6,
        files=(ResponseFileRead(evil, 6, 1),),
        left_out=(Problem(evil, 1, 1, evil),),
        flags=(Flag(kind="same-id", count=1, respondents=(evil,)),),
    )
    html = bench.html(quality=quality, groups=(GroupResult(attribute="wave", name=evil, n=6),))
    assert "<img" not in html
    assert html.count("&lt;img") >= 5
