"""An answer sheet as a CSV file in long form: one row per question."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from cxmaturity.questionnaire.model import Question
from cxmaturity.sheets.asked import Asked
from cxmaturity.sheets.yaml_sheet import hints

COLUMNS = (
    *("respondent", "role", "department", "country", "tenure", "wave", "question", "answer", "note"),
    *("topic", "text", "options"),
)
"""Those of an answer, then those for the person's eyes."""
_BETWEEN = " | "


def csv_sheet(asked: Asked) -> bytes:
    """A CSV file to fill in, in UTF-8 with a mark by which spreadsheets know it.

    Nobody is named: many may fill in copies, and where no row has a respondent, the file's name is the id.
    What a spreadsheet would take for a formula begins with an apostrophe.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in row] for row in _rows(asked))
    return text.getvalue().encode("utf-8-sig")


def _rows(asked: Asked) -> Iterator[list[str]]:
    person = ["", asked.role or "", "", "", "", ""]
    for question in asked.questions():
        words = [question.topic, question.text, _options(question)]
        yield [*person, question.id, "", "", *words]
    for name in asked.not_asked:
        yield [*person, name, "not-shown", "", "", "", ""]


def _options(question: Question) -> str:
    """The possible answers in one line; free text has none."""
    return "" if question.answers.kind == "text" else _BETWEEN.join(hints(question))


def _harmless(cell: str) -> str:
    """A text that no spreadsheet runs; a number may well begin with a minus."""
    if not cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
