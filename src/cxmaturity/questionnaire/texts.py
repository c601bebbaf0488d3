"""A questionnaire's texts in the language asked for: the one place where they are looked up.

The questionnaire's own file holds the texts in its language. A translation is data only: a file
``texts.<language>.yaml`` beside it, whose mappings lead from ids to texts::

    culture:
      title: Cultură
    culture.shared-understanding.meaning:
      text: …
      options: {no-meaning: …}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from cxmaturity.errors import Problem, UserError
from cxmaturity.yamlfile import YamlDocument, read_yaml


@dataclass(frozen=True, slots=True)
class QuestionnaireTexts:
    """The texts of one language over those of the questionnaire's own."""

    language: str
    overlay: Mapping[str, str]

    def of(self, key: str, original: str) -> str:
        """The text under a dotted key such as ``culture.title``, or the original where it has none."""
        return self.overlay.get(key, original)


def translations(folder: Traversable) -> dict[str, Traversable]:
    """The translation files beside a questionnaire, by language."""
    return {
        entry.name.split(".")[1]: entry
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.startswith("texts.") and entry.name.endswith(".yaml") and entry.name.count(".") == 2  # noqa: PLR2004
    }


def read_overlay(file: Traversable) -> dict[str, str]:
    """A translation file as dotted keys to texts; every value that is no text is a problem."""
    document = read_yaml(file)
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for loc, value in _leaves(document.data, ()):
        if isinstance(value, str):
            texts[".".join(map(str, loc))] = value
        else:
            problems.append(_not_a_text(document, loc))
    if problems:
        raise UserError(problems)
    return texts


def _not_a_text(document: YamlDocument, loc: tuple[str, ...]) -> Problem:
    return document.problem(loc, "expected a text", "put the value in quotes, or leave the key out")


def _leaves(data: Any, loc: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*loc, str(key)))
    else:
        yield loc, data
