"""Which question comes next: an interview as a frozen value, and what each input makes of it.

What has been dealt with stands in the record, and the next question follows from that alone. So an
interview that is begun again from its file goes on where it stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cxmaturity.api import State
from cxmaturity.interview.record import Record
from cxmaturity.questionnaire.model import Question, Questionnaire
from cxmaturity.responses.answers import read_answer
from cxmaturity.responses.model import Answer

SKIPPED, NOT_SHOWN = "unanswered", "not-shown"


@dataclass(frozen=True, slots=True)
class Interview:
    """Where an interview stands.

    ``questions`` are those asked, ``at`` the position (from 0) of the one that is open, ``None`` at the end;
    ``order`` holds the ids of all questions, asked or not; ``offered`` those that were skipped, offered
    again, and left.
    """

    questions: tuple[Question, ...]
    record: Record
    order: tuple[str, ...]
    at: int | None = None
    offered: frozenset[str] = frozenset()

    @property
    def question(self) -> Question | None:
        """The question that is open; ``None`` at the end."""
        return None if self.at is None else self.questions[self.at]

    @property
    def again(self) -> bool:
        """Whether every question has been dealt with, so that only those skipped are offered again."""
        return all(question.id in self.record.answers for question in self.questions)

    @property
    def left(self) -> int:
        """How many questions have no answer yet: those to come, and those skipped."""
        return self.counts()[State.UNANSWERED]

    def given(self, question: Question) -> Answer | None:
        """What was answered so far; ``None`` for a question that has not been dealt with."""
        value = self.record.answers.get(question.id)
        return None if value is None else read_answer(question, value)

    def counts(self) -> Mapping[State, int]:
        """How many of the questions asked are in which state."""
        given = (self.given(question) for question in self.questions)
        return Counter(State.UNANSWERED if answer is None else answer.state for answer in given)

    def skipped(self, question: Question) -> bool:
        """Whether a question was passed over."""
        answer = self.given(question)
        return answer is not None and answer.state is State.UNANSWERED


def begin(questionnaire: Questionnaire, record: Record, *, role: str | None = None) -> Interview:
    """The interview of a record, at the first question that has not been dealt with.

    With a role, the questions that are not for it are recorded as not shown, unless they are answered.
    The record's answers are those that its questions have, as :func:`read_record` sees to.
    """
    everything = tuple(questionnaire.questions())
    order = tuple(question.id for question in everything)
    hidden = [each.id for each in everything if role is not None and role not in each.roles]
    answers = _ordered({**dict.fromkeys(hidden, NOT_SHOWN), **record.answers}, order)
    asked = tuple(each for each in everything if not _not_shown(each, answers))
    return _onwards(Interview(asked, replace(record, answers=answers), order))


def give(interview: Interview, value: Any) -> Interview:
    """The interview with an answer, as response files write it, to the question that is open."""
    question = _open(interview)
    answers = _ordered({**interview.record.answers, question.id: value}, interview.order)
    return _left(interview, replace(interview.record, answers=answers))


def keep(interview: Interview) -> Interview:
    """The interview after what was answered before has been left as it is; the same one if nothing was."""
    dealt_with = _open(interview).id in interview.record.answers
    return _left(interview, interview.record) if dealt_with else interview


def back(interview: Interview, to: int | None = None) -> Interview:
    """The interview at the question before, or at a position (from 0). Nothing that was answered changes."""
    if not interview.questions:
        return interview
    here = len(interview.questions) if interview.at is None else interview.at
    return replace(interview, at=max(0, here - 1) if to is None else to)


def annotate(interview: Interview, note: str) -> Interview:
    """The interview with a note on the question that is open; an empty one removes the note."""
    question = _open(interview)
    notes = {name: text for name, text in interview.record.notes.items() if name != question.id}
    if note:
        notes[question.id] = note
    return replace(interview, record=replace(interview.record, notes=notes))


def _open(interview: Interview) -> Question:
    if interview.question is None:
        raise ValueError("every question has been dealt with")
    return interview.question


def _left(interview: Interview, record: Record) -> Interview:
    """The interview after the open question has been dealt with."""
    offered = interview.offered | ({_open(interview).id} if interview.again else frozenset())
    return _onwards(replace(interview, record=record, offered=offered))


def _onwards(interview: Interview) -> Interview:
    """The interview at the first question not dealt with; then at the first one that was skipped."""
    answers = interview.record.answers
    ahead = [at for at, each in enumerate(interview.questions) if each.id not in answers]
    skipped = (
        at
        for at, each in enumerate(interview.questions)
        if each.id not in interview.offered and interview.skipped(each)
    )
    return replace(interview, at=ahead[0] if ahead else next(skipped, None))


def _not_shown(question: Question, answers: Mapping[str, Any]) -> bool:
    value = answers.get(question.id)
    return value is not None and read_answer(question, value).state is State.NOT_SHOWN


def _ordered(answers: Mapping[str, Any], order: tuple[str, ...]) -> dict[str, Any]:
    """Answers in the order of the questions; what is no question of these follows."""
    places = {name: place for place, name in enumerate(order)}
    return dict(sorted(answers.items(), key=lambda entry: places.get(entry[0], len(places))))
