"""Texts from tables in the forms in which they are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cxmaturity.yamlfile.characters import FORBIDDEN

_TAGS = re.compile(r"<[a-zA-Z/][^<>]*>")
_SELECTED = re.compile(r"(?i)\bselected choice\b")
_NOT_WORDS = re.compile(r"[\W_]+")


def one_line(text: str) -> str:
    """A text on one line, without characters that a mapping file cannot hold; so labels are looked up."""
    return " ".join(FORBIDDEN.sub(" ", text).split())


@lru_cache(maxsize=4096)
def plain_words(text: str) -> str:
    """Only the words of a text, in lower case and without accents: as two texts are compared.

    Accents go because people leave them out, and because Romanian has two sets of letters for one alphabet.
    """
    letters = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return _NOT_WORDS.sub(" ", _SELECTED.sub(" ", _TAGS.sub(" ", letters)).casefold()).strip()
