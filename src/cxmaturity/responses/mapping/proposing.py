"""Proposes what each column of an export is; a person confirms it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.responses.mapping import words
from cxmaturity.responses.mapping.cells import UNKNOWN, number_of
from cxmaturity.responses.mapping.dates import order_of
from cxmaturity.responses.mapping.export import Export, cells_of
from cxmaturity.responses.mapping.format import Tool
from cxmaturity.responses.mapping.labels import (
    Labels,
    Options,
    is_code,
    labels_of,
    listed_labels,
    states_of,
    ticks_of_option,
)
from cxmaturity.responses.mapping.matching import CLOSE, Index, Match, Subject, Sure, index_of, similar
from cxmaturity.responses.mapping.texts import plain_words

STATES_OF_TOOLS: Mapping[Tool, Mapping[str, str]] = {
    "limesurvey": {"N/A": "not-shown"},
    "limesurvey-vv": {"{question_not_shown}": "not-shown"},
}
"""What tools write of a question that somebody was not shown."""
_SEEN = "-99"
"""What Qualtrics can be told to write of questions shown and not answered; then blank is not shown."""

_ASIDE = re.compile(r"\d_\d+_TEXT$|_(DO(_\d+)?|FIRST_CLICK|LAST_CLICK|PAGE_SUBMIT|CLICK_COUNT)$")
_ENOUGH_CELLS = 2_000  # different ones; labels come up long before that
_LONGEST_QUESTION = 8  # words of a heading such as "In which department do you work?"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A column with what it is thought to be: the keys of its mapping, how sure, and why.

    ``candidates`` is what else it may be; ``how`` and ``unknown`` are those of its :class:`Labels`.
    """

    heading: str
    code: str | None
    keys: Mapping[str, Any]
    sure: Sure
    why: str
    candidates: tuple[str, ...] = ()
    how: Mapping[str, str] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """How an export may be read."""

    tool: Tool
    heading_rows: int
    states: Mapping[str, str]
    columns: tuple[Proposed, ...]

    @property
    def unsure(self) -> int:
        """How many columns nobody can say anything of but a person."""
        return sum(column.sure == "unsure" for column in self.columns)

    @property
    def unfinished(self) -> int:
        """How many columns have labels of which a person has to say what they mean."""
        return sum(bool(column.unknown) for column in self.columns)


def propose(export: Export, languages: Sequence[Questionnaire]) -> Proposal:
    """What the columns of an export are, by the texts of questionnaires in all their languages."""
    index = index_of(languages)
    cells = [cells_of(column)[:_ENOUGH_CELLS] for column in export.columns]
    states = dict(STATES_OF_TOOLS.get(export.tool, {}))
    if export.tool == "qualtrics" and any(_SEEN in each for each in cells):
        states = {"": "not-shown", _SEEN: "unanswered"}
    names = list(zip(export.titles, export.codes, _first_names(export), strict=True))
    proposer = _Proposer(index, export.tool)
    matches = _settled([_match(index, *name) for name in names])
    columns = [
        proposer.column(_Seen(name[0], name[1], [cell for cell in said if cell not in states]), match)
        for name, match, said in zip(names, matches, cells, strict=True)
    ]
    return Proposal(export.tool, len(export.headings), states, tuple(_once(columns)))


def _first_names(export: Export) -> tuple[str, ...]:
    """What stands in the first row of headings, if that is not the text."""
    return export.headings[0] if export.headings[0] != export.titles else ("",) * len(export.columns)


def _match(index: Index, title: str, code: str | None, name: str) -> Match:
    """The question that a column is about, where it is about one at all."""
    if code and _ASIDE.search(code):
        return Match(None, "unsure", "words beside an option, an order, or a time")
    return index.match([title, name, code or ""])


def _settled(matches: Sequence[Match]) -> list[Match]:
    """Matches of which no two say the same: an exact one outdoes those that are close."""
    subjects = [match.subject for match in matches if match.subject]
    exact = {match.subject for match in matches if match.sure == "exact"}
    twice = {
        subject
        for subject, count in Counter(each.subject for each in matches if each.sure == "exact").items()
        if count > 1
    }
    parted = {subject.question for subject in subjects if subject.option}
    all_close = Counter(match.subject for match in matches if match.sure == "close")

    def disputed(match: Match) -> bool:
        subject = match.subject
        if subject is None:
            return False
        if not subject.option and not subject.note and subject.question in parted:
            return True
        return subject in twice if match.sure == "exact" else subject in exact or all_close[subject] > 1

    return [
        Match(None, "unsure", "another column may be the same", match.candidates)
        if disputed(match)
        else match
        for match in matches
    ]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A column as the export has it: what stands above it, and the different cells below."""

    title: str
    code: str | None
    cells: Sequence[str]

    def proposed(self, keys: Mapping[str, Any], sure: Sure, why: str) -> Proposed:
        """What it is thought to be."""
        return Proposed(self.title, self.code, keys, sure, why)


@dataclass(frozen=True, slots=True)
class _Proposer:
    """Says of each column of a tool's export what it is."""

    index: Index
    tool: Tool

    def column(self, seen: _Seen, match: Match) -> Proposed:
        """A question if its text is exact, else what tools call so, else a near question."""
        known = _of_the_tool(seen)
        if match.subject and (match.sure == "exact" or known is None):
            return self._question(seen, match, match.subject)
        known = known or _attribute(self.index, seen)
        if known is not None:
            return known
        proposed = seen.proposed({"is": "ignore"}, "unsure", match.why)
        return replace(proposed, candidates=tuple(str(each) for each in match.candidates))

    def _question(self, seen: _Seen, match: Match, subject: Subject) -> Proposed:
        if subject.note:
            return seen.proposed({"note": subject.question}, match.sure, match.why)
        keys: dict[str, Any] = {"question": subject.question}
        labels = Labels({})
        options = Options(self.index.questions[subject.question], self.index.languages)
        match options.question.answers.kind:
            case "text":
                keys["kind"] = "text"
            case "number":
                decimal, unread = _decimal(seen.cells)
                keys |= {"kind": "number"} | ({"decimal": decimal} if decimal == "," else {})
                labels = states_of(unread)
            case "multiple" if subject.option:
                keys["option"] = subject.option
                labels = ticks_of_option(options.names(subject.option), seen.cells)
            case "multiple":
                labels = listed_labels(options, seen.cells, "," if self.tool == "qualtrics" else ";")
                keys["separator"] = labels.separator
            case _:
                labels = labels_of(options, seen.cells)
        if labels.answers:
            keys["answers"] = labels.answers
        return replace(seen.proposed(keys, match.sure, match.why), how=labels.how, unknown=labels.unknown)


def _decimal(cells: Sequence[str]) -> tuple[str, list[str]]:
    """The decimal mark with which most cells are numbers, and those that are none with it."""
    unread = {mark: [cell for cell in cells if number_of(cell, mark) is UNKNOWN] for mark in (".", ",")}
    best = min(unread, key=lambda mark: len(unread[mark]))
    return best, unread[best]


# ------------------------------------------------------------------- what tools say of respondents


_ROLES = (
    (words.RESPONDENTS, "respondent", "what tools call a respondent's id"),
    (words.DURATIONS, "seconds", "what tools call the time taken, in seconds"),
    (words.STARTS, "start", "when somebody began"),
    (words.ENDS | words.TIMESTAMPS, "end", "when it was sent"),
    (words.IGNORED, "ignore", "added by the tool, and not needed"),
)


def _of_the_tool(seen: _Seen) -> Proposed | None:
    """What a column is that the tool adds to the questions."""
    if seen.code == "status":
        return _status(seen)
    title = seen.title
    names = {plain_words(each) for each in (title, title.partition(". ")[2], seen.code or "") if each}
    return next((_role(seen, role, why) for known, role, why in _ROLES if names & known), None)


def _role(seen: _Seen, role: str, why: str) -> Proposed:
    if role not in {"start", "end"}:
        return seen.proposed({"is": role}, "exact", why)
    order = order_of(seen.cells)
    if order is None:
        return seen.proposed({"is": "ignore"}, "exact", f"{why}; no cell is a time")
    certain = "" if order[1] else "; day and month may be the other way round"
    return seen.proposed({"is": role, "dates": order[0]}, "exact", why + certain)


def _status(seen: _Seen) -> Proposed:
    """Qualtrics' column that says which rows are no answers."""
    numbers = bool(seen.cells) and all(cell.isdigit() for cell in seen.cells)
    values = list(words.PREVIEW_CODES if numbers else words.PREVIEWS)
    return seen.proposed(
        {"leave_out": values}, "exact", "rows with one of these are passed over: no respondent answered them"
    )


def _attribute(index: Index, seen: _Seen) -> Proposed | None:
    """What a column says of a respondent, by a word in its heading."""
    plain = plain_words(seen.title)
    said = plain.split()
    for name, known in words.ATTRIBUTES.items():
        exact = plain in known
        if not exact and (len(said) > _LONGEST_QUESTION or not known & set(said)):
            continue
        sure: Sure = "exact" if exact else "close"
        why = f"a word for {name}" if exact else f"a short heading with a word for {name}"
        proposed = seen.proposed({"attribute": name}, sure, why)
        return _with_roles(index, seen, proposed) if name == "role" else _with_codes(seen, proposed)
    return None


def _with_codes(seen: _Seen, proposed: Proposed) -> Proposed:
    """The column with the codes in it, of which nobody but a person knows what they stand for."""
    if not seen.cells or not all(map(is_code, seen.cells)):
        return proposed
    return replace(proposed, unknown=dict.fromkeys(seen.cells, ""))


def _with_roles(index: Index, seen: _Seen, proposed: Proposed) -> Proposed:
    """The column of roles with those of the questionnaire that its cells name, and with the other cells."""
    values, how, unknown = _roles(index, seen.cells)
    keys = {**proposed.keys, "values": values} if values else proposed.keys
    return replace(proposed, keys=keys, how=how, unknown=unknown)


def _roles(index: Index, cells: Sequence[str]) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The questionnaire's roles that cells name; for each that is not exact why, and those unknown."""
    named = {
        plain_words(name): Subject(role)
        for questionnaire in index.languages
        for role, title in questionnaire.roles.items()
        for name in (role, title)
    }
    values: dict[str, str] = {}
    how: dict[str, str] = {}
    unknown: dict[str, str] = {}
    for cell in cells:
        plain = plain_words(cell)
        found = sorted(similar(plain, named), key=lambda each: (-each[2], each[0]))
        if plain in named:
            values[cell] = named[plain].question
        elif found and found[0][2] >= CLOSE:
            values[cell], how[cell] = found[0][1].question, f"close text, {found[0][2]:.0%} alike"
        else:
            unknown[cell] = found[0][1].question if found else ""
    return values, how, unknown


def _once(columns: Sequence[Proposed]) -> Iterator[Proposed]:
    """Columns of which no two are the same role or attribute: the first is taken, the others are not sure."""
    seen: set[object] = set()
    for column in columns:
        said = column.keys.get("attribute") or column.keys.get("is")
        if said in {None, "ignore"} or said not in seen:
            seen.add(said)
            yield column
        else:
            yield replace(
                column,
                keys={"is": "ignore"},
                sure="unsure",
                how={},
                unknown={},
                candidates=(str(said),),
                why=f"another column is taken for `{said}` too",
            )
