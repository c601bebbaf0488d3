"""Groups of raters: what the answers of each come to, and how two of them differ.

All of it is made from the cells that may be shown, a group's answers to a question, and from nothing else.
So whoever knows all that is published knows no more than these cells say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.anonymity.release import Release
from cxmaturity.api import DimensionResult, Message, PracticeResult, Standing
from cxmaturity.responses.model import Responses
from cxmaturity.result import Comparison, Gap, GroupResult
from cxmaturity.sampling import Sample, Stratum, Tally
from cxmaturity.scoring.interval import difference_interval, shares_of_questions
from cxmaturity.scoring.scale import score_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cxmaturity.settings import InvitedFile

MOST_GROUPS = 200
"""An attribute that makes more groups than anybody compares, such as a name for each person, makes none."""

DEFAULT = ("role", "leadership", "frontline")
"""What is compared unless the workspace says otherwise: who leads, and who meets the customers."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group: its result as it may be shown, and its raters as a sample."""

    result: GroupResult
    sample: Sample

    @property
    def stratum(self) -> Stratum:
        """Its raters, who count together."""
        return self.sample.strata[0]


@dataclass(frozen=True, slots=True)
class About:
    """Something that is compared: its id and title, and each question's share in its score."""

    id: str
    title: str
    shares: Mapping[str, float]


def abouts_of(overall: Standing, dimensions: Sequence[DimensionResult]) -> tuple[About, ...]:
    """Everything that can be compared: the whole, then each dimension followed by its practices."""
    inner = {d.id: _dimension_shares(d) for d in dimensions}
    shares = {part.id: part.share for part in overall.contributions}
    found = [About(overall.id, overall.title, shares_of_questions(shares, inner))]
    for dimension in dimensions:
        found.append(About(dimension.id, dimension.title, inner[dimension.id]))
        found += [About(p.id, p.title, _practice_shares(p)) for p in dimension.practices.values()]
    return tuple(found)


def _dimension_shares(dimension: DimensionResult) -> dict[str, float]:
    shares = {part.id: part.share for part in dimension.contributions}
    return shares_of_questions(
        shares, {name: _practice_shares(each) for name, each in dimension.practices.items()}
    )


def _practice_shares(practice: PracticeResult) -> dict[str, float]:
    """The questions' shares in a practice's score; by their weights, where it is made of something else."""
    made_of = {part.id: part.share for part in practice.contributions}
    questions = {q.id: q.weight for q in practice.questions if q.kind != "text" and q.weight > 0}
    if made_of and made_of.keys() <= questions.keys():
        return made_of
    whole = sum(questions.values())
    return {name: weight / whole for name, weight in questions.items()}


def comparable(responses: Responses) -> tuple[str, ...]:
    """The attributes that make groups that can be compared."""
    return tuple(name for name, made in responses.attributes.items() if len(made.names) <= MOST_GROUPS)


def groups_of(release: Release, tallied: Tally, invited: InvitedFile, attribute: str) -> tuple[Group, ...]:
    """The groups of an attribute, in the order of their names, without their scores."""
    if attribute not in tallied.groups:
        return ()
    grouping = release.responses.attributes[attribute]
    asked, sizes = getattr(invited, attribute), grouping.counts()
    place = {question: number for number, question in enumerate(release.responses.questions)}
    columns = [place[question] for question in tallied.questions]
    groups = []
    for number, (name, answers) in enumerate(zip(grouping.names, tallied.groups[attribute], strict=True)):
        shown = release.cells[attribute][number, columns] & release.sizes[attribute][number]
        stratum = Stratum(answers.of(shown), shown, asked.get(name))
        result = _result(attribute, name, sizes[name], asked.get(name))
        if not release.sizes[attribute][number]:
            result = GroupResult(attribute=attribute, name=name, suppressed=True)
        sample = Sample(release.responses, tallied.questions, (stratum,), minimum=release.minimum)
        groups.append(Group(result, sample))
    return tuple(groups)


def nobody_of(invited: InvitedFile, attribute: str, groups: Sequence[Group]) -> tuple[GroupResult, ...]:
    """The groups of an attribute that were asked, and of which nobody answered."""
    here = {group.result.name for group in groups}
    return tuple(
        _result(attribute, name, 0, asked)
        for name, asked in sorted(getattr(invited, attribute).items())
        if name not in here
    )


def _result(attribute: str, name: str, n: int, invited: int | None) -> GroupResult:
    rate = n / invited if invited else None
    return GroupResult(attribute=attribute, name=name, n=n, invited=invited, response_rate=rate)


def with_score(group: Group, shares: Mapping[str, float]) -> GroupResult:
    """A group's result with what its answers come to, over the questions that may be shown of it."""
    own = _restricted(shares, [group])
    if not own:
        return group.result
    value = _score(group, own)
    return replace(group.result, score=value, interval=group.sample.interval(value, own))


def compare(first: Group, second: Group, abouts: Sequence[About], minimum_reason: Message) -> Comparison:
    """Two groups of one attribute, held against each other about everything in ``abouts``."""
    return Comparison(
        attribute=first.result.attribute,
        first=first.result.name,
        second=second.result.name,
        gaps=tuple(_gaps(first, second, abouts, minimum_reason)),
    )


def _gaps(first: Group, second: Group, abouts: Sequence[About], hidden: Message) -> Iterator[Gap]:
    for about in abouts:
        shares = _restricted(about.shares, [first, second])
        if shares:
            yield _gap(first, second, about, shares)
        else:
            suppressed = _any_hidden(about, [first, second])
            reason = hidden if suppressed else Message("reason.not-compared")
            yield Gap(about=about.id, title=about.title, reason=reason, suppressed=suppressed)


def _gap(first: Group, second: Group, about: About, shares: Mapping[str, float]) -> Gap:
    values = [_score(group, shares) for group in (first, second)]
    counts = [_most(group, shares) for group in (first, second)]
    spreads = [group.sample.spread(shares) for group in (first, second)]
    known = [spread for spread in spreads if spread is not None]
    return Gap(
        about=about.id,
        title=about.title,
        first=values[0],
        second=values[1],
        difference=values[0] - values[1],
        interval=difference_interval(values[0] - values[1], *known) if len(known) == len(spreads) else None,
        n_first=counts[0],
        n_second=counts[1],
        questions=len(shares),
    )


def _restricted(shares: Mapping[str, float], groups: Sequence[Group]) -> dict[str, float]:
    """The shares of the questions that all groups answered and that may be shown, adding up to 1 again."""
    heard = np.all([group.stratum.heard for group in groups], axis=0)
    kept = {
        question: shares[question]
        for question, here in zip(groups[0].sample.questions, heard.tolist(), strict=True)
        if here and shares.get(question, 0.0) > 0
    }
    whole = sum(kept.values())
    return {question: share / whole for question, share in kept.items()}


def _score(group: Group, shares: Mapping[str, float]) -> float:
    means = group.sample.means
    return score_of(sum(share * means[question] for question, share in shares.items()))


def _most(group: Group, shares: Mapping[str, float]) -> int:
    """The most raters who answered any one of the questions: a count of a cell that is shown."""
    counts: NDArray[np.float64] = group.stratum.moments.counts
    asked = zip(group.sample.questions, counts.tolist(), strict=True)
    return int(max(count for question, count in asked if question in shares))


def _any_hidden(about: About, groups: Sequence[Group]) -> bool:
    """Whether some answer that would count may not be shown."""
    asked = [about.shares.get(question, 0.0) > 0 for question in groups[0].sample.questions]
    return any(bool((~group.stratum.shown & asked).any()) for group in groups)
