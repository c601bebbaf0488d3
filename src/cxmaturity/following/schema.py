"""What a comparison reads of a result, as ``assess --json`` prints it (see ``docs/json.md``).

Keys that are not compared are let through unseen, as keys are only ever added. What came with a later version
may be missing, and is then ``None`` or empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from cxmaturity.api import Interval, MetricUnit
from cxmaturity.fileformat import Day, Month

_LARGEST = 10**15
"""No number of a result is larger: a float could not say it to the last unit."""
_EXACT = 1e-6
"""So far may rounding put a score outside its interval."""


def _ascending(ends: tuple[float, float]) -> tuple[float, float]:
    if ends[0] > ends[1]:
        raise ValueError("its lower end lies above its upper one; exchange them")
    return ends


Id = Annotated[str, Field(min_length=1, max_length=300)]
Points = Annotated[float, Field(ge=1, le=5)]
Level = Annotated[int, Field(ge=1, le=5)]
Number = Annotated[float, Field(ge=-_LARGEST, le=_LARGEST)]
Weight = Annotated[float, Field(ge=0, le=_LARGEST)]
Count = Annotated[int, Field(ge=0, le=_LARGEST)]
Ends = Annotated[tuple[Number, Number], AfterValidator(_ascending)]
ScoreEnds = Annotated[tuple[Points, Points], AfterValidator(_ascending)]


class Part(BaseModel):
    """A part of a result, of which some keys are read."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class CapPart(Part):
    """A cap that bit."""

    source: str
    limit: Level
    reason: str


class ScoredPart(Part):
    """A score with its interval, as far as they are known."""

    score: Points | None
    interval: ScoreEnds | None = None
    suppressed: bool = False

    @field_validator("interval")
    @classmethod
    def _holds_the_score(cls, ends: Interval | None, info: ValidationInfo) -> Interval | None:
        score = info.data.get("score")
        if ends and score is not None and not ends[0] - _EXACT <= score <= ends[1] + _EXACT:
            raise ValueError("the score lies outside it; correct one of the two")
        return ends


class StandingPart(ScoredPart):
    """Where a practice, a dimension or the whole stands."""

    level: Level | None = None
    uncapped_level: Level | None = None
    measured: Points | None = None
    caps: list[CapPart] = Field(default_factory=list)
    n: Count | None = None
    agreed: dict[str, Any] | None = None
    reason: str | None = None


class QuestionPart(ScoredPart):
    """A question; ``kind``, ``weight`` and ``fingerprint`` are not known of early results."""

    id: Id
    kind: str = ""
    weight: Weight | None = None
    fingerprint: str = ""

    @property
    def counts(self) -> bool:
        """Whether it enters scores, as far as is known."""
        return self.kind != "text" and self.weight != 0


class PracticePart(StandingPart):
    """A practice with its questions."""

    id: Id
    title: str
    weight: Weight | None = None
    questions: list[QuestionPart] = Field(default_factory=list)


class DimensionPart(StandingPart):
    """A dimension with its practices."""

    id: Id
    title: str
    weight: Weight = 1.0
    practices: list[PracticePart] = Field(default_factory=list)


class AssumedPart(Part):
    """The parts of a figure that the organisation assumes or sets, and that no data shows."""

    margin_share: Number | None = None
    discount_share: Number | None = None
    horizon_months: Number | None = None
    lowest: Number | None = None
    highest: Number | None = None


class MetricPart(Part):
    """A figure from customer data."""

    id: Id
    title: str = ""
    value: Number | None
    unit: MetricUnit
    higher_is_better: bool | None = None
    interval: Ends | None = None
    parts: AssumedPart = AssumedPart()
    period: tuple[Day, Day] | None = None
    reason: str | None = None


class KpiPart(Part):
    """How one will see that an initiative worked."""

    name: str
    target: str
    metric: str | None = None


class InitiativePart(Part):
    """An initiative; ``start`` is the first day of its first quarter, or of the month in which it began."""

    id: Id
    title: str
    start: Day | None = None
    quarters: Annotated[int, Field(ge=1, le=400)] = 1
    kpi: KpiPart | None = None


class ScorePart(Part):
    """A projected score."""

    score: Points | None
    level: Level | None = None


class ProjectionPart(Part):
    """Where the whole and the dimensions (by id) would stand."""

    overall: ScorePart
    dimensions: dict[str, ScorePart] = Field(default_factory=dict)


class ProjectionsPart(Part):
    """The expected projection, and the one with low lifts."""

    projected: ProjectionPart
    low: ProjectionPart | None = None


class PeriodPart(ProjectionsPart):
    """A quarter: its first and last day."""

    start: Day
    end: Day


class DecisionsPart(Part):
    """What the workspace says of the plan: what was done, in which month, and what is under way."""

    done: dict[str, Month | None] = Field(default_factory=dict)
    under_way: dict[str, Month | None] = Field(default_factory=dict)


class PlanPart(Part):
    """The plan: its quarters, where it leads, and what the workspace had decided."""

    periods: list[PeriodPart] = Field(default_factory=list)
    finally_: ProjectionsPart | None = Field(None, alias="finally")
    decisions: DecisionsPart = DecisionsPart()


class QuestionnairePart(Part):
    """Exactly what was asked."""

    id: str
    version: str
    sha256: str


class PluginPart(Part):
    """A plugin that took part."""

    name: str
    version: str
    distribution: str


class OrganisationPart(Part):
    """Who was assessed."""

    name: str


class QualityPart(Part):
    """What the answers rest on."""

    respondents: Count | None = None


class ResultPart(Part):
    """A result, as far as it is compared."""

    format: Literal[1]
    organisation: OrganisationPart
    as_of: Day | None = None
    questionnaires: list[QuestionnairePart]
    confidential: bool | None = None
    plugin_api: Count | None = None
    balanced: str | None = None
    overall: StandingPart
    dimensions: list[DimensionPart]
    quality: QualityPart = QualityPart()
    metrics: list[MetricPart] = Field(default_factory=list)
    recommendations: list[InitiativePart] = Field(default_factory=list)
    plugins: list[PluginPart]
    plan: PlanPart | None = None

    @model_validator(mode="after")
    def _each_id_once(self) -> ResultPart:
        for kind, ids in self._ids():
            seen: set[str] = set()
            for each in ids:
                if each in seen:
                    raise ValueError(f"the {kind} '{each[:40]}' is in it twice; keep one")
                seen.add(each)
        return self

    def _ids(self) -> Iterator[tuple[str, Iterable[str]]]:
        practices = [practice for dimension in self.dimensions for practice in dimension.practices]
        yield "dimension", (each.id for each in self.dimensions)
        yield "practice", (each.id for each in practices)
        yield "question", (each.id for practice in practices for each in practice.questions)
        yield "metric", (each.id for each in self.metrics)
        yield "initiative", (each.id for each in self.recommendations)
