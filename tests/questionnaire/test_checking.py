"""Ids that are used twice or lead nowhere, and that one run names every mistake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cxmaturity.errors import Problem
from cxmaturity.questionnaire.loading import load_questionnaire

Edited = Callable[..., Path]
Problems = Callable[..., tuple[Problem, ...]]
Located = Callable[[Path, str], str]

SCHEME = "text: Does staying pay?, answers: five"
THREE = "{id: low, text: Low.}, {id: middle, text: Middle.}, {id: high, text: High.}"


@pytest.mark.parametrize(
    ("change", "at", "what", "first"),
    [
        (
            ("  - id: retention\n", "  - id:  culture\n"),
            "culture\n    title: Retention",
            "dimension id 'culture'",
            "id: culture\n    title: Culture",
        ),
        (
            ("- id: churn-insight", "- id:  loyalty-and-value"),
            "loyalty-and-value\n        title: Churn",
            "practice id 'loyalty-and-value'",
            "id: loyalty-and-value\n        title: Loyalty",
        ),
        (
            ("{id: effort,", "{id: scheme,"),
            "scheme, type: scale",
            "question id 'scheme'",
            "{id: scheme, type: choice",
        ),
        (
            ("{id: often,", "{id: rarely,"),
            "rarely, text: Most",
            "option id 'rarely'",
            "{id: rarely, text: One",
        ),
        (
            (SCHEME, f"text: Pays?, options: [{THREE}, {{id: low, text: Again.}}]"),
            "low, text: Again",
            "option id 'low'",
            "{id: low, text: Low",
        ),
        (
            ("{id: letters,", "{id: calls,"),
            "calls, text: By letters",
            "option id 'calls'",
            "{id: calls, text: By calls",
        ),
    ],
    ids=["dimension", "practice", "question", "shared option", "own option", "option to tick"],
)
def test_an_id_used_twice_is_placed_at_the_second_and_names_the_first(
    *,
    change: tuple[str, str],
    at: str,
    what: str,
    first: str,
    edited: Edited,
    problems: Problems,
    located: Located,
) -> None:
    path = edited(change)
    line = located(path, first).rpartition(":")[0]
    assert [str(problem) for problem in problems(path)] == [
        f"{located(path, at)}: {what} is used twice, first at {line}; rename one of them"
    ]


def test_an_id_used_three_times_is_two_problems(edited: Edited, problems: Problems, located: Located) -> None:
    path = edited(("{id: often,", "{id: never,"), ("{id: rarely,", "{id: never,"))
    second, third = problems(path)
    assert str(second).startswith(located(path, "never, text: One"))
    assert str(third).startswith(located(path, "never, text: Most"))
    line = located(path, "never, text: Nobody").rpartition(":")[0]
    assert second.what == third.what == f"option id 'never' is used twice, first at {line}"


def test_different_practices_may_use_the_same_ids(edited: Edited) -> None:
    """Only the full id has to be unique."""
    questionnaire = load_questionnaire(
        str(edited(("{id: scheme,", "{id: same,"), ("id: churn-insight", "id: meaning")))
    )
    ids = [question.id for question in questionnaire.questions()]
    assert "culture.meaning.same" in ids
    assert "retention.loyalty-and-value.same" in ids
    assert "retention.meaning.known" in ids


@pytest.mark.parametrize(
    ("change", "at", "message"),
    [
        (
            ("roles: [leadership, frontline]", "roles: [leadership, frontlin]"),
            "frontlin]",
            "there is no role 'frontlin'; use one of leadership, frontline",
        ),
        (("S0, idea: Ease", "S7, idea: Ease"), "S7", "there is no source 'S7'; use one of S0"),
        ((SCHEME, "text: Pays?, answers: six"), "six", "there is no answer set 'six'; use one of five"),
    ],
    ids=["role", "source", "answer set"],
)
def test_an_id_that_leads_nowhere_is_placed_and_the_known_ones_are_named(
    *, change: tuple[str, str], at: str, message: str, edited: Edited, problems: Problems, located: Located
) -> None:
    path = edited(change)
    assert [str(problem) for problem in problems(path)] == [f"{located(path, at)}: {message}"]


def test_without_any_answer_set_the_message_says_so(
    tmp_path: Path, edited: Edited, problems: Problems
) -> None:
    text = edited().read_text(encoding="utf-8")
    start, end = text.index("answer_sets:"), text.index("dimensions:")
    path = tmp_path / "q.yaml"
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    found = problems(path)
    assert len(found) == 2  # `same` and `scheme` refer to it
    assert {problem.what for problem in found} == {"there is no answer set 'five'"}
    assert {problem.fix for problem in found} == {"define it"}


@pytest.mark.parametrize(
    ("change", "at"),
    [
        (
            ("{id: sometimes, text: Half of the teams do it.}", "{id: sometimes, text: Half., score: 0.5}"),
            "{id: never",
        ),
        (
            (SCHEME, "text: Pays?, options: [{id: low, text: Low., score: 0}, {id: high, text: High.}]"),
            "{id: high",
        ),
    ],
    ids=["shared", "own"],
)
def test_options_scored_in_part_are_a_problem_of_the_first_without_a_score(
    change: tuple[str, str], at: str, edited: Edited, problems: Problems, located: Located
) -> None:
    path = edited(change)
    assert [str(problem) for problem in problems(path)] == [
        (
            f"{located(path, at)}: some options have a score and this one has none; "
            "give all of them a score, or none"
        )
    ]


@pytest.mark.parametrize("word", ["dont-know", "not-shown", "unanswered"])
def test_an_option_may_not_be_called_like_a_state_that_is_not_scored(
    word: str, edited: Edited, problems: Problems, located: Located
) -> None:
    """Nobody could ever choose it: the word would be read as the state."""
    path = edited(("{id: sometimes,", f"{{id: {word},"))
    (problem,) = problems(path)
    assert str(problem).startswith(located(path, word))


# --------------------------------------------------------------------------------------- ten mistakes

OF_FORM = [
    (("minutes: 3", "minutes: none at all"), "none at all"),
    (("name: Emerging, minimum: 1.8,", "name: Emerging, minimum: 0.5,"), "0.5,"),
    (("text: One team does it.}", "text: One., scoer: 0.5}"), "scoer"),
    (("{id: often,", "{id: Often,"), "Often"),
    (("    description: What people do unasked.\n", ""), "id: culture"),
    (("labels: {low: easy, high: hard}", "labels: {low: easy}"), "{low: easy}"),
    (("{id: known, type: yes-no,", "{id: known, type: yes-no, weight: -1,"), "-1"),
    (("exclusive: true", "exclusive: maybe"), "maybe"),
    (("unit: percent", "unit: 100"), "100, maximum"),
    (("text: What do they say?", "text: [What]"), "[What]"),
]
OF_REFERENCE = [
    (("{id: rarely,", "{id: never,"), "never, text: One"),
    (("text: Most teams do it.}", "text: Most teams do it., score: 0.7}"), "{id: never, text: Nobody"),
    (("{id: said,", "{id: same,"), "same, type: text"),
    (("roles: [leadership, frontline]", "roles: [leadership, workers]"), "workers"),
    (("ref: S0, idea: Knowing", "ref: S8, idea: Knowing"), "S8"),
    ((SCHEME, "text: Pays?, answers: six"), "six"),
    (("S0, idea: Ease", "S1, idea: Ease"), "S1"),
    (("- id: churn-insight", "- id:  loyalty-and-value"), "loyalty-and-value\n        title: Churn"),
    (("{id: letters,", "{id: calls,"), "calls, text: By letters"),
    (("  - id: retention\n", "  - id:  culture\n"), "culture\n    title: Retention"),
]


@pytest.mark.parametrize(
    "mistakes", [OF_FORM, OF_REFERENCE, [*OF_FORM[5:], *OF_REFERENCE[:5]]], ids=["form", "references", "both"]
)
def test_ten_mistakes_are_exactly_ten_located_problems(
    mistakes: list[tuple[tuple[str, str], str]], edited: Edited, problems: Problems, located: Located
) -> None:
    path = edited(*(change for change, _ in mistakes))
    found = problems(path)
    places = sorted(f"{problem.file}:{problem.line}:{problem.column}" for problem in found)
    assert places == sorted(located(path, at) for _, at in mistakes), "\n".join(map(str, found))
    assert all(problem.what and problem.fix for problem in found)
