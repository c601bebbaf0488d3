"""The command that lists what is below level 3."""

from __future__ import annotations

from cxmaturity.testing import MakeWorkspace, RunCommand

PARTS = {"questionnaire": ["quick-scan", "accessibility"]}
GOOD = {
    "accessibility.usable-offer.purchase": 5,
    "accessibility.usable-offer.documents": 5,
    "accessibility.checked-with-users.trials": 5,
    "accessibility.checked-with-users.repairs": 5,
    "accessibility.help.ways": 5,
    "accessibility.help.knowledge": 5,
    "accessibility.help.exceptions": 5,
}


def test_practices_below_level_3_are_listed(
    cxmaturity_workspace: MakeWorkspace, cxmaturity_cli: RunCommand
) -> None:
    answers = GOOD | {
        "accessibility.usable-offer.documents": "dont-know",
        "accessibility.usable-offer.purchase": "dont-know",
        "accessibility.help.knowledge": 1,
        "accessibility.help.exceptions": 1,
    }
    done = cxmaturity_cli("accessibility-gaps", cxmaturity_workspace(PARTS, answers={"r1": answers}))
    # help: (5 + 1 + 1) / 3 = 7/3, which is level 2
    assert done.out.splitlines() == [
        "An offer that can be used: not assessed",
        "Help that reaches everybody: level 2; lowest: What helpers can say",
    ]
    assert (done.code, done.err) == (0, "")


def test_where_there_is_no_gap_it_says_so(
    cxmaturity_workspace: MakeWorkspace, cxmaturity_cli: RunCommand
) -> None:
    done = cxmaturity_cli("accessibility-gaps", cxmaturity_workspace(PARTS, answers={"r1": GOOD}))
    assert done.out == "Every practice of accessibility is at level 3 or above.\n"


def test_hidden_figures_stay_hidden(cxmaturity_workspace: MakeWorkspace, cxmaturity_cli: RunCommand) -> None:
    answers = {f"r{number}": dict.fromkeys(GOOD, 1) for number in range(4)}  # fewer than five
    folder = cxmaturity_workspace({**PARTS, "confidential": True}, answers=answers)
    done = cxmaturity_cli("accessibility-gaps", folder)
    assert done.out.splitlines() == [
        "An offer that can be used: not shown",
        "Checked with users: not shown",
        "Help that reaches everybody: not shown",
    ]


def test_what_failed_on_the_way_is_named(
    cxmaturity_workspace: MakeWorkspace, cxmaturity_cli: RunCommand
) -> None:
    requests = {"source": "requests.csv", "columns": {"received": "a", "contacts": "b", "solved": "c"}}
    folder = cxmaturity_workspace(
        {**PARTS, "evidence": {"requests": requests}},
        answers={"r1": GOOD},
        files={"requests.csv": "a,b,c\n2026-01-01,none,2026-01-01\n"},
    )
    done = cxmaturity_cli("accessibility-gaps", folder)
    assert done.code == 1
    assert "requests.csv" in done.err


def test_without_the_questions_it_says_what_to_do(
    cxmaturity_workspace: MakeWorkspace, cxmaturity_cli: RunCommand
) -> None:
    done = cxmaturity_cli("accessibility-gaps", cxmaturity_workspace())
    assert done.code == 2
    assert "add 'accessibility' to `questionnaire` in assessment.yaml" in done.err
