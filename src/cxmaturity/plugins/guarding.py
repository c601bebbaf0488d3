"""Calls what is a plugin's, so that its bug stays its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from typing import TypeVar

T = TypeVar("T")


class PluginError(Exception):
    """A plugin that cannot be used, with the reason in words for the user."""


class PluginFailedError(Exception):
    """A plugin's call that raised, or gave what it may not; ``error`` is the cause.

    ``what`` says in words for the user who failed doing what, where nobody else is going to.
    """

    def __init__(self, error: BaseException, what: str = "") -> None:
        super().__init__(f"{what}: {describe(error)}" if what else describe(error))
        self.error = error


def describe(error: BaseException) -> str:
    """An exception in one line: its own words if it has any, after its type."""
    words = guarded(lambda: str(error))  # even an exception's words are somebody else's code
    text = " ".join(words.split()) if isinstance(words, str) else ""
    # control characters would reach the terminal, and half of a surrogate pair prints nowhere
    text = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)
    if isinstance(error, PluginError):
        return text
    return f"{type(error).__name__}: {text[:300]}" if text else type(error).__name__


def guarded(call: Callable[[], T]) -> T | BaseException:
    """What a plugin's call gives, or the exception that it raised, a wish to exit included.

    This is the one place where everything is caught: a plugin is somebody else's code, and its
    bug must not take the run down. Only the user's own interruption passes.
    """
    try:
        with redirect_stdout(sys.stderr):  # what it prints is no part of our data
            return call()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - see above
        return error


def ask(call: Callable[[], T], what: str = "") -> T:
    """What a plugin's call gives; raises :class:`PluginFailedError` for whatever the plugin raises."""
    result = guarded(call)
    if isinstance(result, BaseException):
        raise PluginFailedError(result, what)
    return result


def all_of(kind: type[T], items: Iterable[object]) -> tuple[T, ...]:
    """What a plugin gave as a tuple, if all of it is of the right kind."""
    gathered = []
    for item in items:
        if not isinstance(item, kind):
            raise PluginError(f"it gave a {type(item).__name__} instead of a {kind.__name__}")
        gathered.append(item)
    return tuple(gathered)
