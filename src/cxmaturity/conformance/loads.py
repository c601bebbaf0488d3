"""The plugin can be loaded, and what it brings as files can be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from cxmaturity.conformance.subject import Subject
from cxmaturity.errors import UserError
from cxmaturity.plugins import describe, guarded
from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.roadmap.catalogue import read_catalogue
from cxmaturity.texts import read_entries

_NAME = re.compile(r"texts\.[a-z]{2}\.yaml")


def loads(subject: Subject) -> Iterator[str]:
    """The plugin is in use, its hooks are known, and its files are in order."""
    plugin = subject.plugin
    if plugin.state != "active":
        yield f"the plugin is {plugin.state}: {plugin.reason}"
        return
    for source in subject.texts:
        if not _NAME.fullmatch(source.name):
            yield f"'{source.name}' is not named texts.<language>.yaml, so nobody reads it"
        yield from _problems(source.name, lambda source=source: read_entries(source))  # type: ignore[misc]
    for source in subject.catalogues:
        yield from _problems(
            source.name,
            lambda source=source: read_catalogue(source, plugin.name),  # type: ignore[misc]
        )
    for name in subject.questionnaires:
        yield from _questionnaire(name, subject)


def _questionnaire(name: str, subject: Subject) -> Iterator[str]:
    """What is wrong with a questionnaire, in any of its languages."""
    known = subject.plugins.known_questionnaires()
    read = guarded(lambda: load_questionnaire(name, known=known))
    if isinstance(read, BaseException):
        yield from _words(name, read)
        return
    if read.id != name:
        yield f"the questionnaire in the folder '{name}' has the id '{read.id}'"
    for language in read.languages[1:]:
        yield from _problems(
            name,
            lambda language=language: load_questionnaire(name, language=language, known=known),  # type: ignore[misc]
        )


def _problems(name: str, read: Callable[[], object]) -> Iterator[str]:
    result = guarded(read)
    if isinstance(result, BaseException):
        yield from _words(name, result)


def _words(name: str, error: BaseException) -> Iterator[str]:
    if isinstance(error, UserError):
        yield from map(str, error.problems)
    else:
        yield f"{name}: {describe(error)}"
