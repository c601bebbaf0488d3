"""A workspace: one engagement on disk, with ``assessment.yaml`` at its root."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError, model_validator

from cxmaturity.errors import Problem, UserError
from cxmaturity.evidence.measuring import Bands, EvidenceRequest, TableSource
from cxmaturity.fileformat import Strict, Text
from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.responses.model import Responses
from cxmaturity.responses.reading import read_responses
from cxmaturity.texts import languages
from cxmaturity.yamlfile import YamlDocument, read_yaml, validate

FILE = "assessment.yaml"
ANONYMITY_MINIMUM = 5
_CONFIDENTIAL_FROM = 16


def _real_day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"there is no day {text}; correct it") from None
    return text


_YEAR, _MONTH = r"(19|20|21)\d{2}", r"(0[1-9]|1[0-2])"
Day = Annotated[
    str,
    Field(pattern=rf"^{_YEAR}-{_MONTH}-(0[1-9]|[12]\d|3[01])$", description="2026-01-31"),
    AfterValidator(_real_day),
]
Month = Annotated[str, Field(pattern=rf"^{_YEAR}-{_MONTH}$", description="2026-01")]
MaturityLevel = Annotated[int, Field(ge=2, le=5)]


class OrganisationFile(Strict):
    """Who is assessed."""

    name: Text
    sector: str = ""
    country: str = ""
    employees: int | None = Field(None, gt=0)
    departments: int | None = Field(None, gt=0)
    note: str = Field("", description="Shown on the cover: for instance that the company is made up.")


class TableFile(Strict):
    """Where an evidence table lies, and what its columns are called."""

    source: Text
    columns: dict[str, Text]


class BandsFile(Strict):
    """What a metric's value is worth: the value that is just good enough for level 2, 3, 4, 5."""

    basis: Text = Field(description="Whose bands these are: a board paper, a published norm.")
    levels: dict[Literal["2", "3", "4", "5"], float]

    @model_validator(mode="after")
    def _complete_and_in_order(self) -> BandsFile:
        if set(self.levels) != {"2", "3", "4", "5"}:
            raise ValueError("bands need a value for each of the levels 2, 3, 4 and 5; add those missing")
        values = [self.levels[level] for level in ("2", "3", "4", "5")]
        steps = {later > earlier for earlier, later in pairwise(values)}
        if len(steps) != 1 or len(set(values)) < len(values):
            raise ValueError("the bands neither rise nor fall from level 2 to 5; order their values")
        return self

    @property
    def rising(self) -> bool:
        """Whether higher values are better."""
        return self.levels["5"] > self.levels["2"]


class TargetFile(Strict):
    """Where the organisation wants to be, and by when (a month's last day)."""

    level: MaturityLevel | None = None
    by: Month | None = None
    dimensions: dict[str, MaturityLevel] = Field(default_factory=dict)


class CapacityFile(Strict):
    """What there is to do it with."""

    start: Month = Field(description="2027-01: the first month of the first quarter")
    quarters: int = Field(ge=1, le=40)
    person_days: float = Field(gt=0, description="Of own staff, per quarter.")
    budget: float | None = Field(None, ge=0, description="For the whole roadmap, in EUR.")


class BrandFile(Strict):
    """How the report looks, and who signs it."""

    name: str = ""
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$", description="#rrggbb")] = "#1f4e79"
    logo: str | None = Field(None, description="An SVG, PNG or JPEG file beside assessment.yaml.")


class PluginsFile(Strict):
    """Decisions about plugins."""

    dimensions: dict[str, str] = Field(
        default_factory=dict, description="Which plugin scores a dimension that several claim."
    )
    may_cap: list[str] = Field(
        default_factory=list,
        description="Third-party plugins whose caps may bind beyond their own dimension.",
    )


class AssessmentFile(Strict):
    """The content of ``assessment.yaml``."""

    organisation: OrganisationFile
    questionnaire: Text
    language: Text = "en"
    as_of: Day | None = None
    confidential: bool | None = None
    responses: list[Text] = Field(default_factory=list)
    evidence: dict[str, TableFile] = Field(default_factory=dict)
    bands: dict[str, BandsFile] = Field(default_factory=dict)
    target: TargetFile | None = None
    capacity: CapacityFile | None = None
    brand: BrandFile = BrandFile()
    plugins: PluginsFile = PluginsFile()


@dataclass(frozen=True)
class Workspace:
    """A workspace as read: what it says, what was asked and what was answered."""

    folder: Path
    document: YamlDocument
    file: AssessmentFile
    questionnaire: Questionnaire
    responses: Responses

    @property
    def confidential(self) -> bool:
        """Whether the anonymity minimum binds: as the file says, else from 16 respondents on."""
        if self.file.confidential is not None:
            return self.file.confidential
        return len(self.responses.respondents) >= _CONFIDENTIAL_FROM

    @property
    def may_cap(self) -> frozenset[str]:
        """The third-party plugins that may bind more than their own dimension."""
        return frozenset(self.file.plugins.may_cap)

    def evidence(self) -> EvidenceRequest:
        """What is to be measured."""
        return evidence_of(self.file, self.folder)

    def logo(self) -> Path | None:
        """The brand's logo."""
        return self.folder / self.file.brand.logo if self.file.brand.logo else None


def evidence_of(file: AssessmentFile, folder: Path) -> EvidenceRequest:
    """What a workspace wants measured: the tables, the bands, the day, and who may cap."""
    return EvidenceRequest(
        sources={
            name: TableSource(folder / table.source, table.source, table.columns)
            for name, table in file.evidence.items()
        },
        bands={
            metric: Bands({int(level): value for level, value in bands.levels.items()}, bands.basis)
            for metric, bands in file.bands.items()
        },
        as_of=file.as_of,
        may_cap=frozenset(file.plugins.may_cap),
    )


@dataclass(frozen=True)
class Reading:
    """What could be read of a workspace, and every problem of every file.

    ``workspace`` is there only without problems; ``file`` holds those settings that are in order.
    """

    problems: tuple[Problem, ...]
    document: YamlDocument
    file: AssessmentFile | None = None
    workspace: Workspace | None = None


def load_workspace(folder: Path, *, language: str | None = None) -> Workspace:
    """Read a workspace: its ``assessment.yaml``, questionnaire and responses.

    ``language`` overrides the workspace's. Raises :class:`UserError` with every problem of every file.
    """
    reading = read_workspace(folder, language=language)
    if reading.workspace is None:
        raise UserError(reading.problems)
    return reading.workspace


def read_workspace(folder: Path, *, language: str | None = None) -> Reading:
    """Read as much of a workspace as can be read, one problem hiding none of the others.

    Raises :class:`UserError` only where there is no ``assessment.yaml`` that is YAML.
    """
    document = read_workspace_file(folder)
    file, problems = validate(document, AssessmentFile)
    file = file or _in_order(document)
    if file is None:
        return Reading(tuple(problems), document)
    problems += _check_values(file, document, folder)
    paths, missing = _response_files(file, document, folder)
    problems += missing
    try:
        questionnaire = load_questionnaire(
            file.questionnaire, base=folder, language=language or file.language
        )
    except UserError as error:
        return Reading((*problems, *_placed(error, file.questionnaire, document)), document, file)
    problems += _check_dimensions(file, document, questionnaire)
    try:
        responses = read_responses(list(paths), questionnaire, names=paths)
    except UserError as error:
        return Reading((*problems, *error.problems), document, file)
    if problems:
        return Reading(tuple(problems), document, file)
    workspace = Workspace(folder, document, file, questionnaire, responses)
    return Reading((), document, file, workspace)


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


def _placed(error: UserError, questionnaire: str, document: YamlDocument) -> list[Problem]:
    """A questionnaire that cannot be found is a problem of the line that names it."""
    return [
        document.problem(("questionnaire",), f"'{questionnaire}': {problem.what}", problem.fix)
        if not problem.line
        else problem
        for problem in error.problems
    ]


def _check_values(file: AssessmentFile, document: YamlDocument, folder: Path) -> list[Problem]:
    """What is wrong with values that a schema cannot judge."""
    problems = []
    if file.language not in languages():
        what = f"there are no reports in language '{file.language}'"
        problems.append(document.problem(("language",), what, f"use one of {', '.join(languages())}"))
    paths = [(("evidence", name, "source"), table.source) for name, table in file.evidence.items()]
    logo = [(("brand", "logo"), file.brand.logo)] if file.brand.logo else []
    problems += [
        document.problem(loc, f"'{path}' leads out of the workspace", "put the file into the folder")
        for loc, path in (*paths, *logo)
        if not _inside(folder, path)
    ]
    if file.brand.logo and _inside(folder, file.brand.logo) and not (folder / file.brand.logo).is_file():
        problems.append(
            document.problem(("brand", "logo"), f"there is no file '{file.brand.logo}'", "correct the path")
        )
    if file.brand.logo and Path(file.brand.logo).suffix.lower() not in {".svg", ".png", ".jpg", ".jpeg"}:
        problems.append(document.problem(("brand", "logo"), "the logo is no SVG, PNG or JPEG", "convert it"))
    return problems


def _inside(folder: Path, name: str) -> bool:
    """Whether a path stays inside a workspace: one that comes from somebody else may ask for anything."""
    return (folder / name).resolve().is_relative_to(folder.resolve())


def _check_dimensions(
    file: AssessmentFile, document: YamlDocument, questionnaire: Questionnaire
) -> list[Problem]:
    known = [dimension.id for dimension in questionnaire.dimensions]
    targets = file.target.dimensions if file.target else {}
    return [
        document.problem(
            ("target", "dimensions", name),
            f"there is no dimension '{name}'",
            f"use one of {', '.join(known)}",
            key=True,
        )
        for name in targets
        if name not in known
    ]


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
            found = sorted(path for path in folder.glob(pattern) if path.is_file())
        except (ValueError, IndexError, NotImplementedError):  # what pathlib makes of patterns like `**.yaml`
            problems.append(document.problem(loc, f"'{pattern}' is not a pattern", "write responses/*.yaml"))
            continue
        if not found:
            problems.append(
                document.problem(loc, f"no file matches '{pattern}'", "correct it, or remove the line")
            )
        paths.update((path, str(folder / path.relative_to(folder))) for path in found)
    return paths, problems
