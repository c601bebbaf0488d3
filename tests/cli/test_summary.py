"""What ``assess`` prints of who answered, of differences between groups, and of what is hidden."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import cxmaturity
from cxmaturity.cli.summary import print_summary
from cxmaturity.responses.model import ResponseFileRead
from cxmaturity.result import Comparison, DataQuality, Gap, GroupResult

Write = Callable[..., Path]


@pytest.fixture
def printed(workspace: Write, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What is printed of an assessment by one person, with fields replaced."""
    engagement = cxmaturity.load(workspace([{"id": "r1", "answers": {"culture.meaning.same": "often"}}]))
    assessment = cxmaturity.assess(engagement)

    def show(**changes: Any) -> str:
        changed = replace(assessment, **changes)
        print_summary(engagement, changed, cxmaturity.plan(engagement, changed))
        return capsys.readouterr().out

    return show


def compared(first: float | None, second: float | None, **more: Any) -> Comparison:
    gap = Gap(about="culture", title="Culture", first=first, second=second, **more)
    return Comparison(attribute="role", first="leadership", second="frontline", gaps=(gap,))


def test_the_first_line_says_who_answered_and_what_was_left_out(printed: Callable[..., str]) -> None:
    quality = DataQuality(
        respondents=1234,
        invited=2468,
        response_rate=0.5,
        files=(ResponseFileRead("a.csv", 1000, 2), ResponseFileRead("b.csv", 240, 4)),
    )
    out = printed(quality=quality, raters={"": 1234})
    assert "Acme · 1,234 respondents · 50% of 2,468 asked · 6 rows left out" in out
    plain = printed(quality=DataQuality(respondents=1))
    assert "1 respondent" in plain
    assert "asked" not in plain
    assert "left out" not in plain


def test_each_dimension_has_its_interval(printed: Callable[..., str], workspace: Write) -> None:
    engagement = cxmaturity.load(workspace([{"id": "r1", "answers": {"culture.meaning.same": "often"}}]))
    culture, *others = cxmaturity.assess(engagement).dimensions
    out = printed(dimensions=(replace(culture, interval=(3.18, 4.52)), *others))
    assert "4.0  3.1–4.6" in out  # down and up: 3.18 and 4.52


def test_the_widest_clear_difference_is_named(printed: Callable[..., str]) -> None:
    clear = compared(4.1, 2.8, difference=1.3, interval=(0.9, 1.7))
    said = "Leadership and front line are 1.3 points apart on culture: 4.1 against 2.8."
    assert said in printed(comparisons=(clear,))
    unclear = compared(4.1, 2.8, difference=1.3, interval=(-0.1, 2.7))
    assert "apart" not in printed(comparisons=(unclear,))


def test_what_is_hidden_is_counted(printed: Callable[..., str]) -> None:
    groups = (GroupResult(attribute="role", name="frontline", suppressed=True),)
    out = printed(groups=groups, quality=DataQuality(respondents=1, hidden=3))
    assert (
        "Not shown, as fewer than 5 people answered or as it would reveal one: 3 questions and one group."
        in out
    )
    assert "Not shown" not in printed()


def test_markup_in_names_is_printed_as_it_is(printed: Callable[..., str]) -> None:
    gap = Gap(about="culture", title="Culture", first=4.1, second=2.8, difference=1.3, interval=(0.9, 1.7))
    both = Comparison(attribute="department", first="[red]Sales[/red]", second="[/]", gaps=(gap,))
    assert "[red]Sales[/red] and [/] are 1.3 points apart" in printed(comparisons=(both,))
