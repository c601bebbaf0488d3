"""``cxmaturity questionnaires``: what there is, what it asks, and what its files may hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]


@pytest.mark.usefixtures("small_ships")
@pytest.mark.parametrize("arguments", [("questionnaires",), ("questionnaires", "list")])
def test_the_list_counts_questions_and_names_languages(
    arguments: tuple[str, ...], small_ships: Path, cli: Cli
) -> None:
    (small_ships / "texts.ro.yaml").write_text("title: Mic\n", encoding="utf-8")
    done = cli(*arguments)
    assert (done.code, done.err) == (0, "")
    row = next(line for line in done.out.splitlines() if "small" in line)
    # the title's last word stands on the next line
    assert row.split() == ["small", "1", "whole", "7", "3", "en,", "ro", "core", "A", "small"]


def test_a_broken_questionnaire_is_named_with_all_that_is_wrong(small_ships: Path, cli: Cli) -> None:
    file = small_ships / "questionnaire.yaml"
    text = file.read_text(encoding="utf-8").replace("answers: five", "answers: six")
    file.write_text(text, encoding="utf-8")
    done = cli("questionnaires", "show", "small")
    assert (done.code, done.out) == (2, "")
    lines = done.err.splitlines()
    assert len(lines) == 2
    assert all(line.startswith(f"{file}:") and "there is no answer set 'six'" in line for line in lines)


@pytest.mark.usefixtures("small_ships")
def test_show_prints_every_question_with_its_answers(cli: Cli) -> None:
    done = cli("questionnaires", "show", "small")
    assert (done.code, done.err) == (0, "")
    for words in (
        "A small questionnaire (small 1)",
        "# Retention",
        "## Loyalty: Staying pays.",
        "retention.loyalty-and-value.scheme",
        "    2. rarely: One team does it.",
        "    5. 5: 5 (hard)",
        "    2. yes: Yes",
        "    1. calls: By calls.",
        "    from 20 percent: 50%",
        "    in your own words; not scored",
        "  Asked of: leadership, frontline",
        "  Evidence: The rules.",
    ):
        assert words in done.out.splitlines()


def test_show_reads_a_file_as_well(workspace: Callable[..., Path], cli: Cli) -> None:
    assert "culture.meaning.same" in cli("questionnaires", "show", workspace() / "questionnaire.yaml").out


@pytest.mark.usefixtures("small_ships")
def test_show_json_is_the_whole_questionnaire_as_data(cli: Cli) -> None:
    data = json.loads(cli("questionnaires", "show", "small", "--json").out)
    assert data["id"] == "small"
    assert len(data["sha256"]) == 64
    assert [dimension["id"] for dimension in data["dimensions"]] == ["culture", "retention"]
    effort = data["dimensions"][1]["practices"][0]["questions"][1]
    assert effort["id"] == "retention.loyalty-and-value.effort"
    assert effort["answers"]["kind"] == "scale"
    assert [option["fraction"] for option in effort["answers"]["options"]] == [1, 0.75, 0.5, 0.25, 0]


@pytest.mark.usefixtures("small_ships")
def test_show_names_what_there_is_if_the_id_is_wrong(cli: Cli) -> None:
    done = cli("questionnaires", "show", "smal")
    assert (done.code, done.out) == (2, "")
    assert (
        done.err
        == "smal: there is no such questionnaire; name a file, or one of small, customer-journey, customer-understanding\n"  # noqa: E501
    )


@pytest.mark.parametrize("part", ["questionnaire", "dimension"])
def test_the_schemas_that_ship_are_those_that_schema_prints(part: str, cli: Cli) -> None:
    """When this fails: cxmaturity questionnaires schema PART > questionnaires/…/schemas/PART.schema.json."""
    done = cli("questionnaires", "schema", part)
    assert (done.code, done.err) == (0, "")
    file = files("cxmaturity_questionnaires").joinpath("schemas", f"{part}.schema.json")
    assert file.read_text(encoding="utf-8") == done.out
    assert json.loads(done.out)["$schema"].startswith("https://json-schema.org/")


def test_schema_prints_that_of_a_questionnaire_unless_told_otherwise(cli: Cli) -> None:
    whole = cli("questionnaires", "schema").out
    assert whole == cli("questionnaires", "schema", "questionnaire").out
    assert {"QuestionnaireFile", "SelectionFile"} <= json.loads(whole)["$defs"].keys()
    assert "practices" in json.loads(cli("questionnaires", "schema", "dimension").out)["properties"]


@pytest.mark.parametrize("arguments", [("schema", "answers"), ("shwo",), ("show",)])
def test_what_does_not_exist_is_the_users_mistake(arguments: tuple[str, ...], cli: Cli) -> None:
    done = cli("questionnaires", *arguments)
    assert (done.code, done.out) == (2, "")
    assert "Usage: cxmaturity questionnaires" in done.err
