"""``cxmaturity init``: a workspace that runs, or nothing at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from cxmaturity import load

Cli = Callable[..., Any]


@pytest.fixture
def init(small_ships: Path, cli: Cli) -> Cli:
    """``init(folder, …)`` starts a workspace with the small questionnaire."""
    assert small_ships.is_dir()
    return lambda folder, *options: cli("init", folder, "--questionnaire", "small", *options)


def test_a_fresh_workspace_is_right_and_can_be_assessed(init: Cli, cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "fresh"
    done = init(folder)
    assert (done.code, done.out) == (0, f"{folder}\n")
    assert f"cxmaturity check {folder}" in done.err
    assert sorted(path.name for path in folder.iterdir()) == [
        "assessment.yaml",
        "evidence",
        "reports",
        "responses",
    ]
    checked = cli("check", folder)
    assert (checked.code, checked.err) == (0, "")
    assessed = cli("assess", "--json", folder)
    assert (assessed.code, assessed.err) == (0, "")
    data = json.loads(assessed.out)
    assert data["organisation"]["name"] == "fresh"
    assert data["overall"]["score"] is None  # nobody has answered yet
    assert data["overall"]["reason"]


def test_init_without_options_gives_a_workspace_that_runs(cli: Cli, tmp_path: Path) -> None:
    """With the questionnaire that really ships."""
    done = cli("init", tmp_path / "new")
    assert done.code == 0, done.err
    assert cli("check", tmp_path / "new").code == 0
    assert cli("assess", tmp_path / "new").code == 0


def test_the_response_file_asks_everything_and_answers_nothing(init: Cli, tmp_path: Path) -> None:
    init(tmp_path / "fresh")
    text = (tmp_path / "fresh/responses/first.yaml").read_text(encoding="utf-8")
    (respondent,) = yaml.safe_load(text)["respondents"]
    questionnaire = load(tmp_path / "fresh").workspace.questionnaire
    assert respondent["answers"] == {question.id: None for question in questionnaire.questions()}
    assert respondent["role"] == "leadership"
    for question in questionnaire.questions():
        assert f"# {question.text}\n" in text
        for number, option in enumerate(question.answers.options, 1):
            named = f"{number} {option.id}: {option.text}"
            if question.answers.kind in {"scale", "yes-no"}:  # their ids say it all
                named = option.text if question.answers.kind == "scale" else option.id
            assert f"#   {named}\n" in text
    assert "a number of percent" in text


def test_filling_in_what_init_wrote_gives_a_score(init: Cli, cli: Cli, tmp_path: Path) -> None:
    init(tmp_path / "fresh")
    file = tmp_path / "fresh/responses/first.yaml"
    text = file.read_text(encoding="utf-8")
    filled = text.replace("culture.meaning.same:", "culture.meaning.same: 3").replace("ways:", "ways: [1, 2]")
    file.write_text(filled, encoding="utf-8")
    data = json.loads(cli("assess", "--json", tmp_path / "fresh").out)
    # the third of five options is 2/4: 1 + 4 × 0.5; both ways are all there is: 1 + 4 × 1
    assert [dimension["score"] for dimension in data["dimensions"]] == [3.0, 5.0]


def test_questions_of_several_lines_stay_comments(
    small_ships: Path, init: Cli, cli: Cli, tmp_path: Path
) -> None:
    file = small_ships / "questionnaire.yaml"
    text = file.read_text(encoding="utf-8")
    for old in ("text: Do they mean the same?", "text: By calls."):
        assert text.count(old) == 1
        text = text.replace(old, 'text: "One line.\\nAnd: another"')
    file.write_text(text, encoding="utf-8")
    assert init(tmp_path / "fresh").code == 0
    assert cli("check", tmp_path / "fresh").err == ""


@pytest.mark.parametrize(
    "name", ["Acme SRL", 'A "B" \\ C', "x: y # z", "Țară & Co.", "{@name@}", "- 7", "true"]
)
def test_any_name_survives(name: str, init: Cli, tmp_path: Path) -> None:
    init(tmp_path / "fresh", "--name", name)
    assert load(tmp_path / "fresh").workspace.file.organisation.name == name


def test_init_makes_the_folders_above_and_takes_an_empty_one(init: Cli, tmp_path: Path) -> None:
    assert init(tmp_path / "clients" / "new" / "one").code == 0
    (tmp_path / "empty").mkdir()
    assert init(tmp_path / "empty").code == 0
    assert (tmp_path / "empty/assessment.yaml").is_file()


def test_the_folder_one_is_in_will_do(
    init: Cli, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert init(".").code == 0
    assert cli("check", tmp_path / "here").code == 0


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_already_there_is_refused_and_stays(kind: str, init: Cli, tmp_path: Path) -> None:
    target = tmp_path / "mine"
    precious = target / "notes.txt" if kind == "folder" else target
    precious.parent.mkdir(exist_ok=True)
    precious.write_text("precious", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    done = init(target)
    assert (done.code, done.out) == (2, "")
    assert done.err == f"{target}: exists and is not an empty folder; name a new one\n"
    assert precious.read_text(encoding="utf-8") == "precious"
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_inside_a_file_is_the_users_mistake(init: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = init(tmp_path / "file" / "new")
    assert done.code == 2
    assert str(tmp_path / "file") in done.err


def test_an_unknown_questionnaire_is_refused_before_anything_is_written(
    small_ships: Path, cli: Cli, tmp_path: Path
) -> None:
    assert small_ships.is_dir()
    done = cli("init", tmp_path / "new", "--questionnaire", "large")
    assert done.code == 2
    assert done.err.startswith("large: there is no such questionnaire")
    assert not (tmp_path / "new").exists()


def test_a_questionnaire_of_ones_own_can_be_named_by_its_path(
    workspace: Callable[..., Path], cli: Cli, tmp_path: Path
) -> None:
    file = workspace() / "questionnaire.yaml"
    assert cli("init", tmp_path / "new", "--questionnaire", file).code == 0
    checked = cli("check", tmp_path / "new")
    assert (checked.code, checked.err) == (0, "")


@pytest.mark.parametrize("exists", [False, True])
def test_nothing_half_written_is_left_when_something_fails(
    *, exists: bool, init: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = tmp_path / "clients"
    clients.mkdir()
    if exists:
        (clients / "new").mkdir()

    def fail(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    write = Path.write_text

    def first_only(path: Path, *arguments: Any, **options: Any) -> int:
        return fail() if path.name == "first.yaml" else write(path, *arguments, **options)

    monkeypatch.setattr(Path, "write_text", first_only)
    done = init(clients / "new")
    assert done.code == 2
    assert "cannot be made (No space left on device)" in done.err
    assert sorted(clients.rglob("*")) == ([clients / "new"] if exists else [])
