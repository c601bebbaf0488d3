"""``cxmaturity plugins new NAME``."""

from __future__ import annotations

import re
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

import click

from cxmaturity.cli import Options
from cxmaturity.errors import UserError
from cxmaturity.plugins import Plugins, load_plugins
from cxmaturity.questionnaire.schema import ID_PATTERN
from cxmaturity.result import OVERALL
from cxmaturity.scaffold import NewPlugin, write_plugin
from cxmaturity.yamlfile.characters import FORBIDDEN, name_of


@click.command("new")
@click.argument("name")
@click.option("--title", help="What reports call the dimension.  [default: NAME in words]")
@click.option("--description", help="What the dimension looks at, in one sentence.")
@click.option("--author", help="Who makes the plugin: a person or an organisation.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing: take the default for what is not said.")
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder to write.  [default: cxmaturity-NAME]",
)
@click.pass_obj
def command(  # noqa: PLR0913 - a parameter for each option
    options: Options,
    *,
    name: str,
    title: str | None,
    description: str | None,
    author: str | None,
    yes: bool,
    folder: Path | None,
) -> None:
    """Write a new plugin that works, as a distribution of its own.

    NAME is that of the plugin, and the id of the dimension that it scores: lower-case letters, digits and
    hyphens. What the options do not say is asked. The plugin has questions, recommendations, an example and
    tests, all of them to be changed.
    """
    _check_name(name, load_plugins(options.selection))
    target = folder or Path(f"cxmaturity-{name}")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UserError.about(target, "exists and is not an empty folder", "name a new one with --output")
    plugin = _described(name, {"title": title, "description": description, "author": author}, yes=yes)
    try:
        _build(plugin, target.resolve())
    except OSError as error:
        what = f"cannot be made ({error.strerror})"
        raise UserError.about(target, what, "name a folder where you may write, with --output") from None
    click.echo(target)
    click.echo(
        f"Next: run `python -m pip install -e {target}`, `cxmaturity plugins check {name}` "
        f"and `cxmaturity report {target / 'example'}`. {target / 'README.md'} says what to change.",
        err=True,
    )


def _check_name(name: str, plugins: Plugins) -> None:
    """Refuse a name that is none, or that is taken by what is installed."""
    new = NewPlugin(name, "", "", "")
    if not re.fullmatch(ID_PATTERN, name):
        fix = "use lower-case letters, digits and single hyphens, as in customer-effort"
        raise UserError.about("", f"'{name}' cannot be the name of a plugin", fix)
    taken = {
        "is the id of the whole": name == OVERALL,
        "is a dimension that an installed plugin scores": name in plugins.scorers,
        "is a questionnaire that is installed": name in plugins.questionnaires,
        "is the name of an installed plugin": any(plugin.name == name for plugin in plugins.listed),
        f"would be in the package {new.package}, which is there already": find_spec(new.package) is not None,
    }
    for what in (what for what, so in taken.items() if so):
        raise UserError.about("", f"'{name}' {what}", "choose another name, or uninstall what has it")


def _described(name: str, said: dict[str, str | None], *, yes: bool) -> NewPlugin:
    """The plugin with what was said of it, or what is answered now, each text on one line."""
    words = name.replace("-", " ")
    asked = {
        "title": ("Title of the dimension", words.capitalize()),
        "description": (
            "What it looks at, in one sentence",
            f"Somebody is responsible for {words}, and the customers concerned have checked it.",
        ),
        "author": ("Your name, or that of your organisation", f"The authors of cxmaturity-{name}"),
    }
    texts = {}
    for key, (question, default) in asked.items():
        text = said[key]
        if text is None:
            text = default if yes else click.prompt(question, default=default, err=True)
        texts[key] = _one_line(key, text)
    return NewPlugin(name, **texts)


def _one_line(key: str, text: str) -> str:
    """A text on one line. Raises :class:`UserError` for one that is empty, or that no file can hold."""
    if found := FORBIDDEN.search(text):
        what = f"the {key} has the character {name_of(found[0])}, which no text can hold"
        raise UserError.about("", what, "write it without")
    if not text.split():
        raise UserError.about("", f"the {key} is empty", f"say it with --{key}, or leave the option out")
    return " ".join(text.split())


def _build(plugin: NewPlugin, folder: Path) -> None:
    """Write the distribution beside its place and move it there, so that nothing half-written is left."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".cxmaturity-") as scratch:
        built = Path(scratch) / "plugin"
        write_plugin(plugin, built)
        folder.mkdir(exist_ok=True)
        for part in sorted(built.iterdir()):
            shutil.move(part, folder / part.name)
