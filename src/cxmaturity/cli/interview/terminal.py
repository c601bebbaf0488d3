"""Talks to a person: prints line after line, reads line after line, and never moves the cursor."""

from __future__ import annotations

import io
import re
import sys
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cxmaturity.cli.terminal import console
from cxmaturity.texts import Texts

if TYPE_CHECKING:
    from rich.console import RenderableType

_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that move the cursor, colour the screen, or turn the direction of writing."""


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
        """Print a text of the product's, its values made harmless."""
        words = {name: harmless(value) if isinstance(value, str) else value for name, value in values.items()}
        self.show(self.texts(key, **words), style)

    def show(self, text: str, style: str = "") -> None:
        """Print a paragraph of somebody's text; an empty one is a blank line."""
        self._print(Text(harmless(text), style=style))

    def list(self, rows: list[tuple[str, str]]) -> None:
        """Print rows of a short label and a text, which is broken inside its column."""
        table = Table.grid(padding=(0, 2))
        table.add_column(justify="right", no_wrap=True)
        table.add_column(overflow="fold")
        for label, text in rows:
            table.add_row(Text(harmless(label), style="bold"), Text(harmless(text)))
        self._print(Padding(table, (0, 0, 0, 2), expand=False))

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

    def _print(self, what: RenderableType) -> None:
        self._console.print(what)


def _edit_lines() -> None:
    """Let the arrow keys move inside a line, where the system can; no line is remembered for the next."""
    try:
        import readline
    except ImportError:
        return
    readline.set_auto_history(False)
