"""Response files in YAML: one or many respondents a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import Field

from cxmaturity.api import Places, ResponseFile, ResponseTable
from cxmaturity.errors import UserError
from cxmaturity.fileformat import Strict, Text
from cxmaturity.responses.model import ATTRIBUTES
from cxmaturity.yamlfile import YamlDocument, read_yaml, validate


class RespondentFile(Strict):
    """One respondent as written."""

    id: Text
    role: str | None = None
    department: str | None = None
    country: str | None = None
    tenure: str | None = None
    wave: str | None = None
    answers: dict[str, Any] = Field(default_factory=dict)
    notes: dict[str, str] = Field(default_factory=dict)


class ResponsesFile(Strict):
    """A file of respondents."""

    respondents: list[RespondentFile]


def read_yaml_responses(file: ResponseFile) -> ResponseTable:
    """The respondents of a file, in their order. Raises :class:`UserError` with every problem of its form."""
    document = read_yaml(file.path, name=file.name)
    read, problems = validate(document, ResponsesFile)
    if read is None:
        raise UserError(problems)
    return table_of(read.respondents, _Places(document))


def table_of(
    people: Sequence[RespondentFile], places: Places | None = None, *, survey: bool = False
) -> ResponseTable:
    """Respondents as written, in columns."""
    questions = dict.fromkeys(name for person in people for name in person.answers)
    return ResponseTable(
        respondents=tuple(person.id for person in people),
        attributes={name: tuple(getattr(person, name) for person in people) for name in ATTRIBUTES},
        answers={name: tuple(person.answers.get(name) for person in people) for name in questions},
        notes={(row, name): note for row, person in enumerate(people) for name, note in person.notes.items()},
        places=places,
        survey=survey,
    )


class _Places:
    """Where the parts of a file's respondents stand."""

    def __init__(self, document: YamlDocument) -> None:
        self._document = document

    def __call__(
        self, row: int, part: Literal["respondent", "question", "answer", "note"], question: str = ""
    ) -> tuple[int, int]:
        respondent = ("respondents", row)
        match part:
            case "respondent":
                return self._document.place((*respondent, "id"))
            case "note":
                return self._document.place((*respondent, "notes", question), key=True)
            case _:
                return self._document.place((*respondent, "answers", question), key=part == "question")
