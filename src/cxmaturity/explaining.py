"""What a score is made of, what would raise it, and how much it hangs on its weights.

All of it follows from the Assessment, never from the answers themselves, so that it says nothing of people
that the result does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isclose
from types import MappingProxyType
from typing import Literal

from cxmaturity.agreeing import AGREED
from cxmaturity.api import (
    DimensionResult,
    Lever,
    Message,
    OptionCount,
    PracticeResult,
    QuestionResult,
    Score,
    Scorer,
    Standing,
)
from cxmaturity.checks import checked_score
from cxmaturity.errors import UserError
from cxmaturity.plugins import Plugin, PluginFailedError, Plugins, ask
from cxmaturity.result import OVERALL, Assessment
from cxmaturity.scoring.combine import combine_scores
from cxmaturity.scoring.lever import find_lever
from cxmaturity.scoring.scale import HIGHEST_LEVEL, fraction_of, level_of
from cxmaturity.scoring.tornado import Swing, find_swings
from cxmaturity.standing import as_score
from cxmaturity.suggesting import alike
from cxmaturity.texts import Texts

Kind = Literal["overall", "dimension", "practice", "question"]
Subject = Standing | QuestionResult
Combine = Callable[[Mapping[str, Score]], Score]

_SAME_SCORE = 1e-5  # as exact as the contributions of a plugin have to be
_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one part adds to a score: ``score`` × ``share`` = ``points``.

    ``weight`` is the part's own, ``share`` (0–1) what it is of all that count. A part that does not count has
    neither share nor points, and a ``reason``. ``suppressed`` means that the anonymity minimum hides it.
    """

    id: str
    title: str
    score: float | None
    weight: float | None
    share: float = 0.0
    points: float = 0.0
    level: int | None = None
    reason: Message | None = None
    suppressed: bool = False


@dataclass(frozen=True, slots=True)
class NextLevel:
    """The level above that of a score, the score at which it begins, and how far that is."""

    level: int
    minimum: float
    distance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why something has the score that it has.

    ``subject`` is the result that is explained, ``reason`` why it has no score or level. ``parts`` add up to
    its score, largest first. ``next_level`` is ``None`` at the top and without a score. ``lever`` is the
    part whose next point would raise it most; ``step``, of a question, the least of the answers that are
    worth more than its score, or what was ticked least often. ``swings`` say where the score lies with each
    weight changed, or ``steady`` why nothing can be said of it; they were put together by the plugin's own
    rule (``combined``), else by the shares that it gave. ``plugin`` scored it: ``None`` where the shared
    default did.
    """

    kind: Kind
    id: str
    title: str
    subject: Subject
    reason: Message | None = None
    parts: tuple[Part, ...] = ()
    next_level: NextLevel | None = None
    lever: Lever | None = None
    step: OptionCount | None = None
    swings: tuple[Swing, ...] = ()
    steady: Message | None = None
    combined: bool = True
    plugin: Plugin | None = None

    def title_of(self, part: str) -> str:
        """The title of a part."""
        return next((each.title for each in self.parts if each.id == part), part)


def explain(assessment: Assessment, plugins: Plugins, texts: Texts, name: str = OVERALL) -> Explanation:
    """Explain the whole, or the dimension, practice or question of this id.

    The last parts of an id suffice where only one thing has them. Raises :class:`UserError` for any other.
    """
    found = _find(assessment, name)
    if found == OVERALL:
        return _overall(assessment)
    dimension = assessment.dimension(found.partition(".")[0])
    plugin = next((each for each in assessment.plugins if each.name == dimension.plugin), None)
    if found == dimension.id:
        return _dimension(dimension, plugins, plugin)
    practice = dimension.practices.get(found)
    if practice is not None:
        return _practice(practice, dimension, assessment.minimum, texts, plugin)
    return _question(dimension.questions[found], assessment.minimum, plugin)


# ---------------------------------------------------------------------------------------------- what is meant


def _find(assessment: Assessment, name: str) -> str:
    """The full id of what is meant."""
    known = tuple(_ids(assessment))
    if name in known:
        return name
    lower = name.lower()
    meant = [each for each in known if f".{each}".endswith(f".{lower}")]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise UserError.about("", f"'{name}' may be any of {len(meant)}", f"use {' or '.join(meant)}")
    short = {each.rpartition(".")[2]: each for each in known}
    close = alike(lower, [*known, *short], _SUGGESTIONS)
    holding = [each for each in known if lower in each]
    suggested = dict.fromkeys([*(short.get(each, each) for each in close), *holding][:_SUGGESTIONS])
    fix = f"use {' or '.join(suggested or (each.id for each in assessment.dimensions))}"
    raise UserError.about("", f"there is no question, practice or dimension '{name}'", fix)


def _ids(assessment: Assessment) -> Iterator[str]:
    yield OVERALL
    for dimension in assessment.dimensions:
        yield from (dimension.id, *dimension.practices, *dimension.questions)


# ---------------------------------------------------------------------------------------------- one kind each


def _overall(assessment: Assessment) -> Explanation:
    whole, dimensions = assessment.overall, assessment.dimensions
    scores = {each.id: Score(each.score, weight=each.weight) for each in dimensions}
    swings, steady = _moved(whole, scores, combine_scores)
    return Explanation(
        kind="overall",
        id=OVERALL,
        title=whole.title,
        subject=whole,
        reason=whole.reason,
        parts=_sum(whole, [_of_standing(each) for each in dimensions]),
        next_level=_next_level(whole, dimensions[0].scale),
        lever=whole.lever,
        swings=swings,
        steady=steady,
    )


def _dimension(dimension: DimensionResult, plugins: Plugins, plugin: Plugin | None) -> Explanation:
    scorer, _ = plugins.scorers.get(dimension.id, (Scorer(), None))

    def combine(practices: Mapping[str, Score]) -> Score:
        given = scorer.combine(MappingProxyType(dict(practices)), dimension.metrics)
        return checked_score(given, dimension.id)

    practices = dimension.practices.values()
    swings, steady = _moved(dimension, {each.id: as_score(each) for each in practices}, combine)
    return Explanation(
        kind="dimension",
        id=dimension.id,
        title=dimension.title,
        subject=dimension,
        reason=dimension.reason,
        parts=_sum(dimension, [_of_standing(each) for each in practices]),
        next_level=_next_level(dimension, dimension.scale),
        lever=dimension.lever,
        swings=swings,
        steady=steady,
        plugin=plugin,
    )


def _practice(
    practice: PracticeResult, dimension: DimensionResult, minimum: int, texts: Texts, plugin: Plugin | None
) -> Explanation:
    parts = [_of_question(question, minimum) for question in practice.questions]
    if practice.agreed is not None:
        title = texts("explain.agreed-part")
        parts = [Part(id=AGREED, title=title, score=practice.agreed.score, weight=None), *parts]
    # the shares that the plugin gave, and not its rule put to the answers: these may hold what is hidden
    scores = {part.id: Score(part.value, weight=part.share) for part in practice.contributions}
    swings, steady = _moved(practice, scores, combine_scores)
    return Explanation(
        kind="practice",
        id=practice.id,
        title=practice.title,
        subject=practice,
        reason=practice.reason,
        parts=_sum(practice, parts),
        next_level=_next_level(practice, dimension.scale),
        lever=None if practice.agreed else find_lever(scores, combine_scores),
        swings=swings,
        steady=steady,
        combined=False,
        plugin=plugin,
    )


def _question(question: QuestionResult, minimum: int, plugin: Plugin | None) -> Explanation:
    return Explanation(
        kind="question",
        id=question.id,
        title=question.topic,
        subject=question,
        reason=_unscored(question, minimum),
        step=_step(question),
        plugin=plugin,
    )


def _step(question: QuestionResult) -> OptionCount | None:
    """The least of the answers worth more than the score; of a multiple choice what fewest people ticked."""
    if question.score is None:
        return None
    if question.kind == "multiple":
        open_to = [each for each in question.distribution if each.fraction > 0 and each.count < question.n]
        return min(open_to, key=lambda option: option.count, default=None)
    now = fraction_of(question.score)
    better = [option for option in question.distribution if option.fraction > now]
    return min(better, key=lambda option: option.fraction, default=None)


# -------------------------------------------------------------------------------------------------- the parts


def _of_standing(standing: Standing) -> Part:
    return Part(
        id=standing.id,
        title=standing.title,
        score=standing.score,
        weight=standing.weight,
        level=standing.level,
        reason=standing.reason,
        suppressed=standing.suppressed,
    )


def _of_question(question: QuestionResult, minimum: int) -> Part:
    return Part(
        id=question.id,
        title=question.topic,
        score=question.score,
        weight=question.weight,
        reason=_unscored(question, minimum),
        suppressed=question.suppressed,
    )


def _unscored(question: QuestionResult, minimum: int) -> Message | None:
    """Why a question has no score, or shows nothing but an agreed one."""
    if question.suppressed:
        return Message("reason.suppressed", {"minimum": minimum})
    if question.kind == "text":
        return Message("explain.free-text")
    return Message("explain.unanswered") if question.score is None else None


def _sum(standing: Standing, parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts that make the score, by what they add; then the others, each with the reason."""
    known = {part.id: part for part in parts}
    counting = [
        _counted(known.get(each.id), each.id, each.value, each.share) for each in standing.contributions
    ]
    adding = {part.id for part in counting}
    return (
        *sorted(counting, key=lambda part: -part.points),
        *(_not_counted(part, agreed=standing.agreed is not None) for part in parts if part.id not in adding),
    )


def _counted(part: Part | None, name: str, value: float, share: float) -> Part:
    """A part as the plugin counted it; it may name one that the questionnaire does not."""
    part = part or Part(id=name, title=name, score=value, weight=None)
    return replace(part, score=value, share=share, points=value * share, reason=None)


def _not_counted(part: Part, *, agreed: bool) -> Part:
    """A part that adds nothing, and why."""
    if part.score is None:
        return part
    why = "agreed-instead" if agreed else "no-weight" if part.weight == 0 else "not-used"
    return replace(part, reason=Message(f"explain.{why}"))


def _next_level(standing: Standing, scale: Sequence[float]) -> NextLevel | None:
    if standing.score is None:
        return None
    level = level_of(standing.score, scale)
    if level == HIGHEST_LEVEL:
        return None
    return NextLevel(level + 1, scale[level], scale[level] - standing.score)


# ---------------------------------------------------------------------------------------------------- weights


def _moved(
    standing: Standing, parts: Mapping[str, Score], combine: Combine
) -> tuple[tuple[Swing, ...], Message | None]:
    """The swings of the parts; or none, and why."""
    if standing.score is None:
        return (), Message("explain.steady.no-score")
    if [part.id for part in standing.contributions] == [AGREED]:
        return (), Message("explain.steady.agreed")
    try:
        now = ask(lambda: combine(parts)).value
        if now is None or not isclose(now, standing.score, abs_tol=_SAME_SCORE):
            return (), Message("explain.steady.hidden")
        return ask(lambda: find_swings(parts, combine)), None
    except PluginFailedError as failure:
        return (), Message("explain.steady.failed", {"reason": str(failure)})
