"""Builds data and places from the parser's events.

PyYAML's own constructors are not used: they resolve YAML 1.1 (``No`` is false), let duplicate keys
overwrite each other, expand aliases, and recurse as deep as the file says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from cxmaturity.errors import Problem, UserError
from cxmaturity.yamlfile.characters import FORBIDDEN, name_of
from cxmaturity.yamlfile.document import Mark, Place
from cxmaturity.yamlfile.scalars import resolve
from cxmaturity.yamlfile.syntax import syntax_problem

MAX_DEPTH = 40
MAX_VALUES = 250_000  # several times what 5 MB of a sensible file hold; keeps memory bounded
MAX_PROBLEMS = 1_000  # nobody reads more, and a hostile file could have millions

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is 20 times as fast, but may be absent

_NodeEvent = yaml.AliasEvent | yaml.ScalarEvent | yaml.CollectionStartEvent


def build(text: str, name: str) -> tuple[Any, Place]:
    """The data of a YAML text, and the places in it. Raises :class:`UserError` with every problem."""
    builder = _Builder(text, name)
    try:
        data, places = builder.document()
    except yaml.MarkedYAMLError as error:
        raise UserError([*builder.problems, syntax_problem(error, name)]) from None
    if builder.problems:
        raise UserError(builder.problems)
    return data, places


class _Builder:
    """Walks the events of one document and collects what is wrong with it."""

    def __init__(self, text: str, name: str) -> None:
        self.problems: list[Problem] = []
        self._name = name
        # Any: which event follows which is up to the grammar, and no type can say it
        self._events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        self._values = 0

    def document(self) -> tuple[Any, Place]:
        """The one document of the file."""
        next(self._events)  # the start of the stream
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return None, Place()
        root = self._node(next(self._events), depth=1)
        next(self._events)  # the end of the document
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._note(
                after, "a second document starts here", "keep one document in a file; remove the `---`"
            )
        return root

    def _node(self, event: _NodeEvent, depth: int, key: Mark | None = None) -> tuple[Any, Place]:
        """The value that an event starts; ``key`` is where its key stands."""
        self._values += 1
        if self._values > MAX_VALUES:
            raise self._end(
                event, f"the file holds more than {MAX_VALUES:,} values", "split it into several files"
            )
        self._refuse_references(event)
        mark = _mark(event)
        data: Any = None
        children: dict[str, Place] = {}
        if isinstance(event, yaml.CollectionStartEvent):
            if depth > MAX_DEPTH:
                raise self._end(event, f"nested deeper than {MAX_DEPTH} levels", "write it flatter")
            inside = self._mapping if isinstance(event, yaml.MappingStartEvent) else self._list
            data, children = inside(depth + 1)
        elif isinstance(event, yaml.ScalarEvent):
            data = self._scalar(event)
        return data, Place(mark, key or mark, children)

    def _list(self, depth: int) -> tuple[list[Any], dict[str, Place]]:
        data: list[Any] = []
        children: dict[str, Place] = {}
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            value, children[str(len(data))] = self._node(event, depth)
            data.append(value)
        return data, children

    def _mapping(self, depth: int) -> tuple[dict[str, Any], dict[str, Place]]:
        data: dict[str, Any] = {}
        children: dict[str, Place] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, depth)
            value, place = self._node(next(self._events), depth, key=_mark(event))
            if key is None:
                continue
            if key in data:
                first = children[key].key[0]
                self._note(event, f"`{key}` is given twice, first in line {first}", "remove one of them")
                continue
            data[key], children[key] = value, place
        return data, children

    def _key(self, event: _NodeEvent, depth: int) -> str | None:
        """A key as written: ``3`` and ``no`` are the texts 3 and no. None if it is not a text."""
        if not isinstance(event, yaml.ScalarEvent):
            self._note(
                event, "a key must be a text", "write `key: value`; quote text that starts with [, { or *"
            )
            self._node(event, depth)
            return None
        self._refuse_references(event)
        self._refuse_controls(event)
        if event.value == "<<" and event.implicit[0]:
            self._note(event, "merge keys (<<) are not supported", "write the values out")
        return event.value

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        self._refuse_controls(event)
        if not event.implicit[0]:  # quoted
            return event.value
        try:
            return resolve(event.value)
        except OverflowError:
            self._note(event, "this number is too large", "correct it, or put it in quotes if it is text")
            return None

    def _refuse_references(self, event: _NodeEvent) -> None:
        """Aliases could blow up a small file, tags could build anything; both are seldom meant."""
        if isinstance(event, yaml.AliasEvent):
            what = f"aliases (*{event.anchor}) are not supported"
            self._note(event, what, "write the value out; put text that starts with * in quotes")
            return
        if event.anchor is not None:
            what = f"anchors (&{event.anchor}) are not supported"
            self._note(event, what, "remove it; put text that starts with & in quotes")
        if event.tag is not None:
            self._note(
                event,
                f"tags ({event.tag}) are not supported",
                "remove it; put text that starts with ! in quotes",
            )

    def _refuse_controls(self, event: yaml.ScalarEvent) -> None:
        """Escapes in double quotes can spell characters that the file itself may not hold."""
        if found := FORBIDDEN.search(event.value):
            self._note(
                event, f"the text holds the control character {name_of(found[0])}", "remove the escape"
            )

    def _note(self, event: yaml.Event, what: str, fix: str) -> None:
        self.problems.append(Problem(self._name, *_mark(event), what, fix))
        if len(self.problems) >= MAX_PROBLEMS:
            raise UserError(self.problems)

    def _end(self, event: yaml.Event, what: str, fix: str) -> UserError:
        """The error, with all problems so far, after which reading on makes no sense."""
        self._note(event, what, fix)
        return UserError(self.problems)


def _mark(event: yaml.Event) -> Mark:
    mark: Any = event.start_mark  # None only for events that were not parsed
    return mark.line + 1, mark.column + 1
