"""The raters as a sample: the mean of each question, and how far a score made of means can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.api import Interval
from cxmaturity.responses.model import Responses
from cxmaturity.scoring.interval import (
    Moments,
    Spread,
    finite_population,
    interval_95,
    moments_of,
    summed,
    variance,
)
from cxmaturity.scoring.sums import Grouped, sums_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

TWO_RATERS = 2
_EXACT = 1e-6


@dataclass(frozen=True, slots=True)
class Stratum:
    """Raters who count together: those of one group where groups count alike, else all of them.

    ``shown`` (questions,) says which of their means may be used; ``population`` is how many people they
    stand for, ``None`` for so many that it does not matter.
    """

    moments: Moments
    shown: NDArray[np.bool_]
    population: int | None = None

    @property
    def heard(self) -> NDArray[np.bool_]:
        """Which questions they answered, as far as that may be used: bool (questions,)."""
        return self.shown & (self.moments.counts > 0)


@dataclass(frozen=True, slots=True)
class Sample:
    """What raters said to ``questions``, as samples of one or more strata that count alike.

    ``decided`` are the questions whose value is not the raters' mean but was agreed on: what holds one of
    them is no sample's, and has no interval. Where the anonymity ``minimum`` binds, there is none either
    that would tell how fewer people answered two questions.
    """

    responses: Responses
    questions: tuple[str, ...]
    strata: tuple[Stratum, ...]
    decided: frozenset[str] = frozenset()
    minimum: int = 0

    @property
    def means(self) -> Mapping[str, float]:
        """The mean fraction (0–1) of each question that has one: the plain mean of the strata's means."""
        heard = np.array([stratum.heard for stratum in self.strata])
        values = np.array([stratum.moments.means for stratum in self.strata])
        counts = heard.sum(axis=0)
        total = np.where(heard, values, 0.0).sum(axis=0)
        return {
            question: float(total[position] / counts[position])
            for position, question in enumerate(self.questions)
            if counts[position]
        }

    def interval(self, value: float, shares: Mapping[str, float]) -> Interval | None:
        """The interval of a score of which each question has the share that ``shares`` says.

        ``None`` where the shares do not make up the whole score, or where a question that counts was
        answered by fewer than two raters: its spread is not known, and 0 would be a lie.
        """
        spread = self.spread(shares)
        return None if spread is None else interval_95(value, spread.variance, spread.degrees)

    def spread(self, shares: Mapping[str, float]) -> Spread | None:
        """The variance behind an interval, see there."""
        vector = np.array([shares.get(question, 0.0) for question in self.questions])
        if abs(float(vector.sum()) - 1.0) > _EXACT or any(shares.get(each, 0.0) > 0 for each in self.decided):
            return None
        count = np.maximum(np.array([stratum.heard for stratum in self.strata]).sum(axis=0), 1)
        parts: list[Spread] = []
        for stratum in self.strata:
            weighted = np.where(stratum.heard, vector / count, 0.0)
            counting = weighted > 0
            if (stratum.moments.counts[counting] < TWO_RATERS).any() or self._tells(stratum, counting):
                return None
            if weighted.any():
                parts.append(_part(stratum, weighted))
        return summed(parts) if parts else None

    def _tells(self, stratum: Stratum, counting: NDArray[np.bool_]) -> bool:
        """Whether it would say how few people answered two questions, with no other two to hide among."""
        both = stratum.moments.both[np.ix_(counting, counting)]
        pairs = both[np.triu_indices(len(both), 1)]
        largest = float(pairs.max(initial=0.0))
        return 0 < largest < self.minimum


def _part(stratum: Stratum, shares: NDArray[np.float64]) -> Spread:
    """What a stratum adds to the variance."""
    raters = int(stratum.moments.counts[shares > 0].max())
    narrower = 1.0
    if stratum.population:
        # who skips a question is not heard on it, whatever else they answered: hence the mean, not the most
        heard = float(shares @ stratum.moments.counts) / float(shares.sum())
        narrower = finite_population(heard, stratum.population)
    return Spread(narrower**2 * variance(shares, stratum.moments), raters - 1)


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers to ``questions``, added up: of everybody, and of each group by attribute."""

    questions: tuple[str, ...]
    everyone: Moments
    groups: Mapping[str, tuple[Moments, ...]]


def tally(responses: Responses, questions: Iterable[str], attributes: Sequence[str] = ()) -> Tally:
    """Add up the answers to questions, and those of the groups that ``attributes`` make."""
    names = tuple(questions)
    coded = [(column.codes, column.worth) for column in map(responses.columns.__getitem__, names)]
    groupings = [responses.attributes[each] for each in attributes]
    whole, groups = sums_of(coded, [Grouped(each.numbers, len(each.names)) for each in groupings])
    by_attribute = {
        name: tuple(moments_of(each) for each in found)
        for name, found in zip(attributes, groups, strict=True)
    }
    return Tally(names, moments_of(whole), by_attribute)


def sample_of(
    responses: Responses, tallied: Tally, population: int | None = None, minimum: int = 0
) -> Sample:
    """The raters as one sample, each of whom counts the same."""
    shown = np.ones(len(tallied.questions), dtype=bool)
    everybody = (Stratum(tallied.everyone, shown, population),)
    return Sample(responses, tallied.questions, everybody, minimum=minimum)


def raters_of(responses: Responses, questions: Iterable[str]) -> int:
    """How many raters answered at least one of the questions."""
    found = np.zeros(len(responses.respondents), dtype=bool)
    for question in questions:
        column = responses.columns[question]
        found |= column.codes < column.answered
    return int(np.count_nonzero(found))
