"""Characters that no text of ours may hold: they hide in files, garble terminals and break PDFs."""

from __future__ import annotations

import re

# control characters but tab and line ends; the Unicode line ends, which editors do not count as lines
# and YAML does; surrogates and non-characters, which cannot be written out again
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def has_forbidden(text: str) -> bool:
    """Whether a text holds any of them: as searching says, and much quicker where all is plain words."""
    return not text.isprintable() and FORBIDDEN.search(text) is not None


def name_of(character: str) -> str:
    """A character's Unicode number, as U+0007."""
    return f"U+{ord(character):04X}"
