"""What is wrong with ``target``, ``capacity`` and ``plan`` by themselves: where, and what to do."""

from __future__ import annotations

import pytest

from cxmaturity.settings import AssessmentFile
from cxmaturity.yamlfile import parse_yaml, validate

HEAD = "organisation: {name: Acme}\nquestionnaire: small\n"
QUARTERS = "start: 2027-01, quarters: 4"


def problems(text: str) -> list[str]:
    """The problems of settings; line 3 is the first of the text."""
    return [str(problem) for problem in validate(parse_yaml(HEAD + text, "a.yaml"), AssessmentFile)[1]]


@pytest.mark.parametrize(
    "text",
    [
        "target: {level: 4, by: 2027-12}",
        "target: {by: 2027-12, dimensions: {culture: 4}}",
        "capacity: {start: 2027-01, quarters: 2, person_days: [0, 9], skills: {legal: [0, 1], research: 2}}",
        "capacity: {start: 2027-01, quarters: 1, person_days: 999999999999, budget: 999999999999}",
        "plan: {pin: [culture.page], done: {culture.habit: 2026-11, culture.name: }}",
    ],
)
def test_what_is_meant_is_taken(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"capacity: {{{QUARTERS}, person_days: 1e27}}", "3:54"),
        (f"capacity: {{{QUARTERS}, person_days: [9, 9, 1e27, 9]}}", "3:61"),
        (f"capacity: {{{QUARTERS}, person_days: 9, budget: 1e27}}", "3:65"),
        (f"capacity: {{{QUARTERS}, person_days: 9, skills: {{legal: 1e27}}}}", "3:73"),
        (f"capacity: {{{QUARTERS}, person_days: 9, skills: {{legal: [1, 1, 1, 1e27]}}}}", "3:83"),
        ("weights: {culture: 1e27}", "3:20"),
    ],
)
def test_numbers_have_no_more_digits_than_texts_can_write(text: str, place: str) -> None:
    assert problems(text) == [
        f"a.yaml:{place}: expected at most 999,999,999,999, found the number 1e+27; correct the number"
    ]


@pytest.mark.parametrize("key", ["employees", "departments"])
def test_an_organisation_is_no_larger_than_texts_can_write(key: str) -> None:
    # effort grows with both
    text = HEAD.replace("Acme}", f"Acme, {key}: 1000000000000}}")
    (problem,) = validate(parse_yaml(text, "a.yaml"), AssessmentFile)[1]
    assert str(problem).startswith(f"a.yaml:1:{30 + len(key)}: expected at most 999,999,999,999, ")


def test_each_list_that_does_not_match_the_quarters_is_named_at_its_place() -> None:
    text = (
        f"capacity:\n  {QUARTERS.replace(', ', chr(10) + '  ')}\n  person_days: [40, 40, 40]\n"
        "  skills: {legal: [1, 2], research: [1, 2, 3, 4], testing: 5}"
    )
    fix = "give one for each quarter"
    assert problems(text) == [
        f"a.yaml:6:16: 3 numbers do not match 4 quarters; {fix}",
        f"a.yaml:7:19: 2 numbers do not match 4 quarters; {fix}",
    ]


def test_without_a_number_of_quarters_no_list_is_held_against_it() -> None:
    (problem,) = problems("capacity: {start: 2027-01, quarters: many, person_days: [1, 2]}")
    assert problem.startswith("a.yaml:3:38: expected a whole number, ")


@pytest.mark.parametrize("more", ["", ", dimensions: {}"])
def test_a_date_needs_a_level(more: str) -> None:
    assert problems(f"target: {{by: 2027-12{more}}}") == [
        "a.yaml:3:14: a date needs a target, and there is none; give `level` or `dimensions`, or remove `by`"
    ]


@pytest.mark.parametrize("wrong", ["level: 6", "dimensions: {culture: 6}"])
def test_a_date_with_a_wrong_level_has_one(wrong: str) -> None:
    (problem,) = problems(f"target: {{by: 2027-12, {wrong}}}")
    assert "expected at most 5" in problem


@pytest.mark.parametrize("key", ["target", "capacity", "plan"])
def test_what_is_empty_is_named(key: str) -> None:
    expected = "expected a mapping, found nothing; give it a value, or remove the key"
    assert problems(f"{key}:") == [f"a.yaml:3:{len(key) + 2}: {expected}"]


@pytest.mark.parametrize("key", ["pin", "done"])
@pytest.mark.parametrize("value", ["culture.page", "3"])
def test_where_a_list_will_do_both_forms_are_said(key: str, value: str) -> None:
    assert problems(f"plan:\n  {key}: {value}") == [
        (
            f"a.yaml:4:{len(key) + 5}: expected a list of ids, or a mapping from ids to months; "
            "start each entry with `- `, or write `id: 2027-04` lines"
        )
    ]


def test_the_form_of_a_skill_is_said_in_words() -> None:
    assert problems(f"capacity: {{{QUARTERS}, person_days: 9, skills: {{Legal: 3}}}}") == [
        (
            "a.yaml:3:66: text 'Legal' does not have the right form; "
            "use the form data-analysis: small letters, digits and hyphens"
        )
    ]
