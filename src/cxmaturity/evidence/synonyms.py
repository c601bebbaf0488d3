"""What exports call tables and columns: the words by which customer data is recognised."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cxmaturity.responses.mapping.texts import plain_words
from cxmaturity.yamlfile import read_yaml

_CAPITALS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ß": "ss", "ø": "o", "đ": "d"}
)  # which have no accent to take off


@dataclass(frozen=True)
class Synonyms:
    """Words in the form in which they are compared, by what they stand for."""

    tables: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[str, ...]]
    personal: frozenset[str]
    yes: frozenset[str]


@cache
def synonyms() -> Synonyms:
    """All of them."""
    data = read_yaml(files("cxmaturity.evidence") / "synonyms.yaml").data
    return Synonyms(
        {name: _plain(name, words) for name, words in data["tables"].items()},
        {name: _plain(name.partition(".")[2] or name, words) for name, words in data["columns"].items()},
        frozenset(map(words_of, data["personal"])),
        frozenset(map(words_of, data["yes"])),
    )


def _plain(name: str, words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(words_of, [name, *words])))


def words_of(text: str) -> str:
    """A heading in words: in lower case, without accents, parted at capitals as in ``customerID``."""
    return plain_words(_CAPITALS.sub(" ", text.translate(_LETTERS)))


SAME, ALIKE = 2.0, 1.0
"""How like a heading is to a name: it is a word for it, or begins or ends with one."""
_SHORT = 2  # letters of "id" and "od", with which many headings end


def likeness(heading: str, name: str, table: str = "") -> float:
    """How like a heading is to a column's name, 0 for not at all; more usual words count a little more."""
    said = words_of(heading)
    known = (*synonyms().columns.get(f"{table}.{name}", ()), *_known(name))
    for place, word in enumerate(known):
        if said.replace(" ", "") == word.replace(" ", ""):
            return SAME + 1 - place / len(known)
    for place, word in enumerate(known):
        if len(word) > _SHORT and (said.startswith(f"{word} ") or said.endswith(f" {word}")):
            return ALIKE + (1 - place / len(known)) / 2
    return 0.0


def _known(name: str) -> tuple[str, ...]:
    return synonyms().columns.get(name) or (words_of(name),)


def is_personal(heading: str) -> bool:
    """Whether a heading says that a column holds what a person is recognised by."""
    said = words_of(heading)
    known = synonyms().personal
    return said in known or said.replace(" ", "") in known or any(said.endswith(f" {word}") for word in known)
