"""What a workspace asks of its plan, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from cxmaturity import load
from cxmaturity.deciding import PlanChecks
from cxmaturity.errors import UserError
from cxmaturity.plugins import Selection
from cxmaturity.roadmap.model import Capacity, Drivers, Kpi, Recommendation, Risk, Target
from cxmaturity.settings import AssessmentFile
from cxmaturity.wishes import wish_in
from cxmaturity.yamlfile import read_yaml

Write = Callable[..., Path]
CAPACITY = "capacity: {start: 2027-01, quarters: 4, person_days: 40}\n"
HEAD = "organisation: {name: Acme}\nquestionnaire: small\n"


def entry(name: str, **more: Any) -> Recommendation:
    made = Recommendation(
        id=name,
        plugin="acme",
        title=name,
        aim="",
        why="",
        source="S0",
        idea="",
        steps=(),
        lifts={},
        effort=Drivers(),
        cost=Drivers(),
        weeks=1,
        owner="",
        prerequisites=(),
        kpi=Kpi("", ""),
        risk=Risk("delivery", "low", ""),
    )
    return replace(made, **more)


CATALOGUE = (
    entry("culture.first", skills={"testing": 0.5}),
    entry("culture.second", prerequisites=("culture.first",)),
    entry("culture.third", prerequisites=("culture.second",)),
    entry("culture.other", excludes=("culture.first",)),
)


@pytest.fixture
def checks(tmp_path: Path) -> Callable[..., PlanChecks]:
    """``checks("plan: {…}")`` are those of these settings, with a capacity unless they say otherwise."""

    def make(
        text: str, *, capacity: str = CAPACITY, catalogue: Sequence[Recommendation] = CATALOGUE
    ) -> PlanChecks:
        path = tmp_path / "assessment.yaml"
        path.write_text(f"{HEAD}{capacity}{text}\n", encoding="utf-8")
        document = read_yaml(path, name="a.yaml")
        return PlanChecks(AssessmentFile.model_validate(document.data), document, catalogue)

    return make


def said(problems: object) -> list[str]:
    return [str(problem) for problem in problems]  # type: ignore[attr-defined]


# -------------------------------------------------------------------------------------------- what is asked


def test_a_wish_is_what_the_file_says() -> None:
    wish = wish_in(
        AssessmentFile.model_validate(
            yaml.safe_load(
                f"{HEAD}target: {{level: 4, by: '2027-12'}}\n"
                "capacity: {start: '2027-01', quarters: 2, person_days: [10, 20], skills: {testing: 5}}\n"
                "plan: {pin: [culture.first], done: {culture.second: '2026-11'}}\n"
            )
        )
    )
    assert wish.capacity == Capacity("2027-01", (10, 20), None, {"testing": (5, 5)})
    assert wish.target == Target(4, "2027-12")
    assert (wish.decisions.pin, wish.decisions.done) == (
        {"culture.first": None},
        {"culture.second": "2026-11"},
    )
    assert wish.aim == "target"


# --------------------------------------------------------------------------------------- what is wrong


def test_a_plan_without_mistakes_has_none(checks: Callable[..., PlanChecks]) -> None:
    made = checks(
        "plan:\n  pin: {culture.third: 2027-10}\n  under_way: {culture.second: 2024-01}\n"
        "  done: {culture.first: 2026-12}"
    )
    assert said(made.contradictions()) == []
    assert said(made.unknown()) == []


def test_an_unknown_recommendation_is_placed_with_the_nearest(checks: Callable[..., PlanChecks]) -> None:
    made = checks("plan:\n  pin: [culture.frist]\n  done: {weather.fine: }")
    assert said(made.unknown()) == [
        "a.yaml:5:9: there is no recommendation 'culture.frist'; did you mean 'culture.first'?",
        "a.yaml:6:10: there is no recommendation 'weather.fine'; use an id such as culture.first",
    ]


def test_what_a_plugin_out_of_use_may_bring_is_only_left_out(checks: Callable[..., PlanChecks]) -> None:
    capacity = CAPACITY.replace("40}", "40, skills: {welding: 3}}")
    made = checks("plan: {forbid: [weather.fine]}", capacity=capacity)
    (problem,) = made.unknown(complete=False)
    assert "in any plugin in use, so the plan goes without it" in problem.what


def test_an_unknown_skill_says_which_there_are(checks: Callable[..., PlanChecks]) -> None:
    made = checks("", capacity=CAPACITY.replace("40}", "40, skills: {testng: 3, testing: 2}}"))
    assert said(made.unknown()) == [
        "a.yaml:3:67: no recommendation needs the skill 'testng', so it would limit nothing; use testing"
    ]


def test_the_same_twice_is_placed_where_it_comes_again(checks: Callable[..., PlanChecks]) -> None:
    made = checks("plan:\n  pin: [culture.first]\n  forbid: [culture.other, culture.first]")
    assert said(made.contradictions()) == [
        # forbidden as well, so that what is pinned needs no other to contradict itself
        "a.yaml:6:27: 'culture.first' is under `pin` as well; keep the one that holds"
    ]


def test_a_pinned_one_cannot_need_a_forbidden_one_by_any_way(checks: Callable[..., PlanChecks]) -> None:
    made = checks("plan:\n  pin: {culture.third: }\n  forbid: [culture.first]")
    (problem,) = said(made.contradictions())
    assert problem.startswith("a.yaml:5:9: 'culture.third' needs 'culture.first', which is under `forbid`; ")
    # what is done needs nothing any more
    met = checks("plan: {pin: [culture.third], forbid: [culture.first], done: [culture.second]}")
    assert said(met.contradictions()) == []


@pytest.mark.parametrize(
    ("plan", "wrong"),
    [
        ("pin: [culture.other, culture.first]", True),
        ("pin: [culture.first], done: [culture.other]", True),
        ("pin: [culture.first], under_way: {culture.other: 2026-12}", True),
        ("under_way: {culture.first: 2026-11, culture.other: 2026-12}", True),
        ("done: [culture.first, culture.other]", False),  # nobody can change what has been
        ("pin: [culture.first], forbid: [culture.other]", False),
    ],
)
def test_alternatives_cannot_both_be_done(
    *, plan: str, wrong: bool, checks: Callable[..., PlanChecks]
) -> None:
    found = said(checks(f"plan: {{{plan}}}").contradictions())
    assert any("exclude each other" in each for each in found) is wrong
    assert bool(found) is wrong


def test_months_lie_within_the_plan(checks: Callable[..., PlanChecks]) -> None:
    made = checks(
        "plan:\n  pin: {culture.first: 2026-12, culture.second: 2028-01}\n"
        "  under_way: {culture.third: 2028-01}"
    )
    span = "the plan goes from 2027-01 to 2027-12"
    month = "name a month of the plan"
    began = "name the month in which it began"
    assert said(made.contradictions()) == [
        f"a.yaml:5:24: 'culture.first' cannot start in 2026-12: {span}; {month}",
        f"a.yaml:5:49: 'culture.second' cannot start in 2028-01: {span}; {month}",
        f"a.yaml:6:30: 'culture.third' cannot be under way since 2028-01: {span}; {began}",
    ]


@pytest.mark.parametrize("month", ["2027-01", "2027-11", "2099-12"])
@pytest.mark.parametrize("as_of", ["", "as_of: 2026-10-31\n", "as_of: 2026-12-31\n"])
def test_what_is_done_is_so_before_the_plan(
    month: str, as_of: str, checks: Callable[..., PlanChecks]
) -> None:
    # else it would count from the first day of the plan on
    made = checks(f"plan: {{done: {{culture.first: {month}}}}}", capacity=f"{as_of}{CAPACITY}")
    assert said(made.contradictions()) == [
        (
            f"a.yaml:{5 if as_of else 4}:30: 'culture.first' cannot be done since {month}: "
            "the plan starts in 2027-01; "
            "if it is, let `capacity` start later; else list it under `under_way` or `pin`"
        )
    ]


@pytest.mark.parametrize(
    ("capacity", "month"),
    [
        (CAPACITY, "2026-12"),
        ("as_of: 2026-10-31\n" + CAPACITY, "2026-12"),  # since the assessment, and before the plan
        # a later round under the capacity of the one before it: the assessment has seen what came of it
        ("as_of: 2027-05-31\n" + CAPACITY, "2027-05"),
        ("as_of: 2026-10-31\n", "2026-11"),  # since the assessment, and nothing is planned in quarters
    ],
)
def test_what_was_done_before_counts(capacity: str, month: str, checks: Callable[..., PlanChecks]) -> None:
    made = checks(f"plan: {{done: {{culture.first: {month}}}}}", capacity=capacity)
    assert said(made.contradictions()) == []


LENGTHS = (
    entry("culture.long", weeks=26),
    entry("culture.after", prerequisites=("culture.long",)),
    entry("culture.last", prerequisites=("culture.after",), weeks=14),
    entry("culture.year", weeks=60),
)
"""26 weeks are two quarters of 13, one week is one, 14 are two, 60 are five."""


@pytest.mark.parametrize(
    "plan",
    [
        "pin: {culture.long: 2027-09}",  # the third and the fourth quarter, up to 2027-12
        "pin: {culture.long: 2027-01, culture.after: 2027-07}",
        "pin: {culture.after: 2027-01}",  # what it needs may add nothing, and then nothing waits for it
        "pin: {culture.after: 2027-01}, done: [culture.long]",
        "pin: {culture.after: 2027-04}, under_way: {culture.long: 2026-12}",
        "pin: [culture.long, culture.after]",
    ],
)
def test_what_is_pinned_and_has_time_is_fine(plan: str, checks: Callable[..., PlanChecks]) -> None:
    assert said(checks(f"plan: {{{plan}}}", catalogue=LENGTHS).contradictions()) == []


@pytest.mark.parametrize(
    ("plan", "place", "until"),
    [
        ("pin: {culture.long: 2027-01, culture.after: 2027-06}", "4:52", "2027-06"),  # the second quarter
        # what must be done in any quarter ends with the second at the soonest
        ("pin: {culture.long: , culture.after: 2027-06}", "4:45", "2027-06"),
        # from the last quarter of 2026 on
        ("pin: {culture.after: 2027-03}, under_way: {culture.long: 2026-12}", "4:29", "2027-03"),
    ],
)
def test_what_is_pinned_starts_once_what_it_needs_has_ended(
    plan: str, place: str, until: str, checks: Callable[..., PlanChecks]
) -> None:
    (problem,) = said(checks(f"plan: {{{plan}}}", catalogue=LENGTHS).contradictions())
    assert problem == (
        f"a.yaml:{place}: 'culture.after' cannot start in {until}: it needs 'culture.long', "
        f"which goes on until {until}; let it start later, or 'culture.long' sooner"
    )


@pytest.mark.parametrize(
    ("plan", "what", "fix"),
    [
        (
            "pin: {culture.long: 2027-12}",
            "4:28: 'culture.long' cannot start in 2027-12: it takes 2 quarters",
            "name a month up to 2027-09, or ",  # the third of four quarters
        ),
        (
            "pin: {culture.year: 2027-02}",
            "4:28: 'culture.year' cannot start in 2027-02: it takes 5 quarters",
            "",
        ),
        (
            "pin: [culture.long, culture.after, culture.last]",  # 2 + 1 + 2 quarters of 4
            "4:43: 'culture.last' cannot end within the plan: it takes 2 quarters after 'culture.after'",
            "",
        ),
    ],
)
def test_what_is_pinned_ends_within_the_plan(
    plan: str, what: str, fix: str, checks: Callable[..., PlanChecks]
) -> None:
    (problem,) = said(checks(f"plan: {{{plan}}}", catalogue=LENGTHS).contradictions())
    assert problem == (
        f"a.yaml:{what}, and the plan ends in 2027-12; {fix}give `capacity` more quarters, or take it out"
    )


@pytest.mark.parametrize(
    ("days", "skill", "wrong"),
    [
        ("40", "40", False),
        ("40", "40.5", True),
        ("[40, 0, 40, 40]", "5", False),  # the same people in each quarter but one
        ("[40, 0, 40, 40]", "[5, 41, 5, 5]", True),
    ],
)
def test_a_skill_is_a_part_of_the_days(
    *, days: str, skill: str, wrong: bool, checks: Callable[..., PlanChecks]
) -> None:
    capacity = (
        f"capacity: {{start: 2027-01, quarters: 4, skills: {{testing: {skill}}}, person_days: {days}}}\n"
    )
    most = skill if skill.startswith("4") else "41"
    expected = (
        f"a.yaml:3:59: {most} person-days have 'testing', and no quarter has more than 40; "
        "those with a skill are part of `person_days`: lower them, or raise these"
    )
    assert said(checks("", capacity=capacity).contradictions()) == [expected] * wrong


def test_without_a_capacity_months_have_no_quarters(checks: Callable[..., PlanChecks]) -> None:
    made = checks(
        "plan: {pin: {culture.first: 2027-01, culture.second: }, under_way: {culture.other: 2026-12}}",
        capacity="",
    )
    found = [each for each in said(made.contradictions()) if "exclude" not in each]
    assert len(found) == 2
    assert "'culture.first' cannot start in 2027-01: without `capacity` there are no quarters" in found[0]
    assert "'culture.other' takes up capacity, and without `capacity` there is none" in found[1]


# ------------------------------------------------------------------------------------ where it is said


def test_loading_names_all_mistakes_at_once_in_order(workspace: Write) -> None:
    folder = workspace(
        [{"id": "r1", "answers": {"culture.meaning.smae": 1}}],
        {
            "capacity": {"start": "2027-01", "quarters": 2, "person_days": 9, "skills": {"welding": 1}},
            "plan": {"pin": {"culture.one-page-promise": "2028-01"}, "forbid": ["retention.nothing"]},
        },
    )
    with pytest.raises(UserError) as raised:
        load(folder, selection=Selection(third_party=False))
    smae, *own = raised.value.problems
    assert "smae" in smae.what
    assert [problem.line for problem in own] == sorted(problem.line for problem in own)
    assert ["welding" in own[0].what, "2028-01" in own[1].what, "retention.nothing" in own[2].what] == [
        True
    ] * 3


def test_check_shows_them_too(workspace: Write, cli: Callable[..., Any]) -> None:
    folder = workspace([], {"plan": {"done": ["retention.early-warnings"]}})
    done = cli("--no-third-party", "check", folder)
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith(
        "there is no recommendation 'retention.early-warnings'; did you mean 'retention.early-warning'?\n"
    )


def test_with_a_plugin_disabled_the_plan_goes_without(workspace: Write, cli: Callable[..., Any]) -> None:
    folder = workspace(
        [{"id": "r1", "answers": {"culture.meaning.same": 2}}],
        {"plugins": {"disable": ["retention"]}, "plan": {"forbid": ["retention.early-warning"]}},
    )
    done = cli("--no-third-party", "plan", folder)
    assert done.code == 1
    assert "there is no recommendation 'retention.early-warning' in any plugin in use" in done.err


def test_numbers_match_the_quarters(workspace: Write) -> None:
    folder = workspace([], {"capacity": {"start": "2027-01", "quarters": 3, "person_days": [10, 20]}})
    with pytest.raises(UserError, match="2 numbers do not match 3 quarters; give one for each quarter"):
        load(folder)
