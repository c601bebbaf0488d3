"""The pages of the roadmap: what runs when, where it leads, the first 90 days, what was left out and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import cxmaturity
from cxmaturity.api import Message
from cxmaturity.engagement import Engagement
from cxmaturity.report.build import build_report
from cxmaturity.report.context import Report
from cxmaturity.report.html import render_html
from cxmaturity.report.left_out import REASONS
from cxmaturity.roadmap.model import Decisions, Initiative, LeftOut, Roadmap

Workspace = Callable[..., Path]

ANSWERS = {
    "culture.meaning.same": "sometimes",
    "retention.loyalty-and-value.scheme": "never",
    "retention.loyalty-and-value.effort": 5,
    "retention.churn-insight.known": "no",
    "retention.churn-insight.ways": ["none"],
    "retention.churn-insight.share": 0,
}


class Plan:
    """A plan of a small workspace, which tests change before a report is made of it."""

    def __init__(self, workspace: Workspace, capacity: dict[str, Any] | None = None, **settings: Any) -> None:
        quarters = {"start": "2027-01", "quarters": 4, "person_days": 200}
        folder = workspace(
            [{"id": "r1", "role": "leadership", "answers": ANSWERS}],
            {
                "organisation": {"name": "Acme", "employees": 100, "departments": 5},
                "capacity": {**quarters, **(capacity or {})},
                **settings,
            },
        )
        self.engagement: Engagement = cxmaturity.load(folder)
        self.assessment = cxmaturity.assess(self.engagement)
        self.roadmap: Roadmap = cxmaturity.plan(self.engagement, self.assessment)

    def report(self, **changes: Any) -> Report:
        titles = {entry.id: entry.title for entry in self.engagement.catalogue}
        roadmap = replace(self.roadmap, **changes)
        engagement = self.engagement
        return build_report(
            engagement.workspace, engagement.texts, self.assessment, roadmap, (), None, titles
        )

    def html(self, **changes: Any) -> str:
        return render_html(self.report(**changes), self.engagement.texts)

    def moved(self, number: int, **changes: Any) -> tuple[Initiative, ...]:
        """The initiatives with one of them changed."""
        return tuple(
            replace(each, **changes) if each.number == number else each for each in self.roadmap.initiatives
        )


@pytest.fixture(scope="module")
def plan(shared_workspace: Workspace) -> Plan:
    return Plan(shared_workspace)


def notes(report: Report) -> str:
    return " ".join(report.roadmap.notes)


# ------------------------------------------------------------------------------------------ the chart


def test_the_chart_draws_what_must_end_first(plan: Plan) -> None:
    (chart,) = plan.report().roadmap.gantts
    numbers = {each.recommendation.id: each.number for each in plan.roadmap.initiatives}
    needed = [
        (each.number, numbers[name])
        for each in plan.roadmap.initiatives
        for name in each.recommendation.prerequisites
        if name in numbers
    ]
    assert needed  # or this shows nothing
    assert chart.arrows
    for number, need in needed:
        assert f"{number} comes after {need}" in chart.description


def test_what_is_under_way_may_begin_before_the_plan_and_end_after_it(plan: Plan) -> None:
    last = plan.roadmap.initiatives[-1]
    moved = plan.moved(last.number, start=-1, quarters=6, state="under-way")
    built = plan.report(initiatives=moved)
    assert len(built.roadmap.gantts) == 1
    card = next(card for card in built.cards if card.number == last.number)
    assert card.when == "Q4 2026 to Q1 2028"
    assert card.dimension.endswith(", under way")


def test_skills_have_their_load_by_quarter(workspace: Workspace) -> None:
    skilled = Plan(workspace, {"skills": {"research": 5}})
    (table,) = skilled.report().roadmap.skills
    assert table.head == ("Skill", "Q1 2027", "Q2 2027", "Q3 2027", "Q4 2027")
    (row,) = table.rows
    assert row[0] == "research"
    assert all(cell.endswith(" of 5") for cell in row[1:])
    assert skilled.html().count("Load by skill, person-days") == 1


def test_more_quarters_than_a_table_holds_make_two(workspace: Workspace) -> None:
    tables = Plan(workspace, {"skills": {"research": 5}, "quarters": 10}).report().roadmap.skills
    assert [len(table.head) - 1 for table in tables] == [8, 2]


# ------------------------------------------------------------------------------- how good the plan is


def test_a_plan_that_is_proven_says_so(plan: Plan) -> None:
    assert "It is proven that no other plan within these limits gains more." in notes(plan.report(gap=0.0))


@pytest.mark.parametrize(
    ("gap", "sentence"),
    [(0.012, "could gain at most 1.2% more"), (float("inf"), "nobody knows how much more")],
)
def test_a_plan_that_is_not_says_how_much_better_one_may_be(plan: Plan, gap: float, sentence: str) -> None:
    text = notes(plan.report(gap=gap, status="feasible"))
    assert sentence in text
    assert "It is proven" not in text


def test_what_binds_is_named(plan: Plan) -> None:
    skill = Message("binding.skill", {"skill": "legal"})
    text = notes(plan.report(binding=(Message("binding.budget", {}), skill)))
    assert "What keeps the plan from more: the budget and person-days of legal." in text
    assert "No limit alone keeps the plan from more" in notes(plan.report(binding=()))


def test_what_could_not_be_weighed_is_named(plan: Plan) -> None:
    assert "Culture is planned as if it stayed where it is" in notes(plan.report(held=("Culture",)))


def test_decisions_are_named_by_title(plan: Plan) -> None:
    first, second = plan.roadmap.initiatives[:2]
    moved = plan.moved(first.number, state="pinned")
    done, forbidden = (entry for entry in plan.engagement.catalogue[:2])
    decisions = Decisions(forbid=(forbidden.id,), done={done.id: None})
    text = notes(plan.report(initiatives=moved, decisions=decisions))
    assert f"Fixed by hand: “{first.recommendation.title}”." in text
    assert second.recommendation.title not in text
    assert f"Done and not planned again: “{done.title}”." in text
    assert f"Ruled out by hand: “{forbidden.title}”." in text


def test_capacity_that_differs_by_quarter_is_given_as_a_range(workspace: Workspace) -> None:
    built = Plan(workspace, {"person_days": [100, 200, 150, 150]}).report()
    assert "between 100 and 200 person-days a quarter" in built.roadmap.paragraphs[0]


def test_a_capacity_with_room_for_nothing_says_so(workspace: Workspace) -> None:
    built = Plan(workspace, {"person_days": 0.1}).report()
    assert built.roadmap.paragraphs[0].startswith("Within this capacity there is room for nothing")
    assert built.left_out is not None
    assert (built.projection, built.target, built.quick_wins) == (None, None, None)


# ------------------------------------------------------------------------------------ where it leads


def test_both_cases_stand_in_numbers(plan: Plan) -> None:
    page = plan.report().projection
    assert page is not None
    score = plan.engagement.texts.write
    for row, period in zip(page.rows, plan.roadmap.periods, strict=False):
        outlook = period.outlook
        assert row.expected.startswith(f"{score(outlook.projected.overall.score, 'score')}, level")
        assert row.low.startswith(f"{score(outlook.low.overall.score, 'score')}, level")
    assert [row.name for row in page.rows][-2:] == ["Q4 2027", "Once all is complete"]


def test_they_are_called_estimates_and_no_interval(plan: Plan) -> None:
    page = plan.report().projection
    assert page is not None
    assert "author's estimate" in page.text
    assert "no interval" in page.caption
    # every lift of this workspace has a low estimate beneath it
    assert page.title.startswith("The score goes from")
    assert " with low ones" in page.title


@pytest.mark.parametrize(("quarters", "drawn"), [(4, 5), (11, 12), (12, 7), (24, 7), (40, 11)])
def test_a_long_plan_is_drawn_in_larger_steps(workspace: Workspace, quarters: int, drawn: int) -> None:
    # every quarter up to 11, every second up to 22, else every fourth; and once all is complete
    page = Plan(workspace, {"quarters": quarters}).report().projection
    assert page is not None
    assert len(page.chart.periods) == drawn
    assert len(page.rows) == quarters + 1


# ---------------------------------------------------------------------------------------- quick wins


def test_quick_wins_begin_and_end_in_the_first_quarter(plan: Plan) -> None:
    fast = [each for each in plan.roadmap.initiatives if (each.start, each.end) == (0, 0)]
    page = plan.report().quick_wins
    assert fast
    assert page is not None
    assert [win.number for win in page.wins] == [each.number for each in fast]
    win, first = page.wins[0], fast[0]
    facts = dict(win.facts)
    assert facts["Owner"] == first.recommendation.owner
    assert facts["Needs first"] == "nothing"
    assert facts["Lifts"].startswith("Churn insight to level")
    assert win.steps == first.recommendation.steps[:3]
    assert first.recommendation.kpi.name in win.kpi


def test_without_any_there_is_a_sentence_and_no_page(plan: Plan) -> None:
    later = tuple(replace(each, start=1, quarters=1) for each in plan.roadmap.initiatives)
    longer = tuple(replace(each, start=0, quarters=2) for each in plan.roadmap.initiatives)
    for initiatives, why in (
        (later, "nothing begins in the first quarter"),
        (longer, "nothing that begins in the first quarter is complete within it"),
    ):
        alone = tuple(
            replace(each, recommendation=replace(each.recommendation, prerequisites=()))
            for each in initiatives
        )
        built = plan.report(initiatives=alone)
        assert built.quick_wins is None
        assert f"There are no quick wins: {why}." in notes(built)


def test_a_low_estimate_stands_beside_a_lift(plan: Plan) -> None:
    first = plan.roadmap.initiatives[0]
    practice, level = next(iter(first.lifts.items()))
    for low, said in (
        ({practice: level - 1}, f"(low estimate: level {level - 1})"),
        ({}, "(low estimate: no lift)"),
        ({practice: level}, ""),
    ):
        facts = dict(plan.report(initiatives=plan.moved(first.number, low=low)).cards[0].facts)
        assert facts["Lifts"].rpartition(f"to level {level}")[2].strip() == said


# ----------------------------------------------------------------------------------------- left out


def left_out(plan: Plan, *reasons: str) -> tuple[LeftOut, ...]:
    """One recommendation after the other, each left out for a reason."""
    values = {"title": "Something", "days": 3.0, "n": 2, "cost": 1000, "left": 500}
    entries = (plan.roadmap.initiatives[0].recommendation for _ in reasons)
    return tuple(
        LeftOut(replace(entry, title=f"No. {number}"), Message(f"left-out.{reason}", values))
        for number, (entry, reason) in enumerate(zip(entries, reasons, strict=True))
    )


def test_a_short_list_is_sorted_by_reason(plan: Plan) -> None:
    page = plan.report(left_out=left_out(plan, "time", "forbidden", "time")).left_out
    assert page is not None
    assert page.title == "3 recommendations fit the result but are left out"
    (group,) = page.groups
    assert group.title == ""
    assert [title for title, _ in group.rows] == ["No. 1", "No. 0", "No. 2"]


def test_a_long_list_is_grouped_by_reason(plan: Plan) -> None:
    page = plan.report(left_out=left_out(plan, *["time"] * 5, *["capacity"] * 4)).left_out
    assert page is not None
    assert [(group.title, len(group.rows)) for group in page.groups] == [
        ("No room in the person-days", 4),
        ("Too long for the plan", 5),
    ]


def test_every_reason_has_a_place_and_a_heading(plan: Plan) -> None:
    known = {
        key.removeprefix("left-out.") for key in plan.engagement.texts._entries if key.startswith("left-out.")
    }
    assert set(REASONS) == known
    page = plan.report(left_out=left_out(plan, *REASONS)).left_out
    assert page is not None
    assert len(page.groups) == len(REASONS)


def test_pages_are_in_the_contents_only_where_they_are(plan: Plan) -> None:
    undated = tuple(replace(each, start=None) for each in plan.roadmap.initiatives)
    html = plan.html(left_out=left_out(plan, "time"))
    without = plan.html(left_out=(), periods=(), capacity=None, initiatives=undated)
    for name in ("projection", "quick-wins", "left-out"):
        assert f'href="#{name}"' in html
        assert f'id="{name}"' in html
        assert f'href="#{name}"' not in without
        assert f'id="{name}"' not in without


def test_no_budget_at_all_is_no_budget_that_is_used(workspace: Workspace) -> None:
    paragraphs = Plan(workspace, {"budget": 0}).report().roadmap.paragraphs
    assert "There is no budget" in paragraphs[0]


@pytest.mark.parametrize(("days", "drawn"), [(22, True), ([22, 22, 22, 23], False)])
def test_other_capacities_are_looked_at_where_quarters_are_alike(
    workspace: Workspace, tmp_path: Path, *, days: Any, drawn: bool
) -> None:
    small = Plan(workspace, {"person_days": days}, target={"level": 3})
    output = tmp_path / "report.html"
    cxmaturity.render(small.engagement, small.assessment, small.roadmap, output, format="html")
    html = output.read_text(encoding="utf-8")
    assert ("Person-days in each quarter" in html) is drawn
    if drawn:  # 50, 75, 100, 125, 150 and 200% of 22, in whole days: 16.5 and 27.5 round to even
        described = html.partition("11: ")[2].partition("</desc>")[0]
        assert [part.partition(":")[0] for part in described.split("; ")[1:]] == [
            "16",
            "22",
            "28",
            "33",
            "44",
        ]


def test_other_capacities_are_those_of_the_plan_that_is_shown(workspace: Workspace, tmp_path: Path) -> None:
    made = Plan(workspace, {"person_days": 22}, target={"level": 3})
    asked = cxmaturity.wish_of(made.engagement)
    assert asked.capacity is not None
    wish = replace(asked, capacity=replace(asked.capacity, person_days=(20.0,) * 4))
    roadmap = cxmaturity.plan(made.engagement, made.assessment, wish)
    output = tmp_path / "report.html"
    cxmaturity.render(made.engagement, made.assessment, roadmap, output, format="html")
    described = output.read_text(encoding="utf-8").partition("10: ")[2].partition("</desc>")[0]
    # 50, 75, 100, 125, 150 and 200% of 20
    assert [part.partition(":")[0] for part in described.split("; ")[1:]] == ["15", "20", "25", "30", "40"]


def test_the_appendix_says_how_the_plan_is_found(plan: Plan) -> None:
    ((_, method),) = [each for each in plan.report().appendix.method if each[0] == "Roadmap"]
    assert "the target at the soonest for the least effort" in method
    assert "each quarter of waiting takes 3% off a gain" in method
