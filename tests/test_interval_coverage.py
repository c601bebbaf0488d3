"""95 % intervals hold the truth in 93 to 97 of 100 cases: counted over a thousand made-up companies.

People have a mood of their own and an opinion of their own on each practice, so that the questions of a
practice go together; they skip questions. An answer is the step from 0 to 4 nearest to a normal variable,
so that each question's true mean is known exactly: Σ P(answer > step) over the steps 0 to 3, ÷ 4.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.special import ndtr

from cxmaturity.anonymity.release import open_release
from cxmaturity.api import Message, State
from cxmaturity.comparing import About, compare, groups_of
from cxmaturity.responses.model import NOT_SCORED, Answer, AnswerColumn, Grouping, Responses, immutable
from cxmaturity.sampling import Sample, sample_of, tally
from cxmaturity.settings import InvitedFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEEDS = 1000

MEANINGS = (*(Answer(State.ANSWERED, step / 4, step) for step in range(5)), *NOT_SCORED)

PLACES = np.array([[1.2, 1.5, 2.1], [2.4, 2.9, 1.8], [0.7, 1.1, 2.0], [3.1, 2.2, 2.6]])
"""Where the front line stands, on the steps 0 to 4: four practices of three questions."""

ROSIER = 0.6
"""By how much leaders see it better."""

MOOD, OPINION, WHIM = 0.4, 0.6, 0.8
"""Standard deviations: of a person, of a person on a practice, of a single answer."""

SKIPPED = np.linspace(0.05, 0.3, PLACES.size)
"""Chance that a question is not answered: another one for each."""

QUESTIONS = tuple(f"d{practice // 2}.p{practice}.q{number}" for practice in range(4) for number in range(3))


def equally(*names: str) -> dict[str, float]:
    """Equal shares of the questions whose ids start with one of these."""
    chosen = [question for question in QUESTIONS if question.startswith(names)]
    return dict.fromkeys(chosen, 1 / len(chosen))


ABOUT = {
    "question": equally("d0.p1.q2"),  # the one in the middle of those that are skipped
    "practice": equally("d0.p0"),
    "dimension": equally("d1"),
    "overall": {
        **{q: s / 4 for q, s in equally("d0").items()},
        **{q: s * 3 / 4 for q, s in equally("d1").items()},
    },
}
"""The shares of each question; dimension d1 weighs three times as much as d0."""


def true_means(rosier: float) -> NDArray[np.float64]:
    """The mean fraction of each question (questions,) among all people there could be."""
    spread = (MOOD**2 + OPINION**2 + WHIM**2) ** 0.5
    places = PLACES.ravel() + rosier
    return sum(1 - ndtr((step + 0.5 - places) / spread) for step in range(4)) / 4


def score(means: NDArray[np.float64], shares: Mapping[str, float]) -> float:
    return 1 + 4 * sum(
        shares.get(question, 0) * mean for question, mean in zip(QUESTIONS, means, strict=True)
    )


def people(random: np.random.Generator, rosier: NDArray[np.float64]) -> NDArray[np.uint8]:
    """What everybody would answer, uint8 (questions, people): the steps 0 to 4."""
    n = len(rosier)
    mood, opinion = random.normal(0, MOOD, n), random.normal(0, OPINION, (len(PLACES), 1, n))
    places = PLACES[:, :, None] + rosier + mood + opinion + random.normal(0, WHIM, (*PLACES.shape, n))
    return np.clip(np.rint(places), 0, 4).astype(np.uint8).reshape(len(QUESTIONS), n)


def with_gaps(random: np.random.Generator, answers: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The answers, some of them don't know."""
    gone = random.random(answers.shape) < SKIPPED[:, None]
    return np.where(gone, MEANINGS.index(Answer(State.DONT_KNOW)), answers).astype(np.uint8)


def responses_of(answers: NDArray[np.uint8], leaders: int) -> Responses:
    """The answers as columns; the first ``leaders`` people lead."""
    roles = (np.arange(answers.shape[1]) >= leaders).astype(np.int32)
    return Responses(
        [""] * answers.shape[1],
        {"role": Grouping(("leadership", "frontline"), immutable(roles))},
        {
            name: AnswerColumn(immutable(codes), MEANINGS)
            for name, codes in zip(QUESTIONS, answers, strict=True)
        },
    )


def sampled(responses: Responses, population: int | None = None) -> Sample:
    return sample_of(responses, tally(responses, QUESTIONS), population)


def interval_of(sample: Sample, shares: Mapping[str, float]) -> tuple[float, float]:
    value = 1 + 4 * sum(share * sample.means[question] for question, share in shares.items())
    interval = sample.interval(value, shares)
    assert interval is not None
    return interval


Case = Callable[[np.random.Generator, int], dict[str, tuple[tuple[float, float], float]]]
"""Draws a company of ``n`` raters: by what is estimated, the interval and the truth."""


def simple(random: np.random.Generator, n: int) -> dict[str, Any]:
    """Raters from a large group of people who are all alike."""
    sample = sampled(responses_of(with_gaps(random, people(random, np.zeros(n))), 0))
    truth = true_means(0)
    return {name: (interval_of(sample, shares), score(truth, shares)) for name, shares in ABOUT.items()}


def unlike(random: np.random.Generator, n: int) -> dict[str, Any]:
    """Raters of whom a quarter lead: how far they are from the front line, and the mean of the two.

    For that both count alike, though there are three times as many of the front line.
    """
    leaders = n // 4
    rosier = np.where(np.arange(n) < leaders, ROSIER, 0.0)
    responses = responses_of(with_gaps(random, people(random, rosier)), leaders)
    above, below = true_means(ROSIER), true_means(0)
    tallied = tally(responses, QUESTIONS, ["role"])
    groups = groups_of(open_release(responses, free_text=None), tallied, InvitedFile(), "role")
    abouts = [About(name, name, shares) for name, shares in ABOUT.items()]
    gaps = {
        f"gap in {each.about}": (
            each.interval,
            score(above, ABOUT[each.about]) - score(below, ABOUT[each.about]),
        )
        for each in compare(*groups, abouts, Message.plain("")).gaps
    }
    strata = tuple(group.stratum for group in groups)
    balanced = replace(sample_of(responses, tallied, None), strata=strata)
    truth = (above + below) / 2
    return gaps | {
        f"balanced {name}": (interval_of(balanced, shares), score(truth, shares))
        for name, shares in ABOUT.items()
    }


def finite(random: np.random.Generator, n: int) -> dict[str, Any]:
    """Raters drawn from a company with half as many people again, whose mean is the truth."""
    everybody = people(random, np.zeros(n * 3 // 2))
    drawn = random.choice(everybody.shape[1], n, replace=False)
    answers = with_gaps(random, everybody[:, drawn])
    sample = sampled(responses_of(answers, 0), everybody.shape[1])
    truth = everybody.mean(axis=1) / 4
    return {name: (interval_of(sample, shares), score(truth, shares)) for name, shares in ABOUT.items()}


def coverage(case: Case, n: int, seeds: int = SEEDS) -> dict[str, float]:
    """How often the interval holds the truth."""
    held: Counter[str] = Counter()
    for seed in range(seeds):
        for name, ((low, high), truth) in case(np.random.default_rng(seed), n).items():
            held[name] += bool(low <= truth <= high)
    return {name: count / seeds for name, count in held.items()}


@pytest.mark.parametrize("n", [60, 400])
@pytest.mark.parametrize(("case", "estimates"), [(simple, 4), (unlike, 8), (finite, 4)])
def test_95_percent_intervals_hold_the_truth_in_93_to_97_of_100_cases(
    case: Case, estimates: int, n: int
) -> None:
    found = coverage(case, n)
    assert len(found) == estimates
    assert {name: share for name, share in found.items() if not 0.93 <= share <= 0.97} == {}


def test_without_the_correction_intervals_of_most_of_a_company_are_too_wide() -> None:
    # 400 of 600 people: the interval is 1 ÷ √(1 − ⅔) = 1.7 times as wide as it need be
    def uncorrected(random: np.random.Generator, n: int) -> dict[str, Any]:
        everybody = people(random, np.zeros(n * 3 // 2))
        sample = sampled(responses_of(everybody[:, :n], 0))
        truth = everybody.mean(axis=1) / 4
        return {name: (interval_of(sample, shares), score(truth, shares)) for name, shares in ABOUT.items()}

    assert min(coverage(uncorrected, 400, 300).values()) > 0.99
