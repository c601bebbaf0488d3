"""Puts the YAML parser's complaints into words that say what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cxmaturity.errors import Problem

if TYPE_CHECKING:
    import yaml

# (what the parser says, what is wrong, what to do, whether it is wrong where the construct began);
# the patterns match the messages of libyaml and of PyYAML's own parser, which differ
_WORDS: tuple[tuple[str, str, str, bool], ...] = (
    (r"quoted scalar.*unexpected end", "this quote is never closed", "close it", True),
    (
        r"flow (sequence|mapping)",
        "expected a comma, or the end of the bracket opened in line {began}",
        "add it, or put the text in quotes",
        False,
    ),
    (
        r"mapping values are not allowed",
        "a key cannot stand here",
        "correct the indentation, or put text that holds `: ` in quotes",
        False,
    ),
    (
        r"cannot start any token",
        "a value cannot start with this character",
        "indent with spaces, not tabs; put text that starts with @, ` or % in quotes",
        False,
    ),
    (
        r"could not find expected ':'",
        "expected `key: value`",
        "add the colon and a space, or indent the line if it continues a text",
        True,
    ),
    (r"unknown escape", r"a \ in double quotes starts an escape", r"write \\, or use single quotes", False),
    (r"scanning an (alias|anchor)", "text cannot start with * or &", "put it in quotes", True),
    (r"sequence entries", "a list cannot start here", "start it on a line of its own", False),
    (
        r"parsing a block",
        "this does not continue what began in line {began}",
        "correct the indentation, or put the whole text in quotes",
        False,
    ),
    (r"<document start>", "this follows the end of the data", "correct the indentation, or remove it", False),
)


def syntax_problem(error: yaml.MarkedYAMLError, name: str) -> Problem:
    """A parser's error as a problem of the file called ``name``."""
    end: Any = error.problem_mark  # None only for errors of others than the parser
    start: Any = error.context_mark or end
    said = f"{error.context} {error.problem}"
    for pattern, what, fix, at_start in _WORDS:
        if re.search(pattern, said):
            mark = start if at_start else end
            return Problem(name, mark.line + 1, mark.column + 1, what.format(began=start.line + 1), fix)
    what = f"this is not valid YAML: {error.problem}"
    return Problem(name, end.line + 1, end.column + 1, what, "correct it, or put the text in quotes")
