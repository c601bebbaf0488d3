"""The file format of ``survey.map.yaml``: how to read the export of a survey tool that lies beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from cxmaturity.api import WORDS_FOR_STATES
from cxmaturity.errors import UserError
from cxmaturity.fileformat import Strict, Text
from cxmaturity.settings import Attribute
from cxmaturity.yamlfile import YamlDocument, read_yaml, validate

SUFFIX = ".map.yaml"
TICKED, NOT_TICKED = "ticked", "not-ticked"
"""What a label means in a column that is one option of a multiple choice; else it means a state."""

Tool = Literal["limesurvey", "limesurvey-vv", "qualtrics", "microsoft-forms", "google-forms", "table"]
Dates = Literal["year-first", "day-first", "month-first"]
Kind = Literal["labels", "number", "text"]
Role = Literal["respondent", "start", "end", "seconds", "ignore"]


def _state(word: str) -> str:
    if word not in WORDS_FOR_STATES:
        raise ValueError(f"this is no state; use one of {', '.join(WORDS_FOR_STATES)}")
    return word


def _written(value: object) -> object:
    """An option's id as text: those of scales are numbers, and unquoted true and false are booleans."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int) else value


Meaning = Annotated[str, Field(min_length=1), BeforeValidator(_written)]
StateWord = Annotated[str, AfterValidator(_state)]


class ColumnFile(Strict):
    """One column of the export: its heading as found, and what it is."""

    heading: str
    code: str | None = Field(None, description="The tool's own id of the column, by which it is found.")
    question: Text | None = Field(None, description="The question that it answers.")
    option: Meaning | None = Field(None, description="The one option of a multiple choice that it is about.")
    answers: dict[str, Meaning] = Field(
        default_factory=dict, description="Label in the file to option or state."
    )
    kind: Kind = Field("labels", description="How its answers are written.")
    separator: Text | None = Field(None, description="What stands between several labels in one cell.")
    decimal: Literal[".", ","] = Field(".", description="The decimal mark of numbers.")
    note: Text | None = Field(None, description="The question that it is a note on.")
    attribute: Attribute | None = Field(None, description="What it says of the respondent.")
    values: dict[str, Text] = Field(
        default_factory=dict, description="Label in the file to a role's id, say."
    )
    role: Role | None = Field(None, alias="is", description="What else it is.")
    dates: Dates | None = Field(None, description="In which order its dates are written.")
    leave_out: list[Text] = Field(
        default_factory=list, description="Rows with these values are no answers, and no mistakes."
    )

    @model_validator(mode="after")
    def _one_meaning(self) -> ColumnFile:
        if self.separator and not self.separator.strip():
            raise ValueError("a separator needs a character other than a blank; write it out")
        said = [self.question, self.note, self.attribute, self.role, self.leave_out or None]
        if sum(each is not None for each in said) != 1:
            raise ValueError(
                "a column is exactly one of `question`, `note`, `attribute`, `is` and `leave_out`; keep one"
            )
        belongs = {"option": "question", "answers": "question", "separator": "question"}
        for key, owner in (belongs | {"values": "attribute", "dates": "is"}).items():
            if getattr(self, key) and (self.role if owner == "is" else getattr(self, owner)) is None:
                raise ValueError(f"`{key}` makes sense beside `{owner}` only; remove it")
        return self


class MappingFile(Strict):
    """The content of a mapping file."""

    format: Literal[1]
    confirmed: Annotated[Literal["yes", "no"], BeforeValidator(_written)] = Field(
        description="Whether a person has checked it: nothing is read before."
    )
    tool: Tool = Field(description="Where the export comes from.")
    heading_rows: int = Field(1, ge=1, le=5, description="Rows above the first answer.")
    states: dict[str, StateWord] = Field(
        default_factory=dict, description="What the tool writes instead of an answer; '' is an empty cell."
    )
    columns: Annotated[list[ColumnFile], Field(min_length=1)]


def mapping_beside(path: Path) -> Path | None:
    """The mapping file that belongs to an export, ``survey.map.yaml`` to ``survey.csv``, if there is one."""
    mapping = place_of_mapping(path)
    return mapping if mapping.is_file() else None


def place_of_mapping(path: Path) -> Path:
    """Where the mapping of an export lies."""
    return path.with_name(path.stem + SUFFIX)


def read_mapping(path: Path, name: str) -> tuple[MappingFile, YamlDocument]:
    """A mapping file, called ``name`` in messages. Raises :class:`UserError` with all that is wrong."""
    document = read_yaml(path, name=name)
    file, problems = validate(document, MappingFile)
    if file is None or problems:
        raise UserError(problems)
    twice = _named_twice(file.columns)
    if twice:
        what, fix = (
            "another column is the same option or question",
            "keep one, and set `is: ignore` in others",
        )
        raise UserError(document.problem(("columns", number), what, fix) for number in twice)
    return file, document


def _named_twice(columns: list[ColumnFile]) -> list[int]:
    """The positions of columns that say again what one before says."""
    seen: set[tuple[str | None, ...]] = set()
    whole: Mapping[str, bool] = {each.question: True for each in columns if each.question and not each.option}
    twice = []
    for number, column in enumerate(columns):
        key = (column.question, column.option, column.note, column.attribute, column.role)
        if column.role == "ignore" or column.leave_out:
            continue
        if key in seen or (column.option and column.question in whole):
            twice.append(number)
        seen.add(key)
    return twice
