"""What no schema can see: ids that are used twice, or that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cxmaturity.errors import Problem
from cxmaturity.questionnaire.schema import (
    AnyQuestion,
    ChoiceFile,
    MultipleFile,
    OptionFile,
    QuestionnaireFile,
)
from cxmaturity.yamlfile import YamlDocument

if TYPE_CHECKING:
    from cxmaturity.questionnaire.loading import LocatedDimension

Loc = tuple[str | int, ...]
Place = tuple[YamlDocument, Loc]


def check_dimensions(
    file: QuestionnaireFile, document: YamlDocument, located: Sequence[LocatedDimension]
) -> list[Problem]:
    """Every duplicate and dangling id of a questionnaire, and options scored in part."""
    dimension_ids = ((part.file.id, (part.document, (*part.loc, "id"))) for part in located)
    problems = [*_duplicates("dimension", dimension_ids)]
    for name, options in file.answer_sets.items():
        problems += _check_options(options, (document, ("answer_sets", name)))
    for part in located:
        practices = list(enumerate(part.file.practices))
        at = (*part.loc, "practices")
        problems += _duplicates("practice", ((p.id, (part.document, (*at, i, "id"))) for i, p in practices))
        for i, practice in practices:
            questions = list(enumerate(practice.questions))
            inner = (*at, i, "questions")
            problems += _duplicates(
                "question", ((q.id, (part.document, (*inner, j, "id"))) for j, q in questions)
            )
            for j, question in questions:
                problems += _check_question(question, file, (part.document, (*inner, j)))
    return problems


def _duplicates(kind: str, ids: Iterable[tuple[str, Place]]) -> Iterator[Problem]:
    first: dict[str, tuple[str, int]] = {}
    for name, (document, loc) in ids:
        if name in first:
            where = "{}:{}".format(*first[name])
            yield document.problem(
                loc, f"{kind} id '{name}' is used twice, first at {where}", "rename one of them"
            )
        else:
            first[name] = (document.file, document.place(loc)[0])


def _check_question(question: AnyQuestion, file: QuestionnaireFile, place: Place) -> Iterator[Problem]:
    document, loc = place
    for position, role in enumerate(question.roles):
        if role not in file.roles:
            yield _dangling(document, (*loc, "roles", position), "role", role, file.roles)
    if question.source.ref not in file.sources:
        yield _dangling(document, (*loc, "source", "ref"), "source", question.source.ref, file.sources)
    if isinstance(question, ChoiceFile):
        if question.answers is not None and question.answers not in file.answer_sets:
            yield _dangling(document, (*loc, "answers"), "answer set", question.answers, file.answer_sets)
        yield from _check_options(question.options or [], (document, (*loc, "options")))
    if isinstance(question, MultipleFile):
        ids = ((o.id, (document, (*loc, "options", k, "id"))) for k, o in enumerate(question.options))
        yield from _duplicates("option", ids)


def _check_options(options: Sequence[OptionFile], place: Place) -> Iterator[Problem]:
    document, loc = place
    yield from _duplicates("option", ((o.id, (document, (*loc, k, "id"))) for k, o in enumerate(options)))
    unscored = [k for k, option in enumerate(options) if option.score is None]
    if 0 < len(unscored) < len(options):
        what = "some options have a score and this one has none"
        yield document.problem((*loc, unscored[0]), what, "give all of them a score, or none")


def _dangling(document: YamlDocument, loc: Loc, kind: str, name: str, known: Iterable[str]) -> Problem:
    return document.problem(loc, f"there is no {kind} '{name}'", f"use one of {', '.join(known) or 'none'}")
