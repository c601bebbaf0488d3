"""Reads catalogues of recommendations and checks them against each other."""

from __future__ import annotations

import math
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import Annotated, Literal

from pydantic import Field, model_validator

from cxmaturity.errors import Problem, UserError
from cxmaturity.fileformat import Strict, Text
from cxmaturity.plugins import PluginError, Plugins, guarded
from cxmaturity.questionnaire.schema import SourceFile
from cxmaturity.roadmap.consistency import across, wrong_exclusion
from cxmaturity.roadmap.model import Drivers, Kpi, Rating, Recommendation, Risk, RiskKind
from cxmaturity.settings import LARGEST
from cxmaturity.yamlfile import Loc, YamlDocument, read_yaml, validate

RecommendationId = Annotated[str, Field(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$", description="dimension.slug")]
PracticeId = Annotated[str, Field(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$", description="dimension.practice")]
SkillId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="data-analysis")]
Amount = Annotated[float, Field(ge=0, le=LARGEST, allow_inf_nan=False)]
Share = Annotated[float, Field(gt=0, le=1)]
Lift = Annotated[int, Field(ge=2, le=5)]

_ROUNDING = 1e-9  # shares such as 0.1, 0.2 and 0.7 may add up to a little more than 1


class DriversFile(Strict):
    """A quantity and what it grows with."""

    fixed: Amount = 0.0
    per_department: Amount = 0.0
    per_100_employees: Amount = 0.0


class KpiFile(Strict):
    """How one will see that it worked."""

    name: Text
    target: Text
    metric: str | None = None


class RiskFile(Strict):
    """What goes wrong."""

    kind: RiskKind
    rating: Rating
    text: Text


class LiftFile(Strict):
    """The level that a practice is expected to come to, and the one it comes to at least."""

    expected: Lift
    low: Annotated[int, Field(ge=1, le=5)]


class RecommendationFile(Strict):
    """One recommendation as written."""

    id: RecommendationId
    title: Text
    aim: Text
    why: Text
    source: SourceFile
    steps: list[Text] = Field(min_length=1)
    lifts: dict[PracticeId, Lift | LiftFile] = Field(default_factory=dict)
    effort: DriversFile = Field(description="Person-days of own staff.")
    skills: dict[SkillId, Share] = Field(default_factory=dict)
    cost: DriversFile = Field(DriversFile(), description="Paid to others, in EUR.")
    weeks: float = Field(gt=0, le=260)
    owner: Text
    prerequisites: list[RecommendationId] = Field(default_factory=list)
    excludes: list[RecommendationId] = Field(default_factory=list)
    kpi: KpiFile
    risk: RiskFile
    find_out: bool = False

    @model_validator(mode="after")
    def _lifts_unless_it_finds_out(self) -> RecommendationFile:
        if self.find_out == bool(self.lifts):
            raise ValueError(
                "a recommendation either lifts practices or finds out; give `lifts` or `find_out: true`"
            )
        return self

    @property
    def expected(self) -> dict[str, int]:
        """The level that each practice is expected to come to."""
        return {
            name: lift.expected if isinstance(lift, LiftFile) else lift for name, lift in self.lifts.items()
        }

    @property
    def low(self) -> dict[str, int]:
        """The level that a practice comes to at least, where one is given."""
        return {name: lift.low for name, lift in self.lifts.items() if isinstance(lift, LiftFile)}


class CatalogueFile(Strict):
    """A catalogue."""

    format: Literal[1]
    recommendations: list[RecommendationFile]


def read_catalogues(plugins: Plugins) -> tuple[tuple[Recommendation, ...], Plugins]:
    """All recommendations of the active plugins, sorted by id, and the plugins with those marked that failed.

    A catalogue with a mistake is left out whole, and its plugin is named.
    """
    read: list[Recommendation] = []
    # ours first, so that an id of ours stays ours
    for name, source in sorted(plugins.catalogues, key=lambda pair: not plugins.named(pair[0]).first_party):
        result = guarded(lambda source=source, name=name: read_catalogue(source, name))  # type: ignore[misc]
        if isinstance(result, BaseException):
            plugins = plugins.failed(name, result, f"reading {source.name}")
        else:
            read += result
    for name, problem in across(read):
        plugins = plugins.failed(name, PluginError(problem), "reading its recommendations")
        read = [recommendation for recommendation in read if recommendation.plugin != name]
    return tuple(sorted(read, key=lambda recommendation: recommendation.id)), plugins


def read_catalogue(source: Traversable, plugin: str) -> list[Recommendation]:
    """The recommendations of one file. Raises :class:`UserError` with every problem of it."""
    document = read_yaml(source)
    file, problems = validate(document, CatalogueFile)
    if file is None:
        raise UserError(problems)
    checks = (_duplicates, _estimates, _exclusions)
    if problems := sorted(problem for check in checks for problem in check(file, document)):
        raise UserError(problems)
    return [_recommendation(entry, plugin) for entry in file.recommendations]


def _duplicates(file: CatalogueFile, document: YamlDocument) -> Iterator[Problem]:
    ids = [entry.id for entry in file.recommendations]
    for number, name in enumerate(ids):
        if name in ids[:number]:
            loc = ("recommendations", number, "id")
            yield document.problem(loc, f"recommendation id '{name}' is used twice", "rename one of them")


def _estimates(file: CatalogueFile, document: YamlDocument) -> Iterator[Problem]:
    for number, entry in enumerate(file.recommendations):
        loc: Loc = ("recommendations", number)
        for name, low in entry.low.items():
            if low > (expected := entry.expected[name]):
                what = f"the low estimate {low} is above the expected level {expected}"
                yield document.problem((*loc, "lifts", name, "low"), what, f"lower it to {expected} or less")
        if (total := math.fsum(entry.skills.values())) > 1 + _ROUNDING:
            what = f"the shares of the skills add up to {round(total, 9):g}, more than the whole effort"
            yield document.problem((*loc, "skills"), what, "lower them to 1 in sum or less", key=True)


def _exclusions(file: CatalogueFile, document: YamlDocument) -> Iterator[Problem]:
    needs = {entry.id: entry.prerequisites for entry in file.recommendations}
    for number, entry in enumerate(file.recommendations):
        loc: Loc = ("recommendations", number, "excludes")
        if entry.find_out and entry.excludes:
            what = "one that finds out is placed in any case, so it excludes nothing"
            yield document.problem(loc, what, "remove `excludes`", key=True)
        for position, other in enumerate(entry.excludes):
            if reason := wrong_exclusion(entry.id, other, needs):
                yield document.problem((*loc, position), reason, "remove it from `excludes`")


def _recommendation(entry: RecommendationFile, plugin: str) -> Recommendation:
    return Recommendation(
        id=entry.id,
        plugin=plugin,
        title=entry.title,
        aim=entry.aim,
        why=entry.why,
        source=entry.source.ref,
        idea=entry.source.idea,
        steps=tuple(entry.steps),
        lifts=entry.expected,
        effort=Drivers(**entry.effort.model_dump()),
        cost=Drivers(**entry.cost.model_dump()),
        weeks=entry.weeks,
        owner=entry.owner,
        prerequisites=tuple(entry.prerequisites),
        kpi=Kpi(**entry.kpi.model_dump()),
        risk=Risk(**entry.risk.model_dump()),
        find_out=entry.find_out,
        low={name: level for name, level in entry.low.items() if level < entry.expected[name]},
        skills=dict(entry.skills),
        excludes=tuple(entry.excludes),
    )
