"""A confidential result is kept before it is shown, whichever command shows it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxmaturity.cli import Options
from cxmaturity.cli.assess import command

Cli = Callable[..., Any]
Write = Callable[..., Path]
CULTURE = "culture.meaning.same"


def people(count: int) -> list[dict[str, Any]]:
    return [{"id": f"r{number:02}", "answers": {CULTURE: number % 5 + 1}} for number in range(count)]


def culture(done: Any) -> Any:
    return json.loads(done.out)["dimensions"][0]


@pytest.mark.parametrize(
    "words",
    [("assess",), ("explain",), ("explain", CULTURE), ("report", "--format", "json")],
    ids=" ".join,
)
def test_one_more_person_changes_nothing_whatever_showed_the_former_result(
    words: tuple[str, ...], cli: Cli, workspace: Write
) -> None:
    first, *more = words
    folder = workspace(people(20))
    assert cli(first, folder, *more).code == 0
    folder = workspace(people(21))
    after = cli("assess", "--json", folder)
    assert (culture(after)["n"], json.loads(after.out)["quality"]["held_back"]) == (20, 1)


def test_a_result_is_kept_though_its_reader_has_gone(
    workspace: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = workspace(people(20))

    def gone(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("cxmaturity.cli.assess.click.echo", gone)
    with pytest.raises(BrokenPipeError):
        command.main(["--json", str(folder)], standalone_mode=False, obj=Options(third_party=False))
    assert (folder / ".cxmaturity" / "released.npz").is_file()


def test_who_leaves_does_not_end_confidentiality(cli: Cli, workspace: Write) -> None:
    assert cli("assess", workspace(people(16))).code == 0
    after = json.loads(cli("assess", "--json", workspace(people(15))).out)
    assert (after["confidential"], after["quality"]["held_back"]) == (True, 1)
    open_again = json.loads(cli("assess", "--json", workspace(people(15), {"confidential": False})).out)
    assert open_again["confidential"] is False


def test_nothing_new_is_said_of_careless_answers_while_somebody_is_held_back(
    cli: Cli, workspace: Write
) -> None:
    assert cli("assess", workspace(people(20))).code == 0
    flags = json.loads(cli("assess", "--json", workspace(people(21))).out)["quality"]["flags"]
    assert [each["count"] for each in flags] == [None] * 4
