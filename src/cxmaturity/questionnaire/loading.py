"""Finds a questionnaire, reads its files, and reports everything that is wrong with them at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.resources.abc import Traversable
from pathlib import Path

from cxmaturity.errors import Problem, UserError
from cxmaturity.questionnaire.building import build_dimension, build_levels
from cxmaturity.questionnaire.checking import Node, check_questionnaire
from cxmaturity.questionnaire.model import Questionnaire, only
from cxmaturity.questionnaire.schema import DimensionFile, QuestionnaireFile, SelectionFile
from cxmaturity.questionnaire.shipped import FILE, shipped
from cxmaturity.questionnaire.texts import QuestionnaireTexts, read_overlay, translations
from cxmaturity.yamlfile import YamlDocument, read_yaml, validate


def load_questionnaire(
    reference: str,
    *,
    base: Path | None = None,
    language: str | None = None,
    known: Mapping[str, Traversable] | None = None,
) -> Questionnaire:
    """The questionnaire with this id, or at this path (a file, or a folder that holds one).

    A relative path starts at ``base``. ``language`` is that of the texts, by default the
    questionnaire's own. ``known`` are the folders of questionnaires by id, by default those that come with
    the product. Raises :class:`UserError` with every problem of every file.
    """
    known = shipped() if known is None else known
    folder, name = _find(reference, base or Path(), known)
    document = read_yaml(folder.joinpath(name))
    if isinstance(document.data, dict) and "select" in document.data:
        return _load_selection(document, folder.joinpath(name), language, known)
    return _load_whole(document, folder, language)


def _find(reference: str, base: Path, known: Mapping[str, Traversable]) -> tuple[Traversable, str]:
    """The folder and file name of a questionnaire."""
    if reference in known:
        return known[reference], FILE
    path = base / reference
    if path.is_dir() and (path / FILE).is_file():
        return path, FILE
    if path.is_file():
        return path.parent, path.name
    raise UserError.about(
        reference, "there is no such questionnaire", f"name a file, or one of {', '.join(known)}"
    )


def _load_whole(document: YamlDocument, folder: Traversable, language: str | None) -> Questionnaire:
    file, problems = validate(document, QuestionnaireFile)
    inside, files, more = _read_dimensions(document, folder)
    problems += more + check_questionnaire(Node(document.data, document, ()), inside)
    if problems or file is None:
        raise UserError(problems)
    languages = translations(folder)
    texts = _texts(document, file.language, languages, language)
    questionnaire = Questionnaire(
        id=file.id,
        version=file.version,
        language=texts.language,
        languages=(file.language, *languages),
        title=texts.of("title", file.title),
        description=texts.of("description", file.description),
        minutes=file.minutes,
        levels=build_levels(file, texts),
        roles={role: texts.of(f"roles.{role}", name) for role, name in file.roles.items()},
        sources=dict(file.sources),
        dimensions=tuple(
            build_dimension(files[entry] if isinstance(entry, str) else entry, file.answer_sets, texts)
            for entry in file.dimensions
        ),
        sha256=_digest(document, folder, files),
    )
    texts.check()
    return questionnaire


def _digest(document: YamlDocument, folder: Traversable, files: Iterable[str]) -> str:
    """The SHA-256 of all files of a questionnaire, in the order in which it names them."""
    digest = hashlib.sha256()
    for name in (Path(document.file).name, *files):
        digest.update(folder.joinpath(name).read_bytes())
    return digest.hexdigest()


def _texts(
    document: YamlDocument, own: str, languages: dict[str, Traversable], language: str | None
) -> QuestionnaireTexts:
    if language in (None, own):
        return QuestionnaireTexts(own)
    if language not in languages:
        have = ", ".join((own, *languages))
        raise UserError(
            [document.problem((), f"has no texts in language '{language}'", f"use one of {have}")]
        )
    return QuestionnaireTexts(str(language), read_overlay(languages[str(language)]))


def _read_dimensions(
    document: YamlDocument, folder: Traversable
) -> tuple[list[Node], dict[str, DimensionFile], list[Problem]]:
    """All dimensions as written, those in files of their own by file, and what is wrong with these."""
    listed = Node(document.data, document, ()).get("dimensions")
    nodes = listed.items()
    files: dict[str, DimensionFile] = {}
    problems: list[Problem] = []
    for position, entry in enumerate(listed.data if isinstance(listed.data, list) else ()):
        if not isinstance(entry, str):
            continue
        if entry in {"", ".", ".."} or Path(entry).name != entry:
            what = f"'{entry}' is not a plain file name"
            problems.append(document.problem((*listed.loc, position), what, "put it beside this file"))
            continue
        try:
            part = read_yaml(folder.joinpath(entry), name=str(Path(document.file).with_name(entry)))
        except UserError as error:
            problems += error.problems
            continue
        nodes.append(Node(part.data, part, ()))
        dimension, found = validate(part, DimensionFile)
        problems += found
        if dimension is not None:
            files[entry] = dimension
    return nodes, files, problems


def _load_selection(
    document: YamlDocument, source: Traversable, language: str | None, known: Mapping[str, Traversable]
) -> Questionnaire:
    """A questionnaire made of some questions of another one, its texts not repeated."""
    file, problems = validate(document, SelectionFile)
    if file is None:
        raise UserError(problems)
    if file.base not in known:
        raise UserError(
            [document.problem(("base",), f"there is no questionnaire '{file.base}'", "correct the id")]
        )
    whole = load_questionnaire(file.base, language=language, known=known)
    asked = {question.id for question in whole.questions()}
    for position, question in enumerate(file.select):
        if question not in asked:
            what = f"'{question}' is no question of {file.base}"
            problems.append(document.problem(("select", position), what, "correct the id"))
        elif question in file.select[:position]:
            problems.append(
                document.problem(("select", position), f"'{question}' is listed twice", "remove one")
            )
    if problems:
        raise UserError(problems)
    digest = hashlib.sha256(source.read_bytes() + whole.sha256.encode())
    return replace(
        whole,
        id=file.id,
        version=file.version,
        title=file.title,
        description=file.description,
        minutes=file.minutes,
        dimensions=only(whole.dimensions, frozenset(file.select)),
        sha256=digest.hexdigest(),
    )
