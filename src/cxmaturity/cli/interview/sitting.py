"""One sitting from beginning to end: opens the workspace and the file, asks, and says how to go on."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from cxmaturity.api import State
from cxmaturity.cli.interview import Wanted
from cxmaturity.cli.interview.attributes import ask_id, check_id, with_options
from cxmaturity.cli.interview.session import Session
from cxmaturity.cli.interview.terminal import EndedError, Terminal
from cxmaturity.errors import Problem, UserError
from cxmaturity.interview.file import RecordFile
from cxmaturity.interview.others import Other, next_id, others
from cxmaturity.sheets.asked import asked_of
from cxmaturity.texts import languages, load_texts
from cxmaturity.workspace import Asking, read_asking

_FOLDER = "responses"


def hold(wanted: Wanted) -> bool:
    """Hold an interview; whether all of the questionnaire could be asked. Raises :class:`UserError`."""
    asking = read_asking(wanted.folder, language=wanted.language, selection=wanted.options.selection)
    asked_of(asking.questionnaire, wanted.role)  # so that a role that is asked nothing is named
    language = asking.questionnaire.language
    sitting = _Sitting(wanted, asking, Terminal(load_texts(language if language in languages() else "en")))
    if wanted.respondent is not None:
        sitting.open(wanted.respondent)
    try:
        sitting.run()
    except (EndedError, KeyboardInterrupt):
        sitting.leave()
    else:
        sitting.finish()
    for problem in (*asking.missing, *sitting.remarks()):
        click.echo(f"warning: {problem}", err=True)
    return not asking.missing


@dataclass
class _Sitting:
    """The workspace, the terminal, and the questions once it is known who answers."""

    wanted: Wanted
    asking: Asking
    terminal: Terminal
    respondent: str = ""
    session: Session | None = None

    def open(self, respondent: str) -> None:
        """Take the file of a person. Raises :class:`UserError` where that would harm what others wrote."""
        check_id(respondent)
        path = self._path(respondent)
        for other in self._others():
            if other.id == respondent and Path(other.file) != path:
                what = f"respondent '{respondent}' stands in this file already"
                raise UserError([other.problem(what, "choose another id")])
        questionnaire = self.asking.questionnaire
        file = RecordFile(path)
        given = {"role": self.wanted.role, "department": self.wanted.department}
        record = with_options(file.read(respondent, questionnaire), path, given)
        self.session = Session(self.terminal, questionnaire, file, record, self.wanted.role)
        self.respondent = respondent

    def run(self) -> None:
        """Ask everything. Raises :class:`EndedError` when the person leaves before the end."""
        questionnaire = self.asking.questionnaire
        self.terminal.say("interview.title", "bold", title=questionnaire.title)
        minutes = self.terminal.texts("interview.about", n=questionnaire.minutes)
        self.terminal.say("interview.length", n=len(list(questionnaire.questions())), minutes=minutes)
        if self.session is None:
            ask_id(self.terminal, self._free_id(), self.open)
        if self.session is not None:
            self.session.run()

    def leave(self) -> None:
        """Save, and say how to go on."""
        if self.session is not None:
            self.session.save()
        if not self._path(self.respondent).is_file():
            self.terminal.say_whole("interview.unsaved", command=self._command(None))
            return
        self.finish(self._command(self.respondent))

    def finish(self, resume: str | None = None) -> None:
        """Say what there is now, where it is, and what comes next."""
        self.terminal.show("")
        if self.session is not None:
            counts = self.session.interview.counts()
            words = {state.name.lower(): counts.get(state, 0) for state in State}
            self.terminal.say("interview.summary", "bold", **words)
        self.terminal.say_whole("interview.saved", file=str(self._path(self.respondent)))
        if resume is not None:
            self.terminal.say_whole("interview.resume", command=resume)
            return
        assess = shlex.join(["cxmaturity", "assess", str(self.wanted.folder)])
        self.terminal.say_whole("interview.next", assess=assess, command=self._command(None))

    def remarks(self) -> Iterator[Problem]:
        """What keeps these answers, or those of others, from counting as they should."""
        path = self._path(self.respondent)
        if path.is_file() and path not in self.asking.response_files():
            pattern = f"{_FOLDER}/{path.name}"
            what = f"no pattern of `responses` matches {pattern}, so its answers do not count"
            yield self.asking.document.problem(("responses",), what, f"add {pattern} to the list")
        for other in self._others():
            if not other.answered:
                what = f"respondent '{other.id}' has answered nothing, which lowers the coverage"
                yield other.problem(what, "remove the entry if nobody is to fill it in")

    def _path(self, respondent: str) -> Path:
        return self.wanted.folder / _FOLDER / f"{respondent}.yaml"

    def _others(self) -> tuple[Other, ...]:
        return others(self.asking.response_files())

    def _free_id(self) -> str:
        files = (self.wanted.folder / _FOLDER).glob("*.yaml")
        return next_id(frozenset({*(other.id for other in self._others()), *(each.stem for each in files)}))

    def _command(self, respondent: str | None) -> str:
        return self.wanted.again(respondent)
