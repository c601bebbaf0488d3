"""Where a questionnaire is found, how its files come together, and what a broken one says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from cxmaturity.errors import Problem, UserError
from cxmaturity.questionnaire.loading import load_questionnaire, shipped

Edited = Callable[..., Path]
Problems = Callable[..., tuple[Problem, ...]]
Located = Callable[[Path, str], str]

EXTRA = """\
id: extra
title: Extra
description: In a file of its own.
weight: 2
practices:
  - id: only
    title: Only
    description: The only one.
    questions:
      - {id: asked, type: choice, topic: Asked, text: Is it asked?, answers: five,
         roles: [leadership], evidence: A list., source: {ref: S0, idea: Asking}}
"""


def test_a_questionnaire_keeps_the_order_and_gives_full_ids(edited: Edited) -> None:
    questionnaire = load_questionnaire(str(edited()))
    assert (questionnaire.id, questionnaire.version, questionnaire.language) == ("small", "1", "en")
    assert questionnaire.languages == ("en",)
    assert questionnaire.minutes == 3
    assert questionnaire.scale == (1.0, 1.8, 2.6, 3.4, 4.2)
    assert [level.name for level in questionnaire.levels][::4] == ["Incidental", "Embedded"]
    assert dict(questionnaire.roles) == {"leadership": "Leadership", "frontline": "Front line"}
    assert [practice.id for practice in questionnaire.practices()] == [
        "culture.meaning",
        "retention.loyalty-and-value",
        "retention.churn-insight",
    ]
    assert [question.id for question in questionnaire.questions()] == [
        "culture.meaning.same",
        "culture.meaning.said",
        "retention.loyalty-and-value.scheme",
        "retention.loyalty-and-value.effort",
        "retention.churn-insight.known",
        "retention.churn-insight.ways",
        "retention.churn-insight.share",
    ]
    assert {question.practice for question in questionnaire.questions()} == {
        practice.id for practice in questionnaire.practices()
    }


@pytest.mark.parametrize("reference", ["acme", "acme/questionnaire.yaml", "./acme"])
def test_a_path_leads_to_a_file_or_to_the_folder_that_holds_it(reference: str, edited: Edited) -> None:
    base = edited().parent.parent
    assert load_questionnaire(reference, base=base).id == "small"


def test_an_absolute_path_needs_no_base(edited: Edited, tmp_path: Path) -> None:
    assert load_questionnaire(str(edited()), base=tmp_path / "elsewhere").id == "small"


@pytest.mark.usefixtures("small_ships")
def test_an_id_leads_to_what_ships_with_the_product() -> None:
    assert list(shipped()) == ["small"]  # the folder schemas/ beside it is none
    assert load_questionnaire("small").title == "A small questionnaire"


@pytest.mark.usefixtures("small_ships")
def test_what_is_not_there_is_named_with_what_could_be(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"^nowhere: there is no such questionnaire; .*small$"):
        load_questionnaire("nowhere", base=tmp_path)


def test_a_folder_without_a_questionnaire_is_none(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no such questionnaire"):
        load_questionnaire(str(tmp_path))


# -------------------------------------------------------------------------- dimensions in files of their own


def test_a_dimension_may_have_a_file_of_its_own(edited: Edited) -> None:
    path = edited(
        ("dimensions:\n", "dimensions:\n  - extra.yaml\n"),
        files={"extra.yaml": EXTRA},
    )
    questionnaire = load_questionnaire(str(path))
    assert [dimension.id for dimension in questionnaire.dimensions] == ["extra", "culture", "retention"]
    assert questionnaire.dimensions[0].weight == 2
    assert next(questionnaire.questions()).answers.options[0].id == "never"


def test_the_hash_is_of_every_file_that_was_read(edited: Edited) -> None:
    path = edited(("dimensions:\n", "dimensions:\n  - extra.yaml\n"), files={"extra.yaml": EXTRA})
    first = load_questionnaire(str(path)).sha256
    whole = path.read_bytes() + path.with_name("extra.yaml").read_bytes()
    assert first == hashlib.sha256(whole).hexdigest()
    path.with_name("extra.yaml").write_text(EXTRA.replace("Is it asked?", "Was it asked?"), encoding="utf-8")
    assert load_questionnaire(str(path)).sha256 != first


def test_every_broken_dimension_file_is_reported_at_once(
    edited: Edited, problems: Problems, located: Located
) -> None:
    path = edited(
        (
            "dimensions:\n",
            "dimensions:\n  - gone.yaml\n  - a/b.yaml\n  - ../c.yaml\n  - broken.yaml\n  - wrong.yaml\n",
        ),
        files={
            "broken.yaml": "id: [\n",
            "wrong.yaml": EXTRA.replace("weight: 2", "wieght: 2").replace("ref: S0", "ref: S9"),
        },
    )
    found = [str(problem) for problem in problems(path)]
    assert len(found) == 6
    assert found[0].startswith(f"{path.with_name('gone.yaml')}: there is no such file")
    assert found[1].startswith(f"{located(path, 'a/b.yaml')}: 'a/b.yaml' is not a plain file name")
    assert found[2].startswith(f"{located(path, '../c.yaml')}: '../c.yaml' is not a plain file name")
    assert found[3].startswith(f"{path.with_name('broken.yaml')}:")
    wrong = path.with_name("wrong.yaml")
    assert found[4].startswith(f"{located(wrong, 'wieght')}: unknown key `wieght`; did you mean `weight`?")
    assert found[5].startswith(f"{located(wrong, 'S9')}: there is no source 'S9'")


def test_a_problem_in_a_dimension_file_is_placed_in_that_file(
    edited: Edited, problems: Problems, located: Located
) -> None:
    path = edited(
        ("dimensions:\n", "dimensions:\n  - extra.yaml\n"), files={"extra.yaml": EXTRA.replace("S0", "S9")}
    )
    extra = path.with_name("extra.yaml")
    assert [str(problem) for problem in problems(path)] == [
        f"{located(extra, 'S9')}: there is no source 'S9'; use one of S0"
    ]


@pytest.mark.parametrize("name", ['""', "..", "."])
def test_a_dimension_that_names_no_file_is_a_located_problem(
    name: str, edited: Edited, problems: Problems
) -> None:
    path = edited(("dimensions:\n", f"dimensions:\n  - {name}\n"))
    (problem,) = problems(path)
    assert problem.file.startswith(str(path.parent))


# ----------------------------------------------------------------------------------- mistakes of form


@pytest.mark.parametrize(
    ("old", "new", "at", "names"),
    [
        ("format: 1", "format: 2", "2", "expected 1"),
        ("id: small", "id: Small One", "Small One", "kebab-case"),
        ("minutes: 3", "minutes: 0", "0\n", "more than 0"),
        ("language: en", "language: english", "english", "two letters"),
        ("title: A small", "tilte: A small", "tilte", "did you mean `title`?"),
        ("{level: 3, name: Defined", "{level: 4, name: Defined", None, "1, 2, 3, 4, 5 in this order"),
        ("minimum: 2.6", "minimum: 1.8000", None, "ascend"),
        ("minimum: 1.0", "minimum: 1.1", None, "start at 1.0"),
        ("{id: known, type: yes-no", "{id: known, type: yesno", "yesno", "did you mean `yes-no`?"),
        ("{id: known, type: yes-no", "{id: known, tpye: yes-no", None, "`type` is missing"),
        ("{id: known, type: yes-no", "{id: known now, type: yes-no", "known now", "kebab-case"),
        ("text: Is it known who left?", "txet: Is it known who left?", "txet", "did you mean `text`?"),
        ("minimum: 1, maximum: 5,", "minimum: 5, maximum: 5,", None, "2 to 101 steps"),
        ("minimum: 1, maximum: 5,", "minimum: 0, maximum: 101,", None, "2 to 101 steps"),
        ("{from: 20, score: 0.5}", "{from: 20, score: 1.5}", "1.5", "at most 1"),
        ("{from: 20, score: 0.5}", "{from: 80, score: 0.5}", None, "the bands do not ascend"),
        ("maximum: 100", "maximum: 79", None, "`maximum` lies below the start of the last band"),
        ("worth: 3", "worth: -3", "-3", "at least 0"),
        ("text: Does staying pay?, answers: five", "text: Does staying pay?", None, "`options` or `answers`"),
        ("text: How hard is it?", 'text: ""', '""', "is empty"),
        (
            "worth: 3}, {id: letters, text: By letters., worth: 1}",
            "worth: 0}, {id: letters, text: By letters., worth: 0}",
            None,
            "no option is worth anything",
        ),
    ],
)
def test_a_mistake_of_form_is_named_where_it_stands(
    *,
    old: str,
    new: str,
    at: str | None,
    names: str,
    edited: Edited,
    problems: Problems,
) -> None:
    path = edited((old, new))
    found = [problem for problem in problems(path) if names in str(problem)]
    assert len(found) == 1, problems(path)
    assert found[0].file == str(path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if at is not None:
        assert lines[found[0].line - 1][found[0].column - 1 :].startswith(at)


@pytest.mark.parametrize("text", ["", "[]", "just words", "7"])
def test_what_is_no_questionnaire_at_all_says_so(text: str, tmp_path: Path, problems: Problems) -> None:
    path = tmp_path / "q.yaml"
    path.write_text(text, encoding="utf-8")
    (problem,) = problems(path)
    assert "a mapping" in problem.what
    assert (problem.file, problem.line, problem.column) == (str(path), 1, 1)


@pytest.mark.parametrize("options", ["[]", "[{id: sole, text: The only one.}]"])
def test_an_answer_set_without_a_choice_is_refused(options: str, edited: Edited, problems: Problems) -> None:
    path = edited(
        ("answer_sets:\n", f"answer_sets:\n  lone: {options}\n"),
        ("pay?, answers: five", "pay?, answers: lone"),
    )
    (problem,) = problems(path)
    assert (problem.file, problem.line) == (str(path), 17)
