"""What a report says about the target: reached, late, missed, held by a cap, or before the plan starts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import cxmaturity
from cxmaturity.report.build import build_report
from cxmaturity.report.context import Report

Workspace = Callable[..., Path]

ANSWERS = {
    "culture.meaning.same": "always",
    "retention.loyalty-and-value.scheme": "never",
    "retention.loyalty-and-value.effort": 5,
    "retention.churn-insight.known": "no",
    "retention.churn-insight.ways": ["none"],
    "retention.churn-insight.share": 0,
}
CUSTOMERS = "id,joined,left\n1,2024-01-01,\n2,2024-01-01,2026-03-01\n"
POOR_CHURN = {
    "as_of": "2026-06-30",
    "evidence": {
        "customers": {
            "source": "customers.csv",
            "columns": {"customer": "id", "since": "joined", "until": "left"},
        }
    },
    "bands": {"churn-rate": {"basis": "our board", "levels": {"2": 0.3, "3": 0.2, "4": 0.1, "5": 0.05}}},
}


def report(workspace: Workspace, target: dict[str, Any] | None, days: float = 300, **settings: Any) -> Report:
    folder = workspace(
        [{"id": "r1", "role": "leadership", "answers": {**ANSWERS, **settings.pop("answers", {})}}],
        {
            "organisation": {"name": "Acme", "employees": 100, "departments": 5},
            "capacity": {"start": "2027-02", "quarters": 8, "person_days": days},
            **({"target": target} if target else {}),
            **settings,
        },
        {"customers.csv": CUSTOMERS},
    )
    engagement = cxmaturity.load(folder)
    assessment = cxmaturity.assess(engagement)
    roadmap = cxmaturity.plan(engagement, assessment)
    return build_report(engagement.workspace, engagement.texts, assessment, roadmap)


def said(built: Report) -> str:
    return " ".join((built.roadmap.title, *built.roadmap.paragraphs))


def test_a_target_that_is_reached_in_time(workspace: Workspace) -> None:
    # culture 5.0 and retention 1.0 → 3.0; retention lifted to level 3 (2.6) → 3.8, level 4
    text = said(report(workspace, {"level": 4, "by": "2028-12"}))
    assert "reach level 4 in" in text
    assert "By 31 December 2028 the score is projected at" in text
    assert "the target of level 4 is reached." in text


def test_a_target_that_is_reached_too_late(workspace: Workspace) -> None:
    text = said(report(workspace, {"level": 4, "by": "2027-03"}))
    assert "reach level 4 only in" in text
    assert "after the target date" in text
    assert "the target of level 4 is missed with this capacity" in text


def test_a_target_that_is_never_reached(workspace: Workspace) -> None:
    # no catalogue lifts culture.meaning, so culture stays at 3.0: (3.0 + 5.0) ÷ 2 = 4.0 at best, under 4.2
    text = said(report(workspace, {"level": 5}, answers={"culture.meaning.same": "sometimes"}))
    assert "short of level 5" in text
    assert "By 31 January 2029" in text  # without a date, the end of the last quarter


def test_a_target_before_the_first_quarter(workspace: Workspace) -> None:
    text = said(report(workspace, {"level": 3, "by": "2026-12"}))
    assert "The target date, 31 December 2026, lies before the first quarter (1 February 2027)." in text


def test_without_a_target_the_plan_says_where_it_leads(workspace: Workspace) -> None:
    text = said(report(workspace, None))
    assert "They are projected to lead from 3.0 to" in text


@pytest.mark.parametrize(("level", "outcome"), [(2, "reached"), (5, "missed")])
def test_dimensions_have_targets_of_their_own(workspace: Workspace, level: int, outcome: str) -> None:
    text = said(report(workspace, {"by": "2028-12", "dimensions": {"retention": level}}))
    assert f"its target of level {level} is {outcome}." in text
    assert "Retention is projected at" in text


def test_a_target_held_back_by_a_cap_says_so(workspace: Workspace) -> None:
    # culture 1.0 caps the whole at level 2, while retention alone brings the score to level 3 and more
    answers = {
        "culture.meaning.same": "never",
        **dict.fromkeys(("retention.loyalty-and-value.scheme",), "always"),
        "retention.loyalty-and-value.effort": 1,
        "retention.churn-insight.known": "yes",
        "retention.churn-insight.ways": ["calls", "letters"],
        "retention.churn-insight.share": 90,
    }
    built = report(workspace, {"level": 3, "by": "2028-12"}, answers=answers)
    assert built.overview.title == "The score would be level 3; culture holds it at level 2"
    assert built.summary.title.endswith("culture holds the whole back")


def test_customer_data_caps_today_and_may_follow(workspace: Workspace) -> None:
    # half of the customers left: level 1, so retention may stand at level 2 at most, whatever is done
    rows = report(workspace, {"level": 4}, **POOR_CHURN).roadmap.rows
    assert [row.name for row in rows][:2] == ["February 2027 to April 2027", "May 2027 to July 2027"]
    assert rows[-1].projected.partition(",")[0] == rows[-1].if_measured.partition(",")[0]  # the same score


def test_what_is_assumed_about_the_size_is_said(workspace: Workspace) -> None:
    built = report(workspace, None, organisation={"name": "Acme"})
    assert "assumed were 100 employees and 5 departments" in said(built)


def test_a_budget_is_accounted_for(workspace: Workspace) -> None:
    settings = {"capacity": {"start": "2027-01", "quarters": 4, "person_days": 200, "budget": 30000}}
    text = said(report(workspace, None, **settings))
    assert "Of the budget of €30,000, €" in text
    assert "Q1 2027" in " ".join(row.name for row in report(workspace, None, **settings).roadmap.rows)


def test_a_kpi_that_customer_data_measures_shows_todays_figure(workspace: Workspace) -> None:
    built = report(workspace, None, **POOR_CHURN)
    assert any("(today 50.0%)" in card.kpi for card in built.cards)
