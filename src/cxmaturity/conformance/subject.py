"""The plugin that is looked at, with the questionnaires that its scorers answer for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources.abc import Traversable

from cxmaturity.api import Format, Metric, MetricResult, Reader, Scorer, Section
from cxmaturity.conformance.figures import made_up_results
from cxmaturity.plugins import Plugin, Plugins, guarded
from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.questionnaire.model import (
    AnswerSet,
    Dimension,
    Level,
    Option,
    Practice,
    Question,
    Questionnaire,
)

_MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)
_STEPS = 5


@dataclass(frozen=True)
class Case:
    """A scorer, the questionnaire cut down to its dimension, and the plugin's metrics on it."""

    scorer: Scorer
    questionnaire: Questionnaire
    metrics: tuple[Metric, ...]

    @cached_property
    def figures(self) -> Mapping[str, MetricResult]:
        """What the metrics make of made-up data, without bands."""
        return made_up_results(self.metrics)

    @property
    def dimension(self) -> Dimension:
        """What the scorer scores."""
        return self.questionnaire.dimensions[0]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions of the dimension, in order."""
        return tuple(self.questionnaire.questions())


@dataclass(frozen=True)
class Subject:
    """A plugin among all others. What is costly to know is worked out when first asked for."""

    plugin: Plugin
    plugins: Plugins

    @property
    def name(self) -> str:
        """The plugin's name."""
        return self.plugin.name

    @property
    def questionnaires(self) -> dict[str, Traversable]:
        """The folders of the plugin's own questionnaires, by id."""
        return {
            name: folder
            for name, (folder, owner) in self.plugins.questionnaires.items()
            if owner == self.name
        }

    @property
    def catalogues(self) -> tuple[Traversable, ...]:
        """The plugin's catalogues."""
        return tuple(item for name, item in self.plugins.catalogues if name == self.name)

    @property
    def texts(self) -> tuple[Traversable, ...]:
        """The plugin's files of texts."""
        return tuple(item for name, item in self.plugins.texts if name == self.name)

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The plugin's metrics."""
        return tuple(item for name, item in self.plugins.metrics if name == self.name)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The pages that the plugin adds to reports."""
        return tuple(item for name, item in self.plugins.sections if name == self.name)

    @property
    def other(self) -> tuple[Reader | Format, ...]:
        """The plugin's readers and formats."""
        readers = [item for item, owner in self.plugins.readers.values() if owner == self.name]
        formats = [item for item, owner in self.plugins.formats.values() if owner == self.name]
        return (*readers, *formats)

    @cached_property
    def known(self) -> Mapping[str, Questionnaire]:
        """All questionnaires that can be read, the plugin's own first."""
        folders = self.plugins.known_questionnaires()
        names = [*self.questionnaires, *(name for name in folders if name not in self.questionnaires)]
        read = {name: guarded(lambda name=name: load_questionnaire(name, known=folders)) for name in names}  # type: ignore[misc]
        return {name: each for name, each in read.items() if isinstance(each, Questionnaire)}

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The plugin's scorers, each with its dimension."""
        return tuple(
            self.case(scorer, dimension)
            for dimension, (scorer, owner) in self.plugins.scorers.items()
            if owner == self.name
        )

    def case(self, scorer: Scorer, dimension: str) -> Case:
        """A scorer with its dimension: from the first questionnaire that has it, else a made-up one."""
        metrics = tuple(metric for metric in self.metrics if metric.dimension == dimension)
        return Case(scorer, next(self._with(dimension), _made_up(dimension)), metrics)

    def _with(self, dimension: str) -> Iterator[Questionnaire]:
        for questionnaire in self.known.values():
            for each in questionnaire.dimensions:
                if each.id == dimension:
                    levels = questionnaire.levels or _LEVELS
                    yield replace(questionnaire, dimensions=(each,), levels=levels)


_LEVELS = tuple(Level(number, f"Level {number}", minimum, "") for number, minimum in enumerate(_MINIMA, 1))


def _made_up(dimension: str) -> Questionnaire:
    """A questionnaire with nothing but a dimension of two practices with three questions each."""
    practices = tuple(
        _practice(f"{dimension}.{name}", weight) for name, weight in (("one", 1.0), ("two", 2.0))
    )
    return Questionnaire(
        id="made-up",
        version="1",
        language="en",
        languages=("en",),
        title="Made up",
        description="",
        minutes=1,
        levels=_LEVELS,
        roles={},
        sources={},
        dimensions=(Dimension(dimension, "Made-up dimension", "", 1.0, practices),),
        sha256="",
    )


def _practice(full: str, weight: float) -> Practice:
    options = tuple(Option(f"o{step}", f"Step {step}", step / (_STEPS - 1)) for step in range(_STEPS))
    questions = tuple(
        Question(
            id=f"{full}.{name}",
            topic=f"Topic {name}",
            text=f"Question {name}?",
            answers=AnswerSet("choice", options),
            weight=weight,
            roles=(),
            evidence="",
            source="",
        )
        for name, weight in (("a", 1.0), ("b", 2.0), ("c", 0.5))
    )
    return Practice(full, "Made-up practice", "", weight, questions)
