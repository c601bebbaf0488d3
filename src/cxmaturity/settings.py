"""The file format of ``assessment.yaml``."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from cxmaturity.fileformat import Day, Month, Strict, Text

LARGEST = 999_999_999_999
"""The largest count or amount, as on the command line; texts cannot write numbers of any length."""

MaturityLevel = Annotated[int, Field(ge=2, le=5)]
Count = Annotated[int, Field(gt=0, le=LARGEST)]
Attribute = Literal["role", "department", "country", "tenure", "wave"]
Weight = Annotated[float, Field(ge=0, le=LARGEST, allow_inf_nan=False)]


def _listed(value: object) -> object:
    """One entry as a list of one."""
    return [value] if isinstance(value, str) else value


References = Annotated[list[Text], Field(min_length=1), BeforeValidator(_listed)]


class OrganisationFile(Strict):
    """Who is assessed."""

    name: Text
    sector: str = ""
    country: str = ""
    employees: Count | None = None
    departments: Count | None = None
    note: str = Field("", description="Shown on the cover: for instance that the company is made up.")


def _several(value: object) -> object:
    """One value as a list of one."""
    return value if isinstance(value, (list, dict)) else [value]


Value = str | int | float | bool
"""What a cell may say: compared as text, true and false in lower case."""


class ValuesFile(Strict):
    """A column of which some values mean yes, and all others no."""

    column: Text
    values: Annotated[list[Value], Field(min_length=1)]


class RangeFile(Strict):
    """Which rows count, by one column: all but some values, or a range of numbers or days."""

    excluding: list[Value] = Field(default_factory=list, alias="not")
    minimum: float | None = None
    maximum: float | None = None
    since: Day | None = Field(None, alias="from")
    to: Day | None = None


class PeriodFile(Strict):
    """The days that a table speaks of, first and last."""

    since: Day = Field(alias="from")
    to: Day


class TableFile(Strict):
    """Where an evidence table lies, what its columns are called, and which rows count."""

    source: References = Field(description="A file, a pattern of files, a list of them, or an address.")
    table: Text | None = Field(None, description="The table's name in a database.")
    columns: dict[str, Text | ValuesFile]
    where: dict[str, Annotated[list[Value] | RangeFile, BeforeValidator(_several)]] = Field(
        default_factory=dict, description="By column of the source: the values of rows that count, or limits."
    )
    period: PeriodFile | None = Field(None, description="What a snapshot speaks of.")


class LevelsFile(Strict):
    """What a metric's value is worth: the value that is just good enough for level 2, 3, 4, 5."""

    basis: Text = Field(description="Whose bands these are: a board paper, a published norm.")
    levels: dict[Literal["2", "3", "4", "5"], float]

    @model_validator(mode="after")
    def _complete_and_in_order(self) -> LevelsFile:
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

    @property
    def thresholds(self) -> dict[int, float]:
        """The values by level."""
        return {int(level): value for level, value in self.levels.items()}


class TargetFile(Strict):
    """Where the organisation wants to be, and by when (a month's last day)."""

    level: MaturityLevel | None = None
    dimensions: dict[str, MaturityLevel] = Field(default_factory=dict)
    by: Month | None = None  # after what it is a date for, which its check looks at

    @field_validator("by")
    @classmethod
    def _of_a_target(cls, by: str | None, info: ValidationInfo) -> str | None:
        if by is not None and not any(info.data.get(name, "wrong") for name in ("level", "dimensions")):
            raise ValueError(
                "a date needs a target, and there is none; give `level` or `dimensions`, or remove `by`"
            )
        return by


def _one_for_each_quarter(days: float | list[float], info: ValidationInfo) -> float | list[float]:
    """A list has as many numbers as there are quarters; a wrong number of quarters is named by itself."""
    quarters = info.data.get("quarters")
    if isinstance(days, list) and quarters is not None and len(days) != quarters:
        raise ValueError(f"{len(days)} numbers do not match {quarters} quarters; give one for each quarter")
    return days


PersonDays = Annotated[float, Field(gt=0, le=LARGEST, allow_inf_nan=False)]
FreeDays = Annotated[float, Field(ge=0, le=LARGEST, allow_inf_nan=False)]
SkillDays = Annotated[FreeDays | list[FreeDays], AfterValidator(_one_for_each_quarter)]
SkillId = Annotated[
    str, Field(pattern=r"^[a-z0-9-]+$", description="data-analysis: small letters, digits and hyphens")
]


class CapacityFile(Strict):
    """What there is to do it with."""

    start: Month = Field(description="2027-01: the first month of the first quarter")
    quarters: int = Field(ge=1, le=40)
    person_days: Annotated[PersonDays | list[FreeDays], AfterValidator(_one_for_each_quarter)] = Field(
        description="Of own staff, per quarter; a list has one number for each quarter."
    )
    skills: dict[SkillId, SkillDays] = Field(
        default_factory=dict, description="The part of the person-days that has a scarce skill, likewise."
    )
    budget: float | None = Field(None, ge=0, le=LARGEST, description="For the whole roadmap, in EUR.")

    def by_quarter(self, days: float | list[float]) -> tuple[float, ...]:
        """Person-days as they are written, one number for each quarter."""
        return tuple(days) if isinstance(days, list) else (days,) * self.quarters


def _by_id(value: object) -> object:
    """A list of ids as a mapping to no month."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return dict.fromkeys(value)
    if value is None or isinstance(value, dict):
        return value
    raise ValueError(
        "expected a list of ids, or a mapping from ids to months; "
        "start each entry with `- `, or write `id: 2027-04` lines"
    )


RecommendationRef = Annotated[str, Field(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$", description="dimension.slug")]
Dated = Annotated[dict[RecommendationRef, Month | None], BeforeValidator(_by_id)]


class PlanFile(Strict):
    """What people have decided about recommendations; each is kept when the plan is made again."""

    pin: Dated = Field(
        default_factory=dict,
        description="Must be done: a list, or by id the month of the quarter to start in.",
    )
    forbid: list[RecommendationRef] = Field(default_factory=list, description="Must not be done.")
    done: Dated = Field(
        default_factory=dict, description="Is completed: a list, or by id the month in which it was."
    )
    under_way: dict[RecommendationRef, Month] = Field(
        default_factory=dict, description="Has begun: by id the month in which it did."
    )


class BrandFile(Strict):
    """How the report looks, and who signs it."""

    name: str = ""
    colour: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$", description="#rrggbb")] = "#1f4e79"
    logo: str | None = Field(None, description="An SVG, PNG or JPEG file beside assessment.yaml.")


class PluginsFile(Strict):
    """Decisions about plugins."""

    disable: list[str] = Field(default_factory=list, description="Plugins to do without.")

    dimensions: dict[str, str] = Field(
        default_factory=dict, description="Which plugin scores a dimension that several claim."
    )
    may_cap: list[str] = Field(
        default_factory=list,
        description="Third-party plugins whose caps may bind beyond their own dimension.",
    )


class InvitedFile(Strict):
    """How many people were asked: in all, and by the groups of an attribute."""

    total: Count | None = None
    role: dict[str, Count] = Field(default_factory=dict)
    department: dict[str, Count] = Field(default_factory=dict)
    country: dict[str, Count] = Field(default_factory=dict)
    tenure: dict[str, Count] = Field(default_factory=dict)
    wave: dict[str, Count] = Field(default_factory=dict)


def _invited(value: object) -> object:
    """A number alone is how many there are in all."""
    return {"total": value} if isinstance(value, int) and not isinstance(value, bool) else value


class CompareFile(Strict):
    """Two groups of an attribute to be held against each other."""

    attribute: Attribute
    groups: Annotated[list[Text], Field(min_length=2, max_length=2)]

    @model_validator(mode="after")
    def _two_groups(self) -> CompareFile:
        if self.groups[0] == self.groups[1]:
            raise ValueError("a group cannot be held against itself; name two groups")
        return self


class AgreedFile(Strict):
    """A value that holds instead of the raters' mean, and who decided so, when and why."""

    score: Annotated[float, Field(ge=1, le=5)]
    by: Text
    at: Day
    why: Text


class EvidencedFile(Strict):
    """What a reviewer has seen proof of: the level that it bears out, and who saw it, when and what."""

    level: Annotated[int, Field(ge=1, le=5)]
    by: Text
    at: Day
    what: Text = Field(description="The proof: a document, a recording, a visit.")


def _given(value: object) -> object:
    """What may be left out, but not be empty."""
    if value is None:
        raise ValueError("expected a mapping, found nothing; give it a value, or remove the key")
    return value


class AssessmentFile(Strict):
    """The content of ``assessment.yaml``."""

    organisation: OrganisationFile
    questionnaire: References = Field(
        description="An id or path, or a list of them: a whole one, then parts."
    )
    weights: dict[str, Weight] = Field(
        default_factory=dict, description="Dimensions that count otherwise than the questionnaire says."
    )
    language: Text = "en"
    as_of: Day | None = None
    confidential: bool | None = None
    anonymity_minimum: int = Field(5, ge=3, description="The smallest group that is shown, if confidential.")
    free_text: bool | None = Field(None, description="Whether what people wrote is shown.")
    responses: list[Text] = Field(default_factory=list)
    invited: Annotated[InvitedFile, BeforeValidator(_invited)] = InvitedFile()
    balance: Attribute | None = Field(None, description="The attribute whose groups count alike.")
    compare: list[CompareFile] = Field(default_factory=list)
    consensus: dict[str, AgreedFile] = Field(
        default_factory=dict, description="What a workshop agreed on, by question or practice."
    )
    overrides: dict[str, AgreedFile] = Field(
        default_factory=dict, description="What a reviewer set, by practice."
    )
    evidence: dict[str, TableFile] = Field(default_factory=dict)
    results: list[Text] = Field(
        default_factory=list, description="Tables that others computed: `<metric>.csv`, by pattern."
    )
    metrics: dict[str, dict[str, float | str]] = Field(
        default_factory=dict, description="Per metric, what its data does not say, such as a margin."
    )
    bands: dict[str, LevelsFile] = Field(default_factory=dict)
    evidenced: dict[str, EvidencedFile] = Field(
        default_factory=dict, description="By practice: what a reviewer has seen proof of."
    )
    target: Annotated[TargetFile | None, BeforeValidator(_given)] = None
    capacity: Annotated[CapacityFile | None, BeforeValidator(_given)] = None
    plan: PlanFile = PlanFile()
    brand: BrandFile = BrandFile()
    plugins: PluginsFile = PluginsFile()
