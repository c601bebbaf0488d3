"""The questionnaire's file format: what editors and the loader check.

``cxmaturity questionnaires schema`` prints the JSON Schema of these models.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from cxmaturity.fileformat import Strict, Text

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Id = Annotated[str, Field(pattern=ID_PATTERN, description="kebab-case: lower-case letters, digits and -")]
Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Fraction = Annotated[float, Field(ge=0, le=1)]


class OptionFile(Strict):
    """One answer of a single choice."""

    id: Id
    text: Text
    score: Annotated[float | None, Field(ge=0, le=1)] = Field(
        None, description="0–1; all options or none. Without scores they are evenly spaced, worst first."
    )


class WorthFile(Strict):
    """One answer of a multiple choice."""

    id: Id
    text: Text
    worth: Weight = Field(description="What ticking it adds, relative to the other options.")
    exclusive: bool = Field(
        default=False, description="Rules out all other options, as 'none of these' does."
    )


class BandFile(Strict):
    """A range of numbers, up to the start of the next band."""

    start: float = Field(alias="from", description="The inclusive lower limit.", allow_inf_nan=False)
    score: Fraction


class LabelsFile(Strict):
    """What the two ends of a scale mean."""

    low: Text
    high: Text


class SourceFile(Strict):
    """Which idea a question rests on."""

    ref: Text = Field(description="A key of the questionnaire's sources.")
    idea: Text


class QuestionFile(Strict):
    """What all questions have."""

    id: Id
    topic: Text = Field(description="Two to six words that name the question in tables.")
    text: Text
    help: str = ""
    roles: list[Id] = Field(min_length=1, description="Who can answer it from their own knowledge.")
    evidence: Text = Field(description="What entitles to the upper answers.")
    source: SourceFile
    weight: Weight = 1.0


class ChoiceFile(QuestionFile):
    """One of several described steps, worst first; or those of a shared answer set."""

    type: Literal["choice"]
    options: list[OptionFile] | None = Field(None, min_length=2)
    answers: Id | None = Field(None, description="A key of the questionnaire's answer_sets.")

    @model_validator(mode="after")
    def _one_kind_of_options(self) -> ChoiceFile:
        if (self.options is None) == (self.answers is None):
            raise ValueError("a choice needs `options` or `answers`, not both; keep one of them")
        return self


class ScaleFile(QuestionFile):
    """A whole number between two labelled ends."""

    type: Literal["scale"]
    minimum: int = 1
    maximum: int = 5
    labels: LabelsFile
    reversed: bool = Field(default=False, description="The high end is the bad one.")

    @model_validator(mode="after")
    def _ends_in_order(self) -> ScaleFile:
        if not 2 <= self.maximum - self.minimum + 1 <= 101:  # noqa: PLR2004
            raise ValueError("a scale has 2 to 101 steps; set `maximum` above `minimum`")
        return self


class YesNoFile(QuestionFile):
    """A fact that is so or is not so."""

    type: Literal["yes-no"]
    reversed: bool = Field(default=False, description="Yes is the bad answer.")


class MultipleFile(QuestionFile):
    """Any number of options, scored by what they are worth."""

    type: Literal["multiple"]
    options: list[WorthFile] = Field(min_length=2)

    @model_validator(mode="after")
    def _something_to_gain(self) -> MultipleFile:
        if not any(option.worth for option in self.options):
            raise ValueError("no option is worth anything; give at least one a `worth` above 0")
        return self


class NumberFile(QuestionFile):
    """A number, scored by the band it falls into."""

    type: Literal["number"]
    unit: Text
    bands: list[BandFile] = Field(min_length=2)
    maximum: float | None = None

    @model_validator(mode="after")
    def _bands_in_order(self) -> NumberFile:
        starts = [band.start for band in self.bands]
        if any(later <= earlier for earlier, later in pairwise(starts)):
            raise ValueError("the bands do not ascend; sort them by `from` and keep each value once")
        if self.maximum is not None and self.maximum < starts[-1]:
            raise ValueError("`maximum` lies below the start of the last band; raise it")
        return self


class FreeTextFile(QuestionFile):
    """Words, never scored."""

    type: Literal["text"]


AnyQuestion = Annotated[
    ChoiceFile | ScaleFile | YesNoFile | MultipleFile | NumberFile | FreeTextFile, Field(discriminator="type")
]


class PracticeFile(Strict):
    """A practice and the questions that observe it."""

    id: Id
    title: Text
    description: Text
    weight: Weight = 1.0
    questions: list[AnyQuestion] = Field(min_length=1)


class DimensionFile(Strict):
    """A dimension, inline or in a file of its own."""

    id: Id
    title: Text
    description: Text
    weight: Weight = 1.0
    practices: list[PracticeFile] = Field(min_length=1)


class LevelFile(Strict):
    """A maturity level."""

    level: int = Field(ge=1, le=5)
    name: Text
    minimum: float = Field(ge=1, le=5, description="The lowest score of the level, inclusive.")
    description: Text


class QuestionnaireFile(Strict):
    """A questionnaire of its own, or a part that is added to one."""

    format: Literal[1]
    id: Id
    version: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$", description="two letters, such as en")]
    title: Text
    description: Text
    minutes: int = Field(gt=0, description="How long it takes to answer.")
    levels: list[LevelFile] | None = Field(
        None,
        min_length=5,
        max_length=5,
        description="Without them it is a part, to be listed after a whole questionnaire.",
    )
    roles: dict[Id, Text]
    sources: dict[str, Text]
    answer_sets: dict[Id, Annotated[list[OptionFile], Field(min_length=2)]] = Field(default_factory=dict)
    dimensions: list[DimensionFile | str] = Field(
        min_length=1, description="Each inline, or the name of a file beside this one."
    )

    @model_validator(mode="after")
    def _levels_in_order(self) -> QuestionnaireFile:
        if self.levels is None:
            return self
        if [level.level for level in self.levels] != [1, 2, 3, 4, 5]:
            raise ValueError("the levels are not 1, 2, 3, 4, 5 in this order; list them so")
        minima = [level.minimum for level in self.levels]
        if minima[0] != 1 or any(later <= earlier for earlier, later in pairwise(minima)):
            raise ValueError("the levels' minima must start at 1.0 and ascend; correct `minimum`")
        return self


class SelectionFile(Strict):
    """A shorter questionnaire made of another one's questions."""

    format: Literal[1]
    id: Id
    version: Text
    title: Text
    description: Text
    minutes: int = Field(gt=0)
    base: Id = Field(description="The id of the questionnaire that the questions are taken from.")
    select: list[str] = Field(min_length=1, description="Full ids: dimension.practice.question.")
