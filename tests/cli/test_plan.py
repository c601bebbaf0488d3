"""``cxmaturity plan``: the answer, the quarters, what binds, other amounts, and the same as data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

import pytest

from cxmaturity import assess, load, plan
from cxmaturity.cli.amounts import MOST, amounts_of
from cxmaturity.cli.plan_words import PlanWording
from cxmaturity.errors import UserError
from cxmaturity.export import as_text
from cxmaturity.plan_export import plan_data
from cxmaturity.roadmap.milp import Limits, Outcome, Program
from cxmaturity.roadmap.model import Capacity, Prospect, Shortage, Target

Cli = Callable[..., Any]
Write = Callable[..., Path]
Make = Callable[..., Path]

ANSWERS = {
    "culture.meaning.same": 1,
    "retention.loyalty-and-value.scheme": 5,
    "retention.loyalty-and-value.effort": 1,
    "retention.churn-insight.known": True,
    "retention.churn-insight.ways": ["calls", "letters"],
    "retention.churn-insight.share": 100,
}
"""Culture stands at 1.0, retention at 5.0 with nothing left to do, the whole at 3.0."""
QUARTERS = {"start": "2027-01", "quarters": 3, "person_days": 40, "budget": 1000}
SIDE = {"skills": {"testing": 0.5}}


def entry(name: str, level: int, days: int, **more: Any) -> dict[str, Any]:
    return {
        "id": f"culture.{name}",
        "title": f"Do {name}",
        "aim": "All mean the same.",
        "why": "They do not.",
        "source": {"ref": "S0", "idea": "One meaning"},
        "steps": ["Do it."],
        "lifts": {"culture.meaning": {"expected": level, "low": 1}},
        "effort": {"fixed": days},
        "weeks": 13,
        "owner": "Managing director",
        "kpi": {"name": "Done", "target": "yes"},
        "risk": {"kind": "adoption", "rating": "low", "text": "Nobody does it."},
        **more,
    }


@pytest.fixture
def make(workspace: Write, install: Callable[..., object], tmp_path: Path) -> Make:
    """``make(target=…, capacity=…)`` is a workspace in which "page" lifts culture to level 3, and "habit",
    which needs it, to level 5.

    Each takes a quarter: 40 and 30 person-days, of the second half of a skill.
    """
    recommendations = [
        entry("page", 3, 40, cost={"fixed": 600}),
        entry("habit", 5, 30, prerequisites=["culture.page"], cost={"fixed": 300}, skills={"testing": 0.5}),
    ]
    path = tmp_path / "recommendations.yaml"
    path.write_text(json.dumps({"format": 1, "recommendations": recommendations}), encoding="utf-8")
    install(
        "acme",
        f"""
        from pathlib import Path
        from cxmaturity.api import hookimpl

        CXMATURITY_API = 1

        @hookimpl
        def cxmaturity_catalogues():
            return [Path({str(path)!r})]
        """,
    )

    given = {"as_of": "2026-10-31", "capacity": QUARTERS}

    def write(**settings: Any) -> Path:
        return workspace(
            [{"id": "r1", "answers": dict(ANSWERS)}],
            {name: value for name, value in {**given, **settings}.items() if value is not None},
        )

    return write


def flat(out: str) -> str:
    return " ".join(out.split())


# ------------------------------------------------------------------------------------- the two questions


def test_the_target_is_reached_in_time(make: Make, cli: Cli) -> None:
    folder = make(target={"by": "2027-09", "dimensions": {"culture": 5}})
    done = cli("plan", folder)
    assert (done.code, done.err) == (0, "")
    out = flat(done.out)
    assert "plan from January 2027 to September 2027" in out
    assert "The target is culture at level 5, by 30 September 2027." in out
    # one quarter each, one after the other: it holds at the beginning of the third
    assert "The target is reached from Q3 2027 on, in time." in out
    assert "That is proven." in out
    # (1.0 + 5.0) ÷ 2 = 3.0; with the minimum of level 5 it is (4.2 + 5.0) ÷ 2 = 4.6
    assert "2 initiatives lead from 3.0, level 2 to 4.6, level 5." in out
    # (2.6 + 5.0) ÷ 2 − 3.0 = 0.8 after the first quarter, then 1.6 after each of the others
    assert "comes to 4.00 level-quarters." in out
    assert "They cost €900 of €1,000." in out


def test_each_quarter_has_its_dates_load_and_initiatives(make: Make, cli: Cli) -> None:
    lines = [
        " ".join(line.split()) for line in cli("plan", make(target={"level": 5})).out.splitlines() if line
    ]
    first = lines.index("Q1 2027 · 1 January 2027 to 31 March 2027")
    assert lines[first + 1 : first + 4] == [
        # culture at level 1 holds the whole at level 2
        "Expected 3.0, level 2 · low 3.0, level 2 · level 2 if customer data follows",
        "████████████████████ 40 of 40 person-days",
        "1 Do page starts and ends · for the target",
    ]
    second = lines.index("Q2 2027 · 1 April 2027 to 30 June 2027")
    # 2.6 is level 3; at the least nothing comes of it
    assert lines[second + 1] == (
        "Expected 3.8, level 4 · low 3.0, level 2 · level 4 if customer data follows"
    )
    # 30 ÷ 40 of 20 characters
    assert lines[second + 2] == "███████████████░░░░░ 30 of 40 person-days"
    third = lines.index("Q3 2027 · 1 July 2027 to 30 September 2027")
    assert lines[third + 3] == "Nothing to do."
    assert sum("authors’ estimates" in line for line in lines) == 1


def test_a_target_that_is_missed_is_an_answer_with_what_would_do(make: Make, cli: Cli) -> None:
    folder = make(target={"dimensions": {"culture": 5}})
    done = cli("plan", folder, "--person-days", "20")
    assert (done.code, done.err) == (0, "")
    out = flat(done.out)
    assert "No plan under this capacity reaches the target." in out
    assert "meanwhile" not in out  # there is room for nothing
    assert "• 20 more person-days in each quarter" in out
    assert "Do page: no quarter has room for its person-days, 40" in out
    assert "Do habit: it needs “Do page”, which is left out" in out


def test_too_late_says_what_time_it_would_take(make: Make, cli: Cli) -> None:
    folder = make(target={"dimensions": {"culture": 5}})
    out = flat(cli("plan", folder, "--by", "2027-06").out)
    assert "The target is reached from Q3 2027 on, too late." in out
    # two quarters of work cannot be done in one, however many person-days there are
    assert (
        "What more it would take With one more quarter of time, all else alike, the target is reached from "
        "Q3 2027 on."
    ) in out
    assert "alone" not in out
    assert "more person-day" not in out


DAYS = Shortage("person-days", 10)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            {"ways": (DAYS, Shortage("budget", 500), Shortage("quarters", 2))},
            [
                "Each of these alone would have the target reached from Q3 2027 on:",
                "• 10 more person-days in each quarter",
                "• €500 more budget",
                # point 2 is the beginning of Q3 2027, and two quarters later is Q1 2028
                "With 2 more quarters of time, all else alike, the target is reached from Q1 2028 on.",
            ],
        ),
        (
            {"ways": (DAYS, Shortage("quarters", 1, least=False))},
            [
                "This alone would have the target reached from Q3 2027 on:",
                "• 10 more person-days in each quarter",
                (
                    "With one more quarter of time (less may do), all else alike, the target is reached "
                    "from Q4 2027 on."
                ),
            ],
        ),
        (
            {"together": (DAYS, Shortage("quarters", 1))},
            [
                (
                    "No one thing alone would do, but these together would have the target reached from "
                    "Q4 2027 on:"
                ),
                "• 10 more person-days in each quarter",
                "• one more quarter of time",
            ],
        ),
    ],
)
def test_time_is_said_apart_and_counts_for_all_that_it_goes_with(
    found: dict[str, Any], said: list[str], make: Make
) -> None:
    engagement = load(make())
    capacity = Capacity("2027-01", (40.0,) * 3)
    prospect = Prospect(Target(level=5), None, 2, ways_at=2, **found)
    assert [*PlanWording.of(engagement).more(prospect, capacity)] == said


def test_quarters_of_no_calendar_are_named_by_their_first_month(make: Make, cli: Cli) -> None:
    folder = make(target={"dimensions": {"culture": 5}}, capacity={**QUARTERS, "start": "2027-02"})
    # two quarters of work from February on
    assert "The target is reached from August 2027 on, in time." in flat(cli("plan", folder).out)
    out = cli("plan", folder, "--what-if", "person-days=40:40:1").out
    assert re.search(r"40 +today +August 2027 +4\.6", out)
    assert "Under “Target” is the month from whose beginning on it is reached." in flat(out)


def test_one_initiative_is_spoken_of_as_one(make: Make, cli: Cli) -> None:
    out = flat(cli("plan", make(target={"level": 3}, plan={"forbid": ["culture.habit"]})).out)
    assert "One initiative leads from 3.0, level 2 to 3.8, level 4." in out
    assert "It costs €600 of €1,000." in out


def test_what_costs_nothing_has_no_costs_and_what_leads_nowhere_says_so(make: Make) -> None:
    engagement = load(make(target={"level": 5}))
    assessment = assess(engagement)
    roadmap = plan(engagement, assessment)
    stays = replace(roadmap.finally_.projected, overall=assessment.overall)
    free = replace(roadmap, cost=0.0, finally_=replace(roadmap.finally_, projected=stays))
    said = PlanWording.of(engagement).effect(assessment, free)
    assert said.startswith("2 initiatives lead no further than 3.0, level 2.")
    assert "cost" not in said


def test_what_is_under_way_may_take_more_than_the_budget(make: Make, cli: Cli) -> None:
    folder = make(plan={"under_way": {"culture.page": "2027-01"}})
    out = flat(cli("plan", folder, "--budget", "300").out)
    assert "What is under way takes €600, more than the budget of €300." in out


def test_without_scores_it_is_said_that_nothing_can_be_said(workspace: Write, make: Make, cli: Cli) -> None:
    make()
    folder = workspace(
        [{"id": "r1", "answers": {}}], {"capacity": {**QUARTERS, "budget": 99000}, "target": {"level": 3}}
    )
    out = flat(cli("plan", folder).out)
    assert re.search(r"initiatives? (is|are) planned; where (it leads|they lead) cannot be said before", out)
    assert "Where it stands cannot be said before more is known." in out
    assert "–" not in out
    assert "0.00 level-quarters" not in out
    assert "• Overall has no level, as too little was answered" in out


def test_to_wait_is_no_way_to_have_it_sooner(make: Make, cli: Cli) -> None:
    out = flat(cli("plan", make(target={"dimensions": {"culture": 5}})).out)
    assert "Nothing was found that would have it a quarter sooner" in out
    assert "of time" not in out


def test_what_no_capacity_mends_is_said(make: Make, cli: Cli) -> None:
    folder = make(target={"dimensions": {"culture": 5}}, plan={"forbid": ["culture.habit"]})
    out = flat(cli("plan", folder).out)
    assert "What no capacity mends • Culture would stand at 2.6 at most" in out
    assert "Do habit: it is ruled out in the workspace" in out


def test_the_most_maturity_does_not_look_at_the_target(make: Make, cli: Cli) -> None:
    folder = make(target={"dimensions": {"culture": 3}})
    sooner, most = (json.loads(cli("plan", folder, "--json", *more).out) for more in ([], ["--most"]))
    assert (sooner["question"], most["question"]) == ("target", "maturity")
    out = flat(cli("plan", folder, "--most").out)
    assert "What gains the most maturity under the capacity?" in out
    assert "The plan gains 4.00 level-quarters." in out
    assert "The target is reached from Q2 2027 on, in time." in out


def test_options_stand_in_for_what_the_workspace_says(make: Make, cli: Cli) -> None:
    folder = make(target={"level": 2, "by": "2027-09", "dimensions": {"culture": 5}})
    done = cli(
        "plan", folder, "--json", "--level", "4", "--by", "2027-06", "--person-days", "45.5", "--budget", "0"
    )
    data = json.loads(done.out)
    target = data["target"]
    assert (target["level"], target["by"], target["dimensions"]) == (4, "2027-06", {"culture": 5})
    assert (data["budget"], [period["capacity"] for period in data["periods"]]) == (0, [45.5, 45.5, 45.5])
    assert data["recommendations"] == []  # both cost something


def test_without_a_capacity_there_is_an_order_and_no_quarters(make: Make, cli: Cli) -> None:
    folder = make(capacity=None, target={"level": 5})
    done = cli("plan", folder)
    assert (done.code, done.err) == (0, "")
    out = flat(done.out)
    assert "there are no quarters" in out
    assert "The target is the whole at level 5; when it is reached cannot be said." in out
    assert re.search(r"1 Do page 40 person-days, 13 weeks 2 Do habit 30 person-days, 13 weeks", out)
    data = json.loads(cli("plan", folder, "--json").out)
    assert (data["status"], data["gap"], data["gained"], data["periods"]) == (None, None, None, [])
    assert [each["start"] for each in data["recommendations"]] == [None, None]


@pytest.mark.parametrize(
    "option",
    [
        ["--level", "3"],
        ["--by", "2027-06"],
        ["--person-days", "9"],
        ["--budget", "0"],
        ["--most"],
        ["--what-if", "level=2:5"],
        ["--seconds", "9"],
    ],
)
def test_what_is_about_quarters_needs_a_capacity(option: list[str], make: Make, cli: Cli) -> None:
    done = cli("plan", make(capacity=None), *option)
    assert (done.code, done.out) == (2, "")
    assert f"{option[0]} needs quarters, and there is no `capacity`" in done.err
    assert "`start`, `quarters` and `person_days`" in done.err


def test_a_date_needs_a_target(make: Make, cli: Cli) -> None:
    done = cli("plan", make(), "--by", "2027-06")
    assert (done.code, done.out) == (2, "")
    assert "--by needs a target, and there is none; add --level" in done.err


@pytest.mark.parametrize(
    "options",
    [
        ["--by", "2027-13"],
        ["--by", "soon"],
        ["--level", "1"],
        ["--level", "6"],
        ["--person-days", "0"],
        ["--person-days", "nan"],
        ["--person-days", "inf"],
        ["--budget", "-1"],
        ["--seconds", "0"],
        ["--what-if", "person-days=20:40:20", "--person-days", "30"],
        ["--what-if", "person-days=20:40:20", "--seconds", "3"],
    ],
)
def test_bad_options_are_the_users_mistake(options: list[str], make: Make, cli: Cli) -> None:
    done = cli("plan", make(), *options)
    assert (done.code, done.out) == (2, "")
    assert options[0] in done.err


def test_a_plan_can_be_searched_for_by_the_clock(
    make: Make, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits: list[Limits] = []

    def solve(program: Program, within: Limits) -> Outcome:
        limits.append(within)
        return solved(program, within)

    solved = Program.solve
    monkeypatch.setattr(Program, "solve", solve)
    assert cli("plan", make(target={"level": 5}), "--seconds", "30").code == 0
    # the plan is searched for by the clock alone, what is asked beside it by steps and for ten seconds
    by_the_clock = [each.seconds for each in limits if each.steps is None]
    assert by_the_clock
    assert max(by_the_clock) <= 30
    assert all(each.seconds <= 10 for each in limits if each.steps is not None)


def test_what_people_decided_is_marked(make: Make, cli: Cli) -> None:
    folder = make(plan={"pin": {"culture.habit": "2027-08"}, "under_way": {"culture.page": "2026-11"}})
    out = flat(cli("plan", folder).out)
    assert "Do page ends · under way" in out  # it began before the plan
    assert "Do habit starts and ends · pinned" in out


@pytest.mark.parametrize("more", [[], ["--what-if", "level=2:5"]])
def test_eighty_columns_suffice(
    more: list[str], cli: Cli, assessed_demo: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxmaturity.cli.plan.load_and_assess", lambda *_: assessed_demo)
    monkeypatch.setattr("cxmaturity.cli.plan_summary.WIDTH", 80)
    monkeypatch.setattr("cxmaturity.cli.tradeoff_table.WIDTH", 80)
    done = cli("plan", tmp_path, *more)
    assert done.code == 0
    assert max(len(line) for line in done.out.splitlines()) <= 80
    assert "…\n" not in done.out.replace("… and", "")
    assert "\x1b" not in done.out


def test_no_more_than_ten_that_are_left_out_are_named(
    cli: Cli, assessed_demo: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxmaturity.cli.plan.load_and_assess", lambda *_: assessed_demo)
    done = cli("plan", tmp_path)
    count = int(re.findall(r"(\d+) recommendations are left out", done.out)[0])
    assert count > 10
    assert f"… and {count - 10} more; --json has all" in done.out


# --------------------------------------------------------------------------------------------------- data


def test_the_plan_as_data(make: Make, cli: Cli) -> None:
    folder = make(
        target={"by": "2027-09", "dimensions": {"culture": 5}},
        capacity={**QUARTERS, "skills": {"testing": [20, 20, 0]}},
    )
    data = json.loads(cli("plan", folder, "--json").out)
    assert (data["format"], data["organisation"]["name"], data["as_of"]) == (1, "Acme", "2026-10-31")
    assert (data["question"], data["status"], data["gap"], data["cost"]) == ("target", "optimal", 0.0, 900)
    assert data["gained"] == pytest.approx(4.0)
    target = data["target"]
    assert (target["reached"], target["deadline"]) == ("2027-07-01", "2027-09-30")
    assert (target["in_time"], target["needs_data"]) == (True, False)
    assert target["ways_at"] == "2027-04-01"
    first, second, third = data["periods"]
    assert (first["start"], first["end"], third["end"]) == ("2027-01-01", "2027-03-31", "2027-09-30")
    assert (first["initiatives"], second["initiatives"]) == (["culture.page"], ["culture.habit"])
    # half of 30 person-days
    assert second["skills"] == {"testing": {"load": 15.0, "capacity": 20}}
    assert second["projected"]["dimensions"]["culture"] == {"score": 2.6, "level": 3}
    assert second["low"]["dimensions"]["culture"] == {"score": 1.0, "level": 1}
    assert data["finally"]["if_measured"]["overall"] == {"score": 4.6, "level": 5}
    habit = data["recommendations"][1]
    assert (habit["start"], habit["state"], habit["skills"]) == ("2027-04-01", "planned", {"testing": 15.0})
    assert habit["gain"] == pytest.approx(0.8)
    assert (habit["lifts"], habit["low"]) == ({"culture.meaning": 5}, {})


def test_what_is_reached_only_at_the_end_has_the_day_after(make: Make, cli: Cli) -> None:
    folder = make(target={"dimensions": {"culture": 5}}, capacity={**QUARTERS, "quarters": 2})
    target = json.loads(cli("plan", folder, "--json").out)["target"]
    # without a date it has until all is complete, and that holds from the day after the last quarter on
    assert (target["reached"], target["deadline"], target["in_time"]) == ("2027-07-01", "2027-07-01", True)
    dated = json.loads(cli("plan", folder, "--by", "2027-06", "--json").out)["target"]
    assert (dated["reached"], dated["deadline"], dated["in_time"]) == ("2027-07-01", "2027-06-30", False)
    assert "culture at level 5, at the latest once all of the plan is complete." in flat(
        cli("plan", folder).out
    )
    assert "The target is reached once all is complete, from Q3 2027 on, in time." in flat(
        cli("plan", folder).out
    )


def test_a_gap_without_a_bound_is_not_known(make: Make) -> None:
    engagement = load(make(target={"level": 5}))
    roadmap = replace(plan(engagement, assess(engagement)), gap=inf, status="feasible")
    assert json.loads(as_text(plan_data(roadmap, engagement.texts)))["gap"] is None
    said = PlanWording.of(engagement).proven(roadmap)
    assert said == "How much more another plan would gain is not known, as the search ended too early."


@pytest.mark.parametrize(
    ("gap", "status", "said"),
    [
        (
            0.0123,
            "feasible",
            (
                "That no other plan gains more is not proven: it could be up to 1.2% more. "
                "With --seconds 120 the search goes on for longer."
            ),
        ),
        (0.0, "feasible", "That it cannot be reached sooner is not proven, as the search came to its end."),
        (0.0, "infeasible", "No plan that reaches it by then gains more. That is proven."),
    ],
)
def test_how_sure_it_is_is_said(gap: float, status: Any, said: str, make: Make) -> None:
    engagement = load(make(target={"level": 5}))
    roadmap = replace(plan(engagement, assess(engagement)), gap=gap, status=status)
    assert PlanWording.of(engagement).proven(roadmap) == said


def test_assess_has_the_same_plan(make: Make, cli: Cli) -> None:
    folder = make(target={"level": 5})
    planned, assessed = (json.loads(cli(name, folder, "--json").out) for name in ("plan", "assess"))
    assert assessed["recommendations"] == planned["recommendations"]
    assert {key: planned[key] for key in assessed["plan"]} == assessed["plan"]


def test_what_is_under_way_starts_when_it_began(make: Make, cli: Cli) -> None:
    folder = make(
        plan={
            "under_way": {"culture.page": "2026-11"},
            "pin": ["culture.habit"],
            "done": [],
        }
    )
    data = json.loads(cli("plan", folder, "--json").out)
    page = data["recommendations"][0]
    assert (page["id"], page["start"], page["state"]) == ("culture.page", "2026-11-01", "under-way")
    assert data["decisions"] == {
        "pin": {"culture.habit": None},
        "forbid": [],
        "done": {},
        "under_way": {"culture.page": "2026-11"},
    }


def test_a_later_round_is_held_against_the_plan(make: Make, cli: Cli, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    before.write_text(cli("assess", "--json", make(target={"level": 5})).out, encoding="utf-8")
    later = make(as_of="2027-05-31", plan={"done": {"culture.page": "2027-03"}})
    data = json.loads(cli("compare", before, later, "--json").out)
    became = {each["id"]: (each["status"], each["month"]) for each in data["initiatives"]}
    assert became == {"culture.page": ("done", "2027-03"), "culture.habit": ("not-begun", None)}
    predicted = data["predicted"]
    assert (predicted["when"], predicted["start"], predicted["missing"]) == ("within", "2027-04-01", [])
    culture = next(each for each in predicted["scores"] if each["id"] == "culture")
    assert (culture["expected"], culture["low"], culture["found"]["value"]) == (2.6, 1.0, 1.0)


# ------------------------------------------------------------------------------------------------ what if


def test_other_amounts_as_a_table(make: Make, cli: Cli) -> None:
    folder = make(target={"dimensions": {"culture": 5}})
    done = cli("plan", folder, "--what-if", "person-days=20:40:20")
    assert (done.code, done.err) == (0, "")
    rows = [re.split(r"\s{2,}", line.strip()) for line in done.out.splitlines()]
    assert ["20", "not reached", "3.0", "2", "0", "€0", "proven"] in rows
    assert ["40", "today", "Q3 2027", "4.6", "5", "2", "€900", "proven"] in rows
    late = cli("plan", folder, "--by", "2027-03", "--what-if", "person-days=40:40:1").out
    assert "Q3 2027, late" in late


def test_other_amounts_as_data(make: Make, cli: Cli) -> None:
    folder = make(target={"level": 3})
    data = json.loads(cli("plan", folder, "--json", "--what-if", "level=2:5").out)
    assert (data["vary"], data["question"], data["now"]) == ("level", "target", 3)
    # level 2 holds today; level 4 needs culture at level 3, and level 5 at level 4
    reached = {point["amount"]: point["reached"] for point in data["points"]}
    assert reached == {2: "2027-01-01", 3: "2027-04-01", 4: "2027-04-01", 5: "2027-07-01"}
    assert all(point["in_time"] for point in data["points"])
    assert data["organisation"]["name"] == "Acme"


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ({"level": 3}, ""),
        ({"level": 3, "dimensions": {"culture": 3}}, "Each row’s target includes culture at level 3. "),
        ({"level": 3, "by": "2027-09"}, "Each row’s target is to be reached by 30 September 2027. "),
        (
            {"level": 3, "by": "2027-09", "dimensions": {"culture": 3}},
            "Each row’s target includes culture at level 3, and is to be reached by 30 September 2027. ",
        ),
    ],
)
def test_what_each_level_is_to_be_reached_with_is_said(
    target: dict[str, Any], said: str, make: Make, cli: Cli
) -> None:
    out = flat(cli("plan", make(target=target), "--what-if", "level=3:3").out)
    assert f"proven {said}Under “Target”" in out
    amounts = flat(cli("plan", make(target=target), "--what-if", "person-days=40:40:1").out)
    assert "Each row" not in amounts  # there the question has the whole target


@pytest.mark.parametrize(("width", "as_table"), [(40, False), (60, False), (80, True)])
def test_other_amounts_are_whole_at_any_width(
    width: int, *, as_table: bool, make: Make, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxmaturity.cli.tradeoff_table.WIDTH", width)
    folder = make(target={"dimensions": {"culture": 5}})
    out = cli("plan", folder, "--by", "2027-03", "--what-if", "person-days=20:40:20").out
    assert max(len(line) for line in out.splitlines()) <= width
    assert "…" not in out
    rows = [re.split(r"\s{2,}", line.strip()) for line in out.splitlines()]
    if as_table:
        assert ["40", "today", "Q3 2027, late", "4.6", "5", "2", "€900", "proven"] in rows
        return
    first = rows.index(["Person-days", "40 today"])
    assert rows[first + 1 : first + 7] == [
        ["Target", "Q3 2027, late"],
        ["Score", "4.6"],
        ["Level", "5"],
        ["Initiatives", "2"],
        ["Cost", "€900"],
        ["Best", "proven"],
    ]


def test_without_a_target_the_table_says_nothing_of_one(make: Make, cli: Cli) -> None:
    out = cli("plan", make(), "--what-if", "budget=0:600:600").out
    assert "Target" not in out
    assert "Today it is €1,000, which is not among them." in out
    assert re.search(r"€600 +3\.8 +4 +1 +€600 +proven", out)


def test_steps_are_exact() -> None:
    # three times 0.1 is 0.30000000000000004 in binary
    assert amounts_of("budget=0:0.3:0.1").amounts == (0.0, 0.1, 0.2, 0.3)
    assert amounts_of("person-days=20:50:20").amounts == (20.0, 40.0)
    assert amounts_of("level=2:4").amounts == (2.0, 3.0, 4.0)
    assert len(amounts_of(f"budget=1:{MOST}:1").amounts) == MOST


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("", "KEY=FROM:TO:STEP"),
        ("days=1:2:1", "KEY=FROM:TO:STEP"),
        ("person-days=20", "KEY=FROM:TO:STEP"),
        ("person-days=20:40", "KEY=FROM:TO:STEP"),
        ("person-days=20:40:x", "KEY=FROM:TO:STEP"),
        ("person-days=-20:40:20", "KEY=FROM:TO:STEP"),
        ("person-days=nan:40:20", "KEY=FROM:TO:STEP"),
        ("person-days=40:20:10", "TO is FROM or more"),
        ("person-days=20:40:0", "STEP more than 0"),
        ("person-days=0:40:10", "FROM be more than 0"),
        ("level=1:5", "2, 3, 4 or 5"),
        ("level=2:6", "2, 3, 4 or 5"),
        ("level=2:5:0.5", "2, 3, 4 or 5"),
        (f"budget=0:{MOST}:1", f"{MOST + 1} amounts"),
        ("budget=0:999999999999:0.001", "40 or fewer"),
    ],
)
def test_a_bad_form_is_the_users_mistake_and_says_the_form(spec: str, said: str) -> None:
    with pytest.raises(UserError, match=re.escape(said)) as raised:
        amounts_of(spec)
    assert str(raised.value).startswith("--what-if: ")


def test_a_bad_form_ends_the_command_before_anything_is_read(cli: Cli, tmp_path: Path) -> None:
    done = cli("plan", tmp_path / "nowhere", "--what-if", "day=1:2:1")
    assert (done.code, done.out) == (2, "")
    assert "person-days=20:120:20, budget=0:60000:10000 or level=2:5" in done.err
