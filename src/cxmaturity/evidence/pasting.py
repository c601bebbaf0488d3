"""Writes a proposed mapping of a file as a part of ``assessment.yaml`` that can be pasted as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap

from cxmaturity.evidence.proposing import Proposal, Proposed
from cxmaturity.responses.mapping.texts import one_line
from cxmaturity.responses.mapping.writing import quoted

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*([./-][A-Za-z0-9_]+)*")
_WORDS_OF_YAML = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_WIDTH = 100


def proposal_text(proposal: Proposal, source: str, table: str = "") -> str:
    """The mapping of a file, or of a ``table`` in it, that the workspace names as ``source``."""
    return "\n".join(_lines(proposal, source, table)) + "\n"


def _lines(proposal: Proposal, source: str, table: str) -> Iterator[str]:
    yield f"# {one_line(source)} is most like the table '{proposal.table}'. Check each line, then put it into"
    yield "# assessment.yaml; below `evidence`, if that is there already."
    yield "evidence:"
    yield f"  {proposal.table}:"
    yield f"    source: {word(source)}"
    if table:
        yield f"    table: {word(table)}"
    yield "    columns:"
    yield from (_column(column) for column in proposal.columns)
    if proposal.snapshot:
        yield "    # a snapshot does not say which days it speaks of; add them:"
        yield '    # period: {from: "2025-11-01", to: "2026-10-31"}'
    yield from _listed("It lets be computed", proposal.computed)
    for metric, tables in proposal.partly.items():
        yield f"# {metric} needs beside it {_and([f'the table {name}' for name in tables])}."
    for metric, columns in proposal.lacking.items():
        yield f"# {metric} needs of it as well: {', '.join(columns)}."
    for metric, options in proposal.options.items():
        yield f"# {metric} has to be told, under `metrics`: {', '.join(options)}."
    yield from _listed("Could be the segment as well", map(one_line, proposal.segments))
    yield from _listed("Not mapped, and so not read", map(one_line, proposal.others))


def _column(column: Proposed) -> str:
    said = word(column.title)
    if column.values:
        said = f"{{column: {said}, values: [{', '.join(map(quoted, column.values))}]}}"
    return f"      {column.name}: {said}{f'  # {one_line(column.doubt)}' if column.doubt else ''}"


def _listed(what: str, names: Iterable[str]) -> Iterator[str]:
    """A comment with names, on as many lines as it takes."""
    if said := ", ".join(names):
        for number, line in enumerate(wrap(f"{what}: {said}.", _WIDTH, break_on_hyphens=False)):
            yield f"#{'  ' if number else ''} {line}"


def _and(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def word(text: str) -> str:
    """A text as YAML: bare if it is a word that means itself, else in quotes."""
    bare = _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML
    return text if bare else quoted(text)
