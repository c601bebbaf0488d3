"""Writes a proposed mapping as a file that a person can check in two minutes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cxmaturity.responses.mapping.proposing import Proposal, Proposed
from cxmaturity.responses.mapping.texts import one_line

TOOLS = {
    "limesurvey": "LimeSurvey",
    "limesurvey-vv": "LimeSurvey, a VV file",
    "qualtrics": "Qualtrics",
    "microsoft-forms": "Microsoft Forms",
    "google-forms": "Google Forms",
    "table": "a plain table",
}
_PLAIN = re.compile(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*")
_MOST_UNKNOWN = 10
_LONGEST_KEY = 900  # characters; longer ones YAML takes with a question mark before them only


def mapping_text(proposal: Proposal, name: str) -> str:
    """The mapping file of an export that is called ``name``."""
    lines = [
        f"# How to read {one_line(name)} (recognised: {TOOLS[proposal.tool]}).",
        *(f"# {line}" for line in summary(proposal, "below")),
        "# Above each column stands how sure that is. Correct what is wrong, then set `confirmed: yes`;",
        "# nothing is read before.",
        "format: 1",
        "confirmed: no",
        f"tool: {proposal.tool}",
        f"heading_rows: {proposal.heading_rows}",
    ]
    if proposal.states:
        lines += ["", '# What the tool writes instead of an answer; "" is an empty cell.', "states:"]
        lines += [_pair(label, state, 2) for label, state in proposal.states.items()]
    lines += ["", "columns:"]
    for number, column in enumerate(proposal.columns, 1):
        lines += _column(number, column)
    return "\n".join(lines) + "\n"


def summary(proposal: Proposal, where: str) -> list[str]:
    """How many columns are recognised, and how many have to be completed: ``where`` says in which place."""
    sure = len(proposal.columns) - proposal.unsure
    lines = [f"{sure} of {len(proposal.columns)} columns are recognised, {proposal.unsure} not."]
    if count := proposal.unfinished:
        columns = "1 column has" if count == 1 else f"{count} columns have"
        lines.append(f"{columns} labels that are not known yet: complete them {where}.")
    return lines


def _column(number: int, column: Proposed) -> Iterator[str]:
    to_do = "; has labels that are not known yet" if column.unknown else ""
    yield f"  # column {number}, {column.sure}: {one_line(column.why)}{to_do}"
    yield from (f"  #   perhaps {candidate}" for candidate in column.candidates if column.sure == "unsure")
    yield f"  - heading: {quoted(column.heading)}"
    if column.code is not None:
        yield f"    code: {quoted(column.code)}"
    for key, value in column.keys.items():
        if isinstance(value, Mapping):
            yield f"    {key}:"
            yield from (_pair(label, each, 6, column.how.get(label, "")) for label, each in value.items())
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield f"    {key}: [{', '.join(_scalar(each) for each in value)}]"
        else:
            yield f"    {key}: {_scalar(value)}"
    yield from _unknown(column)
    yield ""


def _unknown(column: Proposed) -> Iterator[str]:
    """The labels that nothing is known of, as comments; of many of them, which are free text, the number."""
    if not column.unknown:
        return
    count = len(column.unknown)
    key = "values" if "attribute" in column.keys else "answers"
    as_it_is = key == "values" and key not in column.keys
    if key not in column.keys:
        yield f"    # {key}:"
    then = "they stand for themselves" if as_it_is else "rows with them are left out"
    yield f"      # unknown {'cell' if count == 1 else 'cells'}: {count}; {then}"
    if count <= _MOST_UNKNOWN:
        for label, nearest in column.unknown.items():
            hint = f"  # perhaps {nearest}" if nearest else ""
            yield f"      # {quoted(label)}: ?{hint}"


def _pair(label: str, value: str, indent: int, comment: str = "") -> str:
    blank = " " * indent
    behind = f"  # {comment}" if comment else ""
    if len(label) > _LONGEST_KEY:
        return f"{blank}? {quoted(label)}\n{blank}: {_scalar(value)}{behind}"
    return f"{blank}{quoted(label)}: {_scalar(value)}{behind}"


def _scalar(value: Any) -> str:
    """A value as YAML: bare if it is a word that means itself, else in quotes."""
    text = str(value)
    return text if _PLAIN.fullmatch(text) and text not in {"true", "false", "null"} else quoted(text)


def quoted(text: str) -> str:
    """A text in double quotes, as JSON and YAML have them alike."""
    return json.dumps(text, ensure_ascii=False)
