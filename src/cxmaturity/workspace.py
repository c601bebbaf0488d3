"""A workspace: one engagement on disk, with ``assessment.yaml`` at its root."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from cxmaturity.agreeing import check_agreed
from cxmaturity.confirming import check_confirmed
from cxmaturity.errors import Problem, UserError
from cxmaturity.evidence.configuring import evidence_of
from cxmaturity.evidence.model import EvidenceRequest
from cxmaturity.invited import check_invited
from cxmaturity.paths import lies_inside, seen_from
from cxmaturity.plugins import Plugins, Selection, load_plugins
from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.questionnaire.merging import conflicts, merge, with_weights
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.questionnaire.schema import ID_PATTERN
from cxmaturity.responses.mapping.format import SUFFIX as MAPPING_SUFFIX
from cxmaturity.responses.model import Responses
from cxmaturity.responses.reading import read_responses
from cxmaturity.settings import AssessmentFile
from cxmaturity.texts import languages
from cxmaturity.yamlfile import YamlDocument, read_yaml, validate

if TYPE_CHECKING:
    from cxmaturity.anonymity.ledger import Ledger
    from cxmaturity.anonymity.release import Release

Loc = tuple[str | int, ...]

FILE = "assessment.yaml"
CONFIDENTIAL_FROM = 16


@dataclass(frozen=True)
class Workspace:
    """A workspace as read: what it says, what was asked and answered, and the plugins it was read with.

    ``missing`` names the parts of the questionnaire that could not be asked, ``ledger`` is what earlier
    results were made from, if the workspace is confidential and has any.
    """

    folder: Path
    document: YamlDocument
    file: AssessmentFile
    questionnaire: Questionnaire
    responses: Responses
    plugins: Plugins
    missing: tuple[Problem, ...] = ()
    ledger: Ledger | None = None

    @property
    def confidential(self) -> bool:
        """Whether the anonymity minimum binds: as the file says, else for surveys and from 16 people on.

        Where it has bound a result it binds those after it, until the file says otherwise.
        """
        if self.file.confidential is not None:
            return self.file.confidential
        many = len(self.responses.respondents) >= CONFIDENTIAL_FROM
        return self.responses.survey or many or self.ledger is not None

    @cached_property
    def release(self) -> Release:
        """What may be shown of the answers: all that anything published is made from."""
        from cxmaturity.anonymity.release import open_release, release  # lazy: numpy

        if not self.confidential:
            return open_release(self.responses, self.file.free_text)
        minimum = self.file.anonymity_minimum
        return release(self.responses, minimum, self.ledger, free_text=self.file.free_text)

    @property
    def may_cap(self) -> frozenset[str]:
        """The third-party plugins that may bind more than their own dimension."""
        return frozenset(self.file.plugins.may_cap)

    def evidence(self) -> EvidenceRequest:
        """What is to be measured."""
        asked = frozenset(dimension.id for dimension in self.questionnaire.dimensions)
        return evidence_of(self.file, self.folder, dimensions=asked)

    def logo(self) -> Path | None:
        """The brand's logo."""
        return self.folder / self.file.brand.logo if self.file.brand.logo else None


@dataclass(frozen=True)
class Reading:
    """What could be read of a workspace, and every problem of every file.

    ``workspace`` is there only without problems; ``file`` holds those settings that are in order.
    """

    problems: tuple[Problem, ...]
    document: YamlDocument
    file: AssessmentFile | None = None
    plugins: Plugins | None = None
    workspace: Workspace | None = None


def read_workspace(
    folder: Path,
    *,
    language: str | None = None,
    selection: Selection | None = None,
    plugins: Plugins | None = None,
) -> Reading:
    """Read as much of a workspace as can be read, one problem hiding none of the others.

    Raises :class:`UserError` only where there is no ``assessment.yaml`` that is YAML.
    """
    document = read_workspace_file(folder)
    file, problems = validate(document, AssessmentFile)
    file = file or _in_order(document)
    if file is None:
        return Reading(tuple(problems), document)
    chosen = file.plugins
    plugins = plugins or load_plugins(selection, choices=chosen.dimensions, disabled=chosen.disable)
    problems += _check_values(file, document, folder)
    paths, missing = _response_files(file, document, folder)
    problems += missing
    asked = _questionnaire(file, document, folder, plugins, language or file.language)
    problems += asked.problems
    if asked.questionnaire is None:
        return Reading(tuple(problems), document, file, plugins)
    questionnaire = asked.questionnaire
    file = _without_the_missing(file, questionnaire) if asked.missing else file
    problems += _check_dimensions(file, document, questionnaire)
    problems += check_agreed(file, document, questionnaire)
    problems += check_confirmed(file, document, questionnaire)
    try:
        responses = read_responses(
            list(paths), questionnaire, plugins, names=paths, partial=bool(asked.missing)
        )
        ledger = None if file.confidential is False else _ledger(folder)
    except UserError as error:
        return Reading((*problems, *error.problems), document, file, plugins)
    if problems:
        return Reading(tuple(problems), document, file, plugins)
    problems += check_invited(file, document, responses, questionnaire)
    if problems:
        return Reading(tuple(problems), document, file, plugins)
    questionnaire = with_weights(questionnaire, file.weights)
    inside = _seen_from(folder, responses)
    workspace = Workspace(folder, document, file, questionnaire, inside, plugins, asked.missing, ledger)
    return Reading((), document, file, plugins, workspace)


def _seen_from(folder: Path, responses: Responses) -> Responses:
    """The responses with files named as seen from the workspace: no result must say where that lies.

    A plugin's reader may call a file as it likes, which stays.
    """
    files = tuple(replace(each, name=seen_from(folder, each.name)) for each in responses.files)
    left_out = tuple(replace(each, file=seen_from(folder, each.file)) for each in responses.left_out)
    return replace(responses, files=files, left_out=left_out)


def _ledger(folder: Path) -> Ledger | None:
    """What earlier results of a confidential workspace were made from."""
    from cxmaturity.anonymity.ledger import read_ledger  # lazy: numpy

    return read_ledger(folder)


@dataclass(frozen=True)
class Asking:
    """What a workspace asks, whoever has answered what so far; ``missing`` as in :class:`Workspace`."""

    folder: Path
    document: YamlDocument
    file: AssessmentFile
    questionnaire: Questionnaire
    missing: tuple[Problem, ...] = ()

    def response_files(self) -> Mapping[Path, str]:
        """The response files that there are, each with its name in messages."""
        return _response_files(self.file, self.document, self.folder)[0]


def read_settings(folder: Path, selection: Selection | None) -> tuple[YamlDocument, AssessmentFile, Plugins]:
    """A workspace's settings with their places, and the plugins that they choose.

    Raises :class:`UserError` with every problem of the settings.
    """
    document = read_workspace_file(folder)
    file, problems = validate(document, AssessmentFile)
    if file is None:
        raise UserError(problems)
    chosen = file.plugins
    return document, file, load_plugins(selection, choices=chosen.dimensions, disabled=chosen.disable)


def read_asking(folder: Path, *, language: str | None = None, selection: Selection | None = None) -> Asking:
    """What a workspace asks, its questionnaire in the language given or its own; no answer is read.

    Raises :class:`UserError` with every problem of the settings and of the questionnaire.
    """
    document, file, plugins = read_settings(folder, selection)
    asked = _questionnaire(file, document, folder, plugins, language or file.language)
    if asked.questionnaire is None:
        raise UserError(asked.problems)
    return Asking(folder, document, file, asked.questionnaire, asked.missing)


@dataclass(frozen=True)
class _Asked:
    """All that is asked as one questionnaire, or everything that is wrong with it.

    ``missing`` are the parts that no plugin brings while some plugin is out of use: they are left out.
    """

    questionnaire: Questionnaire | None
    problems: tuple[Problem, ...] = ()
    missing: tuple[Problem, ...] = ()


def _questionnaire(
    file: AssessmentFile, document: YamlDocument, folder: Path, plugins: Plugins, language: str
) -> _Asked:
    """What ``questionnaire`` names, put together."""
    problems: list[Problem] = []
    missing: list[Problem] = []
    read: dict[int, Questionnaire] = {}
    known = plugins.known_questionnaires()
    for position, reference in enumerate(file.questionnaire):
        loc = ("questionnaire", position)
        try:
            read[position] = load_questionnaire(reference, base=folder, language=language, known=known)
        except UserError as error:
            gone = position > 0 and not plugins.complete and re.fullmatch(ID_PATTERN, reference)
            unplaced = not any(problem.line for problem in error.problems)
            if gone and unplaced:
                missing.append(_left_out(document, loc, reference, plugins))
            else:
                problems += _placed(error, reference, document, loc)
    if not problems:
        places = list(read)
        problems = [
            document.problem(("questionnaire", places[each.position]), each.what, each.fix)
            for each in conflicts(list(read.values()))
        ]
    if problems:
        return _Asked(None, (*problems, *missing))
    return _Asked(merge(list(read.values())), (), tuple(missing))


def _left_out(document: YamlDocument, loc: Loc, reference: str, plugins: Plugins) -> Problem:
    """A part that is not asked, as the plugin that brings it is not in use."""
    out = [f"'{plugin.name}' ({plugin.state})" for plugin in plugins.listed if plugin.state != "active"]
    fix = f"look at {', '.join(out)}" if out else "it may come with a plugin that this run leaves out"
    what = f"'{reference}' is not asked, and answers to it are left out: no plugin in use brings it"
    return document.problem(loc, what, fix)


def _without_the_missing(file: AssessmentFile, questionnaire: Questionnaire) -> AssessmentFile:
    """The settings without those on dimensions that are left out."""
    asked = {dimension.id for dimension in questionnaire.dimensions}
    weights = {name: weight for name, weight in file.weights.items() if name in asked}
    target = file.target
    if target is not None:
        kept = {name: level for name, level in target.dimensions.items() if name in asked}
        target = target.model_copy(update={"dimensions": kept})
    decided: dict[str, dict[str, Any]] = {
        "consensus": {**file.consensus},
        "overrides": {**file.overrides},
        "evidenced": {**file.evidenced},
    }
    kept_of = {
        where: {name: each for name, each in values.items() if name.partition(".")[0] in asked}
        for where, values in decided.items()
    }
    return file.model_copy(update={"weights": weights, "target": target, **kept_of})


def _in_order(document: YamlDocument) -> AssessmentFile | None:
    """The settings that are in order by themselves, where not all are; ``None`` without a questionnaire."""
    data = document.data if isinstance(document.data, dict) else {}
    kept: dict[str, Any] = {"organisation": {"name": "?"}, "questionnaire": data.get("questionnaire")}
    for name in AssessmentFile.model_fields.keys() & data.keys():
        one_more = {**kept, name: data[name]}
        try:
            AssessmentFile.model_validate(one_more)
        except ValidationError:
            continue
        kept = one_more
    try:
        return AssessmentFile.model_validate(kept)
    except ValidationError:
        return None


def read_workspace_file(folder: Path) -> YamlDocument:
    """The ``assessment.yaml`` of a folder."""
    if folder.is_file():
        raise UserError.about(
            str(folder), "is a file, not a workspace", "name the folder that holds assessment.yaml"
        )
    if not folder.is_dir():
        raise UserError.about(
            str(folder), "there is no such folder", f"create it with `cxmaturity init {folder}`"
        )
    if not (folder / FILE).is_file():
        fix = f"start one with `cxmaturity init {folder}`"
        raise UserError.about(str(folder), f"the folder has no {FILE}", fix)
    return read_yaml(folder / FILE, name=str(folder / FILE))


def _placed(error: UserError, reference: str, document: YamlDocument, loc: Loc) -> list[Problem]:
    """A questionnaire that cannot be found is a problem of the line that names it."""
    return [
        document.problem(loc, f"'{reference}': {problem.what}", problem.fix) if not problem.line else problem
        for problem in error.problems
    ]


def _check_values(file: AssessmentFile, document: YamlDocument, folder: Path) -> list[Problem]:
    """What is wrong with values that a schema cannot judge."""
    problems = []
    if file.language not in languages():
        what = f"there are no reports in language '{file.language}'"
        problems.append(document.problem(("language",), what, f"use one of {', '.join(languages())}"))
    paths: list[tuple[Loc, str]] = [
        (("evidence", name, "source", number), source)
        for name, table in file.evidence.items()
        for number, source in enumerate(table.source)
        if "://" not in source
    ]
    paths += [(("results", number), pattern) for number, pattern in enumerate(file.results)]
    logo: list[tuple[Loc, str]] = [(("brand", "logo"), file.brand.logo)] if file.brand.logo else []
    problems += [
        document.problem(loc, f"'{path}' leads out of the workspace", "put the file into the folder")
        for loc, path in (*paths, *logo)
        if not lies_inside(folder, folder / path)
    ]
    if file.brand.logo:
        path = folder / file.brand.logo
        if lies_inside(folder, path) and not path.is_file():
            what = f"there is no file '{file.brand.logo}'"
            problems.append(document.problem(("brand", "logo"), what, "correct the path"))
        if path.suffix.lower() not in {".svg", ".png", ".jpg", ".jpeg"}:
            what = "the logo is no SVG, PNG or JPEG"
            problems.append(document.problem(("brand", "logo"), what, "convert it"))
    return problems


def _check_dimensions(
    file: AssessmentFile, document: YamlDocument, questionnaire: Questionnaire
) -> list[Problem]:
    known = [dimension.id for dimension in questionnaire.dimensions]
    targets = file.target.dimensions if file.target else {}
    named: list[Loc] = [
        *(("target", "dimensions", name) for name in targets),
        *(("weights", name) for name in file.weights),
    ]
    problems = [
        document.problem(
            loc, f"there is no dimension '{loc[-1]}'", f"use one of {', '.join(known)}", key=True
        )
        for loc in named
        if loc[-1] not in known
    ]
    weights = [file.weights.get(each.id, each.weight) for each in questionnaire.dimensions]
    if file.weights and not any(weights):
        problems.append(
            document.problem(("weights",), "no dimension has any weight", "give one a weight above 0")
        )
    return problems


def _response_files(
    file: AssessmentFile, document: YamlDocument, folder: Path
) -> tuple[Mapping[Path, str], list[Problem]]:
    """The response files that the patterns name, sorted, each with its name in messages."""
    paths: dict[Path, str] = {}
    problems = []
    for number, pattern in enumerate(file.responses):
        loc = ("responses", number)
        if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
            what = f"'{pattern}' leads out of the workspace"
            problems.append(document.problem(loc, what, "name files inside it, such as responses/*.yaml"))
            continue
        try:
            found = sorted(path for path in folder.glob(pattern) if _may_hold_answers(path))
        except (ValueError, IndexError, NotImplementedError):  # what pathlib makes of patterns like `**.yaml`
            problems.append(document.problem(loc, f"'{pattern}' is not a pattern", "write responses/*.yaml"))
            continue
        if not found:
            problems.append(
                document.problem(loc, f"no file matches '{pattern}'", "correct it, or remove the line")
            )
        for path in found:
            if lies_inside(folder, path):
                paths[path] = str(path)
            else:
                what = f"'{seen_from(folder, path)}' is a link that leads out of the workspace"
                problems.append(document.problem(loc, what, "put the file itself into the folder"))
    return paths, problems


def _may_hold_answers(path: Path) -> bool:
    """Whether a file that a pattern names can be one of answers: not hidden, and no mapping of another."""
    return path.is_file() and not path.name.startswith(".") and not path.name.endswith(MAPPING_SUFFIX)
