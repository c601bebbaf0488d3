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
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any

from cxmaturity.errors import Problem, UserError
from cxmaturity.yamlfile import YamlDocument, read_yaml

Loc = tuple[str, ...]
_PARTS_OF_A_NAME = 2  # dots in texts.<language>.yaml


@dataclass(frozen=True, slots=True)
class Overlay:
    """A translation as read: each dotted key's text, and its place in the file."""

    document: YamlDocument
    texts: Mapping[str, str]
    places: Mapping[str, Loc]


@dataclass(frozen=True, slots=True)
class QuestionnaireTexts:
    """The texts of one language over those of the questionnaire's own."""

    language: str
    overlay: Overlay | None = None
    asked: set[str] = field(default_factory=set)

    def of(self, key: str, original: str) -> str:
        """The text under a dotted key such as ``culture.title``, or the original where it has none."""
        self.asked.add(key)
        return original if self.overlay is None else self.overlay.texts.get(key, original)

    def check(self) -> None:
        """Refuse a translation of something that the questionnaire does not have; call it last."""
        overlay = self.overlay
        if overlay is not None and overlay.texts.keys() - self.asked:
            fix = "correct the key, or remove it"
            raise UserError(
                overlay.document.problem(overlay.places[key], f"nothing is called '{key}'", fix, key=True)
                for key in overlay.texts
                if key not in self.asked
            )


def translations(folder: Traversable) -> dict[str, Traversable]:
    """The translation files beside a questionnaire, by language."""
    return {
        entry.name.split(".")[1]: entry
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.startswith("texts.")
        and entry.name.endswith(".yaml")
        and entry.name.count(".") == _PARTS_OF_A_NAME
    }


def read_overlay(file: Traversable) -> Overlay:
    """Read a translation; every value that is no text is a problem."""
    document = read_yaml(file)
    if not isinstance(document.data, dict | None):
        raise UserError([document.problem((), "expected ids with their texts", "see docs/questionnaires.md")])
    leaves = dict(_leaves(document.data or {}, ()))
    problems = [_not_a_text(document, loc) for loc, value in leaves.items() if not isinstance(value, str)]
    if problems:
        raise UserError(problems)
    places = {".".join(loc): loc for loc in leaves}
    return Overlay(document, {key: leaves[loc] for key, loc in places.items()}, places)


def _not_a_text(document: YamlDocument, loc: Loc) -> Problem:
    return document.problem(loc, "expected a text", "put the value in quotes, or leave the key out")


def _leaves(data: Any, loc: Loc) -> Iterator[tuple[Loc, Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*loc, str(key)))
    else:
        yield loc, data
