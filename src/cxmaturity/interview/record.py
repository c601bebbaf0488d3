"""One interviewed person as a response file, which reads back as exactly what was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from cxmaturity.errors import Problem, UserError
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.responses.answers import AnswerError, read_answer
from cxmaturity.responses.yaml_files import ResponsesFile
from cxmaturity.yamlfile import YamlDocument, parse_yaml, validate
from cxmaturity.yamlfile.scalars import resolve

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml may be absent; the marks are the same
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9/_.-]*")
_BYTE_ORDER_MARK = "\ufeff"
"""What JSON leaves as it is and YAML's parsers disagree about."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one person: attributes such as ``role``, answers and notes by question id.

    Answers are as response files write them. A question without an entry has not been dealt with;
    one that was skipped is ``unanswered``.
    """

    id: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


def written(record: Record) -> bytes:
    """A record as a response file in YAML."""
    lines = ["respondents:", f"  - id: {_value(record.id)}"]
    lines += [f"    {_value(name)}: {_value(value)}" for name, value in record.attributes.items()]
    for part, entries in (("answers", record.answers), ("notes", record.notes)):
        lines.append(f"    {part}:" if entries else f"    {part}: {{}}")
        lines += [f"      {_value(name)}: {_value(value)}" for name, value in entries.items()]
    return "\n".join([*lines, ""]).encode()


def read_record(content: bytes, name: str, respondent: str, questionnaire: Questionnaire) -> Record:
    """The record that a file, called ``name`` in messages, holds.

    Raises :class:`UserError` for a file that is wrong, and for one that :func:`written` would not give
    back whole: it holds others than this respondent, or comments. Questions that the questionnaire does
    not have, as it is without a plugin, are kept.
    """
    document = parse_yaml(content, name)
    read, problems = validate(document, ResponsesFile)
    if read is None:
        raise UserError(problems)
    if [person.id for person in read.respondents] != [respondent]:
        what = f"holds other respondents than '{respondent}', and an interview has a file of its own"
        raise UserError.about(name, what, "choose another id")
    for line, column in _comments(content.decode("utf-8-sig")):
        what = "an interview would lose this comment"
        raise UserError.about(name, what, "remove it, or choose another id", line=line, column=column)
    (person,) = read.respondents
    if problems := list(_wrong(person.answers, document, questionnaire)):
        raise UserError(problems)
    return Record(
        person.id,
        person.model_dump(exclude={"id", "answers", "notes"}, exclude_none=True),
        {question: value for question, value in person.answers.items() if value is not None},
        person.notes,
    )


def _wrong(
    answers: Mapping[str, Any], document: YamlDocument, questionnaire: Questionnaire
) -> Iterator[Problem]:
    """The answers that their questions do not have."""
    for question in questionnaire.questions():
        try:
            read_answer(question, answers.get(question.id))
        except AnswerError as error:
            loc = ("respondents", 0, "answers", question.id)
            yield document.problem(loc, f"{question.id}: {error.what}", error.fix)


def _value(value: Any) -> str:
    """A value in one line. Text is quoted unless it can only be taken for itself."""
    if isinstance(value, str) and _PLAIN.fullmatch(value) and resolve(value) == value:
        return value
    if isinstance(value, list):
        return f"[{', '.join(_value(each) for each in value)}]"
    text = json.dumps(value, ensure_ascii=False)  # YAML 1.2 holds all of JSON
    return text.replace(_BYTE_ORDER_MARK, "\\ufeff")


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """Line and column of the comments of a YAML text: each # that stands outside the values."""
    outside = 0
    for token in yaml.scan(text, Loader=_LOADER):
        if not isinstance(token, yaml.ScalarToken | yaml.StreamEndToken):
            continue
        start, end = token.start_mark.index, token.end_mark.index
        if isinstance(token, yaml.ScalarToken) and token.style in {"|", ">"}:
            start = text.find("\n", start)  # its first line says how it is written, and may have a comment
        found = text.find("#", outside, start)
        if found >= 0:
            yield text.count("\n", 0, found) + 1, found - text.rfind("\n", 0, found)
        outside = end
