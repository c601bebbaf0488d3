"""What a line typed at a question means: an answer, a way to go, or nothing, with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any

from cxmaturity.api import WORDS_FOR_STATES, State
from cxmaturity.interview.dialogue import NOT_SHOWN, SKIPPED
from cxmaturity.questionnaire.model import Question
from cxmaturity.responses.answers import AnswerError, read_answer
from cxmaturity.yamlfile.characters import FORBIDDEN, name_of
from cxmaturity.yamlfile.scalars import resolve

MAX_LENGTH = 10_000  # of a text: some pages; a file of them stays far from what can be read

_BACK = re.compile(r"[bB](?: +([0-9]{1,6}))?")
_STATES = {"s": SKIPPED, "d": "dont-know", "n": "n/a"}
_DIGITS = re.compile(r"[0-9]{1,6}")


class Move(Enum):
    """An input that is no answer."""

    KEEP = ""
    NOTE = "t"
    QUIT = "q"
    HELP = "?"


@dataclass(frozen=True, slots=True)
class Give:
    """An answer, as response files write it: an option's id, a list of them, a number, a text, a state."""

    value: Any


@dataclass(frozen=True, slots=True)
class Back:
    """Back to the question before, or to the one at a position (from 0)."""

    to: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that means nothing here: what is wrong, and what to do."""

    what: str
    fix: str


Input = Move | Give | Back | Refused


def understand(question: Question, line: str, count: int) -> Input:
    """What a line means at a question, one of ``count``. Case and blanks around do not matter."""
    text = line.strip()
    if refused := unusable(text):
        return refused
    return _command(question, text, count) or _given(question, text)


def understand_end(line: str, count: int) -> Move | Back | Refused:
    """What a line means where every question, ``count`` of them, has been dealt with."""
    text = line.strip()
    if text.lower() in {"", Move.QUIT.value}:
        return Move.QUIT
    if found := _BACK.fullmatch(text):
        return _back(found[1], count)
    return Refused("there is nothing left to answer", "press Enter to finish, or go back with b and a number")


def _command(question: Question, text: str, count: int) -> Input | None:
    """The input that is meant by a letter, or by nothing at all."""
    letter = text.lower()
    if letter in {move.value for move in Move}:
        return Move(letter)
    if found := _BACK.fullmatch(text):
        return _back(found[1], count)
    if letter == "n" and question.answers.kind == "yes-no":
        return Refused("'n' could be No, or not applicable", "type no, or n/a")
    return Give(_STATES[letter]) if letter in _STATES else None


def _given(question: Question, text: str) -> Input:
    try:
        return Give(_answer(question, text))
    except AnswerError as error:
        return Refused(error.what, error.fix)


def unusable(text: str) -> Refused | None:
    """Why a text cannot be kept, if it cannot: no file may hold it."""
    if found := FORBIDDEN.search(text):
        return Refused(f"the character {name_of(found[0])} cannot be kept", "write it without")
    if len(text) > MAX_LENGTH:
        return Refused(f"the text is longer than {MAX_LENGTH:,} characters", "shorten it")
    return None


def _back(number: str | None, count: int) -> Back | Refused:
    if number is None:
        return Back()
    if not 1 <= int(number) <= count:
        return Refused(f"there is no question {int(number)}", f"use 1 to {count}")
    return Back(int(number) - 1)


def _answer(question: Question, text: str) -> Any:
    """The answer that a text stands for, as response files write it. Raises :class:`AnswerError`."""
    value = _value(question, text)
    answer = read_answer(question, value)
    if answer.state is State.NOT_SHOWN:
        raise AnswerError(f"'{NOT_SHOWN}' is for what nobody asked", "use s, d or n")
    if answer.state is not State.ANSWERED:
        return value
    options = question.answers.options
    match question.answers.kind:
        case "scale":
            return int(options[answer.position].id)
        case "choice" | "yes-no":
            return options[answer.position].id
        case "multiple":
            return [options[position].id for position in sorted(answer.ticked)]
        case _:
            return value


def _value(question: Question, text: str) -> Any:
    """A text in the form in which a file would give it."""
    if text.lower() in WORDS_FOR_STATES:
        return text.lower()
    match question.answers.kind:
        case "number":
            return _number(text)
        case "multiple":
            return [_position(part) for part in re.split(r"[\s,;]+", text) if part] or text
        case "choice":
            return _position(text)
        case "yes-no":
            ids = [option.id for option in question.answers.options]
            return ids[int(text) - 1] if text in {"1", "2"} else text.lower()
        case _:
            return text


def _position(text: str) -> int | str:
    return int(text) if _DIGITS.fullmatch(text) else text.lower()


def _number(text: str) -> Any:
    try:
        value = resolve(text)
    except OverflowError:
        raise AnswerError("this number is too large", "correct it") from None
    return text if value is None else value  # what stands for nothing in a file is no number here
