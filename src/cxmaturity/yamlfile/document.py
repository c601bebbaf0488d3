"""The data of a YAML file, and where in the file each part of it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cxmaturity.errors import Problem

Loc = tuple[int | str, ...]
"""A path into the data: keys of mappings and positions in lists, as pydantic's ``loc``."""

Mark = tuple[int, int]
"""A line and a column, both counted from 1."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands, where its key does (for an entry of a list: the value), and what is inside.

    ``children`` is keyed by text for lists as well, so that ``0`` and ``"0"`` lead to the same place.
    """

    value: Mark = (1, 1)
    key: Mark = (1, 1)
    children: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class YamlDocument:
    """A YAML file as read: plain dicts, lists, texts, numbers, booleans and None."""

    file: str
    """The file as the user named it."""
    data: Any
    places: Place = field(default=Place(), repr=False, compare=False)

    def place(self, loc: Loc, *, key: bool = False) -> Mark:
        """Line and column of the value at ``loc``, or of its key.

        What does not exist, as a missing key, is placed at its nearest existing parent.
        """
        place = self.places
        for step in loc:
            child = place.children.get(str(step))
            if child is None:
                return place.value
            place = child
        return place.key if key else place.value

    def problem(self, loc: Loc, what: str, fix: str = "", *, key: bool = False) -> Problem:
        """A problem with the value at ``loc``, or with its key."""
        return Problem(self.file, *self.place(loc, key=key), what, fix)
