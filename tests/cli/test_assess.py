"""``cxmaturity assess``: scores on stdout, what failed on stderr, and the exit code that says which."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]
Write = Callable[..., Path]

SAME, SAID = "culture.meaning.same", "culture.meaning.said"
SCHEME, EFFORT = "retention.loyalty-and-value.scheme", "retention.loyalty-and-value.effort"
KNOWN, WAYS, SHARE = (f"retention.churn-insight.{name}" for name in ("known", "ways", "share"))

GOOD = "1,2020-01-01,\n2,2021-01-01,2026-03-01\n"
ONE_BAD = f"{GOOD}3,soon,\n"


@pytest.fixture
def assessed(workspace: Write, cli: Cli) -> Callable[..., Any]:
    """``assessed(answers, …, (old, new))`` is the JSON of an assessment by people who answered so."""

    def run(*people: dict[str, Any], change: tuple[str, str] | None = None) -> Any:
        folder = workspace([{"id": f"r{number}", "answers": each} for number, each in enumerate(people)])
        if change:
            file = folder / "questionnaire.yaml"
            text = file.read_text(encoding="utf-8")
            assert text.count(change[0]) == 1
            file.write_text(text.replace(*change), encoding="utf-8")
        done = cli("assess", "--json", folder)
        assert done.code == 0
        # the same workspace with its questionnaire edited: that is all there is to say
        assert [line for line in done.err.splitlines() if not line.startswith("note: ")] == []
        return json.loads(done.out)

    return run


def practices(data: Any) -> dict[str, Any]:
    return {each["id"]: each for dimension in data["dimensions"] for each in dimension["practices"]}


# ---------------------------------------------------------------------------------------- what is printed


def test_the_summary_names_the_organisation_and_every_dimension(with_customers: Write, cli: Cli) -> None:
    done = cli("assess", with_customers(GOOD))
    assert (done.code, done.err) == (0, "")
    assert "Acme" in done.out
    assert "Culture" in done.out
    assert "Retention" in done.out
    assert "31 October 2026" in done.out


def test_json_is_nothing_but_json_and_the_same_bytes_each_time(with_customers: Write, cli: Cli) -> None:
    folder = with_customers(GOOD)
    first, second = cli("assess", "--json", folder), cli("assess", folder, "--json")
    assert first.code == 0
    assert first.out == second.out
    data = json.loads(first.out)
    assert data["format"] == 1
    assert {"organisation", "as_of", "questionnaires", "overall", "dimensions", "metrics"} <= data.keys()
    assert {"recommendations", "plugins", "warnings"} <= data.keys()
    assert data["as_of"] == "2026-10-31"
    assert data["warnings"] == []


# ------------------------------------------------------------------------------------------ exit codes


def test_with_something_left_out_the_rest_is_done_and_the_exit_code_is_1(
    with_customers: Write, cli: Cli
) -> None:
    done = cli("assess", "--json", with_customers(ONE_BAD))
    assert done.code == 1
    (warning,) = json.loads(done.out)["warnings"]
    assert done.err == f"warning: {warning}\n"
    assert "customers.csv:4:" in warning
    assert cli("assess", with_customers(ONE_BAD)).code == 1


def test_strict_refuses_what_would_have_to_be_left_out(with_customers: Write, cli: Cli) -> None:
    done = cli("assess", "--strict", with_customers(ONE_BAD))
    assert (done.code, done.out) == (2, "")
    assert "customers.csv:4:" in done.err
    assert not done.err.startswith(":")
    assert cli("assess", "--strict", with_customers(GOOD)).code == 0


def test_after_twenty_warnings_the_rest_is_counted(with_customers: Write, cli: Cli) -> None:
    rows = "".join(f"{number},soon,\n" for number in range(23))
    done = cli("assess", "--json", with_customers(GOOD + rows))
    assert done.code == 1
    assert len(json.loads(done.out)["warnings"]) == 23
    lines = done.err.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "warning: and 3 more; see `cxmaturity check`"


def test_wrong_input_is_named_and_nothing_is_printed(workspace: Write, cli: Cli) -> None:
    folder = workspace([{"id": "r1", "answers": {"weather": 3, SAME: 9}}, {"id": "r1"}])
    done = cli("assess", "--json", folder)
    assert (done.code, done.out) == (2, "")
    lines = done.err.splitlines()
    assert len(lines) == 3
    assert all(line.startswith(f"{folder}/responses/answers.yaml:") for line in lines)


@pytest.mark.parametrize("command", ["assess", "report"])
@pytest.mark.parametrize("what", ["folder", "nothing", "file"])
def test_what_is_no_workspace_is_the_users_mistake(command: str, what: str, tmp_path: Path, cli: Cli) -> None:
    target = tmp_path / "target"
    if what == "folder":
        target.mkdir()
    if what == "file":
        target.touch()
    done = cli(command, target)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{target}: ")
    assert "; " in done.err


def test_a_day_that_no_calendar_has_is_the_users_mistake(with_customers: Write, cli: Cli) -> None:
    done = cli("assess", with_customers(GOOD, as_of="2026-02-30"))
    assert (done.code, done.out) == (2, "")
    assert "2026-02-30" in done.err


def test_a_month_that_no_calendar_has_is_the_users_mistake(with_customers: Write, cli: Cli) -> None:
    capacity = {"start": "0000-01", "quarters": 4, "person_days": 10}
    done = cli("assess", with_customers(GOOD, capacity=capacity))
    assert (done.code, done.out) == (2, "")
    assert "0000-01" in done.err


# --------------------------------------------------------------------- what peers get wrong with answers


def test_peers_defect_a_multiple_choice_is_scored_by_worth(assessed: Callable[..., Any]) -> None:
    # by letters is worth 1 of 3 + 1: 1 + 4 × 1/4 = 2; one tick of three would be 2.33
    assert practices(assessed({WAYS: ["letters"]}))["retention.churn-insight"]["score"] == 2.0
    # by calls is worth 3 of 4: 1 + 4 × 3/4 = 4
    assert practices(assessed({WAYS: ["calls"]}))["retention.churn-insight"]["score"] == 4.0


def test_peers_defect_a_number_between_bands_is_scored(assessed: Callable[..., Any]) -> None:
    # 19.5 % lies below the band from 20 and therefore in the one from 0: 1 + 4 × 0
    assert practices(assessed({SHARE: 19.5}))["retention.churn-insight"]["score"] == 1.0


def test_peers_defect_a_weight_of_0_has_no_part_in_the_score(assessed: Callable[..., Any]) -> None:
    answers = {KNOWN: False, SHARE: 100}
    weightless = ("{id: known, type: yes-no,", "{id: known, type: yes-no, weight: 0,")
    # with weights 1 and 1: the mean of 1 and 5; with 0 and 1: 5 alone
    assert practices(assessed(answers))["retention.churn-insight"]["score"] == 3.0
    assert practices(assessed(answers, change=weightless))["retention.churn-insight"]["score"] == 5.0


def test_peers_defect_a_practice_or_dimension_of_weight_0_has_no_part_in_what_is_above(
    assessed: Callable[..., Any],
) -> None:
    answers = {SAME: 1, SCHEME: 3, KNOWN: True}
    practice = ("title: Churn insight\n", "title: Churn insight\n        weight: 0\n")
    dimension = ("    title: Culture\n", "    title: Culture\n    weight: 0\n")
    # retention: the mean of loyalty 3 and insight 5, or loyalty alone
    assert assessed(answers)["dimensions"][1]["score"] == 4.0
    assert assessed(answers, change=practice)["dimensions"][1]["score"] == 3.0
    # overall: the mean of culture 1 and retention 4, or retention alone
    assert assessed(answers)["overall"]["score"] == 2.5
    assert assessed(answers, change=dimension)["overall"]["score"] == 4.0


@pytest.mark.parametrize("value", [None, "n/a", "dont-know", "not-shown"])
def test_peers_defect_what_is_not_scored_is_no_zero(value: str | None, assessed: Callable[..., Any]) -> None:
    # scheme 5 alone: 1 + 4 × 4/4; a zero for effort would make it 3
    assert practices(assessed({SCHEME: 5, EFFORT: value}))["retention.loyalty-and-value"]["score"] == 5.0
    # nor for one rater of two
    assert practices(assessed({SCHEME: 5}, {SCHEME: value}))["retention.loyalty-and-value"]["score"] == 5.0


def test_peers_defect_a_dimension_nobody_answered_stays_and_says_why(assessed: Callable[..., Any]) -> None:
    data = assessed({SAME: 3, SAID: "Much."})
    culture, retention = data["dimensions"]
    assert (culture["id"], culture["score"]) == ("culture", 3.0)
    assert (retention["id"], retention["score"], retention["level"]) == ("retention", None, None)
    assert retention["reason"]
    assert data["overall"]["score"] == 3.0


def test_the_four_states_are_counted_apart(assessed: Callable[..., Any]) -> None:
    data = assessed({SCHEME: 5}, {SCHEME: "n/a"}, {SCHEME: "dont-know"}, {SCHEME: "not-shown"}, {})
    (question, _) = practices(data)["retention.loyalty-and-value"]["questions"]
    assert question["n"] == 1
    assert sorted(question["states"].items()) == [
        ("answered", 1),
        ("dont-know", 1),
        ("not-applicable", 1),
        ("not-shown", 1),
        ("unanswered", 1),
    ]
    # of the five, n/a and not-shown do not apply: 1 answered of 3; effort: 0 of 5
    assert practices(data)["retention.loyalty-and-value"]["coverage"] == pytest.approx(1 / 8)
