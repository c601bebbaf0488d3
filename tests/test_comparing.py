"""Groups of raters: what each comes to, how two of them differ, and roles that count alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from cxmaturity import assess, load, plan
from cxmaturity.export import as_data, as_text
from cxmaturity.plugins import Selection

Write = Callable[..., Path]

CULTURE = "culture.meaning.same"
SCHEME = "retention.loyalty-and-value.scheme"
EFFORT = "retention.loyalty-and-value.effort"


def group(role: str, answers: Sequence[int], question: str = CULTURE) -> list[dict[str, Any]]:
    """People of one role, each with their position from 1."""
    return [
        {"id": f"{role}-{number:02}", "role": role, "answers": {question: answer}}
        for number, answer in enumerate(answers)
    ]


def data_of(folder: Path) -> Any:
    engagement = load(folder, selection=Selection(third_party=False))
    assessment = assess(engagement)
    return json.loads(as_text(as_data(assessment, plan(engagement, assessment), engagement.texts)))


def gap(data: Any, about: str, number: int = 0) -> Any:
    return next(each for each in data["comparisons"][number]["gaps"] if each["about"] == about)


def test_leadership_is_held_against_the_front_line_unasked(workspace: Write) -> None:
    # leadership: 4, 5, 5, 4 → 4.5, s² = 1/3, s²/n = 1/12; front line: 2, 3, 2, 1 → 2.0, s² = 2/3, 1/6
    # difference 2.5, variance 1/4, half of it 1/2; degrees (1/4)² ÷ ((1/12)² ÷ 3 + (1/6)² ÷ 3) = 5.4
    # t(0.975, 5.4) = 2.515; half width 1.2573
    data = data_of(workspace([*group("leadership", [4, 5, 5, 4]), *group("frontline", [2, 3, 2, 1])]))
    found = gap(data, "culture.meaning")
    assert (found["first"], found["second"], found["difference"]) == (4.5, 2.0, 2.5)
    assert found["interval"] == pytest.approx([2.5 - 1.2573, 2.5 + 1.2573], abs=1e-3)
    assert (found["n_first"], found["n_second"], found["questions"]) == (4, 4, 1)
    assert found["reason"] is None
    comparison = data["comparisons"][0]
    assert (comparison["attribute"], comparison["first"], comparison["second"]) == (
        "role",
        "leadership",
        "frontline",
    )
    # of retention nobody said anything
    assert gap(data, "retention")["reason"] == "the two groups did not answer any of the same questions"


def test_groups_are_compared_over_the_questions_that_both_answered(workspace: Write) -> None:
    # both: scheme, 5 and 5 against 1 and 1; only the front line: effort, which must not make them differ more
    people = [*group("leadership", [5, 5], SCHEME), *group("frontline", [1, 1], SCHEME)]
    for each in people[2:]:
        each["answers"][EFFORT] = 1  # reversed: the best
    found = gap(data_of(workspace(people)), "retention.loyalty-and-value")
    assert (found["first"], found["second"], found["questions"]) == (5.0, 1.0, 1)


def test_the_workspace_says_what_is_compared(workspace: Write) -> None:
    people = [*group("leadership", [4, 4]), *group("frontline", [2, 2])]
    for each, country in zip(people, ["RO", "PL", "RO", "PL"], strict=True):
        each["country"] = country
    settings = {"compare": [{"attribute": "country", "groups": ["RO", "PL"]}]}
    (comparison,) = data_of(workspace(people, settings))["comparisons"]
    assert (comparison["attribute"], comparison["first"], comparison["second"]) == ("country", "RO", "PL")
    assert comparison["gaps"][0]["difference"] == 0


def test_a_group_that_nobody_is_in_is_named_and_not_compared(workspace: Write) -> None:
    settings = {"compare": [{"attribute": "role", "groups": ["leadership", "board"]}]}
    data = data_of(workspace(group("leadership", [4, 4]), settings))
    assert data["comparisons"] == []
    assert data["notes"] == [
        "“leadership” and “board” are not compared, because nobody of “board” has answered."
    ]


def test_without_both_groups_nothing_is_compared_and_nothing_said(workspace: Write) -> None:
    data = data_of(workspace(group("frontline", [4, 4])))
    assert (data["comparisons"], data["notes"]) == ([], [])


def test_one_person_a_side_has_a_difference_without_an_interval(workspace: Write) -> None:
    found = gap(data_of(workspace([*group("leadership", [4]), *group("frontline", [2])])), "overall")
    assert (found["difference"], found["interval"]) == (2.0, None)


# -------------------------------------------------------------------------------------------- groups


def test_each_group_has_its_size_its_response_rate_and_its_score(workspace: Write) -> None:
    people = [*group("leadership", [4, 5]), *group("frontline", [2, 2, 2])]
    settings = {"invited": {"total": 20, "role": {"frontline": 12}}}
    data = data_of(workspace(people, settings))
    frontline, leadership = data["groups"]
    assert (frontline["name"], frontline["n"], frontline["invited"], frontline["score"]) == (
        "frontline",
        3,
        12,
        2.0,
    )
    assert frontline["response_rate"] == 3 / 12
    assert (leadership["n"], leadership["invited"], leadership["response_rate"]) == (2, None, None)
    assert (data["quality"]["respondents"], data["quality"]["invited"]) == (5, 20)
    assert data["quality"]["response_rate"] == 5 / 20


def test_invited_as_a_number_is_how_many_there_are_in_all(workspace: Write) -> None:
    data = data_of(workspace(group("frontline", [2, 2, 2]), {"invited": 12}))
    assert data["quality"]["invited"] == 12


def test_the_more_of_the_invited_answered_the_narrower_the_interval(workspace: Write) -> None:
    people = group("frontline", [1, 3, 3, 5])

    def width(settings: Mapping[str, Any]) -> float:
        low, high = data_of(workspace(people, settings))["dimensions"][0]["interval"]
        return float(high - low)

    # √(1 − 4 ÷ 8) = 0.7071 of what it is in a large organisation, whose interval is clipped: 3 ± 2.598 → 4
    # s² = 8/3 in points, s ÷ √4 = 0.8165, t(0.975, 3) = 3.1824: ± 2.5984; of 8 invited ± 1.8374
    assert width({}) == 4.0
    assert width({"invited": 8}) == pytest.approx(2 * 1.8374, abs=1e-3)
    assert width({"invited": 4}) == 0.0


# ------------------------------------------------------------------------------- roles that count alike


def test_roles_may_count_alike(workspace: Write) -> None:
    # leadership 5, 5; front line 1, 1, 1, 1, 2, 2 → 4/3: every rater alike (10 + 8) ÷ 8 = 2.25;
    # roles alike (5 + 4/3) ÷ 2 = 19/6
    people = [*group("leadership", [5, 5]), *group("frontline", [1, 1, 1, 1, 2, 2])]
    plain = data_of(workspace(people))
    assert (plain["balanced"], plain["dimensions"][0]["score"]) == (None, 2.25)
    balanced = data_of(workspace(people, {"balance": "role"}))
    assert balanced["balanced"] == "role"
    culture = balanced["dimensions"][0]
    assert culture["score"] == pytest.approx(19 / 6)
    assert culture["practices"][0]["questions"][0]["score"] == pytest.approx(19 / 6)
    # the leaders agree, so all that varies is the front line: s² = 4/15, ÷ 6 = 2/45, by half the weight a
    # quarter of it: 1/90; five degrees of freedom: t = 2.5706; half width 2.5706 × 0.10541 = 0.27096
    assert culture["interval"] == pytest.approx([19 / 6 - 0.27096, 19 / 6 + 0.27096], abs=1e-4)
    assert balanced["notes"] == ["Each role counts the same, however many of its people answered."]


def test_who_has_no_role_does_not_count_where_roles_do(workspace: Write) -> None:
    people = [*group("leadership", [5, 5]), {"id": "x", "answers": {CULTURE: 1}}]
    data = data_of(workspace(people, {"balance": "role"}))
    assert data["dimensions"][0]["score"] == 5.0
    assert data["notes"][-1] == "The answers of 1 person of no known role enter no score."


def test_where_nobody_has_a_role_everybody_counts_the_same(workspace: Write) -> None:
    data = data_of(workspace([{"id": "x", "answers": {CULTURE: 1}}], {"balance": "role"}))
    assert data["balanced"] is None
    assert data["dimensions"][0]["score"] == 1.0


# -------------------------------------------------------------------------------------------- mistakes


def test_more_answers_than_invited_are_pointed_out(workspace: Write, cli: Callable[..., Any]) -> None:
    people = [*group("leadership", [4, 5, 4]), *group("frontline", [2, 2, 2])]
    folder = workspace(people, {"invited": {"total": 5, "role": {"leadership": 2, "board": 7}}})
    done = cli("check", folder)
    assert done.code == 2
    assert [line.partition(": ")[2] for line in done.err.splitlines()] == [
        "5 people were invited, and 6 answered; correct the number",
        "9 people were invited by role, and 5 in all; correct one of the numbers",
        "2 people of 'leadership' were invited, and 3 answered; correct the number",
        "nobody of 'board' has answered; use one of frontline, leadership, or leave it out",
    ]


# ------------------------------------------------------------------------------------- confidentiality


def crowd(role: str, count: int) -> list[dict[str, Any]]:
    """People of one role whose answers differ."""
    return group(role, [number % 5 + 1 for number in range(count)])


def test_a_plugin_learns_of_no_group_that_may_not_be_shown(workspace: Write, install: Any) -> None:
    install(
        "acme",
        """\
        from cxmaturity.api import Finding, Message, Scorer, hookimpl

        CXMATURITY_API = 1
        SEEN = []

        class Watching(Scorer):
            dimension = "retention"

            def score_practice(self, answers):
                SEEN.append({name: sorted(set(numbers.tolist())) for name, numbers in answers.groups.items()})
                return super().score_practice(answers)

        @hookimpl
        def cxmaturity_scorers():
            return [Watching()]
        """,
    )
    people = [*crowd("leadership", 3), *crowd("management", 7), *crowd("frontline", 12)]
    settings = {"confidential": True, "plugins": {"disable": ["retention"]}}
    engagement = load(workspace(people, settings))
    assert assess(engagement).warnings == ()
    import made_up_acme  # type: ignore[import-not-found]

    # frontline is group 0; leadership is too small, and management is hidden so that it does not follow
    assert made_up_acme.SEEN
    assert {tuple(seen["role"]) for seen in made_up_acme.SEEN} == {(-1, 0)}


def test_how_many_have_no_role_is_not_said_where_that_gives_away_a_role(workspace: Write) -> None:
    people = [*crowd("leadership", 3), *crowd("management", 12), *crowd("frontline", 12)]
    people += [{"id": f"x{number}", "answers": {CULTURE: number % 5 + 1}} for number in range(8)]
    data = data_of(workspace(people, {"confidential": True, "balance": "role"}))
    assert [each["name"] for each in data["groups"] if "suppressed" in each] == ["leadership"]
    assert not [note for note in data["notes"] if "of no known role" in note]


def test_a_hidden_group_is_compared_with_nobody_and_the_reason_given(workspace: Write) -> None:
    people = [*crowd("leadership", 3), *crowd("management", 7), *crowd("frontline", 12)]
    data = data_of(workspace(people, {"confidential": True}))
    found = gap(data, "culture.meaning")
    assert found["suppressed"] is True
    assert (
        found["reason"]
        == "not shown, as it could tell what fewer than 5 people answered, or that all answered alike"
    )
    assert [found[key] for key in ("first", "second", "difference", "interval", "n_first")] == [None] * 5
    hidden = [each for each in data["groups"] if "suppressed" in each]
    # management hidden as well: from the whole and the front line, leadership's three would follow
    assert [(each["name"], each["n"], each["score"]) for each in hidden] == [
        ("leadership", None, None),
        ("management", None, None),
    ]


# ------------------------------------------------------------- figures that few people make between them


def halves(workspace: Write, both: int) -> Any:
    """One question of a practice is put to some people, the other to others, and both to a few."""
    people = []
    for number in range(30):
        answers: dict[str, Any] = {SCHEME: "not-shown", EFFORT: "not-shown"}
        if number < 15:
            answers[SCHEME] = number % 5 + 1
        if number >= 15 - both:
            answers[EFFORT] = (number * 2) % 5 + 1
        people.append({"id": f"r{number:02}", "answers": answers})
    data = data_of(workspace(people, {"confidential": True}))
    practices = data["dimensions"][1]["practices"]
    return next(each for each in practices if each["id"] == "retention.loyalty-and-value")


@pytest.mark.parametrize("both", [1, 4])
def test_what_few_people_say_of_two_questions_is_told_by_no_figure_on_both(
    both: int, workspace: Write
) -> None:
    # the levels less the answers to each question are those of the few: minus their answers, plus their level
    found = halves(workspace, both)
    assert found["score"] is not None
    assert (found["distribution"], found["interval"]) == (None, None)
    assert found["reliability"]["cronbach"] is None
    assert not any("suppressed" in each for each in found["questions"])


@pytest.mark.parametrize("both", [0, 5])
def test_nobody_or_enough_people_give_nobody_away(both: int, workspace: Write) -> None:
    found = halves(workspace, both)
    assert sum(found["distribution"]) == 30
    assert found["interval"] is not None


def test_where_no_role_may_be_shown_balanced_roles_score_nothing_and_nothing_fails(
    workspace: Write,
) -> None:
    people = [*crowd("leadership", 4), *crowd("frontline", 4)]
    people += [{"id": f"x{number}", "answers": {CULTURE: number % 5 + 1}} for number in range(8)]
    data = data_of(workspace(people, {"confidential": True, "balance": "role"}))
    assert (data["dimensions"][0]["score"], data["warnings"]) == (None, [])


# --------------------------------------------------------------------- how many were asked, and who they are


def test_groups_add_up_to_all_who_were_asked_only_if_all_are_named(workspace: Write) -> None:
    people = [*group("leadership", [4, 5]), *group("frontline", [2, 2, 2])]
    some = data_of(workspace(people, {"invited": {"role": {"leadership": 4}}}))
    assert some["quality"]["invited"] is None
    whole = data_of(workspace(people, {"invited": {"role": {"leadership": 4, "frontline": 6}}}))
    assert (whole["quality"]["invited"], whole["quality"]["response_rate"]) == (10, 0.5)


def test_a_group_of_which_nobody_answered_has_a_response_rate(workspace: Write) -> None:
    settings = {"invited": {"role": {"leadership": 4, "frontline": 6}}}
    data = data_of(workspace(group("frontline", [2, 2, 2]), settings))
    assert [(each["name"], each["n"], each["response_rate"]) for each in data["groups"]] == [
        ("frontline", 3, 0.5),
        ("leadership", 0, 0.0),
    ]
    assert data["quality"]["invited"] == 10


def test_a_role_that_the_questionnaire_does_not_have_is_pointed_out(workspace: Write) -> None:
    data = data_of(workspace(group("boss", [4, 5])))
    assert data["notes"] == [
        "“boss” is no role of the questionnaire, whose roles are leadership and frontline."
    ]


def test_a_group_is_not_held_against_itself(workspace: Write, cli: Callable[..., Any]) -> None:
    settings = {"compare": [{"attribute": "role", "groups": ["frontline", "frontline"]}]}
    done = cli("check", workspace(group("frontline", [4, 5]), settings))
    assert (done.code, "a group cannot be held against itself; name two groups" in done.err) == (2, True)


def test_where_nobody_has_what_is_to_be_balanced_it_is_said(
    workspace: Write, cli: Callable[..., Any]
) -> None:
    done = cli("assess", workspace([{"id": "x", "answers": {CULTURE: 1}}], {"balance": "tenure"}))
    said = " ".join(done.out.split())
    assert "but nobody’s length of service is known: everybody counts the same." in said
