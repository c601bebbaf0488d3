"""Reads what plugins declare of their metrics in YAML: ids, tables and columns, options, bands."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from cxmaturity.api import Bands, Calculation, Column, ColumnKind, Metric, MetricUnit, Option
from cxmaturity.errors import Problem, UserError
from cxmaturity.fileformat import Strict, Text
from cxmaturity.settings import LevelsFile
from cxmaturity.yamlfile import read_yaml, validate

MetricId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", description="kebab-case")]
ColumnName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", description="snake_case")]
PracticeId = Annotated[str, Field(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$", description="dimension.practice")]
_DIRECTIONS = {"higher": True, "lower": False, "neither": None}


def _kind_alone(value: object) -> object:
    """A word alone is the column's kind."""
    return {"kind": value} if isinstance(value, str) else value


class ColumnFile(Strict):
    """One column that a metric reads."""

    kind: ColumnKind
    required: bool = True
    empty: bool = Field(default=False, description="Whether a cell may be empty.")
    minimum: float | None = None
    maximum: float | None = None
    ahead: bool = Field(default=False, description="Whether a date may lie ahead.")
    shape: str = Field("", description="Of several ways to write the same thing, the one it belongs to.")


class OptionFile(Strict):
    """What a workspace may say of the metric beyond its data."""

    default: float | str | None = None
    minimum: float | None = None
    maximum: float | None = None
    choices: list[Text] = Field(default_factory=list)


class BandsFile(LevelsFile):
    """What values are worth, whose judgement that is, and for which sectors."""

    sectors: list[Text] = Field(default_factory=list, description="As workspaces name them; empty: all.")


class MetricFile(Strict):
    """One metric, without its calculation."""

    practice: PracticeId
    unit: MetricUnit
    better: Literal["higher", "lower", "neither"]
    source: Text = Field(description="The reference of the definition.")
    tables: Annotated[
        dict[str, dict[ColumnName, Annotated[ColumnFile, BeforeValidator(_kind_alone)]]], Field(min_length=1)
    ]
    dated: str = Field("", description="The first table's column by which records belong to quarters.")
    earlier_years: int = Field(0, ge=0, le=9)
    options: dict[ColumnName, OptionFile] = Field(default_factory=dict)
    bands: list[BandsFile] = Field(default_factory=list)
    weight: float = Field(1.0, ge=0, allow_inf_nan=False)

    @model_validator(mode="after")
    def _consistent(self) -> MetricFile:
        columns = next(iter(self.tables.values()))
        if self.dated and (self.dated not in columns or columns[self.dated].kind not in {"date", "time"}):
            raise ValueError(f"`dated` names '{self.dated}', which is no date of the first table; correct it")
        higher = _DIRECTIONS[self.better]
        if any(bands.rising is not higher for bands in self.bands):
            raise ValueError(f"better is {self.better}, but bands run otherwise; turn their values round")
        return self


class MetricsFile(Strict):
    """A plugin's metrics."""

    format: Literal[1]
    metrics: dict[MetricId, MetricFile]


def read_metrics(source: Traversable, calculations: Mapping[str, Calculation]) -> list[Metric]:
    """The metrics of a file, each with its calculation.

    Raises :class:`UserError` with every mistake in the file, and for one without the other.
    """
    document = read_yaml(source)
    file, problems = validate(document, MetricsFile)
    if file is None:
        raise UserError(problems)
    missing = [
        document.problem(
            ("metrics", name), f"'{name}' has no calculation", "hand one in under this id", key=True
        )
        for name in file.metrics
        if name not in calculations
    ]
    unknown = [
        Problem(document.file, 1, 1, f"the calculation '{name}' has no entry", "add one under `metrics`")
        for name in calculations
        if name not in file.metrics
    ]
    if missing or unknown:
        raise UserError([*missing, *unknown])
    return [_metric(name, entry, calculations[name]) for name, entry in file.metrics.items()]


def _metric(name: str, file: MetricFile, calculation: Calculation) -> Metric:
    return Metric(
        id=name,
        practice=file.practice,
        unit=file.unit,
        higher_is_better=_DIRECTIONS[file.better],
        source=file.source,
        tables={
            table: tuple(_column(column, entry) for column, entry in columns.items())
            for table, columns in file.tables.items()
        },
        calculation=calculation,
        dated=file.dated,
        earlier_years=file.earlier_years,
        options=tuple(
            Option(option, entry.default, entry.minimum, entry.maximum, tuple(entry.choices))
            for option, entry in file.options.items()
        ),
        bands=tuple(Bands(each.thresholds, each.basis, tuple(each.sectors)) for each in file.bands),
        weight=file.weight,
    )


def _column(name: str, file: ColumnFile) -> Column:
    limits = file.minimum, file.maximum
    return Column(name, file.kind, file.required, file.empty, *limits, file.shape, file.ahead)
