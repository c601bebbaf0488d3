"""All that a plugin imports: the contract between the core and a plugin.

A plugin is a module, found through the entry-point group ``cxmaturity``, that states
``CXMATURITY_API = 1`` and implements hooks of :mod:`cxmaturity.hookspecs`::

    from cxmaturity.api import Scorer, hookimpl

    CXMATURITY_API = 1

    class RetentionScorer(Scorer):
        dimension = "retention"

    @hookimpl
    def cxmaturity_scorers():
        return [RetentionScorer()]

Everything here is a frozen value or a small base class and costs nothing to import: numpy is
needed only once answers are scored.

Units, everywhere: a *fraction* is 0–1 of what an answer could be worth; a *score* is
``1 + 4 × fraction``, so 1.0–5.0; a *level* is a whole number 1–5. What is not scored is ``None``
(in arrays of fractions: NaN) and never a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Literal, Protocol

import pluggy

from cxmaturity.api.metrics import QUARTER as QUARTER
from cxmaturity.api.metrics import SEGMENT as SEGMENT
from cxmaturity.api.metrics import Bands as Bands
from cxmaturity.api.metrics import Calculation as Calculation
from cxmaturity.api.metrics import Cell as Cell
from cxmaturity.api.metrics import Column as Column
from cxmaturity.api.metrics import ColumnKind as ColumnKind
from cxmaturity.api.metrics import Measure as Measure
from cxmaturity.api.metrics import Metric as Metric
from cxmaturity.api.metrics import MetricResult as MetricResult
from cxmaturity.api.metrics import MetricUnit as MetricUnit
from cxmaturity.api.metrics import Option as Option
from cxmaturity.api.metrics import Period as Period
from cxmaturity.api.metrics import Point as Point
from cxmaturity.api.metrics import Rows as Rows
from cxmaturity.api.metrics import Scope as Scope
from cxmaturity.api.metrics import SegmentResult as SegmentResult
from cxmaturity.api.metrics import Series as Series
from cxmaturity.api.metrics import TableQuality as TableQuality
from cxmaturity.api.metrics import TrendPoint as TrendPoint
from cxmaturity.api.metrics import counted as counted
from cxmaturity.api.metrics import declared_metrics as declared_metrics
from cxmaturity.api.metrics import no_records as no_records
from cxmaturity.api.metrics import share as share
from cxmaturity.api.metrics import share_interval as share_interval
from cxmaturity.api.metrics import share_of as share_of
from cxmaturity.api.metrics import sum_of as sum_of
from cxmaturity.api.words import Interval as Interval
from cxmaturity.api.words import Message as Message
from cxmaturity.errors import Problem as Problem
from cxmaturity.errors import UserError as UserError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

API_VERSION = 1
"""The version of this contract; a plugin states the one it was written for as ``CXMATURITY_API``."""

hookimpl = pluggy.HookimplMarker("cxmaturity")
"""Marks a function of a plugin as the implementation of the hook of the same name."""


class State(IntEnum):
    """What became of one question with one respondent. Only ``ANSWERED`` enters a score."""

    ANSWERED = 0
    UNANSWERED = 1
    DONT_KNOW = 2
    NOT_APPLICABLE = 3
    NOT_SHOWN = 4


WORDS_FOR_STATES = {
    "n/a": State.NOT_APPLICABLE,
    "dont-know": State.DONT_KNOW,
    "not-shown": State.NOT_SHOWN,
    "unanswered": State.UNANSWERED,
}
"""How response files write a state instead of an answer."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one part (a question or a practice) adds to a score.

    ``value`` is the part's own score (1–5) and ``share`` its weight over the sum of the weights
    (0–1), so the ``points`` of all contributions add up to the score.
    """

    id: str
    value: float
    share: float

    @property
    def points(self) -> float:
        """What the part adds to the score: value × share."""
        return self.value * self.share


@dataclass(frozen=True, slots=True)
class Lever:
    """The part whose next point would raise a score most: from ``value`` to ``after`` it adds ``gain``."""

    id: str
    value: float
    after: float
    gain: float


@dataclass(frozen=True, slots=True)
class Score:
    """A position on the scale 1–5, or ``None`` with a reason, and what it is made of.

    A plugin fills ``value``, ``contributions`` and, where there is no value, ``reason``. The core
    adds ``weight`` (as the questionnaire gives it), ``coverage`` (0–1, ``None`` if nothing was
    applicable) and ``n`` (raters who answered) before it hands practice scores to ``combine``. It
    works out the 95 % interval from the contributions unless the plugin gives one.
    """

    value: float | None
    contributions: tuple[Contribution, ...] = ()
    reason: Message | None = None
    interval: Interval | None = None
    coverage: float | None = None
    n: int = 0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class PracticeAnswers:
    """The answers to one practice's scored questions, read-only.

    ``questions`` are full ids, in the order of the columns. ``fractions`` is float32 (raters,
    questions), NaN where not scored; ``states`` is uint8 of the same shape, see :class:`State`;
    ``weights`` is float64 (questions,); ``groups`` holds, per attribute such as ``role``, an int32
    array (raters,) of group numbers, -1 where the attribute is not known or may not be shown.

    ``means`` is float64 (questions,): the fraction that each question comes to, NaN where nobody
    answered it. It is the mean over raters, unless the workspace wants roles to count alike or has an
    agreed value; the core fills it in, and a scorer that starts from it follows these decisions. Of other
    ``fractions`` than the core's, put in by a scorer, it is the plain mean.
    """

    practice: str
    questions: tuple[str, ...]
    fractions: NDArray[np.float32]
    states: NDArray[np.uint8]
    weights: NDArray[np.float64]
    groups: Mapping[str, NDArray[np.int32]]
    means: NDArray[np.float64] = None  # type: ignore[assignment]  # filled in below
    _meant: NDArray[np.float32] | None = field(default=None, repr=False)  # the fractions that have the means

    def __post_init__(self) -> None:
        if self._meant is not self.fractions:
            from cxmaturity.scoring.practice import column_means  # lazy: numpy

            object.__setattr__(self, "means", column_means(self.fractions))
            object.__setattr__(self, "_meant", self.fractions)


@dataclass(frozen=True, slots=True)
class OptionCount:
    """How many raters gave one of the possible answers of a question."""

    id: str
    text: str
    fraction: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """How alike raters answer, and how well questions belong together; ``None`` where it cannot be said.

    ``r_wg`` (0–1) has the uniform null distribution, ``r_wg_skewed`` the slightly skewed one; above
    single questions they are r_wg(j). ``average_deviation`` is from the mean, in points of the scale.
    ``krippendorff`` is the ordinal alpha; ``icc_1`` and ``icc_2`` say how alike the groups of
    ``grouped_by`` are; ``cronbach`` and ``omega`` how consistent the questions. Formulas, sources and
    cautions are in the methodology.
    """

    r_wg: float | None = None
    r_wg_skewed: float | None = None
    average_deviation: float | None = None
    krippendorff: float | None = None
    icc_1: float | None = None
    icc_2: float | None = None
    grouped_by: str = ""
    cronbach: float | None = None
    omega: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A value that holds in place of the raters' mean, which stays beside it.

    ``kind`` says whether a workshop agreed on it or a reviewer set it; ``score`` is 1–5, ``mean`` what
    the raters' answers come to; ``by``, ``at`` (an ISO date) and ``why`` are as recorded.
    """

    kind: Literal["consensus", "review"]
    score: float
    mean: float | None
    by: str
    at: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """The level of a practice that a reviewer has seen proof of: ``what`` it was, ``by`` whom and when."""

    level: int
    by: str
    at: str
    what: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a respondent wrote beside an answer, or as the answer to a free-text question."""

    respondent: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionResult:
    """What the raters said to one question.

    ``score`` is their mean (1–5) or ``None``, ``interval`` its 95 % interval; ``states`` counts all
    raters by :class:`State`; ``distribution`` counts the answered ones by option, worst first (empty
    for numbers and free text); ``agreement`` is r_wg (0–1) from two raters on, ``reliability`` has more
    of its kind. ``agreed`` is a value that holds instead of the mean. ``suppressed`` means that the
    anonymity minimum hides the figures. Two results have the same question where id and ``fingerprint``
    are equal: it is a digest of how the question is asked and scored.
    """

    id: str
    practice: str
    topic: str
    text: str
    kind: str
    evidence: str
    source: str
    weight: float
    score: float | None
    n: int
    states: Mapping[State, int]
    distribution: tuple[OptionCount, ...]
    agreement: float | None
    notes: tuple[Note, ...] = ()
    suppressed: bool = False
    interval: Interval | None = None
    reliability: Reliability = Reliability()
    agreed: Agreed | None = None
    fingerprint: str = ""

    @property
    def typical(self) -> OptionCount | None:
        """The answer given most often; of equally frequent ones the lowest."""
        given = [option for option in self.distribution if option.count]
        return max(given, key=lambda option: option.count) if given else None


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit, as data: the target's level is at most the source's level + ``offset``.

    ``target`` and ``source`` are ids of a practice or a dimension; the target may also be
    ``overall``. The core applies it: it acts on levels only, never raises one, and does nothing
    while the source has no level. Only a first-party plugin's caps, or those of a plugin that the
    workspace allows to, may bind anything outside the plugin's own dimension.
    """

    target: str
    source: str
    offset: int
    reason: Message


@dataclass(frozen=True, slots=True)
class AppliedCap:
    """A cap that bit: the highest level it leaves, where it comes from, and why."""

    source: str
    limit: int
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a practice, a dimension or the whole stands.

    ``score`` is the perceived one (1–5). ``level`` is the score's level after ``caps``,
    ``uncapped_level`` the one before; both ``None`` under 50 % coverage, with the ``reason``.
    ``measured`` is what customer data shows on the same scale, ``evidenced`` what a reviewer has
    seen proof of; neither enters the score. ``agreement`` between raters is r_wg, 0–1; ``reliability``
    has more of its kind. ``states`` counts the cells of its scored questions by :class:`State`;
    ``distribution`` the raters by the level (1 to 5) of their own answers' mean, empty where that is not
    shown. ``agreed`` is a value that holds instead of the raters' mean. ``lever`` is the part of a
    dimension or of the whole that would raise it most.
    """

    id: str
    title: str
    weight: float = 1.0
    score: float | None = None
    level: int | None = None
    uncapped_level: int | None = None
    caps: tuple[AppliedCap, ...] = ()
    n: int = 0
    interval: Interval | None = None
    agreement: float | None = None
    coverage: float | None = None
    measured: float | None = None
    evidenced: float | None = None
    contributions: tuple[Contribution, ...] = ()
    lever: Lever | None = None
    reason: Message | None = None
    suppressed: bool = False
    reliability: Reliability = Reliability()
    states: Mapping[State, int] = field(default_factory=dict)
    distribution: tuple[int, ...] = ()
    agreed: Agreed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeResult(Standing):
    """One practice with its questions, and what a reviewer has confirmed of it."""

    description: str = ""
    confirmed: Confirmed | None = None
    questions: tuple[QuestionResult, ...] = ()


FindingKind = Literal["strength", "gap", "contradiction", "disagreement", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement with its ground, that reports show.

    ``about`` is the id of the practice, question or metric it rests on.
    """

    kind: FindingKind
    message: Message
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionResult(Standing):
    """One dimension: its practices, metrics and findings, and the plugin that scored it.

    ``scale`` has the inclusive minimum score of level 1 to 5, as the questionnaire sets them.
    """

    description: str = ""
    practices: Mapping[str, PracticeResult] = field(default_factory=dict)
    metrics: Mapping[str, MetricResult] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    scale: tuple[float, ...] = ()
    plugin: str | None = None

    @property
    def questions(self) -> Mapping[str, QuestionResult]:
        """All questions of the dimension by full id."""
        return {
            question.id: question for practice in self.practices.values() for question in practice.questions
        }


class Scorer:
    """Scores one dimension. The base class is the shared default; override what differs.

    Instances are built once and called for several assessments, so they keep no state. Whatever is
    handed in is read-only. An exception makes the dimension "not assessed" with the plugin named.
    """

    dimension: str = ""
    """The dimension's id in the questionnaire."""

    def score_practice(self, answers: PracticeAnswers) -> Score:
        """The practice's score: by default the weighted mean over questions of the mean over raters.

        The contributions name the questions.
        """
        from cxmaturity.scoring.practice import score_practice  # lazy: numpy

        return score_practice(answers)

    def combine(self, practices: Mapping[str, Score], metrics: Mapping[str, MetricResult]) -> Score:
        """The dimension's score from those of its practices: by default their weighted mean.

        ``practices`` holds every practice by full id, those without a value too. Planning calls
        this with hypothetical scores, so it must depend on nothing else. The contributions name the
        practices.
        """
        del metrics  # the default is what people say; metrics stand beside it
        from cxmaturity.scoring.combine import combine_scores

        return combine_scores(practices)

    def findings(self, result: DimensionResult) -> Iterable[Finding]:
        """Statements on the dimension beyond those that the core draws for every dimension."""
        del result
        return ()

    def caps(self, result: DimensionResult) -> Iterable[Cap]:
        """Limits on levels that follow from this dimension's result. Must not depend on levels."""
        del result
        return ()


class Places(Protocol):
    """Where things stand in a response file."""

    def __call__(
        self, row: int, part: Literal["respondent", "question", "answer", "note"], question: str = ""
    ) -> tuple[int, int]:
        """Line and column, from 1, of one part of a respondent's entry.

        ``row`` counts respondents from 0. ``question`` is where the name of a question stands (in a
        table: its heading), ``answer`` where what was answered to it stands.
        """


@dataclass(frozen=True, slots=True)
class ResponseFile:
    """A file of answers to be read: where it lies, and what messages call it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class CodedColumn:
    """A column of a table with many rows, each different value said once.

    Row ``i`` says ``values[codes[i]]``; ``codes`` is an array (rows,) of unsigned integers.
    """

    codes: NDArray[np.unsignedinteger[Any]]
    values: tuple[object, ...]

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseTable:
    """What a response file says, as it was written, in columns; the core checks what it means.

    ``respondents`` are ids, one per row. ``attributes`` leads from ``role``, ``department``,
    ``country``, ``tenure`` or ``wave``, ``answers`` from full question ids to one value per row:
    an attribute's value is a text, an answer whatever ``docs/workspace.md`` allows (an option's id or its
    position from 1, a list of them, a number, words, or a state such as ``n/a``). ``None`` is what was
    not said. ``notes`` leads from (row, question) to what was written beside an answer. Without
    ``places``, problems name the file and the respondent only. Columns of many rows come best as
    :class:`CodedColumn`.

    ``survey`` says that the rows come from a survey: who answered counts as unnamed, so that the
    assessment is confidential unless the workspace says otherwise; a row with a mistake is left out and
    counted, instead of the file being refused; and an id that comes twice is pointed out.
    ``left_out`` are the rows that the reader itself could not understand, each as a problem.
    ``seconds`` is how long each respondent took, NaN or ``None`` where that is not known.
    """

    respondents: Sequence[str]
    answers: Mapping[str, Sequence[object] | CodedColumn]
    attributes: Mapping[str, Sequence[str | None] | CodedColumn] = field(default_factory=dict)
    notes: Mapping[tuple[int, str], str] = field(default_factory=dict)
    places: Places | None = None
    survey: bool = False
    left_out: Sequence[Problem] = ()
    seconds: Sequence[float | None] | NDArray[np.floating[Any]] | None = None


class Reader:
    """Reads response files of one kind, known by their suffix."""

    suffixes: tuple[str, ...] = ()
    """The suffixes, with their dot and in lower case: ``(".yaml", ".yml")``."""

    def read(self, file: ResponseFile) -> ResponseTable:
        """What the file says.

        Raises :class:`UserError` with every :class:`Problem` of a file that cannot be understood. A file
        that a reader fails on is refused: without some of the answers the result would be another one.
        """
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Rendering:
    """What there is to write: the result as data, and the report as a page.

    ``data`` is what ``cxmaturity assess --json`` prints, as plain dicts and lists; changing it changes
    nothing. ``html`` gives the whole report as one HTML page that needs no other file; it is built when
    first asked for. ``language`` is a two-letter code.
    """

    data: Mapping[str, Any]
    language: str
    html: Callable[[], str]


class Format:
    """Turns a result into a file: what ``cxmaturity report --format NAME`` writes."""

    name: str = ""
    """As ``--format`` says it: ``pdf``."""
    suffix: str = ""
    """Of the files, with its dot: ``.pdf``."""

    def render(self, rendering: Rendering) -> bytes:
        """The file's content. It must be the same bytes for the same rendering: read no clock."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class SectionContent:
    """What a section says this time: its title, a full sentence, and the values for its template."""

    title: Message
    values: Mapping[str, object] = field(default_factory=dict)


class Section:
    """A page of the report: a template, and the data that it prints."""

    id: str = ""
    """Kebab-case; no other section of the plugin has it."""
    name: Message = Message("plain", {"text": ""})
    """Two or three words: in the contents, and above the title."""
    dimension: str = ""
    """The dimension whose pages it follows; empty: it stands after all of them. It is left out where the
    questionnaire does not have the dimension."""
    template: Traversable
    """Jinja2, ending in ``.html.j2``. It sees ``values`` (those of the content), ``t`` (the texts:
    ``t(key, n=3)``, ``t.message(message)``) and ``theme`` (the report's colours), all of it escaped."""

    def content(self, data: Mapping[str, Any], dimension: DimensionResult | None) -> SectionContent | None:
        """What there is to say, or ``None`` to leave the section out of this report.

        ``data`` is what ``cxmaturity assess --json`` prints, ``dimension`` the result of the section's
        dimension, if it has one.
        """
        raise NotImplementedError


def resource(package: str, name: str) -> Traversable:
    """A file or folder of data that lies in a plugin's package."""
    from importlib.resources import files

    return files(package).joinpath(name)
