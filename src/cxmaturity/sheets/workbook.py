"""An answer sheet as an Excel workbook: a front sheet, one sheet per dimension, and one that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from io import BytesIO

from cxmaturity.sheets.asked import Asked
from cxmaturity.sheets.front import FrontSheet, Sender
from cxmaturity.sheets.hidden import FORMAT, MARK, SHEET, HiddenSheet
from cxmaturity.sheets.look import Look
from cxmaturity.sheets.questions import QuestionSheet
from cxmaturity.texts import Texts

_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_RESERVED = frozenset({"history", SHEET})
_NOTHING_LIVE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NO_DAY = date(1980, 1, 1)
"""The first that a zip archive knows: a workbook needs a date, and no clock is read."""


def workbook(asked: Asked, sender: Sender, texts: Texts) -> bytes:
    """The workbook: the same bytes for the same input."""
    from xlsxwriter import Workbook  # lazy: 70 ms

    content = BytesIO()
    book = Workbook(content, {"in_memory": True, **_NOTHING_LIVE})
    day = date.fromisoformat(sender.as_of) if sender.as_of else _NO_DAY
    book.set_properties({"title": asked.questionnaire.title, "created": datetime.combine(day, time())})
    look = Look(book, sender.colours)
    first, *names = sheet_names([texts("sheet.front"), *(each.title for each in asked.dimensions)])
    front = book.add_worksheet(first)
    sheets = [book.add_worksheet(name) for name in names]
    unseen = book.add_worksheet(SHEET)
    unseen.very_hidden()
    hidden = _hidden(asked, HiddenSheet(unseen))
    written = [
        QuestionSheet(sheet, hidden, look, texts).write(dimension, number=number)
        for number, (sheet, dimension) in enumerate(zip(sheets, asked.dimensions, strict=True), 1)
    ]
    FrontSheet(front, hidden, look, texts).write(asked, sender, written)
    book.close()
    return content.getvalue()


def _hidden(asked: Asked, hidden: HiddenSheet) -> HiddenSheet:
    """The hidden sheet with what is known before a question is written."""
    questionnaire = asked.questionnaire
    hidden.write(MARK, FORMAT)
    hidden.write("questionnaire", questionnaire.id, questionnaire.version, questionnaire.sha256)
    for question in asked.not_asked:
        hidden.write("not-shown", question)
    return hidden


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Names for sheets: without what Excel forbids, short enough, and no two alike."""
    names: dict[str, str] = {}
    for title in titles:
        plain = " ".join(_NOT_IN_A_NAME.sub(" ", title).split())
        name = _at_most(plain, _LONGEST_NAME).strip("' ") or "–"
        different, number = name, 1
        while different.casefold() in names or different.casefold() in _RESERVED:
            number += 1
            different = f"{_at_most(name, _LONGEST_NAME - 6)} ({number})"
        names[different.casefold()] = different
    return list(names.values())


def _at_most(text: str, length: int) -> str:
    """The beginning of a text, as long as Excel counts: in units of UTF-16."""
    return text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", errors="ignore")
