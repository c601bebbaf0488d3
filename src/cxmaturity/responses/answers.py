"""What one answer as written means: its state, and its worth under the question's answer set."""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

from cxmaturity.api import WORDS_FOR_STATES, State
from cxmaturity.questionnaire.model import AnswerSet, Question
from cxmaturity.responses.model import Answer
from cxmaturity.suggesting import did_you_mean


class AnswerError(ValueError):
    """An answer that the question does not have: what is wrong, and what to do."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix


def read_answer(question: Question, value: Any) -> Answer:
    """The answer that a value from a file stands for.

    A value is an option's id or its position from 1 (for a scale: the number), ``true`` / ``false`` or
    ``yes`` / ``no``, a list of options or a text of them between ``;`` or ``|``, a number, words, or a
    state: ``n/a``, ``dont-know``, ``not-shown``. Raises :class:`AnswerError`.
    """
    if value in (None, "", []):
        return Answer(State.UNANSWERED)
    if isinstance(value, str) and value.strip().lower() in WORDS_FOR_STATES:
        return Answer(WORDS_FOR_STATES[value.strip().lower()])
    answers = question.answers
    match answers.kind:
        case "text":
            return Answer(State.ANSWERED, text=str(value))
        case "number":
            return Answer(State.ANSWERED, answers.of_number(_number(answers, value)))
        case "multiple":
            ticked = _ticked(answers, value)
            return Answer(State.ANSWERED, answers.of_options(ticked), ticked=ticked)
        case _:
            position = _position(answers, value)
            return Answer(State.ANSWERED, answers.options[position].fraction, position)


def _position(answers: AnswerSet, value: Any) -> int:
    """The position (from 0) of the option that a value names."""
    if isinstance(value, bool) and answers.kind == "yes-no":
        return int(value)
    ids = [option.id for option in answers.options]
    if str(value) in ids and not isinstance(value, bool):
        return ids.index(str(value))
    if isinstance(value, int) and not isinstance(value, bool) and answers.kind not in {"scale", "yes-no"}:
        if 1 <= value <= len(ids):
            return value - 1
        raise AnswerError(f"there is no option {value}", f"use 1 to {len(ids)}, or an option's id")
    fix = did_you_mean(str(value), ids, f"use one of {', '.join(ids)}")
    raise AnswerError(f"{_quoted(value)} is not one of the options", fix)


def _ticked(answers: AnswerSet, value: Any) -> frozenset[int]:
    values = value if isinstance(value, list) else _separated(answers, value)
    positions = [_position(answers, each) for each in values]
    if len(set(positions)) < len(positions):
        raise AnswerError("an option is ticked twice", "list each option once")
    alone = [answers.options[position] for position in positions if answers.options[position].exclusive]
    if alone and len(positions) > 1:
        raise AnswerError(f"'{alone[0].id}' rules out every other option", "tick it alone, or leave it out")
    return frozenset(positions)


def _separated(answers: AnswerSet, value: Any) -> list[Any]:
    """The options that one text names between ``;`` or ``|``, as a cell of a table has them."""
    if not isinstance(value, str) or value in {option.id for option in answers.options}:
        return [value]
    parts = [part for part in map(str.strip, re.split(r"[;|]", value)) if part]
    return [int(part) if re.fullmatch(r"[0-9]{1,9}", part) else part for part in parts] or [value]


def _number(answers: AnswerSet, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        raise AnswerError(f"{_quoted(value)} is not a number", f"give a number of {answers.unit}")
    if value < answers.bands[0].start:
        raise AnswerError(
            f"{value} is too small", f"the smallest possible value is {answers.bands[0].start:g}"
        )
    if answers.maximum is not None and value > answers.maximum:
        raise AnswerError(f"{value} is too large", f"the largest possible value is {answers.maximum:g}")
    return float(value)


def _quoted(value: Any) -> str:
    text = str(value)
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"  # noqa: PLR2004 - one line of a terminal
