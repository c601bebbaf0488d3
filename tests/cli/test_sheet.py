"""``cxmaturity sheet``: an answer sheet that comes back as it was sent."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook

from cxmaturity import load

Cli = Callable[..., Any]
Folder = Callable[..., Path]

ROMANIAN = "retention: {title: Retenția}\nroles: {frontline: Prima linie}\n"


@pytest.fixture
def folder(workspace: Folder) -> Path:
    """A workspace whose questionnaire is in Romanian too."""
    return workspace(files={"texts.ro.yaml": ROMANIAN})


def test_a_workbook_is_written_into_the_workspace(cli: Cli, folder: Path) -> None:
    done = cli("sheet", folder)
    assert (done.code, done.out) == (0, f"{folder / 'answers.xlsx'}\n")
    assert "responses/*.xlsx" in done.err
    assert load_workbook(folder / "answers.xlsx").sheetnames == [
        "Start",
        "Culture",
        "Retention",
        "_cxmaturity",
    ]


def test_an_answer_sheet_among_the_responses_is_assessed(cli: Cli, workspace: Folder) -> None:
    folder = workspace(settings={"responses": ["responses/*.xlsx"]})
    path = folder / "responses" / "maria.xlsx"
    assert cli("sheet", folder, "-o", path, "--role", "frontline").code == 0
    book = load_workbook(path)
    book["Retention"]["E5"] = "5 – Every team does it."
    book.save(path)
    assert cli("check", folder).code == 0
    data = json.loads(cli("assess", "--json", folder).out)
    assert {each["id"]: each["score"] for each in data["dimensions"]} == {"culture": None, "retention": 5.0}
    responses = load(folder).workspace.responses
    assert (responses.respondents, responses.attributes["role"].values()) == (("maria",), ("frontline",))


def test_a_question_that_is_gone_since_is_named(cli: Cli, workspace: Folder) -> None:
    folder = workspace(settings={"responses": ["responses/*.xlsx"]})
    path = folder / "responses" / "maria.xlsx"
    cli("sheet", folder, "-o", path)
    book = load_workbook(path)
    book["Retention"]["E5"] = "5 – Every team does it."
    book.save(path)
    file = folder / "questionnaire.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("id: scheme", "id: plan"), encoding="utf-8")
    done = cli("check", folder)
    assert done.code == 2
    assert f"{path}:5:3: there is no question 'retention.loyalty-and-value.scheme'" in done.err
    assert len(done.err.splitlines()) == 1  # the others were left blank


def test_another_workbook_among_the_responses_is_refused(cli: Cli, workspace: Folder) -> None:
    folder = workspace(settings={"responses": ["responses/*.xlsx"]}, files={"responses/other.xlsx": "no zip"})
    done = cli("check", folder)
    assert done.code == 2
    assert "other.xlsx: is not a workbook" in done.err


def test_the_language_is_that_of_the_questions(cli: Cli, folder: Path) -> None:
    assert cli("sheet", folder, "--lang", "ro").code == 0
    book = load_workbook(folder / "answers.xlsx")
    assert book.sheetnames == ["Start", "Culture", "Retenția", "_cxmaturity"]


def test_a_language_without_texts_is_named_with_those_there_are(cli: Cli, folder: Path) -> None:
    done = cli("sheet", folder, "--lang", "pl")
    assert done.code == 2
    assert "has no texts in language 'pl'; use one of en, ro" in done.err
    assert not (folder / "answers.xlsx").exists()


def test_a_role_that_does_not_exist_writes_nothing(cli: Cli, folder: Path) -> None:
    done = cli("sheet", folder, "--role", "boss", "-o", folder / "x.xlsx")
    assert (done.code, "no role 'boss'" in done.err) == (2, True)
    assert not (folder / "x.xlsx").exists()


@pytest.mark.parametrize(
    ("options", "name"),
    [
        (["--csv"], "answers.csv"),
        (["--yaml", "--role", "frontline"], "answers-frontline.yaml"),
        (["--role", "leadership"], "answers-leadership.xlsx"),
    ],
)
def test_the_name_says_format_and_role(cli: Cli, folder: Path, options: list[str], name: str) -> None:
    assert cli("sheet", folder, *options).out == f"{folder / name}\n"


def test_the_suffix_says_the_format(cli: Cli, folder: Path) -> None:
    assert cli("sheet", folder, "-o", folder / "x.csv").code == 0
    with (folder / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 7
    done = cli("sheet", folder, "-o", folder / "x.docx")
    assert done.code == 2
    assert "there is no format for '.docx'" in done.err


@pytest.mark.parametrize(("option", "name"), [("--csv", "x.xlsx"), ("--yaml", "x.csv"), ("--csv", "x.YML")])
def test_an_option_and_a_suffix_that_disagree_are_refused(
    cli: Cli, folder: Path, option: str, name: str
) -> None:
    done = cli("sheet", folder, "-o", folder / name, option)
    assert done.code == 2
    assert f"{option} does not write files ending in '{Path(name).suffix.lower()}'" in done.err
    assert not (folder / name).exists()


def test_an_option_says_the_format_where_the_suffix_does_not(cli: Cli, folder: Path) -> None:
    assert cli("sheet", folder, "-o", folder / "x.yml", "--yaml").code == 0
    assert cli("sheet", folder, "-o", folder / "x.txt", "--csv").code == 0
    assert (folder / "x.txt").read_text(encoding="utf-8-sig").startswith("respondent,")


@pytest.mark.parametrize("suffix", [".csv", ".yaml"])
def test_copies_of_a_sheet_are_of_different_people(cli: Cli, workspace: Folder, suffix: str) -> None:
    folder = workspace(settings={"responses": [f"responses/*{suffix}"]})
    for name in ("maria", "2026: jo", "17"):
        assert cli("sheet", folder, "-o", folder / "responses" / f"{name}{suffix}").code == 0
    responses = load(folder).workspace.responses
    assert sorted(responses.respondents) == ["17", "2026: jo", "maria"]
    assert "role" not in responses.attributes


def test_a_yaml_sheet_is_a_response_file(cli: Cli, folder: Path) -> None:
    path = folder / "responses" / "maria.yaml"
    assert cli("sheet", folder, "-o", path, "--role", "frontline").code == 0
    (person,) = yaml.safe_load(path.read_text(encoding="utf-8"))["respondents"]
    assert (person["id"], person["role"]) == ("maria", "frontline")
    assert sorted(map(str, person["answers"].values())) == ["None", "None", *["not-shown"] * 5]
    assert cli("check", folder).code == 0


def test_a_part_that_no_plugin_brings_is_left_out_and_named(cli: Cli, workspace: Folder) -> None:
    parts = {"questionnaire": ["questionnaire.yaml", "customer-journey"]}
    folder = workspace(settings={**parts, "plugins": {"disable": ["customer-journey"]}})
    done = cli("sheet", folder)
    assert done.code == 1
    assert "warning: " in done.err
    assert "'customer-journey' is not asked" in done.err
    assert load_workbook(folder / "answers.xlsx").sheetnames[1:-1] == ["Culture", "Retention"]


def test_settings_and_questionnaires_that_are_wrong_are_named(cli: Cli, workspace: Folder) -> None:
    folder = workspace(settings={"brand": {"colour": "blue"}})
    assert (cli("sheet", folder).code, (folder / "answers.xlsx").exists()) == (2, False)
    folder = workspace(settings={"questionnaire": "nowhere"})
    done = cli("sheet", folder)
    assert (done.code, "'nowhere': there is no such questionnaire" in done.err) == (2, True)


def test_the_organisation_and_who_asks_for_it_are_named(cli: Cli, workspace: Folder) -> None:
    folder = workspace(settings={"brand": {"name": "North Star"}})
    cli("sheet", folder)
    cells = [cell for row in load_workbook(folder / "answers.xlsx")["Start"].values for cell in row]
    assert "North Star asks you about Acme." in cells


def test_answers_that_are_wrong_keep_nobody_from_writing_a_sheet(cli: Cli, workspace: Folder) -> None:
    folder = workspace([{"id": "r01", "answers": {"no.such.question": 1}}])
    assert cli("check", folder).code == 2
    assert cli("sheet", folder).code == 0


def test_a_sheet_is_written_over_nothing_but_itself(cli: Cli, workspace: Folder) -> None:
    folder = workspace()
    assert cli("sheet", folder).code == 0
    assert cli("sheet", folder).code == 0, "an untouched sheet may be written again"
    path = folder / "answers.xlsx"
    path.write_bytes(path.read_bytes() + b"filled in")
    before = path.read_bytes()
    done = cli("sheet", folder)
    assert (done.code, "is there already" in done.err) == (2, True)
    assert path.read_bytes() == before
