"""Which known word was probably meant by a wrong one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def alike(given: str, known: Iterable[str], most: int = 1) -> list[str]:
    """The known words like the one given, the likest first; where some differ by case alone, those alone."""
    known = list(known)
    same = [each for each in known if each.casefold() == given.casefold()]
    return same[:most] or get_close_matches(given, known, most)


def did_you_mean(given: str, known: Iterable[str], otherwise: str, *, mark: str = "'") -> str:
    """What to do about a wrong word: write the known one it is like, or ``otherwise`` if it is like none.

    ``mark`` stands around the word: quotes around what a file says, backticks around words of its format.
    """
    close = alike(given, known)
    return f"did you mean {mark}{close[0]}{mark}?" if close else otherwise
