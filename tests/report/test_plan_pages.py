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


def heads(plan: Plan) -> list[tuple[str, ...]]:
    return [text.lines for text in plan.report().roadmap.gantts[0].headings]


def test_quarters_are_named_as_far_as_there_is_room(workspace: Workspace) -> None:
    four = Plan(workspace)
    assert heads(four) == [("Q1 2027",), ("Q2 2027",), ("Q3 2027",), ("Q4 2027",)]
    # in twelve the year stands once, in a line of its own
    twelve = Plan(workspace, {"quarters": 12, "start": "2027-04"})
    first, again = ("Q2", "2027"), ("Q1", "2028")
    assert heads(twelve)[:5] == [first, ("Q3",), ("Q4",), again, ("Q2",)]
    shifted = Plan(workspace, {"quarters": 12, "start": "2027-02"})
    assert heads(shifted)[:5] == [("Feb", "2027"), ("May",), ("Aug",), ("Nov",), ("Feb", "2028")]
    # of more than twelve, one in four
    assert heads(Plan(workspace, {"quarters": 16})) == [
        ("Q1 2027",),
        ("Q1 2028",),
        ("Q1 2029",),
        ("Q1 2030",),
    ]


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


def several(plan: Plan, count: int) -> list[Initiative]:
    """Initiatives like the first one, of which none needs another."""
    first = plan.roadmap.initiatives[0]
    alone = replace(first.recommendation, prerequisites=())
    return [
        replace(first, number=number, recommendation=replace(alone, id=f"culture.made-{number}"))
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize(
    ("needed", "sentence"),
    [
        (3, "The target needs all of them."),
        (2, "The target needs all but 3, which uses room that the target leaves."),
        (1, "The target needs 1; the other 2 use room that the target leaves."),
    ],
)
def test_what_the_target_needs_is_named(plan: Plan, needed: int, sentence: str) -> None:
    made = tuple(replace(each, needed=each.number <= needed) for each in several(plan, 3))
    assert sentence in notes(plan.report(initiatives=made))


READ = "Each number is an initiative; the dividing lines are the medians of this roadmap."
BECAUSE = f"{READ} What gives little for much is here because"
NEEDED, ROOM, FIXED = {"needed": True}, {}, {"state": "pinned"}


@pytest.mark.parametrize(
    ("dear", "caption"),
    [
        ([], READ),
        ([ROOM], f"{BECAUSE} there was room left."),
        (
            [NEEDED, ROOM, FIXED, ROOM],
            f"{BECAUSE} the target needs it, it was decided on by hand or there was room left.",
        ),
    ],
)
def test_what_gives_little_for_much_says_why_it_is_there(
    plan: Plan, dear: list[dict[str, Any]], caption: str
) -> None:
    made = [replace(each, quadrant="quick-win") for each in several(plan, 5)]
    made[: len(dear)] = [
        replace(each, quadrant="reconsider", **why) for each, why in zip(made, dear, strict=False)
    ]
    assert plan.report(initiatives=tuple(made)).roadmap.matrix_caption == caption


def test_what_gives_little_for_much_may_be_needed_by_another(plan: Plan) -> None:
    dear, other = several(plan, 2)
    needs = replace(other.recommendation, prerequisites=(dear.recommendation.id,))
    made = (replace(dear, quadrant="reconsider"), replace(other, start=1, recommendation=needs))
    assert plan.report(initiatives=made).roadmap.matrix_caption == f"{BECAUSE} another initiative needs it."


def test_without_a_capacity_nothing_is_there_for_want_of_room(plan: Plan) -> None:
    made = tuple(replace(each, start=None, quadrant="reconsider") for each in several(plan, 2))
    built = plan.report(initiatives=made, periods=(), capacity=None)
    assert built.roadmap.matrix_caption == (
        f"{BECAUSE} without a capacity there is room for all that adds to the score."
    )


def test_many_decisions_are_named_by_their_numbers(plan: Plan) -> None:
    made = tuple(replace(each, state="pinned") for each in several(plan, 6))
    assert "Fixed by hand: 1, 2, 3, 4, 5, and 6." in notes(plan.report(initiatives=made))
    title = made[0].recommendation.title
    five = ", ".join(f"“{title}”" for _ in range(4)) + f", and “{title}”"
    assert f"Fixed by hand: {five}." in notes(plan.report(initiatives=made[:5]))


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


def test_with_room_for_nothing_the_summary_says_so_too_and_the_target_is_missed(workspace: Workspace) -> None:
    target = {"level": 3, "by": "2027-12"}
    built = Plan(workspace, {"person_days": 0.1}, target=target).report()
    missed = "The target of level 3 is missed with this capacity."
    assert built.roadmap.title == "Within this capacity there is room for nothing"
    assert missed in " ".join(built.roadmap.paragraphs)
    summary = built.summary.paragraphs[-1]
    assert summary.startswith("Within this capacity there is room for nothing")
    assert missed in summary
    assert "It would take" in summary


def test_without_a_target_and_room_nothing_is_said_to_lead_anywhere(workspace: Workspace) -> None:
    built = Plan(workspace, {"person_days": 0.1}).report()
    assert len(built.roadmap.paragraphs) == 1
    assert "projected" not in built.summary.paragraphs[-1]


def test_what_is_under_way_may_take_more_than_the_budget(plan: Plan) -> None:
    assert plan.roadmap.capacity is not None

    def means(budget: float, cost: float) -> str:
        capacity = replace(plan.roadmap.capacity, budget=budget)  # type: ignore[type-var]
        return plan.report(capacity=capacity, cost=cost).roadmap.paragraphs[0]

    assert "What is under way takes €13,600, more than the budget of €3,000, so nothing else" in means(
        3000, 13600
    )
    assert "more than the budget of €0, so nothing else" in means(0, 13600)
    assert "There is no budget, so nothing with an outside cost is planned." in means(0, 0)
    assert "Of the budget of €3,000, €3,000 is used." in means(3000, 3000)


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


def test_what_began_before_the_plan_does_not_begin_in_its_first_quarter(plan: Plan) -> None:
    # the plan begins in January; what began in September and is late still takes its first quarter
    fast = next(each for each in plan.roadmap.initiatives if (each.start, each.end) == (0, 0))
    name = fast.recommendation.id
    for month, when in (("2026-09", "Q3 2026 to Q1 2027"), ("2027-02", "Q1 2027")):
        built = plan.report(
            initiatives=plan.moved(fast.number, state="under-way"),
            decisions=Decisions(under_way={name: month}),
        )
        wins = built.quick_wins.wins if built.quick_wins else ()
        assert (fast.number in {win.number for win in wins}) == (month == "2027-02")
        card = next(card for card in built.cards if card.number == fast.number)
        assert card.when == when
        (row,) = (row for row in built.roadmap.gantts[0].rows if row.number.lines == (str(fast.number),))
        assert len(row.look.outline) == (4 if month == "2026-09" else 5)  # open at the left, or closed


def test_without_any_there_is_a_sentence_and_no_page(plan: Plan) -> None:
    later = tuple(replace(each, start=1, quarters=1) for each in plan.roadmap.initiatives)
    longer = tuple(replace(each, start=0, quarters=2) for each in plan.roadmap.initiatives)
    before = tuple(replace(each, start=-1, state="under-way") for each in longer)
    for initiatives, why in (
        (later, "nothing begins in the first quarter"),
        (before, "nothing begins in the first quarter"),
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
    values = {
        "title": "Something",
        "days": 3.0,
        "load": 1.5,
        "skill": "legal",
        "n": 2,
        "cost": 1000,
        "left": 500,
    }
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
