"""The known word that was probably meant."""

from __future__ import annotations

import pytest

from cxmaturity.suggesting import alike, did_you_mean


@pytest.mark.parametrize(
    ("given", "fix"),
    [
        ("wieght", "did you mean 'weight'?"),
        ("WEIGHT", "did you mean 'weight'?"),  # of all letters in another case, none is alike
        ("colour", "look it up"),
        ("", "look it up"),
    ],
)
def test_the_likest_word_is_suggested_and_else_what_else_to_do(given: str, fix: str) -> None:
    assert did_you_mean(given, ["height", "weight", "source"], "look it up") == fix


def test_words_of_a_format_stand_in_backticks() -> None:
    assert did_you_mean("wieght", ["weight"], "", mark="`") == "did you mean `weight`?"


def test_several_words_come_with_the_likest_first() -> None:
    assert alike("customer", ["costumes", "customers", "days"], 3) == ["customers", "costumes"]
    assert alike("customer", ["costumes", "Customer", "customers"], 3) == ["Customer"]
