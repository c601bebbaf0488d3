"""The default score of a practice: the weighted mean of its questions' means over raters."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.api import Message, PracticeAnswers, Score
from cxmaturity.scoring.combine import weighted_contributions
from cxmaturity.scoring.scale import score_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


def column_means(fractions: NDArray[np.float32]) -> NDArray[np.float64]:
    """Mean per column over the rows that have a value: float64 (columns,), NaN where none has.

    A cell without a value (NaN) enters neither the sum nor the count.
    """
    present = ~np.isnan(fractions)
    counts = present.sum(axis=0)
    sums = np.where(present, fractions, 0).sum(axis=0, dtype=np.float64)
    means: NDArray[np.float64] = np.full(fractions.shape[1], np.nan)
    np.divide(sums, counts, out=means, where=counts > 0)
    return means


def score_practice(answers: PracticeAnswers) -> Score:
    """Score a practice as the default does; a question that nobody answered has no part in it."""
    means, weights = answers.means.tolist(), answers.weights.tolist()
    return score_of_means(
        dict(zip(answers.questions, means, strict=True)), dict(zip(answers.questions, weights, strict=True))
    )


def score_of_means(means: Mapping[str, float], weights: Mapping[str, float]) -> Score:
    """The same from what each question comes to (0–1, NaN where nobody answered) and its weight, by id."""
    values = {question: score_of(mean) for question, mean in means.items() if not isnan(mean)}
    contributions = weighted_contributions(values, weights)
    if not contributions:
        return Score(None, reason=Message("reason.no-scored-answers" if not values else "reason.no-weight"))
    return Score(sum(contribution.points for contribution in contributions), contributions)
