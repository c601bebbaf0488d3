"""A translation is a file beside the questionnaire, keyed by id; what it leaves out stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cxmaturity.errors import Problem
from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.questionnaire.model import Question
from cxmaturity.workspace import read_asking

Edited = Callable[..., Path]
Problems = Callable[..., tuple[Problem, ...]]
Located = Callable[[Path, str], str]

ROMANIAN = """\
title: Un chestionar mic
description: Două dimensiuni, pentru teste.
levels:
  1: {name: Întâmplător, description: Din noroc.}
roles: {leadership: Conducere}
answers: {yes: Da, no: Nu}
answer_sets:
  five: {never: Nimeni nu o face.}
culture:
  title: Cultură
  meaning: {title: Înțeles}
culture.meaning.same:
  topic: Același înțeles
  text: Înțeleg același lucru?
  help: Întrebați trei oameni.
  evidence: Notițe.
retention.loyalty-and-value:
  effort:
    labels: {low: ușor, high: greu}
retention.churn-insight.ways.options: {calls: La telefon.}
retention.churn-insight.share: {unit: la sută}
"""


@pytest.fixture
def translated(edited: Edited) -> Path:
    """The small questionnaire with a Romanian translation of some of it."""
    return edited(files={"texts.ro.yaml": ROMANIAN})


def question(path: Path, name: str, language: str | None) -> Question:
    questions = load_questionnaire(str(path), language=language).questions()
    return next(each for each in questions if each.id == name)


def texts_of(asked: Question) -> list[str]:
    return [option.text for option in asked.answers.options]


def test_every_text_can_be_translated(translated: Path) -> None:
    whole = load_questionnaire(str(translated), language="ro")
    assert (whole.language, whole.languages) == ("ro", ("en", "ro"))
    assert (whole.title, whole.description) == ("Un chestionar mic", "Două dimensiuni, pentru teste.")
    assert (whole.levels[0].name, whole.levels[0].description) == ("Întâmplător", "Din noroc.")
    assert whole.roles["leadership"] == "Conducere"
    assert whole.dimensions[0].title == "Cultură"
    assert whole.dimensions[0].practices[0].title == "Înțeles"
    same = question(translated, "culture.meaning.same", "ro")
    assert (same.topic, same.text) == ("Același înțeles", "Înțeleg același lucru?")
    assert (same.help, same.evidence) == ("Întrebați trei oameni.", "Notițe.")
    assert texts_of(same)[0] == "Nimeni nu o face."
    assert texts_of(question(translated, "retention.churn-insight.known", "ro")) == ["Nu", "Da"]
    effort = question(translated, "retention.loyalty-and-value.effort", "ro")
    assert texts_of(effort) == ["1 (ușor)", "2", "3", "4", "5 (greu)"]
    assert texts_of(question(translated, "retention.churn-insight.ways", "ro"))[0] == "La telefon."
    assert question(translated, "retention.churn-insight.share", "ro").answers.unit == "la sută"


def test_what_is_not_translated_stays_in_the_questionnaires_own_language(translated: Path) -> None:
    whole = load_questionnaire(str(translated), language="ro")
    assert whole.dimensions[1].title == "Retention"
    assert whole.levels[4].name == "Embedded"
    same = question(translated, "culture.meaning.same", "ro")
    assert texts_of(same)[1] == "One team does it."


@pytest.mark.parametrize("language", [None, "en"])
def test_a_translation_changes_nothing_for_others(language: str | None, translated: Path) -> None:
    whole = load_questionnaire(str(translated), language=language)
    assert (whole.language, whole.languages) == ("en", ("en", "ro"))
    assert (whole.title, whole.dimensions[0].title) == ("A small questionnaire", "Culture")
    assert texts_of(question(translated, "retention.churn-insight.known", language)) == ["No", "Yes"]


def test_a_translation_changes_no_id_and_no_worth(translated: Path) -> None:
    def numbers(language: str) -> list[object]:
        questions = load_questionnaire(str(translated), language=language).questions()
        return [(q.id, q.weight, [(o.id, o.fraction) for o in q.answers.options]) for q in questions]

    assert numbers("ro") == numbers("en")


def test_the_options_of_a_choices_own_are_translated_under_its_id(edited: Edited) -> None:
    own = "options: [{id: low, text: Low.}, {id: high, text: High.}]"
    overlay = "retention.loyalty-and-value.scheme.options: {low: Puțin.}\n"
    path = edited(
        ("text: Does staying pay?, answers: five", f"text: Pays?, {own}"), files={"texts.ro.yaml": overlay}
    )
    assert texts_of(question(path, "retention.loyalty-and-value.scheme", "ro")) == ["Puțin.", "High."]


def test_a_language_without_a_translation_is_refused_and_the_others_named(
    translated: Path, problems: Problems
) -> None:
    (problem,) = problems(translated, language="de")
    assert str(problem) == f"{translated}:1:1: has no texts in language 'de'; use one of en, ro"


def test_only_files_named_after_a_language_are_translations(edited: Edited) -> None:
    other = dict.fromkeys(("texts.yaml", "texts.ro.yml", "texts.ro.old.yaml", "words.ro.yaml"), "title: x\n")
    assert load_questionnaire(str(edited(files=other))).languages == ("en",)


def test_what_is_no_text_is_a_problem_where_it_stands(
    edited: Edited, problems: Problems, located: Located
) -> None:
    overlay = "title: 12\nculture:\n  title: [Cultură]\n  description: true\n  meaning:\n"
    path = edited(files={"texts.ro.yaml": overlay})
    found = problems(path, language="ro")
    file = path.with_name("texts.ro.yaml")
    assert [problem.line for problem in found] == [1, 3, 4, 5]
    assert str(found[0]).startswith(f"{located(file, '12')}: expected a text; ")
    assert str(found[1]).startswith(located(file, "[Cultură]"))


@pytest.mark.parametrize("overlay", ["just words\n", "[a, b]\n"])
def test_a_translation_that_is_no_mapping_is_a_problem(
    overlay: str, edited: Edited, problems: Problems
) -> None:
    path = edited(files={"texts.ro.yaml": overlay})
    (problem,) = problems(path, language="ro")
    assert (problem.file, problem.line) == (str(path.with_name("texts.ro.yaml")), 1)


def test_an_id_in_a_translation_that_leads_nowhere_is_a_problem(edited: Edited, problems: Problems) -> None:
    path = edited(files={"texts.ro.yaml": "culture.meaning.smae: {text: Înțeleg?}\n"})
    (problem,) = problems(path, language="ro")
    assert "culture.meaning.smae" in problem.what
    assert problem.line == 1


def test_a_workspace_may_be_read_in_another_language_than_its_own(workspace: Callable[..., Path]) -> None:
    folder = workspace(files={"texts.ro.yaml": ROMANIAN})
    assert read_asking(folder).questionnaire.title == "A small questionnaire"
    assert read_asking(folder, language="ro").questionnaire.title == "Un chestionar mic"
