"""How alike raters answer, and how well the questions of a practice or dimension belong together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.api import Reliability
from cxmaturity.questionnaire.model import Question
from cxmaturity.responses.model import AnswerColumn, Responses
from cxmaturity.sampling import Stratum
from cxmaturity.scoring.agreement import answer_variance, average_deviation, mean_known, r_wg, r_wg_j
from cxmaturity.scoring.consistency import cronbach_alpha, mcdonald_omega
from cxmaturity.scoring.icc import icc
from cxmaturity.scoring.interval import Moments
from cxmaturity.scoring.krippendorff import ordinal_alpha
from cxmaturity.scoring.null_distributions import Null, null_variance

if TYPE_CHECKING:
    from numpy.typing import NDArray

ICC = tuple[float, float]
"""ICC(1) and ICC(2)."""

_TWO = 2
_DECIMALS = 6
"""Beyond them sums over people, and fits to such sums, depend on the order in which people are read."""

_GROUPED_BY = ("department", "role", "country", "tenure", "wave")
"""The attributes whose groups may answer alike, the one that says most first."""


@dataclass(frozen=True, slots=True)
class Given:
    """How often each possible answer was given to a question: ``counts`` of what is worth ``fractions``."""

    counts: NDArray[np.int64]
    fractions: NDArray[np.float64]


def given_of(question: Question, column: AnswerColumn) -> Given | None:
    """What was given to a question; ``None`` for a multiple choice or free text, which has no such scale."""
    if not question.answers.possible:
        return None
    return Given(column.counts[: column.answered], column.worth[: column.answered].astype(np.float64))


def of_question(given: Given | None) -> Reliability:
    """Agreement on one question."""
    if given is None or given.counts.size < _TWO:
        return Reliability()
    return Reliability(
        r_wg=r_wg(given.counts, given.fractions),
        r_wg_skewed=r_wg(given.counts, given.fractions, "slight-skew"),
        average_deviation=average_deviation(given.counts, given.fractions),
    )


def of_questions(
    responses: Responses,
    questions: Sequence[Question],
    covariance: NDArray[np.float64],
    groups: tuple[str, ICC] | None,
) -> Reliability:
    """Agreement and consistency over the questions of a practice or of something larger.

    ``covariance`` (questions, questions) is that of the questions, NaN where it is not known; ``groups``
    says by which attribute, and how much, groups answer alike.
    """
    given = [
        each
        for question in questions
        if (each := given_of(question, responses.columns[question.id])) is not None and each.counts.sum()
    ]
    known = covariance[np.ix_(*2 * [~np.isnan(np.diag(covariance))])]
    attribute, (icc_1, icc_2) = groups or ("", (None, None))
    return Reliability(
        r_wg=_r_wg_j(given, "uniform"),
        r_wg_skewed=_r_wg_j(given, "slight-skew"),
        average_deviation=mean_known([average_deviation(each.counts, each.fractions) for each in given]),
        krippendorff=_krippendorff(given),
        icc_1=icc_1,
        icc_2=icc_2,
        grouped_by=attribute,
        cronbach=_consistency(cronbach_alpha, known, _TWO),
        omega=_consistency(mcdonald_omega, known, _TWO + 1),
    )


def _consistency(
    of: Callable[[NDArray[np.float64]], float | None], covariance: NDArray[np.float64], fewest: int
) -> float | None:
    """A coefficient of consistency, where there are questions enough and somebody answered each pair."""
    if len(covariance) < fewest or np.isnan(covariance).any():
        return None
    value = of(covariance)
    return None if value is None else round(value, _DECIMALS)


def _r_wg_j(given: Sequence[Given], null: Null) -> float | None:
    """r_wg(j) with each question's variance as a share of its own chance variance."""
    ratios = []
    for each in given:
        observed, chance = answer_variance(each.counts, each.fractions), null_variance(each.fractions, null)
        if observed is not None and chance is not None:
            ratios.append(observed / chance)
    return r_wg_j(sum(ratios) / len(ratios), 1.0, len(ratios)) if ratios else None


def _krippendorff(given: Sequence[Given]) -> float | None:
    """The ordinal alpha of raters over questions, whose answers are ordered by what they are worth."""
    if len(given) < _TWO:
        return None
    ladder = np.unique(np.concatenate([each.fractions for each in given]))
    counts = np.zeros((len(given), len(ladder)), dtype=np.int64)
    for row, each in enumerate(given):
        np.add.at(counts[row], np.searchsorted(ladder, each.fractions), each.counts)
    return ordinal_alpha(counts)


def icc_of(
    groups: Mapping[str, Sequence[Stratum]], questions: Sequence[str], shares: Mapping[str, float]
) -> tuple[str, ICC] | None:
    """ICC(1) and ICC(2) of a score, by the first attribute of which two groups may be shown.

    ``groups`` holds the groups of each attribute as samples of ``questions`` and ``shares`` each question's
    share in the score. A person's deviation from their group's score is the one by linearisation, see
    :mod:`cxmaturity.scoring.interval`; with complete answers it is exact.
    """
    vector = np.array([shares.get(question, 0.0) for question in questions])
    for attribute in _GROUPED_BY:
        found = [_anova(stratum, vector) for stratum in groups.get(attribute, ())]
        usable = [each for each in found if each is not None]
        if len(usable) >= _TWO:
            sizes, means, squares = (np.array(values) for values in zip(*usable, strict=True))
            value = icc(sizes, means, squares)
            if value is not None:
                return attribute, (round(value[0], _DECIMALS), round(value[1], _DECIMALS))
    return None


def _anova(stratum: Stratum, shares: NDArray[np.float64]) -> tuple[int, float, float] | None:
    """Size, mean and sum of squares of a group; ``None`` unless all its answers are there to be shown."""
    counting = shares > 0
    if not counting.any() or not stratum.heard[counting].all():
        return None
    counts, means = stratum.moments.counts[counting], stratum.moments.means[counting]
    size, parts = float(counts.max()), shares[counting] / shares[counting].sum()
    moves = parts * size / counts
    return (
        int(size),
        float(parts @ means),
        float(moves @ stratum.moments.cross[np.ix_(counting, counting)] @ moves),
    )


def covariances(of: Moments, minimum: int = 0) -> NDArray[np.float64]:
    """The covariance of each pair of questions over those who answered both, NaN under two of them.

    Where the anonymity ``minimum`` binds, it is NaN under that many.

    Deviations are those from each question's mean over all who answered it, so that with gaps this is the
    available-case estimate.
    """
    covariance: NDArray[np.float64] = np.full(of.cross.shape, np.nan)
    np.divide(of.cross, of.both - 1, out=covariance, where=of.both >= max(_TWO, minimum))
    return covariance
