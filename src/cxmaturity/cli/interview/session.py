"""Asks one question after the other, and saves after each answer."""

from __future__ import annotations

from dataclasses import replace

from cxmaturity.cli.interview.attributes import ask_attributes
from cxmaturity.cli.interview.pages import in_words, show_question
from cxmaturity.cli.interview.terminal import EndedError, Terminal
from cxmaturity.interview.dialogue import Interview, annotate, back, begin, give, keep
from cxmaturity.interview.file import RecordFile
from cxmaturity.interview.inputs import Back, Give, Move, Refused, understand, understand_end, unusable
from cxmaturity.interview.record import Record
from cxmaturity.questionnaire.model import Question, Questionnaire
from cxmaturity.responses.answers import read_answer

_REMOVE = "-"


class Session:
    """One sitting of an interview: its state, its file and the terminal."""

    def __init__(
        self,
        terminal: Terminal,
        questionnaire: Questionnaire,
        file: RecordFile,
        record: Record,
        role: str | None,
    ) -> None:
        self.interview = begin(questionnaire, record, role=role)
        self._begun_with = self.interview.record
        self._terminal = terminal
        self._questionnaire = questionnaire
        self._file = file

    def run(self) -> None:
        """Ask until everything has been dealt with. Raises :class:`EndedError` when the person leaves."""
        self._introduce()
        show = True
        while self.interview.question is not None or not self._at_the_end():
            question = self.interview.question
            if question is None:
                continue
            if show:
                show_question(self._terminal, self.interview, question, self._questionnaire)
            show = self._ask(question)

    def save(self) -> None:
        """Write what has been said; where nothing has, no file is begun."""
        if self.interview.record != self._begun_with:
            self._file.save(self.interview.record)

    def _introduce(self) -> None:
        total = len(self.interview.questions)
        dealt_with = sum(each.id in self.interview.record.answers for each in self.interview.questions)
        if dealt_with:
            self._terminal.say("interview.resumed", n=dealt_with, total=total)
        else:
            ask_attributes(self._terminal, self.interview.record, self._questionnaire, self._know)
            self._terminal.show("")
            self._terminal.say("interview.keys")
        if self.interview.again and self.interview.question is not None:
            self._terminal.say("interview.again", n=self.interview.left)

    def _know(self, record: Record) -> None:
        """Keep what has been learnt of the person."""
        self.interview = replace(self.interview, record=record)
        self.save()

    def _at_the_end(self) -> bool:
        """Ask whether that is all; whether it is."""
        self._terminal.show("")
        self._terminal.say("interview.end")
        match understand_end(self._terminal.read(), len(self.interview.questions)):
            case Back(to):
                self.interview = back(self.interview, to)
            case Refused(what, fix):
                self._terminal.refuse(what, fix)
            case _:
                return True
        return False

    def _ask(self, question: Question) -> bool:
        """Read one input to the open question; whether a question has to be shown after it."""
        match understand(question, self._terminal.read(), len(self.interview.questions)):
            case Give(value):
                self._give(question, value)
                return True
            case Back(to):
                self.interview = back(self.interview, to)
                return True
            case Move.KEEP:
                return self._keep()
            case Move.NOTE:
                self._note(question)
            case Move.HELP:
                self._terminal.say("interview.keys")
            case Move.QUIT:
                raise EndedError
            case Refused(what, fix):
                self._terminal.refuse(what, fix)
        return False

    def _give(self, question: Question, value: object) -> None:
        """Record an answer, and say what was recorded, so that a slip is noticed."""
        before, self.interview = self.interview, give(self.interview, value)
        self.save()
        said = in_words(question, read_answer(question, value), self._terminal.texts, value)
        self._terminal.say("interview.recorded", answer=said)
        self._say_if_again(before)

    def _keep(self) -> bool:
        kept = keep(self.interview)
        if kept == self.interview:
            self._terminal.say("interview.nothing")
            return False
        self.interview = kept
        return True

    def _say_if_again(self, before: Interview) -> None:
        """Say that what was skipped comes again, once that begins."""
        if self.interview.again and not before.again and self.interview.question is not None:
            self._terminal.show("")
            self._terminal.say("interview.again", n=self.interview.left)

    def _note(self, question: Question) -> None:
        """Ask for a note on the open question. An empty line keeps what there is."""
        before = self.interview.record.notes.get(question.id)
        self._terminal.say("interview.note.change" if before else "interview.note.ask")
        text = self._terminal.read().strip()
        if refused := unusable(text):
            self._terminal.refuse(refused.what, refused.fix)
            return
        if text:
            self.interview = annotate(self.interview, "" if text == _REMOVE else text)
            self.save()
        self._terminal.say("interview.note.removed" if text == _REMOVE else "interview.note.kept")
