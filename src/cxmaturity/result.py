"""The Assessment: everything that is known once the plugins have scored, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cxmaturity.api import DimensionResult, Message, MetricResult, PracticeResult, Standing
from cxmaturity.plugins import Plugin

OVERALL = "overall"


def plugin_warning(plugin: Plugin) -> Message:
    """The sentence that names a plugin with its distribution, and why it is not used as it wants."""
    values = {"plugin": plugin.name, "distribution": plugin.distribution, "reason": plugin.reason}
    return Message(f"warning.plugin-{plugin.state}", values)


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who was assessed."""

    name: str
    sector: str = ""
    country: str = ""
    employees: int | None = None
    departments: int | None = None


@dataclass(frozen=True, slots=True)
class QuestionnaireRef:
    """Exactly what was asked."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result of one assessment.

    ``as_of`` is an ISO date or ``None``; ``raters`` the number of respondents by role (the key ``""``
    holds those without one, and all of them where roles are too small to be counted). ``warnings`` name
    whatever failed on the way, ``notes`` what else a reader of the levels must know.
    """

    organisation: Organisation
    as_of: str | None
    questionnaires: tuple[QuestionnaireRef, ...]
    overall: Standing
    dimensions: tuple[DimensionResult, ...]
    metrics: tuple[MetricResult, ...]
    plugins: tuple[Plugin, ...]
    warnings: tuple[Message, ...]
    confidential: bool
    minimum: int
    notes: tuple[Message, ...]
    raters: Mapping[str, int]

    def practices(self) -> Iterator[PracticeResult]:
        """All practices, in order."""
        for dimension in self.dimensions:
            yield from dimension.practices.values()

    def dimension(self, name: str) -> DimensionResult:
        """The dimension with this id."""
        return next(dimension for dimension in self.dimensions if dimension.id == name)
