"""What no schema can see: ids that are used twice, or that lead nowhere.

It looks at the data as read, so that mistakes of form, which the schema finds, hide none of these.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cxmaturity.api import WORDS_FOR_STATES
from cxmaturity.errors import Problem
from cxmaturity.yamlfile import YamlDocument

Loc = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a document, and where it stands."""

    data: Any
    document: YamlDocument
    loc: Loc

    def get(self, key: str) -> Node:
        """What stands under a key; nothing where there is no such key."""
        value = self.data.get(key) if isinstance(self.data, dict) else None
        return Node(value, self.document, (*self.loc, key))

    def items(self) -> list[Node]:
        """The items of a list that are mappings."""
        items = enumerate(self.data) if isinstance(self.data, list) else ()
        return [Node(item, self.document, (*self.loc, n)) for n, item in items if isinstance(item, dict)]

    def keys(self) -> Collection[str]:
        """The keys of a mapping."""
        return self.data.keys() if isinstance(self.data, dict) else ()

    def problem(self, what: str, fix: str) -> Problem:
        """A problem with this value."""
        return self.document.problem(self.loc, what, fix)


def check_questionnaire(whole: Node, dimensions: Iterable[Node]) -> list[Problem]:
    """Every duplicate and dangling id of a questionnaire, and options scored in part.

    ``dimensions`` are those written inline and those in files of their own.
    """
    nodes = list(dimensions)
    known = {name: whole.get(name).keys() for name in ("roles", "sources", "answer_sets")}
    problems = [*_duplicates("dimension", nodes)]
    for name in known["answer_sets"]:
        problems += _check_options(whole.get("answer_sets").get(name))
    for node in nodes:
        problems += check_dimension(node, known)
    return problems


def check_dimension(dimension: Node, known: Mapping[str, Collection[str]] | None = None) -> Iterator[Problem]:
    """The same for one dimension. Without ``known`` nothing is said about what lies outside it."""
    practices = dimension.get("practices").items()
    yield from _duplicates("practice", practices)
    for practice in practices:
        questions = practice.get("questions").items()
        yield from _duplicates("question", questions)
        for question in questions:
            yield from _check_options(question.get("options"))
            if known is not None:
                yield from _check_names(question, known)


def _duplicates(kind: str, nodes: Iterable[Node]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for node in nodes:
        name = node.get("id")
        if not isinstance(name.data, str):
            continue
        if name.data in first:
            what = f"{kind} id '{name.data}' is used twice, first at {first[name.data]}"
            yield name.problem(what, "rename one of them")
        else:
            first[name.data] = f"{node.document.file}:{node.document.place(name.loc)[0]}"


def _check_names(question: Node, known: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Roles, source and answer set that a question names and the questionnaire does not have."""
    roles = question.get("roles")
    for number, role in enumerate(roles.data if isinstance(roles.data, list) else ()):
        yield from _dangling(Node(role, roles.document, (*roles.loc, number)), "role", known["roles"])
    yield from _dangling(question.get("source").get("ref"), "source", known["sources"])
    yield from _dangling(question.get("answers"), "answer set", known["answer_sets"])


def _dangling(name: Node, kind: str, known: Collection[str]) -> Iterator[Problem]:
    if isinstance(name.data, str) and name.data not in known:
        have = ", ".join(known)
        yield name.problem(f"there is no {kind} '{name.data}'", f"use one of {have}" if have else "define it")


def _check_options(options: Node) -> Iterator[Problem]:
    items = options.items()
    yield from _duplicates("option", items)
    for option in items:
        name = option.get("id")
        if name.data in WORDS_FOR_STATES:
            yield name.problem(
                f"'{name.data}' means that a question is not scored", "give the option another id"
            )
    unscored = [option for option in items if "score" not in option.keys()]  # noqa: SIM118 - a method of ours
    if 0 < len(unscored) < len(items) and not any("worth" in option.keys() for option in items):  # noqa: SIM118
        what = "some options have a score and this one has none"
        yield unscored[0].problem(what, "give all of them a score, or none")
