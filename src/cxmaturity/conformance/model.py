"""What a check is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from cxmaturity.conformance.subject import Subject

Outcome = Literal["passed", "failed", "nothing-to-check", "not-run"]


@dataclass(frozen=True, slots=True)
class Check:
    """A property that every plugin has.

    ``function`` yields a sentence for each fault that it finds. ``applies`` says whether the plugin brings
    anything that could have the property.
    """

    name: str
    title: str
    function: Callable[[Subject], Iterator[str]]
    applies: Callable[[Subject], object] = bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a check.

    ``detail`` has a line for each fault, or why the check was not run; ``error`` is what the plugin raised.
    """

    check: Check
    outcome: Outcome
    detail: str = ""
    error: BaseException | None = field(default=None, compare=False, repr=False)

    @property
    def passed(self) -> bool:
        """Whether nothing was found. A plugin that brings nothing of the kind does nothing wrong."""
        return self.outcome in {"passed", "nothing-to-check"}
