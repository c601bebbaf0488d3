"""``cxmaturity check``: nothing is wrong, or everything that is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]
Write = Callable[..., Path]

DIMENSION = """\
id: extra
title: Extra
description: In a file of its own.
practices:
  - id: only
    title: Only
    description: The only one.
    questions:
      - {id: asked, type: yes-no, topic: Asked, text: Is it asked?,
         roles: [leadership], evidence: A list., source: {ref: S0, idea: Asking}}
"""
CATALOGUE = """\
format: 1
recommendations:
  - id: culture.page
    title: Write a page
    aim: All mean the same.
    why: They do not.
    source: {ref: S0, idea: One meaning}
    steps: [Write it.]
    lifts: {culture.meaning: 3}
    effort: {fixed: 6}
    weeks: 10
    owner: Managing director
    kpi: {name: People who know it, target: 24 of 30}
    risk: {kind: adoption, rating: medium, text: Nobody reads it.}
"""
ROWS = "1,2020-01-01,\n2,2021-01-01,2026-03-01\n"


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    """``file(text)`` writes a file to check."""

    def write(text: str) -> Path:
        path = tmp_path / "made.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


# ---------------------------------------------------------------------------------------- workspaces


def test_a_workspace_without_mistakes_is_counted(with_customers: Write, cli: Cli) -> None:
    folder = with_customers(ROWS)
    done = cli("check", folder)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{folder}: nothing is wrong")
    for count in ("1", "7"):
        assert count in done.out.removeprefix(str(folder))


@pytest.mark.parametrize("path", [".", "assessment.yaml"])
def test_a_workspace_can_be_checked_from_inside(
    path: str, workspace: Write, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace([]))
    assert cli("check", path).code == 0


def test_every_file_of_a_workspace_is_checked(with_customers: Write, cli: Cli) -> None:
    folder = with_customers(
        "1,2020-01-01,\n2,soon,\n3,2021-01-01,2020-01-32\n",
        bands={"npss": {"basis": "B", "levels": {"2": 1, "3": 2, "4": 3, "5": 4}}},
    )
    done = cli("check", folder)
    assert (done.code, done.out) == (2, "")
    lines = done.err.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith(f"{folder}/assessment.yaml:")
    assert "there is no metric 'npss'" in lines[0]
    assert lines[1].startswith("evidence/customers.csv:3:") or "customers.csv:3:" in lines[1]
    assert "customers.csv:4:" in lines[2]


def test_an_unknown_question_and_a_respondent_listed_twice_are_placed(workspace: Write, cli: Cli) -> None:
    folder = workspace([{"id": "r1", "answers": {"culture.meaning.smae": 3}}, {"id": "r1"}])
    done = cli("check", folder)
    assert (done.code, done.out) == (2, "")
    file = f"{folder}/responses/answers.yaml"
    unknown, twice = done.err.splitlines()
    assert unknown == (
        f"{file}:4:5: there is no question 'culture.meaning.smae'; did you mean 'culture.meaning.same'?"
    )
    assert twice.startswith(f"{file}:5:7: respondent 'r1' is listed twice, first at {file}:2:7; ")


def test_an_empty_folder_is_no_workspace(tmp_path: Path, cli: Cli) -> None:
    done = cli("check", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert (
        done.err
        == f"{tmp_path}: the folder has no assessment.yaml; start one with `cxmaturity init {tmp_path}`\n"
    )


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, cli: Cli) -> None:
    done = cli("check", tmp_path / "gone")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{tmp_path / 'gone'}: there is no such ")


def test_a_file_that_is_not_there_is_not_called_a_folder(tmp_path: Path, cli: Cli) -> None:
    done = cli("check", tmp_path / "gone.yaml")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{tmp_path / 'gone.yaml'}: there is no such file")


# --------------------------------------------------------------------------------------- single files


def test_a_questionnaire_is_checked(workspace: Write, cli: Cli) -> None:
    path = workspace() / "questionnaire.yaml"
    done = cli("check", path)
    assert (done.code, done.out, done.err) == (0, f"{path}: nothing is wrong (7 questions)\n", "")
    path.write_text(path.read_text(encoding="utf-8").replace("ref: S0", "ref: S9"), encoding="utf-8")
    done = cli("check", path)
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 7  # one for each question
    assert all("there is no source 'S9'" in line for line in done.err.splitlines())


@pytest.mark.usefixtures("small_ships")
def test_a_selection_is_checked(file: Callable[[str], Path], cli: Cli) -> None:
    head = 'format: 1\nid: pulse\nversion: "1"\ntitle: P\ndescription: D\nminutes: 1\n'
    text = f"{head}base: small\nselect: [{{}}]\n"
    assert cli("check", file(text.format("culture.meaning.same"))).code == 0
    done = cli("check", file(text.format("culture.meaning.smae")))
    assert done.code == 2
    assert ":8:10: 'culture.meaning.smae' is no question of small" in done.err


def test_a_dimension_is_checked_for_its_form(file: Callable[[str], Path], cli: Cli) -> None:
    done = cli("check", file(DIMENSION))
    assert (done.code, done.err) == (0, "")
    assert "nothing is wrong with its form" in done.out
    done = cli("check", file(DIMENSION.replace("evidence:", "evidenec:")))
    assert (done.code, done.out) == (2, "")
    assert ":10:31: unknown key `evidenec`; did you mean `evidence`?" in done.err


def test_a_dimension_is_checked_for_ids_used_twice(file: Callable[[str], Path], cli: Cli) -> None:
    """This needs nothing but the file itself."""
    question = DIMENSION[DIMENSION.index("      - {id: asked") :]
    done = cli("check", file(DIMENSION + question))
    assert (done.code, done.out) == (2, "")
    assert "question id 'asked' is used twice" in done.err


def test_a_catalogue_is_checked(file: Callable[[str], Path], cli: Cli) -> None:
    done = cli("check", file(CATALOGUE))
    assert (done.code, done.err) == (0, "")
    assert "nothing is wrong" in done.out
    done = cli("check", file(CATALOGUE.replace("weeks: 10", "weeks: 0")))
    assert (done.code, done.out) == (2, "")
    assert ":11:12: expected more than 0" in done.err


def test_answers_alone_are_sent_to_their_workspace(workspace: Write, cli: Cli) -> None:
    path = workspace([]) / "responses" / "answers.yaml"
    done = cli("check", path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{path}: answers can only be checked against their questionnaire; ")


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "weather: fine\n", "a: [\n"])
def test_a_file_of_another_kind_is_wrong_in_a_place(text: str, file: Callable[[str], Path], cli: Cli) -> None:
    path = file(text)
    done = cli("check", path)
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()
    assert all(line.startswith(f"{path}:") for line in done.err.splitlines())


def test_a_file_of_more_than_5_mb_is_refused_before_it_is_read(file: Callable[[str], Path], cli: Cli) -> None:
    path = file("- words to fill five million bytes with\n" * 125_001)
    assert path.stat().st_size > 5_000_000
    done = cli("check", path)
    assert (done.code, done.out) == (2, "")
    assert done.err == f"{path}: is larger than 5,000,000 bytes; split it into several files\n"


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xfeh\x00i\x00", b"title: caf\xe9\n"]
)
def test_a_file_that_is_no_text_is_the_users_mistake(content: bytes, tmp_path: Path, cli: Cli) -> None:
    path = tmp_path / "made.yaml"
    path.write_bytes(content)
    done = cli("check", path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{path}:1:")
