"""The sheet of one dimension: its questions, each with its answers to choose from, and room for a note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxmaturity.questionnaire.model import AnswerSet, Dimension, Practice, Question
from cxmaturity.sheets.hidden import TICKED, Choices, HiddenSheet
from cxmaturity.sheets.look import Look, fitting, height, set_up
from cxmaturity.texts import Texts

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ID, NUMBER, QUESTION, OPTIONS, ANSWER, NOTE, MARK = range(7)
WIDTHS = {ID: 2, NUMBER: 6, QUESTION: 40, OPTIONS: 52, ANSWER: 32, NOTE: 26, MARK: 5}
_HEADER = 2
_TEXT_HEIGHT = 64.0
STATES = ("dont-know", "n/a")
DONE = "✓"


@dataclass(frozen=True, slots=True)
class Written:
    """What the front sheet says of another: the dimension, its name, where its marks are, what is asked."""

    title: str
    name: str
    marks: str
    asked: int


class QuestionSheet:
    """Writes the questions of one dimension, row by row."""

    def __init__(self, sheet: Worksheet, hidden: HiddenSheet, look: Look, texts: Texts) -> None:
        self._sheet, self._hidden, self._look, self._texts = sheet, hidden, look, texts
        self._row = _HEADER + 1
        self._asked = 0
        self._states = [(texts(f"sheet.state.{state}"), state) for state in STATES]

    def write(self, dimension: Dimension, *, number: int) -> Written:
        """All of it; ``number`` is the dimension's, from 1."""
        look, sheet = self._look, self._sheet
        set_up(sheet, look.colours, footer=dimension.title)
        for column, width in WIDTHS.items():
            sheet.set_column(column, column, width, None, {"hidden": column == ID})
        sheet.freeze_panes(_HEADER + 1, 0)
        sheet.repeat_rows(_HEADER)
        for place, practice in enumerate(dimension.practices, 1):
            self._practice(practice, f"{number}.{place}")
        marks = f"$G${_HEADER + 2}:$G${self._row}"
        self._head(dimension, marks)
        sheet.print_area(0, NUMBER, self._row - 1, MARK)
        sheet.set_selection(_HEADER + 2, ANSWER, _HEADER + 2, ANSWER)
        sheet.ignore_errors({"number_stored_as_text": f"E1:F{self._row}"})
        return Written(dimension.title, sheet.get_name(), marks, self._asked)

    def _head(self, dimension: Dimension, marks: str) -> None:
        look, sheet, texts = self._look, self._sheet, self._texts
        sheet.set_row(0, 34)
        sheet.merge_range(0, NUMBER, 0, ANSWER, "", look.title)
        sheet.write_string(0, NUMBER, fitting(dimension.title), look.title)
        sheet.merge_range(0, NOTE, 0, MARK, "", look.banner_right)
        done = f'=COUNTIF({marks},"{DONE}")&" / {self._asked}"'
        sheet.write_formula(0, NOTE, done, look.banner_right, f"0 / {self._asked}")
        sheet.set_row(1, height((dimension.description, 150)))
        sheet.merge_range(1, NUMBER, 1, MARK, "", look.muted)
        sheet.write_string(1, NUMBER, fitting(dimension.description), look.muted)
        sheet.set_row(_HEADER, 22)
        headings = {
            NUMBER: "number",
            QUESTION: "question",
            OPTIONS: "options",
            ANSWER: "answer",
            NOTE: "note",
        }
        for column, key in headings.items():
            sheet.write_string(_HEADER, column, texts(f"sheet.column.{key}"), look.header)
        sheet.write_blank(_HEADER, MARK, None, look.header)

    def _practice(self, practice: Practice, number: str) -> None:
        look, sheet = self._look, self._sheet
        sheet.set_row(self._row, 14 + height((practice.title + practice.description, 150)))
        sheet.merge_range(self._row, NUMBER, self._row, MARK, "", look.group)
        title, description = (fitting(text, part=True) for text in (practice.title, practice.description))
        pieces = (look.label, f"{number}  {title}   ", look.muted, description)
        sheet.write_rich_string(self._row, NUMBER, *pieces, look.group)
        self._row += 1
        for place, question in enumerate(practice.questions, 1):
            self._question(question, f"{number}.{place}")

    def _question(self, question: Question, number: str) -> None:
        self._asked += 1
        look, sheet, row = self._look, self._sheet, self._row
        topic, text, help_ = (
            fitting(part, part=True) for part in (question.topic, question.text, question.help)
        )
        options = self._options(question.answers)
        sheet.set_row(row, self._height(question.answers, f"{topic}\n{text}\n{help_}", options))
        sheet.write_string(row, ID, question.id)
        sheet.write_string(row, NUMBER, number, look.question_number)
        pieces = [look.strong, f"{topic}\n", look.text, text, *([look.muted, f"\n{help_}"] if help_ else [])]
        sheet.write_rich_string(row, QUESTION, *pieces, look.question)
        sheet.write_string(row, OPTIONS, fitting(options), look.question_options)
        sheet.write_blank(row, NOTE, None, look.input)
        choices = self._input(question)
        self._hidden.write("question", question.id, question.answers.kind, choices.name)
        self._row += 1
        if question.answers.kind == "multiple":
            self._ticks(question)
        self._mark(row)

    def _height(self, answers: AnswerSet, said: str, options: str) -> float:
        needed = height((said.rstrip("\n"), WIDTHS[QUESTION]), (options, WIDTHS[OPTIONS]))
        return max(needed, _TEXT_HEIGHT) if answers.kind == "text" else needed

    def _options(self, answers: AnswerSet) -> str:
        """What may be answered, in words."""
        texts = self._texts
        match answers.kind:
            case "multiple":
                return texts("sheet.options.multiple")
            case "text":
                return texts("sheet.options.text")
            case "number":
                return self._number(answers)
            case _:
                return "\n".join(text for text, _ in numbered(answers))

    def _number(self, answers: AnswerSet) -> str:
        """What a number may be, in words."""
        (unknown, _), (outside, _) = self._states
        values = {"unit": answers.unit, "low": answers.bands[0].start, "unknown": unknown, "outside": outside}
        if answers.maximum is None:
            return self._texts("sheet.options.number", **values)
        return self._texts("sheet.options.range", **values, high=answers.maximum)

    def _input(self, question: Question) -> Choices:
        """The cell to answer in, and the list of what may be chosen there."""
        answers, look, sheet = question.answers, self._look, self._sheet
        if answers.kind == "number":
            choices = self._hidden.choices(self._states)
            sheet.write_blank(self._row, ANSWER, None, look.number_input)
            sheet.data_validation(self._row, ANSWER, self._row, ANSWER, self._number_rule(answers, choices))
            return choices
        sheet.write_blank(self._row, ANSWER, None, look.input)
        if answers.kind == "text":
            return self._hidden.choices(self._states)
        own = [] if answers.kind == "multiple" else numbered(answers)
        choices = self._hidden.choices([*own, *self._states])
        self._drop_down(choices)
        return choices

    def _drop_down(self, choices: Choices) -> None:
        rule = {"validate": "list", "source": choices.reference, **self._error("choose")}
        self._sheet.data_validation(self._row, ANSWER, self._row, ANSWER, rule)

    def _number_rule(self, answers: AnswerSet, states: Choices) -> dict[str, str]:
        """A number within its limits, or a state in words."""
        cell = f"$E${self._row + 1}"
        limits = [f"ISNUMBER({cell})", f"{cell}>={answers.bands[0].start:.15g}"]
        limits += [] if answers.maximum is None else [f"{cell}<={answers.maximum:.15g}"]
        in_words = f"COUNTIF({states.reference[1:]},{cell})>0"
        formula = f"=OR(AND({','.join(limits)}),{in_words})"
        return {"validate": "custom", "value": formula, **self._error("number")}

    def _error(self, kind: str) -> dict[str, str]:
        return {
            "error_title": self._texts("sheet.error.title"),
            "error_message": self._texts(f"sheet.error.{kind}"),
        }

    def _ticks(self, question: Question) -> None:
        """One row for each option of a multiple choice."""
        tick = self._hidden.choices([(DONE, TICKED)])
        for option in question.answers.options:
            self._sheet.set_row(self._row, height((option.text, WIDTHS[OPTIONS])))
            name = f"{question.id}/{option.id}"
            self._sheet.write_string(self._row, ID, name)
            self._hidden.write("question", name, "tick", tick.name)
            self._sheet.write_string(self._row, OPTIONS, fitting(option.text), self._look.option)
            self._sheet.write_blank(self._row, ANSWER, None, self._look.input)
            self._drop_down(tick)
            self._row += 1

    def _mark(self, row: int) -> None:
        """A mark beside a question that has been answered, by a formula."""
        cells = f"E{row + 1}" if self._row == row + 1 else f"E{row + 1}:E{self._row}"
        formula = f'=IF(COUNTA({cells})>0,"{DONE}","")'
        self._sheet.write_formula(row, MARK, formula, self._look.mark, "")


def numbered(answers: AnswerSet) -> list[tuple[str, str]]:
    """The options as (text, id): steps with their number; numbers, yes and no as they are."""
    if answers.kind == "choice":
        return [(f"{place} – {option.text}", option.id) for place, option in enumerate(answers.options, 1)]
    return [(option.text, option.id) for option in answers.options]
