"""Talks to a person: prints line after line, reads line after line, and never moves the cursor."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable

from rich.text import Text

from cxmaturity.cli.terminal import console
from cxmaturity.texts import Texts

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that move the cursor, colour the screen, or turn the direction of writing."""

_INDENT, _GAP = 2, 2


class EndedError(Exception):
    """The person has left: by Ctrl-C, by Ctrl-D, or because the input has ended."""


def harmless(text: str) -> str:
    """A text of somebody else with the characters that would do something to a terminal spelt out."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class Terminal:
    """The two ends of a dialogue: stdout and stdin."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._console = console()
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="surrogateescape")  # what is no UTF-8 is refused, not a crash
        self._watched = sys.stdin is not None and sys.stdin.isatty()
        if self._watched and sys.stdout.isatty():
            _edit_lines()

    def say(self, key: str, /, style: str = "", **values: object) -> None:
        """Print a text of the product's."""
        self.show(self.texts(key, **values), style)

    def show(self, text: str, style: str = "") -> None:
        """Print a paragraph of somebody's text; an empty one is a blank line."""
        self._console.print(Text(harmless(text), style=style))

    def say_whole(self, key: str, /, **values: object) -> None:
        """Print a text in one line however long it is, so that a path or command in it can be copied."""
        self._console.print(Text(harmless(self.texts(key, **values))), soft_wrap=True)

    def options(self, texts: Iterable[str]) -> None:
        """Print texts numbered from 1, each broken inside its column and without blanks at the end."""
        listed = [Text(harmless(text)) for text in texts]
        number = len(str(len(listed)))
        width = max(1, self._console.width - number - _INDENT - _GAP)
        for position, text in enumerate(listed, 1):
            for line, part in enumerate(text.wrap(self._console, width)):
                part.rstrip()
                label = f"{position:>{number}}" if line == 0 else " " * number
                self._console.print(Text(f"{' ' * _INDENT}{label}{' ' * _GAP}").append_text(part))

    def refuse(self, what: str, fix: str) -> None:
        """Say why an input was not taken, and what to do."""
        self.say("interview.refused", "yellow", what=what, fix=fix)

    def read(self) -> str:
        """A line of input. Raises :class:`EndedError` when there is none any more."""
        if sys.stdin is None or sys.stdin.closed:
            raise EndedError
        try:
            line = input("> ")
        except (EOFError, KeyboardInterrupt):
            print()  # noqa: T201 - ends the line of the prompt, which input() began
            raise EndedError from None
        if not self._watched:
            print()  # noqa: T201 - as the person's Enter would have done
        return line


def _edit_lines() -> None:
    """Let the arrow keys move inside a line, where the system can; no line is remembered for the next."""
    try:
        import readline
    except ImportError:
        return
    readline.set_auto_history(False)
