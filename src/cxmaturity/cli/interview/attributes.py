"""Asks who the person is: an id that nobody else has, and what is known of the person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from cxmaturity.cli.interview.terminal import EndedError, Terminal
from cxmaturity.errors import Problem, UserError
from cxmaturity.interview.inputs import Move, unusable
from cxmaturity.interview.record import Record
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.responses.model import PERSONAL

_ID = re.compile(r"\w[\w.-]{0,63}")


def check_id(name: str) -> None:
    """Refuse an id that names no file. Raises :class:`UserError`."""
    if not _ID.fullmatch(name):
        what = "the id of a respondent is not one that can name a file"
        raise UserError.about("", what, "use up to 64 letters, digits, points and hyphens, such as r07")


def with_options(record: Record, file: Path, given: Mapping[str, str | None]) -> Record:
    """The record with what options say of the person. Raises :class:`UserError` where the file differs."""
    problems = []
    said = {name: value for name, value in given.items() if value is not None}
    for name, value in said.items():
        if refused := unusable(value):
            problems.append(Problem(f"--{name}", 0, 0, refused.what, refused.fix))
        elif record.attributes.get(name, value) != value:
            fix = f"leave --{name} out, or correct the file"
            problems.append(Problem(str(file), 0, 0, f"the file names another {name}", fix))
    if problems:
        raise UserError(problems)
    return replace(record, attributes={**record.attributes, **said})


def ask_id(terminal: Terminal, suggested: str, open_: Callable[[str], None]) -> None:
    """Ask for the person's id until it is one that can be opened."""
    terminal.say("interview.id", id=suggested)
    while True:
        text = terminal.read().strip()
        if text.lower() == Move.QUIT.value:
            raise EndedError
        try:
            open_(text or suggested)
        except UserError as error:
            for problem in error.problems:
                terminal.say_whole("interview.problem", problem=str(problem))
        else:
            return


def ask_attributes(
    terminal: Terminal, record: Record, questionnaire: Questionnaire, save: Callable[[Record], None]
) -> None:
    """Ask for what is not known of the person yet, and save each."""
    for name in PERSONAL:
        if name in record.attributes:
            continue
        value = _ask_role(terminal, questionnaire) if name == "role" else _ask_text(terminal, name)
        if value:
            record = replace(record, attributes={**record.attributes, name: value})
            save(record)


def _ask_role(terminal: Terminal, questionnaire: Questionnaire) -> str:
    roles = list(questionnaire.roles)
    terminal.say("interview.attribute.role")
    terminal.options(questionnaire.roles.values())
    while True:
        text = _read_text(terminal)
        if text in {"", *roles}:
            return text
        if text.isdecimal() and 1 <= int(text[:6]) <= len(roles):
            return roles[int(text[:6]) - 1]
        terminal.refuse("there is no such role", f"use 1 to {len(roles)}, or press Enter to leave it out")


def _ask_text(terminal: Terminal, name: str) -> str:
    terminal.say(f"interview.attribute.{name}")
    return _read_text(terminal)


def _read_text(terminal: Terminal) -> str:
    """A text that a file can hold, or nothing."""
    while True:
        text = terminal.read().strip()
        if text.lower() == Move.QUIT.value:
            raise EndedError
        refused = unusable(text)
        if refused is None:
            return text
        terminal.refuse(refused.what, refused.fix)
