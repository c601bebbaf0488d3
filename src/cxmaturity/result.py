"""The Assessment: everything that is known once the plugins have scored, as frozen values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cxmaturity.api import (
    DimensionResult,
    Interval,
    Message,
    MetricResult,
    PracticeResult,
    Standing,
    State,
)
from cxmaturity.errors import Problem
from cxmaturity.plugins import Plugin
from cxmaturity.responses.model import FlagKind, ResponseFileRead

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


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupResult:
    """What is known of one group: the raters who have one value of an attribute such as ``role``.

    ``n`` is how many of them there are, ``invited`` how many were asked and ``response_rate`` (0–1) the
    one over the other. ``score`` is what their answers come to as a whole, over the questions that may be
    shown of them. A group that the anonymity minimum hides is ``suppressed`` and has none of these.
    """

    attribute: str
    name: str
    n: int | None = None
    invited: int | None = None
    response_rate: float | None = None
    score: float | None = None
    interval: Interval | None = None
    suppressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How two groups differ about a practice, a dimension or the whole.

    ``about`` is its id. ``first`` and ``second`` are the groups' scores (1–5) over the same
    ``questions`` (how many), ``difference`` the first less the second with its 95 % ``interval``; ``None``
    with a ``reason`` where they cannot be compared. ``n_first`` and ``n_second`` are the most people of the
    group who answered any one of the compared questions.
    """

    about: str
    title: str
    first: float | None = None
    second: float | None = None
    difference: float | None = None
    interval: Interval | None = None
    n_first: int | None = None
    n_second: int | None = None
    questions: int = 0
    reason: Message | None = None
    suppressed: bool = False

    @property
    def clear(self) -> bool:
        """Whether the groups differ by more than chance explains: the interval does not hold 0."""
        return self.interval is not None and not self.interval[0] <= 0 <= self.interval[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two groups side by side: the whole, then each dimension followed by its practices."""

    attribute: str
    first: str
    second: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Respondents whose answers deserve a second look; none of them is left out.

    ``count`` is ``None`` where there are none, fewer than the anonymity minimum, or all but fewer than that.
    ``respondents`` names them where the assessment is not confidential.
    """

    kind: FlagKind
    count: int | None
    respondents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DataQuality:
    """What the answers rest on.

    ``respondents`` is how many count, ``invited`` how many were asked (``None``: not known) and
    ``response_rate`` (0–1) the one over the other. ``files`` are as far as they were read, ``left_out``
    the rows that do not count, each with the first mistake in it, ``states`` all cells of scored
    questions, ``held_back`` how many respondents wait until there are enough to be shown, ``hidden`` how
    many questions are not shown.
    """

    respondents: int
    invited: int | None = None
    response_rate: float | None = None
    files: tuple[ResponseFileRead, ...] = ()
    left_out: tuple[Problem, ...] = ()
    states: Mapping[State, int] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()
    held_back: int = 0
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result of one assessment.

    ``as_of`` is an ISO date or ``None``; ``raters`` the number of respondents by role (the key ``""``
    holds those without one, and all of them where roles are too small to be counted). ``warnings`` name
    whatever failed on the way, ``notes`` what else a reader of the levels must know. ``balanced`` is the
    attribute whose groups count alike, empty where every rater does. ``groups`` and ``comparisons`` show
    how raters differ, ``quality`` what the answers rest on.
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
    quality: DataQuality
    balanced: str = ""
    groups: tuple[GroupResult, ...] = ()
    comparisons: tuple[Comparison, ...] = ()

    def practices(self) -> Iterator[PracticeResult]:
        """All practices, in order."""
        for dimension in self.dimensions:
            yield from dimension.practices.values()

    def dimension(self, name: str) -> DimensionResult:
        """The dimension with this id."""
        return next(dimension for dimension in self.dimensions if dimension.id == name)
