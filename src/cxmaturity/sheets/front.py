"""The front sheet: who asks and what for, how to answer, who answers, and how far they have got."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxmaturity.responses.model import PERSONAL
from cxmaturity.sheets.asked import Asked
from cxmaturity.sheets.hidden import RESPONDENT, HiddenSheet
from cxmaturity.sheets.look import Colours, Look, fitting, height, set_up
from cxmaturity.sheets.questions import DONE, Written
from cxmaturity.texts import Texts

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ID, LABEL, VALUE, ANSWERED, ASKED, SHARE = range(6)
_WIDTHS = {ID: 2, LABEL: 30, VALUE: 48, ANSWERED: 12, ASKED: 12, SHARE: 34}
_BAR = 20
_BESIDE = 106
"""Characters that fit into one line beside a label."""


@dataclass(frozen=True, slots=True)
class Confidentiality:
    """How answers are protected.

    ``decided`` is what the workspace says, ``None`` if it leaves it to the number of people: with ``people``
    or more nothing is shown of fewer than ``minimum``.
    """

    decided: bool | None
    minimum: int
    people: int


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asks: the organisation, who asks for it (may be empty), and how answers are protected.

    ``as_of`` is the day of the assessment, as 2026-01-31, or ``None``.
    """

    organisation: str
    name: str
    colours: Colours
    confidentiality: Confidentiality
    as_of: str | None = None


class FrontSheet:
    """Writes the front sheet, row by row."""

    def __init__(self, sheet: Worksheet, hidden: HiddenSheet, look: Look, texts: Texts) -> None:
        self._sheet, self._hidden, self._look, self._texts = sheet, hidden, look, texts
        self._row = 0

    def write(self, asked: Asked, sender: Sender, written: Sequence[Written]) -> None:
        """All of it; ``written`` are the sheets whose progress is shown."""
        set_up(self._sheet, self._look.colours, footer=asked.questionnaire.title, pages=1)
        for column, width in _WIDTHS.items():
            self._sheet.set_column(column, column, width, None, {"hidden": column == ID})
        self._banner(asked.questionnaire.title, self._look.title, 44)
        self._banner(sender.organisation, self._look.banner, 22)
        self._row += 1
        for label, text in self._explained(asked, sender):
            self._paragraph(label, text)
        self._person(asked)
        self._progress(written)
        self._sheet.print_area(0, LABEL, self._row - 1, SHARE)

    def _banner(self, text: str, style: Format, points: float) -> None:
        self._sheet.set_row(self._row, points)
        self._sheet.merge_range(self._row, LABEL, self._row, SHARE, "", style)
        self._sheet.write_string(self._row, LABEL, fitting(text), style)
        self._row += 1

    def _explained(self, asked: Asked, sender: Sender) -> Iterator[tuple[str, str]]:
        """What a person wants to know before they begin, each with its heading."""
        texts = self._texts
        who = "on-behalf" if sender.name else "self"
        count = sum(1 for _ in asked.questions())
        values = {"organisation": sender.organisation, "name": sender.name}
        yield texts("sheet.who.title"), texts(f"sheet.who.{who}", **values)
        yield texts("sheet.what.title"), asked.questionnaire.description
        yield texts("sheet.long.title"), texts("sheet.long.text", minutes=asked.minutes, n=count)
        yield texts("sheet.how.title"), texts("sheet.how.text")
        yield texts("sheet.unsure.title"), self._unsure()
        yield texts("sheet.use.title"), self._use(sender.confidentiality)
        yield texts("sheet.back.title"), texts("sheet.back.text")

    def _unsure(self) -> str:
        states = {"unknown": self._texts("sheet.state.dont-know"), "outside": self._texts("sheet.state.n/a")}
        return self._texts("sheet.unsure.text", **states)

    def _use(self, rule: Confidentiality) -> str:
        names = {True: "confidential", False: "open", None: "undecided"}
        return self._texts(f"sheet.use.{names[rule.decided]}", minimum=rule.minimum, people=rule.people)

    def _paragraph(self, label: str, text: str) -> None:
        self._sheet.set_row(self._row, height((text, _BESIDE)))
        self._sheet.write_string(self._row, LABEL, label, self._look.label)
        self._beside(text, self._look.text)

    def _beside(self, text: str, style: Format, first: int = VALUE) -> None:
        self._sheet.merge_range(self._row, first, self._row, SHARE, "", style)
        self._sheet.write_string(self._row, first, fitting(text), style)
        self._row += 1

    def _section(self, key: str) -> None:
        self._sheet.set_row(self._row, 34)
        self._sheet.write_string(self._row, LABEL, self._texts(key), self._look.heading)
        self._row += 1

    def _person(self, asked: Asked) -> None:
        """The cells in which the person says who they are."""
        self._section("sheet.person.title")
        self._sheet.set_selection(self._row, VALUE, self._row, VALUE)
        self._sheet.ignore_errors({"number_stored_as_text": f"C{self._row + 1}:C{self._row + 5}"})
        for name in (RESPONDENT, *PERSONAL):
            self._sheet.set_row(self._row, 21)
            self._sheet.write_string(self._row, ID, name)
            self._sheet.write_string(self._row, LABEL, self._texts(f"sheet.person.{name}"), self._look.text)
            self._sheet.write_blank(self._row, VALUE, None, self._look.input)
            if name == "role":
                self._role(asked)
            self._beside(self._texts(f"sheet.hint.{name}"), self._look.option, ANSWERED)

    def _role(self, asked: Asked) -> None:
        """A list of the roles; the one whose questions these are is filled in and stays."""
        entries = [(title, role) for role, title in asked.questionnaire.roles.items()]
        choices = self._hidden.choices(entries)
        self._hidden.write("question", "role", "choice", choices.name)
        if asked.role is not None:
            self._sheet.write_string(self._row, VALUE, choices.texts[asked.role], self._look.fixed)
            return
        rule = {
            "validate": "list",
            "source": choices.reference,
            "error_title": self._texts("sheet.error.title"),
            "error_message": self._texts("sheet.error.choose"),
        }
        self._sheet.data_validation(self._row, VALUE, self._row, VALUE, rule)

    def _progress(self, written: Sequence[Written]) -> None:
        """How many questions are answered, by formulas: of each dimension, and of all."""
        look, sheet, texts = self._look, self._sheet, self._texts
        self._section("sheet.progress.title")
        sheet.set_row(self._row, 22)
        for column, style in ((LABEL, look.header), (VALUE, look.header), (SHARE, look.header)):
            sheet.write_blank(self._row, column, None, style)
        sheet.write_string(self._row, LABEL, texts("sheet.progress.dimension"), look.header)
        sheet.write_string(self._row, ANSWERED, texts("sheet.progress.answered"), look.header_right)
        sheet.write_string(self._row, ASKED, texts("sheet.progress.asked"), look.header_right)
        first = self._row + 1
        for each in written:
            self._row += 1
            self._done(each)
        self._row += 1
        self._total(first, sum(each.asked for each in written))
        self._row += 1

    def _done(self, each: Written) -> None:
        from xlsxwriter.utility import quote_sheetname

        look, sheet, row = self._look, self._sheet, self._row
        name = quote_sheetname(each.name)
        sheet.set_row(row, 20)
        sheet.merge_range(row, LABEL, row, VALUE, "", look.link)
        sheet.write_url(row, LABEL, f"internal:{name}!A1", look.link, fitting(each.title))
        sheet.write_formula(row, ANSWERED, f'=COUNTIF({name}!{each.marks},"{DONE}")', look.figure, 0)
        sheet.write_number(row, ASKED, each.asked, look.figure)
        self._bar(row)

    def _total(self, first: int, asked: int) -> None:
        look, sheet, row = self._look, self._sheet, self._row
        sheet.set_row(row, 22)
        sheet.write_string(row, LABEL, self._texts("sheet.progress.total"), look.total_label)
        sheet.write_formula(row, ANSWERED, f"=SUM(D{first + 1}:D{row})", look.total, 0)
        sheet.write_number(row, ASKED, asked, look.total)
        self._bar(row)

    def _bar(self, row: int) -> None:
        """The share that is answered, as a bar of signs: it prints in every program."""
        done = f"ROUND({_BAR}*D{row + 1}/E{row + 1},0)"
        formula = f'=REPT("█",{done})&REPT("░",{_BAR}-{done})'
        self._sheet.write_formula(row, SHARE, formula, self._look.bar, "░" * _BAR)
