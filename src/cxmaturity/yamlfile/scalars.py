"""What an unquoted value means: YAML 1.2's core schema, less the numbers that do not look like numbers."""

from __future__ import annotations

import re
from math import isfinite

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# a leading zero makes it text: 012 is more likely a code than twelve
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_MAX_WHOLE = 10**18  # fits the 64-bit integers that numbers end up in
_MAX_LENGTH = 40  # Python refuses, or takes long over, numbers of thousands of digits


def resolve(text: str) -> str | int | float | bool | None:
    """The value of an unquoted scalar. Raises :class:`OverflowError` for a number that is too large."""
    if text in _WORDS:
        return _WORDS[text]
    if not _NUMBER.fullmatch(text):
        return text
    if len(text) > _MAX_LENGTH:
        raise OverflowError
    number = int(text) if _WHOLE.fullmatch(text) else float(text)
    if not isfinite(number) or (isinstance(number, int) and abs(number) >= _MAX_WHOLE):
        raise OverflowError
    return number
