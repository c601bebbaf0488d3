"""What is shown of a question: where it stands, what it asks, what may be answered, what was."""

from __future__ import annotations

from math import ceil

from cxmaturity.api import State
from cxmaturity.cli.interview.terminal import Terminal
from cxmaturity.interview.dialogue import Interview
from cxmaturity.questionnaire.model import Question, Questionnaire
from cxmaturity.responses.model import Answer
from cxmaturity.texts import Texts

LETTERS = ("s", "d", "n", "b", "t", "q")


def show_question(
    terminal: Terminal, interview: Interview, question: Question, questionnaire: Questionnaire
) -> None:
    """Print a question of an interview."""
    terminal.show("")
    terminal.say(
        "interview.place",
        "dim",
        number=interview.questions.index(question) + 1,
        total=len(interview.questions),
        left=_time_left(terminal.texts, minutes_left(interview, questionnaire)),
    )
    terminal.say("interview.titles", **_titles(question, questionnaire))
    terminal.show("")
    terminal.show(question.text, "bold")
    if question.help:
        terminal.show(question.help)
    _show_options(terminal, question)
    terminal.say("interview.evidence", evidence=question.evidence)
    _show_given(terminal, interview, question)
    terminal.say(f"interview.ask.{question.answers.kind}", "dim", **_bounds(question))


def minutes_left(interview: Interview, questionnaire: Questionnaire) -> int:
    """The questionnaire's own estimate of its minutes, for the questions that are left."""
    everything = sum(1 for _ in questionnaire.questions())
    return ceil(questionnaire.minutes * interview.left / everything)


def _time_left(texts: Texts, minutes: int) -> str:
    return texts("interview.minutes", n=minutes) if minutes else texts("interview.none-left")


def in_words(question: Question, answer: Answer, texts: Texts, value: object) -> str:
    """An answer as one line; ``value`` is how the file has it."""
    options = question.answers.options
    match answer.state, question.answers.kind:
        case State.ANSWERED, "multiple":
            return " + ".join(options[position].text for position in sorted(answer.ticked))
        case State.ANSWERED, "number":
            return f"{value} {question.answers.unit}"
        case State.ANSWERED, "text":
            return answer.text
        case State.ANSWERED, _:
            return options[answer.position].text
        case _:
            return texts(f"interview.state.{answer.state.name.lower().replace('_', '-')}")


def _titles(question: Question, questionnaire: Questionnaire) -> dict[str, str]:
    """The titles of the dimension and practice that a question belongs to."""
    return next(
        {"dimension": dimension.title, "practice": practice.title}
        for dimension in questionnaire.dimensions
        for practice in dimension.practices
        if practice.id == question.practice
    )


def _show_options(terminal: Terminal, question: Question) -> None:
    options = question.answers.options
    terminal.show("")
    if question.answers.kind == "scale":
        terminal.show(f"  {' · '.join(option.text for option in options)}")
    elif options:
        terminal.options(option.text for option in options)
    if options:
        terminal.show("")


def _show_given(terminal: Terminal, interview: Interview, question: Question) -> None:
    """What was answered and noted before, if anything was."""
    answer = interview.given(question)
    if answer is not None:
        said = in_words(question, answer, terminal.texts, interview.record.answers[question.id])
        terminal.say("interview.given", answer=said)
    if note := interview.record.notes.get(question.id):
        terminal.say("interview.note.given", note=note)


def _bounds(question: Question) -> dict[str, str]:
    """The fields of the line that says what may be typed."""
    answers = question.answers
    ids = [option.id for option in answers.options]
    low, high = (ids[0], ids[-1]) if answers.kind == "scale" else ("1", str(len(ids)))
    return {"low": low, "high": high, "unit": answers.unit, "letters": " ".join(LETTERS)}
