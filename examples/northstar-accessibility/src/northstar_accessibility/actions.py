"""The roadmap as a list in Markdown, to be pasted into a ticket or a wiki.

Reports exist in English only, and so do the few words of this list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cxmaturity.api import Format, Rendering

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&]")


class MarkdownFormat(Format):
    """What is to be done, in the order of the roadmap."""

    name = "markdown"
    suffix = ".md"

    def render(self, rendering: Rendering) -> bytes:
        """The list, in UTF-8."""
        return "".join(f"{line}\n" for line in lines(rendering.data)).encode()


def lines(data: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the list; ``data`` is what ``cxmaturity assess --json`` prints."""
    yield f"# What {escaped(data['organisation']['name'])} is to do"
    yield ""
    if not data["recommendations"]:
        yield "Nothing is recommended."
    practices = (practice for dimension in data["dimensions"] for practice in dimension["practices"])
    titles = {practice["id"]: practice["title"] for practice in practices}
    for each in data["recommendations"]:
        yield f"{each['number']}. **{escaped(each['title'])}** ({', '.join(facts(each))})"
        for practice, level in each["lifts"].items():
            # the word comes first, as a title that begins with "- " would begin another list
            yield f"    - Lifts *{escaped(titles.get(practice, practice))}* to level {level}"


def facts(recommendation: Mapping[str, Any]) -> Iterator[str]:
    """Who does it, from when on, and what it takes."""
    yield escaped(recommendation["owner"])
    if recommendation["start"] is not None:
        yield f"from {recommendation['start']}"
    yield f"{amount(recommendation['days'])} person-days"
    if recommendation["cost"]:
        yield f"EUR {amount(recommendation['cost'])}"


def amount(value: float) -> str:
    """A number with at most one decimal."""
    return f"{value:,.1f}".removesuffix(".0")


def escaped(text: str) -> str:
    """A text on one line in which no character means anything to Markdown or HTML."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
