"""The roadmap in Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from northstar_accessibility.actions import MarkdownFormat, amount, escaped

from cxmaturity.api import Rendering
from cxmaturity.testing import MakeWorkspace, RunCommand


def written(**changes: Any) -> str:
    recommendation = {
        "number": 1,
        "title": "Open it",
        "owner": "Head of *product*",
        "start": "2027-01-01",
        "days": 12.5,
        "cost": 3000.0,
        "lifts": {"accessibility.help": 3},
        **changes,
    }
    practices = [{"id": "accessibility.help", "title": "Help <b>"}]
    data = {
        "organisation": {"name": "A & B"},
        "dimensions": [{"practices": practices}],
        "recommendations": [recommendation],
    }
    return MarkdownFormat().render(Rendering(data, "en", lambda: "")).decode()


def test_a_recommendation_is_an_entry_with_what_it_lifts() -> None:
    assert written() == (
        "# What A \\& B is to do\n"
        "\n"
        "1. **Open it** (Head of \\*product\\*, from 2027-01-01, 12.5 person-days, EUR 3,000)\n"
        "    - Lifts *Help \\<b\\>* to level 3\n"
    )


def test_what_is_not_known_is_left_out() -> None:
    text = written(start=None, cost=0.0, days=1200.0, lifts={})
    assert text.endswith("1. **Open it** (Head of \\*product\\*, 1,200 person-days)\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain, with commas (and more).", "plain, with commas (and more)."),
        ("a *b* _c_ `d` ~e~ |f|", "a \\*b\\* \\_c\\_ \\`d\\` \\~e\\~ \\|f\\|"),
        ("[link](http://x)", "\\[link\\](http://x)"),
        ("<script>&amp;", "\\<script\\>\\&amp;"),
        ("back\\slash #", "back\\\\slash \\#"),
        ("two\n\n# lines", "two \\# lines"),
    ],
)
def test_no_text_means_anything_to_markdown(text: str, expected: str) -> None:
    assert escaped(text) == expected


def test_amounts_have_one_decimal_at_most() -> None:
    assert [amount(value) for value in (0.0, 2.0, 10.25, 1234567.0)] == ["0", "2", "10.2", "1,234,567"]


def test_without_recommendations_the_list_says_so() -> None:
    data = {"organisation": {"name": "A"}, "dimensions": [], "recommendations": []}
    text = MarkdownFormat().render(Rendering(data, "en", lambda: ""))
    assert text == b"# What A is to do\n\nNothing is recommended.\n"


def test_a_file_name_ending_in_md_is_enough(
    cxmaturity_workspace: MakeWorkspace, cxmaturity_cli: RunCommand, tmp_path: Path
) -> None:
    answers = {"culture.shared-understanding.meaning": 1}
    folder = cxmaturity_workspace(answers={"r1": answers})
    done = cxmaturity_cli("report", folder, "-o", tmp_path / "roadmap.md")
    assert done.code == 0, done.err
    text = (tmp_path / "roadmap.md").read_text(encoding="utf-8")
    assert text.startswith("# What Made-up Ltd is to do\n\n1. **")
