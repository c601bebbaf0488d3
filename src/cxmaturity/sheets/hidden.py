"""What an answer sheet says of itself on a sheet that nobody sees, and how it is written there.

The rows of the sheet, by what stands in the first column::

    cxmaturity answer sheet | 1                            first row: the mark, and the format's version
    questionnaire | id | version | sha256                  what is asked
    choice | list | text | value                           one entry of a drop-down list, and what it means
    question | id | kind | list                            how what has this id is filled in
    not-shown | id                                         a question that the person is not asked

On the other sheets, the hidden first column says what is filled in beside it: an attribute such as
``role``, a question's id, or ``id/option`` where an option may be ticked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SHEET = "_cxmaturity"
MARK = "cxmaturity answer sheet"
FORMAT = 1
RESPONDENT = "respondent"
TICKED = "ticked"
LONGEST_CHOICE = 250
"""Excel compares no more than 255 characters with the entries of a drop-down list."""


@dataclass(frozen=True, slots=True)
class Choices:
    """A drop-down list that has been written: its name, where it stands, and the text for each value."""

    name: str
    reference: str
    texts: Mapping[str, str]


class HiddenSheet:
    """Writes the rows one by one; lists that are alike are written once."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._row = 0
        self._lists: dict[tuple[tuple[str, str], ...], Choices] = {}

    def write(self, *values: str | int) -> None:
        """One row."""
        for column, value in enumerate(values):
            if isinstance(value, int):
                self._sheet.write_number(self._row, column, value)
            else:
                self._sheet.write_string(self._row, column, value)
        self._row += 1

    def choices(self, entries: Sequence[tuple[str, str]]) -> Choices:
        """A drop-down list of (text, what it means), the texts shortened and told apart."""
        key = tuple(entries)
        if key not in self._lists:
            first = self._row + 1
            name = f"list {len(self._lists) + 1}"
            texts = told_apart([text for text, _ in entries])
            by_value = {value: text for text, (_, value) in zip(texts, entries, strict=True)}
            for value, text in by_value.items():
                self.write("choice", name, text, value)
            self._lists[key] = Choices(name, f"={SHEET}!$C${first}:$C${self._row}", by_value)
        return self._lists[key]


def told_apart(texts: Sequence[str]) -> list[str]:
    """Texts on one line each, shortened to what a drop-down list can hold, no two of them alike."""
    apart: dict[str, str] = {}
    for text in texts:
        line = " ".join(text.split())
        short = line if len(line) <= LONGEST_CHOICE else f"{line[: LONGEST_CHOICE - 1]}…"
        different, number = short, 1
        while comparable(different) in apart:
            number += 1
            different = f"{short[: LONGEST_CHOICE - 10]} ({number})"
        apart[comparable(different)] = different
    return list(apart.values())


def comparable(text: str) -> str:
    """A text as it is compared: whoever types instead of choosing is forgiven blanks and capitals."""
    return " ".join(text.split()).casefold()
