"""How scores changed: of practices, and from them of dimensions and the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from cxmaturity.api import Message
from cxmaturity.following.caps import levelled, with_caps
from cxmaturity.following.differences import Estimate, difference_of, weighted
from cxmaturity.following.matching import Match, match_questions, same_files
from cxmaturity.following.model import Basis, CapSeen, DimensionChange, ScoreChange, Side
from cxmaturity.result import OVERALL

if TYPE_CHECKING:
    from cxmaturity.following.schema import (
        DimensionPart,
        PracticePart,
        QuestionPart,
        ResultPart,
        StandingPart,
    )

C = TypeVar("C", bound=ScoreChange)


@dataclass(frozen=True, slots=True)
class Scores:
    """The changes of the whole and of all dimensions; and of practices that both have, their questions."""

    overall: ScoreChange
    dimensions: tuple[DimensionChange, ...]
    matches: Mapping[str, Match]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A part of a whole, with its weight in either result: ``None`` where it is not there or not known."""

    change: ScoreChange
    before: float | None
    after: float | None

    @property
    def weight(self) -> float | None:
        """Today's weight, for both sides."""
        return self.before if self.after is None else self.after

    @property
    def alike(self) -> bool:
        """Whether it enters both wholes in the same way: all of it, or, without any score, not at all."""
        if None not in {self.before, self.after} and self.before != self.after:
            return False
        sides = (self.change.before, self.change.after)
        unscored = all(side is not None and side.score is None for side in sides)
        return self.change.basis == "all" or (self.change.same_questions and unscored)


def score_changes(before: ResultPart, after: ResultPart) -> Scores:
    """All changes of scores from one result to the other."""
    same = same_files(before, after)
    first, second = ({each.id: each for each in result.dimensions} for result in (before, after))
    pairs = [(first.get(name), second.get(name)) for name in _names(first, second)]
    matches = {name: match for one, other in pairs for name, match in _matches(one, other, same=same)}
    parts = [_Weighed(_dimension(one, other, matches), _weight(one), _weight(other)) for one, other in pairs]
    start = ScoreChange(
        id=OVERALL, title="", before=side_of(before.overall), after=side_of(after.overall), basis="none"
    )
    overall = _whole(start, parts, before.overall, after.overall)
    sources = levelled(before), levelled(after)
    dimensions = (part.change for part in parts if isinstance(part.change, DimensionChange))
    return Scores(
        with_caps(overall, *sources),
        tuple(
            replace(
                with_caps(each, *sources),
                practices=tuple(with_caps(practice, *sources) for practice in each.practices),
            )
            for each in dimensions
        ),
        matches,
    )


def side_of(standing: StandingPart | None) -> Side | None:
    """Where something stands, as its result shows it."""
    if standing is None:
        return None
    return Side(
        score=standing.score,
        interval=standing.interval,
        level=standing.level,
        uncapped_level=standing.uncapped_level,
        measured=standing.measured,
        caps=tuple(CapSeen(cap.source, cap.limit, cap.reason) for cap in standing.caps),
        n=standing.n,
        reason=standing.reason,
        suppressed=standing.suppressed,
    )


def _names(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """The ids of the later result in their order, then those that only the earlier one has."""
    return list(dict.fromkeys([*after, *before]))


def _weight(part: DimensionPart | PracticePart | None) -> float | None:
    return None if part is None else part.weight


def _matches(
    before: DimensionPart | None, after: DimensionPart | None, *, same: bool
) -> Iterable[tuple[str, Match]]:
    """The practices that both have, with their questions paired."""
    if before is None or after is None:
        return
    former = {each.id: each for each in before.practices}
    for practice in after.practices:
        if practice.id in former:
            yield practice.id, match_questions(former[practice.id], practice, same=same)


def _dimension(
    before: DimensionPart | None, after: DimensionPart | None, matches: Mapping[str, Match]
) -> DimensionChange:
    first, second = ({each.id: each for each in (side.practices if side else ())} for side in (before, after))
    pairs = [(name, first.get(name), second.get(name)) for name in _names(first, second)]
    parts = [
        _Weighed(_practice(one, other, matches.get(name)), _weight(one), _weight(other))
        for name, one, other in pairs
    ]
    name, title = _named(before, after)
    start = DimensionChange(
        id=name,
        title=title,
        before=side_of(before),
        after=side_of(after),
        basis="none",
        practices=tuple(part.change for part in parts),
    )
    return _whole(start, parts, before, after)


def _named(
    before: DimensionPart | PracticePart | None, after: DimensionPart | PracticePart | None
) -> tuple[str, str]:
    """Id and title, as the later result has them."""
    here = after or before
    return (here.id, here.title) if here else ("", "")


def _practice(before: PracticePart | None, after: PracticePart | None, match: Match | None) -> ScoreChange:
    name, title = _named(before, after)
    start = ScoreChange(id=name, title=title, before=side_of(before), after=side_of(after), basis="none")
    if before is None or after is None or match is None:
        return replace(start, asked=_asked(after or before), reason=_only_one(after))
    start = replace(start, asked=match.asked, same_questions=match.same_questions)
    reason = _unscored(before, after) or (None if match.same else _nothing_shared(match))
    if reason is not None:
        return replace(start, reason=reason)
    agreed = before.agreed is not None or after.agreed is not None
    if match.same_questions and (match.same_answered or agreed):
        return _compared(start, "all", _estimate(before), _estimate(after), shared=match.asked)
    return _over_shared(start, match)


def _over_shared(start: ScoreChange, match: Match) -> ScoreChange:
    """A practice over the questions that are the same and have a score in both."""
    pairs = [pair for pair in match.same if pair.scored]
    weights = [pair.weight for pair in pairs if pair.weight is not None]
    if len(weights) < len(pairs):
        return replace(start, reason=Message("changes.reason.no-weights"))
    first = weighted(zip(weights, (_estimate(pair.before) for pair in pairs), strict=True))
    second = weighted(zip(weights, (_estimate(pair.after) for pair in pairs), strict=True))
    if first is None or second is None:
        return replace(start, reason=Message("changes.reason.no-answers"))
    return _compared(start, "shared", first, second, shared=len(pairs))


def _whole(start: C, parts: Sequence[_Weighed], before: StandingPart | None, after: StandingPart | None) -> C:
    """What is made of ``parts``: compared as it is if they enter it alike, else over what they share."""
    start = replace(start, asked=sum(part.change.asked for part in parts))
    if before is None or after is None:
        return replace(start, reason=_only_one(after))
    same = all(part.change.same_questions and part.before == part.after for part in parts)
    start = replace(start, same_questions=same)
    reason = _unscored(before, after)
    if reason is not None:
        return replace(start, reason=reason)
    if all(part.alike for part in parts):
        return _compared(start, "all", _estimate(before), _estimate(after), shared=start.asked)
    compared = [part for part in parts if part.change.difference is not None]
    if any(part.weight is None for part in compared):
        return replace(start, reason=Message("changes.reason.no-weights"))
    first = weighted((part.weight or 0.0, part.change.first) for part in compared if part.change.first)
    second = weighted((part.weight or 0.0, part.change.second) for part in compared if part.change.second)
    if first is None or second is None:
        return replace(start, reason=Message("changes.reason.no-parts"))
    return _compared(start, "shared", first, second, shared=sum(part.change.shared for part in compared))


def _compared(start: C, basis: Basis, first: Estimate, second: Estimate, *, shared: int) -> C:
    return replace(
        start,
        basis=basis,
        first=first,
        second=second,
        difference=difference_of(first, second),
        shared=shared,
    )


def _estimate(scored: StandingPart | QuestionPart) -> Estimate:
    """A score that is known, as an estimate."""
    assert scored.score is not None  # noqa: S101 - whoever calls has looked
    return Estimate(scored.score, scored.interval)


def _asked(practice: PracticePart | None) -> int:
    """How many questions of a practice enter scores."""
    return sum(question.counts for question in practice.questions) if practice else 0


def _only_one(after: StandingPart | None) -> Message:
    return Message("changes.reason.only-before" if after is None else "changes.reason.only-after")


def _unscored(before: StandingPart, after: StandingPart) -> Message | None:
    """Why one side has no score to be compared, if it has none."""
    for key, standing in (("before", before), ("after", after)):
        if standing.score is None:
            kind = "hidden" if standing.suppressed else "not-scored"
            values = {"reason": standing.reason or Message("changes.reason.unsaid")}
            return Message(f"changes.reason.{kind}-{key}", values)
    return None


def _nothing_shared(match: Match) -> Message:
    return Message("changes.reason.not-known" if match.unknown else "changes.reason.no-shared")
