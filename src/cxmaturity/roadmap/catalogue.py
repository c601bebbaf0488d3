"""Reads catalogues of recommendations and checks them against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable
from typing import Annotated, Literal

from pydantic import Field, model_validator

from cxmaturity.errors import Problem, UserError
from cxmaturity.fileformat import Strict, Text
from cxmaturity.plugins import PluginError, Plugins, guarded
from cxmaturity.questionnaire.schema import SourceFile
from cxmaturity.roadmap.model import Drivers, Kpi, Rating, Recommendation, Risk, RiskKind
from cxmaturity.yamlfile import YamlDocument, read_yaml, validate

RecommendationId = Annotated[str, Field(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$", description="dimension.slug")]
PracticeId = Annotated[str, Field(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$", description="dimension.practice")]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]


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


class RecommendationFile(Strict):
    """One recommendation as written."""

    id: RecommendationId
    title: Text
    aim: Text
    why: Text
    source: SourceFile
    steps: list[Text] = Field(min_length=1)
    lifts: dict[PracticeId, Annotated[int, Field(ge=2, le=5)]] = Field(default_factory=dict)
    effort: DriversFile = Field(description="Person-days of own staff.")
    cost: DriversFile = Field(DriversFile(), description="Paid to others, in EUR.")
    weeks: float = Field(gt=0, le=260)
    owner: Text
    prerequisites: list[RecommendationId] = Field(default_factory=list)
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
    for name, problem in _across(read):
        plugins = plugins.failed(name, PluginError(problem), "reading its recommendations")
        read = [recommendation for recommendation in read if recommendation.plugin != name]
    return tuple(sorted(read, key=lambda recommendation: recommendation.id)), plugins


def read_catalogue(source: Traversable, plugin: str) -> list[Recommendation]:
    """The recommendations of one file. Raises :class:`UserError` with every problem of it."""
    document = read_yaml(source)
    file, problems = validate(document, CatalogueFile)
    if file is None:
        raise UserError(problems)
    problems += _duplicates(file, document)
    if problems:
        raise UserError(problems)
    return [_recommendation(entry, plugin) for entry in file.recommendations]


def _duplicates(file: CatalogueFile, document: YamlDocument) -> Iterator[Problem]:
    ids = [entry.id for entry in file.recommendations]
    for number, name in enumerate(ids):
        if name in ids[:number]:
            loc = ("recommendations", number, "id")
            yield document.problem(loc, f"recommendation id '{name}' is used twice", "rename one of them")


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
        lifts=dict(entry.lifts),
        effort=Drivers(**entry.effort.model_dump()),
        cost=Drivers(**entry.cost.model_dump()),
        weeks=entry.weeks,
        owner=entry.owner,
        prerequisites=tuple(entry.prerequisites),
        kpi=Kpi(**entry.kpi.model_dump()),
        risk=Risk(**entry.risk.model_dump()),
        find_out=entry.find_out,
    )


def _across(read: Sequence[Recommendation]) -> Iterator[tuple[str, str]]:
    """What is wrong between catalogues: ids used twice, prerequisites that are missing or form a cycle.

    A prerequisite of another plugin may be missing: that plugin may not be installed.
    """
    seen: dict[str, str] = {}
    for recommendation in read:
        if recommendation.id in seen:
            what = f"the id '{recommendation.id}' is taken by the plugin '{seen[recommendation.id]}'"
            yield recommendation.plugin, what
        seen.setdefault(recommendation.id, recommendation.plugin)
    by_id = {recommendation.id: recommendation for recommendation in read}
    own = {(recommendation.plugin, recommendation.dimension) for recommendation in read}
    for recommendation in read:
        for name in recommendation.prerequisites:
            if name not in by_id and (recommendation.plugin, name.partition(".")[0]) in own:
                yield recommendation.plugin, f"'{recommendation.id}' needs '{name}', which does not exist"
        if _leads_back(recommendation.id, by_id):
            yield recommendation.plugin, f"'{recommendation.id}' is among its own prerequisites"


def _leads_back(start: str, by_id: Mapping[str, Recommendation]) -> bool:
    """Whether following prerequisites from a recommendation leads to it again."""
    ahead, seen = list(by_id[start].prerequisites), set()
    while ahead:
        name = ahead.pop()
        if name == start:
            return True
        if name not in seen and name in by_id:
            seen.add(name)
            ahead += by_id[name].prerequisites
    return False
