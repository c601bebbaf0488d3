"""Writes a new plugin: a distribution that installs, scores, plans and tests itself from the first minute.

The files lie in ``template/``; cookiecutter fills them in. Each ends in ``.jinja``, so that nothing takes
them for what they are to become. What an author says of a plugin stands in YAML, TOML and Markdown only:
no text can break a Python module.
"""

from __future__ import annotations

import json
import re
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml

TEMPLATE = Path(__file__).with_name("template")
SUFFIX = ".jinja"

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&]")
"""What means something inside a line of Markdown."""


@dataclass(frozen=True, slots=True)
class NewPlugin:
    """What its author says of a new plugin.

    ``name`` is that of the plugin, and the id of the dimension that it scores. The others are texts of one
    line each, without control characters.
    """

    name: str
    title: str
    description: str
    author: str

    @property
    def distribution(self) -> str:
        """What pip calls it, and the folder that it is written to."""
        return f"cxmaturity-{self.name}"

    @property
    def package(self) -> str:
        """The Python package. Behind the prefix, a name may be a keyword or a module of Python's own."""
        return f"cxmaturity_{self.name.replace('-', '_')}"

    @property
    def scorer(self) -> str:
        """The class that scores the dimension. A class cannot begin with a digit, as a name can."""
        words = "".join(word.capitalize() for word in self.name.split("-"))
        return f"{words}Scorer" if words[0].isalpha() else f"Scorer{words}"


def write_plugin(plugin: NewPlugin, folder: Path) -> None:
    """Write the distribution into a folder that does not exist yet."""
    from cookiecutter.generate import generate_files  # lazy: this command alone needs it

    # not beside the folder: cookiecutter takes braces in a path, which may be the user's, for a template
    with tempfile.TemporaryDirectory() as scratch:
        settings = {"folder": "plugin", "_new_lines": "\n"}
        context = {"cookiecutter": settings, **_context(plugin)}
        generate_files(TEMPLATE, context, scratch, accept_hooks=False)
        built = Path(scratch) / "plugin"
        for path in [each for each in built.rglob("*") if each.is_file()]:
            path.chmod(path.stat().st_mode | stat.S_IWUSR)  # the template may be installed read-only
            path.rename(path.with_name(path.name.removesuffix(SUFFIX)))
        shutil.move(built, folder)


def _context(plugin: NewPlugin) -> dict[str, object]:
    """What the template is filled in with."""
    texts = {"title": plugin.title, "description": plugin.description, "author": plugin.author}
    source = f"{plugin.author}, from their own practice; not published."
    return {
        "name": plugin.name,
        "id": _yaml_word(plugin.name),
        "words": plugin.name.replace("-", " "),
        "inside": _inside(plugin.title),
        "distribution": plugin.distribution,
        "package": plugin.package,
        "scorer": plugin.scorer,
        "quoted": {key: _quoted(text) for key, text in {**texts, "source": source}.items()},
        "markdown": {key: _MARKUP.sub(r"\\\g<0>", text) for key, text in texts.items()},
    }


def _yaml_word(name: str) -> str:
    """A name as YAML has it: in quotes where it would otherwise be a number, a date or a boolean."""
    return name if name[0].isalpha() and isinstance(yaml.safe_load(name), str) else _quoted(name)


def _quoted(text: str) -> str:
    """A text in double quotes, as YAML, TOML and JSON all read it."""
    return json.dumps(text, ensure_ascii=False)


def _inside(title: str) -> str:
    """A title as it stands inside a sentence: its first letter small; an abbreviation such as NPS stays."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
