"""The raters as a sample: the mean of each question, and how far a score made of means can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.api import Interval
from cxmaturity.responses.model import Responses
from cxmaturity.scoring.interval import Moments, interval_95, moments, variance

if TYPE_CHECKING:
    from numpy.typing import NDArray

TWO_RATERS = 2
_EXACT = 1e-6


@dataclass(frozen=True, slots=True)
class Stratum:
    """Raters who count together: those of one role where roles count alike, else all of them.

    ``rows`` are their rows, ``None`` for everybody; ``weights`` (questions,) is what their mean counts in
    the question's, 0 where it does not.
    """

    rows: NDArray[np.intp] | None
    moments: Moments
    weights: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """What the raters said, as a sample of a population (``None``: so large that it does not matter)."""

    responses: Responses
    questions: tuple[str, ...]
    strata: tuple[Stratum, ...]
    population: int | None = None

    @property
    def means(self) -> Mapping[str, float]:
        """The mean fraction (0–1) of each question that has one."""
        total = np.zeros(len(self.questions))
        weight = np.zeros(len(self.questions))
        for stratum in self.strata:
            total += np.where(stratum.weights > 0, stratum.weights * stratum.moments.means, 0.0)
            weight += stratum.weights
        return {
            question: float(mean)
            for question, mean, counts in zip(self.questions, total, weight, strict=True)
            if counts > 0
        }

    def interval(self, value: float, shares: Mapping[str, float]) -> Interval | None:
        """The interval of a score of which each question has the share that ``shares`` says.

        ``None`` where the shares do not make up the whole score, or where a question that counts was
        answered by fewer than two raters: its spread is not known, and 0 would be a lie.
        """
        vector = np.array([shares.get(question, 0.0) for question in self.questions])
        if abs(float(vector.sum()) - 1.0) > _EXACT:
            return None
        parts = []
        for stratum in self.strata:
            weighted = vector * stratum.weights
            counting = [name for name, share in zip(self.questions, weighted, strict=True) if share > 0]
            if (stratum.moments.counts[weighted > 0] < TWO_RATERS).any():
                return None
            if counting:
                raters = raters_of(self.responses, counting, stratum.rows)
                parts.append((variance(weighted, stratum.moments, raters), raters))
        if not parts:
            return None
        asked = sum(raters for _, raters in parts)
        fraction = min(1.0, asked / self.population) if self.population else 0.0
        return interval_95(value, sum(part for part, _ in parts), _degrees(parts), fraction)


def _degrees(parts: list[tuple[float, int]]) -> float:
    """Degrees of freedom of a sum of variances (B. L. Welch, Biometrika 34, 1947)."""
    whole = sum(part for part, _ in parts)
    spread = sum(part * part / (raters - 1) for part, raters in parts)
    return whole * whole / spread if spread > 0 else float(sum(raters - 1 for _, raters in parts))


def sample_of(responses: Responses, questions: Iterable[str], population: int | None = None) -> Sample:
    """The raters as one sample, each of whom counts the same."""
    names = tuple(questions)
    found = moments([(responses.columns[name].codes, responses.columns[name].worth) for name in names])
    everybody = Stratum(None, found, (found.counts > 0).astype(np.float64))
    return Sample(responses, names, (everybody,), population)


def raters_of(responses: Responses, questions: Iterable[str], rows: NDArray[np.intp] | None = None) -> int:
    """How many raters answered at least one of the questions."""
    return int(np.count_nonzero(answered_any(responses, questions, rows)))


def answered_any(
    responses: Responses, questions: Iterable[str], rows: NDArray[np.intp] | None = None
) -> NDArray[np.bool_]:
    """Which raters answered at least one of the questions: bool (raters,)."""
    found = np.zeros(len(responses.respondents) if rows is None else len(rows), dtype=bool)
    for question in questions:
        column = responses.columns[question]
        codes = column.codes if rows is None else column.codes[rows]
        found |= codes < column.answered
    return found
