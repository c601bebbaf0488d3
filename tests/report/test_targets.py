"""What a report says about the target: reached, late, missed, held by a cap, or before the plan starts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import cxmaturity
from cxmaturity.api import Message
from cxmaturity.report.build import build_report
from cxmaturity.report.context import Report
from cxmaturity.report.plan_context import TargetPage
from cxmaturity.roadmap.model import Shortage
from cxmaturity.roadmap.tradeoff import Tradeoff, TradeoffPoint

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
    answers = {**ANSWERS, **settings.pop("answers", {})}
    given = {
        "organisation": {"name": "Acme", "employees": 100, "departments": 5},
        "capacity": {"start": "2027-02", "quarters": 8, "person_days": days},
        "target": target,
        **settings,
    }
    folder = workspace(
        [{"id": "r1", "role": "leadership", "answers": answers}],
        {name: value for name, value in given.items() if value is not None},
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
    assert text.startswith("Level 4 is reached in May 2027;")  # from the second quarter on
    assert (
        "The target of level 4 is reached from May 2027 on, in time for its date, 31 December 2028." in text
    )
    assert "By 31 December 2028 the score is projected at" in text


def test_a_target_that_is_reached_too_late(workspace: Workspace) -> None:
    text = said(report(workspace, {"level": 4, "by": "2027-03"}))
    assert text.startswith("Level 4 is reached only in May 2027, too late for its date")
    assert (
        "The target of level 4 is reached only from May 2027 on, too late for its date, 31 March 2027."
        in text
    )
    # before anything is complete it stands where it stands today
    assert "By 31 March 2027 the score is projected at 3.0, level 3, Defined: short of level 4." in text


def test_a_target_that_is_never_reached(workspace: Workspace) -> None:
    # no catalogue lifts culture.meaning, so culture stays at 3.0: (3.0 + 5.0) ÷ 2 = 4.0 at best, under 4.2
    built = report(workspace, {"level": 5}, answers={"culture.meaning.same": "sometimes"})
    text = said(built)
    assert "still short of level 5" in text
    assert "The target of level 5 is missed whatever the capacity: overall would stand at" in text
    # level 5 overall takes level 4 of culture, which nothing lifts
    assert "culture would stand at 3.0 at most with everything in the catalogues done; level 4 begins" in text
    assert "missed whatever the capacity" in built.summary.paragraphs[-1]
    # without a date it has until all is complete, which is after the last day of the plan
    assert "Once all is complete the score is projected at" in text
    assert "31 January 2029" not in text


def test_a_target_before_the_first_quarter(workspace: Workspace) -> None:
    text = said(report(workspace, {"level": 3, "by": "2026-12"}))
    assert "The target date, 31 December 2026, lies before the first quarter (1 February 2027)." in text


def test_without_a_capacity_it_is_said_that_no_date_can_be_given(workspace: Workspace) -> None:
    target = {"level": 4, "by": "2028-12", "dimensions": {"retention": 3}}
    goal = "level 4 overall and level 3 in retention"
    unplanned = report(workspace, target, capacity=None)
    assert f"When the target of {goal} is reached cannot be said without a capacity." in said(unplanned)
    assert "target" not in said(report(workspace, None, capacity=None))
    assert "cannot be said" not in said(report(workspace, target))


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
    page = report(workspace, {"level": 4}, **POOR_CHURN).projection
    assert page is not None
    rows = page.rows
    assert [row.name for row in rows][:2] == ["February 2027 to April 2027", "May 2027 to July 2027"]
    assert rows[-1].expected.partition(",")[0] == rows[-1].if_measured.partition(",")[0]  # the same score


def test_dimensions_without_a_date_have_until_all_is_complete(workspace: Workspace) -> None:
    text = said(report(workspace, {"dimensions": {"retention": 2}}))
    assert re.search(r"once all is complete: its target of level 2 is reached\.", text)
    assert "31 January 2029" not in text


def test_what_is_assumed_about_the_size_is_said(workspace: Workspace) -> None:
    built = report(workspace, None, organisation={"name": "Acme"})
    assert "assumed were 100 employees and 5 departments" in said(built)


def test_a_budget_is_accounted_for(workspace: Workspace) -> None:
    settings = {"capacity": {"start": "2027-01", "quarters": 4, "person_days": 200, "budget": 30000}}
    built = report(workspace, None, **settings)
    assert "Of the budget of €30,000, €" in said(built)
    assert built.projection is not None
    assert built.projection.rows[0].name == "Q1 2027"


def test_a_kpi_that_customer_data_measures_shows_todays_figure(workspace: Workspace) -> None:
    built = report(workspace, None, **POOR_CHURN)
    assert any("(today 50.0%)" in card.kpi for card in built.cards)


# ------------------------------------------------------------------ what the prospect says, in all its cases


class Said:
    """Builds reports of one plan with its prospect replaced."""

    def __init__(self, workspace: Workspace, **target: Any) -> None:
        folder = workspace(
            [{"id": "r1", "role": "leadership", "answers": ANSWERS}],
            {
                "organisation": {"name": "Acme", "employees": 100, "departments": 5},
                "capacity": {"start": "2027-01", "quarters": 4, "person_days": 60, "budget": 50000},
                "target": target or {"level": 4, "by": "2027-12"},
            },
        )
        self.engagement = cxmaturity.load(folder)
        self.assessment = cxmaturity.assess(self.engagement)
        self.roadmap = cxmaturity.plan(self.engagement, self.assessment)

    def report(self, tradeoff: Tradeoff | None = None, **prospect: Any) -> Report:
        assert self.roadmap.prospect is not None
        roadmap = replace(self.roadmap, prospect=replace(self.roadmap.prospect, **prospect))
        return build_report(
            self.engagement.workspace, self.engagement.texts, self.assessment, roadmap, (), tradeoff
        )

    def page(self, tradeoff: Tradeoff | None = None, **prospect: Any) -> TargetPage:
        page = self.report(tradeoff, **prospect).target
        assert page is not None
        return page


@pytest.fixture(scope="module")
def plan(shared_workspace: Workspace) -> Said:
    return Said(shared_workspace)


MISSED = {"reached": None, "deadline": 3, "ways_at": 3, "ways": (), "together": (), "obstacles": ()}
DAYS, EUROS = Shortage("person-days", 30.8), Shortage("budget", 4000)
QUARTERS = Shortage("quarters", 2)


@pytest.mark.parametrize(
    ("prospect", "sentence"),
    [
        ({"reached": 0}, "The target of level 4 is held today."),
        ({"reached": 2}, "reached from Q3 2027 on, in time for its date, 31 December 2027."),
        ({"reached": 4}, "reached only once all is complete, from Q1 2028 on, too late"),
        ({"reached": 2, "needs_data": True}, "from Q3 2027 on, but only if customer data comes to show"),
        (
            {"reached": 4, "needs_data": True},
            "at the earliest, too late for its date, 31 December 2027, and only if",
        ),
        ({"reached": None}, "The target of level 4 is missed with this capacity."),
    ],
)
def test_the_summary_and_the_roadmap_say_alike_what_becomes_of_it(
    plan: Said, prospect: dict[str, Any], sentence: str
) -> None:
    built = plan.report(**{**MISSED, **prospect})
    assert sentence in " ".join(built.roadmap.paragraphs)
    assert sentence in built.summary.paragraphs[-1]


def test_the_title_says_it_too(plan: Said) -> None:
    titles = {
        reached: plan.report(**{**MISSED, "reached": reached}).roadmap.title for reached in (0, 2, 4, None)
    }
    assert titles[0].startswith("Level 4 is held today; ")
    assert titles[2].startswith("Level 4 is reached in Q3 2027; ")
    assert titles[4].startswith("Level 4 is reached only once all is complete, too late for its date")


def test_single_additions_stand_as_alternatives(plan: Said) -> None:
    page = plan.page(**{**MISSED, "ways": (DAYS, EUROS, QUARTERS)})
    assert page.title == (
        "Level 4 takes 30.8 person-days a quarter more, €4,000 more or 2 more quarters of time"
    )
    # there are 60 person-days, €50,000 and 4 quarters; the target's date is point 3, the beginning of the
    # fourth, so with two more quarters of time it holds at point 5: a plan of 5 quarters is enough for that
    assert page.ways == (
        "30.8 person-days a quarter more, 90.8 in place of 60: the target then holds from Q4 2027 on.",
        "€4,000 more, €54,000 in place of €50,000: the target then holds from Q4 2027 on.",
        "2 more quarters of time: the target then holds from Q2 2028 on.",
    )
    assert "any one of these" in page.ways_title


def test_the_summary_says_what_it_would_take(plan: Said) -> None:
    built = plan.report(**{**MISSED, "ways": (DAYS, QUARTERS)})
    wanted = "It would take 30.8 person-days a quarter more or 2 more quarters of time."
    assert built.summary.paragraphs[-1].endswith(wanted)


def test_an_addition_of_which_less_may_do_says_so(plan: Said) -> None:
    page = plan.page(**{**MISSED, "ways": (Shortage("skill", 3, "legal", least=False),)})
    assert page.ways == (
        "At most 3 person-days of legal a quarter more: the target then holds from Q4 2027 on.",
    )


def test_additions_that_help_only_together_are_not_called_alternatives(plan: Said) -> None:
    page = plan.page(**{**MISSED, "together": (DAYS, EUROS)})
    assert page.title == "Level 4 takes more of several things at once"
    assert page.ways_title == "What it would take: all of this at once"
    assert len(page.ways) == 2


def test_with_time_among_what_helps_only_together_all_of_it_holds_later(plan: Said) -> None:
    # the target was to hold at point 3, the beginning of Q4 2027; with a quarter more it is the next
    page = plan.page(**{**MISSED, "together": (DAYS, Shortage("quarters", 1))})
    assert page.ways == (
        "30.8 person-days a quarter more, 90.8 in place of 60: the target then holds from Q1 2028 on.",
        "One more quarter of time: the target then holds from Q1 2028 on.",
    )


def test_what_a_quarter_sooner_takes_is_said_where_the_target_is_reached_in_time(plan: Said) -> None:
    page = plan.page(**{**MISSED, "reached": 2, "ways_at": 1, "ways": (DAYS,)})
    assert page.title == "Level 4 a quarter sooner takes 30.8 person-days a quarter more"
    assert page.ways == (
        "30.8 person-days a quarter more, 90.8 in place of 60: the target then holds from Q2 2027 on.",
    )


def test_where_nothing_helps_and_no_chart_shows_it_there_is_no_page(plan: Said) -> None:
    assert plan.report(**{**MISSED, "reached": 2, "ways_at": 1}).target is None


@pytest.mark.parametrize(
    ("now", "then", "path"),
    [
        ((3.02, 2), (3.41, 3), "from 3.0 to 3.4"),
        ((3.02, 2), (3.08, 3), "from level 2 to level 3"),  # both are shown as 3.0
        ((3.02, 3), (3.08, 3), "from 3.02 to 3.08"),
        ((3.02, 3), (3.021, 3), "no further than 3.0"),
    ],
)
def test_a_title_names_what_rises(
    plan: Said, now: tuple[float, int], then: tuple[float, int], path: str
) -> None:
    """Scores that look alike say nothing of where a plan leads."""

    def standing(whole: Any, place: tuple[float, int]) -> Any:
        return replace(whole, score=place[0], level=place[1])

    made = plan.roadmap
    projected = replace(made.finally_.projected, overall=standing(made.finally_.projected.overall, then))
    roadmap = replace(
        made,
        initiatives=made.initiatives[:1],
        finally_=replace(made.finally_, projected=projected),
        prospect=None,
    )
    assessment = replace(plan.assessment, overall=standing(plan.assessment.overall, now))
    built = build_report(plan.engagement.workspace, plan.engagement.texts, assessment, roadmap)
    assert built.roadmap.title == f"One initiative leads {path}"
    assert "It is projected to lead from" in said(built)


HELD_BACK = Message("obstacle.measured", {"title": "Retention", "level": 2})
SHOWN = "Customer data on retention would have to show level 2, and does not today."
ANY = ((30, None, 3.1), (60, None, 3.3))
"""Points of a trade-off that are worth a chart."""


def test_what_stands_in_the_way_is_said_with_the_roadmap_and_fills_no_page_by_itself(plan: Said) -> None:
    blocked = {**MISSED, "ways_at": None, "obstacles": (HELD_BACK,)}
    built = plan.report(**blocked)
    assert built.target is None
    assert "is missed whatever the capacity: customer data on retention would have to" in said(built)
    page = plan.page(trade_off(*ANY), **blocked)
    assert page.title == "Level 4 is out of reach of any capacity"


def test_obstacles_are_named_where_the_target_hangs_on_customer_data(plan: Said) -> None:
    hangs = {**MISSED, "reached": 2, "needs_data": True, "obstacles": (HELD_BACK,)}
    built = plan.report(**hangs)
    assert built.target is None
    assert SHOWN in said(built)
    assert SHOWN not in built.summary.paragraphs[-1]
    page = plan.page(trade_off(*ANY), **hangs)
    assert page.title == "Level 4 hangs on what customer data comes to show"
    assert page.paragraphs[1] == SHOWN


def test_a_target_of_several_parts_names_the_part_that_is_missed(workspace: Workspace) -> None:
    # culture stands at 5.0; retention cannot reach level 5 with 60 person-days, and the whole reaches level 3
    built = Said(workspace, level=3, dimensions={"retention": 5, "culture": 4}).report(reached=None)
    assert built.roadmap.title.endswith("still short of level 5 in retention")
    text = " ".join(built.roadmap.paragraphs)
    assert "The target of level 3 overall, level 5 in retention, and level 4 in culture" in text
    assert "its target of level 4 is reached" in text
    assert "its target of level 5 is missed" in text
    # the summary leaves out what is reached
    assert "its target of level 4 is reached" not in built.summary.paragraphs[-1]
    assert "its target of level 5 is missed" in built.summary.paragraphs[-1]


# ------------------------------------------------------------------------------------ other capacities


def trade_off(*points: tuple[float, int | None, float], needs_data: bool = False) -> Tradeoff:
    made = (
        TradeoffPoint(amount, reached, 3, needs_data, score, 3, 5, 0.0, "optimal", 0.0)
        for amount, reached, score in points
    )
    return Tradeoff("person-days", "target", 60, tuple(made))


def test_the_trade_off_stands_with_the_target(plan: Said) -> None:
    page = plan.page(trade_off((30, None, 3.1), (60, None, 3.3), (90, 3, 3.2)), **MISSED)
    assert page.chart is not None
    # lanes: point 3 is Q4 2027, and one lane for what is not reached, which has hollow marks
    assert page.chart.description == (
        "30: not reached, Score 3.1; 60: not reached, Score 3.3; 90: Q4 2027, Score 3.2"
    )
    assert "A hollow mark: the target is not reached within the plan." in page.caption
    # 90 leads less far than 60, for the target comes first
    assert "may lead to a lower score" in page.caption


def test_dates_that_hang_on_customer_data_are_called_so(plan: Said) -> None:
    page = plan.page(trade_off((60, 4, 3.1), (90, 3, 3.2), needs_data=True), **MISSED)
    assert page.chart is not None
    assert page.chart.description.startswith("60: after Q4 2027")
    assert "Dates hold only if customer data comes to show what was done." in page.caption


def test_without_any_date_there_is_no_panel_of_dates(plan: Said) -> None:
    page = plan.page(trade_off((30, None, 3.1), (60, None, 3.3)), **MISSED)
    assert page.chart is not None
    assert page.chart.description == "30: Score 3.1; 60: Score 3.3"
    assert "None of these amounts reaches the target within the 4 quarters planned." in page.caption


def test_a_trade_off_that_is_all_alike_is_not_drawn(plan: Said) -> None:
    assert plan.report(trade_off((30, None, 3.1), (60, None, 3.1)), **MISSED).target is None


def test_without_a_target_it_says_what_other_capacities_bring(plan: Said) -> None:
    roadmap = replace(plan.roadmap, prospect=None)
    points = replace(trade_off((30, None, 3.1), (60, None, 3.3), (120, None, 3.8)), aim="maturity")
    built = build_report(
        plan.engagement.workspace, plan.engagement.texts, plan.assessment, roadmap, (), points
    )
    assert built.target is not None
    assert built.target.name == "Other capacities"
    assert built.target.title == "120 person-days a quarter would lead to 3.8, today's 60 lead to 3.3"
    assert built.target.caption == (
        "Each mark is a plan of its own, made anew for so many person-days in each quarter, all else alike."
    )


def test_what_would_do_hangs_on_customer_data_as_the_target_does(plan: Said) -> None:
    page = plan.page(**{**MISSED, "reached": 2, "needs_data": True, "ways_at": 1, "ways": (DAYS,)})
    assert page.ways[0].endswith("holds from Q2 2027 on, if customer data comes to show what was done.")
