"""What a plugin says, as data: sentences with their values, and intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Interval = tuple[float, float]
"""Lower and upper end of a 95 % confidence interval, in the unit of what it belongs to."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence as data: the key of a text, and the values that go into it.

    The words lie in text files, one per language (see the hook ``cxmaturity_translations``), so that
    one result reads well in each of them. A value may be a string, a number or a sequence of strings.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def plain(cls, text: str) -> Message:
        """A sentence that has no translations."""
        return cls("plain", {"text": text})
