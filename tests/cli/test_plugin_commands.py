"""Commands of plugins: listed without being imported, and guarded when they run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cxmaturity.cli.commands import GROUP

Cli = Callable[..., Any]
Offer = Callable[[str, str], None]

MODULE = "made_up_commands"
SOURCE = """
import click
import cxmaturity
from cxmaturity.api import Problem, UserError

@click.command()
@click.argument("folder")
@click.option("--how", default="")
@click.pass_obj
def good(options, folder, how):
    "What it does."
    if how == "raise":
        1 / 0
    if how == "exit":
        raise SystemExit(7)
    if how == "usage":
        raise click.UsageError("not so")
    if how == "problem":
        raise UserError([Problem("a.yaml", 1, 2, "wrong", "mend it")])
    if how == "code":
        click.get_current_context().exit(1)
    engagement = cxmaturity.load(folder, selection=options.selection)
    click.echo(f"{engagement.workspace.file.organisation.name} {options.third_party}")

@click.group()
def several():
    "Several."

@several.command()
def one():
    click.echo("one")

@several.command()
def two():
    1 / 0

none = 3
"""


@pytest.fixture
def offer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Offer]:
    """``offer("name", "attribute")`` has a third party's distribution announce a command."""
    site = tmp_path / "site"
    site.mkdir()
    (site / f"{MODULE}.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(site))
    ours = [point for point in entry_points(group=GROUP) if point.dist and point.dist.name == "cxmaturity"]
    found = [*ours]
    owner: Any = SimpleNamespace(name="acme-commands", version="1.2")
    monkeypatch.setattr("cxmaturity.cli.commands.entry_points", lambda group: found)  # noqa: ARG005

    def add(name: str, attribute: str) -> None:
        value = attribute if ":" in attribute else f"{MODULE}:{attribute}"
        found.append(EntryPoint(name, value, GROUP)._for(owner))

    yield add
    sys.modules.pop(MODULE, None)


def test_help_lists_a_command_with_its_distribution_and_does_not_import_it(offer: Offer, cli: Cli) -> None:
    offer("good", "good")
    done = cli("--help")
    assert done.code == 0
    listed = done.out.partition("Commands of plugins:")[2]
    assert listed.split() == ["good", "From", "acme-commands", "1.2."]
    assert MODULE not in sys.modules


def test_without_plugins_there_is_no_empty_list(cli: Cli, offer: Offer) -> None:
    assert callable(offer)
    assert "Commands of plugins" not in cli("--help").out


def test_a_command_runs_with_its_own_options_and_help(
    offer: Offer, cli: Cli, workspace: Callable[..., Path]
) -> None:
    offer("good", "good")
    assert cli("good", workspace([])).out == "Acme True\n"
    assert "What it does." in cli("good", "--help").out
    assert cli("good").code == 2  # its argument is missing


@pytest.mark.parametrize(
    ("how", "code", "said"),
    [
        ("raise", 1, "the command 'good' (acme-commands) failed: ZeroDivisionError: division by zero"),
        ("exit", 1, "the command 'good' (acme-commands) failed: SystemExit: 7"),
        ("usage", 2, "Error: not so"),
        ("problem", 2, "a.yaml:1:2: wrong; mend it"),
        ("code", 1, ""),
    ],
)
def test_what_a_command_raises_is_named_and_no_bug_of_ours(
    how: str, code: int, said: str, offer: Offer, cli: Cli
) -> None:
    offer("good", "good")
    done = cli("good", ".", "--how", how)
    assert (done.code, said in done.err, "Traceback" in done.err) == (code, True, False)


def test_traceback_shows_the_rest(offer: Offer, cli: Cli) -> None:
    offer("good", "good")
    assert f"{MODULE}.py" in cli("--traceback", "good", ".", "--how", "raise").err


@pytest.mark.parametrize(
    ("attribute", "said"),
    [
        ("no_such_module_anywhere:command", "ModuleNotFoundError"),
        ("missing", "AttributeError"),
        ("none", "it is a int instead of a click command"),
    ],
)
def test_a_command_that_cannot_be_imported_says_so_when_it_is_called(
    attribute: str, said: str, offer: Offer, cli: Cli
) -> None:
    offer("bad", attribute)
    assert cli("--help").code == 0
    done = cli("bad")
    assert done.code == 1
    assert "the command 'bad' (acme-commands) failed: " in done.err
    assert said in done.err


def test_a_group_of_commands_is_guarded_too(offer: Offer, cli: Cli) -> None:
    offer("several", "several")
    assert cli("several", "one").out == "one\n"
    done = cli("several", "two")
    assert (done.code, "the command 'several' (acme-commands) failed" in done.err) == (1, True)


def test_ours_keep_their_names_and_the_list_says_so(offer: Offer, cli: Cli) -> None:
    offer("assess", "good")
    assert "What it does." not in cli("assess", "--help").out
    done = cli("plugins", "list")
    assert "acme-commands" in done.out
    assert "its command 'assess' is that of cxmaturity" in done.err


def test_no_third_party_leaves_commands_out(offer: Offer, cli: Cli) -> None:
    offer("good", "good")
    assert cli("--no-third-party", "good", ".").code == 2
    assert "acme-commands" not in cli("--no-third-party", "plugins").out
