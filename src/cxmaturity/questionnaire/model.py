"""A questionnaire: dimensions made of practices, which questions observe."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["choice", "scale", "yes-no", "multiple", "number", "text"]


@dataclass(frozen=True, slots=True)
class Level:
    """One of the five levels, reached at its inclusive minimum score."""

    number: int
    name: str
    minimum: float
    description: str


@dataclass(frozen=True, slots=True)
class Option:
    """A possible answer.

    ``fraction`` is what choosing it is worth on its own, 0–1. ``exclusive`` ones (of a multiple
    choice) rule out all others.
    """

    id: str
    text: str
    fraction: float
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A range of a number: from ``start`` (inclusive) up to the next band's start."""

    start: float
    fraction: float


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """What may be answered, and which fraction of what is possible each answer is.

    ``options`` holds the answers of a choice, scale, yes / no or multiple choice, a scale's being
    its whole numbers. ``bands`` and ``maximum`` belong to numbers.
    """

    kind: Kind
    options: tuple[Option, ...] = ()
    bands: tuple[Band, ...] = ()
    unit: str = ""
    maximum: float | None = None

    @property
    def scored(self) -> bool:
        """Whether answers have a worth: free text never has."""
        return self.kind != "text"

    @property
    def possible(self) -> tuple[float, ...]:
        """The fraction of each single answer; empty for a multiple choice, whose answers are sets."""
        if self.kind == "multiple":
            return ()
        return tuple(option.fraction for option in self.options) or tuple(
            band.fraction for band in self.bands
        )

    def of_options(self, positions: frozenset[int]) -> float:
        """The fraction of the options ticked (positions from 0): their worths added up.

        The options' own fractions are shares of all that could be ticked, so the sum is at most 1.
        """
        return min(1.0, sum(self.options[position].fraction for position in positions))

    def of_number(self, value: float) -> float:
        """The fraction of a number: that of the last band that starts at or below it."""
        return [band.fraction for band in self.bands if band.start <= value][-1]


@dataclass(frozen=True, slots=True)
class Question:
    """One question; ``id`` is ``dimension.practice.question``.

    ``evidence`` says what entitles to the upper answers, ``source`` which idea it rests on,
    ``roles`` who can answer it.
    """

    id: str
    topic: str
    text: str
    answers: AnswerSet
    weight: float
    roles: tuple[str, ...]
    evidence: str
    source: str
    help: str = ""

    @property
    def practice(self) -> str:
        """The full id of the practice that the question observes."""
        return self.id.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Practice:
    """What a dimension is made of; ``id`` is ``dimension.practice``."""

    id: str
    title: str
    description: str
    weight: float
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the aspects that are scored, each by one plugin."""

    id: str
    title: str
    description: str
    weight: float
    practices: tuple[Practice, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A questionnaire in one language.

    One without ``levels`` is a part, which is asked together with a whole one. ``merged`` are those that it
    was put together from. ``sha256`` is of the files it was loaded from, so that a result names exactly
    what was asked.
    """

    id: str
    version: str
    language: str
    languages: tuple[str, ...]
    title: str
    description: str
    minutes: int
    levels: tuple[Level, ...]
    roles: Mapping[str, str]
    sources: Mapping[str, str]
    dimensions: tuple[Dimension, ...]
    sha256: str
    merged: tuple[Questionnaire, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it can be asked by itself."""
        return bool(self.levels)

    @property
    def files(self) -> tuple[Questionnaire, ...]:
        """The questionnaires as loaded: those that it was put together from, or itself."""
        return self.merged or (self,)

    @property
    def scale(self) -> tuple[float, ...]:
        """The inclusive minimum score of each level, lowest first."""
        return tuple(level.minimum for level in self.levels)

    def practices(self) -> Iterator[Practice]:
        """All practices, in order."""
        for dimension in self.dimensions:
            yield from dimension.practices

    def questions(self) -> Iterator[Question]:
        """All questions, in order."""
        for practice in self.practices():
            yield from practice.questions


def only(dimensions: Iterable[Dimension], wanted: Container[str]) -> tuple[Dimension, ...]:
    """The dimensions and practices with only the questions of these full ids, without those left empty."""

    def chosen(practice: Practice) -> tuple[Question, ...]:
        return tuple(question for question in practice.questions if question.id in wanted)

    reduced = (
        replace(
            dimension,
            practices=tuple(
                replace(practice, questions=chosen(practice))
                for practice in dimension.practices
                if chosen(practice)
            ),
        )
        for dimension in dimensions
    )
    return tuple(dimension for dimension in reduced if dimension.practices)
