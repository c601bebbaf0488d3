"""A shorter questionnaire made of another one's questions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cxmaturity.errors import Problem
from cxmaturity.questionnaire.loading import load_questionnaire

Problems = Callable[..., tuple[Problem, ...]]
Located = Callable[[Path, str], str]

SELECTION = """\
format: 1
id: pulse
version: "2"
title: A pulse
description: Two questions.
minutes: 1
base: small
select:
  - retention.churn-insight.known
  - culture.meaning.same
"""


@pytest.fixture
def pulse(small_ships: Path, tmp_path: Path) -> Callable[..., Path]:
    """``pulse((old, new), …)`` is the file of a selection from the small questionnaire."""
    assert small_ships.is_dir()

    def write(*changes: tuple[str, str]) -> Path:
        text = SELECTION
        for old, new in changes:
            assert text.count(old) == 1
            text = text.replace(old, new)
        path = tmp_path / "pulse.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_selection_asks_only_what_it_names_in_the_order_of_the_whole(pulse: Callable[..., Path]) -> None:
    short = load_questionnaire(str(pulse()))
    assert [question.id for question in short.questions()] == [
        "culture.meaning.same",
        "retention.churn-insight.known",
    ]
    assert [dimension.id for dimension in short.dimensions] == ["culture", "retention"]
    assert [practice.id for practice in short.practices()] == ["culture.meaning", "retention.churn-insight"]


def test_a_selection_has_a_name_of_its_own_and_the_rest_from_the_whole(pulse: Callable[..., Path]) -> None:
    short, whole = load_questionnaire(str(pulse())), load_questionnaire("small")
    assert (short.id, short.version, short.title, short.minutes) == ("pulse", "2", "A pulse", 1)
    assert short.description == "Two questions."
    assert (short.levels, short.roles, short.sources) == (whole.levels, whole.roles, whole.sources)
    assert next(short.questions()) == next(whole.questions())


def test_a_dimension_of_which_nothing_is_asked_is_left_out(pulse: Callable[..., Path]) -> None:
    short = load_questionnaire(str(pulse(("  - culture.meaning.same\n", ""))))
    assert [dimension.id for dimension in short.dimensions] == ["retention"]


def test_the_hash_of_a_selection_changes_with_either_file(
    pulse: Callable[..., Path], small_ships: Path
) -> None:
    first = load_questionnaire(str(pulse())).sha256
    assert first != load_questionnaire("small").sha256
    assert load_questionnaire(str(pulse(("minutes: 1", "minutes: 2")))).sha256 != first
    base = small_ships / "questionnaire.yaml"
    base.write_text(base.read_text(encoding="utf-8").replace("minutes: 3", "minutes: 4"), encoding="utf-8")
    assert load_questionnaire(str(pulse())).sha256 != first


def test_a_selection_speaks_the_languages_of_the_whole(pulse: Callable[..., Path], small_ships: Path) -> None:
    (small_ships / "texts.ro.yaml").write_text("culture: {title: Cultură}\n", encoding="utf-8")
    short = load_questionnaire(str(pulse()), language="ro")
    assert short.languages == ("en", "ro")
    assert short.dimensions[0].title == "Cultură"


def test_every_question_that_is_unknown_or_named_twice_is_placed(
    pulse: Callable[..., Path], problems: Problems, located: Located
) -> None:
    more = "  - culture.meaning.same\n  - culture.meaning.smae\n  - retention.churn-insight.known # again\n"
    path = pulse(("  - culture.meaning.same\n", more))
    unknown, twice = problems(path)
    assert str(unknown).startswith(
        f"{located(path, 'culture.meaning.smae')}: 'culture.meaning.smae' is no question of small; "
    )
    assert str(twice).startswith(
        f"{located(path, 'retention.churn-insight.known # again')}: "
        "'retention.churn-insight.known' is listed twice; "
    )


def test_a_selection_from_a_questionnaire_that_is_not_there_is_placed(
    pulse: Callable[..., Path], problems: Problems, located: Located
) -> None:
    path = pulse(("base: small", "base: large"))
    (problem,) = problems(path)
    assert str(problem).startswith(f"{located(path, 'large')}: there is no questionnaire 'large'; ")


def test_mistakes_in_the_form_of_a_selection_are_placed(
    pulse: Callable[..., Path], problems: Problems, located: Located
) -> None:
    path = pulse(("minutes: 1", "minutes: -1"), ("description: Two questions.\n", "descripton: Two.\n"))
    found = [str(problem) for problem in problems(path)]
    assert len(found) == 3  # the description that is missing, too
    assert any(line.startswith(f"{located(path, '-1')}: expected more than 0") for line in found)
    assert any(
        line.startswith(
            f"{located(path, 'descripton')}: unknown key `descripton`; did you mean `description`?"
        )
        for line in found
    )
